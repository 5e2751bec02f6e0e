#include "club/member.h"

#include "base/str.h"
#include "club/audience.h"
#include "club/entry.h"
#include "club/fold.h"

const struct field membership_fields[] = {
    FIELD_ID(struct membership, id, "Membership"),
    FIELD_CHOICE(struct membership, role, &role_choice, "Role it gives"),
    FIELD_LINE(struct membership, label, 0, LIMIT_LABEL_CHARS, "Function shown beside the name"),
    FIELD_LINE_OPT(struct membership, organisation, 0, LIMIT_NAME_CHARS, "Organisation's name"),
    FIELD_ID_OPT(struct membership, tenure, "Tenure it comes from; absent: invited"),
    FIELD_TIME(struct membership, since, "Since when"),
    FIELD_TIME_OPT(struct membership, until, "Until when, if it is known"),
    FIELD_END,
};

const struct field member_fields[] = {
    FIELD_ID(struct member, id, "Person"),
    FIELD_LINE(struct member, name, 0, LIMIT_NAME_CHARS, "Name"),
    FIELD_WORDS(struct member, roles, &role_choice, "Roles, all reasons together"),
    FIELD_LINE(struct member, label, 0, LIMIT_LABEL_CHARS, "Function of the strongest role"),
    FIELD_TIME(struct member, since, "Member since"),
    FIELD_LIST(struct member, memberships, membership, membership_fields, 0, LIMIT_LIST_MAX,
               "Reasons they belong"),
    FIELD_END,
};

const char *role_word(int role)
{
    return role_choice.words[role];
}

int role_of(const char *word)
{
    int role = ROLE_ANIMATEUR;
    while (role < ROLE_LECTEUR && !str_equal(role_word(role), word)) {
        role++;
    }
    return role;
}

/* --- rows ------------------------------------------------------------------------------------- */

#define MEMBERSHIP                                                                                 \
    "SELECT m.id, m.role, m.label, m.organisation, o.name, m.tenure, m.since, m.until, m.person,"  \
    " m.club, m.channel, m.active FROM membership m"                                               \
    " LEFT JOIN organisation o ON o.id = m.organisation WHERE "
SQL(membership_of_id, MEMBERSHIP "m.id = ?1");
SQL(memberships_there, MEMBERSHIP "m.person = ?1 AND m.club = ?2 AND m.channel IS ?3"
                                  " AND m.active = 1 ORDER BY m.id");

static struct membership read_membership(struct tx *tx, const struct rows *rows)
{
    return (struct membership){
        .id = rows_int(rows, 0),
        .role = role_of(rows_text(rows, 1)),
        .label = rows_copy(rows, 2, tx->arena),
        .organisation_id = rows_int(rows, 3),
        .organisation = rows_copy(rows, 4, tx->arena),
        .tenure = rows_int(rows, 5),
        .since = rows_int(rows, 6),
        .until = rows_int(rows, 7),
        .person = rows_int(rows, 8),
        .club = rows_int(rows, 9),
        .channel = rows_int(rows, 10),
        .active = rows_int(rows, 11) != 0,
    };
}

