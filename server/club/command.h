/* What a command is, what it is given, and what it may leave behind.
 *
 * A command describes itself where it is written (see pin.c for the smallest); commands.c lists
 * them all. Decoding, rights, rate limits, OpenAPI, AsyncAPI, TypeScript types, the authorisation
 * matrix and the reference documentation come from that description.
 *
 * Threads: a tx belongs to the thread that runs it. Never: a socket, a clock (tx->now_ms), malloc.
 */
#ifndef BEFFROI_CLUB_COMMAND_H
#define BEFFROI_CLUB_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "club/may.h"
#include "store/db.h"
#include "wire/field.h"

enum kind {
    QUERY, /* reads, on a reader */
    FACT,  /* durable, ordered, in the journal */
    MARK,  /* durable last value per key of one person */
    BREATH /* memory only: typing, presence; live/ carries out what run(), on a reader, allowed */
};

struct tx;
struct ids;
struct messages;
struct credential;
struct message_new;

/* A fact as the journal names it and as clients receive it. `load` gives its current content: the
 * same function for the live frame, at commit, and for a resume, later; so both can only say the
 * same. */
struct fact {
    const char *name; /* "message.posted"; never changes: the journal holds it */
    const char *doc;
    const struct field *out;
    size_t out_bytes;
    /* false: the object is gone, nothing is sent. `audience` is who will read it. */
    bool (*load)(struct tx *tx, int64_t audience, int64_t entity, void *out);
    /* Reads what load() will be asked of these entities, each named once; NULL: each is read by
     * itself. */
    void (*bring)(struct tx *tx, const struct ids *entities);
};

struct command {
    const char *name, *doc;
    enum kind kind;
    int since; /* protocol level that brought it */
    /* Checked before run(). A right about an object reads its id from the first member of `in`. */
    enum right right;
    const struct field *in, *out;
    size_t in_bytes, out_bytes;
    /* Those it may note, ends with NULL; NULL = none. Another is refused: a fact no command
     * declares could never be told again to one that was away. One that changes rights lists
     * ACCESS_FACTS. */
    const struct fact *const *facts;
    bool http_only;     /* answers with a cookie, or serves those without a session */
    bool socket_only;   /* about the connection itself; a breath always is */
    bool throttled;     /* guessing it is slowed down, by address and by account */
    bool operator_only; /* only from the command line, by the admin socket */
    /* Of a query that answers with a document: where GET finds it, its one parameter in braces:
     * "/evenement/{event}.ics". NULL: nowhere. */
    const char *path;
    /* Slow work before the writer, on a worker with a reader: password hashes. May fill `in`. */
    enum err (*prepare)(struct tx *tx, void *in);
    /* A breath without it is carried out at once: its right is RIGHT_PERSON. */
    enum err (*run)(struct tx *tx, const void *in, void *out);
};

/* Every command, ends with NULL (commands.c). */
extern const struct command *const commands[];
const struct command *command_find(const char *name);
/* Fact by the name in the journal, among those the commands declare; NULL if none. */
const struct fact *fact_find(const char *name);

/* Reply of a command that makes something and may be sent twice: with a `nonce` member in its
 * input, a resend is answered from what was kept (law 3). Starts the out struct. */
struct created {
    int64_t id, seq;
};
extern const struct field created_fields[];

/* --- the transaction a command runs in -------------------------------------------------------- */

struct actor {
    int64_t person;     /* 0: anonymous, or the system */
    int64_t session;    /* row of `session`, 0 for the operator and the system */
    int64_t seen_at;    /* wall ms, when that session last served, to the hour */
    bool administrator; /* runs Clubs, accounts and imports */
    bool is_operator;   /* the command line, or the writer's due work; an administrator too */
    bool read_only;     /* a token of scope "read": queries only */
};

