#include "club/thread.h"

#include "club/access.h"
#include "club/audience.h"
#include "club/ids.h"

#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)

/* --- one's own part --------------------------------------------------------------------------- */

const struct field thread_mine_fields[] = {
    FIELD_ID(struct thread_mine, thread, "Message the thread is below"),
    FIELD_ID(struct thread_mine, channel, "Its channel"),
    FIELD_BOOL(struct thread_mine, following, "Whether the person follows it"),
    FIELD_INT(struct thread_mine, position, 0, INT64_MAX, "Last answer read, 0 if none"),
    FIELD_INT(struct thread_mine, unread, 0, LIMIT_UNREAD,
              "Unread answers; at the limit: at least that many"),
    FIELD_INT(struct thread_mine, mentions, 0, LIMIT_UNREAD,
              "Those among them that mention the person"),
    FIELD_END,
};

SQL(mine, "SELECT m.channel, f.position, f.active FROM message m LEFT JOIN following f"
          " ON f.thread = m.id AND f.person = ?1 WHERE m.id = ?2");

/* ?1 person, ?2 thread, ?3 position; the same count as a channel's, see unread.c. */
SQL(unread_count,
    "SELECT count(*), total(mentioned) FROM (SELECT EXISTS ("
    "SELECT 1 FROM mention x WHERE x.message = m.id AND (x.kind = 'all'"
    " OR (x.kind = 'person' AND x.target = CAST(?1 AS TEXT))"
    " OR (x.kind = 'role' AND x.target IN (SELECT s.role FROM membership s JOIN channel c"
    " ON c.club = s.club AND c.id = m.channel WHERE s.person = ?1 AND s.active = 1"
    " AND (s.channel IS NULL OR s.channel = m.channel))))) AS mentioned"
    " FROM message m WHERE m.thread = ?2 AND m.id > ?3"
    " AND m.deleted_at IS NULL AND m.author IS NOT ?1"
    " ORDER BY m.id DESC LIMIT " TEXT(LIMIT_UNREAD) ")");

void thread_see(struct tx *tx, int64_t person, int64_t thread, struct thread_mine *out)
{
    *out = (struct thread_mine){.thread = thread};
    struct rows rows = db_select(tx->db, &mine, person, thread);
    if (rows_next(&rows)) {
        out->channel = rows_int(&rows, 0);
        out->position = rows_int(&rows, 1);
        out->following = rows_int(&rows, 2) != 0;
        rows_end(&rows);
    }
    if (!out->following) {
        return;
    }
    rows = db_select(tx->db, &unread_count, person, thread, out->position);
    if (rows_next(&rows)) {
        out->unread = rows_int(&rows, 0);
        out->mentions = rows_int(&rows, 1);
        rows_end(&rows);
    }
}

static bool read_load(struct tx *tx, int64_t audience, int64_t thread, void *out_)
{
    struct thread_mine *out = out_;
    int64_t person = audience_id(audience);
    thread_see(tx, person, thread, out);
    return (reasons_can(reasons_in_channel(tx, person, out->channel)) & CAN_READ) != 0;
}

const struct fact thread_read_fact = {
    .name = "thread.read",
    .doc = "The person follows a thread or no longer does, or has read it to another place.",
    .out = thread_mine_fields,
    .out_bytes = sizeof(struct thread_mine),
    .load = read_load,
};

/* --- following -------------------------------------------------------------------------------- */

SQL(follow_as_author, "INSERT INTO following (person, thread, position)"
                      " SELECT author, id, id FROM message WHERE id = ?1 AND author IS NOT NULL"
                      " UNION SELECT CAST(target AS INTEGER), message, message FROM mention"
                      " WHERE message = ?1 AND kind = 'person'"
                      " ON CONFLICT DO NOTHING RETURNING person");
SQL(follow_again, "INSERT INTO following (person, thread, position) VALUES (?1, ?2, ?3)"
                  " ON CONFLICT DO UPDATE SET active = 1, position = excluded.position"
                  " WHERE active = 0");
SQL(follow_once, "INSERT INTO following (person, thread, position) VALUES (?1, ?2, ?3)"
                 " ON CONFLICT DO NOTHING");

/* Rows are collected first: a mark is a statement too. */
static void follow_author(struct tx *tx, int64_t thread)
{
    struct ids people = {0};
    ids_read(tx, db_select(tx->db, &follow_as_author, thread), &people);
    for (size_t i = 0; i < people.count; i++) {
        mark_note(tx, &thread_read_fact, people.items[i], thread);
    }
}

void thread_follow_mentioned(struct tx *tx, int64_t thread, int64_t position,
                             const struct mention_list *mentions)
{
    for (size_t i = 0; i < mentions->count; i++) {
        const struct mention *mention = &mentions->items[i];
        if (mention->kind != MENTION_PERSON) {
            continue;
        }
        db_run(tx->db, &follow_once, mention->person, thread, position);
        if (db_changed(tx->db)) {
            mark_note(tx, &thread_read_fact, mention->person, thread);
        }
    }
}

void thread_answered(struct tx *tx, int64_t thread, int64_t reply,
                     const struct mention_list *mentions)
{
    follow_author(tx, thread);
    db_run(tx->db, &follow_again, tx->actor.person, thread, reply);
    if (db_changed(tx->db)) {
        mark_note(tx, &thread_read_fact, tx->actor.person, thread);
    }
    thread_follow_mentioned(tx, thread, reply - 1, mentions);
}

SQL(has_not_read, "SELECT 1 FROM following WHERE person = ?1 AND thread = ?2 AND active = 1"
                  " AND position < ?3");

void thread_recount(struct tx *tx, int64_t person, const struct message_head *reply)
{
    if (db_int(tx->db, &has_not_read, 0, person, reply->thread, reply->id)) {
        mark_note(tx, &thread_read_fact, person, reply->thread);
    }
}
