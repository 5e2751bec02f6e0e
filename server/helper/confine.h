/* Shutting a process in, for good.
 *
 * The helper as a whole: no network, not root, no file but the libraries to read. A job that reads
 * with libraries of ours: nothing but the descriptors it holds. The one that becomes pdftotext: it
 * may besides run that program and read the libraries. What a kernel has not (Landlock, namespaces)
 * is done without: seccomp and limits are there always.
 *
 * Owns nothing. Threads: the helper's processes have one. */
#ifndef BEFFROI_HELPER_CONFINE_H
#define BEFFROI_HELPER_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

/* The helper itself, once. false: seccomp cannot be prepared. */
bool confine_helper(void) __attribute__((warn_unused_result));
/* A job: `written_bytes` is the most it may write to a file. Called with its last open descriptor
 * in place. false: it must not go on. */
bool confine_reader(int64_t written_bytes) __attribute__((warn_unused_result));
bool confine_program(void) __attribute__((warn_unused_result));

#endif
