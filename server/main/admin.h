/* The command line's way to run a command: as the one writer when the data directory is free, else
 * by the admin socket of the server that holds it. Either way the same table of commands.
 *
 * Threads: the main one. */
#ifndef BEFFROI_MAIN_ADMIN_H
#define BEFFROI_MAIN_ADMIN_H

#include <stdbool.h>

#include "base/buf.h"
#include "main/data_dir.h"

struct admin {
    struct data_dir dir;
    struct db *db; /* NULL: a server holds the directory */
};

/* Finds out who holds the directory. false: said why. */
bool admin_open(struct admin *admin, const char *data_dir);
void admin_close(struct admin *admin);
/* Runs `command` with `params` (JSON). true: `*result` (JSON) is the caller's to buf_finish().
 * false: the problem was said on standard error. */
bool admin_call(struct admin *admin, const char *command, const char *params, struct buf *result);
/* admin_open, one admin_call, admin_close. Exit code; prints nothing on success. */
int admin_once(const char *data_dir, const char *command, const char *params, struct buf *result);

#endif
