/* reaction.set and reaction.list: an emoji beside a message, by as many as like. */
#include "club/audience.h"
#include "club/emoji.h"
#include "club/message.h"
#include "store/journal.h"

/* --- reaction.set ----------------------------------------------------------------------------- */

struct reaction_set {
    int64_t message;
    const char *emoji;
    bool on;
};
static const struct field set_in[] = {
    FIELD_ID(struct reaction_set, message, "Message"),
    FIELD_LINE(struct reaction_set, emoji, 1, LIMIT_EMOJI_BYTES, "One emoji"),
    FIELD_BOOL(struct reaction_set, on, "true to react with it, false to take that back"),
    FIELD_END,
};

SQL(counts, "SELECT count(DISTINCT emoji), total(emoji = ?2) FROM reaction WHERE message = ?1");
SQL(react, "INSERT INTO reaction (message, emoji, person, at) VALUES (?1, ?2, ?3, ?4)"
           " ON CONFLICT DO NOTHING");
SQL(take_back, "DELETE FROM reaction WHERE message = ?1 AND emoji = ?2 AND person = ?3");

static enum err check_room(struct tx *tx, const struct reaction_set *in)
{
    int64_t kinds = 0, people = 0;
    struct rows rows = db_select(tx->db, &counts, in->message, in->emoji);
    if (rows_next(&rows)) {
        kinds = rows_int(&rows, 0);
        people = rows_int(&rows, 1);
        rows_end(&rows);
    }
    if (people == 0 && kinds >= LIMIT_REACTIONS_PER_BODY) {
        return tx_fail(tx, ERR_FULL, "emoji",
                       PHRASE("20 émojis différents", "20 different emojis"));
    }
    if (people >= LIMIT_REACTORS) {
        return tx_fail(tx, ERR_FULL, "emoji",
                       PHRASE("500 personnes pour un émoji", "500 people behind one emoji"));
    }
    return ERR_NONE;
}

static enum err set_run(struct tx *tx, const void *in_, void *out)
{
    const struct reaction_set *in = in_;
    (void)out;
    if (!emoji_is_one(in->emoji)) {
        return tx_fail(tx, ERR_EMOJI, "emoji", NULL);
    }
    if (in->on) {
        enum err err = check_room(tx, in);
        if (err) {
            return err;
        }
        db_run(tx->db, &react, in->message, in->emoji, tx->actor.person, tx->now_ms);
    } else {
        db_run(tx->db, &take_back, in->message, in->emoji, tx->actor.person);
    }
    if (db_changed(tx->db)) {
        fact_note(tx, &message_reacted_fact, audience_channel(tx->channel.id), in->message);
    }
    return ERR_NONE;
}

const struct command reaction_set_command = {
    .name = "reaction.set",
    .doc = "React to a message with an emoji, or take that back.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_MESSAGE_REACT,
    .in = set_in,
    .in_bytes = sizeof(struct reaction_set),
    .out = no_fields,
    .facts = (const struct fact *const[]){&message_reacted_fact, NULL},
    .run = set_run,
};

/* --- reaction.list ---------------------------------------------------------------------------- */

struct reaction_list_in {
    int64_t message;
    const char *emoji;
};
static const struct field list_in[] = {
    FIELD_ID(struct reaction_list_in, message, "Message"),
    FIELD_LINE(struct reaction_list_in, emoji, 1, LIMIT_EMOJI_BYTES, "Emoji"),
    FIELD_END,
};
struct reaction_list_out {
    int64_t seq;
    struct list people;
};
static const struct field list_out[] = {
    FIELD_INT(struct reaction_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct reaction_list_out, people, person_name, person_name_fields, 0, LIMIT_REACTORS,
               "Who reacted with it, the first one first"),
    FIELD_END,
};

SQL(reactors, "SELECT p.id, p.name FROM reaction r JOIN person p ON p.id = r.person"
              " WHERE r.message = ?1 AND r.emoji = ?2 ORDER BY r.at, p.id");

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct reaction_list_in *in = in_;
    struct reaction_list_out *out = out_;
    struct {
        struct person_name *items;
        size_t count, capacity;
    } people = {0};
    struct rows rows = db_select(tx->db, &reactors, in->message, in->emoji);
    while (rows_next(&rows)) {
        struct person_name one = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena)};
        ARENA_PUSH(tx->arena, &people, one);
    }
    out->people = (struct list){people.items, people.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command reaction_list_command = {
    .name = "reaction.list",
    .doc = "Who reacted to a message with an emoji, by name.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_MESSAGE_READ,
    .in = list_in,
    .in_bytes = sizeof(struct reaction_list_in),
    .out = list_out,
    .out_bytes = sizeof(struct reaction_list_out),
    .run = list_run,
};
