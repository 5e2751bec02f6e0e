/* What every unit test includes first: cmocka and the headers it wants before it. */
#ifndef BEFFROI_TESTS_UNIT_H
#define BEFFROI_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
