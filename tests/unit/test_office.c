/* The readers of office files in this process, on bytes from memory: what test_helper_office.c sees
 * from outside, and what a document may hold that is not told. */
#include "helper_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/office.h"
#include "office_fixture.h"

#define DOCX OOXML "wordprocessingml.document"
#define XLSX OOXML "spreadsheetml.sheet"
#define ODT  ODF "text"

struct told {
    char text[4000];
};

static void take(void *context, const struct text_page *page)
{
    struct told *told = context;
    size_t used = strlen(told->text);
    snprintf(told->text + used, sizeof told->text - used, "[%d%s%s]%s", page->number,
             *page->name ? " " : "", page->name, page->text);
}

static bool read_bytes(const void *data, size_t bytes, const char *type, struct told *told)
{
    static struct sink sink;
    const struct content content = {-1, data, (int64_t)bytes};
    told->text[0] = '\0';
    sink_init(&sink, reader_unit(type), take, told);
    bool read = office_read(&content, type, &sink);
    sink_finish(&sink);
    return read;
}

static bool read_members(const char *const *members, const char *type, struct told *told)
{
    struct buf zip;
    make_zip(&zip, members);
    bool read = read_bytes(zip.data, zip.len, type, told);
    buf_finish(&zip);
    return read;
}

static bool read_word(const char *body, struct told *told)
{
    char xml[8192];
    snprintf(xml, sizeof xml, "<w:document xmlns:w='w'>%s</w:document>", body);
    const char *const members[] = {"word/document.xml", xml, NULL};
    return read_members(members, DOCX, told);
}

static const char *type_of(const char *const *members)
{
    struct buf zip;
    make_zip(&zip, members);
    const struct content content = {-1, (const unsigned char *)zip.data, (int64_t)zip.len};
    const char *type = office_type(&content);
    buf_finish(&zip);
    return type;
}

static void each_format_is_known_and_gives_its_words(void **state)
{
    (void)state;
    struct told told;
    for (int i = 0; i < OFFICE_SAMPLES; i++) {
        const struct office_sample *sample = &office_samples[i];
        assert_string_equal(type_of(sample->members), sample->type);
        assert_true(read_members(sample->members, sample->type, &told));
        assert_string_equal(told.text, sample->expected);
    }
}

static void macros_and_what_is_no_office_file_are_not_taken_for_one(void **state)
{
    (void)state;
    const char *const macros[] = {"word/document.xml", "<a/>", "word/vbaProject.bin", "x", NULL};
    const char *const plain[] = {"a.txt", "x", NULL};
    const char *const lengthy[] = {
        "mimetype",
        "application/vnd.oasis.opendocument.text.application/vnd.oasis.opendocument.text."
        "application/vnd.oasis.opendocument.text.application/vnd.oasis.opendocument.text",
        NULL};
    const struct content none = {-1, (const unsigned char *)"PK\3\4rest", 8};
    assert_string_equal(type_of(macros), "application/octet-stream");
    assert_null(type_of(plain));
    assert_null(type_of(lengthy));
    assert_null(office_type(&none));
}

static void breaks_and_tabs_part_words_and_what_moved_is_told_once(void **state)
{
    (void)state;
    struct told told;
    assert_true(read_word("<w:p><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d"
                          "</w:t><w:del><w:t>non</w:t></w:del><w:moveFrom><w:t>non</w:t>"
                          "</w:moveFrom>hors</w:p>",
                          &told));
    assert_string_equal(told.text, "[1]a b\nc\nd");
}

static void a_document_type_or_too_deep_a_tree_stops_the_reader(void **state)
{
    (void)state;
    struct told told;
    char deep[8192] = "";
    const char *const doctype[] = {"word/document.xml",
                                   "<!DOCTYPE a [<!ENTITY b 'x'>]><a><t>&b;</t></a>", NULL};
    for (int i = 0; i < 500; i++) {
        strcat(deep, "<a>");
    }
    assert_false(read_members(doctype, DOCX, &told));
    assert_false(read_word(deep, &told));
    assert_false(read_word("<w:t>", &told)); /* not closed */
    assert_string_equal(told.text, "");
}

