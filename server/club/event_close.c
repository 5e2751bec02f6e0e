/* event.close, and the channel of an event from its opening to its archive. */
#include "base/str.h"
#include "club/audience.h"
#include "club/channel.h"
#include "club/event_life.h"

/* --- its hours -------------------------------------------------------------------------------- */

#define OPEN_MS (LIMIT_EVENT_OPEN_DAYS * MS_PER_DAY)

SQL(end_of, "SELECT ends_at FROM event WHERE id = ?1");

void event_schedule(struct tx *tx, int64_t event)
{
    due_set(tx, &event_close_command, event, db_int(tx->db, &end_of, 0, event) + OPEN_MS);
    event_remind_plan(tx, event);
}

/* --- its channel ------------------------------------------------------------------------------ */

/* A title may be longer than a name. */
static const char *name_after(struct tx *tx, const char *title)
{
    const char *end = title;
    for (int chars = 0; *end && chars < LIMIT_NAME_CHARS; chars++) {
        utf8_next(&end);
    }
    return arena_memdup(tx->arena, title, (size_t)(end - title));
}

SQL(living, "SELECT count(*) FROM channel WHERE club = ?1 AND kind = 'event'"
            " AND archived_at IS NULL");

/* Its animateurs read it anyway; an administrator who made the event is not left out of it. */
SQL(choose_author, "INSERT INTO channel_member (channel, person, since) SELECT ?2, p.id, ?3"
                   " FROM event e JOIN person p ON p.id = e.created_by"
                   " WHERE e.id = ?1 AND p.state <> 'erased'");
SQL(set_channel, "UPDATE event SET channel = ?2 WHERE id = ?1");

bool event_is_closed(const struct tx *tx, int64_t ends_at)
{
    return ends_at + OPEN_MS <= tx->now_ms;
}

bool event_has_room(struct tx *tx, int64_t club)
{
    return db_int(tx->db, &living, 0, club) < LIMIT_EVENT_CHANNELS;
}

static enum err check_room(struct tx *tx, int64_t club)
{
    return event_has_room(tx, club)
               ? ERR_NONE
               : tx_fail(tx, ERR_FULL, NULL,
                         arena_printf(tx->arena,
                                      PHRASE("%d événements publiés dont on parle encore",
                                             "%d published events that are still talked about"),
                                      LIMIT_EVENT_CHANNELS, LIMIT_EVENT_CHANNELS));
}

enum err event_open_channel(struct tx *tx, int64_t event)
{
    struct event about = {0};
    event_load(tx, event, &about);
    enum err err = check_room(tx, about.club);
    if (err) {
        return err;
    }
    int64_t channel =
        channel_insert(tx, &(struct channel_shared){.club = about.club,
                                                    .kind = CHANNEL_EVENT,
                                                    .posting = POSTING_ALL,
                                                    .name = name_after(tx, about.title),
                                                    .purpose = "Autour de l'événement"});
    rights_new_channel(tx, channel);
    db_run(tx->db, &choose_author, event, channel, tx->now_ms);
    db_run(tx->db, &set_channel, event, channel);
    return ERR_NONE;
}

SQL(unarchive, "UPDATE channel SET archived_at = NULL WHERE id = ?1");

enum err event_reopen_channel(struct tx *tx, int64_t event)
{
    struct event about = {0};
    event_load(tx, event, &about);
    if (!about.channel) {
        return event_open_channel(tx, event);
    }
    enum err err = check_room(tx, about.club);
    if (!err) {
        rights_touch_channel(tx, about.channel);
        db_run(tx->db, &unarchive, about.channel);
        fact_note(tx, &channel_changed_fact, audience_channel(about.channel), about.channel);
    }
    return err;
}

SQL(title_and_channel, "SELECT title, channel FROM event WHERE id = ?1 AND channel IS NOT NULL");
SQL(rename, "UPDATE channel SET name = ?2 WHERE id = ?1 AND name <> ?2");

void event_name_channel(struct tx *tx, int64_t event)
{
    struct rows rows = db_select(tx->db, &title_and_channel, event);
    if (!rows_next(&rows)) {
        return;
    }
    const char *name = name_after(tx, rows_text(&rows, 0));
    int64_t channel = rows_int(&rows, 1);
    rows_end(&rows);
    db_run(tx->db, &rename, channel, name);
    if (db_changed(tx->db)) {
        fact_note(tx, &channel_changed_fact, audience_channel(channel), channel);
    }
}

/* --- event.close ------------------------------------------------------------------------------ */

struct event_close {
    int64_t event;
};
static const struct field close_in[] = {
    FIELD_ID(struct event_close, event, "Event"),
    FIELD_END,
};

SQL(archive, "UPDATE channel SET archived_at = ?2 WHERE id = ?1 AND archived_at IS NULL");

/* Run early it does nothing: the hour of an event that was moved is set anew. */
static enum err close_run(struct tx *tx, const void *in, void *out)
{
    (void)in, (void)out;
    int64_t channel = tx->event.channel;
    if (channel == 0 || !event_is_closed(tx, tx->event.ends_at)) {
        return ERR_NONE;
    }
    rights_touch_channel(tx, channel); /* it is heard no more, see access.c */
    db_run(tx->db, &archive, channel, tx->now_ms);
    if (db_changed(tx->db)) {
        fact_note(tx, &channel_changed_fact, audience_channel(channel), channel);
    }
    return ERR_NONE;
}

const struct command event_close_command = {
    .name = "event.close",
    .doc = "Archive the channel of an event, 60 days after its end.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .operator_only = true,
    .in = close_in,
    .in_bytes = sizeof(struct event_close),
    .out = no_fields,
    .facts = (const struct fact *const[]){EVENT_CHANNEL_FACTS, NULL},
    .run = close_run,
};
