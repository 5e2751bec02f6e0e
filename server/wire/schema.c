#include "wire/schema.h"

#include <ctype.h>
#include <string.h>

/* Largest integer that every client reads exactly: 2^53 - 1 (RFC 8259 section 6). */
#define SAFE_INTEGER INT64_C(9007199254740991)

/* --- named types ------------------------------------------------------------------------------ */

static struct schema_named *find(struct schema_set *set, const char *name)
{
    for (int i = 0; i < set->count; i++) {
        if (strcmp(set->items[i].name, name) == 0) {
            return &set->items[i];
        }
    }
    return NULL;
}

/* true if the type is new, or newly an input: what it leads to must be looked at. */
static bool add(struct schema_set *set, struct schema_named type)
{
    struct schema_named *known = find(set, type.name);
    if (known) {
        if (known->fields != type.fields || known->choice != type.choice) {
            set->conflict = type.name;
        }
        bool opened = type.input && !known->input;
        known->input = known->input || type.input;
        return opened;
    }
    if (set->count == sizeof set->items / sizeof *set->items) {
        set->conflict = type.name;
        return false;
    }
    set->items[set->count++] = type;
    return true;
}

void schema_collect(struct schema_set *set, const struct field *fields, bool input)
{
    for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
        switch (field->type) {
        case FIELD_TYPE_OBJECT:
        case FIELD_TYPE_LIST:
            if (add(set, (struct schema_named){field->schema, field->fields, NULL, input})) {
                schema_collect(set, field->fields, input);
            }
            break;
        case FIELD_TYPE_CHOICE:
        case FIELD_TYPE_WORDS:
            add(set, (struct schema_named){field->choice->name, NULL, field->choice, input});
            break;
        case FIELD_TYPE_JSON:
            add(set, (struct schema_named){field->schema, NULL, NULL, input});
            break;
        default:
            break;
        }
    }
}

void schema_type_name(struct buf *buf, const char *name)
{
    bool upper = true;
    for (; *name; name++) {
        char c = upper ? (char)toupper((unsigned char)*name) : *name;
        upper = *name == '_';
        if (!upper) {
            buf_add(buf, &c, 1);
        }
    }
}

/* --- schemas ---------------------------------------------------------------------------------- */

static void add_ref(struct buf *buf, const char *name)
{
    buf_text(buf, "\"$ref\":\"#/components/schemas/");
    schema_type_name(buf, name);
    buf_text(buf, "\"");
}

/* JSON numbers past 2^53 are not read exactly everywhere: a bound says no more than that. */
static long long safe(int64_t bound)
{
    return bound > SAFE_INTEGER ? SAFE_INTEGER : bound < -SAFE_INTEGER ? -SAFE_INTEGER : bound;
}

/* `,"minLength":1,"maxLength":120`; a table that bounds nothing (0, 0) says nothing. */
static void add_bounds(struct buf *buf, const struct field *field, const char *least,
                       const char *most)
{
    if (field->min == 0 && field->max == 0) {
        return;
    }
    if (field->min != 0 || field->type == FIELD_TYPE_INT) {
        buf_printf(buf, ",\"%s\":%lld", least, safe(field->min));
    }
    buf_printf(buf, ",\"%s\":%lld", most, safe(field->max));
}

static void add_integer(struct buf *buf, int64_t min, int64_t max)
{
    buf_printf(buf, "\"type\":\"integer\",\"minimum\":%lld,\"maximum\":%lld", (long long)min,
               (long long)max);
}

static void add_array(struct buf *buf, const struct field *field)
{
    buf_text(buf, "\"type\":\"array\"");
    add_bounds(buf, field, "minItems", "maxItems");
    buf_text(buf, ",\"items\":{");
    if (field->type == FIELD_TYPE_IDS) {
        add_integer(buf, 1, SAFE_INTEGER);
    } else if (field->type == FIELD_TYPE_TEXTS) {
        buf_printf(buf, "\"type\":\"string\",\"minLength\":1,\"maxLength\":%d", LIMIT_ITEM_CHARS);
    } else {
        add_ref(buf, field->choice ? field->choice->name : field->schema);
    }
    buf_text(buf, "}");
}

