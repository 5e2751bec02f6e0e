/* JSON to structs and back, by field tables.
 *
 * Threads: any; decoded texts live in the arena given. Never: accepts a member the table has not.
 */
#ifndef BEFFROI_WIRE_JSON_H
#define BEFFROI_WIRE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "wire/field.h"

struct json; /* a parsed text (jansson underneath) */

/* Draws the hash seed, so that nobody can choose members that collide. Once, before any other
 * thread and before the sandbox closes /dev/urandom. */
void json_start(void);

/* RFC 8259, stricter: an object or array, no duplicate member, no NUL, nothing after the value, at
 * most LIMIT_JSON_DEPTH deep. ERR_PARSE fills `problem`. `*out` is released with json_release(). */
enum err json_parse(const char *text, size_t bytes, struct arena *arena, struct json **out,
                    struct problem *problem);
void json_release(struct json *json); /* NULL is fine */

/* Reads an object (NULL or an empty one is `{}`) into `out`, zeroed by the caller. Texts hold no
 * control character, line separator or direction override (line breaks and tabs only in TEXT, where
 * CR LF becomes LF); lengths are counted in characters. The first error found is given, with the
 * member's path
 * ("people[3].name"). */
enum err json_decode(const struct json *object, const struct field *fields, struct arena *arena,
                     void *out, struct problem *problem);

/* Appends `in` as an object (json_write.c). Optional members that hold 0, false, NULL or nothing
 * are left out. */
void json_encode(struct buf *buf, const struct field *fields, const void *in);
/* The same without the braces, after what is already in the object: `{"seq":1` +
 * `,"message":{...}`. */
void json_encode_members(struct buf *buf, const struct field *fields, const void *in);
/* Appends a quoted, escaped string; `null` for NULL. */
void json_text(struct buf *buf, const char *text);
/* Appends an integer. */
void json_int(struct buf *buf, int64_t value);

#endif
