#include "live_fixture.h"

#include <time.h>

#include "base/clock.h"
#include "club/seed.h"
#include "store/journal.h"

/* --- the world -------------------------------------------------------------------------------- */

SQL(person_add, "INSERT INTO person (email, name, folded, created_at)"
                " VALUES (lower(?1) || '@example.fr', ?1, lower(?1), ?2)");
SQL(session_add, "INSERT INTO session (person, hash, kind, created_at, seen_at, expires_at)"
                 " VALUES (?1, randomblob(32), 'browser', ?2, ?2, ?2 + 2592000000)");
SQL(member_add, "INSERT INTO membership (person, club, role, label, since)"
                " VALUES (?1, ?2, ?3, ?3, ?4)");
SQL(the_club, "SELECT id FROM club");
SQL(the_general, "SELECT min(id) FROM channel WHERE kind = 'open'");

static struct live_person add(struct db *db, int64_t club, const char *name, const char *role)
{
    struct live_person person = {0};
    db_run(db, &person_add, name, clock_wall_ms());
    person.id = db_last_id(db);
    db_run(db, &session_add, person.id, clock_wall_ms());
    person.session = db_last_id(db);
    db_run(db, &member_add, person.id, club, role, clock_wall_ms());
    person.membership = db_last_id(db);
    return person;
}

static void fill(struct live_fixture *f, struct db *db)
{
    struct arena arena;
    struct problem problem = {0};
    arena_init(&arena);
    struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_wall_ms(), .problem = &problem};
    assert_int_equal(db_begin_write(db), ERR_NONE);
    club_seed_one(&tx, "01");
    f->club = db_int(db, &the_club, 0);
    f->general = db_int(db, &the_general, 0);
    f->anne = add(db, f->club, "Anne", "animateur");
    f->bob = add(db, f->club, "Bob", "elu");
    f->chloe = add(db, f->club, "Chloé", "elu");
    assert_int_equal(db_commit(db), ERR_NONE);
    arena_finish(&arena);
}

/* --- life ------------------------------------------------------------------------------------- */

static void wake(void *context)
{
    struct live_fixture *f = context;
    sem_post(&f->woken);
}

static void wake_in(void *context, int64_t ms)
{
    (void)ms;
    wake(context);
}

int live_set_up_files(void **state)
{
    struct live_fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    place_create(&f->place);
    sem_init(&f->woken, 0, 0);
    struct db *db = open_migrated(f->place.path, DB_WRITER);
    fill(f, db);
    db_close(db);
    f->reader = db_open(f->place.path, DB_READER);
    *state = f;
    return 0;
}

int live_set_up(void **state)
{
    live_set_up_files(state);
    live_begin(*state);
    return 0;
}

void live_begin(struct live_fixture *f)
{
    struct live_config config = {
        .data_dir = f->place.folder,
        .public_url = "http://127.0.0.1:8080",
        .db = open_migrated(f->place.path, DB_WRITER),
        .readers = 2,
        .workers = 1,
        .mail_from = "Beffroi <club@example.fr>",
        .wake = wake,
        .wake_in = wake_in,
        .wake_context = f,
    };
    f->live = live_start(&config);
    assert_non_null(f->live);
}

void live_end(struct live_fixture *f)
{
    if (f->live) {
        live_stop(f->live);
        f->live = NULL;
    }
}

int live_tear_down(void **state)
{
    struct live_fixture *f = *state;
    for (size_t i = 0; f->live && i < f->ear_count; i++) {
        listener_leave(&f->ears[i]->listener);
    }
    live_end(f);
    for (size_t i = 0; i < f->ear_count; i++) {
        ear_destroy(f->ears[i]);
    }
    db_close(f->reader);
    sem_destroy(&f->woken);
    place_remove(&f->place);
    free(f);
    return 0;
}

void live_sql(struct live_fixture *f, const struct sql *sql, int64_t a)
{
    struct db *db = db_open(f->place.path, DB_WRITER);
    db_run(db, sql, a);
    assert_int_equal(db_error(db), ERR_NONE);
    db_close(db);
}

/* --- turns ------------------------------------------------------------------------------------ */

