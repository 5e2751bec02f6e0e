#include "club/noted.h"

#include "club/audience.h"

/* --- before ----------------------------------------------------------------------------------- */

static bool covers(const struct scope *scope, const struct standing *standing)
{
    switch (scope->kind) {
    case SCOPE_PERSON:
        return standing->person == scope->id;
    case SCOPE_CLUB:
        return standing->club == scope->id;
    default:
        return standing->audience == audience_channel(scope->id);
    }
}

static void standings_in(struct tx *tx, const struct scope *scope, struct standing_list *out)
{
    switch (scope->kind) {
    case SCOPE_PERSON:
        standings_of_person(tx, scope->id, out);
        break;
    case SCOPE_CLUB:
        standings_of_club(tx, scope->id, out);
        break;
    default:
        standings_of_channel(tx, scope->id, out);
    }
}

static bool already_in(const struct noted *noted, size_t scopes, const struct standing *standing)
{
    for (size_t i = 0; i < scopes; i++) {
        if (covers(&noted->scopes.items[i], standing)) {
            return true;
        }
    }
    return false;
}

void rights_new_channel(struct tx *tx, int64_t channel)
{
    struct scope scope = {SCOPE_CHANNEL, channel};
    ARENA_PUSH(tx->arena, &noted_of(tx)->scopes, scope);
}

/* What an earlier scope covers is left out: since that one was touched it may have changed. */
static void touch(struct tx *tx, struct scope scope)
{
    struct noted *noted = noted_of(tx);
    size_t earlier = noted->scopes.count;
    for (size_t i = 0; i < earlier; i++) {
        if (noted->scopes.items[i].kind == scope.kind && noted->scopes.items[i].id == scope.id) {
            return;
        }
    }
    struct standing_list now = {0};
    standings_in(tx, &scope, &now);
    for (size_t i = 0; i < now.count; i++) {
        if (!already_in(noted, earlier, &now.items[i])) {
            ARENA_PUSH(tx->arena, &noted->before, now.items[i]);
        }
    }
    ARENA_PUSH(tx->arena, &noted->scopes, scope);
}

SQL(directs_of, "SELECT c.id FROM channel_member m JOIN channel c ON c.id = m.channel"
                " WHERE m.person = ?1 AND c.kind = 'direct'");

/* What others may do in a direct conversation depends on this person too. */
void rights_touch(struct tx *tx, int64_t person)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } directs = {0};
    touch(tx, (struct scope){SCOPE_PERSON, person});
    for (struct rows rows = db_select(tx->db, &directs_of, person); rows_next(&rows);) {
        ARENA_PUSH(tx->arena, &directs, rows_int(&rows, 0));
    }
    for (size_t i = 0; i < directs.count; i++) {
        touch(tx, (struct scope){SCOPE_CHANNEL, directs.items[i]});
    }
}

void rights_touch_club(struct tx *tx, int64_t club)
{
    touch(tx, (struct scope){SCOPE_CLUB, club});
}

void rights_touch_channel(struct tx *tx, int64_t channel)
{
    touch(tx, (struct scope){SCOPE_CHANNEL, channel});
}

/* --- after ------------------------------------------------------------------------------------ */

/* Unread counts start from here. Who comes back does not find what was said meanwhile as unread. */
SQL(reading_start, "INSERT INTO reading (person, channel, position) VALUES (?1, ?2, ?3)"
                   " ON CONFLICT DO UPDATE SET position = max(position, excluded.position)");

static void note_access(struct tx *tx, const struct fact *fact, const struct standing *standing)
{
    fact_note(tx, fact, audience_person(standing->person), standing->audience);
}

static void note_gained(struct tx *tx, const struct standing *standing)
{
    int64_t audience = standing->audience;
    int64_t seq = fact_note(tx, &access_gained_fact, audience_person(standing->person), audience);
    if (audience_kind(audience) == AUDIENCE_CHANNEL) {
        db_run(tx->db, &reading_start, standing->person, audience_id(audience), seq);
    }
}

