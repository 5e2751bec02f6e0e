/* Invitations: a link that lets one person into a Club or a channel, once, for a while.
 *
 * The link is for the owner of an address, but it is also shown to the animateur: so it makes a new
 * account, never opens an existing one. Who has an account accepts with its session or its
 * password.
 *
 * Threads: the tx's. Never: keeps the link, only the hash of its secret. */
#ifndef BEFFROI_CLUB_INVITATION_H
#define BEFFROI_CLUB_INVITATION_H

#include <stdbool.h>
#include <stdint.h>

#include "club/command.h"

struct invitation {
    int64_t id, club, channel; /* channel 0: the whole Club */
    const char *email, *name;  /* as person_email() and person_name() give them */
    int role;                  /* enum role */
    int64_t town;              /* of a chef de projet */
    const char *organisation;  /* NULL: none */
    int64_t invited_by;        /* 0: the command line */
    int64_t created_at, expires_at;
};

/* Adds it, queues its mail and returns its link. An open one of the same address to the same place
 * is revoked. */
const char *invitation_send(struct tx *tx, struct invitation *invitation);
/* Another link in place of the last, which no longer serves. */
const char *invitation_renew(struct tx *tx, struct invitation *invitation);
void invitation_revoke(struct tx *tx, int64_t id);

/* ERR_EXISTS "email" if this address is already there in this role, ERR_FULL if too many are open.
 */
enum err invitation_check(struct tx *tx, const struct invitation *invitation);
/* Does the person have already what it promises? */
bool invitation_is_given(struct tx *tx, const struct invitation *invitation, int64_t person);
/* Is the very same invitation open? */
bool invitation_is_open(struct tx *tx, const struct invitation *invitation);

/* Open and not expired; by secret or id. false if there is none. */
bool invitation_by_token(struct tx *tx, const char *token, struct invitation *out);
/* Open, expired or not. */
bool invitation_find(struct tx *tx, int64_t id, struct invitation *out);

/* Gives the person what this and any other open invitation of the Club promise their address, and
 * ends them. Notes MEMBER_FACTS. */
void invitation_grant(struct tx *tx, const struct invitation *invitation, int64_t person);
/* The same for this one alone, sent or not: for imports, where the person has an account. */
void invitation_give(struct tx *tx, const struct invitation *invitation, int64_t person);

/* "Chef de projet · Nantua et Montréal-la-Cluse": what the person will be called. */
const char *invitation_label(struct tx *tx, const struct invitation *invitation);

#endif
