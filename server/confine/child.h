/* A process of its own beside the server, at the other end of a socket.
 *
 * It is forked before any thread, database or listening socket, and holds nothing of the server's
 * but that socket and where it logs. It ends with the server, however that ends.
 *
 * Owns: the process, and the server's end. Threads: start and stop, the main one. */
#ifndef BEFFROI_CONFINE_CHILD_H
#define BEFFROI_CONFINE_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

struct child {
    pid_t pid;
    int pidfd, socket; /* SOCK_SEQPACKET */
};

/* `run` lives in the child, shuts it in and calls child_ready(). NULL; or at which step it failed,
 * to be stopped all the same. */
const char *child_start(struct child *child, void (*run)(int socket, void *context), void *context)
    __attribute__((warn_unused_result));
/* It has ended by itself, or was killed from outside; it is not started again. Any thread. */
bool child_gone(const struct child *child) __attribute__((warn_unused_result));
/* Kills it and waits. Stopping one that was never started does nothing where it is all -1. */
void child_stop(struct child *child);

/* In the child: it ends with the server, and no key of a terminal or word of a service manager does
 * it. After a change of user, which would undo it. */
void child_settle(void);
/* In the child: it is shut in. False: the server died meanwhile. */
bool child_ready(int socket) __attribute__((warn_unused_result));

#endif
