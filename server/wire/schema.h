/* Field tables told as JSON Schema 2020-12, for OpenAPI 3.1 and AsyncAPI 3.0.
 *
 * Objects, choices and ready-made JSON have a name and become a `$ref` into
 * "#/components/schemas/"; a schema_set gathers what those names mean. Threads: any. Never: knows a
 * command. */
#ifndef BEFFROI_WIRE_SCHEMA_H
#define BEFFROI_WIRE_SCHEMA_H

#include "wire/json.h"

/* Named types, each once, in the order they were met. */
struct schema_set {
    struct schema_named {
        const char *name;            /* as in the table: struct tag, choice's or JSON's name */
        const struct field *fields;  /* of an object, else NULL */
        const struct choice *choice; /* NULL for an object and for ready-made JSON */
        bool input;                  /* met in what a client sends */
    } items[256];
    int count;
    const char
        *conflict; /* a name that stands for two things, or the first that had no room; NULL */
};

/* Adds every named type that these fields lead to. `input`: they are what a client sends. */
void schema_collect(struct schema_set *set, const struct field *fields, bool input);

/* Appends the schema of an object with these fields. An input is closed (no other member); what the
 * server sends may grow. */
void schema_object(struct buf *buf, const struct field *fields, bool input);
/* Appends `"Name":{...}` for each object and choice of the set, with commas between; ready-made
 * JSON is for the caller to define. Returns how many. */
int schema_components(struct buf *buf, const struct schema_set *set);

/* Appends the type's name as clients see it: "channel_view" is ChannelView. */
void schema_type_name(struct buf *buf, const char *name);

#endif
