/* Accounts as administrators look for them: person.list, person.find. */
#include "club/fold.h"
#include "club/person.h"

/* --- person.list ----------------------------------------------------------------- */

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
    struct account_found *found = out;
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
    .out = account_found_out,
    .out_bytes = sizeof(struct account_found),
    .run = person_find_run,
};
