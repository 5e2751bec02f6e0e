/* Time and chance, the two things the domain may not fetch for itself.
 *
 * Threads: any. */
#ifndef BEFFROI_BASE_CLOCK_H
#define BEFFROI_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

int64_t clock_wall_ms(void); /* milliseconds since 1970 UTC; may jump */
int64_t clock_mono_us(void); /* microseconds of a clock that never jumps */
/* Unpredictable bytes (getrandom(2)); aborts where the kernel cannot give them. */
void random_bytes(void *out, size_t bytes);

#endif
