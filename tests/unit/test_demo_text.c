#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "main/demo_text.h"

static int set_up(void **state)
{
    static struct arena arena;
    arena_init(&arena);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    arena_finish(*state);
    return 0;
}

static void comments_are_left_out_and_lines_are_numbered(void **state)
{
    struct demo_text text = demo_text_parse("# a\n\ntown | belley\n# b\npin | x\n", *state);
    assert_int_equal(text.count, 2);
    assert_int_equal(text.items[0].line, 3);
    assert_int_equal(text.items[1].line, 5);
}

static void fields_that_are_not_there_are_empty(void **state)
{
    struct demo_text text = demo_text_parse("town | belley", *state);
    assert_string_equal(text.items[0].fields[0], "town");
    assert_string_equal(text.items[0].fields[1], "belley");
    for (int i = 2; i < DEMO_FIELDS; i++) {
        assert_string_equal(text.items[0].fields[i], "");
    }
}

static void the_last_field_keeps_its_bars(void **state)
{
    struct demo_text text = demo_text_parse("a | b | c | d | e | f | g | h\n", *state);
    assert_string_equal(text.items[0].fields[DEMO_FIELDS - 1], "f | g | h");
}

static void a_bar_without_spaces_is_text(void **state)
{
    struct demo_text text = demo_text_parse("a | b|c\n", *state);
    assert_string_equal(text.items[0].fields[1], "b|c");
}

static void an_escaped_line_break_becomes_one(void **state)
{
    struct demo_text text = demo_text_parse("a | un\\n\\ndeux\\n\n", *state);
    assert_string_equal(text.items[0].fields[1], "un\n\ndeux\n");
}

static void an_empty_field_between_bars_stays_one(void **state)
{
    struct demo_text text = demo_text_parse("message |  | c\n", *state);
    assert_string_equal(text.items[0].fields[1], "");
    assert_string_equal(text.items[0].fields[2], "c");
}

/* --- the file itself ----------------------------------------------------------------------------
 */

static const struct {
    const char *kind;
    int fields; /* that must not be empty */
} kinds[] = {
    {"town", 4},    {"organisation", 3}, {"person", 5},   {"private", 5}, {"message", 3},
    {"reply", 2},   {"reaction", 4},     {"pin", 2},      {"direct", 5},  {"event", 6},
    {"when", 4},    {"place", 1},        {"link", 2},     {"for", 2},     {"for_roles", 2},
    {"in", 2},      {"about", 2},        {"question", 4}, {"publish", 2}, {"register", 4},
    {"present", 3}, {"absent", 3},       {"profile", 3},  {"contact", 3}, {"card", 6},
};

static bool is_known(const struct demo_record *record)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool same = str_equal(kinds[i].kind, record->fields[0]);
        for (int f = 0; same && f < kinds[i].fields; f++) {
            same = record->fields[f][0] != '\0';
        }
        if (same) {
            return true;
        }
    }
    return false;
}

static void every_record_of_the_file_is_of_a_known_kind(void **state)
{
    struct demo_text text = demo_text_read(*state);
    assert_true(text.count > 100);
    for (size_t i = 0; i < text.count; i++) {
        if (!is_known(&text.items[i])) {
            fail_msg("demo.txt line %d: %s", text.items[i].line, text.items[i].fields[0]);
        }
    }
}

static void every_message_of_the_file_has_its_time_and_text(void **state)
{
    struct demo_text text = demo_text_read(*state);
    for (size_t i = 0; i < text.count; i++) {
        const struct demo_record *record = &text.items[i];
        bool root = str_equal(record->fields[0], "message");
        bool reply = str_equal(record->fields[0], "reply");
        const char *when = root ? record->fields[5] : record->fields[4];
        if ((root || reply) && (when[0] != 'J' || (root && !strstr(when, " | ")) ||
                                (reply && !record->fields[5][0]))) {
            fail_msg("demo.txt line %d: no time or no text", record->line);
        }
    }
}

static void the_file_is_valid_utf8(void **state)
{
    struct demo_text text = demo_text_read(*state);
    for (size_t i = 0; i < text.count; i++) {
        for (int f = 0; f < DEMO_FIELDS; f++) {
            const char *field = text.items[i].fields[f];
            assert_true(utf8_valid(field, strlen(field)));
        }
    }
}

#define TEXT_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEXT_TEST(comments_are_left_out_and_lines_are_numbered),
        TEXT_TEST(fields_that_are_not_there_are_empty),
        TEXT_TEST(the_last_field_keeps_its_bars),
        TEXT_TEST(a_bar_without_spaces_is_text),
        TEXT_TEST(an_escaped_line_break_becomes_one),
        TEXT_TEST(an_empty_field_between_bars_stays_one),
        TEXT_TEST(every_record_of_the_file_is_of_a_known_kind),
        TEXT_TEST(every_message_of_the_file_has_its_time_and_text),
        TEXT_TEST(the_file_is_valid_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
