/* What spreadsheets send is read, whatever they separate, quote and encode with. */
#include "unit.h"

#include <string.h>

#include "base/csv.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static const char *cell(const struct csv *csv, size_t row, int column)
{
    return csv_cell(&csv->rows[row], column);
}

static void reads_commas_semicolons_and_tabs_alike(void **state)
{
    (void)state;
    static const char *const texts[] = {"insee,nom\n01033,Valserhône\n",
                                        "insee;nom\n01033;Valserhône\n",
                                        "insee\tnom\n01033\tValserhône\n"};
    for (size_t i = 0; i < 3; i++) {
        struct csv csv;
        assert_int_equal(csv_parse(texts[i], &arena, &csv), CSV_OK);
        assert_int_equal(csv.count, 1);
        assert_string_equal(cell(&csv, 0, 0), "01033");
        assert_string_equal(cell(&csv, 0, 1), "Valserhône");
    }
}

static void takes_the_separator_the_header_has_most_of(void **state)
{
    (void)state;
    struct csv csv;
    assert_int_equal(csv_parse("a;\"b, c, d, e\";f\n1;2,3;4\n", &arena, &csv), CSV_OK);
    assert_int_equal(csv.header.count, 3);
    assert_string_equal(csv.header.cells[1], "b, c, d, e");
    assert_string_equal(cell(&csv, 0, 1), "2,3");
}

static void unquotes_separators_quotes_and_line_breaks(void **state)
{
    (void)state;
    struct csv csv;
    assert_int_equal(csv_parse("a,b\n\"CC d'Arcis, Mailly\",\"dit \"\"le Petit\"\"\"\n"
                               "\"deux\nlignes\",x\nz,y",
                               &arena, &csv),
                     CSV_OK);
    assert_int_equal(csv.count, 3);
    assert_string_equal(cell(&csv, 0, 0), "CC d'Arcis, Mailly");
    assert_string_equal(cell(&csv, 0, 1), "dit \"le Petit\"");
    assert_string_equal(cell(&csv, 1, 0), "deux\nlignes");
    assert_int_equal(csv.rows[2].line, 5);
}

static void counts_lines_as_an_editor_does(void **state)
{
    (void)state;
    struct csv csv;
    assert_int_equal(csv_parse("a,b\r\n\r\n1,2\r\n,\r\n3,4\r\n", &arena, &csv), CSV_OK);
    assert_int_equal(csv.count, 2);
    assert_int_equal(csv.rows[0].line, 3);
    assert_int_equal(csv.rows[1].line, 5);
}

static void gives_an_empty_cell_where_a_row_is_short(void **state)
{
    (void)state;
    struct csv csv;
    assert_int_equal(csv_parse("a,b,c\n1,\n", &arena, &csv), CSV_OK);
    assert_int_equal(csv.rows[0].count, 2);
    assert_string_equal(cell(&csv, 0, 1), "");
    assert_string_equal(cell(&csv, 0, 2), "");
    assert_string_equal(cell(&csv, 0, -1), "");
}

static void trims_spaces_around_cells(void **state)
{
    (void)state;
    struct csv csv;
    assert_int_equal(csv_parse("a;b\n  Belley  ; \"Bourg en Bresse\" \n", &arena, &csv), CSV_OK);
    assert_string_equal(cell(&csv, 0, 0), "Belley");
    assert_string_equal(cell(&csv, 0, 1), "Bourg en Bresse");
}

static void says_what_makes_a_file_unreadable(void **state)
{
    (void)state;
    struct csv csv;
    assert_int_equal(csv_parse("", &arena, &csv), CSV_EMPTY);
    assert_int_equal(csv_parse("a,b\n", &arena, &csv), CSV_EMPTY);
    assert_int_equal(csv_parse("a,b\n1,\"2\n3,4\n", &arena, &csv), CSV_UNCLOSED);
    assert_int_equal(csv_parse("un texte\nsans colonnes\n", &arena, &csv), CSV_ONE_COLUMN);
}

static void reads_utf8_with_or_without_byte_order_mark(void **state)
{
    (void)state;
    assert_string_equal(csv_utf8("\xEF\xBB\xBFh\xC3\xA9", 6, &arena), "hé");
    assert_string_equal(csv_utf8("h\xC3\xA9", 3, &arena), "hé");
    assert_string_equal(csv_utf8("", 0, &arena), "");
}

