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

/* Markdown's marks and line breaks are left out: a snippet is read, not laid out. */
struct list snippet_pieces(struct tx *tx, const char *text, const struct message *message)
{
    struct {
        const char **items;
        size_t count, capacity;
    } pieces = {0};
    struct buf piece;
    buf_init(&piece);
    for (;; text++) {
        if (*text == '\0' || *text == '\x02' || *text == '\x03') {
            ARENA_PUSH(tx->arena, &pieces, arena_memdup(tx->arena, piece.data, piece.len));
            buf_clear(&piece);
            if (*text == '\0') {
                break;
            }
            continue;
        }
        size_t name = message ? write_name(&piece, text, message) : 0;
        if (name > 0) {
            text += name - 1;
        } else if (*text == '\n') {
            buf_add(&piece, " ", 1);
        } else if (!strchr("*`", *text)) {
            buf_add(&piece, text, 1);
        }
    }
    buf_finish(&piece);
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
