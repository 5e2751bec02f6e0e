/* What a process asked of the disk, in order: the calls of libc that change a file or a folder below
 * one root are passed on and written down. SQLite, the ledger and the contents are recorded by the
 * same means, for a symbol of the program wins over the one of libc, for the libraries too.
 *
 * Files are told apart by the kernel's inode number, so that descriptors need not be followed.
 * Names that end in "-shm" are memory that processes share, and not recorded.
 *
 * Owns: the log. Threads: any. Never: knows what a power cut leaves of it (platter.h). */
#ifndef BEFFROI_POWERCUT_DISK_H
#define BEFFROI_POWERCUT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum disk_kind {
    DISK_LINK,   /* `name` of `dir` is now `node`, which may be new */
    DISK_UNLINK, /* `name` of `dir` is gone */
    DISK_RENAME, /* `name` of `dir` became `name2` of `dir2`, and is `node` */
    DISK_WRITE,
    DISK_SIZE, /* `node` is cut or grown to `offset` bytes */
    DISK_SYNC, /* of a file: its bytes and size; of a folder: its names */
};

struct disk_op {
    enum disk_kind kind;
    int node, dir, dir2;
    char *name, *name2;
    int64_t offset;
    size_t bytes;
    unsigned char *data;
};

struct disk_node {
    bool is_folder;
    char *path; /* below the root, as it was made: for what is said and for disk_ignore_syncs() */
};

struct disk_log {
    struct disk_op *ops;
    size_t count, capacity;
    struct disk_node *nodes; /* 0 is the root */
    size_t node_count, node_capacity;
};

/* Records what happens below `root`, a folder that is there and empty. One at a time. */
void disk_record(const char *root);
/* How many operations are recorded by now. */
size_t disk_position(void);
/* Ends it; the log is the caller's, for disk_log_destroy(). */
struct disk_log *disk_stop(void);
void disk_log_destroy(struct disk_log *log);

/* A control: from now on a sync of a file or folder whose path matches (fnmatch) is passed over, as
 * if the program had forgotten it. NULL: none is. */
void disk_ignore_syncs(const char *pattern);
const char *disk_kind_name(enum disk_kind kind);

#endif
