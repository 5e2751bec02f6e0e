/* An event with few seats, for tests of who gets them: a seance of the Club of the Ain, which Anne
 * runs, in ten days; Bob, Chloé and others belong to the Club. */
#ifndef BEFFROI_TESTS_SEAT_FIXTURE_H
#define BEFFROI_TESTS_SEAT_FIXTURE_H

#include "talk_fixture.h"

struct seats {
    struct club_fixture *f;
    int64_t anne, bob, chloe, denis, zoe; /* Zoé is of La Réunion */
    int64_t event, channel;               /* the event's */
};
/* Open to the members of the Club of the Ain; `capacity` 0: no limit. */
struct seats seats_of(void **state, int64_t capacity);

/* One column of the event: seat_set(&s, "registration = 'approval'"). */
void seat_set(struct seats *s, const char *assignment);
enum err seat_try(struct seats *s, int64_t person, const char *command); /* {event} */
void seat_do(struct seats *s, int64_t person, const char *command);
/* {event, person}, by Anne or another. */
enum err seat_try_for(struct seats *s, int64_t actor, const char *command, int64_t person);
void seat_do_for(struct seats *s, int64_t actor, const char *command, int64_t person);
/* event.register, each with a nonce of its own; the registration's id. */
enum err seat_try_register(struct seats *s, int64_t person);
int64_t seat_register(struct seats *s, int64_t person);
enum err seat_try_register_for(struct seats *s, int64_t actor, int64_t person);
/* What has become due by now, in its order. */
void seat_due(struct seats *s);

/* Where the person stands: "seated". */
const char *seat_state(struct seats *s, int64_t person);
#define assert_stands(s, person, state) assert_string_equal(seat_state((s), (person)), (state))
/* Letters queued for the person whose subject begins so. */
int64_t seat_letters(struct seats *s, int64_t person, const char *begins);

#endif
