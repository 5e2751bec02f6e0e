/* libFuzzer: names that files come under, and the header that gives them back. A name leads nowhere
 * and hides nothing; made safe twice it is the same; the header says it whole and ends where it
 * should. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/media.h"
#include "base/str.h"
#include "club/file_coming.h"
#include "fuzz.h"
#include "net/disposition.h"

static void check_visible(const char *name)
{
    for (const char *at = name; *at;) {
        uint32_t point = utf8_next(&at);
        check(point >= 0x20 && point != 0x7F && (point < 0x80 || point > 0x9F));
        check(point < 0x200B || (point > 0x200F && point < 0x2028) || point > 0x202E);
        check(point != '/' && point != '\\');
    }
}

static void percent_decode(const char *text, char *out)
{
    while (*text) {
        if (*text == '%') {
            char digits[3] = {text[1], text[2], '\0'};
            check(isxdigit((unsigned char)text[1]) && isxdigit((unsigned char)text[2]));
            *out++ = (char)strtol(digits, NULL, 16);
            text += 3;
        } else {
            *out++ = *text++;
        }
    }
    *out = '\0';
}

static void check_header(const char *header, const char *name, struct arena *arena)
{
    char *decoded = arena_alloc(arena, strlen(header) + 1);
    int quotes = 0;
    for (const char *at = header; *at; at++) {
        check(*at >= ' ' && *at < 0x7F);
        quotes += *at == '"';
    }
    const char *whole = strstr(header, "\"; filename*=UTF-8''");
    check(quotes == 2 && whole != NULL);
    percent_decode(whole + strlen("\"; filename*=UTF-8''"), decoded);
    check(strcmp(decoded, name) == 0);
}

int fuzz_file_names(const uint8_t *data, size_t bytes)
{
    if (bytes == 0 || !utf8_valid((const char *)data, bytes) || memchr(data, 0, bytes)) {
        return 0;
    }
    struct arena arena;
    arena_init(&arena);
    const char *given = arena_memdup(&arena, data, bytes);
    const char *name = file_name_safe(&arena, given);
    check(*name && utf8_valid(name, strlen(name)));
    check(utf8_chars(name) <= LIMIT_FILE_NAME_CHARS && *name != '.');
    check_visible(name);
    check(strcmp(file_name_safe(&arena, name), name) == 0);
    check_header(disposition_text(&arena, bytes % 2, name), name, &arena);
    check_header(disposition_text(&arena, bytes % 2, given), given, &arena);
    check(media_of(given, name) != NULL && media_find(given) != NULL);
    const struct media *media = media_of("application/x-dosexec", name);
    check(media->shown == MEDIA_SAVED);
    arena_finish(&arena);
    return 0;
}
