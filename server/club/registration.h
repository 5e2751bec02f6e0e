/* Registrations: the one place where seats are given, in the writer's transaction.
 *
 * A row moves only through registration_move(), which sees to rights (the event's channel), facts,
 * notices and mail; and seats are only given by registration_enter() and seats_settle(), which look
 * at who waits longest.
 *
 * Threads: the writer's; the readers of rows any. */
#ifndef BEFFROI_CLUB_REGISTRATION_H
#define BEFFROI_CLUB_REGISTRATION_H

#include "club/event.h"
#include "club/notice.h"

/* How seats of an event are given, as it stands now. */
struct seating {
    int64_t event;
    enum event_state state;
    enum registration_mode mode;
    int64_t capacity;    /* 0: no limit */
    int64_t deadline_at; /* its start where it has none */
    int64_t starts_at, ends_at;
    int64_t hold_ms;
};
/* false: there is no such event. */
bool seating_load(struct tx *tx, int64_t event, struct seating *out);

/* One person and one event. */
struct registration {
    int64_t id; /* 0: there is no row yet */
    int64_t event, person;
    enum registration_state state;
    bool invited;
    int64_t held_until;
    int64_t registered_by; /* 0: oneself */
};
/* What there is between them, REG_NONE where there is nothing; false then. */
bool registration_find(struct tx *tx, int64_t event, int64_t person, struct registration *out);
bool registration_by_id(struct tx *tx, int64_t id, struct registration *out);

/* Takes part, waits for it or is asked to: anything that a cancellation would end. */
bool registration_is_live(enum registration_state state);
/* A seat is theirs, or held for them. */
bool registration_has_seat(enum registration_state state);

/* Puts it in another state, and makes its row where there is none. A seat that becomes free goes to
 * who waits longest. `detail`: said in the notice; may be NULL. Returns the number of the fact. */
int64_t registration_move(struct tx *tx, struct registration *registration,
                          enum registration_state to, const char *detail);
/* Gives a seat if one is free and nobody waits for it, else a place at the end of the list. */
int64_t registration_enter(struct tx *tx, const struct seating *seating,
                           struct registration *registration);
/* Seats who came to an event that has begun, whatever its capacity: they were there. They are told
 * live, by no notice and no letter. */
int64_t registration_let_in(struct tx *tx, struct registration *registration);

/* Gives what seats are free to who waits longest, each held for a time, and shortens what is held
 * beyond the start. To be called after anything that may add a seat or move the event. */
void seats_settle(struct tx *tx, int64_t event);

/* Refusals of a time or a state, as tx_fail(): a published event that takes registrations and is
 * not past its deadline; one that has not begun; one whose organisers may still say who comes or
 * came: until LIMIT_EVENT_OPEN_DAYS after its end, when its channel is archived too. */
enum err seating_is_open(struct tx *tx, const struct seating *seating);
enum err seating_not_begun(struct tx *tx, const struct seating *seating);
enum err seating_not_closed(struct tx *tx, const struct seating *seating);

/* Both hold a post of one same town now. */
bool people_are_colleagues(struct tx *tx, int64_t a, int64_t b);

/* Do the answers (struct answer) fit the event's questions? `complete`: the required ones must be
 * there. tx_fail() names the question by its own words. */
enum err answers_check(struct tx *tx, int64_t event, const struct list *answers, bool complete);
/* Keeps them in place of what was answered before. */
void answers_set(struct tx *tx, int64_t registration, const struct list *answers);

/* People who are told when the event moves or is cancelled: invited, asked, waiting, offered,
 * seated. */
void registered_people(struct tx *tx, int64_t event, struct ids *out);
/* Those seated, for whom calendars and reminders are. */
void seated_people(struct tx *tx, int64_t event, struct ids *out);

/* For a person who is erased: answers, notices and what else is theirs alone go, the rows stay
 * without them to be counted, and their seats of events to come are given on. To be called while
 * their rights still stand. */
void registrations_erase(struct tx *tx, int64_t person);

/* What a command that moves registrations may note. */
#define REGISTRATION_FACTS                                                                         \
    &event_changed_fact, &registration_changed_fact, &notice_added_fact, ACCESS_FACTS
extern const struct command registration_lapse_command;

#endif
