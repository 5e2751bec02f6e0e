/* Calls of the C library that fail on demand, or are the last one: preloaded before the server.
 *
 * FAULTS names a file that holds what is to happen, FAULTS_LOG one that is told of each sync. The
 * file is read at the start and again at each SIGUSR2, which the log answers with "armed":
 *
 *     pwrite 12 kill          the twelfth pwrite from now on is never made: SIGKILL
 *     pwrite 12 after         it is made, then SIGKILL
 *     pwrite 12 tear          half of its bytes are written, then SIGKILL
 *     fsync,fdatasync 3 5     the third sync fails with errno 5 (EIO)
 *     pwrite 1+ 28            every one fails with errno 28 (ENOSPC)
 *     any 40 kill             the fortieth of all that change something
 *
 * A fourth word counts only calls on files whose name holds it, or, after "=", is it. At the end,
 * and before it counts anew, the log is told how many there were: "count 40". Only the process it
 * was loaded into is concerned: what that one forks goes on undisturbed. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum call {
    OPEN = 1,
    PREAD = 2,
    WRITE = 4,
    PWRITE = 8,
    FSYNC = 16,
    FDATASYNC = 32,
    FTRUNCATE = 64,
    RENAME = 128,
    UNLINK = 256,
    MKDIR = 512,
    MMAP = 1024,
    ACCEPT = 2048,
    EPOLL = 4096,
    SEND = 8192,
    EVENTFD = 16384,
    MALLOC = 32768,
    ANY = OPEN | WRITE | PWRITE | FSYNC | FDATASYNC | FTRUNCATE | RENAME | UNLINK | MKDIR | SEND,
};

static const struct {
    const char *name;
    unsigned calls;
} names[] = {
    {"any", ANY},         {"open", OPEN},           {"pread", PREAD},
    {"write", WRITE},     {"pwrite", PWRITE},       {"fsync", FSYNC},
    {"rename", RENAME},   {"fdatasync", FDATASYNC}, {"ftruncate", FTRUNCATE},
    {"unlink", UNLINK},   {"mkdir", MKDIR},         {"mmap", MMAP},
    {"accept4", ACCEPT},  {"epoll_ctl", EPOLL},     {"send", SEND},
    {"eventfd", EVENTFD}, {"malloc", MALLOC},
};

enum verdict { PASS, FAIL, KILL_AFTER, TEAR };
enum { KILL = -1, AFTER = -2, HALF = -3, FILES = 1024, NAME_BYTES = 64 };

/* What is to happen. Written while `calls` is 0. */
static _Atomic unsigned calls_wanted;
static int nth, action; /* action: an errno, or one of the above */
static bool and_all_after;
static char part[NAME_BYTES]; /* of a file's name; "" for any */
static _Atomic int count;

static int spec_fd = -1, log_fd = -1;
static bool elsewhere; /* in a child of the process */
static char file_names[FILES][NAME_BYTES];

/* --- what is to happen ------------------------------------------------------------------------ */

static unsigned calls_named(const char *list)
{
    unsigned calls = 0;
    for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',') {
        size_t length = strcspn(at, ",");
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            bool same = strlen(names[i].name) == length && !strncmp(names[i].name, at, length);
            calls |= same ? names[i].calls : 0;
        }
    }
    return calls;
}

static int action_named(const char *word)
{
    return !strcmp(word, "kill")    ? KILL
           : !strcmp(word, "after") ? AFTER
           : !strcmp(word, "tear")  ? HALF
                                    : atoi(word);
}

static void note(const char *text)
{
    if (log_fd >= 0) {
        syscall(SYS_write, log_fd, text, strlen(text));
    }
}

static void note_count(void)
{
    char line[32];
    snprintf(line, sizeof line, "count %d\n", atomic_load(&count));
    note(line);
}

__attribute__((destructor)) static void end(void)
{
    if (!elsewhere) {
        note_count();
    }
}

/* In a signal handler too: the call is made by hand, and sscanf of glibc does not allocate here. */
static void read_spec(void)
{
    char text[256] = "", list[128] = "", when[16] = "", what[16] = "", file[NAME_BYTES] = "";
    atomic_store(&calls_wanted, 0);
    note_count();
    ssize_t bytes = syscall(SYS_pread64, spec_fd, text, sizeof text - 1, 0);
    if (bytes > 0 && sscanf(text, "%127s %15s %15s %63s", list, when, what, file) >= 3) {
        nth = atoi(when);
        and_all_after = strchr(when, '+') != NULL;
        action = action_named(what);
        memcpy(part, file, sizeof part);
        atomic_store(&count, 0);
        atomic_store(&calls_wanted, calls_named(list));
    }
    note("armed\n");
}

