/* One verb at work: what it was given, the operator it calls through, and the memory of its
 * answers.
 *
 * Threads: the main one. */
#ifndef BEFFROI_MAIN_WORK_H
#define BEFFROI_MAIN_WORK_H

#include "club/command.h"
#include "main/admin.h"
#include "main/options.h"
#include "main/params.h"

struct work {
    struct admin admin;
    struct arena arena;
    struct params params;
    /* Options and words; NULL where not given. */
    const char *data, *word, *name, *label, *scope, *days, *messages, *output;
    bool administrator, password_stdin, dry_run, yes;
    char password[1024];
};

/* Reads the command line (`words`: how many must be given; the first is work->word, the second
 * work->name) and opens the data directory. EXIT_OK, and work_end() is owed; else the exit code. */
int work_begin(const struct verb *verb, int argc, char **argv, struct work *work, int words);
int work_end(struct work *work, bool done);

/* Calls with work->params. The command's out struct, in the arena; NULL if refused, said why. */
const void *work_call(struct work *work, const struct command *command);
/* The person with this address; 0 if there is none, said so. */
int64_t work_person(struct work *work, const char *email);

#endif
