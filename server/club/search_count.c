/* How many hits there are by each filter, and which hits pass those that are set.
 *
 * Each hit has tags: its kind, its themes, the territories it is about... A filter is passed by
 * whoever bears the tag it asks for. The count of a tag is that of the hits that pass all filters
 * but, maybe, the one the tag is of: what one would get by choosing it instead. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "club/search.h"

struct tag {
    enum facet facet;
    struct candidate *of;
    const char *value, *kind; /* kind: of a territory */
};
struct tags {
    struct tag *items;
    size_t count, capacity;
};

static void tag(struct search *search, struct tags *tags, enum facet facet,
                struct candidate *candidate, const char *value)
{
    ARENA_PUSH(search->tx->arena, tags, ((struct tag){facet, candidate, value, NULL}));
}

/* --- what each is ----------------------------------------------------------------------------- */

/* (id, value, kind) of the candidates of a kind. */
SQL(clubs_of_channels, "SELECT m.id, c.club, NULL FROM json_each(?1) j JOIN message m"
                       " ON m.id = j.value JOIN channel c ON c.id = m.channel"
                       " WHERE c.club IS NOT NULL");
SQL(clubs_of_events,
    "SELECT e.id, e.club, NULL FROM json_each(?1) j JOIN event e ON e.id = j.value");
SQL(clubs_of_resources,
    "SELECT r.id, r.club, NULL FROM json_each(?1) j JOIN resource r ON r.id = j.value");
SQL(themes_of_events, "SELECT event, theme, NULL FROM event_theme WHERE event IN"
                      " (SELECT value FROM json_each(?1))");
SQL(themes_of_resources, "SELECT resource, theme, NULL FROM resource_theme WHERE resource IN"
                         " (SELECT value FROM json_each(?1))");
SQL(themes_of_people, "SELECT t.person, t.theme, NULL FROM profile_theme t JOIN profile f"
                      " ON f.person = t.person WHERE f.shows_themes = 1 AND t.person IN"
                      " (SELECT value FROM json_each(?1))");
SQL(kinds_of_resources,
    "SELECT r.id, r.kind, NULL FROM json_each(?1) j JOIN resource r ON r.id = j.value");
/* Those said, and those they lie in. */
SQL(territories_of_resources,
    "WITH said AS (SELECT resource, kind, code FROM resource_territory WHERE resource IN"
    " (SELECT value FROM json_each(?1))), lies (resource, town, epci, departement) AS ("
    "SELECT s.resource, NULL, c.epci, c.departement FROM said s JOIN town w ON w.key = s.code"
    " JOIN commune c ON c.town = w.id WHERE s.kind = 'town' UNION ALL"
    " SELECT s.resource, w.key, c.epci, c.departement FROM said s JOIN commune c"
    " ON c.insee = s.code JOIN town w ON w.id = c.town WHERE s.kind = 'commune' UNION ALL"
    " SELECT s.resource, NULL, NULL, c.departement FROM said s JOIN commune c"
    " ON c.epci = s.code WHERE s.kind = 'epci')"
    " SELECT resource, code, kind FROM said UNION"
    " SELECT resource, town, 'town' FROM lies WHERE town IS NOT NULL UNION"
    " SELECT resource, epci, 'epci' FROM lies WHERE epci IS NOT NULL UNION"
    " SELECT resource, departement, 'departement' FROM lies");
SQL(territories_of_towns,
    "SELECT id, key, 'town' FROM town WHERE id IN (SELECT value FROM json_each(?1)) UNION"
    " SELECT town, departement, 'departement' FROM commune WHERE town IN"
    " (SELECT value FROM json_each(?1)) UNION"
    " SELECT town, epci, 'epci' FROM commune WHERE epci IS NOT NULL AND town IN"
    " (SELECT value FROM json_each(?1))");

