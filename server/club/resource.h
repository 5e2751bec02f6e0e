/* A resource of the library, its editions, and who sees them.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_RESOURCE_H
#define BEFFROI_CLUB_RESOURCE_H

#include "club/command.h"
#include "club/file.h"
#include "club/ids.h"

enum resource_kind {
    RESOURCE_REFERENCE,
    RESOURCE_MODELE,
    RESOURCE_GUIDE,
    RESOURCE_FICHE_PROJET,
    RESOURCE_PODCAST,
    RESOURCE_REPLAY,
    RESOURCE_LIEN,
    RESOURCE_PUBLICATION
};
/* The words of enum resource_kind, in its order. */
#define RESOURCE_KIND_WORDS                                                                        \
    "reference", "modele", "guide", "fiche_projet", "podcast", "replay", "lien", "publication"
/* Those of enum resource_state (may.h). */
#define RESOURCE_STATE_WORDS "draft", "proposed", "returned", "scheduled", "published", "withdrawn"
enum licence {
    LICENCE_LO_2_0,
    LICENCE_CC0,
    LICENCE_CC_BY,
    LICENCE_CC_BY_SA,
    LICENCE_CC_BY_NC,
    LICENCE_CC_BY_NC_SA,
    LICENCE_CC_BY_ND,
    LICENCE_CC_BY_NC_ND,
    LICENCE_INTERNE,
    LICENCE_INCONNUE
};
enum territory_kind { TERRITORY_TOWN, TERRITORY_COMMUNE, TERRITORY_EPCI, TERRITORY_DEPARTEMENT };
/* Of a list: 0, any kind; else enum resource_kind + 1. */
extern const struct choice resource_filter_choice;
/* "Fiche-projet" */
const char *resource_kind_name(enum resource_kind kind);
extern const struct choice resource_kind_choice, resource_state_choice, licence_choice,
    territory_kind_choice;
/* Words of enum resource_can and enum shelf_can (may.h): what a person can do is never in a shared
 * fact. */
extern const struct choice resource_can_choice, shelf_can_choice;

struct territory {
    enum territory_kind kind;
    const char *code; /* town.key, INSEE code, SIREN, departement.code */
    const char *name; /* as it is to be shown; coming in, it is not looked at */
};
extern const struct field territory_fields[]; /* "Territory" */

struct edition {
    int64_t number; /* from 1 */
    const char *note;
    const char *link;        /* NULL: it is a file, or nothing but the record */
    const struct file *file; /* NULL */
    int64_t at;
};
extern const struct field edition_fields[]; /* "Edition" */

struct funder {
    const char *name;
    int64_t amount; /* euros; 0: not said */
};
struct fiche {
    int64_t cost;        /* euros; 0: not said */
    struct list funders; /* struct funder */
    const char *calendar, *partners, *lessons;
    int64_t post;           /* contact; 0: none */
    const char *post_label; /* 'Chef de projet · Nantua et Montréal-la-Cluse' */
};
extern const struct field fiche_fields[]; /* "Fiche" */

/* The same for everybody who sees it: so it names neither its author nor the message it was taken
 * from, which not all of them may know of (resource.get says them to whom it may). */
struct resource {
    int64_t id, club;
    enum resource_kind kind;
    const char *title, *summary, *nodes;
    const char *organisation; /* NULL: the Club */
    struct list themes;       /* ids */
    struct list territories;  /* struct territory */
    const char *dated_on;     /* NULL: not said */
    enum licence licence;
    const char *source, *source_link; /* NULL */
    bool is_public;
    enum resource_state state;
    const char *remark;   /* of a reviewer, until it is published; why it was withdrawn; NULL */
    int64_t proposed_at;  /* 0: never */
    int64_t publish_at;   /* of one that is scheduled; 0 */
    int64_t published_at; /* 0: never */
    /* Each edit, edition and step of its life makes it greater: who holds what they can do fetches
     * that again when it moves. */
    int64_t changed_at;
    int64_t edition;           /* number of the one in force */
    struct list editions;      /* struct edition, the newest first */
    const struct fiche *fiche; /* of a fiche-projet; NULL */
};
extern const struct field resource_fields[]; /* "Resource" */

/* Conditions on r, a resource, for ?1, a person. Who keeps its shelf: administrators, animateurs
 * of its Club. Who may write there: who keeps it, and its Club's members, lecteurs apart; on the
 * national shelf such members of any Club. Who sees it: published, members of its Club, everybody
 * on the national shelf, and everybody where it is public; else its author, and from its proposal
 * on who keeps the shelf. The one rule; may.c and every list use it. */
#define RESOURCE_KEPT_BY                                                                           \
    "(EXISTS (SELECT 1 FROM person WHERE id = ?1 AND administrator = 1)"                           \
    " OR EXISTS (SELECT 1 FROM membership x WHERE x.person = ?1 AND x.club = r.club"               \
    " AND x.role = 'animateur' AND x.active = 1 AND x.channel IS NULL))"
#define RESOURCE_WRITTEN_BY                                                                        \
    "(" RESOURCE_KEPT_BY " OR EXISTS (SELECT 1 FROM membership x WHERE x.person = ?1"              \
    " AND x.role <> 'lecteur' AND x.active = 1 AND x.channel IS NULL AND (x.club = r.club"         \
    " OR EXISTS (SELECT 1 FROM club k WHERE k.id = r.club AND k.kind = 'national'))))"
#define RESOURCE_SEEN_BY                                                                           \
    "(r.created_by = ?1 OR (r.state <> 'draft' AND " RESOURCE_KEPT_BY ")"                          \
    " OR (r.state = 'published' AND (r.public = 1"                                                 \
    " OR EXISTS (SELECT 1 FROM club k WHERE k.id = r.club AND k.kind = 'national')"                \
    " OR EXISTS (SELECT 1 FROM membership x WHERE x.person = ?1 AND x.club = r.club"               \
    " AND x.active = 1 AND x.channel IS NULL))))"

/* false: there is none. */
bool resource_load(struct tx *tx, int64_t id, struct resource *out);

/* resource.changed: told to everybody (national or public), to the Club of its shelf and its author
 * where they are of another, or, while it is not published, to its author and each of those who
 * keep the shelf. resource.gone: to who no longer sees it. */
extern const struct fact resource_changed_fact, resource_gone_fact;
#define RESOURCE_FACTS &resource_changed_fact, &resource_gone_fact

/* About how long it is on the wire, for pages that are cut by that. */
size_t resource_bytes(const struct resource *resource);
/* The page of a resource. */
const char *resource_url(struct tx *tx, int64_t resource);

/* The packed audiences that hear of it now. Taken before a change, they are what resource_tell()
 * compares with. */
void resource_audiences(struct tx *tx, int64_t resource, struct ids *out);
/* Says that it is not as it was, words or state, to whoever hears of it now and to the index; and
 * that it is gone to those of `before` who hear of it no more. NULL: nobody can have lost it. */
void resource_tell(struct tx *tx, int64_t resource, const struct ids *before);
/* Who is to look at what is proposed: the animateurs of its Club; administrators, where there are
 * none. */
void resource_reviewers(struct tx *tx, int64_t resource, struct ids *out);

#endif
