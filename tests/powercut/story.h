/* A life of a server, made of the server's own parts, with the disk recorded below: what was asked
 * and answered, and at which place of the log.
 *
 * A script (story.txt) says who sends which command; they run on the writer's thread, decoded,
 * decided and committed as the server does. Between them the writer is given its idle steps
 * (checkpoints, merges), contents come by store/blob.h, letters leave, erased words are cleaned, a
 * backup is made, the server stops and starts, a migration runs. Where chance is asked for ("!chat")
 * the seed decides.
 *
 * Owns: all it returns. Threads: the test's. */
#ifndef BEFFROI_POWERCUT_STORY_H
#define BEFFROI_POWERCUT_STORY_H

#include "base/arena.h"
#include "club/execute.h"
#include "disk.h"
#include "store/migrate.h"

/* Something the script keeps of an answer. */
struct variable {
    const char *name, *value;
};

/* One command that was asked for. */
struct sent {
    const struct command *command;
    struct credential credential;
    const char *params, *nonce; /* nonce NULL: it has none */
    int64_t at_ms;
    int commit; /* that it was part of */
    enum err err;
    int64_t id, seq; /* of its reply, where it has a nonce */
};

/* One step from a committed state to the next: whole or not at all. Between `begun` and `done`,
 * places in the log, either state may be found; after `done` it was acknowledged. */
struct commit {
    size_t begun, done;
    uint64_t digest;
    int64_t head;
    size_t first_sent, end_sent;
    const char *what;
};

/* What was said to be on the disk beside the database, and when. */
struct promise {
    enum { PROMISED_LETTER, PROMISED_ERASURE, PROMISED_BACKUP, PROMISED_CLEAN } kind;
    size_t done;      /* place in the log from which it holds */
    int commit;       /* CLEAN: holds for states from this one on; BACKUP: the state it holds */
    const char *name; /* LETTER, BACKUP: a path below the root; ERASURE: kind; CLEAN: a word */
    int64_t id;       /* ERASURE */
    uint64_t hash;    /* LETTER: of its bytes */
};

#define LIST(type)                                                                                 \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

struct story {
    struct arena arena;
    struct disk_log *log;
    LIST(struct sent) sent;
    LIST(struct commit) commits;
    LIST(struct promise) promises;
    LIST(struct variable) variables;
    LIST(const char *) used, unused; /* tables that held a row after some commit, and never */
    /* At this commit all was as at commit `to` again, when the backup was made; 0: at none. */
    struct {
        int commit, to;
        const char *name;
    } restored;
    const struct migration *migrations; /* all that ran, one of our own included */
    int64_t end_ms;                     /* the clock's at the end */
};

struct story_how {
    const char *script; /* path */
    uint64_t seed;
    int64_t now_ms;
    bool carelessly;         /* a control: synchronous=NORMAL */
    const char *forget_sync; /* a control: see disk_ignore_syncs() */
};

/* Plays it below `root`, an empty folder; the data directory is root/data. Fails the program where
 * the script is wrong. */
struct story *story_play(const char *root, const struct story_how *how);
void story_destroy(struct story *story);

#endif
