/* Parts of texts around the words that were looked for.
 *
 * Threads: the tx's; they live in its arena. */
#ifndef BEFFROI_CLUB_SNIPPET_H
#define BEFFROI_CLUB_SNIPPET_H

#include "club/message.h"

/* What FTS5's snippet() or excerpt_of() gave between U+0002 and U+0003, as texts: plain, found,
 * plain, found... by turns. `message`: whose people its mentions name; NULL: it has none. */
struct list snippet_pieces(struct tx *tx, const char *text, const struct message *message);

/* The snippet of each message, found by these words: an expression without columns. */
void message_snippets(struct tx *tx, const char *words, const struct messages *messages,
                      struct list *snippets_out);

#endif
