/* What calendars outside may read, and when people are reminded. */
#include "seat_fixture.h"

#include <string.h>

#include "base/zone.h"
#include "club/mail.h"

/* --- feeds ------------------------------------------------------------------------------------ */

static const char *token_of(struct seats *s)
{
    const char *url = fixture_text(s->f, "url");
    const char *start = strstr(url, "/calendrier/");
    assert_non_null(start);
    start += strlen("/calendrier/");
    return arena_memdup(&s->f->arena, start, strlen(start) - strlen(".ics"));
}

/* A feed of this kind (JSON members); its token. */
static const char *feed(struct seats *s, int64_t person, const char *members)
{
    fixture_ok(s->f, person, "feed.create", "{%s}", members);
    return token_of(s);
}

static enum err try_read(struct seats *s, const char *token)
{
    return fixture_run(s->f, FIXTURE_ANYBODY, "calendar.feed", "{\"token\":\"%s\"}", token);
}

static const char *read_feed(struct seats *s, const char *token)
{
    assert_int_equal(try_read(s, token), ERR_NONE);
    return arena_strdup(&s->f->arena, fixture_text(s->f, "body"));
}

static const char *club_feed(struct seats *s, int64_t person)
{
    return feed(
        s, person,
        arena_printf(&s->f->arena, "\"kind\":\"club\",\"club\":%lld", (long long)s->f->ain));
}

static void one_s_own_feed_has_what_one_registered_for(void **state)
{
    struct seats s = seats_of(state, 1);
    const char *token = feed(&s, s.bob, "\"kind\":\"mine\"");
    assert_null(strstr(read_feed(&s, token), "BEGIN:VEVENT"));
    seat_register(&s, s.bob);
    const char *body = read_feed(&s, token);
    assert_non_null(strstr(body, "SUMMARY:Séance du Club\r\n"));
    assert_non_null(strstr(body, "STATUS:CONFIRMED\r\n"));
    assert_non_null(strstr(body, "NAME:Mes événements\r\n"));
}

static void who_waits_comes_tentatively(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.denis);
    seat_register(&s, s.bob);
    assert_non_null(
        strstr(read_feed(&s, feed(&s, s.bob, "\"kind\":\"mine\"")), "STATUS:TENTATIVE\r\n"));
}

static void who_left_has_it_no_more(void **state)
{
    struct seats s = seats_of(state, 1);
    const char *token = feed(&s, s.bob, "\"kind\":\"mine\"");
    seat_register(&s, s.bob);
    seat_do(&s, s.bob, "event.unregister");
    assert_null(strstr(read_feed(&s, token), "BEGIN:VEVENT"));
}

static void a_club_s_feed_has_its_events_but_no_drafts(void **state)
{
    struct seats s = seats_of(state, 1);
    const char *token = club_feed(&s, s.anne);
    assert_non_null(strstr(read_feed(&s, token), "SUMMARY:Séance du Club\r\n"));
    seat_set(&s, "state = 'draft'");
    assert_null(strstr(read_feed(&s, token), "BEGIN:VEVENT"));
}

static void a_theme_s_feed_has_the_events_of_that_theme(void **state)
{
    struct seats s = seats_of(state, 1);
    fixture_sql(s.f, "INSERT INTO theme (name, position) VALUES ('Un', 90), ('Deux', 91)");
    fixture_sql(s.f, "INSERT INTO event_theme SELECT %lld, id FROM theme WHERE name = 'Un'",
                (long long)s.event);
    int64_t one = fixture_count(s.f, "SELECT id FROM theme WHERE name = 'Un'");
    const char *of_one = feed(
        &s, s.bob, arena_printf(&s.f->arena, "\"kind\":\"theme\",\"theme\":%lld", (long long)one));
    const char *of_two =
        feed(&s, s.bob,
             arena_printf(&s.f->arena, "\"kind\":\"theme\",\"theme\":%lld", (long long)one + 1));
    assert_non_null(strstr(read_feed(&s, of_one), "CATEGORIES:Un\r\n"));
    assert_null(strstr(read_feed(&s, of_two), "BEGIN:VEVENT"));
}

static void a_feed_follows_the_rights_of_its_person(void **state)
{
    struct seats s = seats_of(state, 1);
    const char *token = club_feed(&s, s.bob);
    assert_non_null(strstr(read_feed(&s, token), "BEGIN:VEVENT"));
    fixture_sql(s.f, "UPDATE membership SET active = 0 WHERE person = %lld", (long long)s.bob);
    assert_null(strstr(read_feed(&s, token), "BEGIN:VEVENT"));
}

