/* Who gets a seat, who waits, and what becomes of both. */
#include "seat_fixture.h"

#include <string.h>

#include "club/registration.h"

/* --- seats ------------------------------------------------------------------------------------ */

static void a_free_seat_is_given_at_once(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_register(&s, s.bob);
    assert_stands(&s, s.bob, "seated");
    assert_string_equal(fixture_told_text(s.f, audience_person(s.bob), "registration.changed", 0,
                                          "mine.registration"),
                        "seated");
}

static void who_comes_when_all_seats_are_taken_waits_in_order(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_register(&s, s.chloe);
    assert_stands(&s, s.denis, "waiting");
    assert_int_equal(fixture_count(s.f, "SELECT person FROM registration WHERE state = 'waiting'"
                                        " ORDER BY turn LIMIT 1"),
                     s.denis);
}

static void without_a_capacity_nobody_waits(void **state)
{
    struct seats s = seats_of(state, 0);
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    assert_stands(&s, s.chloe, "seated");
}

static void a_freed_seat_is_held_for_who_waits_longest(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_register(&s, s.chloe);
    seat_do(&s, s.bob, "event.unregister");
    assert_stands(&s, s.denis, "offered");
    assert_stands(&s, s.chloe, "waiting");
    assert_int_equal(fixture_told_int(s.f, audience_person(s.denis), "registration.changed", 0,
                                      "mine.held_until"),
                     s.f->now_ms + 48 * MS_PER_HOUR);
}

static void who_is_suspended_is_passed_over_and_keeps_their_place(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_register(&s, s.chloe);
    fixture_sql(s.f, "UPDATE person SET state = 'suspended' WHERE id = %lld", (long long)s.denis);
    seat_do(&s, s.bob, "event.unregister");
    assert_stands(&s, s.chloe, "offered");
    fixture_sql(s.f, "UPDATE person SET state = 'active' WHERE id = %lld", (long long)s.denis);
    seat_do(&s, s.chloe, "event.unregister");
    assert_stands(&s, s.denis, "offered");
}

static void a_held_seat_is_nobody_else_s(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_do(&s, s.bob, "event.unregister");
    seat_register(&s, s.chloe);
    assert_stands(&s, s.chloe, "waiting");
}

static void a_held_seat_is_taken_by_confirming(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_do(&s, s.bob, "event.unregister");
    seat_do(&s, s.denis, "event.confirm");
    assert_stands(&s, s.denis, "seated");
    assert_int_equal(seat_try(&s, s.chloe, "event.confirm"), ERR_CONFLICT);
}

static void a_seat_that_is_not_confirmed_in_time_is_passed_on(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_register(&s, s.chloe);
    seat_do(&s, s.bob, "event.unregister");
    s.f->now_ms += 48 * MS_PER_HOUR;
    assert_int_equal(seat_try(&s, s.denis, "event.confirm"), ERR_CONFLICT);
    seat_due(&s);
    assert_stands(&s, s.denis, "lapsed");
    assert_stands(&s, s.chloe, "offered");
}

static void a_confirmed_seat_does_not_lapse(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_do(&s, s.bob, "event.unregister");
    seat_do(&s, s.denis, "event.confirm");
    s.f->now_ms += 49 * MS_PER_HOUR;
    seat_due(&s);
    assert_stands(&s, s.denis, "seated");
}

static void a_seat_is_never_held_beyond_the_start(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    s.f->now_ms += 9 * MS_PER_DAY;
    seat_do(&s, s.bob, "event.unregister");
    assert_int_equal(fixture_count(s.f,
                                   "SELECT e.starts_at - r.held_until FROM registration r"
                                   " JOIN event e ON e.id = r.event WHERE r.state = 'offered'"),
                     0);
}

static void a_seat_held_beyond_an_earlier_start_is_held_till_then(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_do(&s, s.bob, "event.unregister");
    seat_set(&s, "starts_at = starts_at - 9 * 86400000");
    struct tx tx = fixture_tx(s.f, s.anne);
    seats_settle(&tx, s.event);
    s.f->now_ms += MS_PER_DAY;
    seat_due(&s);
    assert_stands(&s, s.denis, "lapsed");
}

