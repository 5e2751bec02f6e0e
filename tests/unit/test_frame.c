#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "wire/frame.h"

static struct buf buf;

static int start(void **state)
{
    (void)state;
    buf_init(&buf);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    buf_finish(&buf);
    return 0;
}

static void a_short_text_has_a_header_of_two_bytes(void **state)
{
    (void)state;
    frame_text(&buf, "salut", 5);
    assert_int_equal(buf.len, 7);
    assert_memory_equal(buf.data, "\x81\x05salut", 7);
}

static void an_empty_text_is_a_frame(void **state)
{
    (void)state;
    frame_text(&buf, NULL, 0);
    assert_int_equal(buf.len, 2);
    assert_memory_equal(buf.data, "\x81\x00", 2);
}

static void lengths_take_the_shortest_form(void **state)
{
    (void)state;
    static char data[65536];
    static const struct {
        size_t bytes, header_bytes;
        const char *header;
    } sizes[] = {{125, 2, "\x81\x7d"},
                 {126, 4, "\x81\x7e\x00\x7e"},
                 {65535, 4, "\x81\x7e\xff\xff"},
                 {65536, 10, "\x81\x7f\0\0\0\0\0\x01\0\0"}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        buf_clear(&buf);
        frame_text(&buf, data, sizes[i].bytes);
        assert_int_equal(buf.len, sizes[i].header_bytes + sizes[i].bytes);
        assert_memory_equal(buf.data, sizes[i].header, sizes[i].header_bytes);
    }
}

static void frames_follow_each_other_in_one_buffer(void **state)
{
    (void)state;
    frame_text(&buf, "a", 1);
    frame_text(&buf, "b", 1);
    assert_memory_equal(buf.data,
                        "\x81\x01"
                        "a\x81\x01"
                        "b",
                        6);
}

static void a_close_frame_holds_its_code_and_reason(void **state)
{
    (void)state;
    frame_close(&buf, 1012, "restart");
    assert_int_equal(buf.len, 11);
    assert_memory_equal(buf.data, "\x88\x09\x03\xf4restart", 11);
}

static void a_close_frame_may_have_no_reason(void **state)
{
    (void)state;
    frame_close(&buf, 4401, NULL);
    assert_int_equal(buf.len, 4);
    assert_memory_equal(buf.data, "\x88\x02\x11\x31", 4);
}

static void a_long_reason_is_cut_between_two_characters(void **state)
{
    (void)state;
    char reason[301];
    for (int i = 0; i < 150; i++) {
        memcpy(reason + 2 * i, "é", 2);
    }
    reason[300] = '\0';
    frame_close(&buf, 1000, reason);
    assert_int_equal(buf.len, 2 + 2 + 122);
    assert_int_equal(buf.data[1], 124);
    assert_true(utf8_valid(buf.data + 4, 122));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_short_text_has_a_header_of_two_bytes, start, finish),
        cmocka_unit_test_setup_teardown(an_empty_text_is_a_frame, start, finish),
        cmocka_unit_test_setup_teardown(lengths_take_the_shortest_form, start, finish),
        cmocka_unit_test_setup_teardown(frames_follow_each_other_in_one_buffer, start, finish),
        cmocka_unit_test_setup_teardown(a_close_frame_holds_its_code_and_reason, start, finish),
        cmocka_unit_test_setup_teardown(a_close_frame_may_have_no_reason, start, finish),
        cmocka_unit_test_setup_teardown(a_long_reason_is_cut_between_two_characters, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
