/* Keeping a process from files and networks, by the kernel's Landlock where it has one.
 *
 * A ruleset is opened, told what stays allowed, and closed: from then on the calling thread, and
 * what it starts, has no other file; for good. It never keeps from what is open already.
 *
 * Owns nothing. Threads: restricts the calling one; so before any other is started. */
#ifndef BEFFROI_CONFINE_LANDLOCK_H
#define BEFFROI_CONFINE_LANDLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* What may be done with a file, or with all below a folder. */
enum land_right {
    LAND_READ,   /* files and lists of files */
    LAND_RUN,    /* the same, and start programs */
    LAND_CHANGE, /* read, write, make, rename and remove plain files and folders */
    LAND_REMOVE  /* take files away */
};

enum {
    LAND_MOVES = 2,   /* ABI from which files can be moved between folders at all */
    LAND_NETWORK = 4, /* ABI from which TCP is handled */
    LAND_SCOPE = 6    /* ABI from which signals and abstract sockets are */
};

/* Of this kernel; 0: none. */
int landlock_abi(void);
/* Everything is refused but what is allowed next. `network`: TCP too, where the ABI has it;
 * `apart`: signals to, and abstract sockets of, processes outside too. -1: no Landlock here. */
int landlock_open(bool network, bool apart);
/* A path that is not there is left out. A ruleset of -1 is fine, here and below. */
void landlock_allow(int ruleset, const char *path, enum land_right right);
void landlock_allow_connect(int ruleset, uint16_t port);
/* Puts it in force and closes it. False if the kernel refuses. */
bool landlock_close(int ruleset) __attribute__((warn_unused_result));

#endif
