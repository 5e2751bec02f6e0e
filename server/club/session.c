#include "club/session.h"

#include <string.h>

#include "club/secret.h"

extern const struct command session_expire_command;

const struct field session_opened_fields[] = {
    FIELD_OBJECT(struct session_opened, person, account, account_fields, "Who is logged in"),
    FIELD_TIME(struct session_opened, expires_at, "When they will have to log in again"),
    FIELD_END,
};

/* --- what a browser is called ----------------------------------------------------------------- */

struct sign {
    const char *token, *name; /* found in the User-Agent header; what people call it */
};

static const char *name_in(const struct sign *signs, const char *text)
{
    while (signs->token && !strstr(text, signs->token)) {
        signs++;
    }
    return signs->name;
}

/* Enough to know one's own devices again. Each browser also claims to be those listed after it. */
static const char *label_of(struct tx *tx)
{
    static const struct sign browsers[] = {
        {"Edg", "Edge"},        {"OPR/", "Opera"},     {"Firefox/", "Firefox"},
        {"FxiOS/", "Firefox"},  {"CriOS/", "Chrome"},  {"Chrome/", "Chrome"},
        {"Chromium", "Chrome"}, {"Safari/", "Safari"}, {NULL, "Navigateur"},
    };
    static const struct sign systems[] = {
        {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},   {"Windows", "Windows"},
        {"Mac OS", "Mac"},      {"CrOS", "ChromeOS"}, {"Linux", "Linux"}, {NULL, NULL},
    };
    const char *agent = tx->user_agent ? tx->user_agent : "";
    const char *browser = name_in(browsers, agent), *system = name_in(systems, agent);
    return system ? arena_printf(tx->arena, "%s · %s", browser, system) : browser;
}

/* --- beginning -------------------------------------------------------------------------------- */

SQL(insert_session, "INSERT INTO session (person, hash, kind, scope, label, created_at, seen_at,"
                    " expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)");

static int64_t insert(struct tx *tx, int64_t person, const struct secret *secret, const char *kind,
                      const char *scope, const char *label, int64_t expires_at)
{
    db_run(tx->db, &insert_session, person, db_blob(secret->hash, sizeof secret->hash), kind, scope,
           label, tx->now_ms, expires_at);
    int64_t session = db_last_id(tx->db);
    due_set(tx, &session_expire_command, session, expires_at);
    return session;
}

SQL(oldest_session, "SELECT id FROM session WHERE person = ?1 AND kind = 'browser'"
                    " ORDER BY seen_at DESC, id DESC LIMIT 1 OFFSET ?2");

void session_start(struct tx *tx, int64_t person, struct session_opened *out)
{
    struct secret secret = secret_draw(SECRET_SESSION, tx->arena);
    struct account *account = ARENA_NEW(tx->arena, struct account);
    int64_t too_many = db_int(tx->db, &oldest_session, 0, person, LIMIT_SESSIONS_PER_PERSON - 1);
    if (too_many) {
        session_end(tx, person, too_many);
    }
    account_find(tx, person, account);
    *out = (struct session_opened){account, tx->now_ms + LIMIT_SESSION_DAYS * MS_PER_DAY};
    insert(tx, person, &secret, "browser", "all", label_of(tx), out->expires_at);
    tx->set_cookie_token = secret.text;
}

const char *session_token_make(struct tx *tx, struct session_token *token)
{
    struct secret secret = secret_draw(SECRET_TOKEN, tx->arena);
    token->id =
        insert(tx, token->person, &secret, "token", token->scope, token->label, token->expires_at);
    return secret.text;
}

/* --- ending ----------------------------------------------------------------------------------- */

SQL(delete_session, "DELETE FROM session WHERE id = ?1 AND person = ?2");

bool session_end(struct tx *tx, int64_t person, int64_t session)
{
    db_run(tx->db, &delete_session, session, person);
    if (db_changed(tx->db) == 0) {
        return false;
    }
    due_set(tx, &session_expire_command, session, INT64_MAX);
    sockets_close(tx, person, session);
    return true;
}

SQL(sessions_of, "SELECT id FROM session WHERE person = ?1 AND id <> ?2 AND kind IN ('browser', ?3)"
                 " LIMIT 1");

void session_end_all(struct tx *tx, int64_t person, int64_t except, enum session_kinds kinds)
{
    const char *also = kinds == SESSION_BROWSERS_AND_TOKENS ? "token" : "browser";
    int64_t session;
    while ((session = db_int(tx->db, &sessions_of, 0, person, except, also))) {
        session_end(tx, person, session);
    }
}

struct session_expire {
    int64_t session;
};
static const struct field session_expire_in[] = {
    FIELD_ID(struct session_expire, session, "Session whose time has come"),
    FIELD_END,
};

SQL(person_of_session, "SELECT person FROM session WHERE id = ?1 AND expires_at <= ?2");

static enum err session_expire_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct session_expire *asked = in;
    session_end(tx, db_int(tx->db, &person_of_session, 0, asked->session, tx->now_ms),
                asked->session);
    return ERR_NONE;
}

const struct command session_expire_command = {
    .name = "session.expire",
    .doc = "A session or token reaches its end: it is forgotten, its sockets are closed.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = session_expire_in,
    .in_bytes = sizeof(struct session_expire),
    .out = no_fields,
    .operator_only = true,
    .run = session_expire_run,
};
