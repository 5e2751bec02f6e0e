/* An event as all who may see it see it, what is one person's own in it, and who hears of it.
 *
 * Shared and personal are two objects, as for a channel: one frame serves a whole audience (law 2).
 * The seats that everybody sees are those last told by event.count, at most once a second: so a
 * rush of registrations costs its audience one fact, and what is loaded is what was told.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_EVENT_H
#define BEFFROI_CLUB_EVENT_H

#include "club/command.h"
#include "club/ids.h"

enum event_kind {
    EVENT_WEBINAIRE,
    EVENT_SEMAINE, /* thematic week: contains others */
    EVENT_FORMATION_INITIALE,
    EVENT_FORMATION_APPROFONDISSEMENT,
    EVENT_FORMATION_COMPLEMENTAIRE,
    EVENT_ATELIER,
    EVENT_VOYAGE,
    EVENT_RENCONTRE_REGIONALE,
    EVENT_RENCONTRE_NATIONALE,
    EVENT_SEANCE
};
/* The words of enum event_kind, in its order. */
#define EVENT_KIND_WORDS                                                                           \
    "webinaire", "semaine", "formation_initiale", "formation_approfondissement",                   \
        "formation_complementaire", "atelier", "voyage", "rencontre_regionale",                    \
        "rencontre_nationale", "seance"
enum event_scope { SCOPE_NETWORK, SCOPE_REGION, SCOPE_CLUBS };
enum registration_mode {
    REGISTRATION_NONE,
    REGISTRATION_OPEN,
    REGISTRATION_APPROVAL,
    REGISTRATION_INVITATION
};
enum link_shown { LINK_ALL, LINK_REGISTERED };
enum question_kind { QUESTION_TEXT, QUESTION_CHOICE, QUESTION_YES_NO };
extern const struct choice event_kind_choice, event_scope_choice, registration_mode_choice;
extern const struct choice event_state_choice, link_shown_choice, question_kind_choice;
extern const struct choice zone_choice; /* the words are zone_names (base/zone.h) */

struct question {
    int64_t id; /* coming in, 0: a new one */
    enum question_kind kind;
    const char *label;
    bool required;
    struct list options; /* texts, of a choice */
};
struct event_document {
    const char *label;
    const char *link;        /* NULL: it is a file */
    const struct file *file; /* NULL: it is a link */
};
extern const struct field question_fields[];       /* "Question" */
extern const struct field event_document_fields[]; /* "EventDocument" */

/* The same for everybody who sees it. */
struct event {
    int64_t id, club, parent;
    enum event_kind kind;
    const char *title, *description, *nodes;
    const char *organiser;    /* to be shown: the partner body, or the Club's name */
    const char *organisation; /* the partner body; NULL: the Club itself */
    struct list themes;       /* ids */
    enum event_scope scope;
    const char *region; /* NULL but for SCOPE_REGION */
    struct list clubs;  /* ids; empty for the network */
    uint32_t roles;     /* bit per enum role that may register; 0: all */
    bool is_public;
    int64_t starts_at, ends_at; /* UTC ms */
    int zone;                   /* index in zone_names */
    bool all_day;
    const char *address, *commune;
    const char *link;     /* NULL if there is none, or it is for those registered */
    const char *platform; /* of the link, shown or not: "Visio", "Zoom"... NULL if unknown */
    enum link_shown link_shown;
    enum registration_mode registration;
    int64_t capacity;    /* 0: no limit */
    int64_t deadline_at; /* 0: its start */
    int64_t hold_hours;
    struct list questions; /* struct question */
    enum event_state state;
    int64_t publish_at, published_at;
    const char *reason; /* of the cancellation */
    int64_t sequence;
    int64_t seated, waiting; /* as last told */
    int64_t channel;         /* 0: none yet */
    const char *replay;
    struct list documents; /* struct event_document */
    /* Of the last edit, publication or cancellation, not of a count: each makes it greater. Who
     * holds their own part fetches it again when it moves, for what they can do, and the link for
     * those registered, may have changed with it. */
    int64_t changed_at;
};
extern const struct field event_fields[]; /* "Event" */

