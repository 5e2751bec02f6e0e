/* One HTTP request and its one answer.
 *
 * http.c carries it through libwebsockets' callbacks, route.c decides who answers, answer.c writes.
 *
 * Owns: its arena, the body received, the answer's text. Threads: the loop's. Never: answers twice.
 */
#ifndef BEFFROI_NET_EXCHANGE_H
#define BEFFROI_NET_EXCHANGE_H

#include "net/head.h"

struct upload;
struct download;

struct answer {
    int status;
    const char *type; /* Content-Type; NULL = no body */
    const char *body; /* borrowed: constant, or in the exchange; NULL: it follows by other means */
    size_t body_bytes;
    const char *cache;           /* Cache-Control; NULL = no-store */
    const char *etag, *encoding; /* NULL = none */
    const char *allow;           /* for 405 */
    const char *set_cookie;      /* whole value; NULL = none */
    const char *disposition;     /* Content-Disposition; NULL = none */
    const char *policy;          /* Content-Security-Policy; NULL = that of our pages */
    const char *headers;         /* more lines, each with its end; NULL = none */
    int retry_after_s;           /* 0 = none */
    bool vary;                   /* on Accept-Encoding */
};

struct exchange {
    struct connection *connection;
    struct arena arena;
    struct head head;
    enum {
        EXCHANGE_READING, /* the body, kept until it is whole */
        EXCHANGE_TAKING,  /* the body, handed on to `upload` as it comes */
        EXCHANGE_ASKED,   /* `request` is on its way */
        EXCHANGE_ANSWERED /* a refused body may still come in, to be thrown away */
    } state;
    bool by_cookie;   /* the credential came so */
    bool body_ended;  /* libwebsockets said so */
    bool cut;         /* its answer could not be written: nothing may follow it */
    bool lingers;     /* answered, and what is left of its body thrown away */
    int64_t since_us; /* start, then answer */
    size_t received;  /* bytes of the body, kept or thrown away */
    struct buf body;
    struct request *request;
    struct upload *upload;     /* NULL: none */
    bool meets_upload;         /* another brought the file it asks about when it did */
    struct download *download; /* NULL: none */
    const char *headers;       /* lines for the answer, whatever it is; NULL = none */
    struct buf text;           /* a body that was made for this answer */
};

/* --- answer.c: any of these writes the exchange's one answer, whole --- */
void answer_send(struct exchange *exchange, const struct answer *answer);
void answer_problem(struct exchange *exchange, const struct problem *problem);
/* exchange->text as a JSON answer. */
void answer_json(struct exchange *exchange, int status);
/* Refuses an upgrade; the caller returns -1. */
void answer_refusal(struct connection *connection, enum lang lang, const struct problem *problem);

/* --- http.c --- */
/* Reads no more on this connection: its request is on its way. */
void http_hold(struct exchange *exchange);
/* Reads on. */
void http_go_on(struct exchange *exchange);
/* Tells the peer to send the body, where it waits for that. false: it has gone. */
bool http_continue(struct exchange *exchange);
/* Answered while the body still comes: what is left of it is thrown away for a moment, since a peer
 * that cannot finish sending would not read the answer. Ends as http_end(). */
void http_end_early(struct exchange *exchange);
/* Each second: ends what lingered. A timeout of libwebsockets that is set outside its callbacks
 * passes only when something else wakes it. */
void http_second(struct net *net);
/* Outside every callback: the exchange was answered, and is gone with its connection. */
void http_end(struct exchange *exchange);

/* --- route.c --- */
/* With the head only: answers what needs no body, else lets it come. */
void route_head(struct exchange *exchange);
/* With the whole body. */
void route_body(struct exchange *exchange);

/* --- api.c --- */
#define API_PREFIX "/api/v1/"
/* POST /api/v1/<name>: the command of that name, the body its parameters. */
void api_call(struct exchange *exchange);
/* Sends off a decoded request; `done` owes the answer and http_end(). */
void api_ask(struct exchange *exchange, struct request *request,
             void (*done)(struct request *request));
struct request *api_request(struct exchange *exchange);
/* The reply of a request as JSON, problems included. */
void api_answer(struct exchange *exchange, struct request *request);

/* --- document.c --- */
/* GET of a command's `path`: true if there is one, and the answer is on its way. */
bool document_get(struct exchange *exchange);

/* --- metrics.c --- */
void metrics_write(struct net *net, struct buf *out);

#endif
