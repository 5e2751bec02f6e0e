/* beffroi check, as far as contents go: each is read and compared with its row. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "store/blob_internal.h"
#include "store/blob_rows.h"

struct check {
    struct db *db;
    struct blob_store *store;
    const struct blob_report *report;
    int64_t orphans, orphan_bytes;
};

struct row {
    int64_t id, bytes;
    unsigned char hash[BLOB_HASH_BYTES];
};

SQL(next_row, "SELECT id, bytes, hash FROM blob WHERE id > ?1 ORDER BY id LIMIT 1");

/* A snapshot for each: reading them all takes as long as the disk does. */
static bool read_next(struct db *db, int64_t after, struct row *out)
{
    size_t bytes = 0;
    bool found = false;
    if (db_begin_read(db) == ERR_NONE) {
        struct rows rows = db_select(db, &next_row, after);
        found = rows_next(&rows);
        if (found) {
            out->id = rows_int(&rows, 0);
            out->bytes = rows_int(&rows, 1);
            const void *hash = rows_blob(&rows, 2, &bytes);
            memset(out->hash, 0, sizeof out->hash);
            memcpy(out->hash, hash, bytes < sizeof out->hash ? bytes : sizeof out->hash);
            rows_end(&rows);
        }
    }
    db_rollback(db);
    return found;
}

static const char *wrong_with(struct blob_store *store, const struct row *row)
{
    unsigned char hash[BLOB_HASH_BYTES];
    int64_t bytes = 0;
    int fd = blob_open(store, row->hash);
    const char *wrong = NULL;
    if (fd < 0) {
        return "is missing";
    }
    if (!blob_hash_fd(fd, hash, &bytes)) {
        wrong = "cannot be read";
    } else if (bytes != row->bytes) {
        wrong = "has another length";
    } else if (memcmp(hash, row->hash, sizeof hash) != 0) {
        wrong = "has changed";
    }
    blob_close(fd);
    return wrong;
}

static bool is_named(struct check *check, const unsigned char *hash)
{
    struct blob_names names = blob_named_by(check->db);
    return names.is_named(names.context, hash);
}

static void check_row(struct check *check, const struct row *row)
{
    char path[BLOB_PATH_BYTES];
    char finding[BLOB_PATH_BYTES + 100];
    const char *wrong = wrong_with(check->store, row);
    if (wrong && is_named(check, row->hash)) {
        blob_path(row->hash, path);
        snprintf(finding, sizeof finding, "content %lld, files/%s, %s", (long long)row->id, path,
                 wrong);
        check->report->damage(check->report->context, finding);
    }
}

static void see_content(void *context, const unsigned char *hash, int64_t bytes)
{
    struct check *check = context;
    if (!is_named(check, hash) && blob_is_there(check->store, hash)) {
        check->orphans++;
        check->orphan_bytes += bytes;
    }
}

static void see_coming(void *context, const char *key, int64_t bytes)
{
    (void)context, (void)key, (void)bytes;
}

static void see_stray(void *context, const char *path)
{
    struct check *check = context;
    char finding[BLOB_PATH_BYTES + 100];
    snprintf(finding, sizeof finding, "files/%s is none of ours", path);
    check->report->note(check->report->context, finding);
}

static void check_disk(struct check *check)
{
    struct blob_walk walk = {see_content, see_coming, see_stray, check};
    char finding[128];
    if (!blob_store_walk(check->store, &walk)) {
        check->report->damage(check->report->context, "the folder files cannot be read");
    }
    if (check->orphans) {
        snprintf(finding, sizeof finding, "%lld contents (%lld bytes) that no row names",
                 (long long)check->orphans, (long long)check->orphan_bytes);
        check->report->note(check->report->context, finding);
    }
}

SQL(next_begun, "SELECT id, received, key FROM file WHERE blob IS NULL AND received > 0"
                " AND id > ?1 ORDER BY id LIMIT 1");

/* Less than was said to be safe. */
static bool check_next_begun(struct check *check, int64_t *id)
{
    char key[BLOB_PATH_BYTES] = "";
    char finding[BLOB_PATH_BYTES + 100];
    int64_t received = 0;
    bool found = false;
    if (db_begin_read(check->db) == ERR_NONE) {
        struct rows rows = db_select(check->db, &next_begun, *id);
        found = rows_next(&rows);
        if (found) {
            *id = rows_int(&rows, 0);
            received = rows_int(&rows, 1);
            snprintf(key, sizeof key, "%s", rows_text(&rows, 2));
            rows_end(&rows);
        }
    }
    db_rollback(check->db);
    if (found && blob_coming_bytes(check->store, key) < received) {
        snprintf(finding, sizeof finding, "file %lld is coming, and less of it is there than said",
                 (long long)*id);
        check->report->note(check->report->context, finding);
    }
    return found;
}

void blob_check(struct db *reader, struct blob_store *store, const struct blob_report *report)
{
    struct check check = {.db = reader, .store = store, .report = report};
    struct row row = {0};
    int64_t begun = 0;
    while (read_next(reader, row.id, &row)) {
        check_row(&check, &row);
    }
    while (check_next_begun(&check, &begun)) {
    }
    check_disk(&check);
}
