/* A process of its own beside the server, at the other end of a socket.
 *
 * It is forked before any thread, database or listening socket, and holds nothing of the server's
 * but that socket and where it logs. It ends with the server, however that ends.
 *
 * Between the two stands a guard, which starts it again where it is killed: the server itself may
 * fork no more by then. The guard reads nothing, so nothing in a file or an answer can reach it.
 *
 * Owns: the processes, and the server's end. Threads: start and stop, the main one. */
#ifndef BEFFROI_CONFINE_CHILD_H
#define BEFFROI_CONFINE_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct child {
    pid_t pid;         /* the guard's */
    int pidfd, socket; /* SOCK_SEQPACKET */
    int64_t restarts;  /* as far as child_restarts() has seen */
};
#define CHILD_NONE ((struct child){.pid = -1, .pidfd = -1, .socket = -1})

/* `run` lives in the child, shuts it in and calls child_ready(); it may be called again, in another
 * process, as long as the guard lives. NULL; or at which step it failed, to be stopped all the
 * same. */
const char *child_start(struct child *child, void (*run)(int socket, void *context), void *context)
    __attribute__((warn_unused_result));
/* Its guard was killed, or it ended by itself: it is not started again. Any thread. */
bool child_gone(const struct child *child) __attribute__((warn_unused_result));
/* How often it was killed and is ready again. One thread. */
int64_t child_restarts(struct child *child) __attribute__((warn_unused_result));
/* Kills it and waits. Stopping one that was never started does nothing where it is CHILD_NONE. */
void child_stop(struct child *child);

/* In the child: it ends with the server, and no key of a terminal or word of a service manager does
 * it. After a change of user, which would undo it. */
void child_settle(void);
/* In the child: it is shut in. False: the server died meanwhile. */
bool child_ready(int socket) __attribute__((warn_unused_result));

#endif