bool membership_find(struct tx *tx, int64_t id, struct membership *out)
{
    struct rows rows = db_select(tx->db, &membership_of_id, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = read_membership(tx, &rows);
    rows_end(&rows);
    return true;
}

SQL(name_of_active, "SELECT name FROM person WHERE id = ?1 AND state = 'active'");

static void add_reason(struct member *member, const struct membership *membership, int *strongest)
{
    member->roles |= UINT32_C(1) << membership->role;
    if (!member->label || membership->role < *strongest) {
        *strongest = membership->role;
        member->label = membership->label;
    }
    if (!member->since || membership->since < member->since) {
        member->since = membership->since;
    }
}

bool member_load(struct tx *tx, int64_t person, int64_t club, int64_t channel, struct member *out)
{
    struct {
        struct membership *items;
        size_t count, capacity;
    } found = {0};
    int strongest = 0;
    *out =
        (struct member){.id = person, .name = db_text(tx->db, &name_of_active, tx->arena, person)};
    struct rows rows = db_select(tx->db, &memberships_there, person, club, db_id(channel));
    while (rows_next(&rows)) {
        ARENA_PUSH(tx->arena, &found, read_membership(tx, &rows));
        add_reason(out, &found.items[found.count - 1], &strongest);
    }
    out->memberships = (struct list){found.items, found.count};
    return out->name && found.count > 0;
}

/* --- beginning and ending --------------------------------------------------------------------- */

SQL(insert_membership, "INSERT INTO membership (person, club, channel, role, tenure, organisation, "
                       "label, since, until, folded)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
SQL(end_membership, "UPDATE membership SET active = 0, until = ?2 WHERE id = ?1");

extern const struct command membership_due_command;

int64_t membership_start(struct tx *tx, const struct membership *membership)
{
    const struct membership *m = membership;
    rights_touch(tx, m->person);
    db_run(tx->db, &insert_membership, m->person, m->club, db_id(m->channel), role_word(m->role),
           db_id(m->tenure), db_id(m->organisation_id), m->label, m->since, db_id(m->until),
           fold(m->label, tx->arena));
    int64_t id = db_last_id(tx->db);
    entry_changed(tx, ENTRY_PERSON, m->person);
    if (m->until && !m->tenure) { /* those of a tenure end with it */
        due_set(tx, &membership_due_command, id, m->until);
    }
    return id;
}

void membership_stop(struct tx *tx, const struct membership *membership)
{
    rights_touch(tx, membership->person);
    db_run(tx->db, &end_membership, membership->id, tx->now_ms);
    entry_changed(tx, ENTRY_PERSON, membership->person);
    due_set(tx, &membership_due_command, membership->id, INT64_MAX);
}

SQL(is_member, "SELECT 1 FROM membership m JOIN person p ON p.id = m.person WHERE m.person = ?1"
               " AND m.club = ?2 AND m.channel IS ?3 AND m.active = 1 AND p.state = 'active'");

void member_note(struct tx *tx, int64_t person, int64_t club, int64_t channel)
{
    bool stays = db_int(tx->db, &is_member, 0, person, club, db_id(channel));
    fact_note(tx, stays ? &member_changed_fact : &member_left_fact,
              channel ? audience_channel(channel) : audience_club(club), person);
}

SQL(belongs, "SELECT DISTINCT club, channel FROM membership WHERE person = ?1 AND active = 1");

void member_note_all(struct tx *tx, int64_t person)
{
    struct {
        struct membership *items;
        size_t count, capacity;
    } found = {0};
    struct rows rows = db_select(tx->db, &belongs, person);
    while (rows_next(&rows)) {
        struct membership there = {.club = rows_int(&rows, 0), .channel = rows_int(&rows, 1)};
        ARENA_PUSH(tx->arena, &found, there);
    }
    for (size_t i = 0; i < found.count; i++) {
        member_note(tx, person, found.items[i].club, found.items[i].channel);
    }
}

/* --- words ------------------------------------------------------------------------------------ */

const char *member_label(struct tx *tx, int role, const char *organisation)
{
    static const char *const words[] = {"Animateur", "Chef de projet", "Élu", "Partenaire",
                                        "Lecteur"};
    return organisation ? arena_printf(tx->arena, "%s · %s", words[role], organisation)
                        : words[role];
}

SQL(find_organisation, "SELECT id FROM organisation WHERE name = ?1");
SQL(add_organisation, "INSERT INTO organisation (name) VALUES (?1)");

int64_t organisation_of(struct tx *tx, const char *name)
{
    if (!name) {
        return 0;
    }
    int64_t id = db_int(tx->db, &find_organisation, 0, name);
    if (!id) {
        db_run(tx->db, &add_organisation, name);
        id = db_last_id(tx->db);
    }
    return id;
}

/* --- facts ------------------------------------------------------------------------------------ */

struct member_fact {
    int64_t club, channel;
    const struct member *member; /* of member.changed */
    int64_t person;              /* of member.left */
};
static const struct field changed_out[] = {
    FIELD_ID(struct member_fact, club, "Club"),
    FIELD_ID_OPT(struct member_fact, channel,
                 "Channel they are a guest of; absent: the whole Club"),
    FIELD_OBJECT(struct member_fact, member, member, member_fields, "The member as they stand now"),
    FIELD_END,
};
static const struct field left_out[] = {
    FIELD_ID(struct member_fact, club, "Club"),
    FIELD_ID_OPT(struct member_fact, channel, "Channel they were a guest of"),
    FIELD_ID(struct member_fact, person, "Who is no member any more"),
    FIELD_END,
};

static bool place_load(struct tx *tx, int64_t audience, struct member_fact *out)
{
    struct channel channel;
    out->club = audience_id(audience);
    if (audience_kind(audience) == AUDIENCE_CHANNEL) {
        out->channel = audience_id(audience);
        if (!channel_find(tx, out->channel, &channel)) {
            return false;
        }
        out->club = channel.club;
    }
    return true;
}

static bool member_changed_load(struct tx *tx, int64_t audience, int64_t entity, void *out)
{
    struct member_fact *fact = out;
    struct member *member = ARENA_NEW(tx->arena, struct member);
    fact->member = member;
    return place_load(tx, audience, fact) &&
           member_load(tx, entity, fact->club, fact->channel, member);
}

static bool member_left_load(struct tx *tx, int64_t audience, int64_t entity, void *out)
{
    struct member_fact *fact = out;
    fact->person = entity;
    return place_load(tx, audience, fact);
}

const struct fact member_changed_fact = {
    .name = "member.changed",
    .doc =
        "A member of a Club, or a guest of one of its channels, is new or stands there otherwise.",
    .out = changed_out,
    .out_bytes = sizeof(struct member_fact),
    .load = member_changed_load,
};
const struct fact member_left_fact = {
    .name = "member.left",
    .doc = "A person is no member of a Club, or no guest of a channel, any more.",
    .out = left_out,
    .out_bytes = sizeof(struct member_fact),
    .load = member_left_load,
};
