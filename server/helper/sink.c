#include "helper/sink.h"

#include <string.h>

#include "base/str.h"

enum { STRETCH_BYTES = 4096 }; /* of what has no pages: short enough to show where a word is */

void sink_init(struct sink *sink, enum text_unit unit,
               void (*emit)(void *context, const struct text_page *page), void *context)
{
    memset(sink, 0, offsetof(struct sink, text));
    sink->unit = unit;
    sink->emit = emit;
    sink->context = context;
    sink->number = 1;
}

static bool is_stretched(const struct sink *sink)
{
    return sink->unit == UNIT_NONE || sink->unit == UNIT_SHEET;
}

/* Gives out the first `bytes` of the page, less the blanks at their end. */
static void give(struct sink *sink, size_t bytes)
{
    while (bytes > 0 && (sink->text[bytes - 1] == '\n' || sink->text[bytes - 1] == ' ')) {
        bytes--;
    }
    if (bytes == 0 || sink->full) {
        return;
    }
    if (sink->emitted == LIMIT_TEXT_PAGES || sink->total + bytes > LIMIT_TEXT_BYTES) {
        sink->full = true;
        return;
    }
    char after = sink->text[bytes];
    sink->text[bytes] = '\0';
    struct text_page page = {is_stretched(sink) ? sink->emitted + 1 : sink->number, sink->name,
                             sink->text};
    sink->emit(sink->context, &page);
    sink->text[bytes] = after;
    sink->emitted++;
    sink->total += bytes;
}

/* Where a full stretch ends: after a line, else after a word, else where it is full. */
static size_t stretch_end(const struct sink *sink)
{
    const char *line = memrchr(sink->text, '\n', sink->len);
    const char *word = memrchr(sink->text, ' ', sink->len);
    const char *end = line ? line : word;
    return end && end > sink->text ? (size_t)(end - sink->text) + 1 : sink->len;
}

static void make_room(struct sink *sink)
{
    if (!is_stretched(sink)) {
        sink->cut = true;
        return;
    }
    size_t end = stretch_end(sink);
    give(sink, end);
    sink->len -= end;
    memmove(sink->text, sink->text + end, sink->len);
}

static void put(struct sink *sink, const unsigned char *character, size_t bytes)
{
    size_t room = is_stretched(sink) ? STRETCH_BYTES : LIMIT_PAGE_TEXT_BYTES;
    if (!sink->cut && sink->len + bytes > room) {
        make_room(sink);
    }
    if (!sink->cut) {
        memcpy(sink->text + sink->len, character, bytes);
        sink->len += bytes;
    }
}

static char last(const struct sink *sink, size_t back)
{
    return sink->len >= back ? sink->text[sink->len - back] : '\n';
}

static void put_blank(struct sink *sink, unsigned char blank)
{
    while (blank == '\n' && sink->len > 0 && last(sink, 1) == ' ') {
        sink->len--;
    }
    bool wanted = blank == '\n' ? last(sink, 1) != '\n' || last(sink, 2) != '\n'
                                : last(sink, 1) != ' ' && last(sink, 1) != '\n';
    if (wanted && sink->len > 0) {
        put(sink, &blank, 1);
    }
}

static void put_ascii(struct sink *sink, unsigned char c)
{
    if (c == '\n' || c == '\f' || c == '\v' || c == '\r') {
        put_blank(sink, '\n');
    } else if (c == ' ' || c == '\t') {
        put_blank(sink, ' ');
    } else if (c > ' ' && c != 0x7F) {
        put(sink, &c, 1);
    }
}

static unsigned character_bytes(unsigned char lead)
{
    return lead >= 0xC2 && lead < 0xE0   ? 2
           : lead >= 0xE0 && lead < 0xF0 ? 3
           : lead >= 0xF0 && lead < 0xF5 ? 4
                                         : 0;
}

/* Ends the character under way. What is not well-formed, and C1 controls, are left out. */
static void end_character(struct sink *sink)
{
    const unsigned char *c = sink->partial;
    bool is_c1 = c[0] == 0xC2 && c[1] < 0xA0;
    if (sink->partial_bytes == sink->partial_need && !is_c1 &&
        utf8_valid((const char *)c, sink->partial_need)) {
        put(sink, c, sink->partial_need);
    }
    sink->partial_need = 0;
    sink->partial_bytes = 0;
}

static void add_byte(struct sink *sink, unsigned char c)
{
    if (sink->partial_need > 0 && (c & 0xC0) != 0x80) {
        end_character(sink);
    }
    if (sink->partial_need > 0) {
        sink->partial[sink->partial_bytes++] = c;
        if (sink->partial_bytes == sink->partial_need) {
            end_character(sink);
        }
    } else if (c < 0x80) {
        put_ascii(sink, c);
    } else if (character_bytes(c) > 0) {
        sink->partial_need = character_bytes(c);
        sink->partial[0] = c;
        sink->partial_bytes = 1;
    }
}

void sink_add(struct sink *sink, const char *data, size_t bytes)
{
    for (size_t i = 0; i < bytes && !sink->full; i++) {
        add_byte(sink, (unsigned char)data[i]);
    }
}

void sink_finish(struct sink *sink)
{
    give(sink, sink->len);
    sink->len = 0;
    sink->cut = false;
    sink->partial_need = 0;
    sink->partial_bytes = 0;
}

/* The copy of a name, without what no text may hold. */
static void set_name(struct sink *sink, const char *name)
{
    size_t len = 0;
    size_t bytes = utf8_valid(name, strlen(name)) ? utf8_cut(name, SINK_NAME_BYTES) : 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)name[i];
        bool is_c1 = c == 0xC2 && (unsigned char)name[i + 1] < 0xA0;
        i += is_c1;
        if (c >= ' ' && c != 0x7F && !is_c1) {
            sink->name[len++] = name[i];
        }
    }
    sink->name[len] = '\0';
}

void sink_page(struct sink *sink, int number, const char *name)
{
    sink_finish(sink);
    sink->number = number;
    set_name(sink, name);
}