static void more_seats_are_offered_to_who_waits(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_register(&s, s.chloe);
    seat_set(&s, "capacity = 2");
    struct tx tx = fixture_tx(s.f, s.anne);
    seats_settle(&tx, s.event);
    assert_stands(&s, s.denis, "offered");
    assert_stands(&s, s.chloe, "waiting");
}

static void fewer_seats_take_none_away(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_set(&s, "capacity = 1");
    struct tx tx = fixture_tx(s.f, s.anne);
    seats_settle(&tx, s.event);
    assert_stands(&s, s.denis, "seated");
    seat_register(&s, s.chloe);
    seat_do(&s, s.bob, "event.unregister");
    assert_stands(&s, s.chloe, "waiting");
}

static void nobody_is_registered_twice(void **state)
{
    struct seats s = seats_of(state, 5);
    seat_register(&s, s.bob);
    assert_int_equal(seat_try_register(&s, s.bob), ERR_CONFLICT);
}

static void a_resend_gets_the_same_answer(void **state)
{
    struct seats s = seats_of(state, 5);
    const char *params =
        arena_printf(&s.f->arena, "{\"event\":%lld,\"nonce\":\"deux-fois\"}", (long long)s.event);
    const char *first = fixture_ok(s.f, s.bob, "event.register", "%s", params);
    assert_string_equal(fixture_ok(s.f, s.bob, "event.register", "%s", params), first);
    assert_int_equal(s.f->effects.count, 0);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM registration"), 1);
}

static void one_may_come_back_at_the_end_of_the_list(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_do(&s, s.bob, "event.unregister");
    int64_t id = seat_register(&s, s.bob);
    assert_stands(&s, s.bob, "waiting");
    assert_int_equal(fixture_count(s.f,
                                   "SELECT count(*) FROM registration WHERE id = %lld"
                                   " AND person = %lld",
                                   (long long)id, (long long)s.bob),
                     1);
}

/* --- the event's channel ---------------------------------------------------------------------- */

static void who_is_seated_hears_the_event_s_channel(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    assert_true(fixture_hears(fixture_rights(s.f, s.bob), audience_channel(s.channel)));
    assert_int_equal(fixture_told(s.f, audience_person(s.bob), "access.gained"), 1);
    seat_register(&s, s.chloe);
    assert_null(fixture_rights(s.f, s.chloe));
}

static void who_leaves_hears_it_no_more(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_do(&s, s.bob, "event.unregister");
    assert_false(fixture_hears(fixture_rights(s.f, s.bob), audience_channel(s.channel)));
    assert_int_equal(fixture_told(s.f, audience_person(s.bob), "access.lost"), 1);
}

/* --- approval, invitation --------------------------------------------------------------------- */

static void where_the_organiser_approves_one_asks(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_set(&s, "registration = 'approval'");
    seat_register(&s, s.bob);
    assert_stands(&s, s.bob, "asked");
    assert_int_equal(fixture_told(s.f, audience_person(s.anne), "notice.added"), 1);
    assert_int_equal(fixture_told(s.f, audience_person(s.bob), "notice.added"), 0);
}

static void who_is_approved_gets_a_seat_or_waits(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_set(&s, "registration = 'approval'");
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    seat_do_for(&s, s.anne, "event.approve", s.chloe);
    seat_do_for(&s, s.anne, "event.approve", s.bob);
    assert_stands(&s, s.chloe, "seated");
    assert_stands(&s, s.bob, "waiting");
}

