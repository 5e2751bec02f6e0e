/* thread.list, thread.follow, thread.read: the threads a person follows, and how far they are read.
 */
#include "club/audience.h"
#include "club/ids.h"
#include "club/message.h"
#include "club/thread.h"
#include "store/journal.h"

/* --- thread.list ------------------------------------------------------------------------------ */

struct thread_list_in {
    int64_t before, limit;
};
static const struct field list_in[] = {
    FIELD_ID_OPT(struct thread_list_in, before, "`last` of the last thread of the page before"),
    FIELD_INT_OR(struct thread_list_in, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "Threads in a page"),
    FIELD_END,
};
struct thread {
    const struct message *root;
    const struct thread_mine *mine;
    int64_t last;
};
static const struct field thread_fields[] = {
    FIELD_OBJECT(struct thread, root, message, message_fields, "Message it is below"),
    FIELD_OBJECT(struct thread, mine, thread_mine, thread_mine_fields, "The person's own part"),
    FIELD_ID(struct thread, last, "Its last answer; itself while there is none"),
    FIELD_END,
};
struct thread_list_out {
    int64_t seq;
    struct list threads;
    bool more;
};
static const struct field list_out[] = {
    FIELD_INT(struct thread_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct thread_list_out, threads, thread, thread_fields, 0, LIMIT_LIST_MAX,
               "Threads the person follows, the last answered first"),
    FIELD_BOOL(struct thread_list_out, more, "There are more, answered earlier"),
    FIELD_END,
};

/* ?1 person, ?2 channels, ?3 last answer from which to go on, ?4 how many. */
SQL(followed,
    "SELECT thread, last FROM (SELECT f.thread AS thread, coalesce((SELECT max(r.id) FROM message r"
    " WHERE r.thread = f.thread AND r.deleted_at IS NULL), f.thread) AS last FROM following f"
    " JOIN message m ON m.id = f.thread WHERE f.person = ?1 AND f.active = 1"
    " AND m.channel IN (SELECT value FROM json_each(?2)))"
    " WHERE last < ?3 ORDER BY last DESC LIMIT ?4");

struct threads {
    struct thread *items;
    size_t count, capacity;
};

static void read_followed(struct tx *tx, const struct thread_list_in *in, struct ids *roots,
                          struct ids *lasts)
{
    struct ids channels = {0};
    ids_of_readable(tx, 0, &channels);
    int64_t before = in->before ? in->before : INT64_MAX;
    struct rows rows = db_select(tx->db, &followed, tx->actor.person, ids_json(tx, &channels),
                                 before, in->limit + 1);
    while (rows_next(&rows)) {
        ARENA_PUSH(tx->arena, roots, rows_int(&rows, 0));
        ARENA_PUSH(tx->arena, lasts, rows_int(&rows, 1));
    }
}

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct thread_list_in *in = in_;
    struct thread_list_out *out = out_;
    struct ids roots = {0}, lasts = {0};
    struct messages messages = {0};
    struct threads threads = {0};
    read_followed(tx, in, &roots, &lasts);
    out->more = roots.count > (size_t)in->limit;
    roots.count = out->more ? (size_t)in->limit : roots.count;
    out->more = messages_by_id(tx, &roots, &messages) || out->more;
    for (size_t i = 0; i < messages.count && i < lasts.count; i++) {
        struct thread_mine *mine = ARENA_NEW(tx->arena, struct thread_mine);
        thread_see(tx, tx->actor.person, messages.items[i].id, mine);
        struct thread thread = {&messages.items[i], mine, lasts.items[i]};
        ARENA_PUSH(tx->arena, &threads, thread);
    }
    out->threads = (struct list){threads.items, threads.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command thread_list_command = {
    .name = "thread.list",
    .doc = "Threads the person follows, with what is unread in each.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = list_in,
    .in_bytes = sizeof(struct thread_list_in),
    .out = list_out,
    .out_bytes = sizeof(struct thread_list_out),
    .run = list_run,
};

/* --- thread.follow ---------------------------------------------------------------------------- */

struct thread_follow {
    int64_t thread;
    bool follow;
};
static const struct field follow_in[] = {
    FIELD_ID(struct thread_follow, thread, "Message of the main stream"),
    FIELD_BOOL(struct thread_follow, follow, "true to follow what is answered to it"),
    FIELD_END,
};

static enum err check_root(struct tx *tx)
{
    return tx->message.thread ? tx_fail(tx, ERR_NOT_FOUND, "thread", NULL) : ERR_NONE;
}

/* What was answered before counts as read. */
SQL(follow, "INSERT INTO following (person, thread, position, active) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT DO UPDATE SET active = excluded.active, position = CASE"
            " WHEN excluded.active THEN excluded.position ELSE position END"
            " WHERE active <> excluded.active");

static enum err follow_run(struct tx *tx, const void *in_, void *out_)
{
    const struct thread_follow *in = in_;
    enum err err = check_root(tx);
    if (err) {
        return err;
    }
    db_run(tx->db, &follow, tx->actor.person, in->thread, journal_head(tx->db), in->follow);
    if (db_changed(tx->db)) {
        mark_note(tx, &thread_read_fact, tx->actor.person, in->thread);
    }
    thread_see(tx, tx->actor.person, in->thread, out_);
    return ERR_NONE;
}

const struct command thread_follow_command = {
    .name = "thread.follow",
    .doc = "Follow a thread, or no longer.",
    .kind = MARK,
    .since = 1,
    .right = RIGHT_MESSAGE_READ,
    .in = follow_in,
    .in_bytes = sizeof(struct thread_follow),
    .out = thread_mine_fields,
    .out_bytes = sizeof(struct thread_mine),
    .facts = (const struct fact *const[]){&thread_read_fact, NULL},
    .run = follow_run,
};

/* --- thread.read ------------------------------------------------------------------------------ */

struct thread_read {
    int64_t thread, position;
};
static const struct field read_in[] = {
    FIELD_ID(struct thread_read, thread, "Thread"),
    FIELD_INT(struct thread_read, position, 0, INT64_MAX,
              "Last answer read; lower than before marks as unread from there"),
    FIELD_END,
};

SQL(position_set, "UPDATE following SET position = ?3 WHERE person = ?1 AND thread = ?2"
                  " AND position <> ?3");

static enum err read_run(struct tx *tx, const void *in_, void *out_)
{
    const struct thread_read *in = in_;
    int64_t head = journal_head(tx->db);
    enum err err = check_root(tx);
    if (err) {
        return err;
    }
    if (in->position > head) {
        return tx_fail(tx, ERR_RANGE, "position",
                       arena_printf(tx->arena, PHRASE("0 et %lld", "0 and %lld"), (long long)head,
                                    (long long)head));
    }
    db_run(tx->db, &position_set, tx->actor.person, in->thread, in->position);
    if (db_changed(tx->db)) {
        mark_note(tx, &thread_read_fact, tx->actor.person, in->thread);
    }
    thread_see(tx, tx->actor.person, in->thread, out_);
    return ERR_NONE;
}

const struct command thread_read_command = {
    .name = "thread.read",
    .doc = "Say up to where a followed thread is read.",
    .kind = MARK,
    .since = 1,
    .right = RIGHT_MESSAGE_READ,
    .in = read_in,
    .in_bytes = sizeof(struct thread_read),
    .out = thread_mine_fields,
    .out_bytes = sizeof(struct thread_mine),
    .facts = (const struct fact *const[]){&thread_read_fact, NULL},
    .run = read_run,
};
