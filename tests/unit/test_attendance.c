/* Who was there, how it is counted, and the files that say so. */
#include "seat_fixture.h"

#include <string.h>

static void tick(struct seats *s, int64_t person, const char *present)
{
    fixture_ok(s->f, s->anne, "attendance.set",
               present ? "{\"event\":%lld,\"person\":%lld,\"present\":%s}"
                       : "{\"event\":%lld,\"person\":%lld}",
               (long long)s->event, (long long)person, present);
}

/* Bob and Chloé have the two seats, Denis waits. */
static struct seats filled(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    seat_register(&s, s.denis);
    return s;
}

/* --- ticks ------------------------------------------------------------------------------------ */

static void a_tick_is_told_to_those_who_run_the_event_alone(void **state)
{
    struct seats s = filled(state);
    int64_t root = fixture_administrator(s.f, "Root");
    tick(&s, s.bob, "true");
    int64_t anne = audience_person(s.anne);
    assert_int_equal(fixture_told_int(s.f, anne, "attendance.changed", 0, "person"), s.bob);
    assert_int_equal(fixture_told_int(s.f, anne, "attendance.changed", 0, "present"), true);
    assert_int_equal(fixture_told(s.f, audience_person(root), "attendance.changed"), 1);
    assert_int_equal(s.f->effects.count, 2);
}

static void a_tick_can_be_corrected_and_taken_back(void **state)
{
    struct seats s = filled(state);
    tick(&s, s.bob, "true");
    tick(&s, s.bob, "false");
    assert_int_equal(fixture_count(s.f, "SELECT present FROM registration WHERE person = %lld",
                                   (long long)s.bob),
                     0);
    tick(&s, s.bob, NULL);
    assert_int_equal(fixture_count(s.f, "SELECT count(present) FROM registration"), 0);
}

static void each_correction_is_in_the_log(void **state)
{
    struct seats s = filled(state);
    tick(&s, s.bob, "true");
    tick(&s, s.bob, "false");
    fixture_ok(s.f, s.anne, "attendance.log", "{\"event\":%lld,\"limit\":1}", (long long)s.event);
    assert_int_equal(fixture_int(s.f, "ticks.0.present"), false);
    assert_string_equal(fixture_text(s.f, "ticks.0.person.name"), "Bob");
    assert_string_equal(fixture_text(s.f, "ticks.0.by.name"), "Anne");
    fixture_ok(s.f, s.anne, "attendance.log", "{\"event\":%lld,\"cursor\":%lld}",
               (long long)s.event, (long long)fixture_int(s.f, "next"));
    assert_int_equal(fixture_int(s.f, "ticks.0.present"), true);
}

static void the_same_tick_twice_is_one(void **state)
{
    struct seats s = filled(state);
    tick(&s, s.bob, "true");
    tick(&s, s.bob, "true");
    assert_int_equal(s.f->effects.count, 0);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM attendance"), 1);
}

static void who_is_not_registered_cannot_be_ticked(void **state)
{
    struct seats s = filled(state);
    assert_int_equal(seat_try_for(&s, s.anne, "attendance.set", s.zoe), ERR_NOT_FOUND);
    assert_int_equal(seat_try_for(&s, s.bob, "attendance.set", s.bob), ERR_FORBIDDEN);
    assert_int_equal(seat_try_for(&s, s.zoe, "attendance.set", s.bob), ERR_NOT_FOUND);
}

/* --- registration.list ------------------------------------------------------------------------ */

static void who_manages_sees_who_comes_and_who_waits(void **state)
{
    struct seats s = filled(state);
    seat_do(&s, s.anne, "registration.list");
    assert_int_equal(fixture_int(s.f, "registrations.length"), 3);
    assert_string_equal(fixture_text(s.f, "registrations.0.person.name"), "Bob");
    assert_string_equal(fixture_text(s.f, "registrations.0.person.function"), "chef_de_projet");
    assert_string_equal(fixture_text(s.f, "registrations.0.state"), "seated");
    assert_false(fixture_has(s.f, "registrations.0.rank"));
    assert_int_equal(fixture_int(s.f, "registrations.2.rank"), 1);
    assert_int_equal(fixture_int(s.f, "counts.registered"), 2);
    assert_int_equal(fixture_int(s.f, "counts.waiting"), 1);
    assert_int_equal(seat_try(&s, s.bob, "registration.list"), ERR_FORBIDDEN);
}

