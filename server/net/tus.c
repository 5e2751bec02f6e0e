#include "net/tus.h"

#include <string.h>

#include "base/str.h"

bool tus_number(const char *value, int64_t *out)
{
    return value && str_to_int(value, 0, INT64_MAX, out);
}

static int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* RFC 4648 4, with its padding; `out` has room for 3 bytes for each 4. -1: it is not base64. */
static long decode(const char *text, size_t length, char *out)
{
    size_t used = 0;
    size_t padding = length > 0 && text[length - 1] == '=' ? 1 : 0;
    padding += padding && length > 1 && text[length - 2] == '=' ? 1 : 0;
    uint32_t bits = 0;
    for (size_t i = 0; i < length - padding; i++) {
        int value = digit(text[i]);
        if (value < 0) {
            return -1;
        }
        bits = bits << 6 | (uint32_t)value;
        if (i % 4 > 0) {
            out[used++] = (char)(bits >> (6 - i % 4 * 2) & 0xff);
        }
    }
    return length % 4 == 0 ? (long)used : -1;
}

static const char *decode_text(const char *base64, size_t length, struct arena *arena)
{
    char *text = arena_alloc(arena, length / 4 * 3 + 4);
    long bytes = decode(base64, length, text);
    return bytes > 0 && strlen(text) == (size_t)bytes && utf8_valid(text, (size_t)bytes) ? text
                                                                                         : NULL;
}

const char *tus_metadata(const char *header, const char *key, struct arena *arena)
{
    size_t key_bytes = strlen(key);
    while (header && *header) {
        header += strspn(header, " \t,");
        size_t pair = strcspn(header, ",");
        size_t name = strcspn(header, " ,");
        if (name == key_bytes && name < pair && memcmp(header, key, name) == 0) {
            size_t value = strcspn(header + name + 1, ", \t");
            return decode_text(header + name + 1, value, arena);
        }
        header += pair;
    }
    return NULL;
}
