/* What is read from a row more often than a number or a text.
 *
 * Threads: the tx's; texts and lists live in its arena. */
#ifndef BEFFROI_CLUB_ROWS_H
#define BEFFROI_CLUB_ROWS_H

#include "club/command.h"

/* NULL for "" too, which is then left out on the wire. */
const char *rows_some(struct tx *tx, const struct rows *rows, int column);
/* The other way: "" for NULL, for a column that always holds a text. */
const char *text_or_empty(const char *text);
/* choice_index() of the word in this column. */
int rows_word(const struct rows *rows, int column, const struct choice *choice);
/* The first column of each row, ids; ends the rows. */
struct list rows_ids(struct tx *tx, struct rows rows);

#endif