static void a_feed_goes_back_ninety_days(void **state)
{
    struct seats s = seats_of(state, 1);
    const char *token = club_feed(&s, s.bob);
    int64_t ends_at =
        fixture_count(s.f, "SELECT ends_at FROM event WHERE id = %lld", (long long)s.event);
    s.f->now_ms = ends_at + 90 * MS_PER_DAY - 1;
    assert_non_null(strstr(read_feed(&s, token), "BEGIN:VEVENT"));
    s.f->now_ms = ends_at + 90 * MS_PER_DAY;
    assert_null(strstr(read_feed(&s, token), "BEGIN:VEVENT"));
}

static void a_link_for_those_registered_is_only_in_theirs(void **state)
{
    struct seats s = seats_of(state, 1);
    const char *of_bob = club_feed(&s, s.bob);
    const char *of_chloe = club_feed(&s, s.chloe);
    seat_set(&s, "link = 'https://zoom.us/j/912', link_shown = 'registered'");
    seat_register(&s, s.bob);
    assert_non_null(strstr(read_feed(&s, of_bob), "CONFERENCE;VALUE=URI;FEATURE=VIDEO;"
                                                  "LABEL=\"Zoom\":https://zoom.us/j/912\r\n"));
    assert_null(strstr(read_feed(&s, of_chloe), "zoom.us"));
}

static void a_feed_that_serves_no_more_is_not_found(void **state)
{
    struct seats s = seats_of(state, 1);
    const char *token = feed(&s, s.bob, "\"kind\":\"mine\"");
    int64_t id = fixture_int(s.f, "id");
    fixture_sql(s.f, "UPDATE person SET state = 'suspended' WHERE id = %lld", (long long)s.bob);
    assert_int_equal(try_read(&s, token), ERR_NOT_FOUND);
    fixture_sql(s.f, "UPDATE person SET state = 'active' WHERE id = %lld", (long long)s.bob);
    assert_int_equal(try_read(&s, token), ERR_NONE);
    fixture_ok(s.f, s.bob, "feed.revoke", "{\"feed\":%lld}", (long long)id);
    assert_int_equal(try_read(&s, token), ERR_NOT_FOUND);
    assert_int_equal(try_read(&s, "bff_0"), ERR_NOT_FOUND);
}

static void a_feed_s_secret_is_told_once(void **state)
{
    struct seats s = seats_of(state, 1);
    const char *token = feed(&s, s.bob, "\"kind\":\"mine\"");
    assert_null(strstr(fixture_ok(s.f, s.bob, "feed.list", "{}"), token));
    assert_string_equal(fixture_text(s.f, "feeds.0.name"), "Mes événements");
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM feed WHERE instr(hash, '%s')", token),
                     0);
}

static void nobody_revokes_another_s_feed(void **state)
{
    struct seats s = seats_of(state, 1);
    feed(&s, s.bob, "\"kind\":\"mine\"");
    int64_t id = fixture_int(s.f, "id");
    assert_int_equal(fixture_run(s.f, s.anne, "feed.revoke", "{\"feed\":%lld}", (long long)id),
                     ERR_NOT_FOUND);
}

