#include "club/snippet.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"

/* One pass for all hits, as they were found, from the newest message down: FTS5 comes to a single
 * message page by page of the index (1 ms), and where the beginning of a word is looked for it
 * gathers all its messages each time. */
SQL(snippets_of, "SELECT rowid, snippet(message_fts, 0, char(2), char(3), '…', 30) FROM message_fts"
                 " WHERE message_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
                 " AND +rowid IN (SELECT value FROM json_each(?4)) ORDER BY rowid DESC");

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

/* What may be of Markdown, and the end. Asked of every byte, so not by strchr(). */
static bool is_mark(char byte)
{
    return byte == '@' || byte == '[' || byte == ']' || byte == '*' || byte == '`' || byte == '\0';
}

/* Takes what is at `text`; bytes of it. */
static size_t take(struct reading *reading, const char *text, bool begins_line,
                   const struct message *message)
{
    bool plain = !begins_line && !reading->in_address && !is_mark(*text);
    if (plain || !message) {
        add_byte(reading, *text);
        return 1;
    }
    size_t name = write_name(&reading->piece, text, message);
    size_t marks = !name ? marks_at(reading, text, begins_line) : 0;
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

void message_snippets(struct tx *tx, const char *match, const struct messages *messages,
                      struct list *snippets_out)
{
    struct ids ids = {0};
    int64_t first = INT64_MAX, last = 0;
    for (size_t i = 0; i < messages->count; i++) {
        int64_t id = messages->items[i].id;
        first = id < first ? id : first;
        last = id > last ? id : last;
        ARENA_PUSH(tx->arena, &ids, id);
    }
    struct rows rows = db_select(tx->db, &snippets_of, match, first, last, ids_json(tx, &ids));
    while (rows_next(&rows)) {
        for (size_t i = 0; i < messages->count; i++) {
            if (messages->items[i].id == rows_int(&rows, 0)) {
                snippets_out[i] = snippet_pieces(tx, rows_text(&rows, 1), &messages->items[i]);
            }
        }
    }
}
