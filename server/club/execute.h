/* From a decoded request to its outcome: who asks, may they, run, and what leaves with the commit.
 *
 * The same code on the writer (FACT, MARK), on a reader (QUERY, BREATH), on a worker (prepare), in
 * a unit test on an in-memory database, and in the command line beside no server.
 *
 * Threads: the tx's. Never: commits or rolls back; its caller holds the savepoint. */
#ifndef BEFFROI_CLUB_EXECUTE_H
#define BEFFROI_CLUB_EXECUTE_H

#include "base/buf.h"
#include "club/command.h"

/* Who claims to ask; checked in the same transaction as the command runs in. */
struct credential {
    enum credential_kind {
        CREDENTIAL_NONE,
        CREDENTIAL_SECRET,  /* cookie or bearer: `hash` is the SHA-256 of the token */
        CREDENTIAL_SESSION, /* a socket let in before: `session` is the row */
        CREDENTIAL_PERSON,  /* the program speaks for `person`: demonstration, unit tests */
        CREDENTIAL_OPERATOR
    } kind;
    uint8_t hash[32];
    int64_t session, person;
};

/* Finds the actor: ERR_LOGIN if the secret is unknown, expired or revoked, ERR_SUSPENDED. With
 * CREDENTIAL_NONE the actor is anonymous and ERR_NONE is returned. */
enum err authenticate(struct tx *tx, const struct credential *credential);

/* authenticate + (law 3) + may + run. On success `*effects` holds what is to leave after the
 * commit, in order (nothing for a query, for which it may be NULL); `tx->noted` must be NULL
 * before. On any error nothing may be kept: the caller undoes the savepoint. `out` is zeroed by the
 * caller, command->out_bytes long. */
enum err execute(struct tx *tx, const struct command *command, const struct credential *credential,
                 const void *in, void *out, struct effects *effects);
/* authenticate + may + command->prepare, on a worker. */
enum err execute_prepare(struct tx *tx, const struct command *command,
                         const struct credential *credential, void *in);

/* The notification of one journal row as its readers get it now; false if there is nothing to say.
 */
bool fact_render(struct tx *tx, int64_t seq, const struct fact *fact, int64_t audience,
                 int64_t entity, struct buf *out);

#endif
