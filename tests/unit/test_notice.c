/* What concerns a person is on their page until seen, told live, and sent once. */
#include "seat_fixture.h"

#include <string.h>

#include "club/notice.h"

SQL(letter_text, "SELECT plain FROM mail WHERE person = ?1 ORDER BY id DESC LIMIT 1");

/* The last letter to the person. */
static const char *letter(struct seats *s, int64_t person)
{
    const char *text = db_text(s->f->db, &letter_text, &s->f->arena, person);
    return text ? text : "";
}

static void assert_says(const char *text, const char *words)
{
    if (!strstr(text, words)) {
        fail_msg("\"%s\" is not in: %s", words, text);
    }
}

/* The registration's own command would have declared the fact. */
static void give(struct seats *s, int64_t person, enum notice_kind kind, const char *detail)
{
    struct tx tx = fixture_tx(s->f, s->anne);
    notice_give(&tx, person, kind, s->event, detail);
    assert_int_equal(db_error(s->f->db), ERR_NONE);
}

static void a_notice_is_told_and_listed_alike(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    int64_t bob = audience_person(s.bob);
    int64_t id = fixture_told_int(s.f, bob, "notice.added", 0, "notice.id");
    assert_string_equal(fixture_told_text(s.f, bob, "notice.added", 0, "notice.event.title"),
                        "Séance du Club");
    fixture_ok(s.f, s.bob, "notice.list", "{}");
    assert_int_equal(fixture_int(s.f, "notices.0.id"), id);
    assert_string_equal(fixture_text(s.f, "notices.0.kind"), "seated");
    assert_int_equal(fixture_int(s.f, "position"), 0);
    assert_false(fixture_has(s.f, "next"));
}

static void nobody_sees_another_s_notices(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    fixture_ok(s.f, s.chloe, "notice.list", "{}");
    assert_int_equal(fixture_int(s.f, "notices.length"), 0);
}

static void notices_go_page_by_page(void **state)
{
    struct seats s = seats_of(state, 1);
    for (int i = 0; i < 3; i++) {
        give(&s, s.bob, NOTICE_MOVED, "Nouveau lieu");
    }
    fixture_sql(s.f,
                "INSERT INTO registration (event, person, state, role, created_at, changed_at)"
                " VALUES (%lld, %lld, 'seated', 'elu', 0, 0)",
                (long long)s.event, (long long)s.bob);
    fixture_ok(s.f, s.bob, "notice.list", "{\"limit\":2}");
    assert_int_equal(fixture_int(s.f, "notices.length"), 2);
    fixture_ok(s.f, s.bob, "notice.list", "{\"limit\":2,\"cursor\":%lld}",
               (long long)fixture_int(s.f, "next"));
    assert_int_equal(fixture_int(s.f, "notices.length"), 1);
    assert_false(fixture_has(s.f, "next"));
}

static void the_oldest_notices_are_forgotten(void **state)
{
    struct seats s = seats_of(state, 5);
    for (int i = 0; i < LIMIT_NOTICES + 3; i++) {
        give(&s, s.bob, NOTICE_MOVED, i ? "Nouveau lieu" : "Le premier");
    }
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM notice"), LIMIT_NOTICES);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM notice WHERE detail = 'Le premier'"),
                     0);
}

static void what_is_seen_is_seen_on_every_device_and_stays_so(void **state)
{
    struct seats s = seats_of(state, 1);
    int64_t bob = audience_person(s.bob);
    seat_register(&s, s.bob);
    int64_t id = fixture_told_int(s.f, bob, "notice.added", 0, "notice.id");
    fixture_ok(s.f, s.bob, "notice.see", "{\"position\":%lld}", (long long)id);
    assert_int_equal(fixture_told_int(s.f, bob, "notice.seen", 0, "position"), id);
    fixture_ok(s.f, s.bob, "notice.see", "{\"position\":1}");
    assert_int_equal(s.f->effects.count, 0);
    fixture_ok(s.f, s.bob, "notice.list", "{}");
    assert_int_equal(fixture_int(s.f, "position"), id);
}

