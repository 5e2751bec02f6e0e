/* The facts about resources, and who hears them. */
#include "club/audiences.h"
#include "club/entry.h"
#include "club/resource.h"

/* --- who hears -------------------------------------------------------------------------------- */

SQL(whole, "SELECT r.state = 'published' AND (r.public = 1 OR k.kind = 'national')"
           " FROM resource r JOIN club k ON k.id = r.club WHERE r.id = ?1");
SQL(shelf, "SELECT club FROM resource WHERE id = ?1 AND state = 'published'");
#define ANIMATEURS                                                                                 \
    "SELECT x.person FROM resource r JOIN membership x ON x.club = r.club WHERE r.id = ?1"         \
    " AND x.role = 'animateur' AND x.active = 1 AND x.channel IS NULL"
SQL(reviewers, ANIMATEURS " UNION SELECT p.id FROM person p WHERE p.administrator = 1"
                          " AND p.state = 'active' AND NOT EXISTS (" ANIMATEURS ") ORDER BY 1");
/* While it is not published: its author, and from the proposal on who keeps the shelf. */
SQL(concerned, "SELECT created_by FROM resource WHERE id = ?1 AND created_by IS NOT NULL"
               " UNION SELECT x.person FROM resource r JOIN membership x ON x.club = r.club"
               " WHERE r.id = ?1 AND r.state <> 'draft' AND x.role = 'animateur' AND x.active = 1"
               " AND x.channel IS NULL UNION SELECT p.id FROM resource r JOIN person p"
               " WHERE r.id = ?1 AND r.state <> 'draft' AND p.administrator = 1"
               " AND p.state <> 'erased' ORDER BY 1");
/* Its author where the audience of its Club does not reach them; an administrator hears all. */
SQL(author_apart,
    "SELECT r.created_by FROM resource r JOIN person p ON p.id = r.created_by WHERE r.id = ?1"
    " AND p.administrator = 0 AND NOT EXISTS (SELECT 1 FROM membership y WHERE y.club = r.club"
    " AND y.person = r.created_by AND y.active = 1 AND y.channel IS NULL)");

void resource_reviewers(struct tx *tx, int64_t resource, struct ids *out)
{
    ids_read(tx, db_select(tx->db, &reviewers, resource), out);
}

void resource_audiences(struct tx *tx, int64_t resource, struct ids *out)
{
    struct ids people = {0};
    if (db_int(tx->db, &whole, 0, resource)) {
        int64_t everybody = audience_pack(AUDIENCE_EVERYBODY, 0);
        ARENA_PUSH(tx->arena, out, everybody);
        return;
    }
    int64_t club = db_int(tx->db, &shelf, 0, resource);
    if (club) {
        ARENA_PUSH(tx->arena, out, audience_club(club));
    }
    ids_read(tx, db_select(tx->db, club ? &author_apart : &concerned, resource), &people);
    audiences_add(tx, AUDIENCE_PERSON, &people, out);
}

void resource_tell(struct tx *tx, int64_t resource, const struct ids *before)
{
    struct ids now = {0};
    resource_audiences(tx, resource, &now);
    if (before) {
        audiences_tell_gone(tx, &resource_gone_fact, before, &now, resource);
    }
    audiences_tell(tx, &resource_changed_fact, &now, resource);
    entry_changed(tx, ENTRY_RESOURCE, resource);
}

/* --- resource.changed ------------------------------------------------------------------------- */

struct resource_told {
    const struct resource *resource;
};
static const struct field changed_out[] = {
    FIELD_OBJECT(struct resource_told, resource, resource, resource_fields,
                 "The resource as it is now"),
    FIELD_END,
};

/* The audience it was told to may since have lost it, and learns so by resource.gone; what the
 * resource became meanwhile is not for them. */
static bool still_hears(struct tx *tx, int64_t audience, int64_t resource)
{
    struct resource_head head = {0};
    int64_t id = audience_id(audience);
    switch (audience_kind(audience)) {
    case AUDIENCE_PERSON:
        return resource_find(tx, id, resource, &head) && (head.can & RESOURCE_CAN_SEE);
    case AUDIENCE_CLUB:
        return db_int(tx->db, &shelf, 0, resource) == id || db_int(tx->db, &whole, 0, resource);
    default:
        return db_int(tx->db, &whole, 0, resource) != 0;
    }
}

static bool changed_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    struct resource_told *out = out_;
    struct resource *resource = ARENA_NEW(tx->arena, struct resource);
    out->resource = resource;
    return still_hears(tx, audience, entity) && resource_load(tx, entity, resource);
}

const struct fact resource_changed_fact = {
    .name = "resource.changed",
    .doc = "A resource came to this audience, or is not as it was; who did not hold it holds it "
           "now.",
    .out = changed_out,
    .out_bytes = sizeof(struct resource_told),
    .load = changed_load,
};

/* --- resource.gone ---------------------------------------------------------------------------- */

struct resource_gone {
    int64_t resource;
};
static const struct field gone_out[] = {
    FIELD_ID(struct resource_gone, resource, "Resource"),
    FIELD_END,
};

static bool gone_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    (void)tx, (void)audience;
    ((struct resource_gone *)out_)->resource = entity;
    return true;
}

const struct fact resource_gone_fact = {
    .name = "resource.gone",
    .doc = "A resource was deleted or withdrawn, or this audience no longer sees it: drop it. Who "
           "hears of it in another way is told it again right after.",
    .out = gone_out,
    .out_bytes = sizeof(struct resource_gone),
    .load = gone_load,
};
