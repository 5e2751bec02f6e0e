/* The calls themselves are defined here: with _FORTIFY_SOURCE the headers would define them too. */
#undef _FORTIFY_SOURCE
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/mem.h"

/* --- the log ---------------------------------------------------------------------------------- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct disk_log *recording; /* NULL: calls are passed on and no more */
static ino_t *inodes;              /* of the log's nodes; 0: it is gone */
static dev_t device;
static const char *ignored;

static int node_of(const struct stat *stat)
{
    for (size_t i = recording->node_count; stat->st_dev == device && i-- > 0;) {
        if (inodes[i] == stat->st_ino) {
            return (int)i;
        }
    }
    return -1;
}

static int node_add(const struct stat *stat, const char *path)
{
    struct disk_log *log = recording;
    int old = node_of(stat);
    if (old >= 0) {
        inodes[old] = 0; /* the kernel gives the numbers of files that are gone again */
    }
    if (log->node_count == log->node_capacity) {
        log->node_capacity = log->node_capacity ? 2 * log->node_capacity : 64;
        log->nodes = mem_resize(log->nodes, log->node_capacity * sizeof *log->nodes);
        inodes = mem_resize(inodes, log->node_capacity * sizeof *inodes);
    }
    inodes[log->node_count] = stat->st_ino;
    log->nodes[log->node_count] = (struct disk_node){S_ISDIR(stat->st_mode), mem_strdup(path)};
    return (int)log->node_count++;
}

static void note(struct disk_op op)
{
    struct disk_log *log = recording;
    if (log->count == log->capacity) {
        log->capacity = log->capacity ? 2 * log->capacity : 1024;
        log->ops = mem_resize(log->ops, log->capacity * sizeof *log->ops);
    }
    log->ops[log->count++] = op;
}

static int node_of_fd(int fd)
{
    struct stat stat;
    return recording && fstat(fd, &stat) == 0 ? node_of(&stat) : -1;
}

void disk_record(const char *root)
{
    struct stat stat_root;
    if (stat(root, &stat_root) != 0) {
        abort();
    }
    pthread_mutex_lock(&lock);
    recording = MEM_NEW(struct disk_log);
    device = stat_root.st_dev;
    node_add(&stat_root, "");
    pthread_mutex_unlock(&lock);
}

size_t disk_position(void)
{
    pthread_mutex_lock(&lock);
    size_t count = recording ? recording->count : 0;
    pthread_mutex_unlock(&lock);
    return count;
}

struct disk_log *disk_stop(void)
{
    pthread_mutex_lock(&lock);
    struct disk_log *log = recording;
    recording = NULL;
    free(inodes);
    inodes = NULL;
    pthread_mutex_unlock(&lock);
    return log;
}

void disk_log_destroy(struct disk_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        free(log->ops[i].name);
        free(log->ops[i].name2);
        free(log->ops[i].data);
    }
    for (size_t i = 0; i < log->node_count; i++) {
        free(log->nodes[i].path);
    }
    free(log->ops);
    free(log->nodes);
    free(log);
}

void disk_ignore_syncs(const char *pattern)
{
    ignored = pattern;
}

const char *disk_kind_name(enum disk_kind kind)
{
    static const char *const names[] = {"link", "unlink", "rename", "write", "size", "sync"};
    return names[kind];
}

/* --- names ------------------------------------------------------------------------------------ */

/* Where a name is: its folder among the nodes, or -1 where it is none of ours. */
struct place {
    int dir;
    char name[NAME_MAX + 1];
    char path[PATH_MAX]; /* below the root */
};

static struct place place_of(int at, const char *path)
{
    struct place place = {.dir = -1};
    struct stat stat;
    char folder[PATH_MAX], copy[PATH_MAX];
    size_t length = strlen(path);
    bool passed = length >= 4 && strcmp(path + length - 4, "-shm") == 0;
    if (!recording || passed || length >= sizeof folder) {
        return place;
    }
    memcpy(folder, path, length + 1);
    memcpy(copy, path, length + 1);
    if (fstatat(at, dirname(folder), &stat, 0) == 0) {
        place.dir = node_of(&stat);
    }
    if (place.dir >= 0) {
        const char *above = recording->nodes[place.dir].path;
        snprintf(place.name, sizeof place.name, "%s", basename(copy));
        snprintf(place.path, sizeof place.path, "%s%s%s", above, *above ? "/" : "", place.name);
    }
    return place;
}