static void what_is_still_to_come_is_not_seen_yet(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    int64_t id = fixture_told_int(s.f, audience_person(s.bob), "notice.added", 0, "notice.id");
    fixture_ok(s.f, s.bob, "notice.see", "{\"position\":%lld}", (long long)id + 1000);
    fixture_ok(s.f, s.bob, "notice.list", "{}");
    assert_int_equal(fixture_int(s.f, "position"), id);
}

static void who_runs_the_club_no_more_follows_its_requests_no_more(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_set(&s, "registration = 'approval'");
    seat_register(&s, s.bob);
    fixture_ok(s.f, s.anne, "notice.list", "{}");
    assert_int_equal(fixture_int(s.f, "notices.length"), 1);
    fixture_sql(s.f, "UPDATE membership SET active = 0 WHERE person = %lld", (long long)s.anne);
    fixture_ok(s.f, s.anne, "notice.list", "{}");
    assert_int_equal(fixture_int(s.f, "notices.length"), 0);
    fixture_sql(s.f,
                "INSERT INTO registration (event, person, state, role, created_at, changed_at)"
                " VALUES (%lld, %lld, 'invited', 'elu', 1, 1)",
                (long long)s.event, (long long)s.anne);
    fixture_ok(s.f, s.anne, "notice.list", "{}");
    assert_int_equal(fixture_int(s.f, "notices.length"), 0); /* nor by being invited to it */
}

/* --- letters ---------------------------------------------------------------------------------- */

static void who_is_seated_reads_when_where_and_by_which_link(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_set(&s, "address = '3 rue du Lac', commune = 'Nantua', link = 'https://visio.example/a',"
                 " link_shown = 'registered'");
    seat_register(&s, s.bob);
    const char *text = letter(&s, s.bob);
    assert_says(text, "Bonjour Bob,");
    assert_says(text, "Votre inscription à « Séance du Club » est confirmée.");
    assert_says(text, "(heure de Paris)");
    assert_says(text, "Où : 3 rue du Lac, Nantua");
    assert_says(text, "Lien : https://visio.example/a");
    assert_says(text, "http://127.0.0.1:8080/evenement/");
    assert_int_equal(seat_letters(&s, s.bob, "Inscription confirmée : Séance"), 1);
}

static void who_waits_does_not_read_the_meeting_link(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_set(&s, "link = 'https://visio.example/a', link_shown = 'registered'");
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    assert_null(strstr(letter(&s, s.chloe), "visio.example"));
    assert_says(letter(&s, s.chloe), "liste d'attente");
}

static void who_is_offered_a_seat_reads_until_when(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    seat_do(&s, s.bob, "event.unregister");
    assert_says(letter(&s, s.chloe), "Elle vous est gardée jusqu'au ");
    assert_says(letter(&s, s.chloe), "Confirmer ma venue");
    assert_int_equal(seat_letters(&s, s.chloe, "Une place pour vous"), 1);
}

static void everyone_is_told_once_of_each_step(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    seat_do(&s, s.bob, "event.unregister");
    s.f->now_ms += 48 * MS_PER_HOUR;
    seat_due(&s);
    seat_due(&s);
    assert_int_equal(
        fixture_count(s.f, "SELECT count(*) FROM notice WHERE person = %lld", (long long)s.bob),
        2); /* seated, unregistered */
    assert_int_equal(
        fixture_count(s.f, "SELECT count(*) FROM notice WHERE person = %lld", (long long)s.chloe),
        3); /* waiting, offered, lapsed */
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM mail"), 5);
}

static void a_wave_of_requests_is_one_letter_until_it_is_seen(void **state)
{
    struct seats s = seats_of(state, 5);
    seat_set(&s, "registration = 'approval'");
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    assert_int_equal(seat_letters(&s, s.anne, "Demande"), 1);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM notice"), 2);
    assert_says(letter(&s, s.anne), "/inscriptions");
    fixture_ok(s.f, s.anne, "notice.see", "{\"position\":%lld}",
               (long long)fixture_count(s.f, "SELECT max(id) FROM notice"));
    seat_register(&s, s.denis);
    assert_int_equal(seat_letters(&s, s.anne, "Demande"), 2);
}

static void a_notice_of_requests_names_nobody(void **state)
{
    struct seats s = seats_of(state, 5);
    seat_set(&s, "registration = 'approval'");
    seat_register(&s, s.bob);
    assert_null(strstr(letter(&s, s.anne), "Bob"));
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM notice WHERE detail <> ''"), 0);
}

