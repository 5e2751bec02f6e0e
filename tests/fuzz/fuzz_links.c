/* libFuzzer: what a text points at, host's links among what people paste, emoji, and words as they
 * are compared. */
#include <ctype.h>
#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "club/emoji.h"
#include "club/fold.h"
#include "club/meeting_link.h"
#include "club/span.h"
#include "fuzz.h"

static void check_spans(const char *text)
{
    size_t at = 0, bytes = strlen(text);
    struct span span, again;
    while (span_find(text, at, "https://c.fr", &span)) {
        check(span.start >= at && span.end > span.start && span.end <= bytes);
        check(utf8_cut(text, span.start) == span.start && utf8_cut(text, span.end) == span.end);
        check(span.kind == SPAN_LINK || span.kind == SPAN_ROLE || span.kind == SPAN_ALL ||
              span.id > 0);
        check(span_find(text, span.start, "https://c.fr", &again) && again.end == span.end);
        at = span.end;
    }
    if (span_of_address(text, "https://c.fr", &span)) {
        check(span.id > 0 && span.edition >= 0);
        check(str_starts(text, "https://c.fr/") || *text == '#');
    }
}

/* A link that is refused alone is refused in the middle of a text. */
static void check_links(const char *text, struct arena *arena)
{
    struct problem problem = {0};
    const char *platform = NULL;
    enum err alone = meeting_link_check(text, "link", &platform, &problem);
    check(alone == ERR_NONE || alone == ERR_LINK || alone == ERR_HOST_LINK);
    check(alone != ERR_NONE || str_equal(platform, meeting_link_platform(text)));
    enum err inside = meeting_link_check_text(text, "body", &problem);
    check(inside == ERR_NONE || inside == ERR_HOST_LINK);
    if (alone == ERR_HOST_LINK && !strpbrk(text, " \t\r\n<>\"") && strlen(text) < 2000) {
        const char *said = arena_printf(arena, "Venez : %s\nÀ demain", text);
        check(inside == ERR_HOST_LINK);
        check(meeting_link_check_text(said, "body", &problem) == ERR_HOST_LINK);
    }
}

static void check_fold(const char *text, struct arena *arena)
{
    const char *folded = fold(text, arena);
    size_t bytes = strlen(folded);
    check(utf8_valid(folded, bytes) && strcmp(fold(folded, arena), folded) == 0);
    check(!strstr(folded, "  ") && *folded != ' ' && (bytes == 0 || folded[bytes - 1] != ' '));
    size_t plain = 0, kept = 0;
    for (const char *at = text; *at; at++) {
        plain += isalnum((unsigned char)*at) != 0;
    }
    for (const char *at = folded; *at; at++) {
        kept += isalnum((unsigned char)*at) != 0;
        check(!isupper((unsigned char)*at));
    }
    check(kept >= plain); /* no letter is lost; œ makes two */
    check(utf8_valid(fold_pattern(folded, arena), strlen(fold_pattern(folded, arena))));
}

int fuzz_links(const uint8_t *data, size_t bytes)
{
    if (!utf8_valid((const char *)data, bytes) || memchr(data, 0, bytes)) {
        return 0;
    }
    struct arena arena;
    arena_init(&arena);
    const char *text = arena_memdup(&arena, data, bytes);
    check_spans(text);
    check_links(text, &arena);
    check_fold(text, &arena);
    if (emoji_is_one(text)) {
        check(bytes > 0 && bytes <= LIMIT_EMOJI_BYTES);
        for (size_t i = 0; i < bytes; i++) {
            check(!isalpha(data[i]) && data[i] >= ' ');
        }
    }
    arena_finish(&arena);
    return 0;
}
