/* A message's Markdown as JSON nodes from a closed list: no HTML of it exists anywhere.
 *
 * Blocks: p, h (level 1-3), ul, ol (start), li, quote, code (lang?, text), hr. In them: plain JSON
 * strings, br, em, strong, c (text), a (href, c), person (id), role (name), all, message (id),
 * event (id), resource (id, edition?), town (id, name). cmark parses; single line breaks are kept,
 * raw HTML is text, images are links, only http, https and mailto are linked to, French typography
 * is left alone.
 *
 * Owns nothing: the result is in the arena. Threads: any. */
#ifndef BEFFROI_CLUB_MARKDOWN_H
#define BEFFROI_CLUB_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "club/may.h"

/* What a text may point at. A question answered no, or not set, leaves the words as they are. */
struct markdown_world {
    void *context;
    bool (*person)(void *context, int64_t id);      /* may be mentioned here */
    const char *(*town)(void *context, int64_t id); /* its name, NULL if there is none */
    bool roles;                                     /* @prefecture and the like mean somebody */
    bool everybody;                                 /* @tous does */
    const char *public_url;
};

struct mention {
    enum mention_kind { MENTION_PERSON, MENTION_ROLE, MENTION_ALL } kind;
    int64_t person; /* MENTION_PERSON */
    enum role role; /* MENTION_ROLE */
};
struct mention_list {
    struct mention *items; /* each once, in the order of the text */
    size_t count, capacity;
};

struct markdown {
    const char *nodes; /* JSON array, at most LIMIT_NODES_BYTES */
    struct mention_list mentions;
};

/* Parses the field named `field`. ERR_EMPTY for spaces only, ERR_TOO_LONG past LIMIT_BODY_BYTES,
 * LIMIT_NODES_BYTES or LIMIT_MENTIONS_PER_BODY, ERR_CHARACTERS for what is not UTF-8; nesting past
 * LIMIT_NODES_DEPTH is flattened. Takes at most some milliseconds. */
enum err markdown_parse(const char *body, const char *field, const struct markdown_world *world,
                        struct arena *arena, struct markdown *out, struct problem *problem);

/* The same text without its marks, for mail and calendars: paragraphs apart, items after a dash or
 * a number, addresses in brackets after what they are of. What was accepted by markdown_parse()
 * stays about as long. */
const char *markdown_plain(const char *body, struct arena *arena);

#endif
