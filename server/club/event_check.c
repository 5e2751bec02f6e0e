/* The rules an event keeps to, whoever makes it. */
#include "base/str.h"
#include "base/zone.h"
#include "club/event_form.h"
#include "club/markdown.h"
#include "club/meeting_link.h"
#include "club/member.h"
#include "club/mentions.h"
#include "club/person.h"
#include "club/theme.h"

static enum err misfit(struct tx *tx, const char *field, const char *why)
{
    return tx_fail(tx, ERR_VALUE, field, why);
}

/* --- when ------------------------------------------------------------------------------------- */

static bool is_midnight(const struct event_form *form, int64_t at_ms)
{
    struct local_time local = zone_local(zone_find(zone_names[form->zone]), at_ms);
    return at_ms % MS_PER_SECOND == 0 && local.hour == 0 && local.minute == 0 && local.second == 0;
}

static enum err check_time(struct tx *tx, const struct event_form *form)
{
    const char *why = PHRASE("les journées entières vont de minuit à minuit, heure du lieu",
                             "whole days go from midnight to midnight, local time");
    if (form->ends_at <= form->starts_at) {
        return misfit(tx, "ends_at",
                      PHRASE("la fin vient après le début", "the end comes after the start"));
    }
    if (form->all_day && !is_midnight(form, form->starts_at)) {
        return misfit(tx, "starts_at", why);
    }
    if (form->all_day && !is_midnight(form, form->ends_at)) {
        return misfit(tx, "ends_at", why);
    }
    return ERR_NONE;
}

/* --- registration ----------------------------------------------------------------------------- */

SQL(is_registered, "SELECT 1 FROM registration WHERE event = ?1"
                   " AND state IN ('invited', 'asked', 'waiting', 'offered', 'seated') LIMIT 1");

/* Nothing of what goes with registrations makes sense without them. */
static enum err check_unregistered(struct tx *tx, int64_t event, const struct event_form *form)
{
    const char *field = form->capacity                        ? "capacity"
                        : form->deadline_at                   ? "deadline_at"
                        : form->questions.count > 0           ? "questions"
                        : form->link_shown == LINK_REGISTERED ? "link_shown"
                                                              : NULL;
    if (field) {
        return misfit(
            tx, field,
            PHRASE("on ne s'inscrit pas à cet événement", "one does not register for this event"));
    }
    if (event && db_int(tx->db, &is_registered, 0, event)) {
        return misfit(
            tx, "registration",
            PHRASE("des personnes sont déjà inscrites", "people have registered already"));
    }
    return ERR_NONE;
}

static enum err check_registration(struct tx *tx, int64_t event, const struct event_form *form)
{
    if (form->registration == REGISTRATION_NONE) {
        return check_unregistered(tx, event, form);
    }
    if (form->deadline_at > form->starts_at) {
        return misfit(tx, "deadline_at",
                      PHRASE("les inscriptions se terminent avant le début",
                             "registrations end before the start"));
    }
    if (form->link_shown == LINK_REGISTERED && !form->link) {
        return misfit(tx, "link_shown", PHRASE("il n'y a pas de lien", "there is no link"));
    }
    return ERR_NONE;
}

/* --- questions -------------------------------------------------------------------------------- */

static enum err misfit_question(struct tx *tx, size_t index, const char *why)
{
    return misfit(tx, arena_printf(tx->arena, "questions[%zu]", index), why);
}

static bool has_twice(const struct list *texts)
{
    const char *const *items = texts->items;
    for (size_t i = 1; i < texts->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (str_equal(items[i], items[j])) {
                return true;
            }
        }
    }
    return false;
}

static const char *options_misfit(const struct question *question)
{
    if (question->kind != QUESTION_CHOICE) {
        return question->options.count > 0
                   ? PHRASE("seule une question à choix a des réponses toutes faites",
                            "only a choice has answers to choose from")
                   : NULL;
    }
    if (question->options.count < 2) {
        return PHRASE("un choix se fait entre deux réponses au moins",
                      "a choice is between two answers at least");
    }
    return has_twice(&question->options)
               ? PHRASE("la même réponse y est deux fois", "the same answer is there twice")
               : NULL;
}

static bool id_came_before(const struct question *questions, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (questions[i].id == questions[index].id) {
            return true;
        }
    }
    return false;
}

SQL(kind_of_question, "SELECT kind FROM question WHERE id = ?1 AND event = ?2");
SQL(is_answered, "SELECT 1 FROM answer WHERE question = ?1 LIMIT 1");

/* One that comes with its id is the event's own, and stays of its kind once it was answered. */
static enum err check_known_question(struct tx *tx, int64_t event, const struct event_form *form,
                                     size_t index)
{
    const struct question *questions = form->questions.items, *question = &questions[index];
    const char *kind = db_text(tx->db, &kind_of_question, tx->arena, question->id, event);
    if (!kind || id_came_before(questions, index)) {
        return tx_fail(tx, ERR_NOT_FOUND, arena_printf(tx->arena, "questions[%zu].id", index),
                       NULL);
    }
    if (!str_equal(kind, question_kind_choice.words[question->kind]) &&
        db_int(tx->db, &is_answered, 0, question->id)) {
        return misfit_question(tx, index,
                               PHRASE("on y a déjà répondu : posez une autre question",
                                      "it was answered already: ask another question"));
    }
    return ERR_NONE;
}

