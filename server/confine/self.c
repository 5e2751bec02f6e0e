#include "confine/self.h"

#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NOBODY = 65534 };

bool self_limit(int resource, int64_t value)
{
    struct rlimit bound = {(rlim_t)value, (rlim_t)value};
    return setrlimit((__rlimit_resource_t)resource, &bound) == 0;
}

bool self_leave_root(void)
{
    return geteuid() != 0 || (setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
                              setresuid(NOBODY, NOBODY, NOBODY) == 0);
}

bool self_close(void)
{
    return self_limit(RLIMIT_CORE, 0) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           (!CONFINE_CALLS || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
}

bool calls_allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
    bool allowed = true;
    for (size_t i = 0; i < count; i++) {
        allowed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) == 0 && allowed;
    }
    return allowed;
}

bool calls_allow_when(scmp_filter_ctx filter, int call, unsigned arg, uint64_t value)
{
    const struct scmp_arg_cmp is = {arg, SCMP_CMP_EQ, value, 0};
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, is) == 0;
}

bool calls_kill_hostile(scmp_filter_ctx filter)
{
    static const int hostile[] = {SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace),
                                  SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev)};
    bool taken = true;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        taken = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, hostile[i], 0) == 0 && taken;
    }
    return taken;
}

scmp_filter_ctx calls_begin(const int *calls, size_t count)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter && !calls_allow(filter, calls, count)) {
        seccomp_release(filter);
        return NULL;
    }
    return filter;
}

/* clone3() hides its flags behind a pointer: the C library is told it is not there, and uses
 * clone(). */
bool calls_allow_threads(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0;
}

bool calls_allow_memory(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

bool calls_close(scmp_filter_ctx filter)
{
    bool loaded =
        seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return loaded;
}
