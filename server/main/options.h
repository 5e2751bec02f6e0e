/* Words of a command line: `--name value`, `--flag`, and the rest in order.
 *
 * Threads: the main one. Never: exits; a mistake is said on standard error and returned. */
#ifndef BEFFROI_MAIN_OPTIONS_H
#define BEFFROI_MAIN_OPTIONS_H

#include <stdbool.h>

/* Exit codes of every verb. */
enum exit_code {
    EXIT_OK = 0,
    EXIT_REFUSED = 1, /* understood, but not possible: said why */
    EXIT_USAGE = 2,   /* not understood: said how */
    EXIT_BROKEN = 3   /* `check` found damage */
};

/* A table ends with name NULL. One of `value` and `flag` is set. */
struct option {
    const char *name; /* "data", for --data */
    const char **value;
    bool *flag;
};

struct verb {
    const char *name;    /* "user add" */
    const char *usage;   /* what follows it */
    const char *summary; /* one line */
    const char *help;    /* the rest of --help, may be NULL */
    int (*run)(const struct verb *verb, int argc, char **argv); /* argv: after the verb */
};
extern const struct verb verbs[]; /* ends with name NULL */

/* Fills the options and up to `max` further words (the others NULL). false: EXIT_USAGE, said why.
 */
bool options_parse(const struct verb *verb, int argc, char **argv, const struct option *options,
                   const char **words, int max);
/* Says what is wrong with the command line and how it is used; returns EXIT_USAGE. */
int usage_error(const struct verb *verb, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* "beffroi: ..." on standard error; returns EXIT_REFUSED. */
int refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
void verb_help(const struct verb *verb);

#endif