static enum err check_questions(struct tx *tx, int64_t event, const struct event_form *form)
{
    const struct question *questions = form->questions.items;
    for (size_t i = 0; i < form->questions.count; i++) {
        const char *why = options_misfit(&questions[i]);
        if (why) {
            return misfit_question(tx, i, why);
        }
        enum err err = questions[i].id ? check_known_question(tx, event, form, i) : ERR_NONE;
        if (err) {
            return err;
        }
    }
    return ERR_NONE;
}

/* --- links ------------------------------------------------------------------------------------ */

static enum err check_link(struct tx *tx, const char *field, const char *link)
{
    const char *platform;
    return link ? meeting_link_check(link, field, &platform, tx->problem) : ERR_NONE;
}

static enum err check_links(struct tx *tx, const struct event_form *form)
{
    enum err err = check_link(tx, "link", form->link);
    if (!err) {
        err = check_link(tx, "replay", form->replay);
    }
    if (!err && form->description) {
        err = meeting_link_check_text(form->description, "description", tx->problem);
    }
    return err ? err : event_documents_check(tx, &form->documents);
}

/* --- the week it is part of ------------------------------------------------------------------- */

SQL(parent_row, "SELECT kind = 'semaine', starts_at, ends_at FROM event"
                " WHERE id = ?1 AND club = ?2 AND id <> ?3");

static enum err check_parent(struct tx *tx, int64_t club, int64_t event,
                             const struct event_form *form)
{
    struct rows rows = db_select(tx->db, &parent_row, form->parent, club, event);
    if (!rows_next(&rows)) {
        return tx_fail(tx, ERR_NOT_FOUND, "parent", NULL);
    }
    bool is_week = rows_int(&rows, 0) != 0;
    bool holds = rows_int(&rows, 1) <= form->starts_at && form->ends_at <= rows_int(&rows, 2);
    rows_end(&rows);
    if (!is_week) {
        return misfit(tx, "parent",
                      PHRASE("ce n'est pas une semaine thématique", "it is no thematic week"));
    }
    if (form->kind == EVENT_SEMAINE) {
        return misfit(tx, "parent",
                      PHRASE("une semaine thématique n'en contient pas d'autre",
                             "a thematic week contains no other"));
    }
    return holds ? ERR_NONE
                 : misfit(tx, "parent",
                          PHRASE("l'événement doit tenir dans les dates de la semaine",
                                 "the event must lie within the week"));
}

SQL(has_children, "SELECT 1 FROM event WHERE parent = ?1 LIMIT 1");
SQL(has_child_outside, "SELECT 1 FROM event WHERE parent = ?1 AND (starts_at < ?2 OR ends_at > ?3)"
                       " LIMIT 1");

static enum err check_children(struct tx *tx, int64_t event, const struct event_form *form)
{
    if (form->kind != EVENT_SEMAINE && db_int(tx->db, &has_children, 0, event)) {
        return misfit(tx, "kind", PHRASE("des événements en font partie", "events are part of it"));
    }
    if (db_int(tx->db, &has_child_outside, 0, event, form->starts_at, form->ends_at)) {
        return misfit(tx, "ends_at",
                      PHRASE("un événement de la semaine tombe hors de ces dates",
                             "an event of the week falls outside"));
    }
    return ERR_NONE;
}

static enum err check_week(struct tx *tx, int64_t club, int64_t event,
                           const struct event_form *form)
{
    enum err err = form->parent ? check_parent(tx, club, event, form) : ERR_NONE;
    return err || !event ? err : check_children(tx, event, form);
}

/* --- to whom ---------------------------------------------------------------------------------- */

SQL(region_is_known, "SELECT 1 FROM departement WHERE region = ?1 LIMIT 1");
SQL(clubs_of_region, "SELECT k.id FROM club k JOIN departement d ON d.code = k.departement"
                     " WHERE d.region = ?1");
SQL(clubs_of_event, "SELECT club FROM event_club WHERE event = ?1");
SQL(unknown_club, "SELECT 1 FROM json_each(?1) WHERE value NOT IN (SELECT id FROM club) LIMIT 1");

static enum err find_clubs(struct tx *tx, const struct event_form *form, struct ids *clubs)
{
    if (form->scope == SCOPE_REGION) {
        if (!db_int(tx->db, &region_is_known, 0, form->region)) {
            return tx_fail(tx, ERR_NOT_FOUND, "region", NULL);
        }
        ids_read(tx, db_select(tx->db, &clubs_of_region, form->region), clubs);
    }
    ids_add(tx, &form->clubs, clubs);
    return db_int(tx->db, &unknown_club, 0, ids_json(tx, clubs))
               ? tx_fail(tx, ERR_NOT_FOUND, "clubs", NULL)
               : ERR_NONE;
}

