/* A channel as clients hold it: what all its readers share, and what is one reader's own.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_CHANNEL_H
#define BEFFROI_CLUB_CHANNEL_H

#include "club/command.h"

extern const struct choice channel_kind_choice, channel_posting_choice;

/* The same for every reader: the content of `channel.changed`. */
struct channel_shared {
    int64_t id, club; /* club 0: a direct conversation */
    enum channel_kind kind;
    enum channel_posting posting;
    const char *name, *purpose;
    int64_t position; /* order in its Club; 0: an event's */
    bool archived;
    struct list people; /* ids, of a direct conversation */
};
extern const struct field channel_shared_fields[];
extern const struct fact channel_changed_fact;

enum level { LEVEL_ALL, LEVEL_MENTIONS, LEVEL_NONE };
extern const struct choice level_choice;
/* What the person chose for the channel, LEVEL_ALL where they did not. */
enum level level_of(struct tx *tx, int64_t person, int64_t channel);

/* One reader's own: comes with the channel, changes by marks and `access.gained`. */
struct channel_mine {
    uint32_t can;
    enum level level;
    int64_t position, unread, mentions; /* see unread.h */
    const char *draft;                  /* NULL if there is none */
};
struct channel_view {
    struct channel_shared shared; /* first: its rows serve here too */
    const struct channel_mine *mine;
};
extern const struct field channel_view_fields[];

/* false: there is no such channel. */
bool channel_load(struct tx *tx, int64_t id, struct channel_shared *out);
/* The channel as the person has it; false: they do not read it. */
bool channel_see(struct tx *tx, int64_t person, int64_t id, struct channel_view *out);

struct channel_views {
    struct channel_view *items;
    size_t count, capacity;
};
/* Those the person reads: of a Club, in its order, then its living events'; direct conversations,
 * oldest first. */
void channels_of_club(struct tx *tx, int64_t person, int64_t club, struct channel_views *out);
void channels_direct(struct tx *tx, int64_t person, struct channel_views *out);
/* Names of those who take part in them (struct person_name): the channels hold ids only. */
struct list channels_direct_people(struct tx *tx, int64_t person);

/* ERR_EXISTS "name" if a living channel of the Club but `except` has this name. */
enum err channel_name_free(struct tx *tx, int64_t club, const char *name, int64_t except);
/* Everything a new channel needs but its members. `kind`, `club`, `name`... as in `channel`. */
int64_t channel_insert(struct tx *tx, const struct channel_shared *channel);
/* Makes a member of the Club a member of its private channel; ERR_NOT_FOUND with `field` for
 * another person. db_changed() tells whether they were not yet. Rights are to be touched before. */
enum err channel_choose(struct tx *tx, int64_t channel, int64_t club, int64_t person,
                        const char *field);

#endif
