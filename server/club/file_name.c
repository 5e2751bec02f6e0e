/* Names people's files come under: shown to others, and given back when they save them. */
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "club/file_coming.h"

#define NAMELESS "fichier"

/* Control characters, and what turns or hides the letters beside it: "cod\u202Efdp.exe". */
static bool is_hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

/* What follows the last slash of any system. */
static const char *last_part(const char *name)
{
    const char *part = name;
    for (const char *at = name; *at; at++) {
        part = *at == '/' || *at == '\\' ? at + 1 : part;
    }
    return part;
}

static void add_visible(struct buf *buf, const char *name)
{
    for (const char *at = name; *at;) {
        const char *letter = at;
        if (!is_hidden(utf8_next(&at))) {
            buf_add(buf, letter, (size_t)(at - letter));
        }
    }
}

/* At most `chars` characters of it. */
static size_t cut_chars(const char *text, size_t chars)
{
    const char *at = text;
    while (*at && chars-- > 0) {
        utf8_next(&at);
    }
    return (size_t)(at - text);
}

/* Of `length` bytes, those before the dots and spaces at their end, which Windows would drop. */
static size_t without_tail(const char *text, size_t length)
{
    while (length > 0 && strchr(". ", text[length - 1])) {
        length--;
    }
    return length;
}

/* Too long, it loses its middle: what it is is said by its end. */
static const char *shorten(struct arena *arena, const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t ending = dot ? utf8_chars(dot) : 0;
    if (utf8_chars(name) <= LIMIT_FILE_NAME_CHARS) {
        return name;
    }
    if (ending > 20) {
        ending = 0;
    }
    size_t bytes = without_tail(name, cut_chars(name, LIMIT_FILE_NAME_CHARS - ending));
    return arena_printf(arena, "%.*s%s", (int)bytes, name, ending ? dot : "");
}

const char *file_name_safe(struct arena *arena, const char *name)
{
    struct buf buf;
    buf_init(&buf);
    add_visible(&buf, last_part(name));
    char *text = arena_memdup(arena, buf.data, buf.len);
    buf_finish(&buf);
    text += strspn(text, ". ");
    size_t length = without_tail(text, strlen(text));
    text[length] = '\0';
    return length ? shorten(arena, text) : NAMELESS;
}
