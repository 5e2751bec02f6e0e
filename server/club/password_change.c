/* A password is changed by who knows it. */
#include "club/mail.h"
#include "club/password.h"
#include "club/person.h"
#include "club/session.h"

SQL(is_kept, "SELECT 1 FROM person WHERE id = ?1 AND password = ?2 AND state = 'active'");
SQL(keep, "UPDATE person SET password = ?2 WHERE id = ?1");

bool password_still_kept(struct tx *tx, int64_t person, const char *kept)
{
    return person && kept && db_int(tx->db, &is_kept, 0, person, kept);
}

void password_keep(struct tx *tx, int64_t person, const char *kept)
{
    struct account account;
    db_run(tx->db, &keep, person, kept);
    if (!account_find(tx, person, &account)) {
        return;
    }
    mail_write(
        tx, person, account.email,
        &(struct letter){
            .subject = "Votre mot de passe a changé",
            .paragraphs = {"Bonjour,",
                           "Le mot de passe de votre compte au Club Petites villes de demain "
                           "vient d'être changé.",
                           "Si c'est vous, il n'y a rien à faire.",
                           "Si ce n'est pas vous, demandez tout de suite un nouveau mot de "
                           "passe depuis la page de connexion et prévenez l'animateur de "
                           "votre Club."},
        });
}

struct password_change {
    const char *current, *next;
    /* Made by prepare. */
    const char *was, *kept;
};
static const struct field password_change_in[] = {
    FIELD_PASSWORD(struct password_change, current),
    FIELD_PASSWORD_NEW(struct password_change, next),
    FIELD_END,
};

static enum err password_change_prepare(struct tx *tx, void *in)
{
    struct password_change *asked = in;
    struct account account;
    if (!account_find(tx, tx->actor.person, &account)) {
        return tx_fail(tx, ERR_LOGIN, NULL, NULL);
    }
    enum err err = password_check(tx, "next", asked->next, account.email);
    if (err) {
        return err;
    }
    if (!password_matches(tx, asked->current, account.password)) {
        return tx_fail(tx, ERR_CREDENTIALS, "current", NULL);
    }
    asked->was = account.password;
    asked->kept = password_hash(tx, asked->next);
    return ERR_NONE;
}

static enum err password_change_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct password_change *asked = in;
    if (!password_still_kept(tx, tx->actor.person, asked->was)) {
        return tx_fail(tx, ERR_CREDENTIALS, "current", NULL);
    }
    password_keep(tx, tx->actor.person, asked->kept);
    session_end_all(tx, tx->actor.person, tx->actor.session, SESSION_BROWSERS);
    return ERR_NONE;
}

const struct command password_change_command = {
    .name = "password.change",
    .doc = "Choose another password; my other browsers are logged out.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = password_change_in,
    .in_bytes = sizeof(struct password_change),
    .out = no_fields,
    .throttled = true,
    .prepare = password_change_prepare,
    .run = password_change_run,
};