static void cells_of_a_sheet_are_told_by_what_they_hold(void **state)
{
    (void)state;
    struct told told;
    const char *const members[] = {
        "xl/workbook.xml",
        "<workbook xmlns:r='r'><sheets><sheet r:id='rId1'/><sheet "
        "name='sans'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='rId1' Target='/xl/worksheets/sheet1.xml'/>"
        "<Relationship Id='rId1' Target='xl/autre.xml'/><Relationship Id='rId7' Target='x'/>"
        "<Relationship Target='x'/><Relationship Id='rId8'/><Autre/></Relationships>",
        "xl/sharedStrings.xml",
        "<sst><si><t>un</t>hors</si></sst>",
        "xl/worksheets/sheet1.xml",
        "<worksheet><row><c t='s'><v>0</v></c><c t='s'><v>9</v></c><c t='s'><v>x</v></c>"
        "<c t='b'><v>1</v></c><c t='e'><v>#REF!</v></c><c t='str'><v>deux</v></c><c/>"
        "<c t='inlineStr'><is><t>trois</t><rPh><t>non</t></rPh></is></c></row></worksheet>",
        NULL};
    assert_true(read_members(members, XLSX, &told));
    assert_string_equal(told.text, "[1]un deux trois");
}

static void a_workbook_without_its_list_or_its_sheets_cannot_be_read(void **state)
{
    (void)state;
    struct told told;
    const char *const none[] = {"xl/worksheets/sheet1.xml", "<worksheet/>", NULL};
    const char *const empty[] = {"xl/workbook.xml", "<workbook/>", NULL};
    const char *const broken[] = {"xl/workbook.xml", "<workbook><sheets>", NULL};
    assert_false(read_members(none, XLSX, &told));
    assert_false(read_members(empty, XLSX, &told));
    assert_false(read_members(broken, XLSX, &told));
    assert_false(read_members(none, DOCX, &told));
    assert_false(read_members(none, ODT, &told));
}

static void what_is_beside_an_open_document_is_left_out(void **state)
{
    (void)state;
    struct told told;
    const char *const members[] = {
        "mimetype", ODT, "content.xml",
        "<o:document-content xmlns:o='o' xmlns:t='t'><t:p>un<t:tab/>deux<t:line-break/>trois"
        "<o:annotation><t:p>non</t:p></o:annotation></t:p><t:notes><t:p>non</t:p></t:notes>"
        "</o:document-content>",
        NULL};
    const char *const sheet[] = {
        "content.xml",
        "<o:document-content xmlns:o='o' xmlns:t='t'><t:table><t:table-row><t:p>1</t:p>"
        "</t:table-row></t:table></o:document-content>",
        NULL};
    assert_true(read_members(members, ODT, &told));
    assert_string_equal(told.text, "[1]un deux\ntrois");
    assert_true(read_members(sheet, ODF "spreadsheet", &told));
    assert_string_equal(told.text, "[1]1");
}

static void a_file_that_is_cut_or_changed_anywhere_is_read_in_bounds(void **state)
{
    (void)state;
    struct told told;
    for (int i = 0; i < OFFICE_SAMPLES; i++) {
        struct buf zip;
        make_zip(&zip, office_samples[i].members);
        for (size_t cut = 0; cut < zip.len; cut += 7) {
            (void)!read_bytes(zip.data, cut, office_samples[i].type, &told);
            zip.data[cut] = (char)~zip.data[cut];
            (void)!read_bytes(zip.data, zip.len, office_samples[i].type, &told);
            zip.data[cut] = (char)~zip.data[cut];
        }
        assert_true(read_bytes(zip.data, zip.len, office_samples[i].type, &told));
        buf_finish(&zip);
    }
}

static void a_file_is_read_from_where_it_lies_and_no_further(void **state)
{
    (void)state;
    struct content content;
    char out[8];
    int fd = file_of("abcdef", 6);
    assert_true(content_of(fd, &content));
    assert_int_equal(content.bytes, 6);
    assert_int_equal(content_read(&content, 4, out, sizeof out), 2);
    assert_memory_equal(out, "ef", 2);
    assert_int_equal(content_read(&content, 6, out, sizeof out), 0);
    assert_int_equal(content_read(&content, -1, out, sizeof out), 0);
    assert_false(content_of(-1, &content));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_is_known_and_gives_its_words),
        cmocka_unit_test(macros_and_what_is_no_office_file_are_not_taken_for_one),
        cmocka_unit_test(breaks_and_tabs_part_words_and_what_moved_is_told_once),
        cmocka_unit_test(a_document_type_or_too_deep_a_tree_stops_the_reader),
        cmocka_unit_test(cells_of_a_sheet_are_told_by_what_they_hold),
        cmocka_unit_test(a_workbook_without_its_list_or_its_sheets_cannot_be_read),
        cmocka_unit_test(what_is_beside_an_open_document_is_left_out),
        cmocka_unit_test(a_file_that_is_cut_or_changed_anywhere_is_read_in_bounds),
        cmocka_unit_test(a_file_is_read_from_where_it_lies_and_no_further),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