static bool is_there(int at, const char *path)
{
    struct stat stat;
    return fstatat(at, path, &stat, AT_SYMLINK_NOFOLLOW) == 0;
}

static void note_new(const struct place *place, int at, const char *path)
{
    struct stat stat;
    if (fstatat(at, path, &stat, AT_SYMLINK_NOFOLLOW) == 0) {
        note((struct disk_op){.kind = DISK_LINK,
                              .node = node_add(&stat, place->path),
                              .dir = place->dir,
                              .name = mem_strdup(place->name)});
    }
}

static int open_at(int at, const char *path, int flags, mode_t mode)
{
    pthread_mutex_lock(&lock);
    struct place place = {.dir = -1};
    if (flags & (O_CREAT | O_TRUNC)) {
        place = place_of(at, path);
    }
    bool was_there = place.dir >= 0 && is_there(at, path);
    int fd = (int)syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && place.dir >= 0 && !was_there) {
        note_new(&place, at, path);
    } else if (fd >= 0 && place.dir >= 0 && flags & O_TRUNC) {
        note((struct disk_op){.kind = DISK_SIZE, .node = node_of_fd(fd)});
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

static int make_folder(int at, const char *path, mode_t mode)
{
    pthread_mutex_lock(&lock);
    struct place place = place_of(at, path);
    int code = (int)syscall(SYS_mkdirat, at, path, mode);
    if (code == 0 && place.dir >= 0) {
        note_new(&place, at, path);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int unlink_at(int at, const char *path, int flags)
{
    pthread_mutex_lock(&lock);
    struct place place = place_of(at, path);
    int code = (int)syscall(SYS_unlinkat, at, path, flags);
    if (code == 0 && place.dir >= 0) {
        note((struct disk_op){
            .kind = DISK_UNLINK, .node = -1, .dir = place.dir, .name = mem_strdup(place.name)});
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int rename_at(int at, const char *from, int to_at, const char *to, unsigned flags)
{
    struct stat stat;
    pthread_mutex_lock(&lock);
    struct place old = place_of(at, from), new = place_of(to_at, to);
    bool ours = old.dir >= 0 && fstatat(at, from, &stat, AT_SYMLINK_NOFOLLOW) == 0;
    int code = (int)syscall(SYS_renameat2, at, from, to_at, to, flags);
    if (code == 0 && ours != (new.dir >= 0)) {
        abort(); /* in or out of what is recorded: nobody does */
    }
    if (code == 0 && ours) {
        note((struct disk_op){.kind = DISK_RENAME,
                              .node = node_of(&stat),
                              .dir = old.dir,
                              .dir2 = new.dir,
                              .name = mem_strdup(old.name),
                              .name2 = mem_strdup(new.name)});
    }
    pthread_mutex_unlock(&lock);
    return code;
}

/* --- bytes ------------------------------------------------------------------------------------ */

static void note_write(int node, const void *data, size_t bytes, int64_t offset)
{
    unsigned char *copy = mem_alloc(bytes ? bytes : 1);
    memcpy(copy, data, bytes);
    note((struct disk_op){
        .kind = DISK_WRITE, .node = node, .offset = offset, .bytes = bytes, .data = copy});
}

/* `offset` -1: where the descriptor stands. */
static ssize_t write_at(int fd, const void *data, size_t bytes, off_t offset)
{
    pthread_mutex_lock(&lock);
    int node = node_of_fd(fd);
    ssize_t done = offset < 0 ? syscall(SYS_write, fd, data, bytes)
                              : syscall(SYS_pwrite64, fd, data, bytes, offset);
    if (done > 0 && node >= 0) {
        int64_t at = offset < 0 ? syscall(SYS_lseek, fd, 0, SEEK_CUR) - done : offset;
        note_write(node, data, (size_t)done, at);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

static int truncate_to(int fd, off_t bytes)
{
    pthread_mutex_lock(&lock);
    int node = node_of_fd(fd);
    int code = (int)syscall(SYS_ftruncate, fd, bytes);
    if (code == 0 && node >= 0) {
        note((struct disk_op){.kind = DISK_SIZE, .node = node, .offset = bytes});
    }
    pthread_mutex_unlock(&lock);
    return code;
}

/* fdatasync() brings a size that grew as well; a size that shrank is taken to come too, as ext4, XFS
 * and Btrfs do. */
static int sync_fd(int fd)
{
    pthread_mutex_lock(&lock);
    int node = node_of_fd(fd);
    bool deaf = node >= 0 && ignored && fnmatch(ignored, recording->nodes[node].path, 0) == 0;
    if (node >= 0 && !deaf) {
        note((struct disk_op){.kind = DISK_SYNC, .node = node});
    }
    pthread_mutex_unlock(&lock);
    return 0;
}

/* --- in the place of libc's ------------------------------------------------------------------- */

static mode_t mode_of(int flags, va_list args)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        mode_t mode = mode_of(flags, args);                                                        \
        va_end(args);                                                                              \
        return open_at(AT_FDCWD, path, flags, mode);                                               \
    }
#define OPEN_AT(name)                                                                              \
    int name(int at, const char *path, int flags, ...)                                             \
    {                                                                                              \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        mode_t mode = mode_of(flags, args);                                                        \
        va_end(args);                                                                              \
        return open_at(at, path, flags, mode);                                                     \
    }
OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)

/* What _FORTIFY_SOURCE makes of calls whose flags it cannot see. */
int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
    return open_at(AT_FDCWD, path, flags, 0);
}
int __open64_2(const char *path, int flags);
int __open64_2(const char *path, int flags)
{
    return open_at(AT_FDCWD, path, flags, 0);
}
int __openat_2(int at, const char *path, int flags);
int __openat_2(int at, const char *path, int flags)
{
    return open_at(at, path, flags, 0);
}
int __openat64_2(int at, const char *path, int flags);
int __openat64_2(int at, const char *path, int flags)
{
    return open_at(at, path, flags, 0);
}

int creat(const char *path, mode_t mode)
{
    return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/* libc's own would open by its own means. */
int mkostemp(char *template, int flags)
{
    static unsigned count;
    char *end = template + strlen(template) - 6;
    snprintf(end, 7, "%06u", ++count % 1000000);
    return open_at(AT_FDCWD, template, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
}

ssize_t write(int fd, const void *data, size_t bytes)
{
    return write_at(fd, data, bytes, -1);
}
ssize_t pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
    return write_at(fd, data, bytes, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t bytes, off64_t offset)
{
    return write_at(fd, data, bytes, offset);
}

/* The first piece alone: a caller goes on from what was written. */
ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    return count > 0 ? write_at(fd, pieces[0].iov_base, pieces[0].iov_len, -1) : 0;
}
ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset)
{
    return count > 0 ? write_at(fd, pieces[0].iov_base, pieces[0].iov_len, offset) : 0;
}

int ftruncate(int fd, off_t bytes)
{
    return truncate_to(fd, bytes);
}
int ftruncate64(int fd, off64_t bytes)
{
    return truncate_to(fd, bytes);
}
int fsync(int fd)
{
    return sync_fd(fd);
}
int fdatasync(int fd)
{
    return sync_fd(fd);
}
/* Makes nothing durable (sync_file_range(2), WARNING): not even written down. */
int sync_file_range(int fd, off64_t from, off64_t bytes, unsigned flags)
{
    (void)fd, (void)from, (void)bytes, (void)flags;
    return 0;
}

int mkdir(const char *path, mode_t mode)
{
    return make_folder(AT_FDCWD, path, mode);
}
int mkdirat(int at, const char *path, mode_t mode)
{
    return make_folder(at, path, mode);
}
int unlink(const char *path)
{
    return unlink_at(AT_FDCWD, path, 0);
}
int unlinkat(int at, const char *path, int flags)
{
    return unlink_at(at, path, flags);
}
int rmdir(const char *path)
{
    return unlink_at(AT_FDCWD, path, AT_REMOVEDIR);
}
int rename(const char *from, const char *to)
{
    return rename_at(AT_FDCWD, from, AT_FDCWD, to, 0);
}
int renameat(int at, const char *from, int to_at, const char *to)
{
    return rename_at(at, from, to_at, to, 0);
}
int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags)
{
    return rename_at(at, from, to_at, to, flags);
}
