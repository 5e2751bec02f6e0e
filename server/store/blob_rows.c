#include "store/blob_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "store/blob_internal.h"

static struct db_value hash_value(const unsigned char *hash)
{
    return db_blob(hash, BLOB_HASH_BYTES);
}

/* No row comes only of an error: then nothing is to be removed. */
SQL(named, "SELECT EXISTS (SELECT 1 FROM blob WHERE hash = ?1)");
SQL(is_coming, "SELECT EXISTS (SELECT 1 FROM file WHERE key = ?1 AND blob IS NULL)");

/* --- beside others ---------------------------------------------------------------------------- */

/* By a snapshot of its own: what was committed until now counts. */
static bool ask(struct db *reader, const struct sql *sql, struct db_value value)
{
    bool answer = true;
    if (db_begin_read(reader) == ERR_NONE) {
        answer = db_int(reader, sql, 1, value) != 0;
    }
    db_rollback(reader);
    return answer;
}

static bool is_named(void *context, const unsigned char *hash)
{
    return ask(context, &named, hash_value(hash));
}

struct blob_names blob_named_by(struct db *reader)
{
    return (struct blob_names){is_named, reader};
}

SQL(leaving, "SELECT hash FROM blob_gone WHERE hash > ?1 ORDER BY hash LIMIT ?2");

size_t blob_leaving(struct db *reader, const unsigned char *after,
                    unsigned char hashes_out[][BLOB_HASH_BYTES], size_t max)
{
    size_t count = 0, bytes = 0;
    struct db_value from = after ? hash_value(after) : db_blob("", 0);
    if (db_begin_read(reader) == ERR_NONE) {
        for (struct rows rows = db_select(reader, &leaving, from, (int64_t)max);
             rows_next(&rows);) {
            const void *hash = rows_blob(&rows, 0, &bytes);
            if (bytes == BLOB_HASH_BYTES) {
                memcpy(hashes_out[count++], hash, BLOB_HASH_BYTES);
            }
        }
    }
    db_rollback(reader);
    return count;
}

struct sweep {
    struct db *db;
    struct blob_store *store;
};

/* What the helper draws for a file lies beside it, under its key and something after it. */
static void leave_if_dropped(void *context, const char *name, int64_t bytes)
{
    const struct sweep *sweep = context;
    char key[BLOB_PATH_BYTES] = "";
    size_t length = strcspn(name, "-.");
    (void)bytes;
    if (length < sizeof key) {
        memcpy(key, name, length);
        if (!ask(sweep->db, &is_coming, db_value_text(key))) {
            blob_discard(sweep->store, name);
        }
    }
}

static void walk_all(struct blob_store *store, const struct blob_walk *walk)
{
    if (!blob_store_walk(store, walk)) {
        log_event(LOG_FILES, LOG_W("step", "walk"));
    }
}

void blob_sweep_coming(struct db *reader, struct blob_store *store)
{
    struct sweep sweep = {reader, store};
    walk_all(store, &(struct blob_walk){.coming = leave_if_dropped, .context = &sweep});
}

/* --- alone ------------------------------------------------------------------------------------ */

static bool is_named_here(void *context, const unsigned char *hash)
{
    return db_int((struct db *)context, &named, 1, hash_value(hash)) != 0;
}

static void remove_orphan(void *context, const unsigned char *hash, int64_t bytes)
{
    const struct sweep *sweep = context;
    struct blob_names names = {is_named_here, sweep->db};
    (void)bytes;
    if (!is_named_here(sweep->db, hash)) {
        blob_remove(sweep->store, hash, &names); /* while a backup is made it waits */
    }
}

static void remove_leftover(void *context, const char *name, int64_t bytes)
{
    const struct sweep *sweep = context;
    (void)bytes;
    if (!db_int(sweep->db, &is_coming, 1, name)) {
        blob_discard(sweep->store, name);
    }
}

SQL(begun, "SELECT id, key, received FROM file WHERE blob IS NULL AND received > 0 AND id > ?1"
           " ORDER BY id LIMIT 1");
SQL(begin_anew, "UPDATE file SET received = 0 WHERE id = ?1");

static void mend_received(struct db *db, struct blob_store *store)
{
    char key[BLOB_PATH_BYTES];
    int64_t id = 0, received = 0;
    for (;;) {
        struct rows rows = db_select(db, &begun, id);
        if (!rows_next(&rows)) {
            return;
        }
        id = rows_int(&rows, 0);
        received = rows_int(&rows, 2);
        snprintf(key, sizeof key, "%s", rows_text(&rows, 1));
        rows_end(&rows);
        if (blob_coming_bytes(store, key) < received) {
            db_run(db, &begin_anew, id);
        }
    }
}

SQL(gone_after, "SELECT hash FROM blob_gone WHERE hash > ?1 ORDER BY hash LIMIT 1");
SQL(forget, "DELETE FROM blob_gone WHERE hash = ?1");

static void forget_gone(struct db *db, struct blob_store *store)
{
    unsigned char hash[BLOB_HASH_BYTES];
    size_t bytes = 0, known = 0;
    for (;;) {
        struct rows rows = db_select(db, &gone_after, db_blob(hash, known));
        if (!rows_next(&rows)) {
            return;
        }
        memcpy(hash, rows_blob(&rows, 0, &bytes), sizeof hash);
        known = sizeof hash;
        rows_end(&rows);
        if (!blob_is_there(store, hash)) {
            db_run(db, &forget, hash_value(hash));
        }
    }
}

enum err blob_sweep(struct db *db, struct blob_store *store)
{
    struct sweep sweep = {db, store};
    enum err err = db_begin_write(db);
    if (err) {
        db_rollback(db);
        return err;
    }
    walk_all(store, &(struct blob_walk){
                        .content = remove_orphan, .coming = remove_leftover, .context = &sweep});
    mend_received(db, store);
    forget_gone(db, store);
    return db_commit(db);
}
