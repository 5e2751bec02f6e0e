#include "helper/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/limits.h"

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

enum { NOBODY = 65534, PROGRAM_FILES = 64 };

/* --- files: Landlock -------------------------------------------------------------------------- */

/* Rights by the ABI that brought them, for headers older than the kernel (Documentation/
 * userspace-api/landlock.rst); an unknown right would be refused whole. */
static uint64_t rights_of_abi(long abi)
{
    uint64_t rights = (UINT64_C(1) << 13) - 1;  /* 1: execute to make_sym */
    rights |= abi >= 2 ? UINT64_C(1) << 13 : 0; /* refer */
    rights |= abi >= 3 ? UINT64_C(1) << 14 : 0; /* truncate */
    rights |= abi >= 5 ? UINT64_C(1) << 15 : 0; /* ioctl on devices */
    return rights;
}

static void allow_below(int ruleset, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd >= 0) {
        struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(fd);
    }
}

/* Where a distribution keeps a program, its libraries and what poppler reads beside them. */
static void allow_program(int ruleset)
{
    static const char *const folders[] = {"/usr/lib", "/usr/lib64", "/lib", "/lib64", NULL};
    static const char *const data[] = {"/usr/share/poppler", "/usr/share/fonts", "/etc/fonts",
                                       "/usr/share/fontconfig", NULL};
    const uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    for (const char *const *path = folders; *path; path++) {
        allow_below(ruleset, *path, read | LANDLOCK_ACCESS_FS_EXECUTE);
    }
    for (const char *const *path = data; *path; path++) {
        allow_below(ruleset, *path, read);
    }
    allow_below(ruleset, "/usr/bin/pdftotext",
                LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE);
    allow_below(ruleset, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE);
}

static long landlock_abi(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

bool confine_has_landlock(void)
{
    return landlock_abi() >= 1;
}

static void close_files(void (*allow)(int ruleset))
{
    long abi = landlock_abi();
    if (abi < 1) {
        return;
    }
    struct landlock_ruleset_attr attr = {.handled_access_fs = rights_of_abi(abi)};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (ruleset < 0) {
        return;
    }
    if (allow) {
        allow(ruleset);
    }
    syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
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

static bool allow_calls(scmp_filter_ctx filter, const int *calls, size_t count)
{
    bool allowed = true;
    for (size_t i = 0; i < count; i++) {
        allowed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) == 0 && allowed;
    }
    return allowed;
}

static scmp_filter_ctx base_filter(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter && !allow_calls(filter, reader_calls, sizeof reader_calls / sizeof *reader_calls)) {
        seccomp_release(filter);
        return NULL;
    }
    return filter;
}

/* Memory is never both written and run, nor a descriptor asked about by a path. */
static bool prepare_reader(void)
{
    reader_filter = base_filter();
    return reader_filter &&
           seccomp_rule_add(reader_filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
           seccomp_rule_add(reader_filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
           seccomp_rule_add(reader_filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                            SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)) == 0;
}

/* Files are opened to be read only; limits are asked for, not set. */
static bool prepare_program(void)
{
    const unsigned changing = O_ACCMODE | O_CREAT | O_TRUNC;
    program_filter = base_filter();
    return program_filter &&
           allow_calls(program_filter, program_calls,
                       sizeof program_calls / sizeof *program_calls) &&
           seccomp_rule_add(program_filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 0) == 0 &&
           seccomp_rule_add(program_filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 0) == 0 &&
           seccomp_rule_add(program_filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, changing, O_RDONLY)) == 0 &&
           seccomp_rule_add(program_filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                            SCMP_A2(SCMP_CMP_EQ, 0, 0)) == 0;
}

/* --- limits ----------------------------------------------------------------------------------- */

static bool limit(int resource, int64_t value)
{
    struct rlimit bound = {(rlim_t)value, (rlim_t)value};
    return setrlimit((__rlimit_resource_t)resource, &bound) == 0;
}

static bool limit_job(int64_t written_bytes, int files)
{
    bool limited = limit(RLIMIT_CPU, LIMIT_HELPER_S) && limit(RLIMIT_FSIZE, written_bytes) &&
                   limit(RLIMIT_NOFILE, files);
    return limited && (SANITIZED || limit(RLIMIT_AS, LIMIT_HELPER_MEMORY));
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

static bool leave_root(void)
{
    return geteuid() != 0 || (setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
                              setresuid(NOBODY, NOBODY, NOBODY) == 0);
}

bool confine_helper(void)
{
    bool limited = limit(RLIMIT_CORE, 0);
    leave_network();
    if (!limited || !leave_root() || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return false;
    }
    close_files(allow_program);
    return prepare_reader() && prepare_program();
}

bool confine_reader(int64_t written_bytes)
{
    close_files(NULL);
    return limit_job(written_bytes, 0) && seccomp_load(reader_filter) == 0;
}

bool confine_program(void)
{
    return limit_job(0, PROGRAM_FILES) && seccomp_load(program_filter) == 0;
}
