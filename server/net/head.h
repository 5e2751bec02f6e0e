/* The head of a request, copied out of libwebsockets and checked: only what passed is looked at.
 *
 * Owns: nothing; the texts live in the arena given. Threads: the loop's. */
#ifndef BEFFROI_NET_HEAD_H
#define BEFFROI_NET_HEAD_H

#include "base/arena.h"
#include "club/execute.h"
#include "net/inside.h"

enum verb { VERB_GET, VERB_HEAD, VERB_POST, VERB_PATCH, VERB_OPTIONS, VERB_OTHER };

struct head {
    enum verb verb;
    const char *path;      /* decoded, without the query */
    bool is_1_0;           /* HTTP/1.0: no Host is asked of it, and no upgrade made of it */
    bool expects_continue; /* RFC 9110 10.1.1 */
    bool has_length;
    bool has_body;     /* libwebsockets goes on to read one, and says when it has ended */
    size_t body_bytes; /* Content-Length */
    /* NULL where the request has none. */
    const char *host, *origin, *accept, *accept_encoding, *if_none_match, *if_range, *range,
        *content_type, *user_agent;
    enum lang lang;
    const char *address; /* of the client, behind the proxy if there is one; NULL if unknown */
};

/* ERR_HEADER, ERR_VERB... fill `problem`; what could be read is in `out` even then. */
enum err head_read(struct connection *connection, struct arena *arena, struct head *out,
                   struct problem *problem);
/* The value of a header that libwebsockets has no number for; `name` in lower case with its colon
 * ("upload-offset:"). NULL if absent, or with a control character in it. */
const char *head_custom(struct lws *wsi, struct arena *arena, const char *name);
/* The query has the argument `name` ("telecharger=") with this value. */
bool head_has_argument(struct lws *wsi, const char *name, const char *value);
/* It was sent, maybe empty. */
bool head_has(struct lws *wsi, enum lws_token_indexes token);
/* One header's value, repeated ones joined by a comma (cookies: a semicolon). NULL if absent. */
const char *head_value(struct lws *wsi, struct arena *arena, enum lws_token_indexes token);

/* Who claims to ask (design.md 2): Bearer with Origin absent or ours; cookie with an Origin that is
 * ours; neither, where an Origin given is ours. `has_cookie` (NULL allowed): the cookie counts.
 * ERR_ORIGIN, ERR_HEADER otherwise. */
enum err head_credential(struct connection *connection, struct arena *arena,
                         const struct head *head, struct credential *out, bool *has_cookie,
                         struct problem *problem);
/* The same for what is only read by following a link: a browser sends no Origin then, and its
 * cookie counts. Nothing can be changed so, and no other site can read the answer. */
enum err head_credential_of_link(struct connection *connection, struct arena *arena,
                                 const struct head *head, struct credential *out, bool *has_cookie,
                                 struct problem *problem);

/* Value of the cookie `name` in a Cookie header (RFC 6265 4.2.1), copied to `out`. false: absent,
 * too long, or there twice: two of one name means that somebody else set one of them. */
bool cookie_find(const char *header, const char *name, char *out, size_t out_bytes);

#endif