/* What leaves with the commit, in order. */
struct effect {
    enum effect_type {
        EFFECT_FACT,   /* `json`: the whole notification, for `audience` */
        EFFECT_RIGHTS, /* `person` now hears exactly `audiences` (sorted) */
        EFFECT_CLOSE,  /* sockets of `session`, or of `person` if that is 0, are closed (4401) */
        EFFECT_MAIL,   /* there is mail to send */
        EFFECT_SCRUB,  /* the writer cleans its files when it has nothing else to do */
        EFFECT_FILES   /* contents came, or are to leave the disk */
    } type;
    int64_t seq;
    int64_t audience, person, session;
    const char *json;
    size_t bytes;
    const int64_t *audiences;
    size_t audience_count;
};
struct effects {
    struct effect *items;
    size_t count, capacity;
};

struct tx {
    struct db *db;
    struct arena *arena; /* of the request; everything a command makes lives here */
    int64_t now_ms;
    enum lang lang;
    struct actor actor;
    const char *address; /* network address of the caller, for the list of sessions; may be NULL */
    const char *user_agent;  /* browser's own words, may be NULL */
    const char *public_url;  /* "https://club.example.fr", for the links in mails */
    const char *ledger_path; /* of erasures (law 6); NULL on an in-memory database */
    struct problem *problem; /* filled by tx_fail() */

    /* Found by may() on the way to the decision, so that run() need not read it again. */
    struct club club; /* .id 0 when the right is not about one */
    struct channel channel;
    struct message_head message;
    struct event_head event;       /* its Club is tx->club */
    struct resource_head resource; /* the same */
    uint32_t can;                  /* CAN_ flags of the actor in that Club or channel */

    /* Set by a command that logs in or out: the HTTP answer carries the cookie. */
    const char *set_cookie_token; /* new session's secret; "" clears it; NULL leaves it */

    /* The message this command wrote, as it was written; NULL: none. */
    const struct message_new *posted;
    /* Messages that were read together, for facts that are told one by one; NULL: none. */
    const struct messages *brought;

    bool may_release;    /* on a worker: tx_release() may end what is a reading transaction */
    struct noted *noted; /* facts and rights not yet turned into effects (execute.c) */
};

/* Refuses: `return tx_fail(tx, ERR_EXISTS, "name", NULL);` The transaction is undone. */
enum err tx_fail(struct tx *tx, enum err err, const char *field, const char *arg);

/* Before slow work in `prepare` (a hash), when all is read: lets the snapshot go, which would keep
 * the WAL from being emptied. Nothing where others' work is in the transaction, as in a test. */
void tx_release(struct tx *tx);

/* Notes a fact in the journal and returns its number. Its frame is made when the command has run.
 * ENTITY_NEW: the object is the one that takes this number as its id. */
#define ENTITY_NEW INT64_C(0)
int64_t fact_note(struct tx *tx, const struct fact *fact, int64_t audience, int64_t entity);
/* Notes the new value of one person's mark and returns its number. */
int64_t mark_note(struct tx *tx, const struct fact *fact, int64_t person, int64_t entity);

/* Told to a person whose rights changed; their entity is the packed audience. Gained: hears it from
 * now on; the client fetches the Club or channel. Changed: may do other things there; the client
 * fetches it again. Lost: drops it. */
extern const struct fact access_gained_fact, access_changed_fact, access_lost_fact;
#define ACCESS_FACTS &access_gained_fact, &access_changed_fact, &access_lost_fact

/* To be called BEFORE changing what a person may see or do: when the command has run, the
 * difference becomes `gained` and `lost` facts for that person, and the hub learns the new
 * audiences. */
void rights_touch(struct tx *tx, int64_t person);
/* The same for everybody's rights in a Club and its channels, or in one channel. */
void rights_touch_club(struct tx *tx, int64_t club);
void rights_touch_channel(struct tx *tx, int64_t channel);
/* A channel this command has just made: all who read it at the end gained it. */
void rights_new_channel(struct tx *tx, int64_t channel);

/* Closes the sockets of one session, or of all sessions of a person (session 0), after the commit.
 */
void sockets_close(struct tx *tx, int64_t person, int64_t session);
/* There is new mail: the tail need not wait. */
void mail_ring(struct tx *tx);
/* Contents came, or are to leave the disk: the tails that see to them need not wait. */
void files_ring(struct tx *tx);
/* Runs `command` (its first member = object) at `at_ms` as the system; INT64_MAX forgets it. */
void due_set(struct tx *tx, const struct command *command, int64_t object, int64_t at_ms);

#endif
