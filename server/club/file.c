#include "club/file.h"

const struct field file_fields[] = {
    FIELD_LINE(struct file, key, 26, 26, "Its address: /fichier/<key>"),
    FIELD_LINE(struct file, name, 1, LIMIT_FILE_NAME_CHARS, "Name it was brought under"),
    FIELD_LINE(struct file, type, 1, LIMIT_NAME_CHARS, "Media type"),
    FIELD_INT(struct file, bytes, 0, LIMIT_FILE_BYTES, "Its size"),
    FIELD_BOOL_OPT(struct file, has_thumbnail, "It has a small picture: /vignette/<key>"),
    FIELD_INT_OPT(struct file, width, 1, INT64_MAX, "Of an image, in pixels"),
    FIELD_INT_OPT(struct file, height, 1, INT64_MAX, "Of an image, in pixels"),
    FIELD_END,
};

SQL(of_edition, "SELECT f.key, f.name, b.type, f.bytes, b.thumbnail, b.width, b.height FROM file f"
                " JOIN blob b ON b.id = f.blob WHERE f.edition = ?1 ORDER BY f.position, f.id");

struct list files_of(struct tx *tx, enum file_place place, int64_t id)
{
    struct {
        struct file *items;
        size_t count, capacity;
    } files = {0};
    (void)place;
    for (struct rows rows = db_select(tx->db, &of_edition, id); rows_next(&rows);) {
        struct file file = {
            .key = rows_copy(&rows, 0, tx->arena),
            .name = rows_copy(&rows, 1, tx->arena),
            .type = rows_copy(&rows, 2, tx->arena),
            .bytes = rows_int(&rows, 3),
            .has_thumbnail = !rows_is_null(&rows, 4),
            .width = rows_int(&rows, 5),
            .height = rows_int(&rows, 6),
        };
        ARENA_PUSH(tx->arena, &files, file);
    }
    return (struct list){files.items, files.count};
}

SQL(place_one, "UPDATE file SET edition = ?2 WHERE key = ?1 AND blob IS NOT NULL AND person = ?3"
               " AND message IS NULL AND event IS NULL AND edition IS NULL");

enum err files_place(struct tx *tx, enum file_place place, int64_t id, const struct list *keys,
                     const char *field)
{
    const char *const *items = keys->items;
    (void)place;
    for (size_t i = 0; i < keys->count; i++) {
        db_run(tx->db, &place_one, items[i], id, tx->actor.person);
        if (!db_changed(tx->db)) {
            return tx_fail(tx, ERR_NOT_FOUND, field, NULL);
        }
    }
    return ERR_NONE;
}

SQL(drop_all, "DELETE FROM file WHERE edition = ?1");

void files_drop(struct tx *tx, enum file_place place, int64_t id)
{
    (void)place;
    db_run(tx->db, &drop_all, id);
}
