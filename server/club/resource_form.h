/* What is said of a resource: the fields that resource.create and resource.update share, the rules
 * they must keep, and the rows they become.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_RESOURCE_FORM_H
#define BEFFROI_CLUB_RESOURCE_FORM_H

#include "club/resource.h"

/* Commands begin with the id of their object, so that one struct serves both: resource.create has
 * the Club, its first edition, its source in a conversation and a nonce; resource.update the
 * resource. */
struct resource_form {
    int64_t club, resource;
    const char *nonce;
    const char *file, *link;
    int64_t source_message;
    enum resource_kind kind;
    const char *title, *summary, *organisation;
    struct list themes;      /* ids */
    struct list territories; /* struct territory */
    const char *dated_on;
    enum licence licence;
    const char *source, *source_link;
    bool is_public;
    const struct fiche *fiche;
};

/* clang-format off: rows of a table */
#define RESOURCE_FORM_FIELDS                                                                       \
    FIELD_CHOICE(struct resource_form, kind, &resource_kind_choice, "What it is"),                 \
        FIELD_LINE(struct resource_form, title, 1, LIMIT_TITLE_CHARS, "Title"),                    \
        FIELD_TEXT_OPT(struct resource_form, summary, 0, LIMIT_BODY_CHARS, "Markdown"),            \
        FIELD_LINE_OPT(struct resource_form, organisation, 1, LIMIT_NAME_CHARS,                    \
                       "Who made it; absent: the Club"),                                           \
        FIELD_IDS_OPT(struct resource_form, themes, 0, LIMIT_RESOURCE_THEMES, "Themes"),           \
        FIELD_LIST_OPT(struct resource_form, territories, territory, territory_fields, 0,          \
                       LIMIT_TERRITORIES, "Where it is about; absent: everywhere"),                \
        FIELD_LINE_OPT(struct resource_form, dated_on, 4, 10,                                      \
                       "Date of the work: \"2026\", \"2026-03\" or \"2026-03-17\""),               \
        FIELD_CHOICE(struct resource_form, licence, &licence_choice, "What one may do with it"),   \
        FIELD_LINE_OPT(struct resource_form, source, 1, LIMIT_TITLE_CHARS, "Where it comes from"), \
        FIELD_LINE_OPT(struct resource_form, source_link, 1, LIMIT_LINK_CHARS, "Where that is"),   \
        FIELD_BOOL_OPT(struct resource_form, is_public,                                            \
                       "Shown to everybody once published; for who keeps the shelf to say"),       \
        FIELD_OBJECT_OPT(struct resource_form, fiche, fiche, fiche_fields, "Of a fiche-projet")
/* clang-format on */

/* What the rules found out on their way. */
struct resource_plan {
    const char *nodes;    /* of the summary */
    int64_t organisation; /* its id, 0: none */
};

/* Keeps a form to the rules, or tx_fail() with the field at fault. `keeps`: the actor keeps the
 * shelf; `was_public`: it is public already. */
enum err resource_check(struct tx *tx, const struct resource_form *form, bool keeps,
                        bool was_public, struct resource_plan *plan);
/* In place of what the resource said of itself; its editions stay. */
void resource_rewrite(struct tx *tx, int64_t resource, const struct resource_form *form,
                      const struct resource_plan *plan);

#endif
