/* What administrators and the command line do with accounts: user.add, user.password, person.list,
 * person.find, person.suspend, person.return. */
#include "club/fold.h"
#include "club/member.h"
#include "club/password.h"
#include "club/person.h"
#include "club/secret.h"
#include "club/session.h"

static const struct fact *const facts[] = {MEMBER_FACTS, NULL};

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
static const struct field user_added_out[] = {
    FIELD_OBJECT(struct user_added, person, account, account_fields, "The account"),
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
        tx_release(tx);
        asked->kept = password_hash(asked->password, tx->arena);
    }
    return err;
}

static enum err user_add_run(struct tx *tx, const void *in, void *out)
{
    const struct user_add *asked = in;
    struct user_added *added = out;
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
    .out = user_added_out,
    .out_bytes = sizeof(struct user_added),
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
        tx_release(tx);
        asked->kept = password_hash(asked->given, tx->arena);
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

/* --- person.list, person.find ----------------------------------------------------------------- */

struct person_list {
    const char *query;
    int64_t after, limit;
};
static const struct field person_list_in[] = {
    FIELD_LINE_OPT(struct person_list, query, 0, LIMIT_QUERY_CHARS,
                   "Beginning of a word of the name, or part of the address"),
    FIELD_ID_OPT(struct person_list, after, "Last person of the page before"),
    FIELD_INT_OPT(struct person_list, limit, 1, LIMIT_LIST_MAX, "People in a page"),
    FIELD_END,
};
static const struct field person_list_out[] = {
    FIELD_LIST(struct person_page, people, account, account_fields, 0, LIMIT_LIST_MAX,
               "Accounts in the order they were made"),
    FIELD_BOOL_OPT(struct person_page, more, "There is another page"),
    FIELD_END,
};

SQL(ids, "SELECT id FROM person WHERE id > ?1 AND state <> 'erased'"
         " AND (?2 IS NULL OR ' ' || folded LIKE ?2 OR instr(email, ?3)) ORDER BY id LIMIT ?4");

static enum err person_list_run(struct tx *tx, const void *in, void *out)
{
    const struct person_list *asked = in;
    struct person_page *page = out;
    int64_t limit = asked->limit ? asked->limit : LIMIT_LIST_DEFAULT, count = 0;
    int64_t *found = ARENA_ARRAY(tx->arena, int64_t, limit + 1);
    const char *folded = asked->query ? fold(asked->query, tx->arena) : "";
    struct rows rows =
        db_select(tx->db, &ids, asked->after, *folded ? fold_pattern(folded, tx->arena) : NULL,
                  *folded ? asked->query : NULL, limit + 1);
    while (rows_next(&rows)) {
        found[count++] = rows_int(&rows, 0);
    }
    page->more = count > limit;
    count = page->more ? limit : count;
    struct account *people = ARENA_ARRAY(tx->arena, struct account, count);
    for (int64_t i = 0; i < count; i++) {
        account_find(tx, found[i], &people[i]);
    }
    page->people = (struct list){people, (size_t)count};
    return ERR_NONE;
}

const struct command person_list_command = {
    .name = "person.list",
    .doc = "Accounts of the whole server.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = person_list_in,
    .in_bytes = sizeof(struct person_list),
    .out = person_list_out,
    .out_bytes = sizeof(struct person_page),
    .run = person_list_run,
};

struct person_find {
    const char *email;
};
static const struct field person_find_in[] = {
    FIELD_LINE(struct person_find, email, 1, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_END,
};

static enum err person_find_run(struct tx *tx, const void *in, void *out)
{
    const struct person_find *asked = in;
    struct user_added *found = out;
    struct account *account = ARENA_NEW(tx->arena, struct account);
    if (!account_by_email(tx, person_email(tx, asked->email), account)) {
        return tx_fail(tx, ERR_NOT_FOUND, "email", NULL);
    }
    found->person = account;
    return ERR_NONE;
}

const struct command person_find_command = {
    .name = "person.find",
    .doc = "The account of an e-mail address.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = person_find_in,
    .in_bytes = sizeof(struct person_find),
    .out = user_added_out,
    .out_bytes = sizeof(struct user_added),
    .run = person_find_run,
};

/* --- person.suspend, person.return ------------------------------------------------------------ */

extern const struct command person_return_command;

struct person_suspend {
    int64_t person, until;
};
static const struct field person_suspend_in[] = {
    FIELD_ID(struct person_suspend, person, "Person"),
    FIELD_TIME_OPT(struct person_suspend, until,
                   "When they come back; absent: until person.return"),
    FIELD_END,
};

SQL(suspend, "UPDATE person SET state = 'suspended', suspended_until = ?2 WHERE id = ?1");

static enum err person_suspend_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct person_suspend *asked = in;
    struct account account;
    if (!account_find(tx, asked->person, &account) || account.state == PERSON_ERASED) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    if (asked->person == tx->actor.person) { /* so at least one administrator always remains */
        return tx_fail(tx, ERR_CONFLICT, "person",
                       PHRASE("on ne se suspend pas soi-même", "nobody suspends themselves"));
    }
    if (asked->until && asked->until <= tx->now_ms) {
        return tx_fail(tx, ERR_CONFLICT, "until",
                       PHRASE("cette date est passée", "this date is past"));
    }
    rights_touch(tx, asked->person);
    db_run(tx->db, &suspend, asked->person, db_id(asked->until));
    due_set(tx, &person_return_command, asked->person, asked->until ? asked->until : INT64_MAX);
    sockets_close(tx, asked->person, 0);
    member_note_all(tx, asked->person);
    return ERR_NONE;
}

const struct command person_suspend_command = {
    .name = "person.suspend",
    .doc =
        "Keep a person out, for a time or until person.return: their live sockets are closed, and "
        "nothing of theirs is lost.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = person_suspend_in,
    .in_bytes = sizeof(struct person_suspend),
    .out = no_fields,
    .facts = facts,
    .run = person_suspend_run,
};

struct person_return {
    int64_t person;
};
static const struct field person_return_in[] = {
    FIELD_ID(struct person_return, person, "Suspended person"),
    FIELD_END,
};

SQL(let_back, "UPDATE person SET state = 'active', suspended_until = NULL WHERE id = ?1"
              " AND state = 'suspended'");

static enum err person_return_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct person_return *asked = in;
    rights_touch(tx, asked->person);
    db_run(tx->db, &let_back, asked->person);
    if (db_changed(tx->db) == 0) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    due_set(tx, &person_return_command, asked->person, INT64_MAX);
    member_note_all(tx, asked->person);
    return ERR_NONE;
}

const struct command person_return_command = {
    .name = "person.return",
    .doc = "Let a suspended person back in, with all they had.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = person_return_in,
    .in_bytes = sizeof(struct person_return),
    .out = no_fields,
    .facts = facts,
    .run = person_return_run,
};
