/* What commands are given, right in all but what a test says.
 *
 * `more` is the inside of a JSON object ("\"title\":\"X\",\"link\":null"): its members replace
 * those of `usual`, null takes one away. NULL: nothing else. */
#ifndef BEFFROI_TESTS_FORM_FIXTURE_H
#define BEFFROI_TESTS_FORM_FIXTURE_H

#include "talk_fixture.h"

const char *form_with(struct cast *c, const char *usual, const char *more);
/* The same with a nonce that no other has. */
const char *form_with_nonce(struct cast *c, const char *usual, const char *more);
/* Refused so, with this field at fault. */
void form_refused(struct cast *c, enum err got, enum err err, const char *field);

#endif
