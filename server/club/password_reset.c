/* A lost password: a link by mail, and a new password with it. */
#include "club/mail.h"
#include "club/password.h"
#include "club/person.h"
#include "club/secret.h"
#include "club/session.h"

/* --- password.forgot -------------------------------------------------------------------------- */

enum { RESETS_PER_PERSON = 3 }; /* open at once: nobody's mailbox is filled from here */

struct password_forgot {
    const char *email;
};
static const struct field password_forgot_in[] = {
    FIELD_LINE(struct password_forgot, email, 1, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_END,
};

SQL(forget_resets, "DELETE FROM reset WHERE expires_at <= ?1");
SQL(count_resets, "SELECT count(*) FROM reset WHERE person = ?1");
SQL(insert_reset, "INSERT INTO reset (hash, person, created_at, expires_at)"
                  " VALUES (?1, ?2, ?3, ?4)");

static void send_reset(struct tx *tx, const struct account *account)
{
    struct secret secret = secret_draw(SECRET_RESET, tx->arena);
    db_run(tx->db, &insert_reset, db_blob(secret.hash, sizeof secret.hash), account->id, tx->now_ms,
           tx->now_ms + LIMIT_RESET_HOURS * MS_PER_HOUR);
    mail_write(
        tx, account->id, account->email,
        &(struct letter){
            .subject = "Choisir un nouveau mot de passe",
            .paragraphs = {"Bonjour,",
                           "Vous avez demandé un nouveau mot de passe pour le Club Petites "
                           "villes de demain."},
            .action = "Choisir un nouveau mot de passe",
            /* After the #: it reaches neither the logs of a server nor another site. */
            .link = arena_printf(tx->arena, "%s/mot-de-passe#%s", tx->public_url, secret.text),
            .after = {"Ce lien sert une seule fois, pendant deux heures.",
                      "Si vous n'avez rien demandé, ignorez ce message : votre mot de passe "
                      "reste le même."},
        });
}

extern const struct command password_send_command;

/* Writes the same for a known and an unknown address, so that even the time of the answer tells
 * nothing; the mail is the writer's next work. */
static enum err password_forgot_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct password_forgot *asked = in;
    struct account account;
    const char *email = person_email(tx, asked->email);
    if (!email) {
        return tx_fail(tx, ERR_EMAIL, "email", NULL);
    }
    bool known = account_by_email(tx, email, &account);
    due_set(tx, &password_send_command, known ? account.id : 0, tx->now_ms);
    return ERR_NONE;
}

const struct command password_forgot_command = {
    .name = "password.forgot",
    .doc =
        "Ask for a link to a new password by mail. The answer is the same for an unknown address.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = password_forgot_in,
    .in_bytes = sizeof(struct password_forgot),
    .out = no_fields,
    .http_only = true,
    .throttled = true,
    .run = password_forgot_run,
};

struct password_send {
    int64_t person;
};
static const struct field password_send_in[] = {
    FIELD_ID(struct password_send, person, "Who forgot their password"),
    FIELD_END,
};

static enum err password_send_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct password_send *asked = in;
    struct account account;
    db_run(tx->db, &forget_resets, tx->now_ms);
    if (account_find(tx, asked->person, &account) && account.state == PERSON_ACTIVE &&
        db_int(tx->db, &count_resets, 0, account.id) < RESETS_PER_PERSON) {
        send_reset(tx, &account);
    }
    return ERR_NONE;
}

const struct command password_send_command = {
    .name = "password.send",
    .doc = "Mail somebody the link to a new password.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = password_send_in,
    .in_bytes = sizeof(struct password_send),
    .out = no_fields,
    .operator_only = true,
    .run = password_send_run,
};

/* --- password.reset --------------------------------------------------------------------------- */

struct password_reset {
    const char *token, *password;
    /* Made by prepare. */
    const char *kept;
};
static const struct field password_reset_in[] = {
    FIELD_LINE(struct password_reset, token, 1, LIMIT_NAME_CHARS, "What follows # in the link"),
    FIELD_PASSWORD_NEW(struct password_reset, password),
    FIELD_END,
};

SQL(person_of_reset, "SELECT r.person FROM reset r JOIN person p ON p.id = r.person"
                     " WHERE r.hash = ?1 AND r.expires_at > ?2 AND p.state = 'active'");

static bool reset_account(struct tx *tx, const char *token, struct account *out)
{
    uint8_t hash[32];
    if (!secret_has_form(token, SECRET_RESET)) {
        return false;
    }
    secret_hash(token, hash);
    int64_t person = db_int(tx->db, &person_of_reset, 0, db_blob(hash, sizeof hash), tx->now_ms);
    return person && account_find(tx, person, out);
}

static enum err password_reset_prepare(struct tx *tx, void *in)
{
    struct password_reset *asked = in;
    struct account account;
    if (!reset_account(tx, asked->token, &account)) {
        return tx_fail(tx, ERR_TOKEN, "token", NULL);
    }
    enum err err = password_check(tx, "password", asked->password, account.email);
    if (!err) {
        asked->kept = password_hash(tx, asked->password);
    }
    return err;
}

SQL(use_resets, "DELETE FROM reset WHERE person = ?1");

/* Who asks for a new password may have lost the old one to somebody: all that was open is closed.
 */
static enum err password_reset_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct password_reset *asked = in;
    struct account account;
    if (!asked->kept || !reset_account(tx, asked->token, &account)) {
        return tx_fail(tx, ERR_TOKEN, "token", NULL);
    }
    db_run(tx->db, &use_resets, account.id);
    password_keep(tx, account.id, asked->kept);
    session_end_all(tx, account.id, 0, SESSION_BROWSERS_AND_TOKENS);
    return ERR_NONE;
}

const struct command password_reset_command = {
    .name = "password.reset",
    .doc = "Choose a new password with the link received; every session and token of mine ends.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = password_reset_in,
    .in_bytes = sizeof(struct password_reset),
    .out = no_fields,
    .http_only = true,
    .throttled = true,
    .prepare = password_reset_prepare,
    .run = password_reset_run,
};
