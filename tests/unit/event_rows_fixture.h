/* Events as rows, for tests of who sees them, hears of them and reads their channel.
 *
 * Owns nothing of its own. */
#ifndef BEFFROI_TESTS_EVENT_ROWS_FIXTURE_H
#define BEFFROI_TESTS_EVENT_ROWS_FIXTURE_H

#include "club_fixture.h"

/* A published seance of the Club, open to register, for two hours in ten days; of scope 'clubs' and
 * announced to this Club alone. */
int64_t fixture_event(struct club_fixture *f, int64_t club);
/* One or more columns: fixture_event_set(f, event, "state = 'draft', public = 1"). */
void fixture_event_set(struct club_fixture *f, int64_t event, const char *assignments);
/* To the network instead of its Clubs. */
void fixture_event_network(struct club_fixture *f, int64_t event);
void fixture_announce(struct club_fixture *f, int64_t event, int64_t club); /* to one more */
void fixture_ask_role(struct club_fixture *f, int64_t event, enum role role);
/* The channel that is opened when it is published. */
int64_t fixture_event_channel(struct club_fixture *f, int64_t event);
/* A registration in this state ("seated"), or another state for the one there is. */
void fixture_seat(struct club_fixture *f, int64_t event, int64_t person, const char *state);

#endif
