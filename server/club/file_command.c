/* file.create, get, drop, limits: what a person does with what they bring; file.open, by which it
 * is given out. */
#include "base/str.h"
#include "club/access.h"
#include "club/event.h"
#include "club/file.h"
#include "club/file_answer.h"
#include "club/file_coming.h"
#include "club/resource.h"
#include "club/secret.h"
#include "store/blob.h"

/* --- file.create ------------------------------------------------------------------------------ */

struct file_create {
    const char *name;
    int64_t bytes;
};
static const struct field create_in[] = {
    FIELD_TEXT(struct file_create, name, 1, LIMIT_LINK_CHARS,
               "What it is called; folders and hidden characters are taken off"),
    FIELD_INT(struct file_create, bytes, 0, INT64_MAX, "How long it will be"),
    FIELD_END,
};
static const struct field create_out[] = {
    FIELD_ID(struct file_created, id, "File"),
    FIELD_LINE(struct file_created, key, FILE_KEY_CHARS, FILE_KEY_CHARS,
               "Its address: bytes go to /fichiers/<key>"),
    FIELD_END,
};

SQL(count_coming, "SELECT count(*) FROM file WHERE person = ?1 AND blob IS NULL");
SQL(insert, "INSERT INTO file (key, person, name, bytes, created_at) VALUES (?1, ?2, ?3, ?4, ?5)");

static enum err check_room(struct tx *tx, int64_t bytes)
{
    int64_t person = tx->actor.person;
    if (bytes == 0) {
        return tx_fail(tx, ERR_FILE_EMPTY, "bytes", NULL);
    }
    if (bytes > LIMIT_FILE_BYTES) {
        return tx_fail(tx, ERR_FILE_SIZE, "bytes", FILE_SIZE_TEXT);
    }
    if (db_int(tx->db, &count_coming, 0, person) >= LIMIT_FILES_COMING) {
        return tx_fail(tx, ERR_FILES_COMING, NULL,
                       arena_printf(tx->arena, "%d", LIMIT_FILES_COMING));
    }
    return files_used(tx, person) + bytes > LIMIT_PERSON_BYTES
               ? tx_fail(tx, ERR_FILE_QUOTA, "bytes", FILE_QUOTA_TEXT)
               : ERR_NONE;
}

static enum err create_run(struct tx *tx, const void *in_, void *out_)
{
    const struct file_create *in = in_;
    struct file_created *out = out_;
    enum err err = check_room(tx, in->bytes);
    if (err) {
        return err;
    }
    out->key = key_draw(tx->arena);
    db_run(tx->db, &insert, out->key, tx->actor.person, file_name_safe(tx->arena, in->name),
           in->bytes, tx->now_ms);
    out->id = db_last_id(tx->db);
    due_set(tx, &file_expire_command, out->id, tx->now_ms + LIMIT_FILE_HOURS * MS_PER_HOUR);
    return ERR_NONE;
}

const struct command file_create_command = {
    .name = "file.create",
    .doc = "Announce a file, whose bytes are then sent to /fichiers/<key> (tus 1.0). It is its "
           "bringer's alone until a message, an event or a resource takes it, and forgotten after "
           "24 hours.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = create_in,
    .in_bytes = sizeof(struct file_create),
    .out = create_out,
    .out_bytes = sizeof(struct file_created),
    .run = create_run,
};

/* --- file.get --------------------------------------------------------------------------------- */

struct file_key {
    const char *key;
};
static const struct field key_in[] = {
    FIELD_LINE(struct file_key, key, FILE_KEY_CHARS, FILE_KEY_CHARS, "Its address"),
    FIELD_END,
};
static const struct field get_out[] = {
    FIELD_OBJECT(struct file_got, file, file, file_fields, "The file"),
    FIELD_INT(struct file_got, received, 0, LIMIT_FILE_BYTES, "Bytes of it that are safe"),
    FIELD_BOOL(struct file_got, whole, "All of it is there"),
    FIELD_ID_OPT(struct file_got, id, "File; to its bringer, while it is coming"),
    FIELD_END,
};

SQL(get, FILE_SELECT "WHERE f.key = ?2 AND " FILE_SEEN_BY);
SQL(got, "SELECT received, blob IS NOT NULL, person = ?2, id FROM file WHERE key = ?1");

static enum err get_run(struct tx *tx, const void *in_, void *out_)
{
    const struct file_key *in = in_;
    struct file_got *out = out_;
    struct file *file = ARENA_NEW(tx->arena, struct file);
    struct rows rows = db_select(tx->db, &get, tx->actor.person, in->key);
    if (!rows_next(&rows)) {
        return tx_fail(tx, ERR_NOT_FOUND, "key", NULL);
    }
    *file = file_read(tx, &rows);
    rows_end(&rows);
    out->file = file;
    rows = db_select(tx->db, &got, in->key, tx->actor.person);
    if (rows_next(&rows)) {
        out->whole = rows_int(&rows, 1) != 0;
        out->received = out->whole ? file->bytes : rows_int(&rows, 0);
        out->id = rows_int(&rows, 2) && !out->whole ? rows_int(&rows, 3) : 0;
        rows_end(&rows);
    }
    return ERR_NONE;
}

const struct command file_get_command = {
    .name = "file.get",
    .doc = "A file, to whoever sees its place; to its bringer, how much of it has come.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = key_in,
    .in_bytes = sizeof(struct file_key),
    .out = get_out,
    .out_bytes = sizeof(struct file_got),
    .run = get_run,
};

