/* resource.review: what waits for those who keep a shelf, and the Wednesdays to come. */
#include <string.h>

#include "base/zone.h"
#include "club/resource.h"
#include "store/journal.h"

enum { SLOTS = 12, SLOT_HOUR = 10, WEDNESDAY = 3 };

struct resource_review {
    int64_t club;
};
static const struct field review_in[] = {
    FIELD_ID(struct resource_review, club, "Club whose shelf it is"),
    FIELD_END,
};

struct proposal {
    const struct resource *resource;
    const char *name;
    int64_t at;
};
static const struct field proposal_fields[] = {
    FIELD_OBJECT(struct proposal, resource, resource, resource_fields, "The resource"),
    FIELD_LINE_OPT(struct proposal, name, 1, LIMIT_NAME_CHARS,
                   "Who proposes it; absent: erased meanwhile"),
    FIELD_TIME(struct proposal, at, "When"),
    FIELD_END,
};
struct review_slot {
    int64_t at;
    struct list resources;
};
static const struct field slot_fields[] = {
    FIELD_TIME(struct review_slot, at, "Wednesday, at 10 h in Paris"),
    FIELD_LIST(struct review_slot, resources, resource, resource_fields, 0, LIMIT_LIST_MAX,
               "Fiches-projets published that day, or to be"),
    FIELD_END,
};
struct reviewed {
    int64_t seq;
    struct list proposed, slots;
    bool more;
};
static const struct field review_out[] = {
    FIELD_INT(struct reviewed, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct reviewed, proposed, proposal, proposal_fields, 0, LIMIT_LIST_MAX,
               "What is proposed, the longest waiting first"),
    FIELD_BOOL(struct reviewed, more, "There are others, to be seen once these are done"),
    FIELD_LIST(struct reviewed, slots, review_slot, slot_fields, SLOTS, SLOTS,
               "The next twelve Wednesdays, today included"),
    FIELD_END,
};

/* --- what is proposed ------------------------------------------------------------------------- */

SQL(proposed_on,
    "SELECT r.id, p.name, r.proposed_at FROM resource r"
    " LEFT JOIN person p ON p.id = r.created_by"
    " WHERE r.club = ?1 AND r.state = 'proposed' ORDER BY r.proposed_at, r.id LIMIT ?2");

static void read_proposed(struct tx *tx, int64_t club, struct reviewed *out)
{
    struct {
        struct proposal *items;
        size_t count, capacity;
    } found = {0};
    struct ids ids = {0};
    struct rows rows = db_select(tx->db, &proposed_on, club, (int64_t)LIMIT_LIST_MAX + 1);
    while (rows_next(&rows)) {
        struct proposal proposal = {
            .name = rows_copy(&rows, 1, tx->arena),
            .at = rows_int(&rows, 2),
        };
        ARENA_PUSH(tx->arena, &ids, rows_int(&rows, 0));
        ARENA_PUSH(tx->arena, &found, proposal);
    }
    size_t count = 0, bytes = 0;
    for (; count < ids.count && count < LIMIT_LIST_MAX && bytes <= LIMIT_PAGE_BYTES; count++) {
        struct resource *resource = ARENA_NEW(tx->arena, struct resource);
        resource_load(tx, ids.items[count], resource);
        found.items[count].resource = resource;
        bytes += resource_bytes(resource);
    }
    out->proposed = (struct list){found.items, count};
    out->more = count < ids.count;
}

/* --- Wednesdays ------------------------------------------------------------------------------- */

SQL(fiches_of_day, "SELECT id FROM resource WHERE club = ?1 AND kind = 'fiche_projet'"
                   " AND (state = 'scheduled' AND publish_at >= ?2 AND publish_at < ?3"
                   " OR state = 'published' AND published_at >= ?2 AND published_at < ?3)"
                   " ORDER BY coalesce(publish_at, published_at), id LIMIT ?4");

static struct list read_day(struct tx *tx, int64_t club, int64_t from, int64_t to)
{
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &fiches_of_day, club, from, to, (int64_t)LIMIT_LIST_MAX), &ids);
    struct resource *resources = ARENA_ARRAY(tx->arena, struct resource, ids.count + 1);
    for (size_t i = 0; i < ids.count; i++) {
        resource_load(tx, ids.items[i], &resources[i]);
    }
    return (struct list){resources, ids.count};
}

static int64_t paris_instant(const struct local_time *today, int days, int hour)
{
    struct local_time local = {
        .year = today->year, .month = today->month, .day = today->day + days, .hour = hour};
    return zone_instant(zone_find("Europe/Paris"), &local);
}

static struct list read_slots(struct tx *tx, int64_t club)
{
    struct local_time today = zone_local(zone_find("Europe/Paris"), tx->now_ms);
    int first = (WEDNESDAY - today.weekday + 7) % 7;
    struct review_slot *slots = ARENA_ARRAY(tx->arena, struct review_slot, SLOTS);
    for (int i = 0; i < SLOTS; i++) {
        int days = first + 7 * i;
        slots[i] = (struct review_slot){
            .at = paris_instant(&today, days, SLOT_HOUR),
            .resources = read_day(tx, club, paris_instant(&today, days, 0),
                                  paris_instant(&today, days + 1, 0)),
        };
    }
    return (struct list){slots, SLOTS};
}

static enum err review_run(struct tx *tx, const void *in_, void *out_)
{
    const struct resource_review *in = in_;
    struct reviewed *out = out_;
    read_proposed(tx, in->club, out);
    out->slots = read_slots(tx, in->club);
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command resource_review_command = {
    .name = "resource.review",
    .doc = "What is proposed for a shelf, by whom and since when; and for each of the next "
           "Wednesdays, the programme's day of fiches-projets, those of that day.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_SHELF_KEEP,
    .in = review_in,
    .in_bytes = sizeof(struct resource_review),
    .out = review_out,
    .out_bytes = sizeof(struct reviewed),
    .run = review_run,
};