static const struct source {
    enum hit_kind kind;
    enum facet facet;
    const struct sql *sql;
} sources[] = {
    {HIT_MESSAGE, FACET_CLUB, &clubs_of_channels},
    {HIT_EVENT, FACET_CLUB, &clubs_of_events},
    {HIT_RESOURCE, FACET_CLUB, &clubs_of_resources},
    {HIT_EVENT, FACET_THEME, &themes_of_events},
    {HIT_RESOURCE, FACET_THEME, &themes_of_resources},
    {HIT_PERSON, FACET_THEME, &themes_of_people},
    {HIT_RESOURCE, FACET_TYPE, &kinds_of_resources},
    {HIT_RESOURCE, FACET_TERRITORY, &territories_of_resources},
    {HIT_TOWN, FACET_TERRITORY, &territories_of_towns},
};

static void tag_from(struct search *search, const struct source *source, struct tags *tags)
{
    struct tx *tx = search->tx;
    const char *ids = candidates_json(search, source->kind);
    if (strcmp(ids, "[]") == 0) {
        return;
    }
    for (struct rows rows = db_select(tx->db, source->sql, ids); rows_next(&rows);) {
        struct candidate *of = candidate_find(search, source->kind, rows_int(&rows, 0));
        struct tag one = {source->facet, of, rows_copy(&rows, 1, tx->arena),
                          rows_copy(&rows, 2, tx->arena)};
        ARENA_PUSH(tx->arena, tags, one);
    }
}

static const char *year_of(struct search *search, int64_t at_ms)
{
    char year[16];
    struct tm utc;
    time_t seconds = (time_t)(at_ms / MS_PER_SECOND);
    strftime(year, sizeof year, "%Y", gmtime_r(&seconds, &utc));
    return arena_strdup(search->tx->arena, year);
}

static struct tags tag_all(struct search *search)
{
    struct tags tags = {0};
    for (size_t i = 0; i < search->found.count; i++) {
        struct candidate *candidate = &search->found.items[i];
        tag(search, &tags, FACET_KIND, candidate, hit_kind_choice.words[candidate->kind]);
        if (candidate->at) {
            tag(search, &tags, FACET_YEAR, candidate, year_of(search, candidate->at));
        }
    }
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        tag_from(search, &sources[i], &tags);
    }
    return tags;
}

/* --- filters ---------------------------------------------------------------------------------- */

/* What the filters ask for; NULL: nothing. Kinds and dates are not tags. */
struct wish {
    const char *values[FACETS];
    const char *territory_kind;
};

static struct wish read_wish(struct search *search)
{
    const struct search_find *asked = search->asked;
    struct arena *arena = search->tx->arena;
    struct wish wish = {0};
    if (asked->theme) {
        wish.values[FACET_THEME] = arena_printf(arena, "%lld", (long long)asked->theme);
    }
    if (asked->club) {
        wish.values[FACET_CLUB] = arena_printf(arena, "%lld", (long long)asked->club);
    }
    if (asked->kind_of_resource) {
        wish.values[FACET_TYPE] = resource_kind_choice.words[asked->kind_of_resource - 1];
    }
    if (asked->territory) {
        wish.values[FACET_TERRITORY] = asked->territory->code;
        wish.territory_kind = territory_kind_choice.words[asked->territory->kind];
    }
    return wish;
}

static bool is_wished(const struct wish *wish, const struct tag *one)
{
    return str_equal(wish->values[one->facet], one->value) &&
           (one->facet != FACET_TERRITORY || str_equal(wish->territory_kind, one->kind));
}

static void filter_plain(const struct search *search, struct candidate *candidate)
{
    const struct search_find *asked = search->asked;
    if (asked->kinds != 0 && !(asked->kinds & UINT32_C(1) << candidate->kind)) {
        candidate->missed |= UINT32_C(1) << FACET_KIND;
    }
    bool dated = asked->after || asked->before;
    bool late = asked->before && candidate->at >= asked->before;
    if (dated && (candidate->at == 0 || candidate->at < asked->after || late)) {
        candidate->missed |= UINT32_C(1) << FACET_YEAR;
    }
}

