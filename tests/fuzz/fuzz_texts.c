/* libFuzzer: small texts from outside that a function of a few lines reads: digits, hex, base64url,
 * UTF-8, addresses, tokens, the public address. What is decoded is encoded to the same again. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/network.h"
#include "base/str.h"
#include "club/secret.h"
#include "fuzz.h"
#include "net/site.h"
#include "net/tus.h"

static void check_digits(const char *text)
{
    char again[32];
    int64_t number = -7, tus = 0;
    bool good = str_to_int(text, 0, INT64_MAX, &number);
    check(good || number == -7);
    check(good == tus_number(text, &tus));
    if (good) {
        snprintf(again, sizeof again, "%" PRId64, number);
        size_t zeros = strspn(text, "0");
        check(strcmp(again, text + zeros) == 0 || (number == 0 && text[zeros] == '\0'));
    }
}

static void check_codes(const uint8_t *data, size_t bytes, const char *text)
{
    char hex[2 * 64 + 1], base64[64 * 4 / 3 + 4];
    uint8_t out[64];
    size_t length = bytes < sizeof out ? bytes : sizeof out;
    hex_encode(data, length, hex);
    check(strlen(hex) == 2 * length && hex_decode(hex, out, length));
    check(memcmp(out, data, length) == 0);
    base64url_encode(data, length, base64);
    check(base64url_decode(base64, out, length) && memcmp(out, data, length) == 0);
    for (size_t size = 0; size <= sizeof out; size += 8) { /* one text, one meaning */
        if (hex_decode(text, out, size)) {
            hex_encode(out, size, hex);
            check(strncasecmp(hex, text, 2 * size) == 0);
        }
        if (base64url_decode(text, out, size)) {
            base64url_encode(out, size, base64);
            check(strcmp(base64, text) == 0);
        }
    }
}

static size_t encode(uint32_t c, uint8_t out[4])
{
    if (c < 0x80) {
        out[0] = (uint8_t)c;
        return 1;
    }
    size_t bytes = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = bytes - 1; i > 0; i--, c >>= 6) {
        out[i] = (uint8_t)(0x80 | (c & 0x3F));
    }
    out[0] = (uint8_t)((bytes == 2 ? 0xC0 : bytes == 3 ? 0xE0 : 0xF0) | c);
    return bytes;
}

/* A valid text is the sum of its characters, and a cut one is valid too. */
static void check_utf8(const char *text)
{
    size_t bytes = strlen(text), chars = 0;
    if (!utf8_valid(text, bytes)) {
        return;
    }
    for (const char *at = text; *at; chars++) {
        uint8_t again[4];
        const char *begin = at;
        uint32_t point = utf8_next(&at);
        check(point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF));
        check(encode(point, again) == (size_t)(at - begin));
        check(memcmp(again, begin, (size_t)(at - begin)) == 0);
    }
    check(utf8_chars(text) == chars);
    for (size_t max = 0; max < bytes && max < 16; max++) {
        size_t cut = utf8_cut(text, max);
        check(cut <= max && cut + 4 > max && utf8_valid(text, cut));
    }
}

static void check_network(const char *text)
{
    int64_t key = network_of(text);
    check(key == 0 || strspn(text, "0123456789abcdefABCDEF.:") == strlen(text));
}

/* What is taken for the public address is, written as it is kept, taken for the same. */
static void check_site(const char *text)
{
    struct site site, again;
    if (!site_init(&site, text)) {
        return;
    }
    check(site_init(&again, site.url) && strcmp(site.url, again.url) == 0);
    check(site.origin_count >= 1 && site.origin_count <= 3);
    check(site_has_origin(&site, site.url) && site_has_host(&site, strstr(site.url, "://") + 3));
    check(!site_has_origin(&site, NULL) && !site_has_origin(&site, "null"));
    check(!strpbrk(strstr(site.url, "://") + 3, "/?#@; '\"\r\n"));
    check(strlen(site.policy) + 1 < sizeof site.policy && !strpbrk(site.policy, "\r\n"));
}

static void check_token(const char *text)
{
    uint8_t hash[32];
    secret_hash(text, hash);
    if (secret_has_form(text, SECRET_SESSION)) {
        check(strlen(text) == SECRET_CHARS && !secret_has_form(text, SECRET_TOKEN));
        for (const char *at = text; *at; at++) {
            check(isalnum((unsigned char)*at) || *at == '_' || *at == '-');
        }
    }
}

static void check_problem(const char *text)
{
    char out[80];
    for (size_t i = 0; err_at(i) && utf8_valid(text, strlen(text)); i++) {
        const struct problem problem = {.err = err_at(i), .field = text, .arg = text};
        problem_text(&problem, i % 2 ? LANG_FR : LANG_EN, out, sizeof out);
        check(*out && strlen(out) < sizeof out && utf8_valid(out, strlen(out)));
    }
}

int fuzz_texts(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    arena_init(&arena);
    const char *text = arena_memdup(&arena, data, bytes);
    check_digits(text);
    check_codes(data, bytes, text);
    check_utf8(text);
    check_network(text);
    check_site(text);
    check_token(text);
    check_problem(text);
    check(str_equal_nocase(text, text) && str_starts(text, text));
    arena_finish(&arena);
    return 0;
}
