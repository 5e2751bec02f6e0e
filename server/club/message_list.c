/* message.get and message.list: reading a channel's main stream, or a thread. */
#include "club/message.h"
#include "store/journal.h"

/* --- message.get ------------------------------------------------------------------------------ */

struct message_get_in {
    int64_t message;
};
static const struct field get_in[] = {
    FIELD_ID(struct message_get_in, message, "Message"),
    FIELD_END,
};
struct message_get_out {
    int64_t seq;
    const struct message *message;
};
static const struct field get_out[] = {
    FIELD_INT(struct message_get_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_OBJECT(struct message_get_out, message, message, message_fields, "Message"),
    FIELD_END,
};

static enum err get_run(struct tx *tx, const void *in_, void *out_)
{
    const struct message_get_in *in = in_;
    struct message_get_out *out = out_;
    struct message *message = ARENA_NEW(tx->arena, struct message);
    message_load(tx, in->message, message);
    out->message = message;
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command message_get_command = {
    .name = "message.get",
    .doc = "One message, for a link to it.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_MESSAGE_READ,
    .in = get_in,
    .in_bytes = sizeof(struct message_get_in),
    .out = get_out,
    .out_bytes = sizeof(struct message_get_out),
    .run = get_run,
};

/* --- message.list ----------------------------------------------------------------------------- */

#define NOT_GIVEN INT64_C(-1)

struct message_list_in {
    int64_t channel, thread, before, after, around, limit;
};
static const struct field list_in[] = {
    FIELD_ID(struct message_list_in, channel, "Channel"),
    FIELD_ID_OPT(struct message_list_in, thread, "Answers below this message, not the main stream"),
    FIELD_ID_OPT(struct message_list_in, before, "The last ones before this id"),
    FIELD_INT_OR(struct message_list_in, after, 0, INT64_MAX, NOT_GIVEN,
                 "The first ones after this id; 0: the very first"),
    FIELD_ID_OPT(struct message_list_in, around, "This message, and those on both sides of it"),
    FIELD_INT_OR(struct message_list_in, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "Messages in a page"),
    FIELD_END,
};
struct message_list_out {
    int64_t seq;
    struct list messages;
    bool more_before, more_after;
};
static const struct field list_out[] = {
    FIELD_INT(struct message_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct message_list_out, messages, message, message_fields, 0, LIMIT_LIST_MAX,
               "Messages, oldest first; a page may be cut short when they are long"),
    FIELD_BOOL(struct message_list_out, more_before, "There are earlier ones"),
    FIELD_BOOL(struct message_list_out, more_after, "There are later ones"),
    FIELD_END,
};

/* ?1 channel or thread, ?2 the id to start from, apart, ?3 how many. */
#define STREAM "WHERE m.channel = ?1 AND m.thread IS NULL"
#define THREAD "WHERE m.thread = ?1"
SQL(stream_before, MESSAGE_SELECT STREAM " AND m.id < ?2 ORDER BY m.id DESC LIMIT ?3");
SQL(stream_after, MESSAGE_SELECT STREAM " AND m.id > ?2 ORDER BY m.id LIMIT ?3");
SQL(thread_before, MESSAGE_SELECT THREAD " AND m.id < ?2 ORDER BY m.id DESC LIMIT ?3");
SQL(thread_after, MESSAGE_SELECT THREAD " AND m.id > ?2 ORDER BY m.id LIMIT ?3");

/* One direction of a page; true if there is more that way. */
static bool read_side(struct tx *tx, const struct message_list_in *in, bool backwards, int64_t from,
                      int64_t limit, struct messages *out)
{
    const struct sql *sql = in->thread ? (backwards ? &thread_before : &thread_after)
                                       : (backwards ? &stream_before : &stream_after);
    int64_t of = in->thread ? in->thread : in->channel;
    return messages_read(tx, db_select(tx->db, sql, of, from, limit + 1), (size_t)limit, out);
}

/* Those before, turned round, then those after. */
static struct list join(struct tx *tx, const struct messages *before, const struct messages *after)
{
    struct messages all = {0};
    for (size_t i = before->count; i-- > 0;) {
        ARENA_PUSH(tx->arena, &all, before->items[i]);
    }
    for (size_t i = 0; i < after->count; i++) {
        ARENA_PUSH(tx->arena, &all, after->items[i]);
    }
    return (struct list){all.items, all.count};
}

static enum err check_list(struct tx *tx, const struct message_list_in *in)
{
    struct message_head root;
    if ((in->before != 0) + (in->after != NOT_GIVEN) + (in->around != 0) > 1) {
        return tx_fail(tx, ERR_CONFLICT, "before",
                       PHRASE("« before », « after » et « around » s'excluent",
                              "\"before\", \"after\" and \"around\" exclude each other"));
    }
    if (in->thread &&
        (!message_find(tx, in->thread, &root) || root.channel != in->channel || root.thread)) {
        return tx_fail(tx, ERR_NOT_FOUND, "thread", NULL);
    }
    return ERR_NONE;
}

SQL(stream_any, "SELECT 1 FROM message WHERE channel = ?1 AND thread IS NULL AND id BETWEEN ?2"
                " AND ?3");
SQL(thread_any, "SELECT 1 FROM message WHERE thread = ?1 AND id BETWEEN ?2 AND ?3");

static bool any_between(struct tx *tx, const struct message_list_in *in, int64_t first,
                        int64_t last)
{
    return in->thread ? db_int(tx->db, &thread_any, 0, in->thread, first, last)
                      : db_int(tx->db, &stream_any, 0, in->channel, first, last);
}

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct message_list_in *in = in_;
    struct message_list_out *out = out_;
    struct messages before = {0}, after = {0};
    enum err err = check_list(tx, in);
    if (err) {
        return err;
    }
    if (in->around) {
        out->more_after = read_side(tx, in, false, in->around - 1, (in->limit + 1) / 2, &after);
        out->more_before = read_side(tx, in, true, in->around, in->limit / 2, &before);
    } else if (in->after != NOT_GIVEN) {
        out->more_after = read_side(tx, in, false, in->after, in->limit, &after);
        out->more_before = any_between(tx, in, 1, in->after);
    } else {
        int64_t end = in->before ? in->before : INT64_MAX;
        out->more_before = read_side(tx, in, true, end, in->limit, &before);
        out->more_after = any_between(tx, in, end, INT64_MAX);
    }
    out->messages = join(tx, &before, &after);
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command message_list_command = {
    .name = "message.list",
    .doc =
        "Messages of a channel's main stream or of a thread: the last ones, or those beside one.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CHANNEL_READ,
    .in = list_in,
    .in_bytes = sizeof(struct message_list_in),
    .out = list_out,
    .out_bytes = sizeof(struct message_list_out),
    .run = list_run,
};
