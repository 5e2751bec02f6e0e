#include "club/file.h"

#include "base/str.h"
#include "club/access.h"
#include "club/blob.h"
#include "club/due.h"
#include "club/event.h"
#include "club/file_coming.h"
#include "club/ids.h"
#include "club/resource.h"
#include "club/secret.h"

const struct field file_fields[] = {
    FIELD_LINE(struct file, key, FILE_KEY_CHARS, FILE_KEY_CHARS, "Its address: /fichier/<key>"),
    FIELD_LINE(struct file, name, 1, LIMIT_FILE_NAME_CHARS, "Name it was brought under"),
    FIELD_LINE(struct file, type, 1, LIMIT_NAME_CHARS, "Media type"),
    FIELD_INT(struct file, bytes, 0, LIMIT_FILE_BYTES, "Its size"),
    FIELD_BOOL_OPT(struct file, has_thumbnail, "It has a small picture: /vignette/<key>"),
    FIELD_INT_OPT(struct file, width, 1, INT64_MAX, "Of an image, in pixels"),
    FIELD_INT_OPT(struct file, height, 1, INT64_MAX, "Of an image, in pixels"),
    FIELD_END,
};

struct file file_read(struct tx *tx, const struct rows *rows)
{
    return (struct file){
        .key = rows_copy(rows, 0, tx->arena),
        .name = rows_copy(rows, 1, tx->arena),
        .type = rows_copy(rows, 2, tx->arena),
        .bytes = rows_int(rows, 3),
        .has_thumbnail = rows_int(rows, 4) != 0,
        .width = rows_int(rows, 5),
        .height = rows_int(rows, 6),
    };
}

/* --- of a place ------------------------------------------------------------------------------- */

SQL(of_message, FILE_SELECT "WHERE f.message = ?1 ORDER BY f.position, f.id");
SQL(of_event, FILE_SELECT "WHERE f.event = ?1 ORDER BY f.position, f.id");
SQL(of_edition, FILE_SELECT "WHERE f.edition = ?1 ORDER BY f.position, f.id");

struct list files_of(struct tx *tx, enum file_place place, int64_t id)
{
    static const struct sql *const of_place[] = {
        [FILE_OF_MESSAGE] = &of_message,
        [FILE_OF_EVENT] = &of_event,
        [FILE_OF_EDITION] = &of_edition,
    };
    struct {
        struct file *items;
        size_t count, capacity;
    } files = {0};
    for (struct rows rows = db_select(tx->db, of_place[place], id); rows_next(&rows);) {
        struct file file = file_read(tx, &rows);
        ARENA_PUSH(tx->arena, &files, file);
    }
    return (struct list){files.items, files.count};
}

/* --- given to a place ------------------------------------------------------------------------- */

/* A file somebody names by its key. */
struct named {
    int64_t id, bytes;
    bool own, coming; /* own: the actor's, without a place yet */
    bool here, twice; /* here: of this place already; twice: given to it by this list */
};

/* ?3, ?4, ?5: the place, two of them NULL. */
SQL(by_key, "SELECT f.id, f.bytes, f.person = ?2 AND f.message IS NULL AND f.event IS NULL"
            " AND f.edition IS NULL, f.blob IS NULL, f.message = ?3 OR f.event = ?4"
            " OR f.edition = ?5, f.position >= 0 FROM file f WHERE f.key = ?1");
SQL(is_seen, "SELECT " FILE_SEEN_BY " FROM file f WHERE f.id = ?2");

struct place {
    enum file_place kind;
    int64_t id;
};

static struct db_value column(const struct place *place, enum file_place kind)
{
    return place->kind == kind ? db_value_int(place->id) : db_null();
}

static bool find_named(struct tx *tx, const struct place *place, const char *key, struct named *out)
{
    struct rows rows =
        db_select(tx->db, &by_key, key, tx->actor.person, column(place, FILE_OF_MESSAGE),
                  column(place, FILE_OF_EVENT), column(place, FILE_OF_EDITION));
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct named){
        .id = rows_int(&rows, 0),
        .bytes = rows_int(&rows, 1),
        .own = rows_int(&rows, 2) != 0,
        .coming = rows_int(&rows, 3) != 0,
        .here = rows_int(&rows, 4) != 0,
        .twice = rows_int(&rows, 4) != 0 && rows_int(&rows, 5) != 0,
    };
    rows_end(&rows);
    return out->own || out->here || db_int(tx->db, &is_seen, 0, tx->actor.person, out->id) != 0;
}

SQL(give, "UPDATE file SET message = ?2, event = ?3, edition = ?4, position = ?5 WHERE id = ?1");
SQL(copy, "INSERT INTO file (key, person, name, bytes, received, blob, message, event, edition,"
          " position, created_at) SELECT ?2, ?3, name, bytes, received, blob, ?4, ?5, ?6, ?7, ?8"
          " FROM file WHERE id = ?1");