static void filter(struct search *search, const struct tags *tags)
{
    struct wish wish = read_wish(search);
    uint32_t wished = 0;
    for (int i = 0; i < FACETS; i++) {
        wished |= wish.values[i] ? UINT32_C(1) << i : 0;
    }
    for (size_t i = 0; i < search->found.count; i++) {
        search->found.items[i].missed = wished;
        filter_plain(search, &search->found.items[i]);
    }
    for (size_t i = 0; i < tags->count && wished; i++) {
        const struct tag *one = &tags->items[i];
        if (wish.values[one->facet] && is_wished(&wish, one)) {
            one->of->missed &= ~(UINT32_C(1) << one->facet);
        }
    }
}

/* --- counts ----------------------------------------------------------------------------------- */

static int tag_order(const void *a, const void *b)
{
    const struct tag *x = a, *y = b;
    int order = (x->facet > y->facet) - (x->facet < y->facet);
    order = order ? order : strcmp(x->kind ? x->kind : "", y->kind ? y->kind : "");
    return order ? order : strcmp(x->value, y->value);
}

static int largest_first(const void *a, const void *b)
{
    const struct facet_value *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
                                : strcmp(x->value, y->value);
}

SQL(club_name, "SELECT name FROM club WHERE id = ?1");
SQL(territory_name, "SELECT CASE ?1 WHEN 'town' THEN (SELECT name FROM town WHERE key = ?2)"
                    " WHEN 'commune' THEN (SELECT name FROM commune WHERE insee = ?2)"
                    " WHEN 'epci' THEN (SELECT epci_name FROM commune WHERE epci = ?2 LIMIT 1)"
                    " ELSE (SELECT name FROM departement WHERE code = ?2) END");

static void name(struct tx *tx, enum facet facet, struct facet_value *value)
{
    if (facet == FACET_CLUB) {
        value->name = db_text(tx->db, &club_name, tx->arena, value->value);
    } else if (facet == FACET_TERRITORY) {
        value->name = db_text(tx->db, &territory_name, tx->arena, value->kind, value->value);
    }
}

/* The counts of a facet, from its tags, which are sorted. */
static struct list count_facet(struct tx *tx, enum facet facet, const struct tag *tags,
                               size_t count)
{
    struct {
        struct facet_value *items;
        size_t count, capacity;
    } values = {0};
    for (size_t i = 0; i < count; i++) {
        if (tags[i].of->missed & ~(UINT32_C(1) << facet)) {
            continue;
        }
        struct facet_value *last = values.count ? &values.items[values.count - 1] : NULL;
        if (last && str_equal(last->value, tags[i].value) && str_equal(last->kind, tags[i].kind)) {
            last->count++;
        } else {
            struct facet_value value = {.value = tags[i].value, .kind = tags[i].kind, .count = 1};
            ARENA_PUSH(tx->arena, &values, value);
        }
    }
    if (values.count > 1) {
        qsort(values.items, values.count, sizeof *values.items, largest_first);
    }
    values.count = values.count < LIMIT_FACETS ? values.count : LIMIT_FACETS;
    for (size_t i = 0; i < values.count; i++) {
        name(tx, facet, &values.items[i]);
    }
    return (struct list){values.items, values.count};
}

const struct search_counts *search_count(struct search *search)
{
    struct search_counts *counts = ARENA_NEW(search->tx->arena, struct search_counts);
    struct list *lists[FACETS] = {
        [FACET_KIND] = &counts->kinds,   [FACET_TYPE] = &counts->types,
        [FACET_THEME] = &counts->themes, [FACET_TERRITORY] = &counts->territories,
        [FACET_CLUB] = &counts->clubs,   [FACET_YEAR] = &counts->years,
    };
    struct tags tags = tag_all(search);
    filter(search, &tags);
    if (tags.count > 1) {
        qsort(tags.items, tags.count, sizeof *tags.items, tag_order);
    }
    for (size_t from = 0, to = 0; from < tags.count; from = to) {
        enum facet facet = tags.items[from].facet;
        while (to < tags.count && tags.items[to].facet == facet) {
            to++;
        }
        *lists[facet] = count_facet(search->tx, facet, tags.items + from, to - from);
    }
    return counts;
}
