/* Time, chance and the writer's turns are the test's own, so that a seed makes the same log of the
 * disk twice: clock_gettime, getrandom and the waits of pthreads are defined here.
 *
 * The writer's thread stops wherever it would wait, until it is given a turn: it then takes what was
 * submitted, all in one batch, or does its next idle step.
 *
 * Threads: the test's, and the writer's. Never: two writers at once. */
#ifndef BEFFROI_POWERCUT_STAGE_H
#define BEFFROI_POWERCUT_STAGE_H

#include <stdint.h>

/* Sets the wall clock, which stands still, and the seed of what is drawn. */
void stage_begin(int64_t now_ms, uint64_t seed);
/* Back to the true clock and chance, for those who start servers. */
void stage_end(void);
void stage_wait(int64_t ms); /* sets the clock forward */
int64_t stage_now(void);     /* wall, in ms */

/* After writer_start(): returns once it waits for the first time. */
void stage_writer_begin(void);
/* Gives the writer one turn, and returns once it waits again. */
void stage_turn(void);
/* Before writer_stop(): it is not held back any more once it is told. */
void stage_writer_end(void);

#endif
