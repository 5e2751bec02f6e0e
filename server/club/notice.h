/* What concerns a person: kept on their page until seen, and sent as mail. One call does both.
 *
 * Its row never holds a name or what somebody wrote but the organiser's own words: it outlives the
 * people it was about.
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_NOTICE_H
#define BEFFROI_CLUB_NOTICE_H

#include "club/event.h"
#include "club/resource.h"

enum notice_kind {
    NOTICE_INVITED,
    NOTICE_ASKED, /* to the organisers: somebody asks to come */
    NOTICE_SEATED,
    NOTICE_WAITING,
    NOTICE_OFFERED, /* a seat is held: confirm */
    NOTICE_LAPSED,
    NOTICE_REFUSED,
    NOTICE_UNREGISTERED, /* by oneself or by an organiser */
    NOTICE_MOVED,        /* detail: what changed */
    NOTICE_CANCELLED,    /* detail: the reason */
    NOTICE_REMINDER,     /* detail: "week", "day", "hour" */
    /* Of a resource. */
    NOTICE_PROPOSED,  /* to who keeps its shelf */
    NOTICE_RETURNED,  /* to its author; detail: the remark */
    NOTICE_PUBLISHED, /* the same */
    NOTICE_WITHDRAWN  /* the same; detail: the remark */
};
extern const struct choice notice_kind_choice;

extern const struct fact notice_added_fact, notice_seen_fact;

/* Keeps it for their page, tells it live, and queues a letter: with the event as iTIP where it
 * enters, changes or leaves a calendar (REQUEST for seated and for moved if seated, CANCEL for
 * cancelled and unregistered if they were seated). `detail` may be NULL. The command declares
 * notice_added_fact. */
void notice_give(struct tx *tx, int64_t person, enum notice_kind kind, int64_t event,
                 const char *detail);

/* The same about a resource, which enters no calendar. */
void notice_give_resource(struct tx *tx, int64_t person, enum notice_kind kind, int64_t resource,
                          const char *detail);

/* The same by who knows more than the rows say yet. */
struct notice_new {
    int64_t person;
    enum notice_kind kind;
    int64_t event, resource; /* one of the two */
    const char *detail;
    int64_t held_until; /* of NOTICE_OFFERED */
    bool in_calendar;   /* the event is in their calendar, or was until now */
};
void notice_put(struct tx *tx, const struct notice_new *notice);

/* What it says by mail, before it is written down: notice_letter.c. */
struct notice_about {
    const char *name; /* whom */
    const char *title, *when, *place, *link;
    const char *until; /* of a held seat; NULL */
    const char *detail;
    const char *url; /* the page of the event, or of the resource */
};
struct letter;
void notice_letter(struct tx *tx, enum notice_kind kind, const struct notice_about *about,
                   struct letter *out);

#endif
