/* invitation.get and invitation.accept: what the invited person does. Both by POST: opening the
 * link uses nothing up. */
#include "club/invitation.h"
#include "club/member.h"
#include "club/password.h"
#include "club/session.h"

static enum err find(struct tx *tx, const char *token, struct invitation *out)
{
    return invitation_by_token(tx, token, out) ? ERR_NONE : tx_fail(tx, ERR_TOKEN, "token", NULL);
}

/* --- invitation.get --------------------------------------------------------------------------- */

struct invitation_get {
    const char *token;
};
static const struct field invitation_get_in[] = {
    FIELD_LINE(struct invitation_get, token, 1, LIMIT_NAME_CHARS, "What follows # in the link"),
    FIELD_END,
};
struct invitation_seen {
    const char *club, *channel, *email, *name, *label, *invited_by;
    int64_t expires_at;
    bool account, mine;
};
static const struct field invitation_get_out[] = {
    FIELD_LINE(struct invitation_seen, club, 1, LIMIT_NAME_CHARS, "Club one is invited into"),
    FIELD_LINE_OPT(struct invitation_seen, channel, 0, LIMIT_NAME_CHARS, "The one channel of it"),
    FIELD_LINE(struct invitation_seen, email, 1, LIMIT_EMAIL_CHARS, "Address that was invited"),
    FIELD_LINE(struct invitation_seen, name, 1, LIMIT_NAME_CHARS, "Name that was given"),
    FIELD_LINE(struct invitation_seen, label, 1, LIMIT_LABEL_CHARS, "Function it gives"),
    FIELD_LINE_OPT(struct invitation_seen, invited_by, 0, LIMIT_NAME_CHARS, "Who invites"),
    FIELD_TIME(struct invitation_seen, expires_at, "When the link ends"),
    FIELD_BOOL(struct invitation_seen, account,
               "The address has an account: its password is asked, not a new one"),
    FIELD_BOOL(struct invitation_seen, mine,
               "It is the account that is logged in: nothing is asked"),
    FIELD_END,
};

static enum err invitation_get_run(struct tx *tx, const void *in, void *out)
{
    const struct invitation_get *asked = in;
    struct invitation_seen *seen = out;
    struct invitation invitation;
    struct club club = {0};
    struct channel channel = {0};
    struct account by = {0}, account = {0};
    enum err err = find(tx, asked->token, &invitation);
    if (err) {
        return err;
    }
    club_find(tx, invitation.club, &club);
    if (invitation.channel) {
        channel_find(tx, invitation.channel, &channel);
    }
    account_find(tx, invitation.invited_by, &by);
    bool known = account_by_email(tx, invitation.email, &account);
    *seen = (struct invitation_seen){
        .club = club.name,
        .channel = channel.name,
        .email = invitation.email,
        .name = invitation.name,
        .label = invitation_label(tx, &invitation),
        .invited_by = by.name,
        .expires_at = invitation.expires_at,
        .account = known,
        .mine = known && account.id == tx->actor.person,
    };
    return ERR_NONE;
}

const struct command invitation_get_command = {
    .name = "invitation.get",
    .doc = "What an invitation's link is for; it stays as it is.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = invitation_get_in,
    .in_bytes = sizeof(struct invitation_get),
    .out = invitation_get_out,
    .out_bytes = sizeof(struct invitation_seen),
    .http_only = true,
    .throttled = true,
    .run = invitation_get_run,
};

/* --- invitation.accept ------------------------------------------------------------------------ */

