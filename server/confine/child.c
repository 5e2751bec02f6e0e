#include "confine/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "confine/self.h"

enum { START_MS = 20000, AGAIN_S = 1, AGAIN_MOST_S = 64 };

static const char ready_word = 'r';

struct work {
    void (*run)(int socket, void *context);
    void *context;
};

/* --- the guard ------------------------------------------------------------------------------- */

/* Who is not dumpable may not say of itself how soon it goes where memory is short. */
static _Noreturn void work_now(const struct work *work, pid_t guard)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == guard && prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0) {
        work->run(3, work->context);
    }
    _exit(1);
}

/* One life of what does the work. True: it was killed; false: it ended by itself, or never was. */
static bool live_once(const struct work *work)
{
    int status = 0;
    pid_t guard = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        work_now(work, guard);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        /* a signal that is not for us */
    }
    return pid > 0 && WIFSIGNALED(status);
}

/* Starts what was killed again, on the same socket: what was asked meanwhile waits in it. It reads
 * nothing itself, and waits longer each time that a life was short. */
static _Noreturn void guard_run(const struct work *work)
{
    prctl(PR_SET_NAME, "beffroi-guard");
    child_settle();
    unsigned wait_s = AGAIN_S;
    for (bool killed = self_close(); killed;) {
        int64_t since_us = clock_mono_us();
        killed = live_once(work);
        if (clock_mono_us() - since_us > AGAIN_MOST_S * INT64_C(1000000)) {
            wait_s = AGAIN_S;
        }
        sleep(killed ? wait_s : 0);
        wait_s = wait_s < AGAIN_MOST_S ? 2 * wait_s : wait_s;
    }
    _exit(1);
}

/* Nothing of the server's but the socket and where it logs. */
static _Noreturn void become(int socket, const struct work *work, pid_t server)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int kept = fcntl(socket, F_DUPFD_CLOEXEC, 10); /* whatever was closed when the server began */
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool alone = getppid() == server && nowhere >= 0 && dup2(nowhere, STDIN_FILENO) >= 0 &&
                 dup2(nowhere, STDOUT_FILENO) >= 0 && dup2(kept, 3) == 3;
    if (!alone || fcntl(3, F_SETFD, FD_CLOEXEC) != 0 || close_range(4, ~0U, 0) != 0) {
        _exit(1);
    }
    guard_run(work);
}

/* --- the server's side ----------------------------------------------------------------------- */

static bool wait_until_ready(int socket)
{
    struct pollfd polled = {socket, POLLIN, 0};
    char word = 0;
    return poll(&polled, 1, START_MS) == 1 && recv(socket, &word, 1, 0) == 1 && word == ready_word;
}

const char *child_start(struct child *child, void (*run)(int socket, void *context), void *context)
{
    int ends[2];
    pid_t server = getpid();
    const struct work work = {run, context};
    *child = CHILD_NONE;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return "socket";
    }
    fflush(NULL);
    child->pid = fork();
    if (child->pid == 0) {
        become(ends[1], &work, server);
    }
    close(ends[1]);
    child->socket = ends[0];
    if (child->pid < 0) {
        return "fork";
    }
    child->pidfd = pidfd_open(child->pid, 0);
    if (child->pidfd < 0) {
        return "pidfd";
    }
    return wait_until_ready(child->socket) ? NULL : "shut in";
}

bool child_gone(const struct child *child)
{
    struct pollfd polled = {child->pidfd, POLLIN, 0};
    return child->pidfd >= 0 && poll(&polled, 1, 0) == 1;
}

int64_t child_restarts(struct child *child)
{
    char word;
    while (child->socket >= 0 && recv(child->socket, &word, 1, MSG_DONTWAIT) == 1) {
        child->restarts++;
    }
    return child->restarts;
}

/* By its descriptor: a server that is shut in may signal nobody else. */
static void end(struct child *child)
{
    if (child->pidfd >= 0) {
        pidfd_send_signal(child->pidfd, SIGKILL, NULL, 0);
        close(child->pidfd);
    } else {
        kill(child->pid, SIGKILL);
    }
    waitpid(child->pid, NULL, 0);
}

void child_stop(struct child *child)
{
    if (child->socket >= 0) {
        close(child->socket);
    }
    if (child->pid > 0) {
        end(child);
    }
    *child = CHILD_NONE;
}

/* --- in the child ---------------------------------------------------------------------------- */

void child_settle(void)
{
    setpgid(0, 0);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

bool child_ready(int socket)
{
    bool said = send(socket, &ready_word, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
    return said || errno == EAGAIN; /* nobody has counted for long; that does not matter here */
}
