/* What the command line alone does with accounts: user.add, user.password. */
#include "club/password.h"
#include "club/person.h"
#include "club/secret.h"
#include "club/session.h"

/* --- user.add --------------------------------------------------------------------------------- */

struct user_add {
    const char *email, *name;
    bool administrator;
    const char *password;
    /* Made by prepare. */
    const char *kept;
};
static const struct field user_add_in[] = {
    FIELD_LINE(struct user_add, email, 1, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_LINE(struct user_add, name, 1, LIMIT_NAME_CHARS, "Name"),
    FIELD_BOOL_OPT(struct user_add, administrator, "Runs Clubs, accounts and imports"),
    FIELD_LINE_OPT(struct user_add, password, LIMIT_PASSWORD_MIN_CHARS, LIMIT_PASSWORD_MAX_CHARS,
                   "Absent: the person asks for one by mail (password.forgot)"),
    FIELD_END,
};

static enum err user_add_prepare(struct tx *tx, void *in)
{
    struct user_add *asked = in;
    enum err err = ERR_NONE;
    if (asked->password) {
        err = password_check(tx, "password", asked->password, asked->email);
    }
    if (asked->password && !err) {
        asked->kept = password_hash(tx, asked->password);
    }
    return err;
}

static enum err user_add_run(struct tx *tx, const void *in, void *out)
{
    const struct user_add *asked = in;
    struct account_found *added = out;
    struct account *account = ARENA_NEW(tx->arena, struct account);
    const char *email = person_email(tx, asked->email);
    if (!email) {
        return tx_fail(tx, ERR_EMAIL, "email", NULL);
    }
    if (account_by_email(tx, email, account)) {
        return tx_fail(tx, ERR_EXISTS, "email", NULL);
    }
    int64_t person =
        person_add(tx, email, person_name(tx, asked->name), asked->administrator, asked->kept);
    account_find(tx, person, account);
    added->person = account;
    return ERR_NONE;
}

const struct command user_add_command = {
    .name = "user.add",
    .doc = "Make an account that belongs to no Club yet; this is how the first administrator comes "
           "in.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = user_add_in,
    .in_bytes = sizeof(struct user_add),
    .out = account_found_out,
    .out_bytes = sizeof(struct account_found),
    .operator_only = true,
    .prepare = user_add_prepare,
    .run = user_add_run,
};

/* --- user.password ---------------------------------------------------------------------------- */

struct user_password {
    int64_t person;
    const char *password;
    /* Made by prepare. */
    const char *given, *kept;
};
static const struct field user_password_in[] = {
    FIELD_ID(struct user_password, person, "Person"),
    FIELD_LINE_OPT(struct user_password, password, LIMIT_PASSWORD_MIN_CHARS,
                   LIMIT_PASSWORD_MAX_CHARS, "Absent: one is drawn"),
    FIELD_END,
};
struct user_password_set {
    const char *password;
};
static const struct field user_password_out[] = {
    FIELD_LINE_OPT(struct user_password_set, password, 1, LIMIT_PASSWORD_MAX_CHARS,
                   "The one that was drawn, shown only now"),
    FIELD_END,
};

static enum err user_password_prepare(struct tx *tx, void *in)
{
    struct user_password *asked = in;
    struct account account;
    if (!account_find(tx, asked->person, &account) || account.state == PERSON_ERASED) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    asked->given = asked->password ? asked->password : secret_password(tx->arena);
    enum err err = password_check(tx, "password", asked->given, account.email);
    if (!err) {
        asked->kept = password_hash(tx, asked->given);
    }
    return err;
}

static enum err user_password_run(struct tx *tx, const void *in, void *out)
{
    const struct user_password *asked = in;
    struct user_password_set *set = out;
    struct account account;
    if (!asked->kept || !account_find(tx, asked->person, &account) ||
        account.state == PERSON_ERASED) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    password_keep(tx, asked->person, asked->kept);
    session_end_all(tx, asked->person, 0, SESSION_BROWSERS_AND_TOKENS);
    set->password = asked->password ? NULL : asked->given;
    return ERR_NONE;
}

const struct command user_password_command = {
    .name = "user.password",
    .doc = "Give an account another password; all its sessions and tokens end.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = user_password_in,
    .in_bytes = sizeof(struct user_password),
    .out = user_password_out,
    .out_bytes = sizeof(struct user_password_set),
    .operator_only = true,
    .prepare = user_password_prepare,
    .run = user_password_run,
};