static void a_change_is_told_in_the_organiser_s_words(void **state)
{
    struct seats s = seats_of(state, 5);
    seat_register(&s, s.bob);
    give(&s, s.bob, NOTICE_MOVED, "Nouveau lieu : salle des fêtes");
    assert_says(letter(&s, s.bob), "Nouveau lieu : salle des fêtes");
    give(&s, s.bob, NOTICE_CANCELLED, "Grève des trains à 100 %s");
    assert_says(letter(&s, s.bob), "Motif : Grève des trains à 100 %s");
}

static void a_reminder_says_how_long_there_is(void **state)
{
    struct seats s = seats_of(state, 5);
    seat_register(&s, s.bob);
    give(&s, s.bob, NOTICE_REMINDER, "week");
    assert_says(letter(&s, s.bob), "« Séance du Club » a lieu d'ici une semaine.");
    give(&s, s.bob, NOTICE_REMINDER, "hour");
    assert_says(letter(&s, s.bob), "« Séance du Club » commence d'ici une heure.");
}

static int64_t invitations(struct seats *s, int64_t person, const char *method)
{
    return fixture_count(s->f,
                         "SELECT count(*) FROM mail WHERE person = %lld AND method = '%s'"
                         " AND calendar LIKE '%%METHOD:%s%%'",
                         (long long)person, method, method);
}

static void a_seat_enters_the_calendar_and_leaves_it(void **state)
{
    struct seats s = seats_of(state, 5);
    seat_register(&s, s.bob);
    assert_int_equal(invitations(&s, s.bob, "REQUEST"), 1);
    give(&s, s.bob, NOTICE_MOVED, "Nouveau lieu");
    assert_int_equal(invitations(&s, s.bob, "REQUEST"), 2);
    seat_do(&s, s.bob, "event.unregister");
    assert_int_equal(invitations(&s, s.bob, "CANCEL"), 1);
}

static void who_only_waits_gets_nothing_into_their_calendar(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    give(&s, s.chloe, NOTICE_MOVED, "Nouveau lieu");
    give(&s, s.chloe, NOTICE_CANCELLED, "Grève");
    seat_do(&s, s.chloe, "event.unregister");
    assert_int_equal(fixture_count(s.f,
                                   "SELECT count(*) FROM mail WHERE person = %lld"
                                   " AND method <> ''",
                                   (long long)s.chloe),
                     0);
}

static void a_suspended_person_gets_no_letter(void **state)
{
    struct seats s = seats_of(state, 5);
    seat_register(&s, s.bob);
    fixture_sql(s.f, "UPDATE person SET state = 'suspended' WHERE id = %lld", (long long)s.bob);
    give(&s, s.bob, NOTICE_CANCELLED, "Grève");
    assert_int_equal(seat_letters(&s, s.bob, "Annulation"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_notice_is_told_and_listed_alike),
        FIXTURE_TEST(nobody_sees_another_s_notices),
        FIXTURE_TEST(notices_go_page_by_page),
        FIXTURE_TEST(the_oldest_notices_are_forgotten),
        FIXTURE_TEST(what_is_seen_is_seen_on_every_device_and_stays_so),
        FIXTURE_TEST(what_is_still_to_come_is_not_seen_yet),
        FIXTURE_TEST(who_runs_the_club_no_more_follows_its_requests_no_more),
        FIXTURE_TEST(who_is_seated_reads_when_where_and_by_which_link),
        FIXTURE_TEST(who_waits_does_not_read_the_meeting_link),
        FIXTURE_TEST(who_is_offered_a_seat_reads_until_when),
        FIXTURE_TEST(everyone_is_told_once_of_each_step),
        FIXTURE_TEST(a_wave_of_requests_is_one_letter_until_it_is_seen),
        FIXTURE_TEST(a_notice_of_requests_names_nobody),
        FIXTURE_TEST(a_change_is_told_in_the_organiser_s_words),
        FIXTURE_TEST(a_reminder_says_how_long_there_is),
        FIXTURE_TEST(a_seat_enters_the_calendar_and_leaves_it),
        FIXTURE_TEST(who_only_waits_gets_nothing_into_their_calendar),
        FIXTURE_TEST(a_suspended_person_gets_no_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
