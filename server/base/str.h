/* Small questions about NUL-terminated UTF-8 texts.
 *
 * Owns nothing. Threads: any. Never: allocates, nor depends on the locale. */
#ifndef BEFFROI_BASE_STR_H
#define BEFFROI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool str_equal(const char *a, const char *b);        /* NULL equals only NULL */
bool str_equal_nocase(const char *a, const char *b); /* ASCII letters only */
bool str_starts(const char *text, const char *prefix);
bool str_is_blank(const char *text); /* NULL, empty, or Unicode spaces only */
/* Decimal digits only, in [min, max]; false leaves *out alone. */
bool str_to_int(const char *text, int64_t min, int64_t max, int64_t *out);

/* Whole text is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms). */
bool utf8_valid(const char *data, size_t bytes);
/* The same of a text whose rest is to come: its last character may be cut. `whole_out`: bytes
 * before that one, which need no second look. */
bool utf8_valid_part(const char *data, size_t bytes, size_t *whole_out);
size_t utf8_chars(const char *text); /* code points of a valid text */
/* Greatest length <= max_bytes that does not cut a character. */
size_t utf8_cut(const char *text, size_t max_bytes);
/* Decodes one code point of a valid text and steps over it; 0 at the end. */
uint32_t utf8_next(const char **text);

/* hex: out holds 2 * bytes + 1. base64url without padding (RFC 4648 5): out holds bytes * 4 / 3
 * + 4. */
void hex_encode(const void *data, size_t bytes, char *out);
bool hex_decode(const char *text, void *out, size_t bytes);
void base64url_encode(const void *data, size_t bytes, char *out);
/* Exactly `bytes` bytes; false if the text is anything else. */
bool base64url_decode(const char *text, void *out, size_t bytes);

#endif
