/* What an import did or would do: answers of town.import and member.import, read by the command
 * line.
 *
 * Threads: plain data. */
#ifndef BEFFROI_CLUB_IMPORT_REPORT_H
#define BEFFROI_CLUB_IMPORT_REPORT_H

#include "club/command.h"

/* A line of the file that found no place, and why. */
struct unplaced {
    int64_t line;
    const char *text, *reason;
};

enum { CHANGED_NAME, CHANGED_TOWN, CHANGED_EPCI, CHANGED_POPULATION };
struct imported {
    const char *insee, *name;
    uint32_t changed; /* bits 1 << CHANGED_... */
};
struct import_report {
    int64_t communes, towns;
    struct list came, left, changed; /* of struct imported */
    struct list unplaced;
};
extern const struct command town_import_command;

enum outcome { INVITED, GIVEN, UNCHANGED, REFUSED };
struct member_line {
    int64_t line;
    int outcome;
    const char *email, *name, *label, *club, *reason;
};
struct member_report {
    int64_t invited, given, unchanged, refused;
    struct list lines; /* of struct member_line */
};
extern const struct command member_import_command;

#endif
