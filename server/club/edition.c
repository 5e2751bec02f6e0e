/* edition.add and edition.use: a resource has a new version, or another is in force. */
#include "club/edition.h"

#include "club/meeting_link.h"
#include "club/resource_life.h"
#include "club/rows.h"

enum err edition_check_link(struct tx *tx, const char *field, const char *link)
{
    const char *platform;
    return link ? meeting_link_check(link, field, &platform, tx->problem) : ERR_NONE;
}

/* --- rows ------------------------------------------------------------------------------------- */

SQL(last_number, "SELECT max(number) FROM resource_edition WHERE resource = ?1");
SQL(insert, "INSERT INTO resource_edition (resource, number, note, link, person, at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
SQL(put_in_force, "UPDATE resource SET edition = ?2, changed_at = max(?3, changed_at + 1)"
                  " WHERE id = ?1");

static enum err check(struct tx *tx, const struct edition_new *edition, int64_t last)
{
    if (edition->file && edition->link) {
        return tx_fail(tx, ERR_FILE_AND_LINK, "link", NULL);
    }
    if (last >= LIMIT_EDITIONS) {
        return tx_fail(tx, ERR_FULL, NULL, PHRASE("cent éditions", "a hundred editions"));
    }
    return edition_check_link(tx, "link", edition->link);
}

enum err edition_insert(struct tx *tx, const struct edition_new *edition, int64_t *number_out)
{
    int64_t last = db_int(tx->db, &last_number, 0, edition->resource);
    enum err err = check(tx, edition, last);
    if (err) {
        return err;
    }
    db_run(tx->db, &insert, edition->resource, last + 1, text_or_empty(edition->note),
           text_or_empty(edition->link), db_id(tx->actor.person), tx->now_ms);
    int64_t id = db_last_id(tx->db);
    db_run(tx->db, &put_in_force, edition->resource, last + 1, tx->now_ms);
    *number_out = last + 1;
    struct list keys = {&edition->file, 1};
    return edition->file ? files_place(tx, FILE_OF_EDITION, id, &keys, "file") : ERR_NONE;
}

SQL(has_content, "SELECT 1 FROM resource r JOIN resource_edition e ON e.resource = r.id"
                 " AND e.number = r.edition WHERE r.id = ?1 AND (e.link <> '' OR EXISTS"
                 " (SELECT 1 FROM file f WHERE f.edition = e.id))");

bool edition_has_content(struct tx *tx, int64_t resource)
{
    return db_int(tx->db, &has_content, 0, resource) != 0;
}

SQL(editions_of, "SELECT id FROM resource_edition WHERE resource = ?1");
SQL(drop, "DELETE FROM resource_edition WHERE resource = ?1");

void editions_drop(struct tx *tx, int64_t resource)
{
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &editions_of, resource), &ids);
    for (size_t i = 0; i < ids.count; i++) {
        files_drop(tx, FILE_OF_EDITION, ids.items[i]);
    }
    db_run(tx->db, &drop, resource);
}

/* --- edition.add ------------------------------------------------------------------------------ */

struct edition_add {
    int64_t resource;
    const char *note, *file, *link, *nonce;
};
static const struct field add_in[] = {
    FIELD_ID(struct edition_add, resource, "Resource"),
    FIELD_LINE_OPT(struct edition_add, note, 1, LIMIT_PURPOSE_CHARS, "What changed"),
    FIELD_LINE_OPT(struct edition_add, file, 1, LIMIT_KEY_CHARS, "Key of the file it is"),
    FIELD_LINE_OPT(struct edition_add, link, 1, LIMIT_LINK_CHARS, "Or where it is, outside"),
    FIELD_LINE(struct edition_add, nonce, LIMIT_NONCE_MIN, LIMIT_NONCE_MAX,
               "Chosen by the sender, the same when it sends this again"),
    FIELD_END,
};
static const struct field add_out[] = {
    FIELD_ID(struct created, id, "Number of the edition"),
    FIELD_INT(struct created, seq, 0, INT64_MAX, "Told by the fact of this number"),
    FIELD_END,
};

static enum err add_run(struct tx *tx, const void *in_, void *out_)
{
    const struct edition_add *in = in_;
    struct created *out = out_;
    struct edition_new edition = {in->resource, in->note, in->file, in->link};
    if (!in->file && !in->link) {
        return tx_fail(tx, ERR_MISSING, "file", NULL);
    }
    enum err err = edition_insert(tx, &edition, &out->id);
    if (!err) {
        resource_tell(tx, in->resource, NULL);
    }
    return err;
}

const struct command edition_add_command = {
    .name = "edition.add",
    .doc = "Give a resource a new edition, a file or a link. It is the one in force from now on; "
           "links to the resource lead to it, older ones stay readable.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_RESOURCE_EDIT,
    .in = add_in,
    .in_bytes = sizeof(struct edition_add),
    .out = add_out,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){RESOURCE_FACTS, NULL},
    .run = add_run,
};

/* --- edition.use ------------------------------------------------------------------------------ */

struct edition_use {
    int64_t resource, number;
};
static const struct field use_in[] = {
    FIELD_ID(struct edition_use, resource, "Resource"),
    FIELD_INT(struct edition_use, number, 1, LIMIT_EDITIONS, "Edition to be in force"),
    FIELD_END,
};

SQL(is_known, "SELECT 1 FROM resource_edition WHERE resource = ?1 AND number = ?2");

static enum err use_run(struct tx *tx, const void *in_, void *out)
{
    const struct edition_use *in = in_;
    (void)out;
    if (!db_int(tx->db, &is_known, 0, in->resource, in->number)) {
        return tx_fail(tx, ERR_NOT_FOUND, "number", NULL);
    }
    db_run(tx->db, &put_in_force, in->resource, in->number, tx->now_ms);
    enum err err =
        tx->resource.state == RESOURCE_DRAFT ? ERR_NONE : resource_needs_content(tx, in->resource);
    if (!err) {
        resource_tell(tx, in->resource, NULL);
    }
    return err;
}

const struct command edition_use_command = {
    .name = "edition.use",
    .doc = "Say which edition of a resource is in force.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_RESOURCE_EDIT,
    .in = use_in,
    .in_bytes = sizeof(struct edition_use),
    .out = no_fields,
    .facts = (const struct fact *const[]){RESOURCE_FACTS, NULL},
    .run = use_run,
};