static void who_is_refused_is_told_why_and_may_be_taken_after_all(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_set(&s, "registration = 'approval'");
    seat_register(&s, s.bob);
    fixture_ok(s.f, s.anne, "event.refuse",
               "{\"event\":%lld,\"person\":%lld,\"reason\":\"Réservé aux élus\"}",
               (long long)s.event, (long long)s.bob);
    assert_string_equal(
        fixture_told_text(s.f, audience_person(s.bob), "notice.added", 0, "notice.detail"),
        "Réservé aux élus");
    assert_int_equal(seat_try_register(&s, s.bob), ERR_CONFLICT);
    seat_do_for(&s, s.anne, "event.approve", s.bob);
    assert_stands(&s, s.bob, "seated");
}

static void who_asks_for_nothing_cannot_be_approved(void **state)
{
    struct seats s = seats_of(state, 1);
    assert_int_equal(seat_try_for(&s, s.anne, "event.approve", s.bob), ERR_NOT_FOUND);
    seat_register(&s, s.bob);
    assert_int_equal(seat_try_for(&s, s.anne, "event.approve", s.bob), ERR_CONFLICT);
    assert_int_equal(seat_try_for(&s, s.bob, "event.approve", s.bob), ERR_FORBIDDEN);
}

static void invite(struct seats *s, int64_t person)
{
    fixture_ok(s->f, s->anne, "event.invite", "{\"event\":%lld,\"people\":[%lld]}",
               (long long)s->event, (long long)person);
}

static void by_invitation_only_who_is_invited_registers(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_set(&s, "registration = 'invitation'");
    assert_int_equal(seat_try_register(&s, s.bob), ERR_FORBIDDEN);
    invite(&s, s.bob);
    assert_int_equal(fixture_int(s.f, "invited"), 1);
    assert_stands(&s, s.bob, "invited");
    seat_register(&s, s.bob);
    assert_stands(&s, s.bob, "seated");
    assert_int_equal(fixture_count(s.f, "SELECT invited FROM registration"), 1);
}

static void an_invitation_can_be_declined_and_taken_later(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_set(&s, "registration = 'invitation'");
    invite(&s, s.bob);
    seat_do(&s, s.bob, "event.unregister");
    assert_stands(&s, s.bob, "cancelled");
    seat_register(&s, s.bob);
    assert_stands(&s, s.bob, "seated");
}

static void an_invitation_is_no_business_of_who_registered_the_person_before(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_register(&s, s.bob);
    fixture_sql(s.f, "UPDATE registration SET registered_by = %lld", (long long)s.chloe);
    seat_do(&s, s.bob, "event.unregister");
    invite(&s, s.bob);
    assert_int_equal(seat_try_for(&s, s.chloe, "event.unregister", s.bob), ERR_FORBIDDEN);
}

static void who_is_invited_from_elsewhere_hears_of_the_event_first(void **state)
{
    struct seats s = seats_of(state, 2);
    fixture_join(s.f, s.zoe, s.f->national, ROLE_PARTENAIRE);
    fixture_join(s.f, s.anne, s.f->national, ROLE_PARTENAIRE);
    invite(&s, s.zoe);
    assert_int_equal(fixture_told(s.f, audience_person(s.zoe), "event.changed"), 1);
    assert_int_equal(fixture_told(s.f, audience_person(s.zoe), "registration.changed"), 1);
    invite(&s, s.bob);
    assert_int_equal(fixture_told(s.f, audience_person(s.bob), "event.changed"), 0);
}

static void nobody_is_invited_whom_the_organiser_does_not_know(void **state)
{
    struct seats s = seats_of(state, 2);
    assert_int_equal(fixture_run(s.f, s.anne, "event.invite", "{\"event\":%lld,\"people\":[%lld]}",
                                 (long long)s.event, (long long)s.zoe),
                     ERR_NOT_FOUND);
    assert_string_equal(s.f->problem.field, "people[0]");
}

static void who_had_asked_is_let_in_by_an_invitation(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_set(&s, "registration = 'approval'");
    seat_register(&s, s.bob);
    invite(&s, s.bob);
    assert_stands(&s, s.bob, "seated");
}

/* --- when ------------------------------------------------------------------------------------- */

