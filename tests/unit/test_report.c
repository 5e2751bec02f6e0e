#include "unit.h"

#include "batch.h"

static void a_run_for_one_audience_is_one_buffer_of_frames(void **state)
{
    (void)state;
    struct batch batch = {0};
    struct request *first = batch_request(&batch, ERR_NONE);
    batch_fact(first, 5, 11, "aa");
    batch_fact(first, 6, 11, "bb");
    batch_fact(batch_request(&batch, ERR_NONE), 7, 11, "cc");
    struct report *report = report_create(&batch.requests[0].job);
    assert_int_equal(report->count, 1);
    assert_int_equal(report->items[0].audience, 11);
    assert_int_equal(report->items[0].frames->len, 12);
    assert_memory_equal(report->items[0].frames->data,
                        "\x81\x02"
                        "aa\x81\x02"
                        "bb\x81\x02"
                        "cc",
                        12);
    report_destroy(report);
}

static void another_audience_begins_another_buffer(void **state)
{
    (void)state;
    struct batch batch = {0};
    struct request *request = batch_request(&batch, ERR_NONE);
    batch_fact(request, 5, 11, "aa");
    batch_fact(request, 6, 12, "bb");
    batch_fact(request, 7, 11, "cc");
    struct report *report = report_create(&batch.requests[0].job);
    assert_int_equal(report->count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(report->items[i].audience, i == 1 ? 12 : 11);
        assert_int_equal(report->items[i].frames->len, 4);
    }
    report_destroy(report);
}

static void rights_and_closings_keep_their_place_between_facts(void **state)
{
    (void)state;
    const int64_t audiences[] = {11, 13};
    struct batch batch = {0};
    struct request *request = batch_request(&batch, ERR_NONE);
    batch_fact(request, 5, 11, "aa");
    batch_rights(request, 6, 1, audiences, 2);
    batch_fact(request, 7, 11, "bb");
    batch_close(request, 8, 1, 4);
    struct report *report = report_create(&batch.requests[0].job);
    assert_int_equal(report->count, 4);
    assert_int_equal(report->items[0].type, EFFECT_FACT);
    assert_int_equal(report->items[1].type, EFFECT_RIGHTS);
    assert_int_equal(report->items[1].audience_count, 2);
    assert_int_equal(report->items[1].audiences[1], 13);
    assert_int_equal(report->items[2].type, EFFECT_FACT);
    assert_int_equal(report->items[3].type, EFFECT_CLOSE);
    assert_int_equal(report->items[3].session, 4);
    report_destroy(report);
}

static void its_head_is_the_highest_number_of_all_effects(void **state)
{
    (void)state;
    struct batch batch = {0};
    struct request *request = batch_request(&batch, ERR_NONE);
    batch_fact(request, 5, 11, "aa");
    batch_close(request, 9, 1, 4);
    struct report *report = report_create(&batch.requests[0].job);
    assert_int_equal(report->head, 9);
    report_destroy(report);
}

static void requests_that_failed_bring_nothing(void **state)
{
    (void)state;
    struct batch batch = {0};
    batch_fact(batch_request(&batch, ERR_FORBIDDEN), 5, 11, "aa");
    assert_null(report_create(&batch.requests[0].job));
    batch_fact(batch_request(&batch, ERR_NONE), 6, 11, "bb");
    struct report *report = report_create(&batch.requests[0].job);
    assert_int_equal(report->items[0].frames->len, 4);
    assert_memory_equal(report->items[0].frames->data + 2, "bb", 2);
    report_destroy(report);
}

static void mail_and_scrub_are_said_without_an_item(void **state)
{
    (void)state;
    struct batch batch = {0};
    struct request *request = batch_request(&batch, ERR_NONE);
    batch_effect(request, (struct effect){.type = EFFECT_MAIL});
    batch_effect(request, (struct effect){.type = EFFECT_SCRUB});
    struct report *report = report_create(&batch.requests[0].job);
    assert_true(report->mail);
    assert_true(report->scrub);
    assert_int_equal(report->count, 0);
    assert_int_equal(report->head, 0);
    report_destroy(report);
}

static void what_it_costs_grows_with_items_and_frames(void **state)
{
    (void)state;
    struct report *small = report_of_fact(1, 11, "aa");
    struct report *large = report_of_fact(1, 11, "aaaaaaaaaaaaaaaaaaaa");
    assert_true(small->bytes >= sizeof *small + sizeof *small->items + 4);
    assert_int_equal(large->bytes - small->bytes, 18);
    report_destroy(small);
    report_destroy(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_for_one_audience_is_one_buffer_of_frames),
        cmocka_unit_test(another_audience_begins_another_buffer),
        cmocka_unit_test(rights_and_closings_keep_their_place_between_facts),
        cmocka_unit_test(its_head_is_the_highest_number_of_all_effects),
        cmocka_unit_test(requests_that_failed_bring_nothing),
        cmocka_unit_test(mail_and_scrub_are_said_without_an_item),
        cmocka_unit_test(what_it_costs_grows_with_items_and_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
