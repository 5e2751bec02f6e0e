/* A whole live floor on a data directory of its own, without sockets: the test is the loop. The
 * Club of the Ain has three members, each with a session: Anne runs it, Bob and Chloé belong to it.
 *
 *     struct live_fixture *f = *state;
 *     struct ear *bob = live_join(f, f->bob);
 *     live_ask(f, bob, "message.post", "...");
 *
 * Owns: everything it returns, until teardown. Threads: the floor's; the test's is the loop. */
#ifndef BEFFROI_TESTS_LIVE_FIXTURE_H
#define BEFFROI_TESTS_LIVE_FIXTURE_H

#include <semaphore.h>
#include <stdlib.h>

#include "unit.h"

#include "ear.h"
#include "live/engine.h"
#include "store.h"

#define LIVE_EARS 8

struct live_person {
    int64_t id, session, membership;
};

struct live_fixture {
    struct place place;
    struct live *live; /* NULL once stopped */
    struct db *reader; /* the test's own */
    sem_t woken;
    struct ear *ears[LIVE_EARS];
    size_t ear_count;
    struct live_person anne, bob, chloe;
    int64_t club, general;
    int asked; /* JSON-RPC ids given */
};

/* Files only; live_begin() starts the floor. */
int live_set_up_files(void **state);
int live_set_up(void **state);
int live_tear_down(void **state);
#define LIVE_TEST(test) cmocka_unit_test_setup_teardown(test, live_set_up, live_tear_down)

void live_begin(struct live_fixture *f);
void live_end(struct live_fixture *f);
/* Another connection to the writer's side, for what a test breaks on purpose. */
void live_sql(struct live_fixture *f, const struct sql *sql, int64_t a);

/* Turns until `text` was heard by `ear` `times` times; the test fails after 10 seconds. */
void live_turn_until(struct live_fixture *f, struct ear *ear, const char *text, int times);
/* Waits for one wake and turns. */
void live_turn_once(struct live_fixture *f);
/* Turns for a while, whatever comes. */
void live_turn_for(struct live_fixture *f, int64_t ms);

/* A listener that is on its way in, and one that was given `hello`. */
struct ear *live_knock(struct live_fixture *f, int64_t session);
struct ear *live_join(struct live_fixture *f, struct live_person person);
/* Sends a call off, without turning; its id. */
int live_send(struct live_fixture *f, struct ear *ear, const char *command, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Turns until the call with this id is answered. The answer, until the next call. */
const char *live_answer(struct live_fixture *f, struct ear *ear, int id);
/* Sends it and turns until it is answered. The answer, until the next call. */
const char *live_ask(struct live_fixture *f, struct ear *ear, const char *command,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same for message.post in the general channel; the id. */
int64_t live_post(struct live_fixture *f, struct ear *ear, const char *body);
/* The number behind `"name":` after the first `anchor` in what was heard; -1 if there is none. */
int64_t live_number(const char *text, const char *anchor, const char *name);
/* session.resume from a cursor, with the right epoch. */
const char *live_resume(struct live_fixture *f, struct ear *ear, int64_t cursor);
int64_t live_cursor(const struct ear *ear); /* of its hello */

#endif