static void a_feed_is_of_something_one_sees(void **state)
{
    struct seats s = seats_of(state, 1);
    static const struct {
        const char *members;
        enum err err;
    } table[] = {
        {"\"kind\":\"club\"", ERR_MISSING},
        {"\"kind\":\"theme\"", ERR_MISSING},
        {"\"kind\":\"mine\",\"club\":1", ERR_UNKNOWN},
        {"\"kind\":\"mine\",\"theme\":1", ERR_UNKNOWN},
        {"\"kind\":\"club\",\"club\":9999", ERR_NOT_FOUND},
        {"\"kind\":\"theme\",\"theme\":9999", ERR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(fixture_run(s.f, s.bob, "feed.create", "{%s}", table[i].members),
                         table[i].err);
    }
    assert_int_equal(fixture_run(s.f, s.bob, "feed.create", "{\"kind\":\"club\",\"club\":%lld}",
                                 (long long)s.f->reunion),
                     ERR_NOT_FOUND);
}

static void a_person_has_twenty_feeds_at_most(void **state)
{
    struct seats s = seats_of(state, 1);
    for (int i = 0; i < LIMIT_FEEDS_PER_PERSON; i++) {
        feed(&s, s.bob, "\"kind\":\"mine\"");
    }
    assert_int_equal(fixture_run(s.f, s.bob, "feed.create", "{\"kind\":\"mine\"}"), ERR_FULL);
}

/* --- one event, and those open to everybody --------------------------------------------------- */

static void an_event_is_a_file_for_who_sees_it(void **state)
{
    struct seats s = seats_of(state, 1);
    assert_int_equal(seat_try(&s, s.bob, "event.ics"), ERR_NONE);
    assert_string_equal(fixture_text(s.f, "type"), "text/calendar; charset=utf-8");
    assert_int_equal(seat_try(&s, s.zoe, "event.ics"), ERR_NOT_FOUND);
    assert_int_equal(seat_try(&s, FIXTURE_ANYBODY, "event.ics"), ERR_LOGIN);
    seat_set(&s, "public = 1");
    assert_int_equal(seat_try(&s, FIXTURE_ANYBODY, "event.ics"), ERR_NONE);
    seat_set(&s, "state = 'draft'");
    assert_int_equal(seat_try(&s, FIXTURE_ANYBODY, "event.ics"), ERR_LOGIN);
}

static const char *atom(struct seats *s)
{
    fixture_ok(s->f, FIXTURE_ANYBODY, "event.atom", "{}");
    return fixture_text(s->f, "body");
}

static void atom_has_the_events_open_to_everybody(void **state)
{
    struct seats s = seats_of(state, 1);
    assert_null(strstr(atom(&s), "<entry>"));
    seat_set(&s, "public = 1, title = 'A & <b>', uid = '0b1d2c3e-4f50-4a61-8b72-93a4b5c6d7e8'");
    assert_non_null(strstr(atom(&s), "<title>A &amp; &lt;b&gt;</title>"));
    assert_non_null(strstr(atom(&s), "<id>urn:uuid:0b1d2c3e-4f50-4a61-8b72-93a4b5c6d7e8</id>"));
    seat_set(&s, "state = 'cancelled', reason = 'Neige'");
    assert_non_null(strstr(atom(&s), "<title>Annulé\u00a0: A &amp; &lt;b&gt;</title>"));
    seat_set(&s, "state = 'draft'");
    assert_null(strstr(atom(&s), "<entry>"));
}

static void no_title_breaks_the_feed_of_all(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_set(&s, "public = 1, title = 'A\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD' || char(1) || 'B'");
    assert_non_null(strstr(atom(&s), "<title>A\xEF\xBF\xBD"
                                     "B</title>"));
}

/* --- by mail ---------------------------------------------------------------------------------- */

SQL(last_calendar, "SELECT calendar FROM mail WHERE person = ?1 ORDER BY id DESC LIMIT 1");

/* The calendar part of the person's last letter. */
static const char *last_part(struct seats *s, int64_t person)
{
    return db_text(s->f->db, &last_calendar, &s->f->arena, person);
}

static void a_seat_brings_the_event_into_the_calendar(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    const char *part = last_part(&s, s.bob);
    assert_non_null(strstr(part, "METHOD:REQUEST\r\n"));
    assert_non_null(
        strstr(part, "ORGANIZER;CN=\"Club PVD de l'Ain\":mailto:beffroi@localhost\r\n"));
    assert_non_null(strstr(part, ":mailto:"));
    assert_non_null(strstr(part, "PARTSTAT=ACCEPTED"));
}

static void who_waits_has_nothing_in_the_calendar_yet(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.denis);
    seat_register(&s, s.bob);
    assert_string_equal(last_part(&s, s.bob), "");
}

static void leaving_takes_it_out_for_oneself_alone(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_do(&s, s.bob, "event.unregister");
    const char *part = last_part(&s, s.bob);
    assert_non_null(strstr(part, "METHOD:CANCEL\r\n"));
    assert_null(strstr(part, "STATUS:"));
}

static void a_cancelled_event_leaves_the_calendar_for_all(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    fixture_ok(s.f, s.anne, "event.cancel", "{\"event\":%lld,\"reason\":\"Neige\"}",
               (long long)s.event);
    const char *part = last_part(&s, s.bob);
    assert_non_null(strstr(part, "METHOD:CANCEL\r\n"));
    assert_non_null(strstr(part, "STATUS:CANCELLED\r\n"));
    assert_non_null(strstr(part, "SEQUENCE:1\r\n"));
}

