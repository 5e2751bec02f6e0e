/* Accounts as the command line sees them. Threads: the tx's. */
#ifndef BEFFROI_CLUB_USER_H
#define BEFFROI_CLUB_USER_H

#include "club/command.h"

/* Answer of user.add and user.password: the password is told this once. */
struct user_password_out {
    int64_t id;
    const char *password;
};

struct token_created {
    int64_t id; /* session of the token */
    const char *token;
};

extern const struct command user_add_command, user_password_command;

#endif
