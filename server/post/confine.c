#include "post/confine.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "confine/landlock.h"
#include "confine/self.h"

enum { PORT_DNS = 53, OPEN_FILES = 64, MEMORY_BYTES = 512 << 20 };

/* What the C library reads to find a name, and OpenSSL to know who vouches for it. */
static bool close_files(uint16_t port)
{
    static const char *const read[] = {
        "/etc/resolv.conf",
        "/etc/hosts",
        "/etc/host.conf",
        "/etc/nsswitch.conf",
        "/etc/gai.conf",
        "/etc/services",
        "/etc/ld.so.cache",
        "/etc/ssl/certs",
        "/etc/ssl/openssl.cnf",
        "/etc/pki",
        "/usr/lib",
        "/usr/lib64",
        "/lib",
        "/lib64",
        "/usr/share/ca-certificates",
        "/usr/local/share/ca-certificates",
        "/dev/null",
        "/dev/urandom",
        NULL,
    };
    int ruleset = CONFINE_FILES ? landlock_open(true, true) : -1;
    for (const char *const *path = read; *path; path++) {
        landlock_allow(ruleset, *path, LAND_READ);
    }
    if (!CONFINE_CALLS) {
        landlock_allow(ruleset, "/", LAND_READ);
    }
    landlock_allow_connect(ruleset, port);
    landlock_allow_connect(ruleset, PORT_DNS);
    return landlock_close(ruleset);
}

static const int carrier_calls[] = {
    SCMP_SYS(read),           SCMP_SYS(readv),        SCMP_SYS(pread64),
    SCMP_SYS(write),          SCMP_SYS(writev),       SCMP_SYS(lseek),
    SCMP_SYS(close),          SCMP_SYS(fstat),        SCMP_SYS(newfstatat),
    SCMP_SYS(statx),          SCMP_SYS(stat),         SCMP_SYS(lstat),
    SCMP_SYS(access),         SCMP_SYS(faccessat),    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),       SCMP_SYS(readlinkat),   SCMP_SYS(getdents64),
    SCMP_SYS(fcntl),          SCMP_SYS(ioctl),        SCMP_SYS(pipe2),
    SCMP_SYS(eventfd2),       SCMP_SYS(socketpair),   SCMP_SYS(connect),
    SCMP_SYS(getsockname),    SCMP_SYS(getpeername),  SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt),     SCMP_SYS(sendto),       SCMP_SYS(sendmsg),
    SCMP_SYS(sendmmsg),       SCMP_SYS(recvfrom),     SCMP_SYS(recvmsg),
    SCMP_SYS(shutdown),       SCMP_SYS(poll),         SCMP_SYS(ppoll),
    SCMP_SYS(select),         SCMP_SYS(pselect6),     SCMP_SYS(munmap),
    SCMP_SYS(mremap),         SCMP_SYS(brk),          SCMP_SYS(madvise),
    SCMP_SYS(futex),          SCMP_SYS(rseq),         SCMP_SYS(set_robust_list),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),   SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(alarm),          SCMP_SYS(setitimer),    SCMP_SYS(getpid),
    SCMP_SYS(gettid),         SCMP_SYS(getuid),       SCMP_SYS(geteuid),
    SCMP_SYS(getgid),         SCMP_SYS(getegid),      SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),  SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),      SCMP_SYS(sched_yield),  SCMP_SYS(sched_getaffinity),
    SCMP_SYS(uname),          SCMP_SYS(sysinfo),      SCMP_SYS(restart_syscall),
    SCMP_SYS(gettimeofday),   SCMP_SYS(time),
};

static bool allow_sockets(scmp_filter_ctx filter)
{
    static const int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK};
    bool allowed = true;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        allowed =
            allowed && calls_allow_when(filter, SCMP_SYS(socket), 0, (scmp_datum_t)families[i]);
    }
    return allowed;
}

/* Files are opened to be read. A library that resolves names may be loaded from one (a module of
 * nsswitch.conf): that is memory that is run, and was never written. */
static bool allow_reading(scmp_filter_ctx filter)
{
    const unsigned changing = O_ACCMODE | O_CREAT | O_TRUNC;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, changing, O_RDONLY)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC),
                            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0)) == 0;
}

static bool close_calls(void)
{
    scmp_filter_ctx filter = calls_begin(CALLS(carrier_calls));
    return filter && calls_kill_hostile(filter) && calls_allow_threads(filter) &&
           calls_allow_memory(filter) && allow_sockets(filter) && allow_reading(filter) &&
           calls_close(filter);
}

bool post_confine_keeper(void)
{
    return self_leave_root() && self_close();
}

bool post_confine_carrier(uint16_t port)
{
    bool limited = self_limit(RLIMIT_FSIZE, 0) && self_limit(RLIMIT_NOFILE, OPEN_FILES) &&
                   (!CONFINE_CALLS || self_limit(RLIMIT_AS, MEMORY_BYTES));
    return limited && close_files(port) && (!CONFINE_CALLS || close_calls());
}
