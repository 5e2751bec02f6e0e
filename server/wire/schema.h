/* Field tables told as JSON Schema 2020-12, for OpenAPI 3.1 and AsyncAPI 3.0.
 *
 * Objects with a name become `$ref`s into "#/components/schemas/"; the caller collects them.
 * Threads: any. */
#ifndef BEFFROI_WIRE_SCHEMA_H
#define BEFFROI_WIRE_SCHEMA_H

#include "wire/json.h"

/* Named objects met on the way, each once. */
struct schema_set {
    struct schema_named {
        const char *name;
        const struct field *fields; /* of an object; NULL for a choice or JSON */
        const struct choice *choice;
    } items[256];
    int count;
};

/* Appends the schema of an object with these fields. */
void schema_object(struct buf *buf, const struct field *fields, struct schema_set *named);
/* Appends `"Name": {...}` for each named one, those met while doing so included. */
void schema_components(struct buf *buf, struct schema_set *named);

#endif
