#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "helper/packet.h"
#include "helper/reader.h"

static void keep_text(void *context, const struct text_page *page)
{
    buf_text(context, page->text);
}

static void reads_as(const char *data, size_t bytes, const char *expected)
{
    static struct sink sink;
    struct buf text;
    struct content content = {-1, (const unsigned char *)data, (int64_t)bytes};
    buf_init(&text);
    sink_init(&sink, UNIT_NONE, keep_text, &text);
    assert_true(plain_read(&content, &sink));
    buf_add(&text, "", 1);
    assert_string_equal(text.data, expected);
    buf_finish(&text);
}
#define READS_AS(literal, expected) reads_as((literal), sizeof(literal) - 1, (expected))

static void utf8_is_taken_as_it_is_with_or_without_its_mark(void **state)
{
    (void)state;
    READS_AS("\303\251lu", "\303\251lu");
    READS_AS("\357\273\277\303\251lu", "\303\251lu");
}

static void utf16_is_known_by_its_mark(void **state)
{
    (void)state;
    READS_AS("\377\376\351\0l\0u\0", "\303\251lu");
    READS_AS("\376\377\0\351\0l\0u", "\303\251lu");
    READS_AS("\377\376\075\330\042\336", "\360\237\230\242"); /* two halves of one */
    READS_AS("\377\376\075\330a\0", "a");                     /* a half alone */
}

static void all_else_is_of_windows(void **state)
{
    (void)state;
    READS_AS("\351lu \2004 000 c\234ur \201", "\303\251lu \342\202\2544 000 c\305\223ur");
}

static void an_empty_file_has_no_page(void **state)
{
    (void)state;
    READS_AS("", "");
    READS_AS(" \n\n \t", "");
}

/* --- the sink --------------------------------------------------------------------------------- */

static void count_page(void *context, const struct text_page *page)
{
    assert_true(strlen(page->text) <= LIMIT_PAGE_TEXT_BYTES);
    *(int *)context = page->number;
}

static void a_page_that_is_too_long_is_cut_and_the_next_one_keeps_its_number(void **state)
{
    (void)state;
    static struct sink sink;
    int last = 0;
    sink_init(&sink, UNIT_PAGE, count_page, &last);
    for (int i = 0; i < LIMIT_PAGE_TEXT_BYTES; i++) {
        sink_add(&sink, "mot ", 4);
    }
    sink_page(&sink, 2, "");
    assert_int_equal(last, 1);
    sink_add(&sink, "fin", 3);
    sink_finish(&sink);
    assert_int_equal(last, 2);
}

static void past_the_number_of_pages_nothing_more_is_wanted(void **state)
{
    (void)state;
    static struct sink sink;
    int last = 0;
    sink_init(&sink, UNIT_PAGE, count_page, &last);
    for (int i = 1; i <= LIMIT_TEXT_PAGES + 5; i++) {
        sink_page(&sink, i, "");
        sink_add(&sink, "mot", 3);
    }
    sink_finish(&sink);
    assert_int_equal(last, LIMIT_TEXT_PAGES);
    assert_true(sink.full);
}

/* --- what a job says is not believed ----------------------------------------------------------- */

static struct packet_answer answer;

static size_t answer_of(const char *name, const char *text)
{
    answer = (struct packet_answer){.kind = ANSWER_PAGE, .number = 1};
    packet_fill(&answer, name, text, strlen(text));
    return offsetof(struct packet_answer, data) + strlen(name) + strlen(text) + 2;
}

static void an_answer_must_be_whole_and_clean(void **state)
{
    (void)state;
    size_t bytes = answer_of("feuille", "un\nmot");
    assert_true(packet_check(&answer, bytes));
    assert_string_equal(packet_text(&answer), "un\nmot");
    assert_false(packet_check(&answer, bytes - 1));
    assert_false(packet_check(&answer, bytes + 1));
    assert_false(packet_check(&answer, 0));
    answer.kind = 99;
    assert_false(packet_check(&answer, bytes));
    assert_false(packet_check(&answer, answer_of("", "un\1mot")));
    assert_false(packet_check(&answer, answer_of("", "\303")));
    assert_false(packet_check(&answer, answer_of("", "\302\205")));
    bytes = answer_of("a", "b");
    answer.text_bytes = UINT32_MAX;
    assert_false(packet_check(&answer, bytes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_taken_as_it_is_with_or_without_its_mark),
        cmocka_unit_test(utf16_is_known_by_its_mark),
        cmocka_unit_test(all_else_is_of_windows),
        cmocka_unit_test(an_empty_file_has_no_page),
        cmocka_unit_test(a_page_that_is_too_long_is_cut_and_the_next_one_keeps_its_number),
        cmocka_unit_test(past_the_number_of_pages_nothing_more_is_wanted),
        cmocka_unit_test(an_answer_must_be_whole_and_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
