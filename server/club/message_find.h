/* Which messages hold the words looked for, the last ones first or those that fit best.
 *
 * Threads: the tx's; what is found lives in its arena. */
#ifndef BEFFROI_CLUB_MESSAGE_FIND_H
#define BEFFROI_CLUB_MESSAGE_FIND_H

#include "club/ids.h"
#include "store/french.h"

struct find {
    const char *words;     /* FTS5 expression */
    bool beginning;        /* its last word may be the beginning of another */
    bool by_relevance;     /* else by recency */
    bool missing;          /* words that a message has not count against it */
    struct ids channels;   /* which the actor may read */
    int64_t first, last;   /* ids between which to look, both in */
    int64_t author;        /* 0: any */
    int64_t after, before; /* wall ms */
    const char *match;     /* out: the same, with the columns they were looked for in */
    size_t scopes;         /* out: channels asked of the index in it */
    bool common;           /* out: of so many messages that those of the author were walked */
};

struct found {
    struct found_message {
        int64_t id, channel, at, score;
    } * items;
    size_t count, capacity;
    bool more; /* older ones were not looked at */
};

/* At most the newest `wanted` messages of those channels that hold the words. */
void messages_find(struct tx *tx, struct find *find, size_t wanted, struct found *out);

/* Whether it is worth while to look for messages that hold a longer word than the last of `query`:
 * FTS5 gathers every one of them first. Of two letters they are too many, and not needed where the
 * word itself is in very many. */
bool messages_may_begin(struct tx *tx, const char *query);

/* Adds the words of messages that begin as the last of `query` does, unless they are too many to be
 * asked for one by one: then FTS5 is left to gather. */
void messages_longer_words(struct tx *tx, const char *query, struct french_synonyms *out);

#endif
