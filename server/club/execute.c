#include "club/execute.h"

#include "base/str.h"
#include "club/noted.h"
#include "store/journal.h"
#include "store/memo.h"

enum err tx_fail(struct tx *tx, enum err err, const char *field, const char *arg)
{
    return problem_set(tx->problem, err, field, arg);
}

void tx_release(struct tx *tx)
{
    if (tx->may_release && !db_error(tx->db)) { /* an error stays to be seen */
        db_rollback(tx->db);
    }
}

/* --- who asks --------------------------------------------------------------------------------- */

#define SESSION_OF                                                                                 \
    "SELECT s.id, s.expires_at, s.seen_at, s.scope = 'all', p.id, p.state = 'active',"             \
    " p.state = 'suspended', p.administrator"                                                      \
    " FROM session s JOIN person p ON p.id = s.person WHERE "
SQL(session_by_hash, "SELECT id FROM session WHERE hash = ?1");
SQL(session_by_id, SESSION_OF "s.id = ?1");
SQL(person_by_id, "SELECT 0, 9223372036854775807, 0, 1, id, state = 'active', state = 'suspended',"
                  " administrator FROM person WHERE id = ?1");

struct identity {
    struct actor actor;
    int64_t expires_at;
    bool active, suspended;
};

static enum err let_in(struct tx *tx, const struct identity *identity)
{
    bool expired = identity->expires_at <= tx->now_ms;
    if (expired || (!identity->active && !identity->suspended)) {
        return tx_fail(tx, ERR_LOGIN, NULL, NULL);
    }
    if (identity->suspended) {
        return tx_fail(tx, ERR_SUSPENDED, NULL, NULL);
    }
    tx->actor = identity->actor;
    return ERR_NONE;
}

/* By an id: what each command of a socket begins with. */
static enum err let_in_known(struct tx *tx, const struct sql *sql, int64_t id)
{
    const struct memo *memo = memo_row(tx->db, sql, id);
    if (!memo) {
        return tx_fail(tx, ERR_LOGIN, NULL, NULL);
    }
    struct identity identity = {
        .expires_at = memo_int(memo, 1),
        .active = memo_int(memo, 5) != 0,
        .suspended = memo_int(memo, 6) != 0,
        .actor =
            {
                .session = memo_int(memo, 0),
                .seen_at = memo_int(memo, 2),
                .read_only = memo_int(memo, 3) == 0,
                .person = memo_int(memo, 4),
                .administrator = memo_int(memo, 7) != 0,
            },
    };
    return let_in(tx, &identity);
}

static enum err let_in_secret(struct tx *tx, const struct credential *credential)
{
    struct rows rows =
        db_select(tx->db, &session_by_hash, db_blob(credential->hash, sizeof credential->hash));
    if (!rows_next(&rows)) {
        return tx_fail(tx, ERR_LOGIN, NULL, NULL);
    }
    int64_t session = rows_int(&rows, 0);
    rows_end(&rows);
    return let_in_known(tx, &session_by_id, session);
}

enum err authenticate(struct tx *tx, const struct credential *credential)
{
    tx->actor = (struct actor){0};
    switch (credential->kind) {
    case CREDENTIAL_SECRET:
        return let_in_secret(tx, credential);
    case CREDENTIAL_SESSION:
        return let_in_known(tx, &session_by_id, credential->session);
    case CREDENTIAL_PERSON:
        return let_in_known(tx, &person_by_id, credential->person);
    case CREDENTIAL_OPERATOR:
        tx->actor = (struct actor){.is_operator = true, .administrator = true};
        return ERR_NONE;
    default: /* CREDENTIAL_NONE */
        return ERR_NONE;
    }
}

/* What anybody may call is not refused for an old cookie: one logs in again with it. */
static enum err know(struct tx *tx, const struct command *command,
                     const struct credential *credential)
{
    enum err err = authenticate(tx, credential);
    if (err && command->right == RIGHT_ANYBODY) {
        *tx->problem = (struct problem){0};
        return ERR_NONE;
    }
    return err;
}

SQL(session_seen, "UPDATE session SET seen_at = ?2 WHERE id = ?1");

/* To the hour, to spare the disk. */
static void see_session(struct tx *tx)
{
    if (tx->actor.session && tx->actor.seen_at <= tx->now_ms - MS_PER_HOUR) {
        db_run(tx->db, &session_seen, tx->actor.session, tx->now_ms);
    }
}

/* --- may they --------------------------------------------------------------------------------- */

