#include "confine/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_MS = 20000 };

static const char ready_word = 'r';

/* In the child: nothing of the server's but the socket and where it logs. */
static _Noreturn void become(int socket, void (*run)(int socket, void *context), void *context,
                             pid_t server)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int kept = fcntl(socket, F_DUPFD_CLOEXEC, 10); /* whatever was closed when the server began */
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool alone = getppid() == server && nowhere >= 0 && dup2(nowhere, STDIN_FILENO) >= 0 &&
                 dup2(nowhere, STDOUT_FILENO) >= 0 && dup2(kept, 3) == 3;
    if (!alone || fcntl(3, F_SETFD, FD_CLOEXEC) != 0 || close_range(4, ~0U, 0) != 0) {
        _exit(1);
    }
    run(3, context);
    _exit(1);
}

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
    *child = (struct child){-1, -1, -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return "socket";
    }
    fflush(NULL);
    child->pid = fork();
    if (child->pid == 0) {
        become(ends[1], run, context, server);
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
    *child = (struct child){-1, -1, -1};
}

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
    return send(socket, &ready_word, 1, MSG_NOSIGNAL) == 1;
}
