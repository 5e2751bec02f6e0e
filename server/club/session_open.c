/* Logging in and out. */
#include "club/password.h"
#include "club/session.h"

struct session_open {
    const char *email, *password;
    /* Found by prepare. */
    int64_t person;
    const char *kept; /* hash the password was compared with */
};
static const struct field session_open_in[] = {
    FIELD_LINE(struct session_open, email, 1, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_PASSWORD(struct session_open, password),
    FIELD_END,
};

/* An unknown address costs the same hash and gets the same answer as a wrong password; that an
 * account is suspended is told only to who knows its password. */
static enum err session_open_prepare(struct tx *tx, void *in)
{
    struct session_open *asked = in;
    struct account account = {0};
    bool known = account_by_email(tx, person_email(tx, asked->email), &account);
    if (!password_matches(tx, asked->password, known ? account.password : NULL)) {
        return tx_fail(tx, ERR_CREDENTIALS, NULL, NULL);
    }
    if (account.state == PERSON_SUSPENDED) {
        return tx_fail(tx, ERR_SUSPENDED, NULL, NULL);
    }
    asked->person = account.id;
    asked->kept = account.password;
    return ERR_NONE;
}

/* What prepare saw may have changed while the request waited for the writer. */
static enum err session_open_run(struct tx *tx, const void *in, void *out)
{
    const struct session_open *asked = in;
    if (!password_still_kept(tx, asked->person, asked->kept)) {
        return tx_fail(tx, ERR_CREDENTIALS, NULL, NULL);
    }
    session_start(tx, asked->person, out);
    return ERR_NONE;
}

const struct command session_open_command = {
    .name = "session.open",
    .doc = "Log in. The session's secret comes in the cookie; over HTTP only.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = session_open_in,
    .in_bytes = sizeof(struct session_open),
    .out = session_opened_fields,
    .out_bytes = sizeof(struct session_opened),
    .http_only = true,
    .throttled = true,
    .prepare = session_open_prepare,
    .run = session_open_run,
};

static enum err session_close_run(struct tx *tx, const void *in, void *out)
{
    (void)in, (void)out;
    session_end(tx, tx->actor.person, tx->actor.session);
    tx->set_cookie_token = "";
    return ERR_NONE;
}

const struct command session_close_command = {
    .name = "session.close",
    .doc = "Log out: this session ends, its live sockets are closed, the cookie is cleared.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = no_fields,
    .http_only = true,
    .run = session_close_run,
};
