/* user.add, user.password, token.create: how the command line lets people and scripts in. */
#include "club/user.h"

#include "club/password.h"
#include "club/person.h"
#include "club/secret.h"
#include "club/session.h"

static const struct field password_out[] = {
    FIELD_ID(struct user_password_out, id, "Person"),
    FIELD_LINE(struct user_password_out, password, 1, LIMIT_PASSWORD_MAX_CHARS, "Told this once"),
    FIELD_END,
};

/* --- user.add --------------------------------------------------------------------------------- */

struct user_add {
    const char *email, *name;
    bool administrator;
    const char *password;
    const char *kept; /* by prepare */
};
static const struct field user_add_in[] = {
    FIELD_LINE(struct user_add, email, 3, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_LINE(struct user_add, name, 1, LIMIT_NAME_CHARS, "Name"),
    FIELD_BOOL_OPT(struct user_add, administrator, "Runs Clubs, accounts and imports"),
    FIELD_LINE_OPT(struct user_add, password, LIMIT_PASSWORD_MIN_CHARS, LIMIT_PASSWORD_MAX_CHARS,
                   "Absent: one is made"),
    FIELD_END,
};

/* A given password follows the rules; a made one is beyond them. */
static enum err choose(struct tx *tx, const char **password, const char *email, const char **kept)
{
    if (*password) {
        enum err err = password_check(tx, "password", *password, email);
        if (err) {
            return err;
        }
    } else {
        *password = secret_password(tx->arena);
    }
    *kept = password_hash(*password, tx->arena);
    return ERR_NONE;
}

static enum err user_add_prepare(struct tx *tx, void *in)
{
    struct user_add *asked = in;
    return choose(tx, &asked->password, asked->email, &asked->kept);
}

static enum err user_add_run(struct tx *tx, const void *in, void *out)
{
    const struct user_add *asked = in;
    struct user_password_out *made = out;
    struct account account;
    const char *email = person_email(tx, asked->email);
    if (!email) {
        return tx_fail(tx, ERR_EMAIL, "email", NULL);
    }
    if (account_by_email(tx, email, &account)) {
        return tx_fail(tx, ERR_EXISTS, "email", NULL);
    }
    made->id = person_add(tx, email, person_name(tx, asked->name), asked->administrator, asked->kept);
    made->password = asked->password;
    rights_touch(tx, made->id);
    return ERR_NONE;
}

static const struct fact *const facts[] = {ACCESS_FACTS, NULL};

const struct command user_add_command = {
    .name = "user.add",
    .doc = "Add a person with a password, given or made.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = user_add_in,
    .in_bytes = sizeof(struct user_add),
    .out = password_out,
    .out_bytes = sizeof(struct user_password_out),
    .facts = facts,
    .prepare = user_add_prepare,
    .run = user_add_run,
};

/* --- user.password ---------------------------------------------------------------------------- */

struct user_password {
    const char *email, *password;
    const char *kept; /* by prepare */
};
static const struct field user_password_in[] = {
    FIELD_LINE(struct user_password, email, 3, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_LINE_OPT(struct user_password, password, LIMIT_PASSWORD_MIN_CHARS,
                   LIMIT_PASSWORD_MAX_CHARS, "Absent: one is made"),
    FIELD_END,
};

static enum err user_password_prepare(struct tx *tx, void *in)
{
    struct user_password *asked = in;
    return choose(tx, &asked->password, asked->email, &asked->kept);
}

static enum err user_password_run(struct tx *tx, const void *in, void *out)
{
    const struct user_password *asked = in;
    struct user_password_out *made = out;
    struct account account;
    if (!account_by_email(tx, person_email(tx, asked->email), &account)) {
        return tx_fail(tx, ERR_NOT_FOUND, "email", NULL);
    }
    password_keep(tx, account.id, asked->kept);
    session_end_all(tx, account.id, 0, SESSION_BROWSERS);
    *made = (struct user_password_out){account.id, asked->password};
    return ERR_NONE;
}

const struct command user_password_command = {
    .name = "user.password",
    .doc = "Give a person another password and end the sessions of their browsers.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = user_password_in,
    .in_bytes = sizeof(struct user_password),
    .out = password_out,
    .out_bytes = sizeof(struct user_password_out),
    .prepare = user_password_prepare,
    .run = user_password_run,
};

/* --- token.create ----------------------------------------------------------------------------- */

static const char *const scope_words[] = {"all", "read", NULL};
static const struct choice scope_choice = {"Scope", scope_words};

struct token_create {
    const char *email, *label;
    int scope;
    int64_t days;
};
static const struct field token_create_in[] = {
    FIELD_LINE(struct token_create, email, 3, LIMIT_EMAIL_CHARS, "Whose token it is"),
    FIELD_LINE_OPT(struct token_create, label, 1, LIMIT_NAME_CHARS, "What it is for"),
    FIELD_CHOICE_OPT(struct token_create, scope, &scope_choice, "read: queries only"),
    FIELD_INT_OPT(struct token_create, days, 1, 3660, "Validity; absent: 365"),
    FIELD_END,
};
static const struct field token_create_out[] = {
    FIELD_ID(struct token_created, id, "Session of the token"),
    FIELD_LINE(struct token_created, token, 1, SECRET_CHARS, "The token, told this once"),
    FIELD_END,
};

static enum err token_create_run(struct tx *tx, const void *in, void *out)
{
    const struct token_create *asked = in;
    struct token_created *created = out;
    struct account account;
    if (!account_by_email(tx, person_email(tx, asked->email), &account)) {
        return tx_fail(tx, ERR_NOT_FOUND, "email", NULL);
    }
    struct session_token token = {
        .person = account.id,
        .label = asked->label ? asked->label : "",
        .scope = scope_words[asked->scope],
        .expires_at = tx->now_ms + (asked->days ? asked->days : 365) * MS_PER_DAY,
    };
    created->token = session_token_make(tx, &token);
    created->id = token.id;
    return ERR_NONE;
}

const struct command token_create_command = {
    .name = "token.create",
    .doc = "Make a bearer token for a person's scripts; only its hash is kept.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = token_create_in,
    .in_bytes = sizeof(struct token_create),
    .out = token_create_out,
    .out_bytes = sizeof(struct token_created),
    .run = token_create_run,
};
