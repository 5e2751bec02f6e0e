/* My sessions and tokens: seeing them, ending one. */
#include "base/str.h"
#include "club/session.h"

static const char *const kind_words[] = {"browser", "token", NULL};
static const struct choice kind_choice = {"SessionKind", kind_words};
static const char *const scope_words[] = {"all", "read", NULL};
static const struct choice scope_choice = {"SessionScope", scope_words};

struct session {
    int64_t id;
    int kind, scope;
    const char *label;
    int64_t created_at, seen_at, expires_at;
    bool current;
};
static const struct field session_fields[] = {
    FIELD_ID(struct session, id, "Session"),
    FIELD_CHOICE(struct session, kind, &kind_choice, "A browser, or a script's token"),
    FIELD_CHOICE(struct session, scope, &scope_choice, "What it may do"),
    FIELD_LINE(struct session, label, 0, LIMIT_NAME_CHARS, "Browser and system, or token's name"),
    FIELD_TIME(struct session, created_at, "When it was opened"),
    FIELD_TIME(struct session, seen_at, "When it last served, to the hour"),
    FIELD_TIME(struct session, expires_at, "When it ends by itself"),
    FIELD_BOOL(struct session, current, "The one that asks"),
    FIELD_END,
};

struct session_list {
    struct list sessions;
};
static const struct field session_list_out[] = {
    FIELD_LIST(struct session_list, sessions, session, session_fields, 0, LIMIT_LIST_MAX,
               "Those still open, the last one that served first"),
    FIELD_END,
};

SQL(sessions, "SELECT id, kind, scope, label, created_at, seen_at, expires_at FROM session"
              " WHERE person = ?1 AND expires_at > ?2 ORDER BY seen_at DESC, id DESC LIMIT ?3");

static enum err session_list_run(struct tx *tx, const void *in, void *out)
{
    (void)in;
    struct {
        struct session *items;
        size_t count, capacity;
    } found = {0};
    struct session_list *list = out;
    struct rows rows = db_select(tx->db, &sessions, tx->actor.person, tx->now_ms, LIMIT_LIST_MAX);
    while (rows_next(&rows)) {
        struct session session = {
            .id = rows_int(&rows, 0),
            .kind = str_equal(rows_text(&rows, 1), "token"),
            .scope = str_equal(rows_text(&rows, 2), "read"),
            .label = rows_copy(&rows, 3, tx->arena),
            .created_at = rows_int(&rows, 4),
            .seen_at = rows_int(&rows, 5),
            .expires_at = rows_int(&rows, 6),
            .current = rows_int(&rows, 0) == tx->actor.session,
        };
        ARENA_PUSH(tx->arena, &found, session);
    }
    list->sessions = (struct list){found.items, found.count};
    return ERR_NONE;
}

const struct command session_list_command = {
    .name = "session.list",
    .doc = "My open sessions and tokens.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = session_list_out,
    .out_bytes = sizeof(struct session_list),
    .run = session_list_run,
};

struct session_revoke {
    int64_t session;
};
static const struct field session_revoke_in[] = {
    FIELD_ID(struct session_revoke, session, "One of my sessions or tokens"),
    FIELD_END,
};

static enum err session_revoke_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct session_revoke *asked = in;
    if (!session_end(tx, tx->actor.person, asked->session)) {
        return tx_fail(tx, ERR_NOT_FOUND, "session", NULL);
    }
    return ERR_NONE;
}

const struct command session_revoke_command = {
    .name = "session.revoke",
    .doc = "End one of my sessions or tokens; its live sockets are closed within a second.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = session_revoke_in,
    .in_bytes = sizeof(struct session_revoke),
    .out = no_fields,
    .run = session_revoke_run,
};
