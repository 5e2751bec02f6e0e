/* What was erased is written down before it is erased, and read back after a restore. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/ledger.h"

static char directory[] = "/tmp/beffroi-ledger-XXXXXX";
static char path[64];

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(directory)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/erasures", directory);
    return 0;
}

static int forget(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    return rmdir(directory);
}

static void put(const char *text)
{
    FILE *file = fopen(path, "a");
    fputs(text, file);
    fclose(file);
}

struct seen {
    int count;
    int64_t ids[8], at_ms;
    char last[64];
};

static void see(void *context, const struct ledger_entry *entry)
{
    struct seen *seen = context;
    seen->ids[seen->count++] = entry->id;
    seen->at_ms = entry->at_ms;
    snprintf(seen->last, sizeof seen->last, "%s %s", entry->kind, entry->how);
}

static const struct ledger_entry person = {1763796600000, "person", 12, "remove"};
static const struct ledger_entry message = {1763796601000, "message", 34, "-"};

static void entries_are_read_back_in_order(void **state)
{
    (void)state;
    struct seen seen = {0};
    assert_int_equal(ledger_append(path, &person), ERR_NONE);
    assert_int_equal(ledger_append(path, &message), ERR_NONE);
    assert_int_equal(ledger_each(path, see, &seen), ERR_NONE);
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.ids[0], 12);
    assert_int_equal(seen.ids[1], 34);
    assert_int_equal(seen.at_ms, message.at_ms);
    assert_string_equal(seen.last, "message -");
}

static void a_missing_ledger_is_an_empty_one(void **state)
{
    (void)state;
    struct seen seen = {0};
    assert_int_equal(ledger_each(path, see, &seen), ERR_NONE);
    assert_int_equal(seen.count, 0);
}

static void a_line_cut_by_a_power_cut_does_not_swallow_the_next(void **state)
{
    (void)state;
    struct seen seen = {0};
    put("2026-11-22T09:30:00Z pers");
    assert_int_equal(ledger_each(path, see, &seen), ERR_NONE);
    assert_int_equal(seen.count, 0);
    assert_int_equal(ledger_append(path, &message), ERR_NONE);
    assert_int_equal(ledger_each(path, see, &seen), ERR_NONE);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.ids[0], 34);
}

/* `torn`: what is on the disk in the place of a line that was not synced. */
static void assert_passed_over(const char *torn, size_t bytes)
{
    struct seen seen = {0};
    assert_int_equal(ledger_append(path, &person), ERR_NONE);
    FILE *file = fopen(path, "a");
    assert_int_equal(fwrite(torn, 1, bytes, file), bytes);
    fclose(file);
    assert_int_equal(ledger_each(path, see, &seen), ERR_NONE);
    assert_int_equal(ledger_append(path, &message), ERR_NONE);
    assert_int_equal(ledger_append(path, &person), ERR_NONE);
    seen.count = 0;
    assert_int_equal(ledger_each(path, see, &seen), ERR_NONE);
    assert_int_equal(seen.count, 3);
    assert_int_equal(seen.ids[1], 34);
    unlink(path);
}

static void what_a_power_cut_tore_is_passed_over(void **state)
{
    (void)state;
    static const char zeros[200];
    assert_passed_over(zeros, sizeof zeros); /* of several cuts, longer than a line */
    assert_passed_over("\0\0\0\0\0\0\0\0 person 13 remove\n", 26);
    assert_passed_over("2026-11-22T09:30:0\x80\xff", 20);
    assert_passed_over("A\n\x80\n\xff"
                       "B\nC",
                       9);
}

static void a_line_that_is_none_of_ours_is_said_among_others(void **state)
{
    (void)state;
    struct seen seen = {0};
    assert_int_equal(ledger_append(path, &person), ERR_NONE);
    put("2026-11-22T09:30:00Z person douze remove\n");
    assert_int_equal(ledger_append(path, &message), ERR_NONE);
    assert_int_equal(ledger_each(path, see, &seen), ERR_CONFLICT);
}

static void a_line_that_is_none_of_ours_is_said(void **state)
{
    (void)state;
    struct seen seen = {0};
    put("2026-11-22T09:30:00Z person douze remove\n");
    assert_int_equal(ledger_each(path, see, &seen), ERR_CONFLICT);
}

static void a_ledger_that_cannot_be_written_stops_the_erasure(void **state)
{
    (void)state;
    assert_int_equal(ledger_append("/nonexistent/erasures", &person), ERR_READ_ONLY);
}

static void a_word_too_long_for_a_line_stops_the_erasure(void **state)
{
    (void)state;
    char word[200];
    memset(word, 'a', sizeof word);
    word[sizeof word - 1] = '\0';
    const struct ledger_entry lengthy = {0, word, 1, "-"};
    assert_int_equal(ledger_append(path, &lengthy), ERR_READ_ONLY);
}

static void a_path_no_folder_can_have_stops_the_erasure(void **state)
{
    (void)state;
    char lengthy[5000];
    memset(lengthy, 'a', sizeof lengthy);
    lengthy[0] = '/';
    lengthy[sizeof lengthy - 1] = '\0';
    assert_int_equal(ledger_append(lengthy, &person), ERR_READ_ONLY);
}

static void a_line_about_nothing_or_cut_short_is_none_of_ours(void **state)
{
    (void)state;
    static const char *const lines[] = {"2025-11-22T07:30:00Z person 0 remove\n",
                                        "2025-11-22T07:30:00Z person -4 remove\n",
                                        "2025-11-22T07:30:00Z person 4\n", "\n", "x\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct seen seen = {0};
        unlink(path);
        put(lines[i]);
        assert_int_equal(ledger_each(path, see, &seen), ERR_CONFLICT);
        assert_int_equal(seen.count, 0);
    }
}

static void a_ledger_that_cannot_be_read_is_not_taken_for_empty(void **state)
{
    (void)state;
    struct seen seen = {0};
    assert_int_equal(ledger_each(directory, see, &seen), ERR_READ_ONLY);
    assert_int_equal(ledger_append(directory, &person), ERR_READ_ONLY);
}

static void an_in_memory_database_needs_none(void **state)
{
    (void)state;
    assert_int_equal(ledger_append(NULL, &person), ERR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(entries_are_read_back_in_order, forget),
        cmocka_unit_test_teardown(a_missing_ledger_is_an_empty_one, forget),
        cmocka_unit_test_teardown(a_line_cut_by_a_power_cut_does_not_swallow_the_next, forget),
        cmocka_unit_test_teardown(what_a_power_cut_tore_is_passed_over, forget),
        cmocka_unit_test_teardown(a_line_that_is_none_of_ours_is_said, forget),
        cmocka_unit_test_teardown(a_line_that_is_none_of_ours_is_said_among_others, forget),
        cmocka_unit_test(a_ledger_that_cannot_be_written_stops_the_erasure),
        cmocka_unit_test_teardown(a_word_too_long_for_a_line_stops_the_erasure, forget),
        cmocka_unit_test(a_path_no_folder_can_have_stops_the_erasure),
        cmocka_unit_test_teardown(a_line_about_nothing_or_cut_short_is_none_of_ours, forget),
        cmocka_unit_test(a_ledger_that_cannot_be_read_is_not_taken_for_empty),
        cmocka_unit_test(an_in_memory_database_needs_none),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
