/* Resources at hand, right in all but what a test says: a guide of the shelf of the Ain that is a
 * link, as Bob drafts it and Anne, who keeps that shelf, publishes it. `more` as in form_fixture.h.
 */
#ifndef BEFFROI_TESTS_SHELF_FIXTURE_H
#define BEFFROI_TESTS_SHELF_FIXTURE_H

#include "form_fixture.h"

#define SHELF_FICHE "\"kind\":\"fiche_projet\",\"link\":null"

/* On the shelf of this Club. */
enum err shelf_try_create(struct cast *c, int64_t person, int64_t club, const char *more);
enum err shelf_try_update(struct cast *c, int64_t person, int64_t resource, const char *more);
/* The test fails unless they succeed; the id. */
int64_t shelf_create(struct cast *c, int64_t person, int64_t club, const char *more);
int64_t shelf_draft(struct cast *c, const char *more);     /* of Bob's */
int64_t shelf_proposed(struct cast *c, const char *more);  /* by Bob */
int64_t shelf_published(struct cast *c, const char *more); /* then by Anne */
/* A command about a resource, with other members after it: ",\"remark\":\"X\""; "" for none. */
enum err shelf_try(struct cast *c, int64_t person, const char *command, int64_t resource,
                   const char *members);
void shelf_do(struct cast *c, int64_t person, const char *command, int64_t resource,
              const char *members);
/* Does this person see it? */
bool shelf_seen(struct cast *c, int64_t person, int64_t resource);
/* A PVD of the Ain with its two communes, and one of La Réunion. */
void shelf_towns(struct cast *c);

#endif
