#include "club_fixture.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "club/seed.h"
#include "store/journal.h"
#include "store/migrate.h"
#include "wire/rpc.h"

/* --- the world -------------------------------------------------------------------------------- */

static int64_t club_of(struct club_fixture *f, const char *departement)
{
    return fixture_count(f, "SELECT id FROM club WHERE coalesce(departement, '') = '%s'",
                         departement);
}

int fixture_setup(void **state)
{
    const char *missing = NULL;
    assert_true(zones_load("/usr/share/zoneinfo", &missing));
    struct club_fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    arena_init(&f->arena);
    f->now_ms = INT64_C(1790000000000);
    f->db = db_open(":memory:", DB_MEMORY);
    assert_non_null(f->db);
    assert_int_equal(migrate(f->db), ERR_NONE);
    assert_int_equal(db_begin_write(f->db), ERR_NONE);
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    club_seed_one(&tx, "");
    club_seed_one(&tx, "01");
    club_seed_one(&tx, "974");
    assert_int_equal(db_error(f->db), ERR_NONE);
    f->national = club_of(f, "");
    f->ain = club_of(f, "01");
    f->reunion = club_of(f, "974");
    f->result = "";
    *state = f;
    return 0;
}

int fixture_teardown(void **state)
{
    struct club_fixture *f = *state;
    db_rollback(f->db);
    db_close(f->db);
    arena_finish(&f->arena);
    free(f);
    return 0;
}

struct tx fixture_tx(struct club_fixture *f, int64_t actor)
{
    f->problem = (struct problem){0};
    return (struct tx){
        .db = f->db,
        .arena = &f->arena,
        .now_ms = f->now_ms,
        .lang = LANG_FR,
        .public_url = "http://127.0.0.1:8080",
        .problem = &f->problem,
        .actor = {.person = actor > 0 ? actor : 0,
                  .is_operator = actor == FIXTURE_OPERATOR,
                  .administrator = actor == FIXTURE_OPERATOR},
    };
}

/* --- SQL at hand ------------------------------------------------------------------------------ */

