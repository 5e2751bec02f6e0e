/* What a command leaves behind, until it becomes effects; and how rights changed meanwhile.
 *
 * Owns: tx->noted. Threads: the tx's. */
#ifndef BEFFROI_CLUB_NOTED_H
#define BEFFROI_CLUB_NOTED_H

#include "club/access.h"

/* Where rights are compared before and after. */
struct scope {
    enum scope_kind { SCOPE_PERSON, SCOPE_CLUB, SCOPE_CHANNEL } kind;
    int64_t id;
};
/* An effect to come: a fact's frame is made when everything is written. */
struct note {
    enum effect_type type;
    const struct fact *fact;
    int64_t seq, audience, entity, person, session;
};
struct noted {
    const struct command *command; /* whose facts may be noted; NULL: any */
    bool undeclared;               /* a fact was noted that the command does not declare */
    struct {
        struct note *items;
        size_t count, capacity;
    } notes;
    struct {
        struct scope *items;
        size_t count, capacity;
    } scopes;
    struct standing_list before;
};

struct noted *noted_of(struct tx *tx); /* made where there is none yet */
void note_add(struct tx *tx, const struct note *note);
/* With a number of its own, by which a connection that begins knows whether it came before or after
 * what was read for it. */
void note_placed(struct tx *tx, const struct note *note);

/* After run(): notes what was gained and lost since rights_touch() (rights.c). */
void rights_compare(struct tx *tx);
/* What leaves after the commit, in the order it was noted. Nothing is noted from then on. */
void effects_make(struct tx *tx, struct effects *out);

#endif