/* --- reminders -------------------------------------------------------------------------------- */

static int64_t start_of(struct seats *s)
{
    return fixture_count(s->f, "SELECT starts_at FROM event WHERE id = %lld", (long long)s->event);
}

/* With what its publication plans. */
static struct seats published(void **state)
{
    struct seats s = seats_of(state, 0);
    seat_set(&s, "state = 'draft'");
    seat_do(&s, s.anne, "event.publish");
    return s;
}

static int64_t due_at(struct seats *s)
{
    return fixture_count(s->f,
                         "SELECT coalesce((SELECT at FROM due WHERE command = 'event.remind'"
                         " AND object = %lld), 0)",
                         (long long)s->event);
}

static int64_t reminders(struct seats *s, int64_t person, const char *stage)
{
    return fixture_count(s->f,
                         "SELECT count(*) FROM notice WHERE kind = 'reminder' AND person = %lld"
                         " AND detail = '%s'",
                         (long long)person, stage);
}

/* What is due, at this moment. */
static void at(struct seats *s, int64_t now_ms)
{
    s->f->now_ms = now_ms;
    seat_due(s);
}

static void who_comes_is_reminded_three_times(void **state)
{
    struct seats s = published(state);
    int64_t start = start_of(&s);
    seat_register(&s, s.bob);
    static const struct {
        const char *stage;
        int64_t before_ms;
    } table[] = {{"week", 7 * MS_PER_DAY}, {"day", MS_PER_DAY}, {"hour", MS_PER_HOUR}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(due_at(&s), start - table[i].before_ms);
        at(&s, start - table[i].before_ms - 1);
        assert_int_equal(reminders(&s, s.bob, table[i].stage), 0);
        at(&s, start - table[i].before_ms);
        assert_int_equal(reminders(&s, s.bob, table[i].stage), 1);
    }
    assert_int_equal(due_at(&s), 0);
    assert_int_equal(seat_letters(&s, s.bob, "Rappel"), 3);
    assert_int_equal(reminders(&s, s.chloe, "week"), 0);
}

static void a_reminder_is_given_once_however_often_it_runs(void **state)
{
    struct seats s = published(state);
    seat_register(&s, s.bob);
    at(&s, start_of(&s) - 7 * MS_PER_DAY);
    seat_do(&s, FIXTURE_OPERATOR, "event.remind");
    seat_do(&s, FIXTURE_OPERATOR, "event.remind");
    assert_int_equal(reminders(&s, s.bob, "week"), 1);
}

static void of_reminders_missed_only_the_latest_is_given(void **state)
{
    struct seats s = published(state);
    seat_register(&s, s.bob);
    at(&s, start_of(&s) - 3 * MS_PER_HOUR);
    assert_int_equal(reminders(&s, s.bob, "week"), 0);
    assert_int_equal(reminders(&s, s.bob, "day"), 1);
    assert_int_equal(due_at(&s), start_of(&s) - MS_PER_HOUR);
}

static void nobody_is_reminded_of_what_has_begun(void **state)
{
    struct seats s = published(state);
    seat_register(&s, s.bob);
    at(&s, start_of(&s));
    assert_int_equal(seat_letters(&s, s.bob, "Rappel"), 0);
    assert_int_equal(due_at(&s), 0);
}

static void nobody_is_reminded_of_what_is_cancelled(void **state)
{
    struct seats s = published(state);
    seat_register(&s, s.bob);
    seat_set(&s, "state = 'cancelled'");
    at(&s, start_of(&s) - MS_PER_DAY);
    assert_int_equal(seat_letters(&s, s.bob, "Rappel"), 0);
}

static void who_refuses_a_reminder_gets_the_others(void **state)
{
    struct seats s = published(state);
    seat_register(&s, s.bob);
    fixture_ok(s.f, s.bob, "reminder.set", "{\"week\":true,\"day\":false,\"hour\":true}");
    fixture_ok(s.f, s.bob, "reminder.get", "{}");
    assert_true(fixture_int(s.f, "week") == 1 && fixture_int(s.f, "day") == 0);
    int64_t start = start_of(&s);
    at(&s, start - 7 * MS_PER_DAY);
    at(&s, start - MS_PER_DAY);
    at(&s, start - MS_PER_HOUR);
    assert_int_equal(reminders(&s, s.bob, "week"), 1);
    assert_int_equal(reminders(&s, s.bob, "day"), 0);
    assert_int_equal(reminders(&s, s.bob, "hour"), 1);
}

