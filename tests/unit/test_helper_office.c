#include "helper_fixture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "office_fixture.h"

static int sample_file(const struct office_sample *sample)
{
    struct buf zip;
    make_zip(&zip, sample->members);
    int fd = file_of(zip.data, zip.len);
    buf_finish(&zip);
    return fd;
}

static void each_format_is_known_whatever_the_order_of_its_members(void **state)
{
    (void)state;
    for (int i = 0; i < OFFICE_SAMPLES; i++) {
        const char *type;
        int fd = sample_file(&office_samples[i]);
        assert_int_equal(helper_type(helper, fd, office_samples[i].name, &type), HELPER_DONE);
        assert_string_equal(type, office_samples[i].type);
        close(fd);
    }
}

static void each_format_gives_its_words(void **state)
{
    (void)state;
    for (int i = 0; i < OFFICE_SAMPLES; i++) {
        int fd = sample_file(&office_samples[i]);
        struct reading reading = read_text(fd, office_samples[i].type);
        assert_int_equal(reading.outcome, HELPER_DONE);
        assert_string_equal(reading.text.data, office_samples[i].expected);
        buf_finish(&reading.text);
        close(fd);
    }
}

static void slides_and_sheets_say_what_they_are(void **state)
{
    (void)state;
    const enum text_unit units[OFFICE_SAMPLES] = {UNIT_NONE, UNIT_SLIDE, UNIT_SHEET,
                                                  UNIT_NONE, UNIT_SLIDE, UNIT_SHEET};
    for (int i = 0; i < OFFICE_SAMPLES; i++) {
        int fd = sample_file(&office_samples[i]);
        struct reading reading = read_text(fd, office_samples[i].type);
        assert_int_equal(reading.unit, units[i]);
        buf_finish(&reading.text);
        close(fd);
    }
}

static void a_document_with_macros_is_not_looked_into(void **state)
{
    (void)state;
    const char *const members[] = {"word/document.xml", "<a/>", "word/vbaProject.bin", "x", NULL};
    const struct office_sample sample = {"", "a.docx", members, ""};
    const char *type;
    int fd = sample_file(&sample);
    assert_int_equal(helper_type(helper, fd, "a.docx", &type), HELPER_DONE);
    assert_string_equal(type, "application/octet-stream");
    close(fd);
}

static enum helper_outcome outcome_of_odt(const char *content)
{
    const char *const members[] = {"mimetype", ODF "text", "content.xml", content, NULL};
    const struct office_sample sample = {ODF "text", "a.odt", members, ""};
    int fd = sample_file(&sample);
    struct reading reading = read_text(fd, ODF "text");
    buf_finish(&reading.text);
    close(fd);
    return reading.outcome;
}

static void entities_and_document_types_are_refused(void **state)
{
    (void)state;
    assert_int_equal(outcome_of_odt("<a><p>mot</p></a>"), HELPER_DONE);
    assert_int_equal(outcome_of_odt("<!DOCTYPE a [<!ENTITY e 'ha'>]><a><p>&e;</p></a>"),
                     HELPER_UNREADABLE);
    assert_int_equal(outcome_of_odt("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
                     HELPER_UNREADABLE);
    assert_int_equal(outcome_of_odt("<a><p>mot</a>"), HELPER_UNREADABLE);
}

static void elements_may_not_be_nested_for_ever(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    for (int i = 0; i < 5000; i++) {
        buf_text(&text, "<a>");
    }
    for (int i = 0; i < 5000; i++) {
        buf_text(&text, "</a>");
    }
    buf_add(&text, "", 1);
    assert_int_equal(outcome_of_odt(text.data), HELPER_UNREADABLE);
    buf_finish(&text);
}

static void what_unfolds_too_much_is_refused(void **state)
{
    (void)state;
    size_t bytes = 64000000;
    char *blanks = mem_alloc(bytes + 1);
    memset(blanks, ' ', bytes);
    memcpy(blanks, "<a>", 3);
    memcpy(blanks + bytes - 4, "</a>", 4);
    assert_int_equal(outcome_of_odt(blanks), HELPER_UNREADABLE);
    free(blanks);
}

static void a_long_text_is_given_in_stretches_that_end_with_a_line(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    buf_text(&text, "<a>");
    for (int i = 0; i < 400; i++) {
        buf_printf(&text, "<p>paragraphe num\303\251ro %d</p>", i);
    }
    buf_add(&text, "</a>", 5);
    const char *const members[] = {"mimetype", ODF "text", "content.xml", text.data, NULL};
    const struct office_sample sample = {ODF "text", "a.odt", members, ""};
    int fd = sample_file(&sample);
    struct reading reading = read_text(fd, ODF "text");
    assert_int_equal(reading.outcome, HELPER_DONE);
    assert_int_equal(reading.pages, 3);
    assert_non_null(strstr(reading.text.data, "[2]paragraphe"));
    assert_non_null(strstr(reading.text.data, "[3]paragraphe"));
    assert_non_null(strstr(reading.text.data, "399"));
    buf_finish(&reading.text);
    buf_finish(&text);
    close(fd);
}

static void of_a_text_without_end_the_rest_is_left_out(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    buf_text(&text, "<a>");
    for (int i = 0; i < 400000; i++) {
        buf_printf(&text, "<p>paragraphe num\303\251ro %d</p>", i);
    }
    buf_add(&text, "</a>", 5);
    const char *const members[] = {"mimetype", ODF "text", "content.xml", text.data, NULL};
    const struct office_sample sample = {ODF "text", "a.odt", members, ""};
    int fd = sample_file(&sample);
    struct reading reading = read_text(fd, ODF "text");
    assert_int_equal(reading.outcome, HELPER_DONE);
    assert_in_range(reading.text.len, LIMIT_TEXT_BYTES - 8192, LIMIT_TEXT_BYTES + 16384);
    buf_finish(&reading.text);
    buf_finish(&text);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_is_known_whatever_the_order_of_its_members),
        cmocka_unit_test(each_format_gives_its_words),
        cmocka_unit_test(slides_and_sheets_say_what_they_are),
        cmocka_unit_test(a_document_with_macros_is_not_looked_into),
        cmocka_unit_test(entities_and_document_types_are_refused),
        cmocka_unit_test(elements_may_not_be_nested_for_ever),
        cmocka_unit_test(what_unfolds_too_much_is_refused),
        cmocka_unit_test(a_long_text_is_given_in_stretches_that_end_with_a_line),
        cmocka_unit_test(of_a_text_without_end_the_rest_is_left_out),
    };
    return cmocka_run_group_tests(tests, fixture_start_helper, fixture_stop_helper);
}
