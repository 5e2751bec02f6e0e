#include "unit.h"

#include <stdlib.h>

#include "batch.h"
#include "club/audience.h"
#include "ear.h"
#include "live/engine.h"

#define EARS 4

/* A hub with four listeners, none of which hears anything yet: persons 1, 2, 3 and 3 again. */
struct room {
    struct live live; /* for listener_leave() */
    struct hub *hub;
    struct ear *ears[EARS];
};

static int set_up(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    assert_non_null(room);
    room->hub = &room->live.hub;
    hub_init(room->hub);
    for (int i = 0; i < EARS; i++) {
        struct ear *ear = ear_create();
        ear->listener.live = &room->live;
        ear->listener.person = i < 3 ? i + 1 : 3;
        ear->listener.session = 100 + i;
        ear->listener.joined = true;
        hub_add(room->hub, &ear->listener);
        room->ears[i] = ear;
    }
    *state = room;
    return 0;
}

static int tear_down(void **state)
{
    struct room *room = *state;
    for (int i = 0; i < EARS; i++) {
        listener_leave(&room->ears[i]->listener);
        ear_destroy(room->ears[i]);
    }
    assert_int_equal(room->hub->listeners, 0);
    hub_finish(room->hub);
    free(room);
    return 0;
}

static void subscribe(struct room *room, int ear, int64_t a, int64_t b)
{
    const int64_t audiences[] = {a, b};
    hub_subscribe(room->hub, &room->ears[ear]->listener, audiences, b ? 2 : 1);
}

static void take_in(struct room *room, struct report *report)
{
    hub_take_in(room->hub, report);
    report_destroy(report);
    hub_settle(room->hub);
}

static void tell(struct room *room, int64_t seq, int64_t audience, const char *text)
{
    take_in(room, report_of_fact(seq, audience, text));
}

/* --- who hears what --------------------------------------------------------------------------- */

static void a_fact_reaches_its_audience_and_nobody_else(void **state)
{
    struct room *room = *state;
    subscribe(room, 0, 12, 20);
    subscribe(room, 1, 20, 0);
    tell(room, 1, 12, "a");
    assert_string_equal(ear_text(room->ears[0]), "a\n");
    assert_string_equal(ear_text(room->ears[1]), "");
}

static void leaving_a_circle_moves_another_into_the_free_place(void **state)
{
    struct room *room = *state;
    for (int i = 0; i < EARS; i++) {
        subscribe(room, i, 12, 20);
    }
    subscribe(room, 0, 20, 0);
    subscribe(room, 2, 20, 0);
    tell(room, 1, 12, "a");
    subscribe(room, 3, 20, 0); /* it was moved twice */
    tell(room, 2, 12, "b");
    assert_string_equal(ear_text(room->ears[0]), "");
    assert_string_equal(ear_text(room->ears[1]), "a\nb\n");
    assert_string_equal(ear_text(room->ears[2]), "");
    assert_string_equal(ear_text(room->ears[3]), "a\n");
}

static void who_left_hears_nothing(void **state)
{
    struct room *room = *state;
    subscribe(room, 0, 12, 0);
    subscribe(room, 1, 12, 0);
    listener_leave(&room->ears[0]->listener);
    tell(room, 1, 12, "a");
    assert_string_equal(ear_text(room->ears[0]), "");
    assert_string_equal(ear_text(room->ears[1]), "a\n");
    assert_int_equal(room->hub->listeners, EARS - 1);
}

static void sockets_of_a_person_are_counted(void **state)
{
    struct room *room = *state;
    assert_int_equal(hub_sockets(room->hub, 3), 2);
    listener_leave(&room->ears[2]->listener);
    assert_int_equal(hub_sockets(room->hub, 3), 1);
    listener_leave(&room->ears[3]->listener);
    assert_int_equal(hub_sockets(room->hub, 3), 0);
}

/* --- rights and closings ------------------------------------------------------------------------
 */

static void new_rights_hold_for_what_follows_in_the_same_report(void **state)
{
    struct room *room = *state;
    const int64_t after[] = {20};
    struct batch batch = {0};
    struct request *request = batch_request(&batch, ERR_NONE);
    subscribe(room, 0, 12, 0);
    batch_fact(request, 1, 12, "before");
    batch_rights(request, 2, 1, after, 1);
    batch_fact(request, 3, 12, "lost");
    batch_fact(request, 4, 20, "gained");
    take_in(room, report_create(&batch.requests[0].job));
    assert_string_equal(ear_text(room->ears[0]), "before\ngained\n");
}

static void rights_change_for_all_sockets_of_the_person_only(void **state)
{
    struct room *room = *state;
    const int64_t after[] = {20};
    for (int i = 0; i < EARS; i++) {
        subscribe(room, i, 12, 0);
    }
    take_in(room, report_of_rights(1, 3, after, 1));
    assert_true(hub_hears(&room->ears[1]->listener, 12));
    for (int i = 2; i < EARS; i++) {
        assert_false(hub_hears(&room->ears[i]->listener, 12));
        assert_true(hub_hears(&room->ears[i]->listener, 20));
    }
}