static void on_signal(int number)
{
    (void)number;
    int saved = errno;
    read_spec();
    errno = saved;
}

static void in_child(void)
{
    elsewhere = true;
}

__attribute__((constructor)) static void begin(void)
{
    const char *spec = getenv("FAULTS"), *log = getenv("FAULTS_LOG");
    if (!spec) {
        elsewhere = true;
        return;
    }
    spec_fd = open(spec, O_RDONLY | O_CLOEXEC);
    log_fd = log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    unsetenv("LD_PRELOAD"); /* not for what it runs */
    unsetenv("FAULTS");
    pthread_atfork(NULL, NULL, in_child);
    sigaction(SIGUSR2, &(struct sigaction){.sa_handler = on_signal, .sa_flags = SA_RESTART}, NULL);
    read_spec();
}

/* --- whether it happens now ------------------------------------------------------------------- */

static const char *name_of(int fd)
{
    return fd >= 0 && fd < FILES ? file_names[fd] : "";
}

static void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    syscall(SYS_exit_group, 137); /* a process that has confined itself may not kill: as sudden */
}

static bool is_wanted(const char *name)
{
    return *part == '=' ? !strcmp(name, part + 1) : !*part || strstr(name, part);
}

static enum verdict judge(unsigned call, const char *name)
{
    if (!(atomic_load(&calls_wanted) & call) || elsewhere || !is_wanted(name)) {
        return PASS;
    }
    int number = atomic_fetch_add(&count, 1) + 1;
    if (number != nth && !(and_all_after && number > nth)) {
        return PASS;
    }
    if (action == KILL) {
        die();
    }
    if (action > 0) {
        errno = action;
        return FAIL;
    }
    return action == HALF ? TEAR : KILL_AFTER;
}

static void settle(enum verdict verdict)
{
    if (verdict == KILL_AFTER || verdict == TEAR) {
        die();
    }
}

static void note_sync(const char *call, int fd, int failed)
{
    char line[160];
    if (log_fd >= 0 && !elsewhere) {
        snprintf(line, sizeof line, "%s %s %d\n", call, name_of(fd), failed);
        note(line);
    }
}

static int opened(int fd, const char *path)
{
    if (fd >= 0 && fd < FILES) {
        const char *slash = strrchr(path, '/');
        snprintf(file_names[fd], NAME_BYTES, "%s", slash ? slash + 1 : path);
    }
    return fd;
}

/* --- the calls -------------------------------------------------------------------------------- */

#define NEXT(name)                                                                                 \
    static __typeof__(name) *next;                                                                 \
    if (!next) {                                                                                   \
        *(void **)(void *)&next = dlsym(RTLD_NEXT, #name);                                         \
    }
/* A call on `file` by its name; `made` is the call itself. */
#define PLAIN(type, name, bit, file, params, made)                                                 \
    type name params;                                                                              \
    type name params                                                                               \
    {                                                                                              \
        NEXT(name)                                                                                 \
        enum verdict verdict = judge(bit, file);                                                   \
        if (verdict == FAIL) {                                                                     \
            return (type)-1;                                                                       \
        }                                                                                          \
        type result = made;                                                                        \
        settle(verdict);                                                                           \
        return result;                                                                             \
    }
#define HALF_OF(bytes) (verdict == TEAR ? (bytes) / 2 : (bytes))

#define OPENED(name)                                                                               \
    int name(const char *path, int flags, ...);                                                    \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        NEXT(name)                                                                                 \
        va_list list;                                                                              \
        va_start(list, flags);                                                                     \
        mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                  \
        va_end(list);                                                                              \
        enum verdict verdict = judge(OPEN, path);                                                  \
        int fd = verdict == FAIL ? -1 : opened(next(path, flags, mode), path);                     \
        settle(verdict);                                                                           \
        return fd;                                                                                 \
    }
OPENED(open)
OPENED(open64)

#define OPENED_AT(name)                                                                            \
    int name(int at, const char *path, int flags, ...);                                            \
    int name(int at, const char *path, int flags, ...)                                             \
    {                                                                                              \
        NEXT(name)                                                                                 \
        va_list list;                                                                              \
        va_start(list, flags);                                                                     \
        mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                  \
        va_end(list);                                                                              \
        enum verdict verdict = judge(OPEN, path);                                                  \
        int fd = verdict == FAIL ? -1 : opened(next(at, path, flags, mode), path);                 \
        settle(verdict);                                                                           \
        return fd;                                                                                 \
    }
OPENED_AT(openat)
OPENED_AT(openat64)

