#include "helper/confine.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>

#include "base/limits.h"
#include "confine/landlock.h"
#include "confine/self.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1 /* maps terabytes of shadow */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { PROGRAM_FILES = 64 };

/* --- files: Landlock -------------------------------------------------------------------------- */

/* Where a distribution keeps a program, its libraries and what poppler reads beside them. */
static void allow_program(int ruleset)
{
    static const char *const folders[] = {"/usr/lib", "/usr/lib64", "/lib", "/lib64", NULL};
    static const char *const data[] = {"/usr/share/poppler",    "/usr/share/fonts", "/etc/fonts",
                                       "/usr/share/fontconfig", "/etc/ld.so.cache", NULL};
    for (const char *const *path = folders; *path; path++) {
        landlock_allow(ruleset, *path, LAND_RUN);
    }
    for (const char *const *path = data; *path; path++) {
        landlock_allow(ruleset, *path, LAND_READ);
    }
    landlock_allow(ruleset, "/usr/bin/pdftotext", LAND_RUN);
}

static bool close_files(void (*allow)(int ruleset))
{
    int ruleset = landlock_open(true, false);
    if (allow) {
        allow(ruleset);
    }
    return landlock_close(ruleset);
}

/* --- calls: seccomp --------------------------------------------------------------------------- */

/* What a reader calls; anything else fails with EPERM. It does not kill, so that a library that
 * only asks (a locale, a random device) goes on without. */
static const int reader_calls[] = {
    SCMP_SYS(read),         SCMP_SYS(readv),        SCMP_SYS(pread64),
    SCMP_SYS(write),        SCMP_SYS(writev),       SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),        SCMP_SYS(fstat),        SCMP_SYS(close),
    SCMP_SYS(munmap),       SCMP_SYS(mremap),       SCMP_SYS(brk),
    SCMP_SYS(madvise),      SCMP_SYS(futex),        SCMP_SYS(exit),
    SCMP_SYS(exit_group),   SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(gettid),       SCMP_SYS(getpid),       SCMP_SYS(clock_gettime),
    SCMP_SYS(getrandom),    SCMP_SYS(sched_yield),  SCMP_SYS(wait4),
    SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack),  SCMP_SYS(restart_syscall),
};

/* What a program needs besides, to be loaded and to look for its data. */
static const int program_calls[] = {
    SCMP_SYS(execve),          SCMP_SYS(access),  SCMP_SYS(faccessat),  SCMP_SYS(faccessat2),
    SCMP_SYS(arch_prctl),      SCMP_SYS(fcntl),   SCMP_SYS(getdents64), SCMP_SYS(newfstatat),
    SCMP_SYS(statx),           SCMP_SYS(stat),    SCMP_SYS(lstat),      SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),      SCMP_SYS(rseq),    SCMP_SYS(uname),      SCMP_SYS(set_tid_address),
    SCMP_SYS(getuid),          SCMP_SYS(geteuid), SCMP_SYS(getgid),     SCMP_SYS(getegid),
    SCMP_SYS(sysinfo),         SCMP_SYS(statfs),  SCMP_SYS(fstatfs),    SCMP_SYS(getcwd),
    SCMP_SYS(set_robust_list),
};

static scmp_filter_ctx reader_filter, program_filter;

/* Memory is never both written and run, nor a descriptor asked about by a path. */
static bool prepare_reader(void)
{
    reader_filter = calls_begin(CALLS(reader_calls));
    return reader_filter && calls_allow_memory(reader_filter) &&
           seccomp_rule_add(reader_filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                            SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)) == 0;
}

/* Files are opened to be read only; limits are asked for, not set. */
static bool prepare_program(void)
{
    const unsigned changing = O_ACCMODE | O_CREAT | O_TRUNC;
    program_filter = calls_begin(CALLS(reader_calls));
    return program_filter && calls_allow(program_filter, CALLS(program_calls)) &&
           seccomp_rule_add(program_filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 0) == 0 &&
           seccomp_rule_add(program_filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 0) == 0 &&
           seccomp_rule_add(program_filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, changing, O_RDONLY)) == 0 &&
           seccomp_rule_add(program_filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                            SCMP_A2(SCMP_CMP_EQ, 0, 0)) == 0;
}

/* --- limits ----------------------------------------------------------------------------------- */

static bool limit_job(int64_t written_bytes, int files)
{
    bool limited = self_limit(RLIMIT_CPU, LIMIT_HELPER_S) &&
                   self_limit(RLIMIT_FSIZE, written_bytes) && self_limit(RLIMIT_NOFILE, files);
    return limited && (SANITIZED || self_limit(RLIMIT_AS, LIMIT_HELPER_MEMORY));
}

/* --- who ---------------------------------------------------------------------------------------
 */

/* An empty network, of its own; where a user may not ask for one, in a user space of its own. */
static void leave_network(void)
{
    if (unshare(CLONE_NEWNET | CLONE_NEWIPC) != 0) {
        (void)!unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC);
    }
}

bool confine_helper(void)
{
    leave_network();
    return self_leave_root() && self_close() && close_files(allow_program) && prepare_reader() &&
           prepare_program();
}

bool confine_reader(int64_t written_bytes)
{
    return close_files(NULL) && limit_job(written_bytes, 0) && seccomp_load(reader_filter) == 0;
}

bool confine_program(void)
{
    return limit_job(0, PROGRAM_FILES) && seccomp_load(program_filter) == 0;
}
