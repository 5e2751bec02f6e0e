/* Bearer tokens for scripts: token.create, token.list, token.revoke. */
#include "base/str.h"
#include "club/person.h"
#include "club/session.h"

static const char *const scope_words[] = {"all", "read", NULL};
static const struct choice scope_choice = {"TokenScope", scope_words};

enum { DAYS_DEFAULT = 365, DAYS_MAX = 3650, TOKENS_PER_PERSON = 50 };

/* --- token.create ----------------------------------------------------------------------------- */

struct token_create {
    int64_t person;
    const char *label;
    int scope;
    int64_t days;
};
static const struct field token_create_in[] = {
    FIELD_ID(struct token_create, person, "Whose: oneself; anybody's from the command line"),
    FIELD_LINE(struct token_create, label, 1, LIMIT_NAME_CHARS, "What it is for"),
    FIELD_CHOICE_OPT(struct token_create, scope, &scope_choice,
                     "\"all\" that its person may do, or queries only"),
    FIELD_INT_OPT(struct token_create, days, 1, DAYS_MAX, "How long it serves; 365 by default"),
    FIELD_END,
};
static const struct field token_create_out[] = {
    FIELD_ID(struct token_created, id, "Token, for token.revoke"),
    FIELD_LINE(struct token_created, token, 1, LIMIT_NAME_CHARS, "The secret, shown only now"),
    FIELD_TIME(struct token_created, expires_at, "When it ends"),
    FIELD_END,
};

SQL(count_tokens, "SELECT count(*) FROM session WHERE person = ?1 AND kind = 'token'");

static enum err token_create_run(struct tx *tx, const void *in, void *out)
{
    const struct token_create *asked = in;
    struct token_created *created = out;
    struct account account;
    /* An administrator must not read as somebody else. */
    if (asked->person != tx->actor.person && !tx->actor.is_operator) {
        return tx_fail(tx, ERR_FORBIDDEN, "person", NULL);
    }
    if (!account_find(tx, asked->person, &account) || account.state == PERSON_ERASED) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    if (db_int(tx->db, &count_tokens, 0, asked->person) >= TOKENS_PER_PERSON) {
        return tx_fail(tx, ERR_FULL, NULL, PHRASE("cinquante jetons", "fifty tokens"));
    }
    struct session_token token = {
        .person = asked->person,
        .label = asked->label,
        .scope = scope_words[asked->scope],
        .expires_at = tx->now_ms + (asked->days ? asked->days : DAYS_DEFAULT) * MS_PER_DAY,
    };
    created->token = session_token_make(tx, &token);
    created->id = token.id;
    created->expires_at = token.expires_at;
    return ERR_NONE;
}

const struct command token_create_command = {
    .name = "token.create",
    .doc = "Make a bearer token for a script; its secret is shown once, only its hash is kept.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON_SELF,
    .in = token_create_in,
    .in_bytes = sizeof(struct token_create),
    .out = token_create_out,
    .out_bytes = sizeof(struct token_created),
    .run = token_create_run,
};

/* --- token.list ------------------------------------------------------------------------------- */

struct token_owner {
    int64_t person;
};
static const struct field token_owner_in[] = {
    FIELD_ID(struct token_owner, person, "Whose"),
    FIELD_END,
};
struct token {
    int64_t id;
    const char *label;
    int scope;
    int64_t created_at, seen_at, expires_at;
};
static const struct field token_fields[] = {
    FIELD_ID(struct token, id, "Token"),
    FIELD_LINE(struct token, label, 0, LIMIT_NAME_CHARS, "What it is for"),
    FIELD_CHOICE(struct token, scope, &scope_choice, "What it may do"),
    FIELD_TIME(struct token, created_at, "When it was made"),
    FIELD_TIME(struct token, seen_at, "When it last wrote, to the hour"),
    FIELD_TIME(struct token, expires_at, "When it ends"),
    FIELD_END,
};
struct token_page {
    struct list tokens;
};
static const struct field token_list_out[] = {
    FIELD_LIST(struct token_page, tokens, token, token_fields, 0, TOKENS_PER_PERSON, "Tokens"),
    FIELD_END,
};

SQL(tokens_of, "SELECT id, label, scope, created_at, seen_at, expires_at FROM session"
               " WHERE person = ?1 AND kind = 'token' AND expires_at > ?2 ORDER BY id");

static enum err token_list_run(struct tx *tx, const void *in, void *out)
{
    const struct token_owner *asked = in;
    struct token_page *page = out;
    struct {
        struct token *items;
        size_t count, capacity;
    } found = {0};
    struct rows rows = db_select(tx->db, &tokens_of, asked->person, tx->now_ms);
    while (rows_next(&rows)) {
        struct token token = {
            .id = rows_int(&rows, 0),
            .label = rows_copy(&rows, 1, tx->arena),
            .scope = str_equal(rows_text(&rows, 2), "read"),
            .created_at = rows_int(&rows, 3),
            .seen_at = rows_int(&rows, 4),
            .expires_at = rows_int(&rows, 5),
        };
        ARENA_PUSH(tx->arena, &found, token);
    }
    page->tokens = (struct list){found.items, found.count};
    return ERR_NONE;
}

const struct command token_list_command = {
    .name = "token.list",
    .doc = "Bearer tokens of a person.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON_SELF,
    .in = token_owner_in,
    .in_bytes = sizeof(struct token_owner),
    .out = token_list_out,
    .out_bytes = sizeof(struct token_page),
    .run = token_list_run,
};

/* --- token.revoke ----------------------------------------------------------------------------- */

struct token_revoke {
    int64_t person, token;
};
static const struct field token_revoke_in[] = {
    FIELD_ID(struct token_revoke, person, "Whose"),
    FIELD_ID(struct token_revoke, token, "Token"),
    FIELD_END,
};

SQL(is_token, "SELECT 1 FROM session WHERE id = ?1 AND kind = 'token'");

static enum err token_revoke_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct token_revoke *asked = in;
    if (!db_int(tx->db, &is_token, 0, asked->token) ||
        !session_end(tx, asked->person, asked->token)) {
        return tx_fail(tx, ERR_NOT_FOUND, "token", NULL);
    }
    return ERR_NONE;
}

const struct command token_revoke_command = {
    .name = "token.revoke",
    .doc = "End a bearer token; its live sockets are closed within a second.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON_SELF,
    .in = token_revoke_in,
    .in_bytes = sizeof(struct token_revoke),
    .out = no_fields,
    .run = token_revoke_run,
};
