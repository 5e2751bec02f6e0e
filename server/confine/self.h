/* What every process that shuts itself in does: limits, another user, no new privileges; and
 * filters of system calls put together from lists.
 *
 * Owns nothing. Threads: the calling one, before any other is started. */
#ifndef BEFFROI_CONFINE_SELF_H
#define BEFFROI_CONFINE_SELF_H

#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How far a build is shut in. Tools that watch a program (sanitizers, coverage, valgrind) read and
 * write where it never would and call what it never does: with them the calls are left open, or,
 * where counts are written beside the objects, the files too. A release has it all. */
#ifndef CONFINE
#define CONFINE 2
#endif
#define CONFINE_FILES (CONFINE >= 1)
#define CONFINE_CALLS (CONFINE >= 2)

/* Sets both bounds of a resource limit. */
bool self_limit(int resource, int64_t value) __attribute__((warn_unused_result));
/* Becomes nobody, where it was root. */
bool self_leave_root(void) __attribute__((warn_unused_result));
/* No program it starts can have more rights than it; no dump of its memory, by a crash or by
 * another process of the same user. */
bool self_close(void) __attribute__((warn_unused_result));

/* A filter in which these calls pass and every other fails with EPERM; NULL if it cannot be. To be
 * released with seccomp_release(). */
scmp_filter_ctx calls_begin(const int *calls, size_t count) __attribute__((warn_unused_result));
bool calls_allow(scmp_filter_ctx filter, const int *calls, size_t count)
    __attribute__((warn_unused_result));
/* This call passes where its argument `arg` (from 0) is `value`. */
bool calls_allow_when(scmp_filter_ctx filter, int call, unsigned arg, uint64_t value)
    __attribute__((warn_unused_result));
/* Starting a program, and reaching into another process, end this one: no honest code that is shut
 * in by this asks for them. */
bool calls_kill_hostile(scmp_filter_ctx filter) __attribute__((warn_unused_result));
/* Threads, but no process; memory that is never both written and run. */
bool calls_allow_threads(scmp_filter_ctx filter) __attribute__((warn_unused_result));
bool calls_allow_memory(scmp_filter_ctx filter) __attribute__((warn_unused_result));
/* Puts it in force for every thread and releases it. */
bool calls_close(scmp_filter_ctx filter) __attribute__((warn_unused_result));

#define CALLS(list) (list), (sizeof(list) / sizeof *(list))

#endif