static void nobody_registers_after_the_deadline(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_set(&s, "deadline_at = starts_at - 86400000");
    seat_register(&s, s.bob);
    s.f->now_ms += 9 * MS_PER_DAY;
    assert_int_equal(seat_try_register(&s, s.chloe), ERR_CONFLICT);
    seat_do(&s, s.bob, "event.unregister");
    assert_stands(&s, s.bob, "cancelled");
}

enum { FROM_NOW_MS = 10 * 86400000, LASTS_MS = 2 * 3600000 };

static void refused_with(struct seats *s, enum err err, const char *words)
{
    assert_int_equal(err, ERR_CONFLICT);
    assert_non_null(strstr(s->f->problem.arg, words));
}

static void who_manages_lets_somebody_in_at_the_door(void **state)
{
    struct seats s = seats_of(state, 2);
    s.f->now_ms += FROM_NOW_MS + MS_PER_HOUR;
    assert_int_equal(seat_try_register(&s, s.chloe), ERR_CONFLICT);
    assert_int_equal(seat_try_register_for(&s, s.anne, s.chloe), ERR_NONE);
    assert_stands(&s, s.chloe, "seated");
}

static void who_manages_enters_who_came_until_the_event_is_closed(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_set(&s, arena_printf(&s.f->arena, "starts_at = 0, ends_at = %lld",
                              (long long)(s.f->now_ms - LIMIT_EVENT_OPEN_DAYS * MS_PER_DAY + 1)));
    assert_int_equal(seat_try_register_for(&s, s.anne, s.chloe), ERR_NONE);
    s.f->now_ms += 1;
    refused_with(&s, seat_try_register_for(&s, s.anne, s.bob), "clos");
}

static void nobody_else_registers_once_it_is_over(void **state)
{
    struct seats s = seats_of(state, 2);
    s.f->now_ms += FROM_NOW_MS;
    refused_with(&s, seat_try_register(&s, s.chloe), "a commencé");
    s.f->now_ms += LASTS_MS;
    refused_with(&s, seat_try_register(&s, s.chloe), "est terminé");
}

static void who_came_is_seated_beyond_the_seats_there_are(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    s.f->now_ms += FROM_NOW_MS;
    assert_int_equal(seat_try_register_for(&s, s.anne, s.chloe), ERR_NONE);
    assert_stands(&s, s.chloe, "seated");
    assert_int_equal(seat_try_register_for(&s, s.anne, s.denis), ERR_NONE);
    assert_stands(&s, s.denis, "seated");
}

static void before_it_begins_the_seats_count_for_who_manages_too(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_set(&s, "deadline_at = starts_at - 86400000");
    seat_register(&s, s.bob);
    s.f->now_ms += FROM_NOW_MS - MS_PER_HOUR;
    assert_int_equal(seat_try_register_for(&s, s.anne, s.chloe), ERR_NONE);
    assert_stands(&s, s.chloe, "waiting");
}

static void who_came_is_told_live_and_by_no_notice_or_letter(void **state)
{
    struct seats s = seats_of(state, 1);
    s.f->now_ms += FROM_NOW_MS;
    assert_int_equal(seat_try_register_for(&s, s.anne, s.chloe), ERR_NONE);
    assert_int_equal(fixture_told(s.f, audience_person(s.chloe), "registration.changed"), 1);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM notice"), 0);
    assert_int_equal(seat_letters(&s, s.chloe, ""), 0);
}

static void who_waited_and_came_keeps_what_they_answered(void **state)
{
    struct seats s = seats_of(state, 1);
    fixture_sql(s.f,
                "INSERT INTO question (event, position, kind, label, required)"
                " VALUES (%lld, 0, 'text', 'Repas', 0)",
                (long long)s.event);
    int64_t question = db_last_id(s.f->db);
    seat_register(&s, s.bob);
    int64_t id = seat_register(&s, s.denis);
    fixture_sql(s.f, "INSERT INTO answer VALUES (%lld, %lld, 'Végétarien')", (long long)id,
                (long long)question);
    s.f->now_ms += FROM_NOW_MS;
    assert_int_equal(seat_try_register_for(&s, s.anne, s.denis), ERR_NONE);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM answer"), 1);
    assert_int_equal(fixture_count(s.f,
                                   "SELECT count(*) FROM registration WHERE person = %lld"
                                   " AND registered_by IS NULL",
                                   (long long)s.denis),
                     1);
}

