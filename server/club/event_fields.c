/* How an event and one person's own part of it look on the wire. */
#include "base/zone.h"
#include "club/event.h"

/* --- words ------------------------------------------------------------------------------------ */

static const char *const kind_words[] = {EVENT_KIND_WORDS, NULL};
const struct choice event_kind_choice = {"EventKind", kind_words};
static const char *const scope_words[] = {"network", "region", "clubs", NULL};
const struct choice event_scope_choice = {"EventScope", scope_words};
static const char *const mode_words[] = {"none", "open", "approval", "invitation", NULL};
const struct choice registration_mode_choice = {"RegistrationMode", mode_words};
static const char *const state_words[] = {"draft", "published", "cancelled", NULL};
const struct choice event_state_choice = {"EventState", state_words};
static const char *const shown_words[] = {"all", "registered", NULL};
const struct choice link_shown_choice = {"LinkShown", shown_words};
static const char *const question_words[] = {"text", "choice", "yes_no", NULL};
const struct choice question_kind_choice = {"QuestionKind", question_words};
static const char *const can_words[] = {"see", "register", "manage", NULL};
const struct choice event_can_choice = {"EventCan", can_words};
static const char *const registration_words[] = {"none",      "invited", "asked",   "waiting",
                                                 "offered",   "seated",  "refused", "lapsed",
                                                 "cancelled", NULL};
const struct choice registration_state_choice = {"RegistrationState", registration_words};
const struct choice zone_choice = {"Zone", zone_names};

/* --- what is shared --------------------------------------------------------------------------- */

const struct field question_fields[] = {
    FIELD_ID_OPT(struct question, id, "Question; coming in, absent: a new one"),
    FIELD_CHOICE(struct question, kind, &question_kind_choice, "How it is answered"),
    FIELD_LINE(struct question, label, 1, LIMIT_TITLE_CHARS, "What is asked"),
    FIELD_BOOL(struct question, required, "One registers only with an answer to it"),
    FIELD_TEXTS_OPT(struct question, options, 0, LIMIT_QUESTION_OPTIONS, "Answers of a choice"),
    FIELD_END,
};

const struct field event_fields[] = {
    FIELD_ID(struct event, id, "Event"),
    FIELD_ID(struct event, club, "Club whose animateurs run it"),
    FIELD_ID_OPT(struct event, parent, "Thematic week it is part of"),
    FIELD_CHOICE(struct event, kind, &event_kind_choice, "What kind of event it is"),
    FIELD_LINE(struct event, title, 1, LIMIT_TITLE_CHARS, "Title"),
    FIELD_TEXT(struct event, description, 0, LIMIT_BODY_CHARS, "Markdown as typed"),
    FIELD_JSON(struct event, nodes, "Nodes", "The description to show"),
    FIELD_LINE(struct event, organiser, 1, LIMIT_NAME_CHARS, "Who organises it, to be shown"),
    FIELD_LINE_OPT(struct event, organisation, 1, LIMIT_NAME_CHARS,
                   "Partner body that organises it; absent: the Club itself"),
    FIELD_IDS_OPT(struct event, themes, 0, LIMIT_EVENT_THEMES, "Themes"),
    FIELD_CHOICE(struct event, scope, &event_scope_choice, "To whom it is announced"),
    FIELD_LINE_OPT(struct event, region, 1, LIMIT_NAME_CHARS, "Region it is announced to"),
    FIELD_IDS_OPT(struct event, clubs, 0, LIMIT_EVENT_CLUBS,
                  "Clubs it is announced to, those of a region written out; none for the network"),
    FIELD_WORDS(struct event, roles, &role_choice, "Who may register; none: everybody"),
    FIELD_BOOL(struct event, is_public, "Told to everybody, logged in or not"),
    FIELD_TIME(struct event, starts_at, "Start"),
    FIELD_TIME(struct event, ends_at, "End; midnight after the last of whole days"),
    FIELD_CHOICE(struct event, zone, &zone_choice, "Time zone its hours are told in"),
    FIELD_BOOL(struct event, all_day, "Whole days, from midnight to midnight in its zone"),
    FIELD_LINE_OPT(struct event, address, 1, LIMIT_PLACE_CHARS, "Where it takes place"),
    FIELD_LINE_OPT(struct event, commune, 1, LIMIT_PLACE_CHARS, "Commune it takes place in"),
    FIELD_LINE_OPT(struct event, link, 1, LIMIT_LINK_CHARS,
                   "Meeting link; absent if there is none, or it is for those registered"),
    FIELD_LINE_OPT(struct event, platform, 1, LIMIT_NAME_CHARS,
                   "Video service of its link, shown or not"),
    FIELD_CHOICE(struct event, link_shown, &link_shown_choice, "To whom the link is shown"),
    FIELD_CHOICE(struct event, registration, &registration_mode_choice, "How one registers"),
    FIELD_INT_OPT(struct event, capacity, 1, LIMIT_EVENT_CAPACITY, "Seats; absent: no limit"),
    FIELD_TIME_OPT(struct event, deadline_at, "Registrations close; absent: as it starts"),
    FIELD_INT(struct event, hold_hours, 1, LIMIT_HOLD_HOURS,
              "Hours a freed seat is held for who was waiting"),
    FIELD_LIST_OPT(struct event, questions, question, question_fields, 0, LIMIT_EVENT_QUESTIONS,
                   "What who registers is asked"),
    FIELD_CHOICE(struct event, state, &event_state_choice, "Where it stands"),
    FIELD_TIME_OPT(struct event, publish_at, "When a draft will be published"),
    FIELD_TIME_OPT(struct event, published_at, "When it was published"),
    FIELD_TEXT_OPT(struct event, reason, 1, LIMIT_BODY_CHARS, "Why it was cancelled"),
    FIELD_INT(struct event, sequence, 0, INT64_MAX, "Times its hour or place changed"),
    FIELD_INT(struct event, seated, 0, INT64_MAX, "Seats taken or held, as last told"),
    FIELD_INT(struct event, waiting, 0, INT64_MAX, "People waiting for one, as last told"),
    FIELD_ID_OPT(struct event, channel, "Its channel, once published"),
    FIELD_LINE_OPT(struct event, replay, 1, LIMIT_LINK_CHARS, "Link to the recording"),
    FIELD_LIST_OPT(struct event, documents, event_document, event_document_fields, 0,
                   LIMIT_EVENT_DOCUMENTS, "What to read before or after"),
    FIELD_TIME(struct event, changed_at,
               "Last change but of the seats: one's own part is then to be fetched again"),
    FIELD_END,
};

/* --- what is one's own ------------------------------------------------------------------------ */

const struct field answer_fields[] = {
    FIELD_ID(struct answer, question, "Question"),
    FIELD_TEXT(struct answer, text, 0, LIMIT_ANSWER_CHARS,
               "Answer; \"oui\" or \"non\" to a yes_no"),
    FIELD_END,
};
const struct field event_mine_fields[] = {
    FIELD_ID(struct event_mine, event, "Event"),
    FIELD_WORDS(struct event_mine, can, &event_can_choice, "What the person can do with it"),
    FIELD_CHOICE(struct event_mine, registration, &registration_state_choice,
                 "Where their registration stands"),
    FIELD_TIME_OPT(struct event_mine, held_until, "Until when their seat is held"),
    FIELD_LINE_OPT(struct event_mine, link, 1, LIMIT_LINK_CHARS,
                   "Meeting link where it is for those registered"),
    FIELD_LIST_OPT(struct event_mine, answers, answer, answer_fields, 0, LIMIT_EVENT_QUESTIONS,
                   "Their answers"),
    FIELD_END,
};
