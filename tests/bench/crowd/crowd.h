/* Drives a chat server with many live sockets and weighs what it costs.
 *
 * A target is one server (or the floor) with the sockets we have to it. CPU is the target's own, by
 * its process clock (nanoseconds, not ticks; what the kernel does within its calls is in it).
 *
 * Owns: every socket it opens. Threads: one. Never: more than one answer on stdout, a JSON object.
 */
#ifndef BEFFROI_BENCH_CROWD_H
#define BEFFROI_BENCH_CROWD_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

struct person {
    char token[128];
    int64_t channel;
    int room;
};
struct room {
    int members, senders;
};

struct target {
    int port, senders; /* senders: in each room */
    pid_t pid;
    bool tls;
    struct room *rooms;
    struct socket *sockets;
    int count, ready, answered; /* sockets; those greeted; those whose question was answered */
    int reused;                 /* TLS sessions taken up again */
    int64_t sent, expected, delivered, bytes;
};

struct socket {
    struct target *target;
    int fd, number, person, in_flight;
    bool shaken, upgraded, ready, sends, asked;
    SSL *tls;             /* NULL: plain */
    SSL_SESSION *session; /* of before the cut, or NULL */
    int64_t cursor;       /* from its hello */
    char *kept;           /* begin of a frame that has not come whole */
    size_t kept_bytes;
};

struct options {
    int sockets, rooms, flow, slices, every_ms;
    int64_t messages;
    bool resumption, hold, cut, anew, heard;
    const char *people, *disk, *question, *questions, *in_memory, *on_disk;
    char epoch[17];           /* as the first hello says it */
    struct target targets[2]; /* the second has no port: there is none */
};
extern struct options asked;
extern struct person *people;
extern int people_count, room_count;

_Noreturn void die(const char *what);
void *grow(void *old, size_t count, size_t size);
double now_s(void);
double cpu_s(const struct target *target);
long rss_kb(const struct target *target);

/* --- client.c: connecting, frames --- */
void client_init(void);
void read_people(void);
/* Opens all sockets of a target (asked.sockets) and waits until each was greeted. */
void open_all(struct target *target);
/* Cuts every socket at once, without a word, and waits until the server has noticed. */
void cut_all(struct target *target);
/* Sends one text frame, masked as RFC 6455 5.3 asks for (with zeros). */
void send_text(struct socket *socket, const char *text, size_t bytes);
/* Waits for something to come, at most `wait_ms`, and reads it; false: nothing came. */
bool turn_for(int wait_ms);
/* The same, and an end of the run where nothing comes for long. */
void turn(void);

/* --- crowd.c: what a run does with what comes --- */
void on_delivery(struct socket *socket, const char *payload, size_t bytes);
/* A JSON-RPC answer; hello among them is not. */
void on_answer(struct socket *socket, const char *payload, size_t bytes);

/* --- post.c: writing, and how long what is written takes --- */
void post(struct socket *socket);
void pace(struct target *target); /* --every */
void pace_took(const char *payload, size_t bytes);

/* --- ask.c: --questions --- */
void ask(struct target *target);

#endif