__attribute__((format(printf, 2, 0))) static char *vprint(struct club_fixture *f,
                                                          const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(&f->arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

/* The connection remembers statements by the address of their declaration. */
static const struct sql *sql_for(const char *text)
{
    static struct sql *known[1000];
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (!known[i]) {
            known[i] = calloc(1, sizeof *known[i]);
            *known[i] = (struct sql){strdup(text), __FILE__, __LINE__};
        }
        if (strcmp(known[i]->text, text) == 0) {
            return known[i];
        }
    }
    fail_msg("too many statements in one test program");
    return NULL;
}

void fixture_sql(struct club_fixture *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = vprint(f, format, args);
    va_end(args);
    db_run(f->db, sql_for(text));
    if (db_error(f->db)) {
        fail_msg("this SQL fails: %s", text);
    }
}

int64_t fixture_count(struct club_fixture *f, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = vprint(f, format, args);
    va_end(args);
    int64_t number = db_int(f->db, sql_for(text), -1);
    if (db_error(f->db)) {
        fail_msg("this SQL fails: %s", text);
    }
    return number;
}

/* --- people and places ------------------------------------------------------------------------ */

SQL(person_insert, "INSERT INTO person (email, name, folded, administrator, created_at)"
                   " VALUES (lower(?1) || '@example.fr', ?1, lower(?1), ?2, ?3)");
SQL(session_insert, "INSERT INTO session (person, hash, kind, created_at, seen_at, expires_at)"
                    " VALUES (?1, randomblob(32), 'browser', ?2, ?2, ?2 + 2592000000)");

static int64_t add_person(struct club_fixture *f, const char *name, bool administrator)
{
    db_run(f->db, &person_insert, name, administrator, f->now_ms);
    int64_t person = db_last_id(f->db);
    db_run(f->db, &session_insert, person, f->now_ms);
    assert_int_equal(db_error(f->db), ERR_NONE);
    return person;
}

int64_t fixture_person(struct club_fixture *f, const char *name)
{
    return add_person(f, name, false);
}

int64_t fixture_administrator(struct club_fixture *f, const char *name)
{
    return add_person(f, name, true);
}

SQL(membership_insert, "INSERT INTO membership (person, club, channel, role, label, since)"
                       " VALUES (?1, ?2, ?3, ?4, ?4, ?5)");

static int64_t add_membership(struct club_fixture *f, int64_t person, int64_t club, int64_t channel,
                              enum role role)
{
    db_run(f->db, &membership_insert, person, club, db_id(channel), role_choice.words[role],
           f->now_ms);
    assert_int_equal(db_error(f->db), ERR_NONE);
    return db_last_id(f->db);
}

int64_t fixture_join(struct club_fixture *f, int64_t person, int64_t club, enum role role)
{
    return add_membership(f, person, club, 0, role);
}

int64_t fixture_guest(struct club_fixture *f, int64_t person, int64_t channel, enum role role)
{
    int64_t club = fixture_count(f, "SELECT club FROM channel WHERE id = %lld", (long long)channel);
    return add_membership(f, person, club, channel, role);
}

int64_t fixture_member(struct club_fixture *f, const char *name, int64_t club, enum role role)
{
    int64_t person = fixture_person(f, name);
    fixture_join(f, person, club, role);
    return person;
}

SQL(channel_by_name, "SELECT id FROM channel WHERE club = ?1 AND name = ?2");

int64_t fixture_channel(struct club_fixture *f, int64_t club, const char *name)
{
    int64_t id = db_int(f->db, &channel_by_name, 0, club, name);
    assert_int_not_equal(id, 0);
    return id;
}

SQL(channel_insert_row, "INSERT INTO channel (club, kind, name, position, created_at)"
                        " VALUES (?1, ?2, ?3, 1000, ?4)");

static int64_t add_channel(struct club_fixture *f, int64_t club, const char *kind, const char *name)
{
    db_run(f->db, &channel_insert_row, db_id(club), kind, name, f->now_ms);
    assert_int_equal(db_error(f->db), ERR_NONE);
    return db_last_id(f->db);
}

int64_t fixture_private(struct club_fixture *f, int64_t club, const char *name)
{
    return add_channel(f, club, "private", name);
}

SQL(channel_member_insert,
    "INSERT INTO channel_member (channel, person, since) VALUES (?1, ?2, ?3)");

void fixture_choose(struct club_fixture *f, int64_t channel, int64_t person)
{
    db_run(f->db, &channel_member_insert, channel, person, f->now_ms);
    assert_int_equal(db_error(f->db), ERR_NONE);
}

int64_t fixture_direct(struct club_fixture *f, int64_t a, int64_t b)
{
    int64_t channel = add_channel(f, 0, "direct", "");
    fixture_choose(f, channel, a);
    fixture_choose(f, channel, b);
    return channel;
}

SQL(message_insert, "INSERT INTO message (id, channel, thread, author, body, nodes, at)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, '[]', ?6)");

int64_t fixture_message(struct club_fixture *f, int64_t channel, int64_t thread, int64_t author,
                        const char *body)
{
    int64_t id = journal_next(f->db);
    db_run(f->db, &message_insert, id, channel, db_id(thread), db_id(author), body, f->now_ms);
    assert_int_equal(db_error(f->db), ERR_NONE);
    return id;
}

/* --- commands --------------------------------------------------------------------------------- */

static struct credential credential_of(struct club_fixture *f, int64_t actor)
{
    if (actor <= 0) {
        return (struct credential){.kind = actor == FIXTURE_OPERATOR ? CREDENTIAL_OPERATOR
                                                                     : CREDENTIAL_NONE};
    }
    int64_t session =
        fixture_count(f, "SELECT max(id) FROM session WHERE person = %lld", (long long)actor);
    return (struct credential){.kind = CREDENTIAL_SESSION, .session = session};
}

static enum err decode(struct club_fixture *f, const struct command *command, const char *params,
                       void *in)
{
    struct json *json;
    enum err err = json_parse(params, strlen(params), &f->arena, &json, &f->problem);
    if (!err) {
        err = json_decode(json, command->in, &f->arena, in, &f->problem);
    }
    json_release(json);
    return err;
}

static void keep_result(struct club_fixture *f, const struct command *command, const void *out)
{
    struct buf buf;
    buf_init(&buf);
    json_encode(&buf, command->out, out);
    f->result = arena_memdup(&f->arena, buf.data, buf.len);
    buf_finish(&buf);
}

static enum err run(struct club_fixture *f, int64_t actor, const char *name, const char *params)
{
    f->result = "";
    f->cookie = NULL;
    f->effects = (struct effects){0};
    struct tx tx = fixture_tx(f, actor);
    const struct command *command = command_find(name);
    if (!command) {
        fail_msg("there is no command %s", name);
        return ERR_METHOD;
    }
    void *in = arena_alloc(&f->arena, command->in_bytes);
    void *out = arena_alloc(&f->arena, command->out_bytes);
    struct credential credential = credential_of(f, actor);
    enum err err = decode(f, command, params, in);
    if (command->kind == QUERY) { /* which sees what was committed */
        db_run_deferred(f->db);
    }
    db_savepoint(f->db);
    if (!err && command->prepare) {
        err = execute_prepare(&tx, command, &credential, in);
    }
    if (!err) {
        tx.noted = NULL;
        err = execute(&tx, command, &credential, in, out, &f->effects);
    }
    if (err) {
        db_savepoint_undo(f->db);
        f->effects = (struct effects){0};
        return err;
    }
    db_savepoint_release(f->db);
    f->cookie = tx.set_cookie_token;
    keep_result(f, command, out);
    return db_error(f->db);
}

enum err fixture_run(struct club_fixture *f, int64_t actor, const char *command, const char *format,
                     ...)
{
    va_list args;
    va_start(args, format);
    const char *params = vprint(f, format, args);
    va_end(args);
    return run(f, actor, command, params);
}

const char *fixture_ok(struct club_fixture *f, int64_t actor, const char *command,
                       const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *params = vprint(f, format, args);
    va_end(args);
    enum err err = run(f, actor, command, params);
    if (err) {
        char text[500];
        problem_text(&f->problem, LANG_EN, text, sizeof text);
        fail_msg("%s %s: %s (%s)", command, params, err_name(err), text);
    }
    return f->result;
}

/* --- looking into JSON ------------------------------------------------------------------------ */

static const json_t *step(const json_t *value, const char *name)
{
    if (json_is_array(value)) {
        return json_array_get(value, (size_t)strtoul(name, NULL, 10));
    }
    return json_object_get(value, name);
}

/* What is at `path` in `text`: its number (or length), and its words as a copy. */
struct found {
    bool there;
    int64_t number;
    const char *text;
};

static struct found look(struct club_fixture *f, const char *text, const char *path)
{
    struct found found = {0};
    json_t *root = json_loads(text, JSON_DECODE_ANY, NULL);
    const json_t *value = root;
    char *rest = arena_strdup(&f->arena, path);
    for (char *name = strtok_r(rest, ".", &rest); name && value;
         name = strtok_r(rest, ".", &rest)) {
        if (json_is_array(value) && strcmp(name, "length") == 0) {
            found = (struct found){true, (int64_t)json_array_size(value), NULL};
            json_decref(root);
            return found;
        }
        value = step(value, name);
    }
    found.there = value != NULL;
    found.number = json_is_boolean(value) ? json_is_true(value) : json_integer_value(value);
    char *dump = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    found.text = json_is_string(value) ? arena_strdup(&f->arena, json_string_value(value))
                                       : arena_strdup(&f->arena, dump);
    free(dump);
    json_decref(root);
    return found;
}

static struct found must_find(struct club_fixture *f, const char *text, const char *path)
{
    struct found found = look(f, text, path);
    if (!found.there) {
        fail_msg("there is no %s in %s", path, text);
    }
    return found;
}

int64_t fixture_int(struct club_fixture *f, const char *path)
{
    return must_find(f, f->result, path).number;
}

const char *fixture_text(struct club_fixture *f, const char *path)
{
    return must_find(f, f->result, path).text;
}

bool fixture_has(struct club_fixture *f, const char *path)
{
    return look(f, f->result, path).there;
}

/* --- effects ---------------------------------------------------------------------------------- */

static bool tells(const struct effect *effect, int64_t audience, const char *fact)
{
    char member[100];
    snprintf(member, sizeof member, "\"fact\":\"%s\"", fact);
    return effect->type == EFFECT_FACT && effect->audience == audience &&
           strstr(effect->json, member);
}

static const struct effect *nth_told(const struct club_fixture *f, int64_t audience,
                                     const char *fact, int n)
{
    for (size_t i = 0; i < f->effects.count; i++) {
        if (tells(&f->effects.items[i], audience, fact) && n-- == 0) {
            return &f->effects.items[i];
        }
    }
    return NULL;
}

int fixture_told(const struct club_fixture *f, int64_t audience, const char *fact)
{
    int count = 0;
    while (nth_told(f, audience, fact, count)) {
        count++;
    }
    return count;
}

static struct found find_told(struct club_fixture *f, int64_t audience, const char *fact, int n,
                              const char *path)
{
    const struct effect *effect = nth_told(f, audience, fact, n);
    if (!effect) {
        fail_msg("%s was not told", fact);
        return (struct found){0};
    }
    return must_find(f, effect->json, arena_printf(&f->arena, "params.%s", path));
}

int64_t fixture_told_int(struct club_fixture *f, int64_t audience, const char *fact, int n,
                         const char *path)
{
    return find_told(f, audience, fact, n, path).number;
}

const char *fixture_told_text(struct club_fixture *f, int64_t audience, const char *fact, int n,
                              const char *path)
{
    return find_told(f, audience, fact, n, path).text;
}

const struct effect *fixture_rights(const struct club_fixture *f, int64_t person)
{
    for (size_t i = 0; i < f->effects.count; i++) {
        const struct effect *effect = &f->effects.items[i];
        if (effect->type == EFFECT_RIGHTS && effect->person == person) {
            return effect;
        }
    }
    return NULL;
}

bool fixture_hears(const struct effect *rights, int64_t audience)
{
    for (size_t i = 0; rights && i < rights->audience_count; i++) {
        if (rights->audiences[i] == audience) {
            return true;
        }
    }
    return false;
}

bool fixture_closes(const struct club_fixture *f, int64_t person, int64_t session)
{
    for (size_t i = 0; i < f->effects.count; i++) {
        const struct effect *effect = &f->effects.items[i];
        if (effect->type == EFFECT_CLOSE && effect->person == person &&
            effect->session == session) {
            return true;
        }
    }
    return false;
}