struct invitation_accept {
    const char *token, *name, *password;
    /* Made by prepare: one of them, or none where the account is logged in. */
    const char *compared; /* hash of the account, which the password fits */
    const char *chosen;   /* hash of a new account's password */
};
static const struct field invitation_accept_in[] = {
    FIELD_LINE(struct invitation_accept, token, 1, LIMIT_NAME_CHARS, "What follows # in the link"),
    FIELD_LINE_OPT(struct invitation_accept, name, 1, LIMIT_NAME_CHARS,
                   "Name of a new account; absent: as it was given"),
    FIELD_LINE_OPT(struct invitation_accept, password, 1, LIMIT_PASSWORD_MAX_CHARS,
                   "Password chosen for a new account, or that of the account the address has"),
    FIELD_END,
};
struct invitation_accepted {
    const struct account *person;
    int64_t club, channel;
};
static const struct field invitation_accept_out[] = {
    FIELD_OBJECT(struct invitation_accepted, person, account, account_fields, "Who came in"),
    FIELD_ID(struct invitation_accepted, club, "Where they came in"),
    FIELD_ID_OPT(struct invitation_accepted, channel, "The one channel of it"),
    FIELD_END,
};

static enum err prepare_known(struct tx *tx, struct invitation_accept *asked,
                              const struct account *account)
{
    if (!password_matches(tx, asked->password, account->password)) {
        return tx_fail(tx, ERR_CREDENTIALS, "password", NULL);
    }
    if (account->state == PERSON_SUSPENDED) {
        return tx_fail(tx, ERR_SUSPENDED, NULL, NULL);
    }
    asked->compared = account->password;
    return ERR_NONE;
}

static enum err prepare_new(struct tx *tx, struct invitation_accept *asked, const char *email)
{
    enum err err = password_check(tx, "password", asked->password, email);
    if (!err) {
        asked->chosen = password_hash(tx, asked->password);
    }
    return err;
}

static enum err invitation_accept_prepare(struct tx *tx, void *in)
{
    struct invitation_accept *asked = in;
    struct invitation invitation;
    struct account account;
    enum err err = find(tx, asked->token, &invitation);
    if (err) {
        return err;
    }
    bool known = account_by_email(tx, invitation.email, &account);
    if (known && account.id == tx->actor.person) {
        return ERR_NONE;
    }
    if (!asked->password) {
        return tx_fail(tx, ERR_MISSING, "password", NULL);
    }
    return known ? prepare_known(tx, asked, &account) : prepare_new(tx, asked, invitation.email);
}

/* 0 with a problem where the account is not (any more) as prepare saw it. */
static int64_t who_accepts(struct tx *tx, const struct invitation_accept *asked,
                           const struct invitation *invitation)
{
    struct account account;
    bool known = account_by_email(tx, invitation->email, &account);
    if (!known && asked->chosen) {
        const char *name = asked->name ? person_name(tx, asked->name) : invitation->name;
        return person_add(tx, invitation->email, name, false, asked->chosen);
    }
    if (known &&
        (account.id == tx->actor.person || password_still_kept(tx, account.id, asked->compared))) {
        return account.id;
    }
    tx_fail(tx, ERR_CREDENTIALS, "password", NULL);
    return 0;
}

static enum err invitation_accept_run(struct tx *tx, const void *in, void *out)
{
    const struct invitation_accept *asked = in;
    struct invitation_accepted *accepted = out;
    struct invitation invitation;
    enum err err = find(tx, asked->token, &invitation);
    if (err) {
        return err;
    }
    int64_t person = who_accepts(tx, asked, &invitation);
    if (!person) {
        return tx->problem->err;
    }
    invitation_grant(tx, &invitation, person);
    if (person != tx->actor.person) {
        session_start(tx, person, &(struct session_opened){0});
    }
    struct account *account = ARENA_NEW(tx->arena, struct account);
    account_find(tx, person, account);
    accepted->person = account;
    accepted->club = invitation.club;
    accepted->channel = invitation.channel;
    return ERR_NONE;
}

static const struct fact *const facts[] = {MEMBER_FACTS, NULL};

const struct command invitation_accept_command = {
    .name = "invitation.accept",
    .doc = "Accept an invitation. A new address chooses its password; one that has an account is "
           "logged "
           "in, or gives its password. The session's secret comes in the cookie.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = invitation_accept_in,
    .in_bytes = sizeof(struct invitation_accept),
    .out = invitation_accept_out,
    .out_bytes = sizeof(struct invitation_accepted),
    .facts = facts,
    .http_only = true,
    .throttled = true,
    .prepare = invitation_accept_prepare,
    .run = invitation_accept_run,
};
