#include "main/confine.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "confine/landlock.h"
#include "confine/self.h"

/* --- files ------------------------------------------------------------------------------------ */

static void allow_folder_of(int ruleset, const char *path, enum land_right right)
{
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    landlock_allow(ruleset, dirname(copy), right);
}

/* The folder, not the file, which a renewal replaces; and the one that a link leads to, where
 * certbot keeps what it renews. */
static void allow_certificate(int ruleset, const char *path)
{
    char target[PATH_MAX];
    if (path) {
        allow_folder_of(ruleset, path, LAND_READ);
    }
    if (path && realpath(path, target)) {
        allow_folder_of(ruleset, target, LAND_READ);
    }
}

/* A folder of the data may be a link to another disk. */
static void allow_data(int ruleset, const char *data)
{
    static const char *const folders[] = {"files", "mail", NULL};
    char path[PATH_MAX];
    landlock_allow(ruleset, data, LAND_CHANGE);
    for (const char *const *folder = folders; *folder; folder++) {
        snprintf(path, sizeof path, "%s/%s", data, *folder);
        landlock_allow(ruleset, path, LAND_CHANGE);
    }
}

/* A kernel whose Landlock lets no file move between folders would let no upload end. */
static int close_files(const struct confine_paths *paths, bool *closed_out)
{
    int abi = CONFINE_FILES ? landlock_abi() : 0;
    int ruleset = abi >= LAND_MOVES ? landlock_open(true, false) : -1;
    allow_data(ruleset, paths->data);
    allow_certificate(ruleset, paths->tls_cert);
    allow_certificate(ruleset, paths->tls_key);
    landlock_allow(ruleset, "/dev/urandom", LAND_READ);
    landlock_allow(ruleset, "/etc/ssl/openssl.cnf", LAND_READ);
    landlock_allow(ruleset, "/etc/localtime", LAND_READ); /* libraries ask what time it is here */
    if (paths->listen && str_starts(paths->listen, "unix:")) {
        allow_folder_of(ruleset, paths->listen + strlen("unix:"), LAND_REMOVE);
    }
    if (!CONFINE_CALLS) {
        landlock_allow(ruleset, "/", LAND_RUN); /* a sanitizer looks at the process */
    }
    *closed_out = landlock_close(ruleset);
    return ruleset < 0 ? 0 : abi;
}

/* --- calls ------------------------------------------------------------------------------------ */

/* What the loop, the writer, readers, workers and tails call; anything else fails with EPERM. It
 * does not kill, so that a library that is replaced by a newer one and asks for something first
 * goes on without. */
static const int server_calls[] = {
    /* files */
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(pwrite64),
    SCMP_SYS(pwritev),
    SCMP_SYS(lseek),
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(close),
    SCMP_SYS(close_range),
    SCMP_SYS(fstat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(rmdir),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(sync_file_range),
    SCMP_SYS(fadvise64),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchown),
    SCMP_SYS(utimensat),
    SCMP_SYS(flock),
    SCMP_SYS(fcntl),
    SCMP_SYS(dup),
    SCMP_SYS(dup3),
    SCMP_SYS(umask),
    SCMP_SYS(sendfile),
    SCMP_SYS(copy_file_range),
    SCMP_SYS(memfd_create),
    SCMP_SYS(pipe2),
    SCMP_SYS(eventfd2),
    /* sockets that are there */
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(shutdown),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
    SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    /* memory, threads, time, signals */
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(setpriority),
    SCMP_SYS(getpriority),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(wait4),
    SCMP_SYS(waitid),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
};

/* The helper is spoken to through a pair of sockets; a thread is named; abort() ends this process
 * and no other; limits are asked for, not set. */
static bool allow_some(scmp_filter_ctx filter)
{
    return calls_allow_when(filter, SCMP_SYS(socketpair), 0, AF_UNIX) &&
           calls_allow_when(filter, SCMP_SYS(prctl), 0, PR_SET_NAME) &&
           calls_allow_when(filter, SCMP_SYS(prctl), 0, PR_GET_DUMPABLE) &&
           calls_allow_when(filter, SCMP_SYS(tgkill), 0, (uint64_t)getpid()) &&
           calls_allow_when(filter, SCMP_SYS(ioctl), 1, FIONBIO) &&
           calls_allow_when(filter, SCMP_SYS(ioctl), 1, FIONREAD) &&
           calls_allow_when(filter, SCMP_SYS(ioctl), 1, TCGETS) &&
           calls_allow_when(filter, SCMP_SYS(prlimit64), 2, 0) &&
           calls_allow(filter, (const int[]){SCMP_SYS(getrlimit)}, 1);
}

static bool close_calls(void)
{
    scmp_filter_ctx filter = calls_begin(CALLS(server_calls));
    return filter && calls_kill_hostile(filter) && calls_allow_threads(filter) &&
           calls_allow_memory(filter) && allow_some(filter) && calls_close(filter);
}

bool confine_server(const struct confine_paths *paths)
{
    bool closed = false;
    if (!self_close()) {
        return false;
    }
    int abi = close_files(paths, &closed);
    if (!closed || (CONFINE_CALLS && !close_calls())) {
        return false;
    }
    log_event(LOG_CONFINED, LOG_N("landlock", abi), LOG_N("seccomp", CONFINE_CALLS));
    return true;
}
