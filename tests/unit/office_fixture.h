/* The six office formats in their smallest form. Each holds the word "halles" in its first page and
 * "ORT" in its second, where it has pages. */
#ifndef BEFFROI_TESTS_OFFICE_FIXTURE_H
#define BEFFROI_TESTS_OFFICE_FIXTURE_H

#include "base/buf.h"

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF   "application/vnd.oasis.opendocument."

struct office_sample {
    const char *type, *name;
    const char *const *members; /* pairs, ending with NULL */
    const char *expected;       /* as read_text() gives it */
};
enum { OFFICE_SAMPLES = 6 };
extern const struct office_sample office_samples[OFFICE_SAMPLES];

#endif
