/* Field tables: how a struct looks as JSON. From one table come decoding with exact errors,
 * encoding, the JSON Schema of OpenAPI and AsyncAPI, the TypeScript types and the reference
 * documentation.
 *
 * C type of each: ID, INT, TIME: int64_t · BOOL: bool · MAYBE: enum maybe · TEXT, LINE, JSON:
 * const char * · CHOICE: int or an enum · WORDS: uint32_t, bit n for word n · OBJECT: const struct
 * x * · LIST of structs: struct list of them · IDS: of int64_t · TEXTS: of const char *. A row
 * whose member has another type does not compile.
 *
 * An optional member that is absent leaves 0, false, NULL or an empty list, and these are left out
 * when it is written. null is no value: it is refused, and written only for a NULL where the table
 * promises an object. A required text that is NULL is written "".
 *
 * Threads: tables are constant. Never: knows what a field means. */
#ifndef BEFFROI_WIRE_FIELD_H
#define BEFFROI_WIRE_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"

enum field_type {
    FIELD_TYPE_END,
    FIELD_TYPE_ID,   /* positive integer */
    FIELD_TYPE_INT,  /* integer in [min, max] */
    FIELD_TYPE_TIME, /* ms since 1970 UTC */
    FIELD_TYPE_BOOL,
    FIELD_TYPE_MAYBE,  /* a boolean whose absence is neither; always optional */
    FIELD_TYPE_LINE,   /* text of one line, [min, max] characters */
    FIELD_TYPE_TEXT,   /* text, line breaks and tabs allowed, [min, max] characters */
    FIELD_TYPE_CHOICE, /* one word of a closed list */
    FIELD_TYPE_OBJECT,
    FIELD_TYPE_LIST, /* of objects, [min, max] items */
    FIELD_TYPE_IDS,
    FIELD_TYPE_TEXTS,
    FIELD_TYPE_WORDS, /* those words of a closed list whose bit is set */
    FIELD_TYPE_JSON   /* going out only: ready-made JSON text; `schema` names its type */
};

/* The words of a CHOICE; an index into `words` is its value in C, and word 0 is the default. */
struct choice {
    const char *name;         /* type name in the TypeScript client, e.g. "Role" */
    const char *const *words; /* ends with NULL */
};

/* Index of a word that is in the list, as the schema's CHECKs see to; of the last one if it is not.
 */
int choice_index(const struct choice *choice, const char *word);

enum maybe { MAYBE_UNSAID, MAYBE_TRUE, MAYBE_FALSE };

struct list {
    const void *items;
    size_t count;
};

struct field {
    const char *name;
    const char *doc;
    enum field_type type;
    bool optional;
    size_t offset;
    int64_t min, max;
    int64_t absent; /* what an optional INT means when it is not given */
    const struct choice *choice;
    const struct field *fields; /* of an OBJECT or an item */
    size_t item_bytes;
    const char *schema; /* name of the object's type ("Message"), or of the JSON's */
};

/* A row: `s` the struct, `m` its member, `t` the type here, `c` the type in C, `d` what it means */
#define FIELD_ROW(s, m, t, c, d, ...)                                                              \
    {                                                                                              \
        .name = #m, .doc = (d), .type = FIELD_TYPE_##t, .offset = FIELD_AT(s, m, c), __VA_ARGS__   \
    }
/* offsetof() that does not compile when the member is not a `c`; a choice may be an enum. */
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a type */
#define FIELD_AT(s, m, c) (offsetof(s, m) + 0 * sizeof(_Generic(((s *)0)->m, c : 0)))
#define FIELD_AT_CHOICE(s, m)                                                                      \
    (offsetof(s, m) + 0 * sizeof(_Generic(((s *)0)->m, int : 0, unsigned : 0)))
#define FIELD_BOUNDS(lo, hi) .min = (lo), .max = (hi)
#define FIELD_OF(t, f)       .fields = (f), .schema = #t, .item_bytes = sizeof(struct t)
#define FIELD_OPT            .optional = true

#define FIELD_ID(s, m, d)          FIELD_ROW(s, m, ID, int64_t, d, .optional = false)
#define FIELD_ID_OPT(s, m, d)      FIELD_ROW(s, m, ID, int64_t, d, FIELD_OPT)
#define FIELD_TIME(s, m, d)        FIELD_ROW(s, m, TIME, int64_t, d, .optional = false)
#define FIELD_TIME_OPT(s, m, d)    FIELD_ROW(s, m, TIME, int64_t, d, FIELD_OPT)
#define FIELD_BOOL(s, m, d)        FIELD_ROW(s, m, BOOL, bool, d, .optional = false)
#define FIELD_BOOL_OPT(s, m, d)    FIELD_ROW(s, m, BOOL, bool, d, FIELD_OPT)
#define FIELD_INT(s, m, lo, hi, d) FIELD_ROW(s, m, INT, int64_t, d, FIELD_BOUNDS(lo, hi))
#define FIELD_INT_OPT(s, m, lo, hi, d)                                                             \
    FIELD_ROW(s, m, INT, int64_t, d, FIELD_BOUNDS(lo, hi), FIELD_OPT)