static void whole_days_are_reminded_of_at_nine_in_the_morning_there(void **state)
{
    struct seats s = seats_of(state, 0);
    const struct zone *zone = zone_find("America/Martinique");
    struct local_time day = zone_local(zone, start_of(&s));
    day.hour = day.minute = day.second = 0;
    int64_t midnight = zone_instant(zone, &day);
    seat_set(&s, arena_printf(&s.f->arena,
                              "state = 'draft', all_day = 1, zone = 'America/Martinique',"
                              " starts_at = %lld, ends_at = %lld",
                              (long long)midnight, (long long)(midnight + MS_PER_DAY)));
    seat_do(&s, s.anne, "event.publish");
    int64_t nine = midnight + 9 * MS_PER_HOUR;
    assert_int_equal(due_at(&s), nine - 7 * MS_PER_DAY);
    at(&s, nine - 7 * MS_PER_DAY);
    assert_int_equal(due_at(&s), nine - MS_PER_DAY);
    at(&s, nine - MS_PER_DAY);
    assert_int_equal(due_at(&s), 0);
}

static void an_event_that_moves_is_reminded_of_anew(void **state)
{
    struct seats s = published(state);
    seat_register(&s, s.bob);
    int64_t start = start_of(&s);
    at(&s, start - MS_PER_DAY);
    fixture_ok(s.f, s.anne, "event.update",
               "{\"event\":%lld,\"kind\":\"seance\",\"title\":\"Séance du Club\",\"scope\":"
               "\"clubs\",\"clubs\":[%lld],\"starts_at\":%lld,\"ends_at\":%lld,\"zone\":"
               "\"Europe/Paris\",\"registration\":\"open\"}",
               (long long)s.event, (long long)s.f->ain, (long long)(start + 30 * MS_PER_DAY),
               (long long)(start + 30 * MS_PER_DAY + MS_PER_HOUR));
    assert_int_equal(due_at(&s), start + 23 * MS_PER_DAY);
    at(&s, start + 29 * MS_PER_DAY);
    assert_int_equal(reminders(&s, s.bob, "day"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(one_s_own_feed_has_what_one_registered_for),
        FIXTURE_TEST(who_waits_comes_tentatively),
        FIXTURE_TEST(who_left_has_it_no_more),
        FIXTURE_TEST(a_club_s_feed_has_its_events_but_no_drafts),
        FIXTURE_TEST(a_theme_s_feed_has_the_events_of_that_theme),
        FIXTURE_TEST(a_feed_follows_the_rights_of_its_person),
        FIXTURE_TEST(a_feed_goes_back_ninety_days),
        FIXTURE_TEST(a_link_for_those_registered_is_only_in_theirs),
        FIXTURE_TEST(a_feed_that_serves_no_more_is_not_found),
        FIXTURE_TEST(a_feed_s_secret_is_told_once),
        FIXTURE_TEST(nobody_revokes_another_s_feed),
        FIXTURE_TEST(a_feed_is_of_something_one_sees),
        FIXTURE_TEST(a_person_has_twenty_feeds_at_most),
        FIXTURE_TEST(an_event_is_a_file_for_who_sees_it),
        FIXTURE_TEST(atom_has_the_events_open_to_everybody),
        FIXTURE_TEST(no_title_breaks_the_feed_of_all),
        FIXTURE_TEST(a_seat_brings_the_event_into_the_calendar),
        FIXTURE_TEST(who_waits_has_nothing_in_the_calendar_yet),
        FIXTURE_TEST(leaving_takes_it_out_for_oneself_alone),
        FIXTURE_TEST(a_cancelled_event_leaves_the_calendar_for_all),
        FIXTURE_TEST(who_comes_is_reminded_three_times),
        FIXTURE_TEST(a_reminder_is_given_once_however_often_it_runs),
        FIXTURE_TEST(of_reminders_missed_only_the_latest_is_given),
        FIXTURE_TEST(nobody_is_reminded_of_what_has_begun),
        FIXTURE_TEST(nobody_is_reminded_of_what_is_cancelled),
        FIXTURE_TEST(who_refuses_a_reminder_gets_the_others),
        FIXTURE_TEST(whole_days_are_reminded_of_at_nine_in_the_morning_there),
        FIXTURE_TEST(an_event_that_moves_is_reminded_of_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