static void reads_latin1_and_windows_1252(void **state)
{
    (void)state;
    assert_string_equal(csv_utf8("Valserh\xF4ne", 10, &arena), "Valserhône");
    assert_string_equal(csv_utf8("C\x9Cur \x80 \x81", 8, &arena), "Cœur € \xEF\xBF\xBD");
}

static void refuses_bytes_that_are_no_text(void **state)
{
    (void)state;
    assert_null(csv_utf8("\xFF\xFE"
                         "a\0b\0",
                         6, &arena));
}

/* --- writing ---------------------------------------------------------------------------------- */

static const char *written(const char *cell)
{
    struct csv_out out;
    csv_begin(&out);
    csv_put(&out, cell);
    const char *text = arena_memdup(&arena, out.text.data, out.text.len);
    csv_finish(&out);
    return text + strlen("\xEF\xBB\xBF");
}

static void writes_what_french_excel_opens(void **state)
{
    (void)state;
    struct csv_out out;
    csv_begin(&out);
    csv_put(&out, "");
    csv_put(&out, "Élu");
    csv_put_int(&out, -3);
    csv_end_row(&out);
    csv_put(&out, "Nantua");
    csv_put(&out, NULL);
    csv_end_row(&out);
    assert_string_equal(arena_memdup(&arena, out.text.data, out.text.len),
                        "\xEF\xBB\xBF;Élu;-3\r\nNantua;\r\n");
    csv_finish(&out);
}

static void quotes_what_would_be_read_as_several_cells(void **state)
{
    (void)state;
    assert_string_equal(written("a;b"), "\"a;b\"");
    assert_string_equal(written("dit \"oui\""), "\"dit \"\"oui\"\"\"");
    assert_string_equal(written("un\ndeux"), "\"un\ndeux\"");
    assert_string_equal(written("simple"), "simple");
}

static void disarms_what_a_spreadsheet_would_compute(void **state)
{
    (void)state;
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const char *cell = arena_printf(&arena, "%s1+1", starts[i]);
        assert_string_equal(written(cell), arena_printf(&arena, "\"'%s\"", cell));
    }
    assert_string_equal(written("a=1"), "a=1");
}

static void reads_back_what_it_wrote(void **state)
{
    (void)state;
    static const char *const cells[] = {"a;b", "c\"d", "e,f", "g\nh"};
    struct csv csv;
    struct csv_out out;
    csv_begin(&out);
    for (int row = 0; row < 2; row++) {
        for (size_t i = 0; i < 4; i++) {
            csv_put(&out, cells[i]);
        }
        csv_end_row(&out);
    }
    assert_int_equal(csv_parse(csv_utf8(out.text.data, out.text.len, &arena), &arena, &csv),
                     CSV_OK);
    csv_finish(&out);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(cell(&csv, 0, i), cells[i]);
    }
}

static void a_blank_line_does_not_make_a_second_column(void **state)
{
    (void)state;
    struct csv csv;
    assert_int_equal(csv_parse("\t\nnom\nPaul\n", &arena, &csv), CSV_ONE_COLUMN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_commas_semicolons_and_tabs_alike),
        cmocka_unit_test(takes_the_separator_the_header_has_most_of),
        cmocka_unit_test(unquotes_separators_quotes_and_line_breaks),
        cmocka_unit_test(counts_lines_as_an_editor_does),
        cmocka_unit_test(gives_an_empty_cell_where_a_row_is_short),
        cmocka_unit_test(trims_spaces_around_cells),
        cmocka_unit_test(says_what_makes_a_file_unreadable),
        cmocka_unit_test(reads_utf8_with_or_without_byte_order_mark),
        cmocka_unit_test(reads_latin1_and_windows_1252),
        cmocka_unit_test(refuses_bytes_that_are_no_text),
        cmocka_unit_test(writes_what_french_excel_opens),
        cmocka_unit_test(quotes_what_would_be_read_as_several_cells),
        cmocka_unit_test(disarms_what_a_spreadsheet_would_compute),
        cmocka_unit_test(reads_back_what_it_wrote),
        cmocka_unit_test(a_blank_line_does_not_make_a_second_column),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
