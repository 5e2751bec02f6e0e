/* What an organiser says of an event: the fields that event.create and event.update share, the
 * rules they must keep, and the rows they become.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_EVENT_FORM_H
#define BEFFROI_CLUB_EVENT_FORM_H

#include "club/event.h"

/* Commands begin with the id of their object, so that one struct serves both: event.create has the
 * Club and a nonce, event.update the event. */
struct event_form {
    int64_t club, event;
    const char *nonce;
    enum event_kind kind;
    const char *title, *description;
    const char *organisation; /* NULL: the Club itself */
    int64_t parent;
    struct list themes;
    enum event_scope scope;
    const char *region;
    struct list clubs;
    uint32_t roles;
    bool is_public;
    int64_t starts_at, ends_at;
    int zone; /* index into zone_names */
    bool all_day;
    const char *address, *commune, *link;
    enum link_shown link_shown;
    enum registration_mode registration;
    int64_t capacity, deadline_at, hold_hours;
    struct list questions; /* struct question */
    struct list documents; /* struct event_document_in */
    const char *replay;
};

/* A document as it is given: a link, or a file by its key. */
struct event_document_in {
    const char *label, *link, *file;
};
extern const struct field event_document_in_fields[];

/* clang-format off: rows of a table */
#define EVENT_FORM_FIELDS                                                                          \
    FIELD_CHOICE(struct event_form, kind, &event_kind_choice, "What it is"),                       \
        FIELD_LINE(struct event_form, title, 1, LIMIT_TITLE_CHARS, "Title"),                       \
        FIELD_TEXT_OPT(struct event_form, description, 0, LIMIT_BODY_CHARS, "Markdown"),           \
        FIELD_LINE_OPT(struct event_form, organisation, 1, LIMIT_NAME_CHARS,                       \
                       "Partner body that organises it; absent: the Club"),                        \
        FIELD_ID_OPT(struct event_form, parent,                                                    \
                     "Semaine thématique of the same Club that it is part of"),                    \
        FIELD_IDS_OPT(struct event_form, themes, 0, LIMIT_EVENT_THEMES, "Themes"),                 \
        FIELD_CHOICE(struct event_form, scope, &event_scope_choice, "To whom it is announced"),    \
        FIELD_LINE_OPT(struct event_form, region, 1, LIMIT_NAME_CHARS,                             \
                       "Region, of scope \"region\""),                                             \
        FIELD_IDS_OPT(struct event_form, clubs, 0, LIMIT_EVENT_CLUBS,                              \
                      "Clubs, of scope \"clubs\""),                                                \
        FIELD_WORDS_OPT(struct event_form, roles, &role_choice,                                    \
                        "Roles among them that may register; absent: all"),                        \
        FIELD_BOOL_OPT(struct event_form, is_public, "Told to everybody, in the public feed"),     \
        FIELD_TIME(struct event_form, starts_at,                                                   \
                   "Start; of whole days, the first midnight there"),                              \
        FIELD_TIME(struct event_form, ends_at, "End; of whole days, the midnight after the last"), \
        FIELD_CHOICE(struct event_form, zone, &zone_choice, "Time zone of the place"),             \
        FIELD_BOOL_OPT(struct event_form, all_day, "Whole days"),                                  \
        FIELD_LINE_OPT(struct event_form, address, 0, LIMIT_PLACE_CHARS, "Place and street"),      \
        FIELD_LINE_OPT(struct event_form, commune, 0, LIMIT_PLACE_CHARS, "Commune"),               \
        FIELD_LINE_OPT(struct event_form, link, 1, LIMIT_LINK_CHARS,                               \
                       "Where to meet on the network"),                                            \
        FIELD_CHOICE_OPT(struct event_form, link_shown, &link_shown_choice,                        \
                         "To whom that is shown"),                                                 \
        FIELD_CHOICE(struct event_form, registration, &registration_mode_choice,                   \
                     "How one registers"),                                                         \
        FIELD_INT_OPT(struct event_form, capacity, 1, LIMIT_EVENT_CAPACITY,                        \
                      "Seats; absent: no limit"),                                                  \
        FIELD_TIME_OPT(struct event_form, deadline_at, "Of registrations; absent: its start"),     \
        FIELD_INT_OR(struct event_form, hold_hours, 1, LIMIT_HOLD_HOURS, EVENT_HOLD_HOURS,         \
                     "How long a freed seat is held for who was waiting"),                         \
        FIELD_LIST_OPT(struct event_form, questions, question, question_fields, 0,                 \
                       LIMIT_EVENT_QUESTIONS, "Asked of who registers; one that has an id stays"), \
        FIELD_LIST_OPT(struct event_form, documents, event_document_in, event_document_in_fields,  \
                       0, LIMIT_EVENT_DOCUMENTS, "Documents to read before or after"),             \
        FIELD_LINE_OPT(struct event_form, replay, 1, LIMIT_LINK_CHARS, "Link to the recording")
/* clang-format on */
#define EVENT_HOLD_HOURS 48

/* What the rules found out on their way. */
struct event_plan {
    const char *nodes;    /* of the description */
    int64_t organisation; /* its id, 0: none */
    struct ids clubs;     /* it is announced to; empty for the network */
};

/* Keeps a form to the rules, or tx_fail() with the field at fault. `club` runs the event; `event`
 * is 0 for a new one. What an event has been announced to already needs no right to be kept. */
enum err event_check(struct tx *tx, int64_t club, int64_t event, const struct event_form *form,
                     struct event_plan *plan);
/* The same of all that an event is announced to, before it is published: one announces to Clubs one
 * manages, and those who manage the national Club to all. tx_fail() where that is not so. */
enum err event_may_announce(struct tx *tx, int64_t event);

/* The rows of a new draft. Like event_rewrite() it fails only for a file that cannot be had. */
enum err event_insert(struct tx *tx, int64_t club, const struct event_form *form,
                      const struct event_plan *plan, int64_t *id_out);
/* In place of those it had. Questions that come with their id keep their answers. */
enum err event_rewrite(struct tx *tx, int64_t event, const struct event_form *form,
                       const struct event_plan *plan);

/* Each is a link that may be shown, or a file. */
enum err event_documents_check(struct tx *tx, const struct list *documents);
/* In place of those the event had; what files_place() says of a file. */
enum err event_documents_write(struct tx *tx, int64_t event, const struct list *documents);
void event_documents_drop(struct tx *tx, int64_t event);
void event_documents_copy(struct tx *tx, int64_t from, int64_t to);

#endif
