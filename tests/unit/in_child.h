/* Trying in a child what a process that is shut in can still do: what shuts in, stays. */
#ifndef BEFFROI_TESTS_IN_CHILD_H
#define BEFFROI_TESTS_IN_CHILD_H

#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* The status of a child that is shut in and then does what `act` does: 0 where it returned true. */
static inline int status_of(bool (*shut_in)(void), bool (*act)(void))
{
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        _exit(!shut_in() ? 99 : act() ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

#endif
