#include "club/mentions.h"

#include "base/str.h"
#include "club/access.h"
#include "club/audience.h"
#include "club/thread.h"
#include "club/unread.h"

/* --- what a text may point at ----------------------------------------------------------------- */

static bool may_be_mentioned(void *context, int64_t person)
{
    struct tx *tx = context;
    return (reasons_can(reasons_in_channel(tx, person, tx->channel.id)) & CAN_READ) != 0;
}

SQL(town_name, "SELECT name FROM town WHERE id = ?1");

static const char *name_of_town(void *context, int64_t town)
{
    struct tx *tx = context;
    return db_text(tx->db, &town_name, tx->arena, town);
}

struct markdown_world mentions_world(struct tx *tx)
{
    return (struct markdown_world){
        .context = tx,
        .person = may_be_mentioned,
        .town = name_of_town,
        .roles = tx->channel.kind != CHANNEL_DIRECT,
        .everybody = true,
        .public_url = tx->public_url,
    };
}

struct markdown_world mentions_nobody(struct tx *tx)
{
    return (struct markdown_world){
        .context = tx,
        .town = name_of_town,
        .public_url = tx->public_url,
    };
}

/* --- whom they mean --------------------------------------------------------------------------- */

static bool means(const struct mention_list *mentions, const struct standing *reader)
{
    for (size_t i = 0; i < mentions->count; i++) {
        const struct mention *mention = &mentions->items[i];
        bool role = mention->kind == MENTION_ROLE && (reader->reasons >> mention->role & 1);
        bool person = mention->kind == MENTION_PERSON && mention->person == reader->person;
        if (mention->kind == MENTION_ALL || role || person) {
            return true;
        }
    }
    return false;
}

static bool names_groups(const struct mention_list *mentions)
{
    for (size_t i = 0; i < mentions->count; i++) {
        if (mentions->items[i].kind != MENTION_PERSON) {
            return true;
        }
    }
    return false;
}

static struct standing_list readers_of(struct tx *tx, int64_t channel)
{
    struct standing_list readers = {0};
    standings_of_channel(tx, channel, &readers);
    standings_merge(&readers);
    return readers;
}

enum err mentions_allow(struct tx *tx, const struct mention_list *mentions)
{
    if ((tx->can & CAN_BROADCAST) || !names_groups(mentions)) {
        return ERR_NONE;
    }
    struct standing_list readers = readers_of(tx, tx->channel.id);
    int reached = 0;
    for (size_t i = 0; i < readers.count; i++) {
        const struct standing *reader = &readers.items[i];
        reached += reader->person != tx->actor.person && means(mentions, reader);
    }
    if (reached <= LIMIT_BROADCAST_PEOPLE) {
        return ERR_NONE;
    }
    return tx_fail(tx, ERR_BROADCAST, "body",
                   arena_printf(tx->arena, PHRASE("%d personnes", "%d people"), reached, reached));
}

/* --- rows ------------------------------------------------------------------------------------- */

static const char *const kind_words[] = {"person", "role", "all"};

SQL(mention_rows, "SELECT kind, target FROM mention WHERE message = ?1");

static struct mention read_mention(const char *kind, const char *target)
{
    struct mention mention = {.kind = MENTION_ALL};
    if (str_equal(kind, "person")) {
        mention.kind = MENTION_PERSON;
        str_to_int(target, 1, INT64_MAX, &mention.person);
    } else if (str_equal(kind, "role")) {
        mention.kind = MENTION_ROLE;
        while (mention.role < ROLE_LECTEUR && !str_equal(role_choice.words[mention.role], target)) {
            mention.role++;
        }
    }
    return mention;
}

void mentions_of(struct tx *tx, int64_t message, struct mention_list *out)
{
    for (struct rows rows = db_select(tx->db, &mention_rows, message); rows_next(&rows);) {
        struct mention mention = read_mention(rows_text(&rows, 0), rows_text(&rows, 1));
        ARENA_PUSH(tx->arena, out, mention);
    }
}

static const char *target_of(struct tx *tx, const struct mention *mention)
{
    switch (mention->kind) {
    case MENTION_PERSON:
        return arena_printf(tx->arena, "%lld", (long long)mention->person);
    case MENTION_ROLE:
        return role_choice.words[mention->role];
    default:
        return "";
    }
}

SQL(mention_add, "INSERT INTO mention (message, kind, target) VALUES (?1, ?2, ?3)");
SQL(mention_drop, "DELETE FROM mention WHERE message = ?1");

void mentions_store(struct tx *tx, int64_t message, const struct mention_list *mentions)
{
    db_run(tx->db, &mention_drop, message);
    for (size_t i = 0; i < mentions->count; i++) {
        const struct mention *mention = &mentions->items[i];
        db_run(tx->db, &mention_add, message, kind_words[mention->kind], target_of(tx, mention));
    }
}

static bool contains(const struct mention_list *list, const struct mention *mention)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct mention *item = &list->items[i];
        if (item->kind == mention->kind && item->person == mention->person &&
            item->role == mention->role) {
            return true;
        }
    }
    return false;
}

bool mentions_same(const struct mention_list *a, const struct mention_list *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!contains(b, &a->items[i])) {
            return false;
        }
    }
    return true;
}

/* --- counts ----------------------------------------------------------------------------------- */

SQL(has_read, "SELECT 1 FROM reading WHERE person = ?1 AND channel = ?2 AND position >= ?3");

void mentions_recount(struct tx *tx, const struct message_head *message,
                      const struct mention_list *before, const struct mention_list *after)
{
    if (mentions_same(before, after)) {
        return;
    }
    struct standing_list readers = readers_of(tx, message->channel);
    for (size_t i = 0; i < readers.count; i++) {
        const struct standing *reader = &readers.items[i];
        int64_t person = reader->person;
        if (person == message->author || means(before, reader) == means(after, reader)) {
            continue;
        }
        if (message->thread) {
            thread_recount(tx, person, message);
        } else if (!db_int(tx->db, &has_read, 0, person, message->channel, message->id)) {
            mark_note(tx, &read_moved_fact, person, message->channel);
        }
    }
}
