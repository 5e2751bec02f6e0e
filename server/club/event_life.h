/* The hours an event has set for itself, and its channel: what its publication begins, a move puts
 * off, and its end closes.
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_EVENT_LIFE_H
#define BEFFROI_CLUB_EVENT_LIFE_H

#include "club/event.h"

extern const struct command event_publish_command, event_close_command, event_remind_command;

/* Sets what time will bring to a published event, as its hours are now. */
void event_schedule(struct tx *tx, int64_t event);
/* The part of that which is reminders: the next one ahead, or none. */
void event_remind_plan(struct tx *tx, int64_t event);
/* Has its Club fewer than LIMIT_EVENT_CHANNELS that are not archived? */
bool event_has_room(struct tx *tx, int64_t club);
/* Opens the channel of an event that is published, named after it. ERR_FULL without room. */
enum err event_open_channel(struct tx *tx, int64_t event);
/* Of an event that was closed and is moved to where it is not: its channel is opened, where it was
 * published too late to have one, or taken out of the archive. */
enum err event_reopen_channel(struct tx *tx, int64_t event);
/* Is it so long over, ending then, that nothing more is said of it? */
bool event_is_closed(const struct tx *tx, int64_t ends_at);
/* Gives the channel, if there is one, the title the event has now. */
void event_name_channel(struct tx *tx, int64_t event);

#define EVENT_CHANNEL_FACTS &channel_changed_fact, ACCESS_FACTS

#endif
