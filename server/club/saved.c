/* saved.set and saved.list: messages a person keeps for later; nobody else knows. */
#include "club/saved.h"

#include "club/audience.h"
#include "club/ids.h"
#include "club/message.h"
#include "store/journal.h"

/* --- the mark --------------------------------------------------------------------------------- */

struct saved_changed {
    int64_t message;
    bool saved;
};
static const struct field changed_out[] = {
    FIELD_ID(struct saved_changed, message, "Message"),
    FIELD_BOOL(struct saved_changed, saved, "Whether the person keeps it"),
    FIELD_END,
};

SQL(is_saved, "SELECT 1 FROM saved WHERE person = ?1 AND message = ?2");

static bool changed_load(struct tx *tx, int64_t audience, int64_t message, void *out_)
{
    struct saved_changed *out = out_;
    out->message = message;
    out->saved = db_int(tx->db, &is_saved, 0, audience_id(audience), message) != 0;
    return true;
}

const struct fact saved_changed_fact = {
    .name = "saved.changed",
    .doc = "The person keeps a message for later, or no longer does.",
    .out = changed_out,
    .out_bytes = sizeof(struct saved_changed),
    .load = changed_load,
};

SQL(forget, "DELETE FROM saved WHERE message = ?1 RETURNING person");

void saved_forget(struct tx *tx, int64_t message)
{
    struct ids people = {0};
    ids_read(tx, db_select(tx->db, &forget, message), &people);
    for (size_t i = 0; i < people.count; i++) {
        mark_note(tx, &saved_changed_fact, people.items[i], message);
    }
}

/* --- saved.set -------------------------------------------------------------------------------- */

static const struct field set_in[] = {
    FIELD_ID(struct saved_changed, message, "Message"),
    FIELD_BOOL(struct saved_changed, saved, "true to keep it, false to let it go"),
    FIELD_END,
};

SQL(save, "INSERT INTO saved (person, message, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
SQL(let_go, "DELETE FROM saved WHERE person = ?1 AND message = ?2");
SQL(saved_count, "SELECT count(*) FROM saved WHERE person = ?1");

static enum err save_one(struct tx *tx, int64_t message)
{
    if (tx->message.deleted) {
        return tx_fail(tx, ERR_DELETED, NULL, NULL);
    }
    if (db_int(tx->db, &saved_count, 0, tx->actor.person) >= LIMIT_SAVED_PER_PERSON) {
        return tx_fail(tx, ERR_FULL, NULL, PHRASE("1000 messages gardés", "1000 messages kept"));
    }
    db_run(tx->db, &save, tx->actor.person, message, tx->now_ms);
    return ERR_NONE;
}

static enum err set_run(struct tx *tx, const void *in_, void *out)
{
    const struct saved_changed *in = in_;
    (void)out;
    if (in->saved) {
        enum err err = save_one(tx, in->message);
        if (err) {
            return err;
        }
    } else {
        db_run(tx->db, &let_go, tx->actor.person, in->message);
    }
    if (db_changed(tx->db)) {
        mark_note(tx, &saved_changed_fact, tx->actor.person, in->message);
    }
    return ERR_NONE;
}

const struct command saved_set_command = {
    .name = "saved.set",
    .doc = "Keep a message for later, or let it go.",
    .kind = MARK,
    .since = 1,
    .right = RIGHT_MESSAGE_READ,
    .in = set_in,
    .in_bytes = sizeof(struct saved_changed),
    .out = no_fields,
    .facts = (const struct fact *const[]){&saved_changed_fact, NULL},
    .run = set_run,
};

/* --- saved.list ------------------------------------------------------------------------------- */

struct saved_list_in {
    int64_t before, limit;
};
static const struct field list_in[] = {
    FIELD_ID_OPT(struct saved_list_in, before, "Last message of the page before"),
    FIELD_INT_OR(struct saved_list_in, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "Messages in a page"),
    FIELD_END,
};
struct saved_list_out {
    int64_t seq;
    struct list messages;
    bool more;
};
static const struct field list_out[] = {
    FIELD_INT(struct saved_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct saved_list_out, messages, message, message_fields, 0, LIMIT_LIST_MAX,
               "Those the person may still read, the last kept first"),
    FIELD_BOOL(struct saved_list_out, more, "There are more, kept earlier"),
    FIELD_END,
};

/* ?1 person, ?2 message after which to go on, 0: from the start; ?3 channels, ?4 how many. */
SQL(page, MESSAGE_SELECT "JOIN saved k ON k.message = m.id AND k.person = ?1"
                         " WHERE m.channel IN (SELECT value FROM json_each(?3))"
                         " AND (?2 = 0 OR (k.at, k.message) < (SELECT at, message FROM saved"
                         " WHERE person = ?1 AND message = ?2))"
                         " ORDER BY k.at DESC, k.message DESC LIMIT ?4");

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct saved_list_in *in = in_;
    struct saved_list_out *out = out_;
    struct ids channels = {0};
    struct messages messages = {0};
    ids_of_readable(tx, 0, &channels);
    struct rows rows = db_select(tx->db, &page, tx->actor.person, in->before,
                                 ids_json(tx, &channels), in->limit + 1);
    out->more = messages_read(tx, rows, (size_t)in->limit, &messages);
    out->messages = (struct list){messages.items, messages.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command saved_list_command = {
    .name = "saved.list",
    .doc = "Messages the person keeps for later.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = list_in,
    .in_bytes = sizeof(struct saved_list_in),
    .out = list_out,
    .out_bytes = sizeof(struct saved_list_out),
    .run = list_run,
};