PLAIN(ssize_t, pread, PREAD, name_of(fd), (int fd, void *data, size_t bytes, off_t offset),
      next(fd, data, bytes, offset))
PLAIN(ssize_t, pread64, PREAD, name_of(fd), (int fd, void *data, size_t bytes, off64_t offset),
      next(fd, data, bytes, offset))
PLAIN(ssize_t, write, WRITE, name_of(fd), (int fd, const void *data, size_t bytes),
      next(fd, data, HALF_OF(bytes)))
PLAIN(ssize_t, pwrite, PWRITE, name_of(fd), (int fd, const void *data, size_t bytes, off_t offset),
      next(fd, data, HALF_OF(bytes), offset))
PLAIN(ssize_t, pwrite64, PWRITE, name_of(fd),
      (int fd, const void *data, size_t bytes, off64_t offset),
      next(fd, data, HALF_OF(bytes), offset))
PLAIN(int, ftruncate, FTRUNCATE, name_of(fd), (int fd, off_t bytes), next(fd, bytes))
PLAIN(int, ftruncate64, FTRUNCATE, name_of(fd), (int fd, off64_t bytes), next(fd, bytes))
PLAIN(int, rename, RENAME, to, (const char *from, const char *to), next(from, to))
PLAIN(int, renameat, RENAME, to, (int a, const char *from, int b, const char *to),
      next(a, from, b, to))
PLAIN(int, renameat2, RENAME, to, (int a, const char *from, int b, const char *to, unsigned flags),
      next(a, from, b, to, flags))
PLAIN(int, unlink, UNLINK, path, (const char *path), next(path))
PLAIN(int, unlinkat, UNLINK, path, (int at, const char *path, int flags), next(at, path, flags))
PLAIN(int, mkdir, MKDIR, path, (const char *path, mode_t mode), next(path, mode))
PLAIN(int, mkdirat, MKDIR, path, (int at, const char *path, mode_t mode), next(at, path, mode))
PLAIN(int, accept4, ACCEPT, "", (int fd, __SOCKADDR_ARG address, socklen_t *bytes, int flags),
      next(fd, address, bytes, flags))
PLAIN(int, epoll_ctl, EPOLL, "", (int at, int what, int fd, struct epoll_event *event),
      next(at, what, fd, event))
PLAIN(ssize_t, send, SEND, "", (int fd, const void *data, size_t bytes, int flags),
      next(fd, data, HALF_OF(bytes), flags))
PLAIN(ssize_t, sendmsg, SEND, "", (int fd, const struct msghdr *message, int flags),
      next(fd, message, flags))
PLAIN(ssize_t, writev, SEND, "", (int fd, const struct iovec *pieces, int pieces_count),
      next(fd, pieces, pieces_count))
PLAIN(int, eventfd, EVENTFD, "", (unsigned value, int flags), next(value, flags))

#define SYNCED(name, bit)                                                                          \
    int name(int fd);                                                                              \
    int name(int fd)                                                                               \
    {                                                                                              \
        NEXT(name)                                                                                 \
        enum verdict verdict = judge(bit, name_of(fd));                                            \
        int result = verdict == FAIL ? -1 : next(fd);                                              \
        note_sync(#name, fd, result == 0 ? 0 : errno);                                             \
        settle(verdict);                                                                           \
        return result;                                                                             \
    }
SYNCED(fsync, FSYNC)
SYNCED(fdatasync, FDATASYNC)

/* Of a file only: memory as such is malloc's affair. */
#define MAPPED(name, offset_type)                                                                  \
    void *name(void *address, size_t bytes, int rights, int flags, int fd, offset_type offset);    \
    void *name(void *address, size_t bytes, int rights, int flags, int fd, offset_type offset)     \
    {                                                                                              \
        NEXT(name)                                                                                 \
        enum verdict verdict = fd >= 0 ? judge(MMAP, name_of(fd)) : PASS;                          \
        return verdict == FAIL ? MAP_FAILED : next(address, bytes, rights, flags, fd, offset);     \
    }
MAPPED(mmap, off_t)
MAPPED(mmap64, off64_t)

/* dlsym() may allocate: glibc's own names are called. */
void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t n, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);
void *malloc(size_t bytes)
{
    return judge(MALLOC, "") == FAIL ? NULL : __libc_malloc(bytes);
}
void *calloc(size_t n, size_t bytes)
{
    return judge(MALLOC, "") == FAIL ? NULL : __libc_calloc(n, bytes);
}
void *realloc(void *old, size_t bytes)
{
    return judge(MALLOC, "") == FAIL ? NULL : __libc_realloc(old, bytes);
}