/* Coming in only: `otherwise` is what its absence means. */
#define FIELD_INT_OR(s, m, lo, hi, otherwise, d)                                                   \
    FIELD_ROW(s, m, INT, int64_t, d, FIELD_BOUNDS(lo, hi), FIELD_OPT, .absent = (otherwise))
#define FIELD_LINE(s, m, lo, hi, d) FIELD_ROW(s, m, LINE, const char *, d, FIELD_BOUNDS(lo, hi))
#define FIELD_LINE_OPT(s, m, lo, hi, d)                                                            \
    FIELD_ROW(s, m, LINE, const char *, d, FIELD_BOUNDS(lo, hi), FIELD_OPT)
#define FIELD_TEXT(s, m, lo, hi, d) FIELD_ROW(s, m, TEXT, const char *, d, FIELD_BOUNDS(lo, hi))
#define FIELD_TEXT_OPT(s, m, lo, hi, d)                                                            \
    FIELD_ROW(s, m, TEXT, const char *, d, FIELD_BOUNDS(lo, hi), FIELD_OPT)
#define FIELD_IDS(s, m, lo, hi, d) FIELD_ROW(s, m, IDS, struct list, d, FIELD_BOUNDS(lo, hi))
#define FIELD_IDS_OPT(s, m, lo, hi, d)                                                             \
    FIELD_ROW(s, m, IDS, struct list, d, FIELD_BOUNDS(lo, hi), FIELD_OPT)
#define FIELD_TEXTS(s, m, lo, hi, d) FIELD_ROW(s, m, TEXTS, struct list, d, FIELD_BOUNDS(lo, hi))
#define FIELD_TEXTS_OPT(s, m, lo, hi, d)                                                           \
    FIELD_ROW(s, m, TEXTS, struct list, d, FIELD_BOUNDS(lo, hi), FIELD_OPT)
#define FIELD_OBJECT(s, m, t, f, d) FIELD_ROW(s, m, OBJECT, const struct t *, d, FIELD_OF(t, f))
#define FIELD_OBJECT_OPT(s, m, t, f, d)                                                            \
    FIELD_ROW(s, m, OBJECT, const struct t *, d, FIELD_OF(t, f), FIELD_OPT)
#define FIELD_LIST(s, m, t, f, lo, hi, d)                                                          \
    FIELD_ROW(s, m, LIST, struct list, d, FIELD_OF(t, f), FIELD_BOUNDS(lo, hi))
#define FIELD_LIST_OPT(s, m, t, f, lo, hi, d)                                                      \
    FIELD_ROW(s, m, LIST, struct list, d, FIELD_OF(t, f), FIELD_BOUNDS(lo, hi), FIELD_OPT)
#define FIELD_JSON(s, m, t, d)     FIELD_ROW(s, m, JSON, const char *, d, .schema = (t))
#define FIELD_JSON_OPT(s, m, t, d) FIELD_ROW(s, m, JSON, const char *, d, .schema = (t), FIELD_OPT)
/* c: a struct choice; its first word is what an absent member means. */
#define FIELD_CHOICE(s, m, c, d)                                                                   \
    {                                                                                              \
        .name = #m, .doc = (d), .type = FIELD_TYPE_CHOICE, .offset = FIELD_AT_CHOICE(s, m),        \
        .choice = (c)                                                                              \
    }
#define FIELD_CHOICE_OPT(s, m, c, d)                                                               \
    {                                                                                              \
        .name = #m, .doc = (d), .type = FIELD_TYPE_CHOICE, .offset = FIELD_AT_CHOICE(s, m),        \
        .choice = (c), FIELD_OPT                                                                   \
    }
#define FIELD_MAYBE(s, m, d)                                                                       \
    {                                                                                              \
        .name = #m, .doc = (d), .type = FIELD_TYPE_MAYBE, .offset = FIELD_AT_CHOICE(s, m),         \
        FIELD_OPT                                                                                  \
    }
/* An array of words: ["read","write"]. */
#define FIELD_WORDS(s, m, c, d)     FIELD_ROW(s, m, WORDS, uint32_t, d, .choice = (c))
#define FIELD_WORDS_OPT(s, m, c, d) FIELD_ROW(s, m, WORDS, uint32_t, d, .choice = (c), FIELD_OPT)
#define FIELD_END                                                                                  \
    {                                                                                              \
        .type = FIELD_TYPE_END                                                                     \
    }

/* No member at all: `{}`. */
extern const struct field no_fields[];

#endif
