#include "club/emoji.h"

#include <string.h>
#include <utf8proc.h>

#include "base/limits.h"
#include "base/str.h"

enum {
    JOINER = 0x200D,
    EMOJI_STYLE = 0xFE0F,
    KEYCAP = 0x20E3,
    TONE_FIRST = 0x1F3FB,
    TONE_LAST = 0x1F3FF,
    TAG_FIRST = 0xE0020, /* of a flag of a region: 🏴 and its code in tags */
    TAG_LAST = 0xE007F,
    ARROWS = 0x2190, /* pictographs before these (©, ®, ‼) are text first */
};

static bool is_flag_letter(uint32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

static bool is_pictograph(uint32_t c)
{
    return c >= ARROWS && !is_flag_letter(c) &&
           utf8proc_get_property((utf8proc_int32_t)c)->boundclass ==
               UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_modifier(uint32_t c)
{
    return c == EMOJI_STYLE || (c >= TONE_FIRST && c <= TONE_LAST) ||
           (c >= TAG_FIRST && c <= TAG_LAST);
}

static bool is_keycap(const char *text)
{
    if (!strchr("0123456789#*", *text)) {
        return false;
    }
    text++;
    uint32_t c = utf8_next(&text);
    if (c == EMOJI_STYLE) {
        c = utf8_next(&text);
    }
    return c == KEYCAP && *text == '\0';
}

static bool is_flag(const char *text)
{
    bool one = is_flag_letter(utf8_next(&text));
    bool two = one && is_flag_letter(utf8_next(&text));
    return two && *text == '\0';
}

/* Pictographs with their modifiers, joined. */
static bool is_sequence(const char *text)
{
    do {
        if (!is_pictograph(utf8_next(&text))) {
            return false;
        }
        uint32_t c = utf8_next(&text);
        while (is_modifier(c)) {
            c = utf8_next(&text);
        }
        if (c != JOINER) {
            return c == 0;
        }
    } while (true);
}

bool emoji_is_one(const char *text)
{
    if (*text == '\0' || strlen(text) > LIMIT_EMOJI_BYTES) {
        return false;
    }
    return is_sequence(text) || is_flag(text) || is_keycap(text);
}
