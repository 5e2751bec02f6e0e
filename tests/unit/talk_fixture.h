/* People who talk, for tests of the conversation: Anne runs the Club of the Ain, Bob and Chloé
 * belong to it, Zoé runs the one of La Réunion. */
#ifndef BEFFROI_TESTS_TALK_FIXTURE_H
#define BEFFROI_TESTS_TALK_FIXTURE_H

#include "club_fixture.h"

struct cast {
    struct club_fixture *f;
    int64_t anne, bob, chloe, zoe;
    int64_t general, announces; /* channels of the Ain */
};
struct cast cast_of(void **state);

/* Posts, and the test fails unless it succeeds; the id. `body` is put in JSON as it is. */
int64_t talk_post(struct cast *c, int64_t person, int64_t channel, const char *body);
int64_t talk_reply(struct cast *c, int64_t person, int64_t thread, const char *body);
enum err talk_try(struct cast *c, int64_t person, int64_t channel, const char *body);
enum err talk_try_reply(struct cast *c, int64_t person, int64_t channel, int64_t thread);
/* Any command whose only parameter is a message. */
void talk_about(struct cast *c, int64_t person, const char *command, int64_t message);
enum err talk_try_about(struct cast *c, int64_t person, const char *command, int64_t message);
void talk_edit(struct cast *c, int64_t person, int64_t message, const char *body);
enum err talk_try_edit(struct cast *c, int64_t person, int64_t message);
/* "@[12]" */
const char *talk_name(struct cast *c, int64_t person);
/* The full-text index says what the messages say. */
void talk_index_is_sound(struct cast *c);

#endif
