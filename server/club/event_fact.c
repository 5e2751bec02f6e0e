/* The facts about events, and who hears them. */
#include "club/audiences.h"
#include "club/event.h"

/* --- who hears -------------------------------------------------------------------------------- */

SQL(whole, "SELECT scope = 'network' AND state <> 'draft' FROM event WHERE id = ?1");
SQL(clubs, "SELECT a.club FROM event e JOIN event_club a ON a.event = e.id"
           " WHERE e.id = ?1 AND e.state <> 'draft' ORDER BY a.club");
SQL(runners, "SELECT x.person FROM event e JOIN membership x ON x.club = e.club WHERE e.id = ?1"
             " AND x.role = 'animateur' AND x.active = 1 AND x.channel IS NULL"
             " UNION SELECT p.id FROM event e JOIN person p WHERE e.id = ?1"
             " AND p.administrator = 1 AND p.state <> 'erased'");
SQL(managers, "SELECT x.person FROM event e JOIN membership x ON x.club = e.club WHERE e.id = ?1"
              " AND x.role = 'animateur' AND x.active = 1 AND x.channel IS NULL"
              " UNION SELECT p.id FROM event e JOIN person p ON p.id = e.created_by"
              " WHERE e.id = ?1 AND p.administrator = 1 AND p.state <> 'erased'");
/* Those whom no Club's audience reaches; an administrator hears all Clubs. */
SQL(apart, "SELECT person FROM (SELECT r.person FROM registration r JOIN event e ON e.id = r.event"
           " WHERE r.event = ?1 AND r.person IS NOT NULL AND e.state <> 'draft'"
           " UNION SELECT x.person FROM event e JOIN membership x ON x.club = e.club"
           " WHERE e.id = ?1 AND x.role = 'animateur' AND x.active = 1 AND x.channel IS NULL) h"
           " WHERE NOT EXISTS (SELECT 1 FROM event_club a JOIN membership y ON y.club = a.club"
           " WHERE a.event = ?1 AND y.person = h.person AND y.active = 1 AND y.channel IS NULL)"
           " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = h.person AND p.administrator = 1)"
           " ORDER BY person");

void event_managers(struct tx *tx, int64_t event, struct ids *out)
{
    ids_read(tx, db_select(tx->db, &managers, event), out);
}

void event_runners(struct tx *tx, int64_t event, struct ids *out)
{
    ids_read(tx, db_select(tx->db, &runners, event), out);
}

void event_audiences(struct tx *tx, int64_t event, struct ids *out)
{
    struct ids announced = {0}, people = {0};
    if (db_int(tx->db, &whole, 0, event)) {
        int64_t everybody = audience_pack(AUDIENCE_EVERYBODY, 0);
        ARENA_PUSH(tx->arena, out, everybody);
        return;
    }
    ids_read(tx, db_select(tx->db, &clubs, event), &announced);
    if (announced.count > 0) {
        ids_read(tx, db_select(tx->db, &apart, event), &people);
    } else {
        event_runners(tx, event, &people);
    }
    audiences_add(tx, AUDIENCE_CLUB, &announced, out);
    audiences_add(tx, AUDIENCE_PERSON, &people, out);
}

void event_tell(struct tx *tx, int64_t event)
{
    struct ids audiences = {0};
    event_audiences(tx, event, &audiences);
    audiences_tell(tx, &event_changed_fact, &audiences, event);
}

void event_tell_gone(struct tx *tx, int64_t event, const struct ids *before)
{
    struct ids after = {0};
    event_audiences(tx, event, &after);
    audiences_tell_gone(tx, &event_gone_fact, before, &after, event);
}

/* --- event.changed ---------------------------------------------------------------------------- */

struct event_told {
    const struct event *event;
};
static const struct field changed_out[] = {
    FIELD_OBJECT(struct event_told, event, event, event_fields, "The event as it is now"),
    FIELD_END,
};

SQL(announced_to, "SELECT 1 FROM event_club WHERE event = ?1 AND club = ?2");

/* The audience it was told to may since have lost it, and learns so by event.gone; what the event
 * became meanwhile is not for them. */
static bool still_hears(struct tx *tx, int64_t audience, int64_t event)
{
    struct event_head head = {0};
    int64_t id = audience_id(audience);
    switch (audience_kind(audience)) {
    case AUDIENCE_PERSON:
        return event_find(tx, id, event, &head) && (head.can & EVENT_CAN_SEE);
    case AUDIENCE_CLUB:
        return db_int(tx->db, &announced_to, 0, event, id) || db_int(tx->db, &whole, 0, event);
    default:
        return db_int(tx->db, &whole, 0, event) != 0;
    }
}

static bool changed_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    struct event_told *out = out_;
    struct event *event = ARENA_NEW(tx->arena, struct event);
    out->event = event;
    return still_hears(tx, audience, entity) && event_load(tx, entity, event);
}

const struct fact event_changed_fact = {
    .name = "event.changed",
    .doc = "An event was announced, or is not as it was; who did not hold it holds it now.",
    .out = changed_out,
    .out_bytes = sizeof(struct event_told),
    .load = changed_load,
};

/* --- event.gone ------------------------------------------------------------------------------- */

struct event_gone {
    int64_t event;
};
static const struct field gone_out[] = {
    FIELD_ID(struct event_gone, event, "Event"),
    FIELD_END,
};

static bool gone_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    (void)tx, (void)audience;
    struct event_gone *out = out_;
    out->event = entity;
    return true;
}

const struct fact event_gone_fact = {
    .name = "event.gone",
    .doc = "A draft was deleted, or an event is no longer announced to this audience: drop it. Who "
           "hears of it in another way is told it again right after.",
    .out = gone_out,
    .out_bytes = sizeof(struct event_gone),
    .load = gone_load,
};

/* --- registration.changed --------------------------------------------------------------------- */

struct registration_told {
    const struct event_mine *mine;
};
static const struct field registration_out[] = {
    FIELD_OBJECT(struct registration_told, mine, event_mine, event_mine_fields,
                 "The person's own part as it is now"),
    FIELD_END,
};

static bool registration_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    struct registration_told *out = out_;
    struct event_mine *mine = ARENA_NEW(tx->arena, struct event_mine);
    event_mine_load(tx, audience_id(audience), entity, mine);
    out->mine = mine;
    return (mine->can & EVENT_CAN_SEE) != 0;
}

const struct fact registration_changed_fact = {
    .name = "registration.changed",
    .doc = "Where the person stands with an event changed.",
    .out = registration_out,
    .out_bytes = sizeof(struct registration_told),
    .load = registration_load,
};