static void an_event_that_began_is_not_left(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_register(&s, s.bob);
    s.f->now_ms += 10 * MS_PER_DAY;
    assert_int_equal(seat_try(&s, s.bob, "event.unregister"), ERR_CONFLICT);
}

static void a_cancelled_event_takes_nobody(void **state)
{
    struct seats s = seats_of(state, 2);
    seat_set(&s, "state = 'cancelled'");
    assert_int_equal(seat_try_register(&s, s.bob), ERR_CONFLICT);
}

static void a_seat_held_as_the_event_is_cancelled_is_passed_on_to_nobody(void **state)
{
    struct seats s = seats_of(state, 1);
    seat_register(&s, s.bob);
    seat_register(&s, s.denis);
    seat_register(&s, s.chloe);
    seat_do(&s, s.bob, "event.unregister");
    fixture_ok(s.f, s.anne, "event.cancel", "{\"event\":%lld,\"reason\":\"Neige\"}",
               (long long)s.event);
    int64_t told = fixture_count(s.f, "SELECT count(*) FROM notice");
    s.f->now_ms += 49 * MS_PER_HOUR;
    seat_due(&s);
    assert_stands(&s, s.chloe, "waiting");
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM notice"), told);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM due"
                                        " WHERE command IN ('registration.lapse', 'event.remind')"),
                     0);
}

static void one_comes_without_registering_where_nobody_registers(void **state)
{
    struct seats s = seats_of(state, 0);
    seat_set(&s, "registration = 'none'");
    assert_int_equal(seat_try_register(&s, s.bob), ERR_FORBIDDEN);
}

static void only_roles_that_were_asked_for_register(void **state)
{
    struct seats s = seats_of(state, 2);
    fixture_sql(s.f, "INSERT INTO event_role VALUES (%lld, 'elu')", (long long)s.event);
    assert_int_equal(seat_try_register(&s, s.bob), ERR_FORBIDDEN);
    seat_register(&s, s.chloe);
    assert_int_equal(seat_try_register(&s, s.zoe), ERR_NOT_FOUND);
}

/* --- counted ---------------------------------------------------------------------------------- */

static void a_rush_of_registrations_is_counted_once_a_second(void **state)
{
    struct seats s = seats_of(state, 1);
    int64_t due_at = s.f->now_ms + MS_PER_SECOND;
    seat_register(&s, s.bob);
    s.f->now_ms += MS_PER_SECOND / 2;
    seat_register(&s, s.chloe);
    assert_int_equal(fixture_told(s.f, audience_club(s.f->ain), "event.changed"), 0);
    assert_int_equal(fixture_count(s.f, "SELECT at FROM due WHERE command = 'event.count'"),
                     due_at);
    s.f->now_ms = due_at;
    seat_due(&s);
    assert_int_equal(
        fixture_told_int(s.f, audience_club(s.f->ain), "event.changed", 0, "event.seated"), 1);
    assert_int_equal(fixture_count(s.f, "SELECT waiting FROM event"), 1);
}

static void a_person_is_counted_as_the_role_they_came_in(void **state)
{
    struct seats s = seats_of(state, 2);
    fixture_join(s.f, s.chloe, s.f->national, ROLE_ANIMATEUR);
    seat_register(&s, s.chloe);
    assert_int_equal(fixture_count(s.f, "SELECT count(*) FROM registration WHERE role = 'elu'"
                                        " AND departement = '01'"),
                     1);
}

