#include "club/blob.h"

#include "base/media.h"
#include "base/str.h"
#include "club/entry.h"
#include "store/blob.h"

const struct field content_fields[] = {
    FIELD_LINE(struct content, hash, BLOB_HEX_BYTES - 1, BLOB_HEX_BYTES - 1, "SHA-256, in hex"),
    FIELD_INT(struct content, bytes, 0, INT64_MAX, "How long it is"),
    FIELD_LINE(struct content, type, 1, LIMIT_NAME_CHARS, "Media type"),
    FIELD_INT_OPT(struct content, width, 1, INT64_MAX, "Of an image, in pixels"),
    FIELD_INT_OPT(struct content, height, 1, INT64_MAX, "Of an image, in pixels"),
    FIELD_END,
};

#define UNKNOWN_TYPE "application/octet-stream"

static struct db_value hash_value(const unsigned char hash[BLOB_HASH_BYTES])
{
    return db_blob(hash, BLOB_HASH_BYTES);
}

static const char *text_state(const char *type)
{
    return media_find(type)->read == MEDIA_READ_NONE ? "none" : "waiting";
}

SQL(by_hash, "SELECT id FROM blob WHERE hash = ?1");
SQL(insert, "INSERT INTO blob (hash, bytes, type, thumbnail, width, height, text, at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
SQL(name_type, "UPDATE blob SET type = ?2, thumbnail = ?3, width = ?4, height = ?5, text = ?6"
               " WHERE id = ?1 AND type = '" UNKNOWN_TYPE "'");
SQL(stays, "DELETE FROM blob_gone WHERE hash = ?1");

int64_t blob_put(struct tx *tx, const struct content *content, int64_t thumbnail)
{
    unsigned char hash[BLOB_HASH_BYTES];
    if (!hex_decode(content->hash, hash, sizeof hash)) {
        return 0;
    }
    const char *text = text_state(content->type);
    int64_t blob = db_int(tx->db, &by_hash, 0, hash_value(hash));
    db_run(tx->db, &stays, hash_value(hash));
    if (blob) {
        /* Known by no name that fits it, it now has one. */
        db_run(tx->db, &name_type, blob, content->type, db_id(thumbnail), db_id(content->width),
               db_id(content->height), text);
        return blob;
    }
    db_run(tx->db, &insert, hash_value(hash), content->bytes, content->type, db_id(thumbnail),
           db_id(content->width), db_id(content->height), text, tx->now_ms);
    return db_last_id(tx->db);
}

SQL(is_named, "SELECT EXISTS (SELECT 1 FROM file WHERE blob = ?1)"
              " OR EXISTS (SELECT 1 FROM blob WHERE thumbnail = ?1 AND id <> ?1)");
SQL(thumbnail_of, "SELECT thumbnail FROM blob WHERE id = ?1 AND thumbnail <> id");
SQL(remember_gone, "INSERT OR IGNORE INTO blob_gone (hash, at) SELECT hash, ?2 FROM blob"
                   " WHERE id = ?1");
SQL(delete_blob, "DELETE FROM blob WHERE id = ?1");

static void let_one_go(struct tx *tx, int64_t blob)
{
    db_run(tx->db, &remember_gone, blob, tx->now_ms);
    entry_drop_pages(tx, blob);
    db_run(tx->db, &delete_blob, blob);
    files_ring(tx);
}

void blob_let_go(struct tx *tx, int64_t blob)
{
    if (db_int(tx->db, &is_named, 1, blob)) {
        return;
    }
    int64_t thumbnail = db_int(tx->db, &thumbnail_of, 0, blob);
    let_one_go(tx, blob);
    if (thumbnail && !db_int(tx->db, &is_named, 1, thumbnail)) {
        let_one_go(tx, thumbnail);
    }
}

SQL(leave, "INSERT OR IGNORE INTO blob_gone (hash, at) SELECT ?1, ?2"
           " WHERE NOT EXISTS (SELECT 1 FROM blob WHERE hash = ?1)");

void blob_leave(struct tx *tx, const struct content *content)
{
    unsigned char hash[BLOB_HASH_BYTES];
    if (hex_decode(content->hash, hash, sizeof hash)) {
        db_run(tx->db, &leave, hash_value(hash), tx->now_ms);
        files_ring(tx);
    }
}

/* --- blob.forget ------------------------------------------------------------------------------ */

struct blob_forget {
    const char *hash;
};
static const struct field forget_in[] = {
    FIELD_LINE(struct blob_forget, hash, BLOB_HEX_BYTES - 1, BLOB_HEX_BYTES - 1,
               "SHA-256, in hex, of what is on the disk no more"),
    FIELD_END,
};

static enum err forget_run(struct tx *tx, const void *in_, void *out)
{
    const struct blob_forget *in = in_;
    unsigned char hash[BLOB_HASH_BYTES];
    (void)out;
    if (!hex_decode(in->hash, hash, sizeof hash)) {
        return tx_fail(tx, ERR_VALUE, "hash", "hex");
    }
    db_run(tx->db, &stays, hash_value(hash));
    return ERR_NONE;
}

const struct command blob_forget_command = {
    .name = "blob.forget",
    .doc = "The bytes of this content have left the disk.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = forget_in,
    .in_bytes = sizeof(struct blob_forget),
    .out = no_fields,
    .run = forget_run,
};
