/* How a resource looks on the wire. */
#include "club/resource.h"

/* --- words ------------------------------------------------------------------------------------ */

static const char *const kind_words[] = {RESOURCE_KIND_WORDS, NULL};
const struct choice resource_kind_choice = {"ResourceKind", kind_words};
static const char *const filter_words[] = {"any", RESOURCE_KIND_WORDS, NULL};
const struct choice resource_filter_choice = {"ResourceKindFilter", filter_words};
static const char *const state_words[] = {RESOURCE_STATE_WORDS, NULL};
const struct choice resource_state_choice = {"ResourceState", state_words};
static const char *const licence_words[] = {"lo_2_0",   "cc0",         "cc_by",    "cc_by_sa",
                                            "cc_by_nc", "cc_by_nc_sa", "cc_by_nd", "cc_by_nc_nd",
                                            "interne",  "inconnue",    NULL};
const struct choice licence_choice = {"Licence", licence_words};
static const char *const territory_words[] = {"town", "commune", "epci", "departement", NULL};
const struct choice territory_kind_choice = {"TerritoryKind", territory_words};
static const char *const can_words[] = {"see", "edit", "keep", NULL};
const struct choice resource_can_choice = {"ResourceCan", can_words};
static const char *const shelf_words[] = {"see", "write", "keep", NULL};
const struct choice shelf_can_choice = {"ShelfCan", shelf_words};

const char *resource_kind_name(enum resource_kind kind)
{
    static const char *const names[] = {
        [RESOURCE_REFERENCE] = "Document de référence",
        [RESOURCE_MODELE] = "Modèle",
        [RESOURCE_GUIDE] = "Guide",
        [RESOURCE_FICHE_PROJET] = "Fiche-projet",
        [RESOURCE_PODCAST] = "Podcast",
        [RESOURCE_REPLAY] = "Replay",
        [RESOURCE_LIEN] = "Lien",
        [RESOURCE_PUBLICATION] = "Publication",
    };
    return names[kind];
}

/* --- parts ------------------------------------------------------------------------------------ */

const struct field territory_fields[] = {
    FIELD_CHOICE(struct territory, kind, &territory_kind_choice, "What it is"),
    FIELD_LINE(struct territory, code, 1, LIMIT_CODE_CHARS,
               "Its code: of a town its key, an INSEE code, a SIREN, of a département"),
    FIELD_LINE_OPT(struct territory, name, 1, LIMIT_LABEL_CHARS,
                   "Its name, to be shown; coming in, it is not looked at"),
    FIELD_END,
};
const struct field edition_fields[] = {
    FIELD_INT(struct edition, number, 1, LIMIT_EDITIONS, "Its number, from 1"),
    FIELD_LINE_OPT(struct edition, note, 1, LIMIT_PURPOSE_CHARS, "What changed"),
    FIELD_LINE_OPT(struct edition, link, 1, LIMIT_LINK_CHARS, "Where it is, outside"),
    FIELD_OBJECT_OPT(struct edition, file, file, file_fields, "Its file"),
    FIELD_TIME(struct edition, at, "When it came"),
    FIELD_END,
};
static const struct field funder_fields[] = {
    FIELD_LINE(struct funder, name, 1, LIMIT_NAME_CHARS, "Who"),
    FIELD_INT_OPT(struct funder, amount, 0, LIMIT_EUROS, "Euros; absent: not said"),
    FIELD_END,
};
const struct field fiche_fields[] = {
    FIELD_INT_OPT(struct fiche, cost, 0, LIMIT_EUROS, "Euros, all taxes out; absent: not said"),
    FIELD_LIST_OPT(struct fiche, funders, funder, funder_fields, 0, LIMIT_FUNDERS, "Who paid"),
    FIELD_TEXT_OPT(struct fiche, calendar, 0, LIMIT_FICHE_CHARS, "Its steps and their dates"),
    FIELD_TEXT_OPT(struct fiche, partners, 0, LIMIT_FICHE_CHARS, "Who worked on it together"),
    FIELD_TEXT_OPT(struct fiche, lessons, 0, LIMIT_FICHE_CHARS,
                   "What they would do again, and what not"),
    FIELD_ID_OPT(struct fiche, post, "Post to ask: whoever holds it"),
    FIELD_LINE_OPT(struct fiche, post_label, 1, LIMIT_LABEL_CHARS,
                   "That post, to be shown; coming in, it is not looked at"),
    FIELD_END,
};

/* --- the whole -------------------------------------------------------------------------------- */

const struct field resource_fields[] = {
    FIELD_ID(struct resource, id, "Resource"),
    FIELD_ID(struct resource, club, "Club whose shelf it is on"),
    FIELD_CHOICE(struct resource, kind, &resource_kind_choice, "What kind of resource it is"),
    FIELD_LINE(struct resource, title, 1, LIMIT_TITLE_CHARS, "Title"),
    FIELD_TEXT(struct resource, summary, 0, LIMIT_BODY_CHARS, "Markdown as typed"),
    FIELD_JSON(struct resource, nodes, "Nodes", "The summary to show"),
    FIELD_LINE_OPT(struct resource, organisation, 1, LIMIT_NAME_CHARS,
                   "Who made it; absent: the Club"),
    FIELD_IDS_OPT(struct resource, themes, 0, LIMIT_RESOURCE_THEMES, "Themes"),
    FIELD_LIST_OPT(struct resource, territories, territory, territory_fields, 0, LIMIT_TERRITORIES,
                   "Where it is about; none: everywhere"),
    FIELD_LINE_OPT(struct resource, dated_on, 4, 10, "Date of the work: a year, a month or a day"),
    FIELD_CHOICE(struct resource, licence, &licence_choice, "What one may do with it"),
    FIELD_LINE_OPT(struct resource, source, 1, LIMIT_TITLE_CHARS, "Where it comes from"),
    FIELD_LINE_OPT(struct resource, source_link, 1, LIMIT_LINK_CHARS, "Where that is"),
    FIELD_BOOL(struct resource, is_public, "Shown to everybody, logged in or not"),
    FIELD_CHOICE(struct resource, state, &resource_state_choice, "Where it stands"),
    FIELD_TEXT_OPT(struct resource, remark, 1, LIMIT_REASON_CHARS,
                   "What a reviewer asks for, until it is published; why it was withdrawn"),
    FIELD_TIME_OPT(struct resource, proposed_at, "When it was last proposed"),
    FIELD_TIME_OPT(struct resource, publish_at, "When it will be published"),
    FIELD_TIME_OPT(struct resource, published_at, "When it was first published"),
    FIELD_INT(struct resource, edition, 1, LIMIT_EDITIONS, "Number of the edition in force"),
    FIELD_LIST(struct resource, editions, edition, edition_fields, 1, LIMIT_EDITIONS,
               "Its editions, the newest first"),
    FIELD_OBJECT_OPT(struct resource, fiche, fiche, fiche_fields, "Of a fiche-projet"),
    FIELD_TIME(struct resource, changed_at,
               "Last change: what one can do with it is then to be fetched again"),
    FIELD_END,
};
