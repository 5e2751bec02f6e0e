/* What a tail is made of: rung, waiting, keeping an outcome, stopped in the middle of each. */
#include "live_fixture.h"

#include "faults.h"
#include "live/tail.h"

enum { HOUR_MS = 3600000 };

/* A tail that pauses, or keeps one outcome and then pauses, and says when it is past that. */
struct small_tail {
    struct tail tail;
    const char *command, *params; /* NULL: keeps nothing */
    enum err outcome;
    sem_t begun, done;
};

static void *work(void *context)
{
    struct small_tail *small = context;
    sem_post(&small->begun);
    if (small->command) {
        struct buf params;
        buf_init(&params);
        buf_text(&params, small->params);
        small->outcome = tail_keep(&small->tail, small->command, &params);
        buf_finish(&params);
        sem_post(&small->done);
    }
    tail_pause(&small->tail, HOUR_MS);
    sem_post(&small->done);
    return NULL;
}

static void begin(struct live_fixture *f, struct small_tail *small)
{
    sem_init(&small->begun, 0, 0);
    sem_init(&small->done, 0, 0);
    assert_true(tail_init(&small->tail, f->live));
}

static void start(struct small_tail *small)
{
    tail_start(&small->tail, "small", work, small);
    sem_wait(&small->begun);
}

/* The floor ends in between: it answers what is still on its way. */
static void end(struct live_fixture *f, struct small_tail *small)
{
    tail_stop(&small->tail);
    live_end(f);
    tail_finish(&small->tail);
    sem_destroy(&small->begun);
    sem_destroy(&small->done);
}

static void turn_until_done(struct live_fixture *f, struct small_tail *small)
{
    while (sem_trywait(&small->done) != 0) {
        live_turn_for(f, 10);
    }
}

#define FORGET                                                                                     \
    "{\"hash\":\"00000000000000000000000000000000"                                                 \
    "00000000000000000000000000000000\",\"at\":1}"

static void a_ring_ends_a_pause(void **state)
{
    struct live_fixture *f = *state;
    struct small_tail small = {0};
    begin(f, &small);
    start(&small);
    tail_ring(&small.tail);
    sem_wait(&small.done);
    end(f, &small);
}

static void a_ring_before_a_pause_is_not_lost(void **state)
{
    struct live_fixture *f = *state;
    struct small_tail small = {0};
    begin(f, &small);
    tail_ring(&small.tail);
    start(&small);
    sem_wait(&small.done);
    end(f, &small);
}

static void an_outcome_is_known_once_it_is_committed(void **state)
{
    struct live_fixture *f = *state;
    struct small_tail small = {.command = "blob.forget", .params = FORGET, .outcome = ERR_INTERNAL};
    begin(f, &small);
    start(&small);
    turn_until_done(f, &small);
    assert_int_equal(small.outcome, ERR_NONE);
    end(f, &small);
}

static void a_refusal_is_an_outcome_too(void **state)
{
    struct live_fixture *f = *state;
    struct small_tail small = {.command = "file.received",
                               .params = "{\"file\":999,\"received\":1}"};
    begin(f, &small);
    start(&small);
    turn_until_done(f, &small);
    assert_int_equal(small.outcome, ERR_NOT_FOUND);
    end(f, &small);
}

static void what_a_full_disk_refuses_is_kept_when_there_is_room_and_no_ring_is_lost(void **state)
{
    struct live_fixture *f = *state;
    struct small_tail small = {.command = "store.clean", .params = "{}", .outcome = ERR_INTERNAL};
    begin(f, &small);
    atomic_store(&fault_write, SQLITE_FULL);
    start(&small);
    while (!live_read_only(f->live)) {
        live_turn_for(f, 10);
    }
    tail_ring(&small.tail);
    atomic_store(&fault_write, 0);
    turn_until_done(f, &small);
    assert_int_equal(small.outcome, ERR_NONE);
    sem_wait(&small.done); /* the ring ends the pause after it */
    end(f, &small);
}

static void a_tail_stops_while_its_outcome_is_on_its_way(void **state)
{
    struct live_fixture *f = *state;
    struct small_tail small = {.command = "blob.forget", .params = FORGET};
    begin(f, &small);
    start(&small);
    end(f, &small); /* no turn: nobody has told it */
    assert_int_equal(small.outcome, ERR_BUSY);
}

static void a_tail_stops_in_a_pause(void **state)
{
    struct live_fixture *f = *state;
    struct small_tail small = {0};
    begin(f, &small);
    start(&small);
    end(f, &small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(a_ring_ends_a_pause),
        LIVE_TEST(a_ring_before_a_pause_is_not_lost),
        LIVE_TEST(an_outcome_is_known_once_it_is_committed),
        LIVE_TEST(a_refusal_is_an_outcome_too),
        LIVE_TEST(what_a_full_disk_refuses_is_kept_when_there_is_room_and_no_ring_is_lost),
        LIVE_TEST(a_tail_stops_while_its_outcome_is_on_its_way),
        LIVE_TEST(a_tail_stops_in_a_pause),
    };
    faults_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