/* Each scope comes with what it needs, and nothing else. */
static enum err check_scope(struct tx *tx, const struct event_form *form)
{
    bool of_region = form->scope == SCOPE_REGION, of_clubs = form->scope == SCOPE_CLUBS;
    const char *why =
        PHRASE("l'événement n'est pas annoncé ainsi", "it is not announced like this");
    if (of_region != (form->region != NULL)) {
        return of_region ? tx_fail(tx, ERR_MISSING, "region", NULL) : misfit(tx, "region", why);
    }
    if (of_clubs != (form->clubs.count > 0)) {
        return of_clubs ? tx_fail(tx, ERR_MISSING, "clubs", NULL) : misfit(tx, "clubs", why);
    }
    return ERR_NONE;
}

SQL(national_club, "SELECT id FROM club WHERE kind = 'national'");
SQL(heard_before, "SELECT 1 FROM event WHERE id = ?1 AND (scope = 'network' OR EXISTS"
                  " (SELECT 1 FROM event_club WHERE event = ?1 AND club = ?2))");

/* The first of these Clubs that the actor may not announce to; 0: none. `event` 0: that it was
 * announced to before does not count. */
static int64_t club_not_to_tell(struct tx *tx, int64_t event, const struct ids *clubs)
{
    for (size_t i = 0; i < clubs->count; i++) {
        int64_t club = clubs->items[i];
        if (!(may_in_club(tx, club) & CAN_MANAGE) &&
            !db_int(tx->db, &heard_before, 0, event, club)) {
            return club;
        }
    }
    return 0;
}

/* A Club that is named and not seen is as one that does not exist; a region is known to all. */
static enum err may_announce(struct tx *tx, int64_t event, enum event_scope scope,
                             const struct ids *clubs)
{
    if (may_in_club(tx, db_int(tx->db, &national_club, 0)) & CAN_MANAGE) {
        return ERR_NONE;
    }
    if (clubs->count == 0) {
        return db_int(tx->db, &heard_before, 0, event, 0)
                   ? ERR_NONE
                   : tx_fail(tx, ERR_FORBIDDEN, "scope", NULL);
    }
    int64_t club = club_not_to_tell(tx, event, clubs);
    if (club && scope == SCOPE_REGION) {
        return tx_fail(tx, ERR_FORBIDDEN, "region", NULL);
    }
    return club ? tx_fail(tx, may_in_club(tx, club) ? ERR_FORBIDDEN : ERR_NOT_FOUND, "clubs", NULL)
                : ERR_NONE;
}

SQL(scope_of, "SELECT scope FROM event WHERE id = ?1");

enum err event_may_announce(struct tx *tx, int64_t event)
{
    struct ids clubs = {0};
    const char *scope = db_text(tx->db, &scope_of, tx->arena, event);
    ids_read(tx, db_select(tx->db, &clubs_of_event, event), &clubs);
    return may_announce(tx, 0, (enum event_scope)choice_index(&event_scope_choice, scope), &clubs);
}

static enum err check_audience(struct tx *tx, int64_t event, const struct event_form *form,
                               struct ids *clubs)
{
    enum err err = check_scope(tx, form);
    if (!err) {
        err = find_clubs(tx, form, clubs);
    }
    return err ? err : may_announce(tx, event, form->scope, clubs);
}

/* --- words ------------------------------------------------------------------------------------ */

/* Everybody may read them: they name towns, but call nobody. */
static enum err check_words(struct tx *tx, const struct event_form *form, struct event_plan *plan)
{
    struct markdown_world world = mentions_nobody(tx);
    struct markdown text = {.nodes = "[]"};
    if (!str_is_blank(form->description)) {
        enum err err =
            markdown_parse(form->description, "description", &world, tx->arena, &text, tx->problem);
        if (err) {
            return err;
        }
    }
    enum err err = themes_check(tx, &form->themes);
    if (err) {
        return err;
    }
    plan->nodes = text.nodes;
    plan->organisation =
        organisation_of(tx, form->organisation ? person_name(tx, form->organisation) : NULL);
    return ERR_NONE;
}

enum err event_check(struct tx *tx, int64_t club, int64_t event, const struct event_form *form,
                     struct event_plan *plan)
{
    *plan = (struct event_plan){0};
    enum err err = check_time(tx, form);
    if (!err) {
        err = check_registration(tx, event, form);
    }
    if (!err) {
        err = check_questions(tx, event, form);
    }
    if (!err) {
        err = check_links(tx, form);
    }
    if (!err) {
        err = check_week(tx, club, event, form);
    }
    if (!err) {
        err = check_audience(tx, event, form, &plan->clubs);
    }
    return err ? err : check_words(tx, form, plan);
}
