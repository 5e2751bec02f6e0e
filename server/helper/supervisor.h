/* The helper process: starts a child for each request, ends it in time, tells how it went.
 *
 * It never reads a byte of a file, so that nothing in one can reach it.
 *
 * Owns: the jobs' processes. Threads: its process has one. */
#ifndef BEFFROI_HELPER_SUPERVISOR_H
#define BEFFROI_HELPER_SUPERVISOR_H

/* Serves the socket until its other end is closed; says child_ready() on it first.
 * A job that takes longer than `job_ms` is ended. */
_Noreturn void supervisor_run(int socket, int job_ms);

#endif
