/* Who hears what: listeners by audience and by person, and the fan-out.
 *
 * Owns: the subscriptions. Threads: the loop. Never: reads the database; the audiences are told to
 * it. */
#ifndef BEFFROI_LIVE_HUB_H
#define BEFFROI_LIVE_HUB_H

#include "base/map.h"
#include "live/live.h"
#include "live/report.h"

struct hub {
    struct map circles; /* audience -> struct circle */
    struct map people;  /* person -> first of its listeners */
    struct listener *to_close;
    int64_t listeners, deliveries;
};

void hub_init(struct hub *hub);
void hub_finish(struct hub *hub);

/* listener->person is set. It hears nothing until hub_subscribe(). */
void hub_add(struct hub *hub, struct listener *listener);
void hub_remove(struct hub *hub, struct listener *listener);
/* It now hears exactly these audiences (rising). */
void hub_subscribe(struct hub *hub, struct listener *listener, const int64_t *audiences,
                   size_t count);
bool hub_hears(const struct listener *listener, int64_t audience);
/* Sockets of a person, 0 if away. */
int hub_sockets(const struct hub *hub, int64_t person);

/* Queues bytes for one listener; closes it when its queue is full. */
void hub_send(struct hub *hub, struct listener *listener, struct shared_bytes *bytes);
/* Has it closed at the end of the turn. */
void hub_close(struct hub *hub, struct listener *listener, int code);
/* Queues bytes for every listener. */
void hub_tell_all(struct hub *hub, struct shared_bytes *bytes);
/* Queues bytes for those who have the channel on screen, but `except`. */
void hub_publish_open(struct hub *hub, int64_t channel, struct shared_bytes *bytes,
                      const struct listener *except);
/* The person is connected and hears a Club or channel that the listener hears too. */
bool hub_shares(const struct hub *hub, const struct listener *listener, int64_t person);
/* Does what a report says, for all listeners that have not read that far... */
void hub_take_in(struct hub *hub, const struct report *report);
/* ...or for one that catches up. */
void hub_replay(struct hub *hub, struct listener *listener, const struct report *report);
/* Closes those that are to be closed: at the end of a turn, when nobody walks the circles. */
void hub_settle(struct hub *hub);

#endif
