/* JSON to structs and back, by field tables.
 *
 * Threads: any; decoded texts live in the arena given. Never: accepts a member the table has not. */
#ifndef BEFFROI_WIRE_JSON_H
#define BEFFROI_WIRE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "wire/field.h"

struct json; /* a parsed text (jansson underneath) */

/* RFC 8259, stricter: no duplicate member, no NUL, nothing after the value. ERR_PARSE fills `problem`.
 * `*out` is released with json_release(). */
enum err json_parse(const char *text, size_t bytes, struct arena *arena, struct json **out,
                    struct problem *problem);
void json_release(struct json *json); /* NULL is fine */

/* Reads an object (NULL or an empty one is `{}`) into `out`, zeroed by the caller. Texts must be UTF-8
 * without control characters (line breaks and tabs only in TEXT), lengths counted in characters. */
enum err json_decode(const struct json *object, const struct field *fields, struct arena *arena,
                     void *out, struct problem *problem);

/* Appends `in` as an object. Optional members that hold 0, false, NULL or nothing are left out. */
void json_encode(struct buf *buf, const struct field *fields, const void *in);
/* The same without the braces, after what is already in the object: `{"seq":1` + `,"message":{...}`. */
void json_encode_members(struct buf *buf, const struct field *fields, const void *in);
/* Appends a quoted, escaped string; `null` for NULL. */
void json_text(struct buf *buf, const char *text);

#endif
