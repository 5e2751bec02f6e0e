/* A member's live socket as a client sees it: upgrade, hello, facts, resume; thousands to a thread.
 *
 * What it took in is remembered by the number in each message's text, "(12)": so that a loss, a
 * message told twice and one out of order are seen.
 *
 * Owns: its descriptor and what came of a frame. Threads: one. Never: waits. */
#ifndef BEFFROI_TESTS_SLOW_PEER_H
#define BEFFROI_TESTS_SLOW_PEER_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MESSAGES_MAX = 4096, /* numbers of messages that are told apart */
    TOKEN_BYTES = 128,
    SERVED_PER_SOURCE = 1000 /* sockets from each of 127.0.0.2, .3 ... */
};

enum peer_state { PEER_AWAY, PEER_CONNECTING, PEER_UPGRADING, PEER_GREETED, PEER_READY };

struct peer {
    int fd, number;
    enum peer_state state;
    const char *token;
    bool resumes;   /* it had a cursor: hello is followed by session.resume */
    bool stalled;   /* reads nothing */
    char epoch[40]; /* of its cursor; "": none yet */
    int64_t cursor, head;
    int taken_count;
    uint8_t taken[MESSAGES_MAX / 8], before[MESSAGES_MAX / 8]; /* before: when it went away */
    char *kept; /* begin of a frame that has not come whole */
    size_t kept_bytes;
};

/* What all peers saw together. */
struct tally {
    int64_t taken, twice, misordered, reloads, ended, refused, ready;
    char last_words[200]; /* of the last refusal or end */
};

struct peers {
    int epoll, port;
    const char *forwarded; /* X-Forwarded-For; NULL: none */
    struct tally tally;
    /* A message came for the first time. NULL: nobody asks. */
    void (*on_message)(struct peer *peer, int message);
};

/* Begins to connect from the source address of its number; `buffer_bytes` > 0: as little as that is
 * kept for it by the kernel, in segments of a real network. */
void peer_open(struct peers *peers, struct peer *peer, int buffer_bytes);
/* Lets go of the connection with a reset; what it took in stays. */
void peer_cut(struct peers *peers, struct peer *peer);
/* Something can be read or written. */
void peer_turn(struct peers *peers, struct peer *peer);
/* Sends a JSON text as one frame; false: the kernel does not take it. */
bool peer_send(struct peer *peer, const char *json, size_t bytes);
bool peer_has(const struct peer *peer, int message);

#endif