static void add_type(struct buf *buf, const struct field *field)
{
    switch (field->type) {
    case FIELD_TYPE_ID:
        add_integer(buf, 1, SAFE_INTEGER);
        break;
    case FIELD_TYPE_INT:
        buf_text(buf, "\"type\":\"integer\"");
        add_bounds(buf, field, "minimum", "maximum");
        break;
    case FIELD_TYPE_TIME:
        add_integer(buf, 0, LIMIT_TIME_MS);
        break;
    case FIELD_TYPE_BOOL:
    case FIELD_TYPE_MAYBE:
        buf_text(buf, "\"type\":\"boolean\"");
        break;
    case FIELD_TYPE_LINE:
    case FIELD_TYPE_TEXT:
        buf_text(buf, "\"type\":\"string\"");
        add_bounds(buf, field, "minLength", "maxLength");
        break;
    case FIELD_TYPE_CHOICE:
        add_ref(buf, field->choice->name);
        break;
    case FIELD_TYPE_LIST:
    case FIELD_TYPE_IDS:
    case FIELD_TYPE_TEXTS:
    case FIELD_TYPE_WORDS:
        add_array(buf, field);
        break;
    default:
        add_ref(buf, field->schema);
    }
}

/* `,"description":"..."`, with the unit of a TIME. */
static void add_description(struct buf *buf, const struct field *field)
{
    buf_text(buf, ",\"description\":");
    json_text(buf, field->doc);
    if (field->type == FIELD_TYPE_TIME) {
        buf->len--; /* the closing quote */
        buf_text(buf, " (milliseconds since 1970 UTC)\"");
    }
}

static void add_properties(struct buf *buf, const struct field *fields)
{
    buf_text(buf, ",\"properties\":{");
    for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
        buf_text(buf, field == fields ? "\"" : ",\"");
        buf_text(buf, field->name);
        buf_text(buf, "\":{");
        add_type(buf, field);
        add_description(buf, field);
        if (field->type == FIELD_TYPE_CHOICE && field->optional) {
            buf_text(buf, ",\"default\":");
            json_text(buf, field->choice->words[0]);
        } else if (field->absent) {
            buf_text(buf, ",\"default\":");
            json_int(buf, field->absent);
        }
        buf_text(buf, "}");
    }
    buf_text(buf, "}");
}

static void add_required(struct buf *buf, const struct field *fields)
{
    int count = 0;
    for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
        if (!field->optional) {
            buf_text(buf, count++ == 0 ? ",\"required\":[" : ",");
            json_text(buf, field->name);
        }
    }
    if (count > 0) {
        buf_text(buf, "]");
    }
}

void schema_object(struct buf *buf, const struct field *fields, bool input)
{
    buf_text(buf, "{\"type\":\"object\"");
    add_properties(buf, fields);
    add_required(buf, fields);
    buf_text(buf, input ? ",\"additionalProperties\":false}" : "}");
}

static void add_choice(struct buf *buf, const struct choice *choice)
{
    buf_text(buf, "{\"type\":\"string\",\"enum\":[");
    for (int i = 0; choice->words[i]; i++) {
        buf_text(buf, i > 0 ? "," : "");
        json_text(buf, choice->words[i]);
    }
    buf_text(buf, "]}");
}

int schema_components(struct buf *buf, const struct schema_set *set)
{
    int written = 0;
    for (const struct schema_named *type = set->items; type < set->items + set->count; type++) {
        if (!type->fields && !type->choice) {
            continue;
        }
        buf_text(buf, written++ > 0 ? ",\"" : "\"");
        schema_type_name(buf, type->name);
        buf_text(buf, "\":");
        if (type->fields) {
            schema_object(buf, type->fields, type->input);
        } else {
            add_choice(buf, type->choice);
        }
    }
    return written;
}