/* --- file.drop -------------------------------------------------------------------------------- */

SQL(own_unplaced, "SELECT id FROM file WHERE key = ?1 AND person = ?2 AND message IS NULL"
                  " AND event IS NULL AND edition IS NULL");

static enum err drop_run(struct tx *tx, const void *in_, void *out)
{
    const struct file_key *in = in_;
    int64_t file = db_int(tx->db, &own_unplaced, 0, in->key, tx->actor.person);
    (void)out;
    if (!file) {
        return tx_fail(tx, ERR_NOT_FOUND, "key", NULL);
    }
    file_drop(tx, file);
    return ERR_NONE;
}

const struct command file_drop_command = {
    .name = "file.drop",
    .doc = "Forget a file one brought and gave to no place, come whole or not.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = key_in,
    .in_bytes = sizeof(struct file_key),
    .out = no_fields,
    .run = drop_run,
};

/* --- file.limits ------------------------------------------------------------------------------ */

struct file_limits {
    int64_t file_bytes, image_bytes, quota_bytes, used_bytes, files_coming, message_files;
};
static const struct field limits_out[] = {
    FIELD_INT(struct file_limits, file_bytes, 1, INT64_MAX, "Of one file"),
    FIELD_INT(struct file_limits, image_bytes, 1, INT64_MAX, "Of one image"),
    FIELD_INT(struct file_limits, quota_bytes, 1, INT64_MAX, "Of all files one brings"),
    FIELD_INT(struct file_limits, used_bytes, 0, INT64_MAX, "Of those one brought"),
    FIELD_INT(struct file_limits, files_coming, 1, INT64_MAX, "Files on their way at once"),
    FIELD_INT(struct file_limits, message_files, 1, INT64_MAX, "Files of a message"),
    FIELD_END,
};

static enum err limits_run(struct tx *tx, const void *in, void *out_)
{
    struct file_limits *out = out_;
    (void)in;
    *out = (struct file_limits){
        .file_bytes = LIMIT_FILE_BYTES,
        .image_bytes = LIMIT_IMAGE_BYTES,
        .quota_bytes = LIMIT_PERSON_BYTES,
        .used_bytes = files_used(tx, tx->actor.person),
        .files_coming = LIMIT_FILES_COMING,
        .message_files = LIMIT_MESSAGE_FILES,
    };
    return ERR_NONE;
}

const struct command file_limits_command = {
    .name = "file.limits",
    .doc = "How much one may bring, and has brought.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = limits_out,
    .out_bytes = sizeof(struct file_limits),
    .run = limits_run,
};

/* --- file.open -------------------------------------------------------------------------------- */

struct file_open {
    const char *key;
    bool thumbnail;
};
static const struct field open_in[] = {
    FIELD_LINE(struct file_open, key, FILE_KEY_CHARS, FILE_KEY_CHARS, "Its address"),
    FIELD_BOOL_OPT(struct file_open, thumbnail, "Its small picture instead"),
    FIELD_END,
};
static const struct field open_out[] = {
    FIELD_LINE(struct file_opened, hash, BLOB_HEX_BYTES - 1, BLOB_HEX_BYTES - 1,
               "SHA-256 of its content, in hex"),
    FIELD_LINE(struct file_opened, type, 1, LIMIT_NAME_CHARS, "Media type"),
    FIELD_LINE(struct file_opened, name, 1, LIMIT_FILE_NAME_CHARS, "Name to save it under"),
    FIELD_INT(struct file_opened, bytes, 0, INT64_MAX, "How long it is"),
    FIELD_BOOL(struct file_opened, is_public, "The same for everybody, without a session"),
    FIELD_END,
};

SQL(open_file, "SELECT lower(hex(b.hash)), b.type, f.name, b.bytes, " FILE_PUBLIC " FROM file f"
               " JOIN blob o ON o.id = f.blob"
               " JOIN blob b ON b.id = CASE WHEN NOT ?3 THEN o.id"
               " WHEN o.width IS NOT NULL THEN coalesce(o.thumbnail, o.id) END"
               " WHERE f.key = ?2 AND " FILE_SEEN_BY);

static enum err open_run(struct tx *tx, const void *in_, void *out_)
{
    const struct file_open *in = in_;
    struct file_opened *out = out_;
    struct rows rows = db_select(tx->db, &open_file, tx->actor.person, in->key, in->thumbnail);
    if (!rows_next(&rows)) {
        return tx_fail(tx, ERR_NOT_FOUND, "key", NULL);
    }
    *out = (struct file_opened){
        .hash = rows_copy(&rows, 0, tx->arena),
        .type = rows_copy(&rows, 1, tx->arena),
        .name = rows_copy(&rows, 2, tx->arena),
        .bytes = rows_int(&rows, 3),
        .is_public = rows_int(&rows, 4) != 0,
    };
    rows_end(&rows);
    return ERR_NONE;
}

const struct command file_open_command = {
    .name = "file.open",
    .doc = "What GET /fichier/<key> and /vignette/<key> give, to whoever sees the file.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = open_in,
    .in_bytes = sizeof(struct file_open),
    .out = open_out,
    .out_bytes = sizeof(struct file_opened),
    .http_only = true,
    .run = open_run,
};
