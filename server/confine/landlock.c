#include "confine/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of the kernel's include/uapi/linux/landlock.h, whose copy here may be older than the kernel. */
struct ruleset_attr {
    uint64_t handled_files, handled_network, scoped;
};
struct port_attr {
    uint64_t allowed, port;
};
enum { RULE_PORT = 2, ABI_NETWORK = LAND_NETWORK, ABI_SCOPE = LAND_SCOPE };
#define NETWORK_BIND    UINT64_C(1)
#define NETWORK_CONNECT UINT64_C(2)
#define SCOPE_ABSTRACT  UINT64_C(1)
#define SCOPE_SIGNAL    UINT64_C(2)
#define FILES_REFER     (UINT64_C(1) << 13)
#define FILES_TRUNCATE  (UINT64_C(1) << 14)
#define FILES_IOCTL     (UINT64_C(1) << 15)

/* Rights by the ABI that brought them (Documentation/userspace-api/landlock.rst); an unknown one
 * would be refused whole. */
static uint64_t files_of_abi(int abi)
{
    uint64_t rights = (UINT64_C(1) << 13) - 1; /* 1: execute to make_sym */
    rights |= abi >= 2 ? FILES_REFER : 0;
    rights |= abi >= 3 ? FILES_TRUNCATE : 0;
    rights |= abi >= 5 ? FILES_IOCTL : 0;
    return rights;
}

static const uint64_t of_files = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                 LANDLOCK_ACCESS_FS_EXECUTE | FILES_TRUNCATE;

static uint64_t rights_of(enum land_right right)
{
    const uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    switch (right) {
    case LAND_READ:
        return read;
    case LAND_RUN:
        return read | LANDLOCK_ACCESS_FS_EXECUTE;
    case LAND_CHANGE:
        return read | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
               LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
               LANDLOCK_ACCESS_FS_MAKE_DIR | FILES_REFER | FILES_TRUNCATE;
    case LAND_REMOVE:
        return LANDLOCK_ACCESS_FS_REMOVE_FILE;
    }
    return 0;
}

int landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi < 0 ? 0 : (int)abi;
}

int landlock_open(bool network, bool apart)
{
    int abi = landlock_abi();
    if (abi == 0) {
        return -1;
    }
    struct ruleset_attr attr = {
        .handled_files = files_of_abi(abi),
        .handled_network = network && abi >= ABI_NETWORK ? NETWORK_BIND | NETWORK_CONNECT : 0,
        .scoped = apart && abi >= ABI_SCOPE ? SCOPE_ABSTRACT | SCOPE_SIGNAL : 0,
    };
    size_t bytes = abi >= ABI_SCOPE     ? sizeof attr
                   : abi >= ABI_NETWORK ? offsetof(struct ruleset_attr, scoped)
                                        : offsetof(struct ruleset_attr, handled_network);
    return (int)syscall(SYS_landlock_create_ruleset, &attr, bytes, 0);
}

void landlock_allow(int ruleset, const char *path, enum land_right right)
{
    int fd = ruleset < 0 ? -1 : open(path, O_PATH | O_CLOEXEC);
    struct stat found;
    if (fd < 0) {
        return;
    }
    if (fstat(fd, &found) == 0) {
        uint64_t rights = rights_of(right) & files_of_abi(landlock_abi());
        struct landlock_path_beneath_attr rule = {
            .allowed_access = S_ISDIR(found.st_mode) ? rights : rights & of_files,
            .parent_fd = fd,
        };
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    close(fd);
}

void landlock_allow_connect(int ruleset, uint16_t port)
{
    if (ruleset >= 0 && landlock_abi() >= ABI_NETWORK) {
        struct port_attr rule = {NETWORK_CONNECT, port};
        syscall(SYS_landlock_add_rule, ruleset, RULE_PORT, &rule, 0);
    }
}

bool landlock_close(int ruleset)
{
    if (ruleset < 0) {
        return true;
    }
    bool closed = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return closed;
}
