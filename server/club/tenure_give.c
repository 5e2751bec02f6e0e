/* Giving a post to somebody who has an account, ending a tenure, and time passing. A person without
 * account gets a post by invitation. */
#include "club/person.h"
#include "club/tenure.h"
#include "club/town.h"

static const struct fact *const facts[] = {MEMBER_FACTS, NULL};

/* --- tenure.give ------------------------------------------------------------------------------ */

struct tenure_give {
    int64_t club, person, town, starts_at, ends_at;
};
static const struct field tenure_give_in[] = {
    FIELD_ID(struct tenure_give, club, "Club whose animateur it is, or that the town belongs to"),
    FIELD_ID(struct tenure_give, person, "Who gets the post; somebody one shares a Club with"),
    FIELD_ID_OPT(struct tenure_give, town,
                 "Town of a chef de projet; absent: animateur of the Club"),
    FIELD_TIME_OPT(struct tenure_give, starts_at, "Absent: now"),
    FIELD_TIME_OPT(struct tenure_give, ends_at, "Absent: open"),
    FIELD_END,
};
struct tenure_given {
    int64_t tenure;
};
static const struct field tenure_give_out[] = {
    FIELD_ID(struct tenure_given, tenure, "The new tenure"),
    FIELD_END,
};

static enum err check_give(struct tx *tx, const struct tenure_give *asked, int64_t starts_at)
{
    struct account account;
    if (!account_find(tx, asked->person, &account) || account.state != PERSON_ACTIVE ||
        !person_visible(tx, asked->person)) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    if (asked->town && !tx->club.national && !town_is_of_club(tx, asked->town, asked->club)) {
        return tx_fail(tx, ERR_NOT_FOUND, "town", NULL);
    }
    if (asked->ends_at && (asked->ends_at <= starts_at || asked->ends_at <= tx->now_ms)) {
        return tx_fail(tx, ERR_CONFLICT, "ends_at",
                       PHRASE("cette fin vient avant le début", "this end comes before the start"));
    }
    return ERR_NONE;
}

static enum err tenure_give_run(struct tx *tx, const void *in, void *out)
{
    const struct tenure_give *asked = in;
    struct tenure_given *given = out;
    int64_t starts_at = asked->starts_at ? asked->starts_at : tx->now_ms;
    enum err err = check_give(tx, asked, starts_at);
    if (err) {
        return err;
    }
    int64_t post = post_of(tx, asked->town, asked->club);
    if (!post) {
        return tx_fail(tx, ERR_NOT_FOUND, "town", NULL);
    }
    if (post_is_held_by(tx, post, asked->person)) {
        return tx_fail(tx, ERR_EXISTS, "person", NULL);
    }
    given->tenure = tenure_start(tx, post, asked->person, starts_at, asked->ends_at);
    return ERR_NONE;
}

const struct command tenure_give_command = {
    .name = "tenure.give",
    .doc = "Give a post, now or from a date. Two people may hold it at once.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = tenure_give_in,
    .in_bytes = sizeof(struct tenure_give),
    .out = tenure_give_out,
    .out_bytes = sizeof(struct tenure_given),
    .facts = facts,
    .run = tenure_give_run,
};

/* --- tenure.end ------------------------------------------------------------------------------- */

struct tenure_end {
    int64_t tenure, at;
};
static const struct field tenure_end_in[] = {
    FIELD_ID(struct tenure_end, tenure, "Tenure"),
    FIELD_TIME_OPT(struct tenure_end, at, "When; absent or past: now"),
    FIELD_END,
};

SQL(is_over, "SELECT state = 'ended' FROM tenure WHERE id = ?1");
SQL(set_end, "UPDATE tenure SET ends_at = ?2, starts_at = min(starts_at, ?2) WHERE id = ?1");

static enum err tenure_end_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct tenure_end *asked = in;
    if (db_int(tx->db, &is_over, 0, asked->tenure)) {
        return tx_fail(tx, ERR_CONFLICT, "tenure",
                       PHRASE("ce poste n'est plus tenu par cette personne",
                              "this person no longer holds the post"));
    }
    db_run(tx->db, &set_end, asked->tenure, asked->at > tx->now_ms ? asked->at : tx->now_ms);
    tenure_settle(tx, asked->tenure);
    return ERR_NONE;
}

const struct command tenure_end_command = {
    .name = "tenure.end",
    .doc = "End a tenure, now or at a date: its person leaves the Clubs it brought them into. The "
           "post "
           "and what was written under it stay for who comes next.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_TENURE_MANAGE,
    .in = tenure_end_in,
    .in_bytes = sizeof(struct tenure_end),
    .out = no_fields,
    .facts = facts,
    .run = tenure_end_run,
};

/* --- tenure.due ------------------------------------------------------------------------------- */

struct tenure_due {
    int64_t tenure;
};
static const struct field tenure_due_in[] = {
    FIELD_ID(struct tenure_due, tenure, "Tenure that begins or ends now"),
    FIELD_END,
};

static enum err tenure_due_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct tenure_due *asked = in;
    tenure_settle(tx, asked->tenure);
    return ERR_NONE;
}

const struct command tenure_due_command = {
    .name = "tenure.due",
    .doc = "The day has come on which a tenure begins or ends.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = tenure_due_in,
    .in_bytes = sizeof(struct tenure_due),
    .out = no_fields,
    .facts = facts,
    .operator_only = true,
    .run = tenure_due_run,
};