static void registrations_go_page_by_page(void **state)
{
    struct seats s = filled(state);
    fixture_ok(s.f, s.anne, "registration.list", "{\"event\":%lld,\"limit\":2}",
               (long long)s.event);
    assert_int_equal(fixture_int(s.f, "registrations.length"), 2);
    fixture_ok(s.f, s.anne, "registration.list", "{\"event\":%lld,\"limit\":2,\"cursor\":%lld}",
               (long long)s.event, (long long)fixture_int(s.f, "next"));
    assert_string_equal(fixture_text(s.f, "registrations.0.person.name"), "Denis");
    assert_false(fixture_has(s.f, "next"));
}

/* --- summary ---------------------------------------------------------------------------------- */

static void an_event_is_counted_by_role_and_departement(void **state)
{
    struct seats s = filled(state);
    tick(&s, s.bob, "true");
    tick(&s, s.chloe, "false");
    fixture_ok(s.f, s.anne, "attendance.summary", "{\"event\":%lld}", (long long)s.event);
    assert_int_equal(fixture_int(s.f, "events_count"), 1);
    assert_int_equal(fixture_int(s.f, "total.registered"), 2);
    assert_int_equal(fixture_int(s.f, "total.waiting"), 1);
    assert_int_equal(fixture_int(s.f, "total.present"), 1);
    assert_int_equal(fixture_int(s.f, "roles.length"), 3);
    assert_string_equal(fixture_text(s.f, "roles.0.role"), "chef_de_projet");
    assert_int_equal(fixture_int(s.f, "roles.0.counts.present"), 1);
    assert_string_equal(fixture_text(s.f, "departements.0.name"), "Ain");
    assert_int_equal(fixture_int(s.f, "departements.0.counts.registered"), 2);
    assert_false(fixture_has(s.f, "events"));
}

static void a_club_is_counted_over_its_events(void **state)
{
    struct seats s = filled(state);
    fixture_ok(s.f, s.anne, "attendance.summary", "{\"club\":%lld}", (long long)s.f->ain);
    assert_int_equal(fixture_int(s.f, "events.0.event"), s.event);
    assert_int_equal(fixture_int(s.f, "events.0.counts.waiting"), 1);
    fixture_ok(s.f, s.anne, "attendance.summary", "{\"club\":%lld,\"to\":%lld}",
               (long long)s.f->ain, (long long)s.f->now_ms);
    assert_int_equal(fixture_int(s.f, "events_count"), 0);
    assert_int_equal(fixture_int(s.f, "total.registered"), 0);
}

static void figures_are_for_who_manages_what_they_are_of(void **state)
{
    struct seats s = filled(state);
    assert_int_equal(seat_try(&s, s.bob, "attendance.summary"), ERR_FORBIDDEN);
    assert_int_equal(seat_try(&s, s.zoe, "attendance.summary"), ERR_NOT_FOUND);
    assert_int_equal(
        fixture_run(s.f, s.bob, "attendance.summary", "{\"club\":%lld}", (long long)s.f->ain),
        ERR_FORBIDDEN);
    assert_int_equal(fixture_run(s.f, s.anne, "attendance.summary", "{}"), ERR_MISSING);
    assert_int_equal(fixture_run(s.f, s.anne, "attendance.summary",
                                 "{\"event\":%lld,\"club\":%lld}", (long long)s.event,
                                 (long long)s.f->ain),
                     ERR_UNKNOWN);
}

/* --- files ------------------------------------------------------------------------------------ */

