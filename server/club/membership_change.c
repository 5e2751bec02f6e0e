/* What an animateur does to those who were invited: another role, an end. Who holds a post changes
 * with it (tenure.give, tenure.end). */
#include "club/member.h"
#include "club/person.h"

static const struct fact *const facts[] = {MEMBER_FACTS, NULL};

/* tx_fail() where the membership is over, or is that of a post. */
static enum err find_invited(struct tx *tx, int64_t id, struct membership *out)
{
    if (!membership_find(tx, id, out) || !out->active) {
        return tx_fail(tx, ERR_NOT_FOUND, "membership", NULL);
    }
    if (out->tenure) {
        return tx_fail(tx, ERR_CONFLICT, "membership",
                       PHRASE("cette place vient d'un poste ; c'est le poste qu'il faut terminer",
                              "this comes with a post; it is the post that must be ended"));
    }
    return ERR_NONE;
}

/* --- membership.change ------------------------------------------------------------------------ */

struct membership_change {
    int64_t membership;
    int role;
    const char *organisation;
    int64_t until;
};
static const struct field membership_change_in[] = {
    FIELD_ID(struct membership_change, membership, "Membership by invitation"),
    FIELD_CHOICE(struct membership_change, role, &role_choice, "élu, partenaire or lecteur"),
    FIELD_LINE_OPT(struct membership_change, organisation, 1, LIMIT_NAME_CHARS,
                   "Organisation; absent: none"),
    FIELD_TIME_OPT(struct membership_change, until, "Day it ends; absent: open"),
    FIELD_END,
};
struct membership_changed {
    int64_t membership;
};
static const struct field membership_change_out[] = {
    FIELD_ID(struct membership_changed, membership, "The membership that takes its place"),
    FIELD_END,
};

static enum err membership_change_run(struct tx *tx, const void *in, void *out)
{
    const struct membership_change *asked = in;
    struct membership_changed *changed = out;
    struct membership was;
    enum err err = find_invited(tx, asked->membership, &was);
    if (err) {
        return err;
    }
    if (asked->role == ROLE_ANIMATEUR || asked->role == ROLE_CHEF_DE_PROJET) {
        return tx_fail(tx, ERR_CONFLICT, "role",
                       PHRASE("ce rôle vient d'un poste ; donnez le poste",
                              "this role comes with a post; give the post"));
    }
    if (asked->until && asked->until <= tx->now_ms) {
        return tx_fail(tx, ERR_CONFLICT, "until",
                       PHRASE("cette date est passée", "this date is past"));
    }
    const char *organisation = asked->organisation ? person_name(tx, asked->organisation) : NULL;
    struct membership next = {
        .person = was.person,
        .club = was.club,
        .channel = was.channel,
        .role = asked->role,
        .organisation_id = organisation_of(tx, organisation),
        .label = member_label(tx, asked->role, organisation),
        .since = was.since,
        .until = asked->until,
    };
    membership_stop(tx, &was);
    changed->membership = membership_start(tx, &next);
    member_note(tx, was.person, was.club, was.channel);
    return ERR_NONE;
}

const struct command membership_change_command = {
    .name = "membership.change",
    .doc = "Give an invited member another role, organisation or end.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_MEMBERSHIP_MANAGE,
    .in = membership_change_in,
    .in_bytes = sizeof(struct membership_change),
    .out = membership_change_out,
    .out_bytes = sizeof(struct membership_changed),
    .facts = facts,
    .run = membership_change_run,
};

/* --- membership.end, membership.due ----------------------------------------------------------- */

struct membership_end {
    int64_t membership;
};
static const struct field membership_end_in[] = {
    FIELD_ID(struct membership_end, membership, "Membership by invitation"),
    FIELD_END,
};

static enum err membership_end_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct membership_end *asked = in;
    struct membership membership;
    enum err err = find_invited(tx, asked->membership, &membership);
    if (err) {
        return err;
    }
    membership_stop(tx, &membership);
    member_note(tx, membership.person, membership.club, membership.channel);
    return ERR_NONE;
}

const struct command membership_end_command = {
    .name = "membership.end",
    .doc = "Remove an invited member from a Club, or a guest from a channel.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_MEMBERSHIP_MANAGE,
    .in = membership_end_in,
    .in_bytes = sizeof(struct membership_end),
    .out = no_fields,
    .facts = facts,
    .run = membership_end_run,
};

static enum err membership_due_run(struct tx *tx, const void *in, void *out)
{
    const struct membership_end *asked = in;
    struct membership membership;
    bool over = membership_find(tx, asked->membership, &membership) && membership.active &&
                membership.until && membership.until <= tx->now_ms;
    return over ? membership_end_run(tx, in, out) : ERR_NONE;
}

const struct command membership_due_command = {
    .name = "membership.due",
    .doc = "The day has come on which a membership ends.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = membership_end_in,
    .in_bytes = sizeof(struct membership_end),
    .out = no_fields,
    .facts = facts,
    .operator_only = true,
    .run = membership_due_run,
};
