/* Towns, and the two commands to look them up: town.search and town.get. */
#include "club/town.h"

#include <string.h>

#include "base/str.h"
#include "club/fold.h"

const struct field town_fields[] = {
    FIELD_ID(struct town, id, "Town (a PVD)"),
    FIELD_LINE(struct town, name, 1, LIMIT_LABEL_CHARS, "Its commune, or communes together"),
    FIELD_LINE(struct town, departements, 0, LIMIT_LABEL_CHARS, "Its département or départements"),
    FIELD_BOOL_OPT(struct town, left, "No longer on the official list"),
    FIELD_END,
};

/* --- rows ------------------------------------------------------------------------------------- */

#define TOWN                                                                                       \
    "SELECT t.id, t.name, (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT d.name FROM"      \
    " commune c JOIN departement d ON d.code = c.departement WHERE c.town = t.id"                  \
    " ORDER BY d.code)), t.left_on FROM town t "
SQL(town_of_id, TOWN "WHERE t.id = ?1");
SQL(towns_like,
    TOWN "WHERE ' ' || t.folded LIKE ?2 OR t.key = ?3 OR t.id IN"
         " (SELECT town FROM commune WHERE insee = ?3)"
         " ORDER BY t.left_on IS NOT NULL, t.folded NOT LIKE ?1 || '%', t.folded LIMIT ?4");

static struct town read_town(struct tx *tx, const struct rows *rows)
{
    return (struct town){
        .id = rows_int(rows, 0),
        .name = rows_copy(rows, 1, tx->arena),
        .departements = rows_is_null(rows, 2) ? "" : rows_copy(rows, 2, tx->arena),
        .left = !rows_is_null(rows, 3),
    };
}

bool town_find(struct tx *tx, int64_t id, struct town *out)
{
    struct rows rows = db_select(tx->db, &town_of_id, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = read_town(tx, &rows);
    rows_end(&rows);
    return true;
}

struct list town_look_up(struct tx *tx, const char *typed, int limit)
{
    struct {
        struct town *items;
        size_t count, capacity;
    } found = {0};
    const char *folded = fold(typed, tx->arena);
    if (!*folded) {
        return (struct list){0};
    }
    struct rows rows =
        db_select(tx->db, &towns_like, folded, fold_pattern(folded, tx->arena), typed, limit);
    while (rows_next(&rows)) {
        ARENA_PUSH(tx->arena, &found, read_town(tx, &rows));
    }
    return (struct list){found.items, found.count};
}

SQL(is_of_club, "SELECT 1 FROM commune c JOIN club k ON k.departement = c.departement"
                " WHERE c.town = ?1 AND k.id = ?2");

bool town_is_of_club(struct tx *tx, int64_t town, int64_t club)
{
    return db_int(tx->db, &is_of_club, 0, town, club) != 0;
}

/* --- names ------------------------------------------------------------------------------------ */

static bool said_before(const char *const *names, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (str_equal(names[i], names[index])) {
            return true;
        }
    }
    return false;
}

const char *town_name_of(struct tx *tx, const char *const *communes, size_t count)
{
    const char *name = NULL, *last = NULL;
    for (size_t i = 0; i < count; i++) {
        if (said_before(communes, i)) {
            continue;
        }
        if (last) {
            name = name ? arena_printf(tx->arena, "%s, %s", name, last) : last;
        }
        last = communes[i];
    }
    return name ? arena_printf(tx->arena, "%s et %s", name, last) : last;
}

/* --- town.search ------------------------------------------------------------------------------ */

struct town_search {
    const char *query;
};
static const struct field town_search_in[] = {
    FIELD_LINE(struct town_search, query, 1, LIMIT_QUERY_CHARS,
               "Beginning of a name or of one of its words, or an INSEE code"),
    FIELD_END,
};
struct town_found {
    struct list towns;
};
static const struct field town_search_out[] = {
    FIELD_LIST(struct town_found, towns, town, town_fields, 0, LIMIT_TOWNS_FOUND, "Towns found"),
    FIELD_END,
};

static enum err town_search_run(struct tx *tx, const void *in, void *out)
{
    const struct town_search *asked = in;
    struct town_found *found = out;
    found->towns = town_look_up(tx, asked->query, LIMIT_TOWNS_FOUND);
    return ERR_NONE;
}

const struct command town_search_command = {
    .name = "town.search",
    .doc = "Towns by the beginning of their name, whatever its accents, hyphens and capitals.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = town_search_in,
    .in_bytes = sizeof(struct town_search),
    .out = town_search_out,
    .out_bytes = sizeof(struct town_found),
    .run = town_search_run,
};

/* --- town.get --------------------------------------------------------------------------------- */

struct commune {
    const char *insee, *name, *departement, *epci;
    int64_t population;
    const char *left_on;
};
static const struct field commune_fields[] = {
    FIELD_LINE(struct commune, insee, 5, 5, "INSEE code"),
    FIELD_LINE(struct commune, name, 1, LIMIT_NAME_CHARS, "Name"),
    FIELD_LINE(struct commune, departement, 1, LIMIT_NAME_CHARS, "Its département"),
    FIELD_LINE_OPT(struct commune, epci, 1, LIMIT_LABEL_CHARS, "Its EPCI"),
    FIELD_INT_OPT(struct commune, population, 0, INT64_MAX, "Inhabitants, as the list says"),
    FIELD_LINE_OPT(struct commune, left_on, 10, 10, "Day it left the official list"),
    FIELD_END,
};

struct town_get {
    int64_t town;
};
static const struct field town_get_in[] = {
    FIELD_ID(struct town_get, town, "Town"),
    FIELD_END,
};
struct town_got {
    const struct town *town;
    struct list communes;
};
static const struct field town_get_out[] = {
    FIELD_OBJECT(struct town_got, town, town, town_fields, "The town"),
    FIELD_LIST(struct town_got, communes, commune, commune_fields, 0, LIMIT_LIST_MAX,
               "Its communes, those that left included"),
    FIELD_END,
};

SQL(communes_of, "SELECT c.insee, c.name, d.name, c.epci_name, c.population, c.left_on"
                 " FROM commune c JOIN departement d ON d.code = c.departement"
                 " WHERE c.town = ?1 ORDER BY c.insee LIMIT ?2");

static enum err town_get_run(struct tx *tx, const void *in, void *out)
{
    const struct town_get *asked = in;
    struct town_got *got = out;
    struct {
        struct commune *items;
        size_t count, capacity;
    } found = {0};
    struct town *town = ARENA_NEW(tx->arena, struct town);
    if (!town_find(tx, asked->town, town)) {
        return tx_fail(tx, ERR_NOT_FOUND, "town", NULL);
    }
    struct rows rows = db_select(tx->db, &communes_of, asked->town, LIMIT_LIST_MAX);
    while (rows_next(&rows)) {
        struct commune commune = {
            .insee = rows_copy(&rows, 0, tx->arena),
            .name = rows_copy(&rows, 1, tx->arena),
            .departement = rows_copy(&rows, 2, tx->arena),
            .epci = rows_copy(&rows, 3, tx->arena),
            .population = rows_int(&rows, 4),
            .left_on = rows_copy(&rows, 5, tx->arena),
        };
        ARENA_PUSH(tx->arena, &found, commune);
    }
    got->town = town;
    got->communes = (struct list){found.items, found.count};
    return ERR_NONE;
}

const struct command town_get_command = {
    .name = "town.get",
    .doc = "A town and its communes.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = town_get_in,
    .in_bytes = sizeof(struct town_get),
    .out = town_get_out,
    .out_bytes = sizeof(struct town_got),
    .run = town_get_run,
};
