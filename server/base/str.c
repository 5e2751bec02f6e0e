#include "base/str.h"

#include <string.h>

bool str_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_equal_nocase(const char *a, const char *b)
{
    if (!a || !b) {
        return a == b;
    }
    while (*a && ascii_lower(*a) == ascii_lower(*b)) {
        a++;
        b++;
    }
    return ascii_lower(*a) == ascii_lower(*b);
}

bool str_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Spaces (Unicode White_Space) and the characters that show nothing at all, such as zero-width
 * joiners: a name made of them is as empty as one made of spaces. */
static bool is_invisible(uint32_t point)
{
    return (point >= 0x09 && point <= 0x0D) || point == 0x20 || point == 0x85 || point == 0xA0 ||
           point == 0xAD || point == 0x034F || point == 0x061C || point == 0x115F ||
           point == 0x1160 || point == 0x1680 || point == 0x180E ||
           (point >= 0x2000 && point <= 0x200F) || (point >= 0x2028 && point <= 0x202F) ||
           (point >= 0x205F && point <= 0x206F) || point == 0x2800 || point == 0x3000 ||
           point == 0x3164 || (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF ||
           point == 0xFFA0 || (point >= 0xE0000 && point <= 0xE0FFF);
}

bool str_is_blank(const char *text)
{
    if (!text) {
        return true;
    }
    for (uint32_t point = utf8_next(&text); point != 0; point = utf8_next(&text)) {
        if (!is_invisible(point)) {
            return false;
        }
    }
    return true;
}

bool str_to_int(const char *text, int64_t min, int64_t max, int64_t *out)
{
    int64_t value = 0;
    if (!text || *text == '\0') {
        return false;
    }
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || __builtin_mul_overflow(value, INT64_C(10), &value) ||
            __builtin_add_overflow(value, *text - '0', &value)) {
            return false;
        }
    }
    if (value < min || value > max) {
        return false;
    }
    *out = value;
    return true;
}

/* Bytes of the well-formed character at `s` (RFC 3629 section 4), 0 if there is none. It may be
 * cut: then it has more bytes than are left, and those that are left are well-formed. */
static size_t utf8_char_bytes(const unsigned char *s, size_t left)
{
    unsigned char low = 0x80, high = 0xBF; /* bounds of the second byte */
    size_t bytes = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0x80) {
        return 1;
    }
    if (s[0] < 0xC2 || s[0] > 0xF4) {
        return 0;
    }
    switch (s[0]) {
    case 0xE0:
        low = 0xA0;
        break; /* overlong */
    case 0xED:
        high = 0x9F;
        break; /* surrogates */
    case 0xF0:
        low = 0x90;
        break; /* overlong */
    case 0xF4:
        high = 0x8F;
        break; /* past U+10FFFF */
    default:
        break;
    }
    if (left > 1 && (s[1] < low || s[1] > high)) {
        return 0;
    }
    for (size_t i = 2; i < bytes && i < left; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return bytes;
}

bool utf8_valid_part(const char *data, size_t bytes, size_t *whole_out)
{
    const unsigned char *s = (const unsigned char *)data;
    size_t i = 0;
    while (i < bytes) {
        uint64_t eight;
        if (bytes - i >= sizeof eight) { /* French is mostly ASCII: eight bytes at a time */
            memcpy(&eight, s + i, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                i += sizeof eight;
                continue;
            }
        }
        size_t step = s[i] < 0x80 ? 1 : utf8_char_bytes(s + i, bytes - i);
        if (step == 0) {
            return false;
        }
        if (step > bytes - i) {
            break;
        }
        i += step;
    }
    *whole_out = i;
    return true;
}

bool utf8_valid(const char *data, size_t bytes)
{
    size_t whole;
    return utf8_valid_part(data, bytes, &whole) && whole == bytes;
}

size_t utf8_chars(const char *text)
{
    size_t count = 0;
    for (; *text; text++) {
        count += (*text & 0xC0) != 0x80;
    }
    return count;
}

size_t utf8_cut(const char *text, size_t max_bytes)
{
    size_t length = strnlen(text, max_bytes);
    if (length < max_bytes || text[length] == '\0') {
        return length;
    }
    while (length > 0 && (text[length] & 0xC0) == 0x80) {
        length--;
    }
    return length;
}

uint32_t utf8_next(const char **text)
{
    const unsigned char *s = (const unsigned char *)*text;
    if (s[0] < 0x80) {
        *text += s[0] != 0;
        return s[0];
    }
    size_t bytes = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    uint32_t point = s[0] & (0xFFU >> (bytes + 1));
    size_t i = 1;
    for (; i < bytes && (s[i] & 0xC0) == 0x80;
         i++) { /* never past the end, even of a broken text */
        point = point << 6 | (s[i] & 0x3F);
    }
    *text += i;
    return point;
}

void hex_encode(const void *data, size_t bytes, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *in = data;
    for (size_t i = 0; i < bytes; i++) {
        *out++ = digits[in[i] >> 4];
        *out++ = digits[in[i] & 15];
    }
    *out = '\0';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool hex_decode(const char *text, void *out, size_t bytes)
{
    unsigned char *to = out;
    if (!text || strlen(text) != 2 * bytes) {
        return false;
    }
    for (size_t i = 0; i < bytes; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        to[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void base64url_encode(const void *data, size_t bytes, char *out)
{
    const unsigned char *in = data;
    uint32_t held = 0;
    int bits = 0;
    for (size_t i = 0; i < bytes; i++) {
        held = held << 8 | in[i];
        for (bits += 8; bits >= 6; bits -= 6) {
            *out++ = base64url[held >> (bits - 6) & 63];
        }
    }
    if (bits > 0) {
        *out++ = base64url[held << (6 - bits) & 63];
    }
    *out = '\0';
}

bool base64url_decode(const char *text, void *out, size_t bytes)
{
    unsigned char *to = out;
    uint32_t held = 0;
    int bits = 0;
    if (!text || strlen(text) != (bytes * 4 + 2) / 3) {
        return false;
    }
    for (; *text; text++) {
        const char *at = strchr(base64url, *text);
        if (!at) {
            return false;
        }
        held = held << 6 | (uint32_t)(at - base64url);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            *to++ = (unsigned char)(held >> bits);
        }
    }
    return (held & ((1U << bits) - 1)) == 0; /* one text per value: the spare bits are zero */
}
