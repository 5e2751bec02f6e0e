/* Tables that people bring: a CSV text, and its columns by the names they go by.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_SHEET_H
#define BEFFROI_CLUB_SHEET_H

#include "base/csv.h"
#include "club/command.h"

/* The members of `in` that an import has. */
#define FIELD_CSV(s, m) FIELD_TEXT(s, m, 1, LIMIT_CSV_CHARS, "The file, as UTF-8 text")
#define FIELD_DRY(s, m) FIELD_BOOL_OPT(s, m, "Only say what would change")

/* ERR_CSV with a sentence that says why. */
enum err sheet_read(struct tx *tx, const char *text, struct csv *out);
enum err sheet_refuse(struct tx *tx, const char *why);
/* Column by one of its names (folded, the list ends with NULL), -1 if there is none. */
int sheet_column(struct tx *tx, const struct csv *csv, const char *const *names);
/* NULL where the cell is empty. */
const char *sheet_cell(const struct csv_row *row, int column);

/* French or English, as the caller reads. */
const char *say(const struct tx *tx, const char *french, const char *english);

#endif
