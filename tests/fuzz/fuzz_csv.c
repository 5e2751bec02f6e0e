/* libFuzzer: tables that people bring. No cell holds what is not in the text, none loses a word; a
 * table that we write is read as it was, but for the spaces around its cells. */
#include <ctype.h>
#include <string.h>

#include "base/csv.h"
#include "base/str.h"
#include "fuzz.h"

/* Letters and digits of ASCII, which no rule of quoting or of spaces takes away. */
static size_t count_plain(const char *text)
{
    size_t count = 0;
    for (; *text; text++) {
        count += isalnum((unsigned char)*text) != 0;
    }
    return count;
}

static size_t count_row(const struct csv_row *row)
{
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++) {
        check(utf8_valid(row->cells[i], strlen(row->cells[i])));
        check(csv_cell(row, (int)i) == row->cells[i]);
        count += count_plain(row->cells[i]);
    }
    check(strcmp(csv_cell(row, -1), "") == 0 && strcmp(csv_cell(row, (int)row->count), "") == 0);
    return count;
}

static void put_row(struct csv_out *out, const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        csv_put(out, row->cells[i]);
    }
    csv_end_row(out);
}

/* What was written for a formula has an apostrophe before it. */
static bool same_cell(const char *cell, const char *read)
{
    return strcmp(cell, read + (read[0] == '\'' && cell[0] != '\'')) == 0;
}

static void check_written(const struct csv *csv, struct arena *arena)
{
    struct csv_out out;
    struct csv again;
    csv_begin(&out);
    put_row(&out, &csv->header);
    for (size_t i = 0; i < csv->count; i++) {
        put_row(&out, &csv->rows[i]);
    }
    const char *text = csv_utf8(out.text.data, out.text.len, arena);
    check(text && csv_parse(text, arena, &again) == CSV_OK && again.count == csv->count);
    for (size_t i = 0; i < csv->count; i++) {
        check(again.rows[i].count == csv->rows[i].count);
        for (size_t j = 0; j < csv->rows[i].count; j++) {
            check(same_cell(csv->rows[i].cells[j], again.rows[i].cells[j]));
        }
    }
    csv_finish(&out);
}

int fuzz_csv(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    struct csv csv = {0};
    arena_init(&arena);
    const char *text = csv_utf8(data, bytes, &arena);
    if (text) {
        check(utf8_valid(text, strlen(text)));
        check(csv_utf8(text, strlen(text), &arena) != NULL);
    }
    enum csv_fault fault = text ? csv_parse(text, &arena, &csv) : CSV_EMPTY;
    if (fault == CSV_OK) {
        size_t plain = count_row(&csv.header);
        int line = csv.header.line;
        check(csv.header.count > 1 && csv.count > 0);
        for (size_t i = 0; i < csv.count; i++) {
            check(csv.rows[i].line > line && csv.rows[i].count > 0);
            line = csv.rows[i].line;
            plain += count_row(&csv.rows[i]);
        }
        check(plain == count_plain(text));
        check_written(&csv, &arena);
    }
    arena_finish(&arena);
    return 0;
}
