#include "club/snippet.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "store/excerpt.h"

/* "@[12]" at `text` as "@Anne", or nothing where there is no such name; bytes it took, 0 if none.
 */
static size_t write_name(struct buf *buf, const char *text, const struct message *message)
{
    const struct person_name *people = message->people.items;
    char digits[24];
    int64_t id = 0;
    size_t length = str_starts(text, "@[") ? strcspn(text, "]") : 0;
    if (length == 0 || text[length] != ']' || length - 2 >= sizeof digits) {
        return 0;
    }
    memcpy(digits, text + 2, length - 2);
    digits[length - 2] = '\0';
    for (size_t i = 0; str_to_int(digits, 1, INT64_MAX, &id) && i < message->people.count; i++) {
        if (people[i].id == id && people[i].name) {
            buf_add(buf, "@", 1);
            buf_text(buf, people[i].name);
            return length + 1;
        }
    }
    return 0;
}

/* What a snippet is made of, byte by byte. */
struct reading {
    struct buf piece;
    char last;       /* added to the snippet */
    bool in_address; /* of a link */
};

/* "[words](address)" at `text`. */
static bool is_link(const char *text)
{
    return str_starts(text + 1 + strcspn(text + 1, "[]\n"), "](");
}

/* Bytes at `text` that are Markdown's and not the writer's: marks, and where links lead. */
static size_t marks_at(struct reading *reading, const char *text, bool begins_line)
{
    size_t heads = begins_line ? strspn(text, "#>") : 0;
    if (reading->in_address) {
        reading->in_address = !strchr(") \n", *text);
        return *text != ' ' && *text != '\n';
    }
    if (str_starts(text, "](")) {
        reading->in_address = true;
        return 2;
    }
    return heads > 0 && text[heads] == ' ' ? heads
                                           : strchr("*`", *text) || (*text == '[' && is_link(text));
}

static void add_byte(struct reading *reading, char byte)
{
    byte = byte == '\n' ? ' ' : byte;
    if (byte != ' ' || reading->last != ' ') {
        buf_add(&reading->piece, &byte, 1);
        reading->last = byte;
    }
}

/* Bytes of a word as it stands: no mark of Markdown's, no space, nothing that was put around what
 * was found. Nearly every byte is one, so strchr() is not asked. */
static size_t plain_bytes(const char *text)
{
    static const bool ends[256] = {
        ['\0'] = true, [2] = true,   [3] = true,   ['\n'] = true, [' '] = true,
        ['@'] = true,  ['['] = true, [']'] = true, ['*'] = true,  ['`'] = true,
    };
    size_t bytes = 0;
    while (!ends[(unsigned char)text[bytes]]) {
        bytes++;
    }
    return bytes;
}

/* Takes what is at `text`; bytes of it. */
static size_t take(struct reading *reading, const char *text, bool begins_line,
                   const struct message *message)
{
    size_t plain = begins_line || reading->in_address ? 0 : plain_bytes(text);
    if (plain > 0) {
        buf_add(&reading->piece, text, plain);
        reading->last = text[plain - 1];
        return plain;
    }
    size_t name = message ? write_name(&reading->piece, text, message) : 0;
    size_t marks = message && !name ? marks_at(reading, text, begins_line) : 0;
    if (name) {
        reading->last = ']';
    } else if (!marks) {
        add_byte(reading, *text);
    }
    return name + marks > 0 ? name + marks : 1;
}

/* Markdown's marks and line breaks are left out: a snippet is read, not laid out. */
struct list snippet_pieces(struct tx *tx, const char *text, const struct message *message)
{
    struct {
        const char **items;
        size_t count, capacity;
    } pieces = {0};
    struct reading reading = {.last = ' '};
    const char *start = text;
    buf_init(&reading.piece);
    do {
        if (*text == 2 || *text == 3 || *text == '\0') {
            ARENA_PUSH(tx->arena, &pieces,
                       arena_memdup(tx->arena, reading.piece.data, reading.piece.len));
            buf_clear(&reading.piece);
            text++;
        } else {
            text += take(&reading, text, text == start || text[-1] == '\n', message);
        }
    } while (text[-1] != '\0');
    buf_finish(&reading.piece);
    return (struct list){pieces.items, pieces.count};
}

void message_snippets(struct tx *tx, const char *words, const struct messages *messages,
                      struct list *snippets_out)
{
    struct excerpts *excerpts = excerpts_create(tx->db, tx->arena, words);
    for (size_t i = 0; i < messages->count; i++) {
        const struct message *message = &messages->items[i];
        snippets_out[i] = snippet_pieces(tx, excerpt_of(excerpts, message->body), message);
    }
}