/* < 0: only in `before`, > 0: only in `after`, 0: in both. */
static int side_of(const struct standing_list *before, size_t b, const struct standing_list *after,
                   size_t a)
{
    if (b == before->count || a == after->count) {
        return b == before->count ? 1 : -1;
    }
    return standing_order(&before->items[b], &after->items[a]);
}

/* The hub learns the new audiences once per person, before the facts that say so. */
static void note_hearing(struct tx *tx, int64_t person, int64_t *last)
{
    if (*last != person) {
        note_placed(tx, &(struct note){.type = EFFECT_RIGHTS, .person = person});
        *last = person;
    }
}

static void compare(struct tx *tx, const struct standing_list *before,
                    const struct standing_list *after)
{
    int64_t told = 0;
    for (size_t b = 0, a = 0; b < before->count || a < after->count;) {
        int side = side_of(before, b, after, a);
        if (side < 0) {
            note_hearing(tx, before->items[b].person, &told);
            note_access(tx, &access_lost_fact, &before->items[b]);
        } else if (side > 0) {
            note_hearing(tx, after->items[a].person, &told);
            note_gained(tx, &after->items[a]);
        } else if (before->items[b].reasons != after->items[a].reasons) {
            note_access(tx, &access_changed_fact, &after->items[a]);
        }
        b += side <= 0;
        a += side >= 0;
    }
}

void rights_compare(struct tx *tx)
{
    struct noted *noted = tx->noted;
    if (noted->scopes.count == 0) {
        return;
    }
    struct standing_list after = {0};
    for (size_t i = 0; i < noted->scopes.count; i++) {
        standings_in(tx, &noted->scopes.items[i], &after);
    }
    standings_merge(&noted->before);
    standings_merge(&after);
    compare(tx, &noted->before, &after);
}

/* --- the three facts -------------------------------------------------------------------------- */

struct access_changed {
    int kind;
    int64_t id;
    uint32_t can;
};
static const char *const kind_words[] = {"club", "channel", NULL};
static const struct choice kind_choice = {"AccessKind", kind_words};
static const struct field gained_out[] = {
    FIELD_CHOICE(struct access_changed, kind, &kind_choice, "What it is about"),
    FIELD_ID(struct access_changed, id, "That Club or channel"),
    FIELD_WORDS(struct access_changed, can, &can_choice, "What the person can do there now"),
    FIELD_END,
};
static const struct field lost_out[] = {
    FIELD_CHOICE(struct access_changed, kind, &kind_choice, "What it is about"),
    FIELD_ID(struct access_changed, id, "That Club or channel"),
    FIELD_END,
};

static bool lost_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    (void)tx, (void)audience;
    struct access_changed *out = out_;
    out->kind = audience_kind(entity) == AUDIENCE_CHANNEL;
    out->id = audience_id(entity);
    return true;
}

static bool gained_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    struct access_changed *out = out_;
    int64_t person = audience_id(audience), id = audience_id(entity);
    lost_load(tx, audience, entity, out);
    out->can = reasons_can(out->kind ? reasons_in_channel(tx, person, id)
                                     : reasons_in_club(tx, person, id));
    return out->can != 0; /* lost again since: the later fact says so */
}

const struct fact access_gained_fact = {
    .name = "access.gained",
    .doc = "The person now hears a Club or channel: fetch it. To a guest the Club comes and goes "
           "with its"
           " channels and is not told apart.",
    .out = gained_out,
    .out_bytes = sizeof(struct access_changed),
    .load = gained_load,
};
/* Apart from gained, before which nothing is told again to one that was away: here it was heard. */
const struct fact access_changed_fact = {
    .name = "access.changed",
    .doc =
        "The person can do other things in a Club or channel they hear, or is called there by other"
        " roles: fetch it again.",
    .out = gained_out,
    .out_bytes = sizeof(struct access_changed),
    .load = gained_load,
};
const struct fact access_lost_fact = {
    .name = "access.lost",
    .doc =
        "The person no longer hears a Club or channel: drop it. Each channel of a Club is told "
        "apart,"
        " after it; who is still a guest in one of them keeps the Club, and can do nothing in it.",
    .out = lost_out,
    .out_bytes = sizeof(struct access_changed),
    .load = lost_load,
};