static void people_to_be_told_are_those_who_may_still_come(void **state)
{
    struct seats s = seats_of(state, 1);
    struct ids people = {0}, seated = {0};
    seat_register(&s, s.bob);
    seat_register(&s, s.chloe);
    seat_register(&s, s.denis);
    seat_do(&s, s.denis, "event.unregister");
    struct tx tx = fixture_tx(s.f, s.anne);
    registered_people(&tx, s.event, &people);
    seated_people(&tx, s.event, &seated);
    assert_int_equal(people.count, 2);
    assert_int_equal(seated.count, 1);
    assert_int_equal(seated.items[0], s.bob);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_free_seat_is_given_at_once),
        FIXTURE_TEST(who_comes_when_all_seats_are_taken_waits_in_order),
        FIXTURE_TEST(without_a_capacity_nobody_waits),
        FIXTURE_TEST(a_freed_seat_is_held_for_who_waits_longest),
        FIXTURE_TEST(who_is_suspended_is_passed_over_and_keeps_their_place),
        FIXTURE_TEST(a_held_seat_is_nobody_else_s),
        FIXTURE_TEST(a_held_seat_is_taken_by_confirming),
        FIXTURE_TEST(a_seat_that_is_not_confirmed_in_time_is_passed_on),
        FIXTURE_TEST(a_confirmed_seat_does_not_lapse),
        FIXTURE_TEST(a_seat_is_never_held_beyond_the_start),
        FIXTURE_TEST(a_seat_held_beyond_an_earlier_start_is_held_till_then),
        FIXTURE_TEST(more_seats_are_offered_to_who_waits),
        FIXTURE_TEST(fewer_seats_take_none_away),
        FIXTURE_TEST(nobody_is_registered_twice),
        FIXTURE_TEST(a_resend_gets_the_same_answer),
        FIXTURE_TEST(one_may_come_back_at_the_end_of_the_list),
        FIXTURE_TEST(who_is_seated_hears_the_event_s_channel),
        FIXTURE_TEST(who_leaves_hears_it_no_more),
        FIXTURE_TEST(where_the_organiser_approves_one_asks),
        FIXTURE_TEST(who_is_approved_gets_a_seat_or_waits),
        FIXTURE_TEST(who_is_refused_is_told_why_and_may_be_taken_after_all),
        FIXTURE_TEST(who_asks_for_nothing_cannot_be_approved),
        FIXTURE_TEST(by_invitation_only_who_is_invited_registers),
        FIXTURE_TEST(an_invitation_can_be_declined_and_taken_later),
        FIXTURE_TEST(an_invitation_is_no_business_of_who_registered_the_person_before),
        FIXTURE_TEST(who_is_invited_from_elsewhere_hears_of_the_event_first),
        FIXTURE_TEST(nobody_is_invited_whom_the_organiser_does_not_know),
        FIXTURE_TEST(who_had_asked_is_let_in_by_an_invitation),
        FIXTURE_TEST(nobody_registers_after_the_deadline),
        FIXTURE_TEST(who_manages_lets_somebody_in_at_the_door),
        FIXTURE_TEST(who_manages_enters_who_came_until_the_event_is_closed),
        FIXTURE_TEST(nobody_else_registers_once_it_is_over),
        FIXTURE_TEST(who_came_is_seated_beyond_the_seats_there_are),
        FIXTURE_TEST(before_it_begins_the_seats_count_for_who_manages_too),
        FIXTURE_TEST(who_came_is_told_live_and_by_no_notice_or_letter),
        FIXTURE_TEST(who_waited_and_came_keeps_what_they_answered),
        FIXTURE_TEST(an_event_that_began_is_not_left),
        FIXTURE_TEST(a_cancelled_event_takes_nobody),
        FIXTURE_TEST(a_seat_held_as_the_event_is_cancelled_is_passed_on_to_nobody),
        FIXTURE_TEST(one_comes_without_registering_where_nobody_registers),
        FIXTURE_TEST(only_roles_that_were_asked_for_register),
        FIXTURE_TEST(a_rush_of_registrations_is_counted_once_a_second),
        FIXTURE_TEST(a_person_is_counted_as_the_role_they_came_in),
        FIXTURE_TEST(people_to_be_told_are_those_who_may_still_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
