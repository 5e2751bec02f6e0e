#include "unit.h"

#include <stdlib.h>

#include "base/limits.h"
#include "batch.h"
#include "live/ring.h"

/* A report of about `bytes`. */
static struct report *report_of_bytes(int64_t seq, size_t bytes)
{
    char *text = malloc(bytes + 1);
    assert_non_null(text);
    memset(text, 'x', bytes);
    text[bytes] = '\0';
    struct report *report = report_of_fact(seq, 11, text);
    free(text);
    return report;
}

static void at_the_start_nothing_is_missing_above_the_head_of_the_journal(void **state)
{
    (void)state;
    struct ring ring;
    ring_init(&ring, 40);
    assert_int_equal(ring.floor, 40);
    assert_int_equal(ring.head, 40);
    assert_null(ring_after(&ring, 40));
    ring_finish(&ring);
}

static void what_came_above_a_number_is_found_in_order(void **state)
{
    (void)state;
    struct ring ring;
    ring_init(&ring, 0);
    for (int64_t seq = 1; seq <= 4; seq++) {
        ring_add(&ring, report_of_fact(seq * 10, 11, "aa"));
    }
    const struct report *report = ring_after(&ring, 20);
    assert_int_equal(report->head, 30);
    assert_int_equal(report->next->head, 40);
    assert_null(report->next->next);
    assert_null(ring_after(&ring, 40));
    assert_int_equal(ring.head, 40);
    ring_finish(&ring);
}

static void a_reader_ahead_of_the_loop_finds_nothing(void **state)
{
    (void)state;
    struct ring ring;
    ring_init(&ring, 0);
    ring_add(&ring, report_of_fact(10, 11, "aa"));
    assert_null(ring_after(&ring, 12));
    ring_finish(&ring);
}

static void past_its_bound_the_oldest_go_and_the_floor_rises(void **state)
{
    (void)state;
    struct ring ring;
    ring_init(&ring, 0);
    for (int64_t seq = 1; seq <= 5; seq++) {
        ring_add(&ring, report_of_bytes(seq, LIMIT_RING_BYTES / 4));
        assert_true(ring.bytes <= LIMIT_RING_BYTES);
    }
    assert_int_equal(ring.floor, 2);
    assert_int_equal(ring_after(&ring, ring.floor)->head, 3);
    assert_int_equal(ring.head, 5);
    ring_finish(&ring);
}

static void one_report_larger_than_the_bound_is_kept_alone(void **state)
{
    (void)state;
    struct ring ring;
    ring_init(&ring, 0);
    ring_add(&ring, report_of_fact(1, 11, "aa"));
    ring_add(&ring, report_of_bytes(2, LIMIT_RING_BYTES * 2));
    assert_int_equal(ring.floor, 1);
    assert_int_equal(ring_after(&ring, 1)->head, 2);
    ring_add(&ring, report_of_fact(3, 11, "aa"));
    assert_int_equal(ring.floor, 2);
    assert_int_equal(ring_after(&ring, 2)->head, 3);
    ring_finish(&ring);
}

static void a_report_without_a_number_leaves_the_ring_as_it_is(void **state)
{
    (void)state;
    struct ring ring;
    struct batch batch = {0};
    batch_effect(batch_request(&batch, ERR_NONE), (struct effect){.type = EFFECT_MAIL});
    ring_init(&ring, 7);
    ring_add(&ring, report_create(&batch.requests[0].job));
    assert_int_equal(ring.head, 7);
    assert_int_equal(ring.floor, 7);
    assert_null(ring.first);
    ring_finish(&ring);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_the_start_nothing_is_missing_above_the_head_of_the_journal),
        cmocka_unit_test(what_came_above_a_number_is_found_in_order),
        cmocka_unit_test(a_reader_ahead_of_the_loop_finds_nothing),
        cmocka_unit_test(past_its_bound_the_oldest_go_and_the_floor_rises),
        cmocka_unit_test(one_report_larger_than_the_bound_is_kept_alone),
        cmocka_unit_test(a_report_without_a_number_leaves_the_ring_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