static void rights_to_nothing_leave_nothing_to_hear(void **state)
{
    struct room *room = *state;
    subscribe(room, 0, 12, 20);
    take_in(room, report_of_rights(1, 1, NULL, 0));
    tell(room, 2, 12, "a");
    assert_string_equal(ear_text(room->ears[0]), "");
}

static void a_session_that_ends_closes_its_socket_alone(void **state)
{
    struct room *room = *state;
    take_in(room, report_of_close(1, 3, 103));
    assert_int_equal(room->ears[2]->closed, 0);
    assert_int_equal(room->ears[3]->closed, 4401);
}

static void a_person_shut_out_loses_every_socket(void **state)
{
    struct room *room = *state;
    take_in(room, report_of_close(1, 3, 0));
    assert_int_equal(room->ears[1]->closed, 0);
    assert_int_equal(room->ears[2]->closed, 4401);
    assert_int_equal(room->ears[3]->closed, 4401);
}

static void what_came_before_a_closing_is_still_written(void **state)
{
    struct room *room = *state;
    struct batch batch = {0};
    struct request *request = batch_request(&batch, ERR_NONE);
    subscribe(room, 0, 12, 0);
    batch_fact(request, 1, 12, "before");
    batch_close(request, 2, 1, 0);
    batch_fact(request, 3, 12, "after");
    take_in(room, report_create(&batch.requests[0].job));
    assert_string_equal(ear_text(room->ears[0]), "before\n");
    assert_int_equal(room->ears[0]->closed, 4401);
}

/* --- the end of a turn --------------------------------------------------------------------------
 */

static void what_a_turn_brings_keeps_its_order(void **state)
{
    struct room *room = *state;
    subscribe(room, 0, 12, 20);
    struct report *first = report_of_fact(1, 12, "a");
    struct report *second = report_of_fact(2, 20, "b");
    hub_take_in(room->hub, first);
    hub_take_in(room->hub, second);
    hub_settle(room->hub);
    assert_string_equal(ear_text(room->ears[0]), "a\nb\n");
    assert_string_equal(ear_text(room->ears[1]), "");
    report_destroy(first);
    report_destroy(second);
}

static void a_full_queue_is_closed_as_too_slow_at_the_end_of_the_turn(void **state)
{
    struct room *room = *state;
    room->ears[0]->full = true;
    subscribe(room, 0, 12, 0);
    subscribe(room, 1, 12, 0);
    struct report *report = report_of_fact(1, 12, "a");
    hub_take_in(room->hub, report);
    assert_int_equal(room->ears[0]->closed, 0);
    hub_take_in(room->hub, report);
    hub_settle(room->hub);
    assert_int_equal(room->ears[0]->closed, 1013);
    assert_string_equal(ear_text(room->ears[0]), "");
    assert_string_equal(ear_text(room->ears[1]), "a\na\n");
    report_destroy(report);
}

static void who_left_before_the_end_of_the_turn_is_not_closed(void **state)
{
    struct room *room = *state;
    for (int i = 0; i < EARS; i++) {
        room->ears[i]->full = true;
        subscribe(room, i, 12, 0);
    }
    struct report *report = report_of_fact(1, 12, "a");
    hub_take_in(room->hub, report);
    listener_leave(&room->ears[1]->listener);
    listener_leave(&room->ears[3]->listener);
    hub_settle(room->hub);
    for (int i = 0; i < EARS; i++) {
        assert_int_equal(room->ears[i]->closed, i % 2 ? 0 : 1013);
    }
    report_destroy(report);
}

static void closing_may_lead_straight_to_leaving(void **state)
{
    struct room *room = *state;
    for (int i = 0; i < EARS; i++) {
        room->ears[i]->leaves = true;
        subscribe(room, i, 12, 0);
    }
    take_in(room, report_of_close(1, 3, 0));
    assert_int_equal(hub_sockets(room->hub, 3), 0);
    tell(room, 2, 12, "a");
    assert_string_equal(ear_text(room->ears[0]), "a\n");
    assert_string_equal(ear_text(room->ears[2]), "");
}

/* --- what a listener has already ----------------------------------------------------------------
 */

static void a_resuming_listener_is_skipped_but_its_rights_are_not(void **state)
{
    struct room *room = *state;
    const int64_t after[] = {20};
    subscribe(room, 2, 12, 0);
    room->ears[2]->listener.resuming = true;
    tell(room, 1, 12, "a");
    take_in(room, report_of_rights(2, 3, after, 1));
    take_in(room, report_of_close(3, 3, 102));
    assert_string_equal(ear_text(room->ears[2]), "");
    assert_true(hub_hears(&room->ears[2]->listener, 20));
    assert_int_equal(room->ears[2]->closed, 4401);
}

