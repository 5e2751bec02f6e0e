/* Field tables: how a struct looks as JSON. From one table come decoding with exact errors, encoding,
 * the JSON Schema of OpenAPI and AsyncAPI, the TypeScript types and the reference documentation.
 *
 * C type of each: ID, INT, TIME: int64_t · BOOL: bool · TEXT, LINE, JSON: const char * · CHOICE: int ·
 * OBJECT: const struct x * (NULL = null) · LIST of structs, IDS, TEXTS: struct list.
 * An optional field that is absent leaves 0, false, NULL or an empty list.
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
    FIELD_TYPE_ID,     /* positive integer */
    FIELD_TYPE_INT,    /* integer in [min, max] */
    FIELD_TYPE_TIME,   /* ms since 1970 UTC */
    FIELD_TYPE_BOOL,
    FIELD_TYPE_LINE,   /* text of one line, [min, max] characters */
    FIELD_TYPE_TEXT,   /* text, line breaks and tabs allowed, [min, max] characters */
    FIELD_TYPE_CHOICE, /* one word of a closed list */
    FIELD_TYPE_OBJECT,
    FIELD_TYPE_LIST,   /* of objects, [min, max] items */
    FIELD_TYPE_IDS,
    FIELD_TYPE_TEXTS,
    FIELD_TYPE_JSON    /* going out only: ready-made JSON text; `schema` names its type */
};

/* The words of a CHOICE; an index into `words` is its value in C, and word 0 is the default. */
struct choice {
    const char *name;         /* type name in the TypeScript client, e.g. "Role" */
    const char *const *words; /* ends with NULL */
};

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
    const struct choice *choice;
    const struct field *fields; /* of an OBJECT or an item */
    size_t item_bytes;
    const char *schema;         /* name of the object's type ("Message"), or of the JSON's */
};

#define FIELD_ID(s, m, d)         {.name = #m, .doc = (d), .type = FIELD_TYPE_ID, .offset = offsetof(s, m)}
#define FIELD_ID_OPT(s, m, d)     {.name = #m, .doc = (d), .type = FIELD_TYPE_ID, .offset = offsetof(s, m), .optional = true}
#define FIELD_INT(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_INT, .offset = offsetof(s, m), .min = (lo), .max = (hi)}
#define FIELD_INT_OPT(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_INT, .offset = offsetof(s, m), .min = (lo), .max = (hi), .optional = true}
#define FIELD_TIME(s, m, d)       {.name = #m, .doc = (d), .type = FIELD_TYPE_TIME, .offset = offsetof(s, m)}
#define FIELD_TIME_OPT(s, m, d)   {.name = #m, .doc = (d), .type = FIELD_TYPE_TIME, .offset = offsetof(s, m), .optional = true}
#define FIELD_BOOL(s, m, d)       {.name = #m, .doc = (d), .type = FIELD_TYPE_BOOL, .offset = offsetof(s, m)}
#define FIELD_BOOL_OPT(s, m, d)   {.name = #m, .doc = (d), .type = FIELD_TYPE_BOOL, .offset = offsetof(s, m), .optional = true}
#define FIELD_LINE(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_LINE, .offset = offsetof(s, m), .min = (lo), .max = (hi)}
#define FIELD_LINE_OPT(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_LINE, .offset = offsetof(s, m), .min = (lo), .max = (hi), .optional = true}
#define FIELD_TEXT(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_TEXT, .offset = offsetof(s, m), .min = (lo), .max = (hi)}
#define FIELD_TEXT_OPT(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_TEXT, .offset = offsetof(s, m), .min = (lo), .max = (hi), .optional = true}
#define FIELD_CHOICE(s, m, c, d)  {.name = #m, .doc = (d), .type = FIELD_TYPE_CHOICE, .offset = offsetof(s, m), .choice = (c)}
#define FIELD_CHOICE_OPT(s, m, c, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_CHOICE, .offset = offsetof(s, m), .choice = (c), .optional = true}
#define FIELD_OBJECT(s, m, t, f, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_OBJECT, .offset = offsetof(s, m), .fields = (f), .schema = #t, .item_bytes = sizeof(struct t)}
#define FIELD_OBJECT_OPT(s, m, t, f, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_OBJECT, .offset = offsetof(s, m), .fields = (f), .schema = #t, .item_bytes = sizeof(struct t), .optional = true}
#define FIELD_LIST(s, m, t, f, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_LIST, .offset = offsetof(s, m), .fields = (f), .schema = #t, .item_bytes = sizeof(struct t), .min = (lo), .max = (hi)}
#define FIELD_IDS(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_IDS, .offset = offsetof(s, m), .min = (lo), .max = (hi)}
#define FIELD_IDS_OPT(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_IDS, .offset = offsetof(s, m), .min = (lo), .max = (hi), .optional = true}
#define FIELD_TEXTS(s, m, lo, hi, d) {.name = #m, .doc = (d), .type = FIELD_TYPE_TEXTS, .offset = offsetof(s, m), .min = (lo), .max = (hi)}
#define FIELD_JSON(s, m, t, d)    {.name = #m, .doc = (d), .type = FIELD_TYPE_JSON, .offset = offsetof(s, m), .schema = (t)}
#define FIELD_END                 {.type = FIELD_TYPE_END}

/* No member at all: `{}`. */
extern const struct field no_fields[];

#endif
