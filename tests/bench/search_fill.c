/* Fills a database for the search rows of the bench.
 *
 *   search_fill DATABASE AUTHOR MESSAGES DOCUMENTS PAGES
 *
 * Nine in thirty messages are in the channels of the Club of the Ain, the rest in all others.
 * Documents are resources of the national shelf. Words are those of words.h. The same arguments give
 * the same rows. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "club/ids.h"
#include "store/journal.h"
#include "words.h"

enum {
    MESSAGE_WORDS = 22,
    PAGE_WORDS = 250,
    BATCH = 20000,
};

static void next_batch(struct db *db)
{
    bool kept = db_commit(db) == ERR_NONE;
    db_checkpoint(db, false);
    if (!kept || db_begin_write(db) != ERR_NONE) {
        fprintf(stderr, "search_fill: the database refused a batch\n");
        exit(1);
    }
}

SQL(channels, "SELECT c.id FROM channel c JOIN club k ON k.id = c.club"
              " WHERE (k.departement IS '01') = ?1");
SQL(add_message, "INSERT INTO message (id, channel, author, body, nodes, at)"
                 " VALUES (?1, ?2, ?3, ?4, '[]', ?5)");

static void fill_messages(struct tx *tx, int64_t author, int64_t count)
{
    struct ids ours = {0}, others = {0};
    struct buf buf;
    buf_init(&buf);
    ids_read(tx, db_select(tx->db, &channels, 1), &ours);
    ids_read(tx, db_select(tx->db, &channels, 0), &others);
    for (int64_t i = 0; i < count; i++) {
        const struct ids *some = draw() % 30 < 9 ? &ours : &others;
        int64_t back = (count - i) * 10 * 365 * MS_PER_DAY / count;
        write_text(&buf, MESSAGE_WORDS);
        db_run(tx->db, &add_message, journal_next(tx->db), some->items[draw() % some->count],
               author, buf.data, tx->now_ms - back);
        if (i % BATCH == BATCH - 1) {
            next_batch(tx->db);
        }
    }
    buf_finish(&buf);
}

SQL(add_resource,
    "INSERT INTO resource (uid, club, kind, title, summary, nodes, licence, state,"
    " published_at, created_by, created_at, changed_at)"
    " SELECT 'bench-' || ?1, id, 'guide', ?2, ?3,"
    " json_array(json_object('t', 'p', 'c', json_array(?3))), 'lo_2_0', 'published', ?4, ?5,"
    " ?4, ?4 FROM club WHERE kind = 'national'");
SQL(add_theme, "INSERT INTO resource_theme (resource, theme) VALUES (?1, ?2)");
SQL(add_edition,
    "INSERT INTO resource_edition (resource, number, person, at) VALUES (?1, 1, ?2, ?3)");
SQL(add_blob, "INSERT INTO blob (hash, bytes, type, text, unit, at)"
              " VALUES (randomblob(32), 100000, 'application/pdf', 'read', 'page', ?1)");
SQL(add_file,
    "INSERT INTO file (key, person, name, bytes, received, blob, edition, created_at)"
    " VALUES (lower(hex(randomblob(13))), ?1, 'document.pdf', 100000, 100000, ?2, ?3, ?4)");
SQL(add_page, "INSERT INTO blob_page (blob, number, text) VALUES (?1, ?2, ?3)");

static void fill_document(struct tx *tx, int64_t author, int64_t number, int64_t pages,
                          struct buf *buf, struct buf *title)
{
    write_text(title, 6);
    write_text(buf, 30);
    db_run(tx->db, &add_resource, number, title->data, buf->data, tx->now_ms - number * 10000,
           author);
    int64_t resource = db_last_id(tx->db);
    db_run(tx->db, &add_theme, resource, 1 + number % 7);
    db_run(tx->db, &add_edition, resource, author, tx->now_ms);
    int64_t edition = db_last_id(tx->db);
    db_run(tx->db, &add_blob, tx->now_ms);
    int64_t blob = db_last_id(tx->db);
    db_run(tx->db, &add_file, author, blob, edition, tx->now_ms);
    for (int64_t page = 1; page <= pages; page++) {
        write_text(buf, PAGE_WORDS);
        db_run(tx->db, &add_page, blob, page, buf->data);
    }
}

static void fill_documents(struct tx *tx, int64_t author, int64_t count, int64_t pages)
{
    struct buf buf, title;
    buf_init(&buf);
    buf_init(&title);
    for (int64_t i = 0; i < count; i++) {
        fill_document(tx, author, i, pages, &buf, &title);
        if (i % (BATCH / 10) == 0) {
            next_batch(tx->db);
        }
    }
    buf_finish(&buf);
    buf_finish(&title);
}

static const char *const rebuilds[] = {
    "INSERT INTO entry (kind, ref, title, body, at)"
    " SELECT 'resource', ref, title, body, at FROM resource_entry WHERE true"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO entry_fts (entry_fts) VALUES ('rebuild')",
    "INSERT INTO page_fts (page_fts) VALUES ('rebuild')",
    "INSERT INTO message_fts (message_fts) VALUES ('rebuild')",
};

int main(int argc, char **argv)
{
    struct db *db = argc == 6 ? db_open(argv[1], DB_WRITER) : NULL;
    if (!db || db_begin_write(db) != ERR_NONE) {
        fprintf(stderr, "search_fill DATABASE AUTHOR MESSAGES DOCUMENTS PAGES\n");
        return 2;
    }
    struct arena arena;
    arena_init(&arena);
    struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_wall_ms()};
    make_vocabulary();
    fill_messages(&tx, atoll(argv[2]), atoll(argv[3]));
    fill_documents(&tx, atoll(argv[2]), atoll(argv[4]), atoll(argv[5]));
    next_batch(db);
    for (size_t i = 0; i < sizeof rebuilds / sizeof *rebuilds; i++) {
        if (db_script(db, rebuilds[i]) != ERR_NONE) {
            return 1;
        }
        next_batch(db);
    }
    bool kept = db_commit(db) == ERR_NONE;
    while (db_merge_step(db, 2000)) { /* as a server that has nothing else to do */
    }
    db_checkpoint(db, true);
    db_close(db);
    arena_finish(&arena);
    return kept ? 0 : 1;
}
