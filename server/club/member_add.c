/* Putting somebody into a Club straight away, without invitation or password: for the command line,
 * scripts and the demonstration. A new person logs in once they have asked for a password. */
#include "club/member.h"
#include "club/person.h"
#include "club/tenure.h"
#include "club/town.h"

struct member_add {
    const char *email, *name;
    int role;
    const char *departement, *insee, *organisation;
    bool administrator;
};
static const struct field member_add_in[] = {
    FIELD_LINE(struct member_add, email, 3, LIMIT_EMAIL_CHARS,
               "Address; a known person is found by it"),
    FIELD_LINE(struct member_add, name, 1, LIMIT_NAME_CHARS, "Name of a new person"),
    FIELD_CHOICE(struct member_add, role, &role_choice, "Role in the Club"),
    FIELD_LINE_OPT(struct member_add, departement, 2, 3,
                   "Code of the Club's; absent: the national Club"),
    FIELD_LINE_OPT(struct member_add, insee, 5, 5, "Commune of the town, for a chef de projet"),
    FIELD_LINE_OPT(struct member_add, organisation, 1, LIMIT_NAME_CHARS,
                   "Name of the person's body"),
    FIELD_BOOL_OPT(struct member_add, administrator, "A new person is an administrator"),
    FIELD_END,
};

SQL(club_of_departement, "SELECT id FROM club WHERE departement IS ?1");

static int64_t find_or_add_person(struct tx *tx, const struct member_add *asked, const char *email)
{
    struct account account;
    if (account_by_email(tx, email, &account)) {
        return account.id;
    }
    return person_add(tx, email, person_name(tx, asked->name), asked->administrator, NULL);
}

static enum err give_post(struct tx *tx, const struct member_add *asked, int64_t person,
                          int64_t club)
{
    struct list towns = {0};
    if (asked->role == ROLE_CHEF_DE_PROJET) {
        towns = town_look_up(tx, asked->insee ? asked->insee : "", 1);
        if (!towns.count) {
            return tx_fail(tx, ERR_NOT_FOUND, "insee", NULL);
        }
    }
    int64_t town = towns.count ? ((const struct town *)towns.items)->id : 0;
    int64_t post = post_of(tx, town, town ? 0 : club);
    if (!post_is_held_by(tx, post, person)) {
        tenure_start(tx, post, person, tx->now_ms, 0);
    }
    return ERR_NONE;
}

static void join(struct tx *tx, const struct member_add *asked, int64_t person, int64_t club)
{
    struct membership membership = {
        .person = person,
        .club = club,
        .role = asked->role,
        .label = member_label(tx, asked->role, asked->organisation),
        .organisation_id = organisation_of(tx, asked->organisation),
        .since = tx->now_ms,
    };
    membership_start(tx, &membership);
    member_note(tx, person, club, 0);
}

static enum err member_add_run(struct tx *tx, const void *in, void *out)
{
    const struct member_add *asked = in;
    struct created *created = out;
    const char *email = person_email(tx, asked->email);
    if (!email) {
        return tx_fail(tx, ERR_EMAIL, "email", NULL);
    }
    int64_t club = db_int(tx->db, &club_of_departement, 0, asked->departement);
    if (!club) {
        return tx_fail(tx, ERR_NOT_FOUND, "departement", NULL);
    }
    created->id = find_or_add_person(tx, asked, email);
    if (asked->role == ROLE_CHEF_DE_PROJET || asked->role == ROLE_ANIMATEUR) {
        return give_post(tx, asked, created->id, club);
    }
    join(tx, asked, created->id, club);
    return ERR_NONE;
}

static const struct fact *const facts[] = {MEMBER_FACTS, NULL};

const struct command member_add_command = {
    .name = "member.add",
    .doc = "Put a person, made if new, into a Club straight away.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = member_add_in,
    .in_bytes = sizeof(struct member_add),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = facts,
    .run = member_add_run,
};