static void the_sheet_opens_in_a_french_spreadsheet(void **state)
{
    struct seats s = filled(state);
    fixture_sql(s.f, "UPDATE person SET name = '=HYPERLINK(\"x\")' WHERE id = %lld",
                (long long)s.chloe);
    tick(&s, s.bob, "true");
    seat_do(&s, s.anne, "attendance.sheet");
    const char *body = fixture_text(s.f, "body");
    assert_string_equal(fixture_text(s.f, "name"), "Présences - Séance du Club.csv");
    assert_memory_equal(body, "\xEF\xBB\xBFNom;Fonction;", strlen("\xEF\xBB\xBFNom;Fonction;"));
    assert_non_null(strstr(body, "\r\nBob;chef_de_projet;Chef de projet;Ain;Inscrit;;oui;;"));
    assert_non_null(strstr(body, "\r\n\"'=HYPERLINK(\"\"x\"\")\";elu;Élu;Ain;Inscrit;;;;"));
    assert_non_null(strstr(body, "\r\nDenis;partenaire;Partenaire;Ain;\"Liste d'attente\";1;;;"));
}

static void the_sheet_has_a_column_for_each_question(void **state)
{
    struct seats s = seats_of(state, 2);
    fixture_sql(s.f,
                "INSERT INTO question (event, position, kind, label, required)"
                " VALUES (%lld, 1, 'text', 'Attentes', 0)",
                (long long)s.event);
    fixture_ok(s.f, s.bob, "event.register",
               "{\"event\":%lld,\"nonce\":\"reponses\",\"answers\":[{\"question\":%lld,"
               "\"text\":\"Deux\\nlignes\"}]}",
               (long long)s.event, (long long)db_last_id(s.f->db));
    seat_do(&s, s.anne, "attendance.sheet");
    const char *body = fixture_text(s.f, "body");
    assert_non_null(strstr(body, ";Inscrit le;Attentes\r\n"));
    assert_non_null(strstr(body, ";\"Deux\nlignes\"\r\n"));
}

static void the_report_has_a_line_for_each_event(void **state)
{
    struct seats s = filled(state);
    tick(&s, s.bob, "true");
    fixture_ok(s.f, s.anne, "attendance.report", "{\"club\":%lld}", (long long)s.f->ain);
    const char *body = fixture_text(s.f, "body");
    assert_string_equal(fixture_text(s.f, "name"), "Événements - Club PVD de l'Ain.csv");
    assert_non_null(strstr(body, ";Séance du Club;Séance de club départemental;;Publié;2;0;0;2;1;1;"
                                 "0;1;0;0;0;1\r\n"));
}

/* --- erasure, export -------------------------------------------------------------------------- */

static void erase(struct seats *s, int64_t person)
{
    fixture_ok(s->f, FIXTURE_OPERATOR, "person.erase", "{\"person\":%lld,\"messages\":\"keep\"}",
               (long long)person);
}

static void the_seat_of_who_is_erased_is_given_on(void **state)
{
    struct seats s = filled(state);
    erase(&s, s.bob);
    assert_stands(&s, s.denis, "offered");
    assert_int_equal(fixture_told(s.f, audience_person(s.denis), "registration.changed"), 1);
    assert_int_equal(fixture_told(s.f, audience_person(s.bob), "notice.added"), 0);
}

static void who_is_erased_is_counted_on_without_a_name(void **state)
{
    struct seats s = filled(state);
    tick(&s, s.bob, "true");
    s.f->now_ms += 11 * MS_PER_DAY;
    erase(&s, s.bob);
    fixture_ok(s.f, s.anne, "attendance.summary", "{\"event\":%lld}", (long long)s.event);
    assert_int_equal(fixture_int(s.f, "total.registered"), 2);
    assert_int_equal(fixture_int(s.f, "total.present"), 1);
    seat_do(&s, s.anne, "registration.list");
    assert_false(fixture_has(s.f, "registrations.0.person"));
    seat_do(&s, s.anne, "attendance.sheet");
    assert_non_null(strstr(fixture_text(s.f, "body"), "\r\n(compte effacé);;Chef de projet;Ain;"));
}

