#include "club/person.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "club/audience.h"
#include "club/fold.h"

static const char *const state_words[] = {"active", "suspended", "erased", NULL};
const struct choice person_state_choice = {"PersonState", state_words};

const struct field account_fields[] = {
    FIELD_ID(struct account, id, "Person"),
    FIELD_LINE_OPT(struct account, email, 0, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_LINE_OPT(struct account, name, 0, LIMIT_NAME_CHARS, "Name; absent once erased"),
    FIELD_BOOL(struct account, administrator, "Runs Clubs, accounts and imports"),
    FIELD_CHOICE(struct account, state, &person_state_choice, "State of the account"),
    FIELD_TIME_OPT(struct account, suspended_until, "End of the suspension, if it has one"),
    FIELD_TIME(struct account, created_at, "When the account was made"),
    FIELD_END,
};

const struct field account_found_out[] = {
    FIELD_OBJECT(struct account_found, person, account, account_fields, "The account"),
    FIELD_END,
};

/* --- rows ------------------------------------------------------------------------------------- */

#define ACCOUNT                                                                                    \
    "SELECT id, email, name, administrator, state, suspended_until, created_at, password FROM "    \
    "person"
SQL(account_of_id, ACCOUNT " WHERE id = ?1");
SQL(account_of_email, ACCOUNT " WHERE email = ?1");

static int state_of(const char *word)
{
    int state = PERSON_ACTIVE;
    while (state < PERSON_ERASED && !str_equal(state_words[state], word)) {
        state++;
    }
    return state;
}

static bool read_account(struct tx *tx, struct rows rows, struct account *out)
{
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct account){
        .id = rows_int(&rows, 0),
        .email = rows_copy(&rows, 1, tx->arena),
        .name = rows_copy(&rows, 2, tx->arena),
        .administrator = rows_int(&rows, 3) != 0,
        .state = state_of(rows_text(&rows, 4)),
        .suspended_until = rows_int(&rows, 5),
        .created_at = rows_int(&rows, 6),
        .password = rows_copy(&rows, 7, tx->arena),
    };
    rows_end(&rows);
    return true;
}

bool account_find(struct tx *tx, int64_t id, struct account *out)
{
    return read_account(tx, db_select(tx->db, &account_of_id, id), out);
}

bool account_by_email(struct tx *tx, const char *email, struct account *out)
{
    return email && read_account(tx, db_select(tx->db, &account_of_email, email), out);
}

SQL(insert_person, "INSERT INTO person (email, name, folded, administrator, password, created_at)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

int64_t person_add(struct tx *tx, const char *email, const char *name, bool administrator,
                   const char *password_kept)
{
    db_run(tx->db, &insert_person, email, name, fold(name, tx->arena), administrator, password_kept,
           tx->now_ms);
    return db_last_id(tx->db);
}

/* --- names and addresses ---------------------------------------------------------------------- */

static bool is_local_part(const char *text, size_t bytes)
{
    enum { LOCAL_BYTES_MAX = 64 }; /* RFC 5321 4.5.3.1.1 */
    for (size_t i = 0; i < bytes; i++) {
        if (!isalnum((unsigned char)text[i]) && !strchr("!#$%&'*+/=?^_`{|}~.-", text[i])) {
            return false;
        }
    }
    return bytes > 0 && bytes <= LOCAL_BYTES_MAX && text[0] != '.' && text[bytes - 1] != '.';
}

static bool is_domain(const char *text)
{
    size_t label = 0, labels = 1;
    for (const char *s = text; *s; s++) {
        if (*s == '.' && label > 0 && s[-1] != '-') {
            label = 0;
            labels++;
        } else if (isalnum((unsigned char)*s) || (*s == '-' && label > 0)) {
            label++;
        } else {
            return false;
        }
    }
    return labels >= 2 && label >= 2;
}

const char *person_email(struct tx *tx, const char *typed)
{
    char *email = arena_strdup(tx->arena, typed + strspn(typed, " "));
    size_t bytes = strlen(email);
    while (bytes > 0 && email[bytes - 1] == ' ') {
        email[--bytes] = '\0';
    }
    for (char *s = email; *s; s++) {
        *s = (char)((unsigned char)*s < 0x80 ? tolower((unsigned char)*s) : *s);
    }
    const char *at = strrchr(email, '@');
    bool valid = at && bytes <= LIMIT_EMAIL_CHARS && is_local_part(email, (size_t)(at - email)) &&
                 is_domain(at + 1);
    return valid ? email : NULL;
}

const char *person_name(struct tx *tx, const char *typed)
{
    char *name = arena_strdup(tx->arena, typed), *out = name;
    for (const char *s = typed; *s; s++) {
        if (*s != ' ' || (out > name && out[-1] != ' ')) {
            *out++ = *s;
        }
    }
    out -= out > name && out[-1] == ' ';
    *out = '\0';
    return name;
}

/* --- who knows whom --------------------------------------------------------------------------- */

bool person_visible(struct tx *tx, int64_t person)
{
    return tx->actor.administrator || tx->actor.person == person ||
           people_share(tx, tx->actor.person, person);
}

SQL(shown_in, "SELECT ?2, club FROM membership WHERE person = ?1 AND channel IS NULL"
              " UNION SELECT ?3, channel FROM membership WHERE person = ?1 AND channel IS NOT NULL"
              " UNION SELECT ?3, channel FROM channel_member WHERE person = ?1"
              " UNION SELECT ?3, e.channel FROM registration r JOIN event e ON e.id = r.event"
              " WHERE r.person = ?1 AND r.state = 'seated' AND e.channel IS NOT NULL"
              " UNION SELECT ?3, channel FROM message WHERE author = ?1"
              " UNION SELECT ?3, m.channel FROM mention x JOIN message m ON m.id = x.message"
              " WHERE x.kind = 'person' AND x.target = CAST(?1 AS TEXT)");

void person_note(struct tx *tx, const struct fact *fact, int64_t person)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } audiences = {0};
    struct rows rows = db_select(tx->db, &shown_in, person, AUDIENCE_CLUB, AUDIENCE_CHANNEL);
    while (rows_next(&rows)) {
        ARENA_PUSH(tx->arena, &audiences,
                   audience_pack((enum audience_kind)rows_int(&rows, 0), rows_int(&rows, 1)));
    }
    fact_note(tx, fact, audience_person(person), person);
    for (size_t i = 0; i < audiences.count; i++) {
        fact_note(tx, fact, audiences.items[i], person);
    }
}

/* --- the fact --------------------------------------------------------------------------------- */

const struct field person_name_fields[] = {
    FIELD_ID(struct person_name, id, "Person"),
    FIELD_LINE_OPT(struct person_name, name, 1, LIMIT_NAME_CHARS, "Their name; absent: erased"),
    FIELD_END,
};
struct person_changed {
    const struct person_name *person;
};
static const struct field person_changed_out[] = {
    FIELD_OBJECT(struct person_changed, person, person_name, person_name_fields, "The person"),
    FIELD_END,
};

static bool person_changed_load(struct tx *tx, int64_t audience, int64_t entity, void *out)
{
    (void)audience;
    struct person_changed *fact = out;
    struct account account;
    if (!account_find(tx, entity, &account) || !account.name) {
        return false;
    }
    struct person_name *person = ARENA_NEW(tx->arena, struct person_name);
    *person = (struct person_name){account.id, account.name};
    fact->person = person;
    return true;
}

const struct fact person_changed_fact = {
    .name = "person.changed",
    .doc = "A person has another name.",
    .out = person_changed_out,
    .out_bytes = sizeof(struct person_changed),
    .load = person_changed_load,
};
