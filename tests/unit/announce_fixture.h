/* Events at hand, right in all but what a test says: a séance of the Club of the Ain, on 3 November
 * 2026 from 10:00 to 12:00 in Paris, some weeks after the fixture's now, that one registers for.
 * `more` as in form_fixture.h. */
#ifndef BEFFROI_TESTS_ANNOUNCE_FIXTURE_H
#define BEFFROI_TESTS_ANNOUNCE_FIXTURE_H

#include "form_fixture.h"

#define SEANCE_START    INT64_C(1793696400000)
#define SEANCE_END      (SEANCE_START + 7200000)
#define SEANCE_MIDNIGHT INT64_C(1793660400000) /* before it, in Paris */
#define HOUR_MS         INT64_C(3600000)
#define DAY_MS          (24 * HOUR_MS)

enum err event_try_create(struct cast *c, int64_t person, const char *more);
enum err event_try_update(struct cast *c, int64_t person, int64_t event, const char *more);
/* The test fails unless they succeed. A draft of Anne's, the séance as Anne publishes it; the id. */
int64_t event_draft(struct cast *c, const char *more);
int64_t event_published(struct cast *c, const char *more);
void event_updated(struct cast *c, int64_t event, const char *more);
/* Any command whose only parameter is an event. */
enum err event_try_about(struct cast *c, int64_t person, const char *command, int64_t event);
void event_about(struct cast *c, int64_t person, const char *command, int64_t event);
/* Takes a seat, as rows. */
void event_seat(struct cast *c, int64_t event, int64_t person);
/* "12345" of a time in a text */
const char *event_ms(struct cast *c, int64_t ms);

#endif