static enum err allow(struct tx *tx, const struct command *command, const void *in)
{
    int64_t object = 0;
    if (tx->actor.read_only && command->kind != QUERY) {
        return tx_fail(tx, ERR_FORBIDDEN, NULL, NULL);
    }
    if (command->in->type == FIELD_TYPE_ID) {
        const void *first = (const char *)in + command->in->offset;
        object = *(const int64_t *)first;
    }
    return may(tx, command->right, object);
}

/* --- law 3: sent twice, done once ------------------------------------------------------------- */

/* Its nonce, NULL if it has none. */
static const char *nonce_in(const struct command *command, const void *in)
{
    for (const struct field *field = command->in; field->type != FIELD_TYPE_END; field++) {
        if (str_equal(field->name, "nonce")) {
            const void *nonce = (const char *)in + field->offset;
            return *(const char *const *)nonce;
        }
    }
    return NULL;
}

SQL(nonce_get, "SELECT command, object, seq FROM nonce WHERE person = ?1 AND nonce = ?2");
SQL(nonce_put, "INSERT INTO nonce (person, nonce, command, object, seq, at)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

/* The reply of an earlier sending is rebuilt; ERR_NONCE if it was another command's. */
static enum err recall(struct tx *tx, const struct command *command, const char *nonce,
                       struct created *out, bool *done)
{
    struct rows rows = db_select(tx->db, &nonce_get, tx->actor.person, nonce);
    if (!rows_next(&rows)) {
        return ERR_NONE;
    }
    bool same = str_equal(rows_text(&rows, 0), command->name);
    *out = (struct created){rows_int(&rows, 1), rows_int(&rows, 2)};
    rows_end(&rows);
    *done = same;
    return same ? ERR_NONE : tx_fail(tx, ERR_NONCE, "nonce", NULL);
}

static void remember(struct tx *tx, const struct command *command, const char *nonce,
                     struct created *out)
{
    if (out->seq == 0) { /* what it made is told by its last fact */
        out->seq = journal_head(tx->db);
    }
    db_run(tx->db, &nonce_put, tx->actor.person, nonce, command->name, out->id, out->seq,
           tx->now_ms);
}

/* --- execute ---------------------------------------------------------------------------------- */

/* After a store error nothing that was read can be believed. A constraint that stopped a command is
 * a check it forgot. */
static enum err settle(struct tx *tx, enum err err)
{
    enum err broken = db_error(tx->db);
    if (!broken) {
        return err;
    }
    return tx_fail(tx, broken == ERR_CONFLICT ? ERR_INTERNAL : broken, NULL, NULL);
}

static enum err run_noting(struct tx *tx, const struct command *command, const void *in, void *out)
{
    noted_of(tx)->command = command;
    enum err err = command->run(tx, in, out);
    if (err || db_error(tx->db)) {
        return err;
    }
    rights_compare(tx);
    return tx->noted->undeclared ? tx_fail(tx, ERR_INTERNAL, NULL, NULL) : ERR_NONE;
}

/* A FACT or a MARK, by somebody known. */
static enum err run_once(struct tx *tx, const struct command *command, const void *in, void *out)
{
    bool done = false;
    const char *nonce = tx->actor.person ? nonce_in(command, in) : NULL;
    enum err err = nonce ? recall(tx, command, nonce, out, &done) : ERR_NONE;
    if (err || done) {
        return err;
    }
    err = allow(tx, command, in);
    if (err) {
        return err;
    }
    err = run_noting(tx, command, in, out);
    if (!err && nonce) {
        remember(tx, command, nonce, out);
    }
    return err;
}

enum err execute(struct tx *tx, const struct command *command, const struct credential *credential,
                 const void *in, void *out, struct effects *effects)
{
    enum err err = know(tx, command, credential);
    if (err) {
        return settle(tx, err);
    }
    if (command->kind == QUERY || command->kind == BREATH) {
        err = allow(tx, command, in);
        return settle(tx, err ? err : command->run(tx, in, out));
    }
    err = run_once(tx, command, in, out);
    if (!err && !db_error(tx->db)) {
        see_session(tx); /* last: what is refused writes nothing */
        effects_make(tx, effects);
    }
    return settle(tx, err);
}

enum err execute_prepare(struct tx *tx, const struct command *command,
                         const struct credential *credential, void *in)
{
    enum err err = know(tx, command, credential);
    if (!err) {
        err = allow(tx, command, in);
    }
    if (!err && command->prepare) {
        err = command->prepare(tx, in);
    }
    return settle(tx, err);
}