/* false: nobody woke the loop in `ms`. */
static bool turn_within(struct live_fixture *f, int64_t ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += (time_t)(ms / 1000) + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    if (sem_timedwait(&f->woken, &until) != 0) {
        return false;
    }
    live_turn(f->live);
    return true;
}

void live_turn_once(struct live_fixture *f)
{
    assert_true(turn_within(f, 10000));
}

void live_turn_until(struct live_fixture *f, struct ear *ear, const char *text, int times)
{
    int64_t until_us = clock_mono_us() + INT64_C(10000000);
    while (ear_count(ear, text) < times) {
        if (clock_mono_us() > until_us) {
            fail_msg("did not hear %s %d times in: %s", text, times, ear_text(ear));
        }
        turn_within(f, 100);
    }
}

void live_turn_for(struct live_fixture *f, int64_t ms)
{
    int64_t until_us = clock_mono_us() + ms * 1000;
    for (int64_t left; (left = until_us - clock_mono_us()) > 0;) {
        turn_within(f, left / 1000 + 1);
    }
}

/* --- listeners -------------------------------------------------------------------------------- */

struct ear *live_knock(struct live_fixture *f, int64_t session)
{
    assert_true(f->ear_count < LIVE_EARS);
    struct ear *ear = ear_create();
    f->ears[f->ear_count++] = ear;
    struct credential credential = {.kind = CREDENTIAL_SESSION, .session = session};
    listener_join(f->live, &ear->listener, &credential, LANG_EN);
    return ear;
}

struct ear *live_join(struct live_fixture *f, struct live_person person)
{
    struct ear *ear = live_knock(f, person.session);
    live_turn_until(f, ear, "\"hello\"", 1);
    return ear;
}

__attribute__((format(printf, 4, 0))) static int
send(struct live_fixture *f, struct ear *ear, const char *command, const char *format, va_list args)
{
    char params[4096];
    char frame[8192];
    vsnprintf(params, sizeof params, format, args);
    int bytes = snprintf(frame, sizeof frame,
                         "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}",
                         ++f->asked, command, params);
    listener_receive(&ear->listener, frame, (size_t)bytes, LANG_EN);
    live_hand_over(f->live);
    return f->asked;
}

int live_send(struct live_fixture *f, struct ear *ear, const char *command, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int id = send(f, ear, command, format, args);
    va_end(args);
    return id;
}

const char *live_answer(struct live_fixture *f, struct ear *ear, int id)
{
    char key[48];
    snprintf(key, sizeof key, "{\"jsonrpc\":\"2.0\",\"id\":%d,", id);
    live_turn_until(f, ear, key, 1);
    return strstr(ear_text(ear), key);
}

const char *live_ask(struct live_fixture *f, struct ear *ear, const char *command,
                     const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int id = send(f, ear, command, format, args);
    va_end(args);
    return live_answer(f, ear, id);
}

int64_t live_post(struct live_fixture *f, struct ear *ear, const char *body)
{
    const char *answer = live_ask(f, ear, "message.post",
                                  "{\"channel\":%lld,\"body\":\"%s\",\"nonce\":\"nonce-%06d\"}",
                                  (long long)f->general, body, f->asked);
    int64_t id = live_number(answer, "\"result\"", "id");
    if (id <= 0) {
        fail_msg("not posted: %s", answer);
    }
    return id;
}

int64_t live_number(const char *text, const char *anchor, const char *name)
{
    char key[64];
    snprintf(key, sizeof key, "\"%s\":", name);
    const char *at = strstr(text, anchor);
    at = at ? strstr(at, key) : NULL;
    return at ? strtoll(at + strlen(key), NULL, 10) : -1;
}

SQL(epoch, "SELECT value FROM meta WHERE key = 'epoch'");

const char *live_resume(struct live_fixture *f, struct ear *ear, int64_t cursor)
{
    struct arena arena;
    arena_init(&arena);
    int id = live_send(f, ear, "session.resume", "{\"epoch\":\"%s\",\"cursor\":%lld}",
                       db_text(f->reader, &epoch, &arena), (long long)cursor);
    arena_finish(&arena);
    return live_answer(f, ear, id);
}

int64_t live_cursor(const struct ear *ear)
{
    return live_number(ear_text(ear), "\"hello\"", "cursor");
}
