#include "helper/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "confine/child.h"
#include "helper/confine.h"
#include "helper/job.h"
#include "helper/packet.h"
#include "helper/sniff.h"

struct job {
    pid_t pid; /* 0: free */
    int pidfd, verdict;
    uint32_t kind;
    int64_t ends_us; /* clock_mono_us */
};
static struct job jobs[LIMIT_HELPER_JOBS];
static int64_t job_us;

static void close_all(int fds[PACKET_FDS])
{
    for (int i = 0; i < PACKET_FDS; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
}

/* Puts the job's descriptors from 3 up, in their order, and closes every other. */
static void keep_fds(int fds[PACKET_FDS])
{
    int kept[PACKET_FDS];
    for (int i = 0; i < PACKET_FDS; i++) {
        kept[i] = fds[i] < 0 || i == FD_VERDICT ? -1 : fcntl(fds[i], F_DUPFD_CLOEXEC, 64);
    }
    for (int i = 0; i < PACKET_FDS; i++) {
        close(JOB_FD(i));
        if (kept[i] >= 0) {
            dup3(kept[i], JOB_FD(i), O_CLOEXEC);
        }
    }
    close_range(JOB_FD(PACKET_FDS), ~0U, 0);
}

static _Noreturn void run_job(const struct packet_request *request, int fds[PACKET_FDS],
                              pid_t helper)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != helper) {
        _exit(JOB_LATER); /* it died before we asked to be told */
    }
    signal(SIGPIPE, SIG_DFL);
    keep_fds(fds);
    _exit(job_run(request));
}

static void give_verdict(int socket, char verdict)
{
    (void)!send(socket, &verdict, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    close(socket);
}

static struct job *free_job(void)
{
    for (int i = 0; i < LIMIT_HELPER_JOBS; i++) {
        if (jobs[i].pid == 0) {
            return &jobs[i];
        }
    }
    return NULL;
}

static void start_job(struct job *job, const struct packet_request *request, int fds[PACKET_FDS])
{
    pid_t helper = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        run_job(request, fds, helper);
    }
    int verdict = fds[FD_VERDICT];
    fds[FD_VERDICT] = -1;
    close_all(fds);
    if (pid < 0) {
        give_verdict(verdict, VERDICT_LATER);
        return;
    }
    setpgid(pid, pid);
    int64_t ends_us = clock_mono_us() + job_us;
    *job = (struct job){pid, pidfd_open(pid, 0), verdict, request->kind, ends_us};
}

static bool take_request(int socket)
{
    struct packet_request request = {0};
    int fds[PACKET_FDS];
    if (!packet_take(socket, &request, fds)) {
        close_all(fds);
        return false;
    }
    start_job(free_job(), &request, fds);
    return true;
}

static const char *kind_name(uint32_t kind)
{
    return kind == REQUEST_TYPE ? "type" : kind == REQUEST_REDRAW ? "redraw" : "text";
}

static char verdict_of(const struct job *job, int status)
{
    if (WIFSIGNALED(status)) {
        log_event(LOG_HELPER_JOB, LOG_W("kind", kind_name(job->kind)),
                  LOG_N("signal", WTERMSIG(status)));
        return VERDICT_UNREADABLE;
    }
    switch (WEXITSTATUS(status)) {
    case JOB_DONE:
        return VERDICT_DONE;
    case JOB_LATER:
        return VERDICT_LATER;
    default:
        return VERDICT_UNREADABLE;
    }
}

/* The whole group is ended, then waited for: what the job started is ours to wait for once it is
 * gone itself. */
static void end_job(struct job *job)
{
    int status = 0;
    kill(-job->pid, SIGKILL);
    waitpid(job->pid, &status, 0);
    while (waitpid(-job->pid, NULL, 0) > 0) {
        /* nothing else to know of it */
    }
    close(job->pidfd);
    give_verdict(job->verdict, verdict_of(job, status));
    job->pid = 0;
}

/* Milliseconds until the first deadline; -1 without one. */
static int patience_ms(int64_t now_us)
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < LIMIT_HELPER_JOBS; i++) {
        if (jobs[i].pid && jobs[i].ends_us < least) {
            least = jobs[i].ends_us;
        }
    }
    if (least == INT64_MAX) {
        return -1;
    }
    return least > now_us ? (int)((least - now_us) / 1000) + 1 : 0;
}

/* Waits for a request (where there is room for one), the end of a job or a deadline. false: the
 * server is gone. */
static bool turn(int socket)
{
    struct pollfd polled[1 + LIMIT_HELPER_JOBS];
    polled[0] = (struct pollfd){socket, free_job() ? POLLIN : 0, 0};
    for (int i = 0; i < LIMIT_HELPER_JOBS; i++) {
        polled[1 + i] = (struct pollfd){jobs[i].pid ? jobs[i].pidfd : -1, POLLIN, 0};
    }
    if (poll(polled, 1 + LIMIT_HELPER_JOBS, patience_ms(clock_mono_us())) < 0) {
        return true; /* a signal */
    }
    int64_t now_us = clock_mono_us();
    for (int i = 0; i < LIMIT_HELPER_JOBS; i++) {
        if (jobs[i].pid && (polled[1 + i].revents || jobs[i].ends_us <= now_us)) {
            end_job(&jobs[i]);
        }
    }
    if (polled[0].revents & POLLIN) {
        return take_request(socket);
    }
    return !(polled[0].revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* Where memory is short, this goes before the server, and a job before this: it is the larger. */
static void go_first(void)
{
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)!write(fd, "500", 3);
        close(fd);
    }
}

_Noreturn void supervisor_run(int socket, int job_ms)
{
    job_us = (int64_t)job_ms * 1000;
    prctl(PR_SET_NAME, "beffroi-helper");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    go_first();
    if (!sniff_open() || !confine_helper()) {
        _exit(1);
    }
    child_settle();
    if (!child_ready(socket)) {
        _exit(1);
    }
    while (turn(socket)) {
    }
    for (int i = 0; i < LIMIT_HELPER_JOBS; i++) {
        if (jobs[i].pid) {
            end_job(&jobs[i]);
        }
    }
    _exit(0);
}
