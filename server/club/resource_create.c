/* resource.create: a resource begins as a draft that its author alone sees. */
#include "club/edition.h"
#include "club/resource_form.h"
#include "club/secret.h"

static const struct field create_in[] = {
    FIELD_ID(struct resource_form, club, "Club whose shelf it is for"),
    RESOURCE_FORM_FIELDS,
    FIELD_LINE_OPT(struct resource_form, file, 1, LIMIT_KEY_CHARS,
                   "Key of the file it is: one's own, or one that may be read"),
    FIELD_LINE_OPT(struct resource_form, link, 1, LIMIT_LINK_CHARS, "Or where it is, outside"),
    FIELD_ID_OPT(struct resource_form, source_message, "Message it is taken from"),
    FIELD_LINE(struct resource_form, nonce, LIMIT_NONCE_MIN, LIMIT_NONCE_MAX,
               "Chosen by the sender, the same when it sends this again"),
    FIELD_END,
};

/* What every row must hold; resource_rewrite() says the rest. */
SQL(insert, "INSERT INTO resource (uid, club, kind, title, summary, nodes, licence, source_message,"
            " created_by, created_at, changed_at)"
            " VALUES (?1, ?2, ?3, '', '', '[]', 'inconnue', ?4, ?5, ?6, 0)");

/* may() about the message says in tx->channel and the like what it found; the shelf's Club is what
 * the rest of the command is about. */
static enum err check_source(struct tx *tx, int64_t message)
{
    struct club shelf = tx->club;
    if (!message) {
        return ERR_NONE;
    }
    enum err err = may(tx, RIGHT_MESSAGE_READ, message);
    bool deleted = !err && tx->message.deleted;
    tx->club = shelf;
    return err || deleted ? tx_fail(tx, ERR_NOT_FOUND, "source_message", NULL) : ERR_NONE;
}

SQL(open_ones, "SELECT count(*) FROM resource WHERE created_by = ?1"
               " AND state IN ('draft', 'proposed', 'returned')");

static enum err check_room(struct tx *tx)
{
    int64_t count = db_int(tx->db, &open_ones, 0, db_id(tx->actor.person));
    return count < LIMIT_RESOURCES_OPEN
               ? ERR_NONE
               : tx_fail(tx, ERR_FULL, NULL,
                         PHRASE("cent ressources en attente d'être publiées",
                                "a hundred resources that wait to be published"));
}

static enum err create_run(struct tx *tx, const void *in, void *out_)
{
    const struct resource_form *form = in;
    struct created *out = out_;
    struct resource_plan plan;
    int64_t number;
    bool keeps = (may_on_shelf(tx, form->club) & SHELF_CAN_KEEP) != 0;
    enum err err = check_room(tx);
    if (!err) {
        err = resource_check(tx, form, keeps, false, &plan);
    }
    if (!err) {
        err = check_source(tx, form->source_message);
    }
    if (err) {
        return err;
    }
    db_run(tx->db, &insert, uuid_draw(tx->arena), form->club,
           resource_kind_choice.words[form->kind], db_id(form->source_message),
           db_id(tx->actor.person), tx->now_ms);
    out->id = db_last_id(tx->db);
    resource_rewrite(tx, out->id, form, &plan);
    struct edition_new first = {.resource = out->id, .file = form->file, .link = form->link};
    err = edition_insert(tx, &first, &number);
    if (!err) {
        resource_tell(tx, out->id, NULL);
    }
    return err;
}

const struct command resource_create_command = {
    .name = "resource.create",
    .doc = "Draft a resource for the shelf of a Club, with its first edition: a file, a link, or "
           "nothing but its record. Nobody but its author sees it until it is proposed.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_SHELF_WRITE,
    .in = create_in,
    .in_bytes = sizeof(struct resource_form),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){RESOURCE_FACTS, NULL},
    .run = create_run,
};