/* Words of enum event_can (may.h). Time, seats and state are said by the event itself, to all
 * alike. */
extern const struct choice event_can_choice;

enum registration_state {
    REG_NONE, /* in no row: never had anything to do with it */
    REG_INVITED,
    REG_ASKED,   /* waits for approval */
    REG_WAITING, /* in the waiting list */
    REG_OFFERED, /* a seat is held for them until held_until */
    REG_SEATED,
    REG_REFUSED,
    REG_LAPSED, /* did not take the seat that was held */
    REG_CANCELLED
};
extern const struct choice registration_state_choice;

struct answer {
    int64_t question;
    const char *text; /* "oui" or "non" of a yes_no */
};
/* One person's own. */
struct event_mine {
    int64_t event;
    uint32_t can;
    enum registration_state registration;
    int64_t held_until;
    const char *link;    /* where it is for those registered: to who is seated, or manages */
    struct list answers; /* struct answer */
};
extern const struct field event_mine_fields[]; /* "EventMine" */
extern const struct field answer_fields[];     /* "Answer" */

/* Its documents in their order: a list of struct event_document. */
struct list event_documents(struct tx *tx, int64_t event);

/* false: there is none. */
bool event_load(struct tx *tx, int64_t id, struct event *out);
/* `person`'s own part, whether they may see the event or not. */
void event_mine_load(struct tx *tx, int64_t person, int64_t event, struct event_mine *out);

/* Conditions on e, an event, for ?1, a person. May they run it: administrators, animateurs of its
 * Club. May they see it: drafts are for who runs it, the rest for its Clubs' members, everybody
 * where it is the network's, and who has a registration. The one rule; may.c and every list use it.
 */
#define EVENT_RUN_BY                                                                               \
    "(EXISTS (SELECT 1 FROM person WHERE id = ?1 AND administrator = 1)"                           \
    " OR EXISTS (SELECT 1 FROM membership x WHERE x.person = ?1 AND x.club = e.club"               \
    " AND x.role = 'animateur' AND x.active = 1 AND x.channel IS NULL))"
#define EVENT_SEEN_BY                                                                              \
    "(" EVENT_RUN_BY " OR e.state != 'draft' AND (e.scope = 'network'"                             \
    " OR EXISTS (SELECT 1 FROM event_club a JOIN membership x ON x.club = a.club"                  \
    " WHERE a.event = e.id AND x.person = ?1 AND x.active = 1 AND x.channel IS NULL)"              \
    " OR EXISTS (SELECT 1 FROM registration r WHERE r.event = e.id AND r.person = ?1)))"

/* event.changed: told to everybody or to each Club it is announced to, and one by one to those from
 * elsewhere who have a registration or run it; a draft to each of those who run it. Who first gets
 * a registration from elsewhere is told it too, before registration.changed. event.gone: told to
 * who no longer sees it. */
extern const struct fact event_changed_fact, event_gone_fact;
/* registration.changed: one person's own part, to that person; the entity is the event. */
extern const struct fact registration_changed_fact;
#define EVENT_FACTS &event_changed_fact, &event_gone_fact

/* Notes event.changed for everybody who hears of the event now. */
void event_tell(struct tx *tx, int64_t event);
/* The packed audiences that event_tell() tells. Taken before the event is deleted or announced to
 * others, they are what event_tell_gone() compares with: it notes event.gone for those which hear
 * of it no more, and comes before event_tell(), for a person may be in both. */
void event_audiences(struct tx *tx, int64_t event, struct ids *out);
void event_tell_gone(struct tx *tx, int64_t event, const struct ids *before);

/* The people to whom its registrations matter, for notices: animateurs of its Club, and the
 * administrator who made it. */
void event_managers(struct tx *tx, int64_t event, struct ids *out);
/* All who may run it, for facts that only they hear: administrators too. */
void event_runners(struct tx *tx, int64_t event, struct ids *out);

/* Counts its seats within a second from now and tells them if they changed. */
void event_count_soon(struct tx *tx, int64_t event);
extern const struct command event_count_command;

#endif
