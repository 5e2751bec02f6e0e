/* The command line's way to run a command: as the one writer when the data directory is free, else
 * by the admin socket of the server that holds it. Either way the same table of commands.
 *
 * Threads: the main one. */
#ifndef BEFFROI_MAIN_OPERATOR_H
#define BEFFROI_MAIN_OPERATOR_H

#include <stdbool.h>

#include "base/buf.h"
#include "main/data_dir.h"

struct operator
{
    struct data_dir dir;
    struct db *db;          /* NULL: a server holds the directory */
    const char *public_url; /* for the links in mails; from the configuration, or the default */
};

/* Finds out who holds the directory. false: said why. */
bool operator_open(struct operator* operator, const char * data_dir);
void operator_close(struct operator* operator);
/* Runs `command` with `params` (JSON). true: `*result` (JSON) is the caller's to buf_finish().
 * false: the problem was said on standard error. */
bool operator_call(struct operator* operator, const char * command, const char *params,
                   struct buf *result);
/* operator_open, one operator_call, operator_close. Exit code; prints nothing on success. */
int operator_once(const char *data_dir, const char *command, const char *params,
                  struct buf *result);

#endif
