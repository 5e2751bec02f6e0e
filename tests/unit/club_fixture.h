/* A small world in memory for tests of the domain: three Clubs with their channels, people to make,
 * and commands run exactly as the server runs them, in a savepoint, from JSON to JSON.
 *
 *     struct club_fixture *f = *state;
 *     int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
 *     assert_int_equal(fixture_run(f, anne, "channel.create", "{...}"), ERR_NONE);
 *     assert_int_equal(fixture_int(f, "id"), 28);
 *
 * Owns: everything it returns, until teardown. */
#ifndef BEFFROI_TESTS_CLUB_FIXTURE_H
#define BEFFROI_TESTS_CLUB_FIXTURE_H

#include <stdbool.h>

#include "club/audience.h"
#include "club/execute.h"
#include "unit.h"

#define FIXTURE_ANYBODY  INT64_C(0)  /* without a session */
#define FIXTURE_OPERATOR INT64_C(-1) /* the command line */

struct club_fixture {
    struct db *db;
    struct arena arena;
    int64_t now_ms;                 /* set it to let time pass */
    int64_t national, ain, reunion; /* Clubs */

    /* Of the last fixture_run(). */
    struct problem problem;
    struct effects effects;
    const char *result; /* JSON of `out`; "" after an error */
    const char *cookie; /* secret it sets; "" clears it, NULL leaves it */
};

/* For cmocka_unit_test_setup_teardown(): *state is a struct club_fixture *. */
int fixture_setup(void **state);
int fixture_teardown(void **state);
#define FIXTURE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

/* A tx as commands get it, by the person, for calling the domain's functions directly. */
struct tx fixture_tx(struct club_fixture *f, int64_t actor);

/* --- people and places; rows only, no fact ---------------------------------------------------- */

int64_t fixture_person(struct club_fixture *f, const char *name); /* with a session */
int64_t fixture_administrator(struct club_fixture *f, const char *name);
/* Adds a membership of the whole Club; its id. */
int64_t fixture_join(struct club_fixture *f, int64_t person, int64_t club, enum role role);
/* The same for one channel alone. */
int64_t fixture_guest(struct club_fixture *f, int64_t person, int64_t channel, enum role role);
/* A new person who is a member of the whole Club. */
int64_t fixture_member(struct club_fixture *f, const char *name, int64_t club, enum role role);
int64_t fixture_channel(struct club_fixture *f, int64_t club, const char *name); /* by name */
int64_t fixture_private(struct club_fixture *f, int64_t club, const char *name); /* new, empty */
void fixture_choose(struct club_fixture *f, int64_t channel, int64_t person); /* channel_member */
int64_t fixture_direct(struct club_fixture *f, int64_t a, int64_t b);
/* A message, with its number drawn as message.post does; `thread` 0: a root. */
int64_t fixture_message(struct club_fixture *f, int64_t channel, int64_t thread, int64_t author,
                        const char *body);
/* Runs any statement for set-ups the helpers do not cover: "UPDATE ... ". Fails the test on error.
 */
void fixture_sql(struct club_fixture *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* First column of the first row of any query, -1 if there is none. */
int64_t fixture_count(struct club_fixture *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* --- commands --------------------------------------------------------------------------------- */

/* Decodes, executes and keeps or undoes, as the writer does. `actor`: a person, or FIXTURE_*. */
enum err fixture_run(struct club_fixture *f, int64_t actor, const char *command, const char *format,
                     ...) __attribute__((format(printf, 4, 5)));
/* The same, and the test fails unless it succeeds; returns the result's JSON. */
const char *fixture_ok(struct club_fixture *f, int64_t actor, const char *command,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A member of the last result by its path ("channels.0.mine.unread", "channels.length"); fails the
 * test where there is none. */
int64_t fixture_int(struct club_fixture *f, const char *path);
const char *fixture_text(struct club_fixture *f, const char *path);
bool fixture_has(struct club_fixture *f, const char *path);

/* How many facts of this name the last command told this audience. */
int fixture_told(const struct club_fixture *f, int64_t audience, const char *fact);
/* A member of the n-th of them (0 is the first), by its path in `params`. */
int64_t fixture_told_int(struct club_fixture *f, int64_t audience, const char *fact, int n,
                         const char *path);
const char *fixture_told_text(struct club_fixture *f, int64_t audience, const char *fact, int n,
                              const char *path);
/* The EFFECT_RIGHTS for this person, NULL if there is none. */
const struct effect *fixture_rights(const struct club_fixture *f, int64_t person);
bool fixture_hears(const struct effect *rights, int64_t audience);
/* The sockets of this session are closed; session 0: all the person's. */
bool fixture_closes(const struct club_fixture *f, int64_t person, int64_t session);

#endif
