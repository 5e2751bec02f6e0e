/* Writes a message's nodes as JSON, and finds in its plain text what that points at.
 *
 * The form of each node is told in markdown.h; markdown.c walks cmark's tree and calls this.
 *
 * Owns: its buffers until nodes_finish(). Threads: one at a time. Never: nests deeper than
 * LIMIT_NODES_DEPTH (its caller asks `depth` first), nor grows far past LIMIT_NODES_BYTES. */
#ifndef BEFFROI_CLUB_NODES_H
#define BEFFROI_CLUB_NODES_H

#include "base/buf.h"
#include "base/limits.h"
#include "club/markdown.h"
#include "club/span.h"

struct nodes {
    struct buf json;
    struct buf text; /* plain text not yet looked through for links and mentions */
    int depth;       /* lists of nodes that are open */
    bool started[LIMIT_NODES_DEPTH + 2]; /* has the list at this depth an item already? */
    int links;                           /* links around what is written now: they do not nest */
    int lookups;                         /* people and towns asked for */
    bool too_large;
    const struct markdown_world *world;
    struct arena *arena;
    struct mention_list mentions;
};

void nodes_init(struct nodes *out, const struct markdown_world *world, struct arena *arena);
void nodes_finish(struct nodes *out);

/* {"t":"quote" begins a node; then its members; then nodes_end(), or nodes_open(), what it holds,
 * and nodes_close(). */
void nodes_begin(struct nodes *out, const char *type);
void nodes_text(struct nodes *out, const char *name, const char *text);
void nodes_int(struct nodes *out, const char *name, int64_t value);
void nodes_end(struct nodes *out);
void nodes_open(struct nodes *out);
void nodes_close(struct nodes *out);
void nodes_break(struct nodes *out);

/* Collects plain text, which may hold SPAN_ESCAPE; other control characters (entities can make
 * them) are dropped. */
void nodes_collect(struct nodes *out, const char *text);
/* Writes the text collected so far, with what it points at; inside a link it points at nothing. */
void nodes_flush(struct nodes *out);

/* What a span points at, found before anything of it is written. */
struct node_target {
    struct mention mention; /* of a person, a role or everybody */
    const char *text;       /* address, or the town's name */
};
/* false: it points at nothing, and stays text. Only so many are looked up, whatever the text says.
 */
bool nodes_resolve(struct nodes *out, const char *text, const struct span *span,
                   struct node_target *target);
void nodes_target(struct nodes *out, const struct span *span, const struct node_target *target);

#endif
