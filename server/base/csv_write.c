#include <inttypes.h>
#include <string.h>

#include "base/csv.h"

void csv_begin(struct csv_out *out)
{
    *out = (struct csv_out){0};
    buf_init(&out->text);
    buf_text(&out->text, "\xEF\xBB\xBF");
}

void csv_finish(struct csv_out *out)
{
    buf_finish(&out->text);
}

static void begin_cell(struct csv_out *out)
{
    if (out->in_row) {
        buf_text(&out->text, ";");
    }
    out->in_row = true;
}

/* Fullwidth signs are read as the ASCII ones by spreadsheets of some countries. */
static bool is_formula(const char *text)
{
    static const char *const starts[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (strncmp(text, starts[i], strlen(starts[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Only a quoted cell may hold a separator, a quote or a line break (RFC 4180 2.6); commas and
 * apostrophes too, so that no other reader splits what this one would not. */
static bool needs_quotes(const char *text)
{
    size_t bytes = strlen(text);
    return strpbrk(text, ";,\"'\t\r\n") || (bytes && (text[0] == ' ' || text[bytes - 1] == ' '));
}

void csv_put(struct csv_out *out, const char *text)
{
    const char *cell = text ? text : "";
    bool formula = is_formula(cell), quotes = formula || needs_quotes(cell);
    begin_cell(out);
    buf_text(&out->text, quotes ? "\"" : "");
    buf_text(&out->text, formula ? "'" : "");
    for (const char *s = cell; *s; s++) {
        buf_add(&out->text, "\"", *s == '"' ? 1 : 0);
        buf_add(&out->text, s, 1);
    }
    buf_text(&out->text, quotes ? "\"" : "");
}

void csv_put_int(struct csv_out *out, int64_t number)
{
    begin_cell(out);
    buf_printf(&out->text, "%" PRId64, number);
}

void csv_end_row(struct csv_out *out)
{
    buf_text(&out->text, "\r\n");
    out->in_row = false;
}
