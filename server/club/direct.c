/* direct.open and direct.list: conversations between a few people, fixed when they begin.
 *
 * The same people always find the same conversation, so direct.open needs no nonce. */
#include <stdlib.h>

#include "club/audience.h"
#include "club/channel.h"
#include "club/ids.h"
#include "club/person.h"
#include "store/journal.h"

/* --- direct.open ------------------------------------------------------------------------------ */

struct direct_open {
    struct list people;
};
static const struct field open_in[] = {
    FIELD_IDS(struct direct_open, people, 1, LIMIT_DIRECT_PEOPLE,
              "Whom to talk to, oneself included or not"),
    FIELD_END,
};

static int id_order(const void *a_, const void *b_)
{
    const int64_t *a = a_, *b = b_;
    return (*a > *b) - (*a < *b);
}

/* Oneself and the others, each once, rising. */
static struct ids everybody_in(struct tx *tx, const struct list *people)
{
    struct ids all = {0};
    const int64_t *items = people->items;
    ARENA_PUSH(tx->arena, &all, tx->actor.person);
    for (size_t i = 0; i < people->count; i++) {
        ARENA_PUSH(tx->arena, &all, items[i]);
    }
    qsort(all.items, all.count, sizeof *all.items, id_order);
    size_t kept = 1;
    for (size_t i = 1; i < all.count; i++) {
        if (all.items[i] != all.items[kept - 1]) {
            all.items[kept++] = all.items[i];
        }
    }
    all.count = kept;
    return all;
}

SQL(not_there, "SELECT count(*) FROM json_each(?1) i WHERE NOT EXISTS"
               " (SELECT 1 FROM person WHERE id = i.value AND state <> 'erased')");

/* Whom the actor may not know does not exist; that two others do not know each other may be said.
 */
static enum err check_people(struct tx *tx, const struct ids *all)
{
    if (all->count < 2) {
        return tx_fail(tx, ERR_EMPTY, "people", NULL);
    }
    if (all->count > LIMIT_DIRECT_PEOPLE) {
        return tx_fail(tx, ERR_FULL, "people", PHRASE("8 personnes", "8 people"));
    }
    if (db_int(tx->db, &not_there, 1, ids_json(tx, all))) {
        return tx_fail(tx, ERR_NOT_FOUND, "people", NULL);
    }
    for (size_t i = 0; i < all->count; i++) {
        if (!person_visible(tx, all->items[i])) {
            return tx_fail(tx, ERR_NOT_FOUND, "people", NULL);
        }
    }
    for (size_t i = 0; i < all->count; i++) {
        for (size_t j = i + 1; j < all->count; j++) {
            if (!people_share(tx, all->items[i], all->items[j])) {
                return tx_fail(tx, ERR_CONFLICT, "people",
                               PHRASE("deux de ces personnes n'ont aucun Club en commun",
                                      "two of these people have no Club in common"));
            }
        }
    }
    return ERR_NONE;
}

SQL(same_people, "SELECT m.channel FROM channel_member m JOIN channel c ON c.id = m.channel"
                 " WHERE m.person = ?1 AND c.kind = 'direct'"
                 " AND ?3 = (SELECT count(*) FROM channel_member x WHERE x.channel = c.id)"
                 " AND ?3 = (SELECT count(*) FROM channel_member x WHERE x.channel = c.id"
                 " AND x.person IN (SELECT value FROM json_each(?2))) ORDER BY c.id LIMIT 1");
SQL(join, "INSERT INTO channel_member (channel, person, since) VALUES (?1, ?2, ?3)");

static void begin(struct tx *tx, const struct ids *all, struct created *out)
{
    out->id = channel_insert(
        tx, &(struct channel_shared){.kind = CHANNEL_DIRECT, .name = "", .purpose = ""});
    rights_new_channel(tx, out->id);
    for (size_t i = 0; i < all->count; i++) {
        db_run(tx->db, &join, out->id, all->items[i], tx->now_ms);
    }
    out->seq = fact_note(tx, &channel_changed_fact, audience_channel(out->id), out->id);
}

static enum err open_run(struct tx *tx, const void *in_, void *out_)
{
    const struct direct_open *in = in_;
    struct created *out = out_;
    struct ids all = everybody_in(tx, &in->people);
    enum err err = check_people(tx, &all);
    if (err) {
        return err;
    }
    out->id =
        db_int(tx->db, &same_people, 0, tx->actor.person, ids_json(tx, &all), (int64_t)all.count);
    out->seq = journal_head(tx->db);
    if (out->id == 0) {
        begin(tx, &all, out);
    }
    return ERR_NONE;
}

const struct command direct_open_command = {
    .name = "direct.open",
    .doc = "Begin a conversation with a few people, or find the one these people have.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = open_in,
    .in_bytes = sizeof(struct direct_open),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){&channel_changed_fact, ACCESS_FACTS, NULL},
    .run = open_run,
};

/* --- direct.list ------------------------------------------------------------------------------ */

struct direct_list_out {
    int64_t seq;
    struct list channels, people;
};
static const struct field list_out[] = {
    FIELD_INT(struct direct_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct direct_list_out, channels, channel_view, channel_view_fields, 0, INT64_MAX,
               "Direct conversations, the first one first"),
    FIELD_LIST(struct direct_list_out, people, person_name, person_name_fields, 0, INT64_MAX,
               "Who takes part in them"),
    FIELD_END,
};

static enum err list_run(struct tx *tx, const void *in, void *out_)
{
    struct direct_list_out *out = out_;
    struct channel_views channels = {0};
    (void)in;
    channels_direct(tx, tx->actor.person, &channels);
    out->channels = (struct list){channels.items, channels.count};
    out->people = channels_direct_people(tx, tx->actor.person);
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command direct_list_command = {
    .name = "direct.list",
    .doc = "The person's direct conversations.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = list_out,
    .out_bytes = sizeof(struct direct_list_out),
    .run = list_run,
};
