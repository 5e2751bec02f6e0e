/* What every fuzzer shares: its entry, and the check that ends it.
 *
 * A target is a function of the bytes alone: the same bytes, the same verdict, whatever ran before.
 * It checks what must hold, not only that nothing crashes. */
#ifndef BEFFROI_TESTS_FUZZ_H
#define BEFFROI_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FUZZ(name, what) int fuzz_##name(const uint8_t *data, size_t bytes);
#include "targets.def"
#undef FUZZ

/* Ends the fuzzer with a word of what did not hold. */
#define check(holds) ((holds) ? (void)0 : fuzz_fail(#holds, __FILE__, __LINE__))
__attribute__((noreturn)) void fuzz_fail(const char *what, const char *file, int line);

/* Takes bytes off an input, zeros once it is used up. */
struct bytes {
    const uint8_t *at;
    size_t left;
};
static inline uint8_t bytes_next(struct bytes *bytes)
{
    if (bytes->left == 0) {
        return 0;
    }
    bytes->left--;
    return *bytes->at++;
}

#endif
