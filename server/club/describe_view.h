/* What the describing files share: the protocol they tell, and which part of it a document tells.
 *
 * Threads: any. Never: used outside describe*.c and their tests. */
#ifndef BEFFROI_CLUB_DESCRIBE_VIEW_H
#define BEFFROI_CLUB_DESCRIBE_VIEW_H

#include "base/buf.h"
#include "club/command.h"
#include "wire/schema.h"

/* What the server says unasked, beside facts: hello, breath. */
struct notification {
    const char *name, *doc;
    const struct field *params;
};

/* A type that goes out as ready-made JSON (FIELD_JSON), told by hand in both languages. */
struct json_type {
    const char *name, *doc;
    const char *schema;     /* JSON Schema; may refer to "#/components/schemas/" */
    const char *typescript; /* right side of `export type Name = ...` */
};

/* All there is to tell (describe.c has the real one). */
struct protocol {
    const struct command *const *commands;    /* ends with NULL */
    const struct notification *notifications; /* ends with a NULL name */
    const struct json_type *json_types;       /* ends with a NULL name */
};
extern const struct protocol the_protocol;

/* NULL, or the name that would make the description wrong: one that stands for two things, a JSON
 * type nobody told, or one too many for a table. */
const char *protocol_fault(const struct protocol *protocol);

void openapi_write(struct buf *buf, const struct protocol *protocol);
void asyncapi_write(struct buf *buf, const struct protocol *protocol);
void typescript_write(struct buf *buf, const struct protocol *protocol);
void reference_write(struct buf *buf, const struct protocol *protocol);

enum surface {
    SURFACE_HTTP = 1 << 0,    /* POST /api/v1/<name> */
    SURFACE_SOCKET = 1 << 1,  /* JSON-RPC over the WebSocket */
    SURFACE_OPERATOR = 1 << 2 /* the admin socket and the command line */
};
unsigned command_surfaces(const struct command *command);

enum { VIEW_FACTS = 256 };

/* The commands of some surfaces, with the facts they note (if the socket is one of them) and the
 * types all of that leads to. */
struct view {
    const struct protocol *protocol;
    unsigned surfaces;
    const struct fact *facts[VIEW_FACTS];
    int fact_count;
    struct schema_set types;
};
void view_init(struct view *view, const struct protocol *protocol, unsigned surfaces);
/* Walks the commands of the view: `at` starts at 0; NULL at the end. */
const struct command *view_next(const struct view *view, size_t *at);

/* "components":{"schemas":{ ... }} without the last two braces. */
void view_schemas(struct buf *buf, const struct view *view);
/* Who may call it, in words. */
const char *right_phrase(enum right right);
const char *kind_word(enum kind kind);
/* Bytes of the first sentence of a doc, its full stop left out. */
size_t doc_summary(const char *doc);
/* "message.post" is of "message". */
size_t name_family(const char *name);
/* Appends the first `bytes` of `text` as a JSON string. */
void add_part(struct buf *buf, const char *text, size_t bytes);

#endif