static void copy_to(struct tx *tx, const struct place *place, int64_t file, int64_t position)
{
    db_run(tx->db, &copy, file, key_draw(tx->arena), db_id(tx->actor.person),
           column(place, FILE_OF_MESSAGE), column(place, FILE_OF_EVENT),
           column(place, FILE_OF_EDITION), position, tx->now_ms);
}

static enum err place_one(struct tx *tx, const struct place *place, const char *key,
                          const char *field, int64_t position)
{
    struct named named;
    if (!find_named(tx, place, key, &named)) {
        return tx_fail(tx, ERR_NOT_FOUND, field, NULL);
    }
    if (named.twice) {
        return tx_fail(tx, ERR_FILE_TWICE, field, NULL);
    }
    if (named.coming) {
        return tx_fail(tx, ERR_FILE_COMING, field, NULL);
    }
    if (named.own || named.here) {
        db_run(tx->db, &give, named.id, column(place, FILE_OF_MESSAGE),
               column(place, FILE_OF_EVENT), column(place, FILE_OF_EDITION), position);
        due_forget(tx->db, &file_expire_command, named.id);
        return ERR_NONE;
    }
    if (files_used(tx, tx->actor.person) + named.bytes > LIMIT_PERSON_BYTES) {
        return tx_fail(tx, ERR_FILE_QUOTA, field, FILE_QUOTA_TEXT);
    }
    copy_to(tx, place, named.id, position);
    return ERR_NONE;
}

/* Those of the place that stay are put in it anew; so what still has the position -1 goes. */
SQL(mark_message, "UPDATE file SET position = -1 WHERE message = ?1");
SQL(mark_event, "UPDATE file SET position = -1 WHERE event = ?1");
SQL(mark_edition, "UPDATE file SET position = -1 WHERE edition = ?1");
SQL(marked_message, "SELECT id FROM file WHERE message = ?1 AND position = -1");
SQL(marked_event, "SELECT id FROM file WHERE event = ?1 AND position = -1");
SQL(marked_edition, "SELECT id FROM file WHERE edition = ?1 AND position = -1");

static void mark(struct tx *tx, const struct place *place)
{
    static const struct sql *const marks[] = {
        [FILE_OF_MESSAGE] = &mark_message,
        [FILE_OF_EVENT] = &mark_event,
        [FILE_OF_EDITION] = &mark_edition,
    };
    db_run(tx->db, marks[place->kind], place->id);
}

static void drop_marked(struct tx *tx, const struct place *place)
{
    static const struct sql *const marked[] = {
        [FILE_OF_MESSAGE] = &marked_message,
        [FILE_OF_EVENT] = &marked_event,
        [FILE_OF_EDITION] = &marked_edition,
    };
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, marked[place->kind], place->id), &ids);
    for (size_t i = 0; i < ids.count; i++) {
        file_drop(tx, ids.items[i]);
    }
}

enum err files_place(struct tx *tx, enum file_place kind, int64_t id, const struct list *keys,
                     const char *field)
{
    struct place place = {kind, id};
    const char *const *items = keys->items;
    mark(tx, &place);
    for (size_t i = 0; i < keys->count; i++) {
        enum err err = place_one(tx, &place, items[i], field, (int64_t)i);
        if (err) {
            return err;
        }
    }
    drop_marked(tx, &place);
    return ERR_NONE;
}

SQL(ids_of_event, "SELECT id FROM file WHERE event = ?1 ORDER BY position, id");

void files_copy_event(struct tx *tx, int64_t from, int64_t to)
{
    struct place place = {FILE_OF_EVENT, to};
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &ids_of_event, from), &ids);
    for (size_t i = 0; i < ids.count; i++) {
        copy_to(tx, &place, ids.items[i], (int64_t)i);
    }
}

/* --- leaving ---------------------------------------------------------------------------------- */

SQL(content_of, "SELECT blob FROM file WHERE id = ?1");
SQL(delete_file, "DELETE FROM file WHERE id = ?1");

void file_drop(struct tx *tx, int64_t file)
{
    int64_t blob = db_int(tx->db, &content_of, 0, file);
    db_run(tx->db, &delete_file, file);
    due_forget(tx->db, &file_expire_command, file);
    if (blob) {
        blob_let_go(tx, blob);
    } else {
        files_ring(tx); /* what came of it is on the disk */
    }
}

void files_drop(struct tx *tx, enum file_place kind, int64_t id)
{
    struct place place = {kind, id};
    mark(tx, &place);
    drop_marked(tx, &place);
}

SQL(unplaced, "SELECT id FROM file WHERE person = ?1 AND message IS NULL AND event IS NULL"
              " AND edition IS NULL");

void files_drop_unplaced(struct tx *tx, int64_t person)
{
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &unplaced, person), &ids);
    for (size_t i = 0; i < ids.count; i++) {
        file_drop(tx, ids.items[i]);
    }
}

SQL(used, "SELECT coalesce(sum(bytes), 0) FROM (SELECT max(bytes) AS bytes FROM file"
          " WHERE person = ?1 GROUP BY coalesce(blob, -id))");

int64_t files_used(struct tx *tx, int64_t person)
{
    return db_int(tx->db, &used, 0, person);
}