static void nothing_of_who_is_erased_stays_in_events(void **state)
{
    struct seats s = seats_of(state, 2);
    fixture_sql(s.f,
                "INSERT INTO question (event, position, kind, label, required)"
                " VALUES (%lld, 1, 'text', 'Attentes', 0)",
                (long long)s.event);
    fixture_ok(s.f, s.anne, "event.register",
               "{\"event\":%lld,\"nonce\":\"reponses\",\"answers\":[{\"question\":%lld,"
               "\"text\":\"Des halles\"}]}",
               (long long)s.event, (long long)db_last_id(s.f->db));
    tick(&s, s.anne, "true");
    assert_int_equal(seat_try_register_for(&s, s.anne, s.bob), ERR_NONE);
    fixture_sql(s.f, "INSERT INTO notice_seen VALUES (%lld, 1)", (long long)s.anne);
    fixture_sql(s.f, "INSERT INTO reminder_refused VALUES (%lld, 'day')", (long long)s.anne);
    fixture_sql(s.f,
                "INSERT INTO feed (person, hash, kind, created_at) VALUES (%lld, x'00',"
                " 'mine', 0)",
                (long long)s.anne);
    erase(&s, s.anne);
    assert_int_equal(fixture_count(s.f,
                                   "SELECT (SELECT count(*) FROM answer)"
                                   " + (SELECT count(*) FROM notice WHERE person = %lld)"
                                   " + (SELECT count(*) FROM notice_seen)"
                                   " + (SELECT count(*) FROM reminder_refused)"
                                   " + (SELECT count(*) FROM feed)"
                                   " + (SELECT count(registered_by) FROM registration)"
                                   " + (SELECT count(by) FROM attendance)"
                                   " + (SELECT count(created_by) FROM event)",
                                   (long long)s.anne),
                     0);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM registration WHERE person IS NULL"),
                     1);
}

static void an_export_holds_one_s_part_in_events(void **state)
{
    struct seats s = filled(state);
    tick(&s, s.bob, "true");
    fixture_ok(s.f, s.bob, "person.export", "{\"person\":%lld}", (long long)s.bob);
    assert_string_equal(fixture_text(s.f, "about.registrations.0.event"), "Séance du Club");
    assert_string_equal(fixture_text(s.f, "about.registrations.0.state"), "seated");
    assert_int_equal(fixture_int(s.f, "about.registrations.0.ticks.0.present"), 1);
    assert_string_equal(fixture_text(s.f, "about.notices.0.kind"), "seated");
    assert_int_equal(fixture_int(s.f, "about.calendar_feeds.length"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_tick_is_told_to_those_who_run_the_event_alone),
        FIXTURE_TEST(a_tick_can_be_corrected_and_taken_back),
        FIXTURE_TEST(each_correction_is_in_the_log),
        FIXTURE_TEST(the_same_tick_twice_is_one),
        FIXTURE_TEST(who_is_not_registered_cannot_be_ticked),
        FIXTURE_TEST(who_manages_sees_who_comes_and_who_waits),
        FIXTURE_TEST(registrations_go_page_by_page),
        FIXTURE_TEST(an_event_is_counted_by_role_and_departement),
        FIXTURE_TEST(a_club_is_counted_over_its_events),
        FIXTURE_TEST(figures_are_for_who_manages_what_they_are_of),
        FIXTURE_TEST(the_sheet_opens_in_a_french_spreadsheet),
        FIXTURE_TEST(the_sheet_has_a_column_for_each_question),
        FIXTURE_TEST(the_report_has_a_line_for_each_event),
        FIXTURE_TEST(the_seat_of_who_is_erased_is_given_on),
        FIXTURE_TEST(who_is_erased_is_counted_on_without_a_name),
        FIXTURE_TEST(nothing_of_who_is_erased_stays_in_events),
        FIXTURE_TEST(an_export_holds_one_s_part_in_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