static void a_report_that_a_reader_saw_already_is_no_news(void **state)
{
    struct room *room = *state;
    const int64_t older[] = {12, 20};
    subscribe(room, 0, 12, 0);
    room->ears[0]->listener.cursor = 5;
    tell(room, 4, 12, "known");
    take_in(room, report_of_rights(5, 1, older, 2));
    assert_string_equal(ear_text(room->ears[0]), "");
    assert_false(hub_hears(&room->ears[0]->listener, 20));
    tell(room, 6, 12, "news");
    assert_string_equal(ear_text(room->ears[0]), "news\n");
}

static void a_replay_brings_facts_rights_and_closings_in_order(void **state)
{
    struct room *room = *state;
    const int64_t after[] = {20};
    struct report *reports[] = {report_of_fact(1, 12, "a"),    report_of_rights(2, 1, after, 1),
                                report_of_fact(3, 12, "lost"), report_of_fact(4, 20, "gained"),
                                report_of_close(5, 1, 100),    report_of_fact(6, 20, "after")};
    subscribe(room, 0, 12, 0);
    for (size_t i = 0; i < 5; i++) {
        reports[i]->next = reports[i + 1];
    }
    hub_replay(room->hub, &room->ears[0]->listener, reports[0]);
    hub_settle(room->hub);
    assert_string_equal(ear_text(room->ears[0]), "a\ngained\n");
    assert_int_equal(room->ears[0]->closed, 4401);
    for (size_t i = 0; i < 6; i++) {
        report_destroy(reports[i]);
    }
}

/* --- breaths ------------------------------------------------------------------------------------
 */

static void only_those_with_the_channel_open_hear_typing(void **state)
{
    struct room *room = *state;
    struct shared_bytes *bytes = shared_bytes_create("\x81\x01t", 3);
    for (int i = 0; i < EARS; i++) {
        subscribe(room, i, audience_channel(7), 0);
    }
    room->ears[0]->listener.open_channel = 7;
    room->ears[1]->listener.open_channel = 7;
    room->ears[2]->listener.open_channel = 8;
    hub_publish_open(room->hub, 7, bytes, &room->ears[0]->listener);
    hub_settle(room->hub);
    assert_string_equal(ear_text(room->ears[0]), "");
    assert_string_equal(ear_text(room->ears[1]), "t\n");
    assert_string_equal(ear_text(room->ears[2]), "");
    assert_string_equal(ear_text(room->ears[3]), "");
    shared_bytes_release(bytes);
}

static void presence_is_told_of_those_one_shares_a_place_with(void **state)
{
    struct room *room = *state;
    int64_t everybody = audience_pack(AUDIENCE_EVERYBODY, 0);
    subscribe(room, 0, everybody, audience_club(1));
    subscribe(room, 1, everybody, audience_club(1));
    subscribe(room, 2, everybody, audience_club(2));
    assert_true(hub_shares(room->hub, &room->ears[0]->listener, 2));
    assert_false(hub_shares(room->hub, &room->ears[0]->listener, 3));
    listener_leave(&room->ears[1]->listener);
    assert_false(hub_shares(room->hub, &room->ears[0]->listener, 2));
}

#define ROOM_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM_TEST(a_fact_reaches_its_audience_and_nobody_else),
        ROOM_TEST(leaving_a_circle_moves_another_into_the_free_place),
        ROOM_TEST(who_left_hears_nothing),
        ROOM_TEST(sockets_of_a_person_are_counted),
        ROOM_TEST(new_rights_hold_for_what_follows_in_the_same_report),
        ROOM_TEST(rights_change_for_all_sockets_of_the_person_only),
        ROOM_TEST(rights_to_nothing_leave_nothing_to_hear),
        ROOM_TEST(a_session_that_ends_closes_its_socket_alone),
        ROOM_TEST(a_person_shut_out_loses_every_socket),
        ROOM_TEST(what_came_before_a_closing_is_still_written),
        ROOM_TEST(what_a_turn_brings_keeps_its_order),
        ROOM_TEST(a_full_queue_is_closed_as_too_slow_at_the_end_of_the_turn),
        ROOM_TEST(who_left_before_the_end_of_the_turn_is_not_closed),
        ROOM_TEST(closing_may_lead_straight_to_leaving),
        ROOM_TEST(a_resuming_listener_is_skipped_but_its_rights_are_not),
        ROOM_TEST(a_report_that_a_reader_saw_already_is_no_news),
        ROOM_TEST(a_replay_brings_facts_rights_and_closings_in_order),
        ROOM_TEST(only_those_with_the_channel_open_hear_typing),
        ROOM_TEST(presence_is_told_of_those_one_shares_a_place_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
