/* Comma-separated values as administrations and spreadsheets really send them: comma, semicolon or
 * tab, with or without a byte-order mark, in UTF-8 or Windows-1252. RFC 4180 with those liberties.
 *
 * Owns nothing: all lives in the arena given. Threads: any. Never: knows what a column means. */
#ifndef BEFFROI_BASE_CSV_H
#define BEFFROI_BASE_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct csv_row {
    int line; /* in the file, from 1, where the row begins */
    const char *const *cells;
    size_t count;
};

struct csv {
    struct csv_row header;
    const struct csv_row *rows; /* blank lines left out */
    size_t count;
};

/* The bytes of a file as UTF-8 without byte-order mark: as they are where they are UTF-8, else read
 * as Windows-1252 (which is Latin-1 where that has a character). NULL if they are no text: a NUL in
 * them (UTF-16, a spreadsheet's own format...). */
char *csv_utf8(const void *data, size_t bytes, struct arena *arena);

enum csv_fault {
    CSV_OK,
    CSV_EMPTY,     /* no line, or no line after the header */
    CSV_UNCLOSED,  /* a quoted cell does not end */
    CSV_ONE_COLUMN /* the header holds no separator */
};
/* Reads a UTF-8 text. The separator is the one the header has most of. Cells lose the spaces around
 * them. Rows may have fewer or more cells than the header: that is for the caller to judge. */
enum csv_fault csv_parse(const char *text, struct arena *arena, struct csv *out);

/* Cell of a row, "" where the row is too short or `column` is negative. */
const char *csv_cell(const struct csv_row *row, int column);

/* --- writing ---------------------------------------------------------------------------------- */

/* A file as French Excel opens it: UTF-8 with a byte-order mark, semicolons, CRLF (csv_write.c). */
struct csv_out {
    struct buf text;
    bool in_row;
};
void csv_begin(struct csv_out *out);
void csv_finish(struct csv_out *out); /* frees what csv_begin() took */
/* A cell; NULL is empty. One that a spreadsheet would take for a formula gets an apostrophe before
 * it (https://owasp.org/www-community/attacks/CSV_Injection). */
void csv_put(struct csv_out *out, const char *text);
void csv_put_int(struct csv_out *out, int64_t number);
void csv_end_row(struct csv_out *out);

#endif
