/* Fills a database for the rows of deep.mjs.
 *
 *   deep_fill DATABASE MESSAGES PEOPLE READER RARE
 *
 * PEOPLE members over all départements' Clubs; MESSAGES, each with its row in the journal, written
 * by them in the open channels of their Clubs over the last 29 days, three in ten in the Ain's, one
 * in twenty an answer below an earlier one. READER, a person who belongs to the Ain's Club, has read
 * half of each channel. RARE, a channel whose Club is otherwise left alone, gets 1,990 of the
 * messages, evenly.
 * Prints {"text_bytes": of the bodies, "index_bytes": of their index}. The same arguments give the
 * same rows. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "club/audience.h"
#include "club/ids.h"
#include "store/journal.h"
#include "words.h"

enum { MESSAGE_WORDS = 22, RARE_MESSAGES = 1990, BATCH = 20000, LAST_DAYS = 29 };

static void die(const char *what)
{
    fprintf(stderr, "deep_fill: %s\n", what);
    exit(1);
}

static void next_batch(struct db *db)
{
    bool kept = db_commit(db) == ERR_NONE;
    db_checkpoint(db, false);
    if (!kept || db_begin_write(db) != ERR_NONE) {
        die("the database refused a batch");
    }
}

/* --- people -------------------------------------------------------------------------------------
 */

SQL(clubs, "SELECT id FROM club WHERE kind <> 'national'"
           " AND id <> (SELECT club FROM channel WHERE id = ?1) ORDER BY departement <> '01', id");
SQL(add_person, "INSERT INTO person (email, name, folded, created_at)"
                " VALUES ('m' || ?1 || '@exemple.fr', 'Membre ' || ?1, 'membre ' || ?1, ?2)");
SQL(add_member, "INSERT INTO membership (person, club, role, label, since)"
                " VALUES (?1, ?2, 'partenaire', 'Partenaire', ?3)");
SQL(open_channels, "SELECT id FROM channel WHERE club = ?1 AND kind = 'open'");

/* A Club's channels and people. */
struct house {
    struct ids channels, people;
};
struct country {
    struct house *items;
    size_t count, capacity;
};

static void find_houses(struct tx *tx, struct country *country, int64_t rare)
{
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &clubs, rare), &ids);
    for (size_t i = 0; i < ids.count; i++) {
        struct house house = {0};
        ids_read(tx, db_select(tx->db, &open_channels, ids.items[i]), &house.channels);
        ARENA_PUSH(tx->arena, country, house);
    }
}

static void fill_people(struct tx *tx, struct country *country, int64_t count, int64_t rare)
{
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &clubs, rare), &ids);
    for (int64_t i = 0; i < count; i++) {
        size_t at = (size_t)i % country->count;
        db_run(tx->db, &add_person, i, tx->now_ms);
        int64_t person = db_last_id(tx->db);
        db_run(tx->db, &add_member, person, ids.items[at], tx->now_ms);
        ARENA_PUSH(tx->arena, &country->items[at].people, person);
    }
}

/* --- messages -----------------------------------------------------------------------------------
 */

SQL(add_message, "INSERT INTO message (id, channel, thread, author, membership, body, nodes, at)"
                 " VALUES (?1, ?2, ?3, ?4, (SELECT id FROM membership WHERE person = ?4 LIMIT 1),"
                 " ?5, json_array(json_object('t', 'p', 'c', json_array(?5))), ?6)");
SQL(last_root, "SELECT max(id) FROM message WHERE channel = ?1 AND thread IS NULL");

static void fill_message(struct tx *tx, const struct country *country, int64_t rare, int64_t at_ms,
                         struct buf *buf)
{
    const struct house *house = &country->items[draw() % 10 < 3 ? 0 : draw() % country->count];
    int64_t channel = rare ? rare : house->channels.items[draw() % house->channels.count];
    int64_t author = house->people.items[draw() % house->people.count];
    int64_t thread = draw() % 20 || rare ? 0 : db_int(tx->db, &last_root, 0, channel);
    int64_t id = journal_next(tx->db);
    write_text(buf, MESSAGE_WORDS);
    db_run(tx->db, &add_message, id, channel, db_id(thread), author, buf->data, at_ms);
    journal_append(tx->db, &(struct journal_row){.seq = id,
                                                 .at_ms = at_ms,
                                                 .fact = "message.posted",
                                                 .audience = audience_channel(channel),
                                                 .entity = id,
                                                 .actor = author});
}

static void fill_messages(struct tx *tx, const struct country *country, int64_t count, int64_t rare)
{
    struct buf buf;
    buf_init(&buf);
    int64_t apart = count / RARE_MESSAGES + 1;
    for (int64_t i = 0; i < count; i++) {
        int64_t back = (count - i) * LAST_DAYS * MS_PER_DAY / count;
        fill_message(tx, country, i % apart == 0 ? rare : 0, tx->now_ms - back, &buf);
        if (i % BATCH == BATCH - 1) {
            next_batch(tx->db);
        }
    }
    buf_finish(&buf);
}

SQL(read_half, "INSERT INTO reading (person, channel, position) SELECT ?1, id,"
               " (SELECT max(id) / 2 FROM message) FROM channel WHERE kind = 'open'"
               " ON CONFLICT DO UPDATE SET position = excluded.position");
SQL(text_bytes, "SELECT sum(length(CAST(body AS BLOB))) FROM message");
SQL(index_bytes, "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'message_fts%'");

int main(int argc, char **argv)
{
    struct db *db = argc == 6 ? db_open(argv[1], DB_WRITER) : NULL;
    if (!db || db_begin_write(db) != ERR_NONE) {
        die("DATABASE MESSAGES PEOPLE READER RARE");
    }
    struct arena arena;
    arena_init(&arena);
    struct country country = {0};
    struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_wall_ms()};
    make_vocabulary();
    find_houses(&tx, &country, atoll(argv[5]));
    fill_people(&tx, &country, atoll(argv[3]), atoll(argv[5]));
    fill_messages(&tx, &country, atoll(argv[2]), atoll(argv[5]));
    db_run(db, &read_half, atoll(argv[4]));
    next_batch(db);
    db_script(db, "INSERT INTO message_fts (message_fts) VALUES ('rebuild')");
    bool kept = db_commit(db) == ERR_NONE;
    while (db_merge_step(db, 2000)) { /* as a server that has nothing else to do */
    }
    db_checkpoint(db, true);
    printf("{\"text_bytes\":%lld,\"index_bytes\":%lld}\n", (long long)db_int(db, &text_bytes, 0),
           (long long)db_int(db, &index_bytes, 0));
    kept = kept && db_error(db) == ERR_NONE;
    db_close(db);
    arena_finish(&arena);
    return kept ? 0 : 1;
}
