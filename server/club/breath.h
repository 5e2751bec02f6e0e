/* Breaths as declared in the command table; live/breath.c carries them out. Threads: constant. */
#ifndef BEFFROI_CLUB_BREATH_H
#define BEFFROI_CLUB_BREATH_H

#include "club/command.h"

struct typing_set {
    int64_t channel, thread;
};
struct typing { /* what the others get */
    const char *breath;
    int64_t channel, thread, person;
};
extern const struct field typing_fields[];
struct channel_open {
    int64_t channel;
};
struct presence_ask {
    struct list people;
};

extern const struct command typing_set_command, channel_open_command, presence_ask_command,
    ping_command;

#endif
