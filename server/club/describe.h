/* The protocol told by itself: from the command table to OpenAPI, AsyncAPI, TypeScript and the
 * reference.
 *
 * Owns nothing. Threads: any. Never: a line written by hand about one command. */
#ifndef BEFFROI_CLUB_DESCRIBE_H
#define BEFFROI_CLUB_DESCRIBE_H

#include "base/buf.h"
#include "club/command.h"

/* What the server says unasked, beside facts: hello, breath, reload. */
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

/* The whole of it (protocol.c has the real one). */
struct protocol {
    const struct command *const *commands;    /* ends with NULL */
    const struct notification *notifications; /* ends with a NULL name */
    const struct json_type *json_types;       /* ends with a NULL name */
};
extern const struct protocol the_protocol;

/* NULL, or the name that would make the description wrong: one that stands for two things, a JSON
 * type nobody told, or a table too small. */
const char *describe_fault(const struct protocol *protocol);

/* Each appends one whole document. */
void describe_openapi(struct buf *buf, const struct protocol *protocol);    /* 3.1, JSON */
void describe_asyncapi(struct buf *buf, const struct protocol *protocol);   /* 3.0, JSON */
void describe_typescript(struct buf *buf, const struct protocol *protocol); /* web/src/gen */
void describe_reference(struct buf *buf, const struct protocol *protocol);  /* docs/PROTOCOL.md */

#endif
