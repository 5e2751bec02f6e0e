/* file.received, finish, expire: what the program itself says of a file that comes. */
#include "club/file_coming.h"

#include "club/blob.h"
#include "club/file.h"
#include "club/file_answer.h"

/* --- file.received ---------------------------------------------------------------------------- */

struct file_received {
    int64_t file, received;
};
static const struct field received_in[] = {
    FIELD_ID(struct file_received, file, "File"),
    FIELD_INT(struct file_received, received, 0, LIMIT_FILE_BYTES, "Bytes of it that are synced"),
    FIELD_END,
};

SQL(receive, "UPDATE file SET received = ?2 WHERE id = ?1 AND blob IS NULL AND bytes >= ?2");

static enum err received_run(struct tx *tx, const void *in_, void *out)
{
    const struct file_received *in = in_;
    (void)out;
    db_run(tx->db, &receive, in->file, in->received);
    return db_changed(tx->db) ? ERR_NONE : tx_fail(tx, ERR_NOT_FOUND, "file", NULL);
}

const struct command file_received_command = {
    .name = "file.received",
    .doc = "So much of a file is on the disk and synced: what a cut cannot take back.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = received_in,
    .in_bytes = sizeof(struct file_received),
    .out = no_fields,
    .run = received_run,
};

/* --- file.finish ------------------------------------------------------------------------------ */

struct file_finish {
    int64_t file;
    const struct content *blob, *thumbnail;
};
static const struct field finish_in[] = {
    FIELD_ID(struct file_finish, file, "File"),
    FIELD_OBJECT(struct file_finish, blob, content, content_fields, "Its content, in its place"),
    FIELD_OBJECT_OPT(struct file_finish, thumbnail, content, content_fields,
                     "Its small picture, in its place"),
    FIELD_END,
};
static const struct field finish_out[] = {
    FIELD_BOOL(struct file_finished, kept,
               "false: it was dropped meanwhile; the contents will leave the disk"),
    FIELD_END,
};

SQL(is_coming, "SELECT 1 FROM file WHERE id = ?1 AND blob IS NULL");
SQL(finish, "UPDATE file SET blob = ?2, bytes = ?3, received = ?3 WHERE id = ?1");

static enum err finish_run(struct tx *tx, const void *in_, void *out_)
{
    const struct file_finish *in = in_;
    struct file_finished *out = out_;
    if (!db_int(tx->db, &is_coming, 0, in->file)) {
        blob_leave(tx, in->blob);
        if (in->thumbnail) {
            blob_leave(tx, in->thumbnail);
        }
        return ERR_NONE;
    }
    int64_t thumbnail = in->thumbnail ? blob_put(tx, in->thumbnail, 0) : 0;
    int64_t blob = blob_put(tx, in->blob, thumbnail);
    if (!blob) {
        return tx_fail(tx, ERR_VALUE, "blob", "hash");
    }
    db_run(tx->db, &finish, in->file, blob, in->blob->bytes);
    if (thumbnail) {
        blob_let_go(tx, thumbnail); /* of a content that had its own already */
    }
    due_set(tx, &file_expire_command, in->file, tx->now_ms + LIMIT_FILE_HOURS * MS_PER_HOUR);
    files_ring(tx);
    out->kept = true;
    return ERR_NONE;
}

const struct command file_finish_command = {
    .name = "file.finish",
    .doc = "A file is there whole, its contents synced under their hashes.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = finish_in,
    .in_bytes = sizeof(struct file_finish),
    .out = finish_out,
    .out_bytes = sizeof(struct file_finished),
    .run = finish_run,
};

/* --- file.expire ------------------------------------------------------------------------------ */

struct file_expire {
    int64_t file;
};
static const struct field expire_in[] = {
    FIELD_ID(struct file_expire, file, "File"),
    FIELD_END,
};

SQL(is_unplaced, "SELECT 1 FROM file WHERE id = ?1 AND message IS NULL AND event IS NULL"
                 " AND edition IS NULL");

static enum err expire_run(struct tx *tx, const void *in_, void *out)
{
    const struct file_expire *in = in_;
    (void)out;
    if (db_int(tx->db, &is_unplaced, 0, in->file)) {
        file_drop(tx, in->file);
    }
    return ERR_NONE;
}

const struct command file_expire_command = {
    .name = "file.expire",
    .doc = "A file nobody gave to a place for 24 hours is forgotten.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = expire_in,
    .in_bytes = sizeof(struct file_expire),
    .out = no_fields,
    .run = expire_run,
};
