#include <string.h>

#include "wire/json.h"

void json_int(struct buf *buf, int64_t value)
{
    char digits[20];
    size_t start = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--start] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0) {
        buf_add(buf, "-", 1);
    }
    buf_add(buf, digits + start, sizeof digits - start);
}

static void add_escape(struct buf *buf, unsigned char c)
{
    switch (c) {
    case '"':
        buf_add(buf, "\\\"", 2);
        break;
    case '\\':
        buf_add(buf, "\\\\", 2);
        break;
    case '\n':
        buf_add(buf, "\\n", 2);
        break;
    case '\r':
        buf_add(buf, "\\r", 2);
        break;
    case '\t':
        buf_add(buf, "\\t", 2);
        break;
    default:
        buf_printf(buf, "\\u%04x", c);
    }
}

/* Whether one of these eight bytes is a control character, a quote or a backslash; may also say so
 * of the byte after one. Source: Warren, Hacker's Delight, 6-1. */
static bool needs_escape(uint64_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t quote = bytes ^ ones * '"', backslash = bytes ^ ones * '\\';
    uint64_t less = (bytes - ones * 0x20) | (quote - ones) | (backslash - ones);
    return (less & ~bytes & tops) != 0;
}

/* Bytes from `text` on that go out as they are; most texts have no other. */
static size_t plain_bytes(const char *text, size_t length)
{
    uint64_t eight;
    size_t at = 0;
    for (; at + sizeof eight <= length; at += sizeof eight) {
        memcpy(&eight, text + at, sizeof eight);
        if (needs_escape(eight)) {
            break;
        }
    }
    while (at < length && (unsigned char)text[at] >= 0x20 && text[at] != '"' && text[at] != '\\') {
        at++;
    }
    return at;
}

void json_text(struct buf *buf, const char *text)
{
    if (!text) {
        buf_add(buf, "null", 4);
        return;
    }
    buf_add(buf, "\"", 1);
    for (size_t left = strlen(text); left > 0;) {
        size_t plain = plain_bytes(text, left);
        buf_add(buf, text, plain);
        if (plain < left) {
            add_escape(buf, (unsigned char)text[plain++]);
        }
        text += plain;
        left -= plain;
    }
    buf_add(buf, "\"", 1);
}

static void write_objects(struct buf *buf, const struct field *fields, size_t item_bytes,
                          const struct list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) {
            buf_add(buf, ",", 1);
        }
        json_encode(buf, fields, (const char *)list->items + i * item_bytes);
    }
}

static void write_ids(struct buf *buf, const struct list *list)
{
    const int64_t *ids = list->items;
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) {
            buf_add(buf, ",", 1);
        }
        json_int(buf, ids[i]);
    }
}

static void write_texts(struct buf *buf, const struct list *list)
{
    const char *const *texts = list->items;
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) {
            buf_add(buf, ",", 1);
        }
        json_text(buf, texts[i] ? texts[i] : "");
    }
}

static void write_list(struct buf *buf, const struct field *field, const struct list *list)
{
    buf_add(buf, "[", 1);
    switch (field->type) {
    case FIELD_TYPE_IDS:
        write_ids(buf, list);
        break;
    case FIELD_TYPE_TEXTS:
        write_texts(buf, list);
        break;
    default:
        write_objects(buf, field->fields, field->item_bytes, list);
    }
    buf_add(buf, "]", 1);
}

static void write_words(struct buf *buf, const struct choice *choice, uint32_t bits)
{
    const char *before = "";
    buf_add(buf, "[", 1);
    for (int i = 0; choice->words[i]; i++) {
        if (bits >> i & 1) {
            buf_text(buf, before);
            json_text(buf, choice->words[i]);
            before = ",";
        }
    }
    buf_add(buf, "]", 1);
}

static bool is_absent(const struct field *field, const void *value)
{
    switch (field->type) {
    case FIELD_TYPE_ID:
    case FIELD_TYPE_INT:
    case FIELD_TYPE_TIME:
        return *(const int64_t *)value == 0;
    case FIELD_TYPE_BOOL:
        return !*(const bool *)value;
    case FIELD_TYPE_MAYBE:
    case FIELD_TYPE_CHOICE:
        return *(const int *)value == 0;
    case FIELD_TYPE_WORDS:
        return *(const uint32_t *)value == 0;
    case FIELD_TYPE_LIST:
    case FIELD_TYPE_IDS:
    case FIELD_TYPE_TEXTS:
        return ((const struct list *)value)->count == 0;
    default:
        return *(const void *const *)value == NULL;
    }
}

static void write_pointed(struct buf *buf, const struct field *field, const void *target)
{
    const char *text = target;
    switch (field->type) {
    case FIELD_TYPE_LINE:
    case FIELD_TYPE_TEXT:
        json_text(buf, text ? text : "");
        break;
    case FIELD_TYPE_OBJECT:
        if (target) {
            json_encode(buf, field->fields, target);
            break;
        }
        __attribute__((fallthrough));
    default: /* ready-made JSON */
        buf_text(buf, text ? text : "null");
    }
}

static void write_value(struct buf *buf, const struct field *field, const void *value)
{
    switch (field->type) {
    case FIELD_TYPE_ID:
    case FIELD_TYPE_INT:
    case FIELD_TYPE_TIME:
        json_int(buf, *(const int64_t *)value);
        break;
    case FIELD_TYPE_BOOL:
        buf_text(buf, *(const bool *)value ? "true" : "false");
        break;
    case FIELD_TYPE_MAYBE:
        buf_text(buf, *(const int *)value == MAYBE_TRUE ? "true" : "false");
        break;
    case FIELD_TYPE_CHOICE:
        json_text(buf, field->choice->words[*(const int *)value]);
        break;
    case FIELD_TYPE_WORDS:
        write_words(buf, field->choice, *(const uint32_t *)value);
        break;
    case FIELD_TYPE_LIST:
    case FIELD_TYPE_IDS:
    case FIELD_TYPE_TEXTS:
        write_list(buf, field, value);
        break;
    default:
        write_pointed(buf, field, *(const void *const *)value);
    }
}

/* `"name":value` for each member that is there, the first one after `before`, the others after a
 * comma. */
static void write_members(struct buf *buf, const struct field *fields, const char *in,
                          const char *before)
{
    for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
        const void *value = in + field->offset;
        if (field->optional && is_absent(field, value)) {
            continue;
        }
        buf_text(buf, before);
        buf_text(buf, field->name);
        buf_add(buf, "\":", 2);
        write_value(buf, field, value);
        before = ",\"";
    }
}

void json_encode(struct buf *buf, const struct field *fields, const void *in)
{
    buf_add(buf, "{", 1);
    write_members(buf, fields, in, "\"");
    buf_add(buf, "}", 1);
}

void json_encode_members(struct buf *buf, const struct field *fields, const void *in)
{
    write_members(buf, fields, in, ",\"");
}
