/* The inside of a story while it is played, shared by its own files: the script, its commands, and
 * what a server does beside them (deeds).
 *
 * Threads: the test's; `done` runs on the writer's, while the test waits for it. */
#ifndef BEFFROI_POWERCUT_PLAY_H
#define BEFFROI_POWERCUT_PLAY_H

#include <stdio.h>
#include <stdlib.h>

#include "chance.h"
#include "live/engine.h"
#include "stage.h"
#include "story.h"

#define DEMAND(condition, ...)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            printf("powercut: " __VA_ARGS__);                                                      \
            putchar('\n');                                                                         \
            exit(2);                                                                               \
        }                                                                                          \
    } while (0)

#define PATH_BYTES 512

/* A command on its way, and where its answer is kept: variable `name` = member `key`. */
struct asked {
    struct request *request;
    size_t sent; /* in story->sent; SIZE_MAX: a due one's, or a deed's own */
    const char *name, *key;
    bool may_fail;
};

struct play {
    struct story *story;
    const struct story_how *how;
    struct chance chance;
    const char *root;
    char data[PATH_BYTES], database[PATH_BYTES + 16], ledger[PATH_BYTES + 16];
    struct live live;           /* what requests need of it: no loop, no pools */
    struct db *reader, *writer; /* writer: its thread's */
    struct blob_store *blobs;
    LIST(struct asked) batch;
    LIST(int64_t) people;      /* who chats */
    LIST(int64_t) channels;    /* where */
    LIST(struct promise) owed; /* kept with the commit of the batch */
    struct job *finished;      /* the last turn's batch, NULL: it ran none */
    size_t finished_at;
    bool scrub; /* a command asked for it */
    int line;   /* of the script */
    int nonces;
};

/* --- commands (play.c) ------------------------------------------------------------------------ */

const char *play_get(struct play *play, const char *name);
void play_set(struct play *play, const char *name, const char *value);
/* With its $names, %n and %t+N put in. */
const char *play_expand(struct play *play, const char *text);
/* Puts a command into the batch; who: "operator", "nobody", or a variable that holds a person. */
struct asked *play_ask(struct play *play, const char *who, const char *command, const char *params);
/* Gives the writer a turn: it runs the batch, if there is one, or an idle step. */
void play_turn(struct play *play, const char *what);
/* The same for a batch of one. */
void play_do(struct play *play, const char *who, const char *command, const char *params);
void play_promise(struct play *play, struct promise promise);
/* A change of the state that no batch makes: to be called before and after it. */
void play_commit_begin(struct play *play, const char *what);
void play_commit_end(struct play *play, struct db *db);

/* --- deeds (deeds.c) -------------------------------------------------------------------------- */

void deed_start(struct play *play); /* as `serve` does */
void deed_stop(struct play *play);
void deed_init(struct play *play);
void deed_migrate(struct play *play);
void deed_file(struct play *play, const char *who, const char *name, size_t bytes, bool killed);
void deed_leave(struct play *play);
void deed_text(struct play *play, const char *name, const char *words);
void deed_sweep(struct play *play);
void deed_letters(struct play *play);
void deed_scrub(struct play *play);
void deed_backup(struct play *play, const char *name);
void deed_kill(struct play *play); /* deed_start() follows */
void deed_restore(struct play *play, const char *name);
void deed_chat(struct play *play, int count);

#endif
