/* directory.list: people of my Clubs, by territory, function, theme and words. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "club/fold.h"
#include "club/ids.h"
#include "club/member.h"
#include "club/profile.h"
#include "store/journal.h"
#include "wire/json.h"

/* --- on the wire ------------------------------------------------------------------------------ */

/* "any", then the roles in their order. */
static const char *const any_role_words[] = {
    "any", "animateur", "chef_de_projet", "elu", "partenaire", "lecteur", NULL};
static const struct choice any_role_choice = {"RoleFilter", any_role_words};

struct directory_list {
    int64_t club;
    const char *departement;
    int role; /* 0: any; else enum role + 1 */
    int64_t theme;
    const char *query, *cursor;
    int64_t limit;
};
static const struct field list_in[] = {
    FIELD_ID_OPT(struct directory_list, club, "Of this Club; absent: of all I belong to"),
    FIELD_LINE_OPT(struct directory_list, departement, 2, 3, "With a function there, by its code"),
    FIELD_CHOICE_OPT(struct directory_list, role, &any_role_choice, "With this role"),
    FIELD_ID_OPT(struct directory_list, theme, "Who say they work on this theme"),
    FIELD_LINE_OPT(struct directory_list, query, 0, LIMIT_QUERY_CHARS,
                   "Beginnings of words of the name, of a function or of what they offer"),
    FIELD_LINE_OPT(struct directory_list, cursor, 1, LIMIT_CURSOR_CHARS,
                   "`next` of the page before"),
    FIELD_INT_OR(struct directory_list, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "People in a page"),
    FIELD_END,
};

struct role_count {
    int role;
    int64_t people;
};
static const struct field role_count_fields[] = {
    FIELD_CHOICE(struct role_count, role, &role_choice, "Role"),
    FIELD_INT(struct role_count, people, 1, INT64_MAX, "How many"),
    FIELD_END,
};
struct departement_count {
    const char *code, *name;
    int64_t people;
};
static const struct field departement_count_fields[] = {
    FIELD_LINE(struct departement_count, code, 2, 3, "Code of the département"),
    FIELD_LINE(struct departement_count, name, 1, LIMIT_NAME_CHARS, "Its name"),
    FIELD_INT(struct departement_count, people, 1, INT64_MAX, "How many"),
    FIELD_END,
};
struct theme_count {
    int64_t theme, people;
};
static const struct field theme_count_fields[] = {
    FIELD_ID(struct theme_count, theme, "Theme"),
    FIELD_INT(struct theme_count, people, 1, INT64_MAX, "How many"),
    FIELD_END,
};

/* Each list as it would be with the other filters alone. */
struct directory_counts {
    int64_t people;
    struct list roles, departements, themes;
};
static const struct field counts_fields[] = {
    FIELD_INT(struct directory_counts, people, 0, INT64_MAX, "All that match, in every page"),
    FIELD_LIST(struct directory_counts, roles, role_count, role_count_fields, 0, LIMIT_LIST_MAX,
               "By role, were none asked for"),
    FIELD_LIST(struct directory_counts, departements, departement_count, departement_count_fields,
               0, LIMIT_DEPARTEMENTS, "By département, were none asked for"),
    FIELD_LIST(struct directory_counts, themes, theme_count, theme_count_fields, 0, LIMIT_THEMES,
               "By theme, were none asked for"),
    FIELD_END,
};

struct directory_page {
    int64_t seq;
    struct list people;
    const char *next;
    const struct directory_counts *counts;
};
static const struct field list_out[] = {
    FIELD_INT(struct directory_page, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct directory_page, people, profile, profile_fields, 0, LIMIT_LIST_MAX,
               "People, by name"),
    FIELD_LINE_OPT(struct directory_page, next, 1, LIMIT_CURSOR_CHARS,
                   "`cursor` of the next page; absent: this is the last one"),
    FIELD_OBJECT_OPT(struct directory_page, counts, directory_counts, counts_fields,
                     "In the first page only"),
    FIELD_END,
};

/* --- whom ------------------------------------------------------------------------------------- */

/* What every statement is given: ?1 Clubs, ?2 who has the words (NULL: none were asked for), ?3
 * theme, ?4 role, ?5 département. */
struct wish {
    const char *clubs, *found, *role, *departement;
    struct db_value theme;
};

/* Whoever comes is a member of one of these whole Clubs, so all they show may be looked at. */
#define IN_CLUBS                                                                                   \
    "m.active = 1 AND m.channel IS NULL AND m.club IN (SELECT value FROM json_each(?1))"
#define HAS_ROLE        "(?4 IS NULL OR " FUNCTION_ROLE " = ?4)"
#define HAS_DEPARTEMENT "(?5 IS NULL OR " FUNCTION_DEPARTEMENT " = ?5)"
#define HAS_THEME                                                                                  \
    "(?3 IS NULL OR EXISTS (SELECT 1 FROM profile_theme f JOIN profile g ON g.person = f.person"   \
    " WHERE f.theme = ?3 AND f.person = p.id AND g.shows_themes = 1))"
#define HAS_WORDS "(?2 IS NULL OR p.id IN (SELECT value FROM json_each(?2)))"

/* The order of lists: the first characters of the name, which person_by_name is made of. A row
 * value does not lead into an index of an expression, so where a page begins is said twice. */
#define PLACE "substr(p.folded, 1, 40)"
SQL(listed,
    "SELECT p.id FROM person p WHERE p.state = 'active'"
    " AND " PLACE " >= ?6 AND (" PLACE ", p.id) > (?6, ?7) AND EXISTS (SELECT 1 FROM " FUNCTIONS
    " WHERE m.person = p.id AND " IN_CLUBS " AND " HAS_ROLE " AND " HAS_DEPARTEMENT ")"
    " AND " HAS_THEME " AND " HAS_WORDS " ORDER BY " PLACE ", p.id LIMIT ?8");

#define MATCHING                                                                                   \
    FUNCTIONS " JOIN person p ON p.id = m.person WHERE " IN_CLUBS " AND p.state = 'active'"        \
              " AND " HAS_WORDS
SQL(count_people, "SELECT count(DISTINCT m.person) FROM " MATCHING " AND " HAS_ROLE
                  " AND " HAS_DEPARTEMENT " AND " HAS_THEME);
SQL(count_roles, "SELECT " FUNCTION_ROLE ", count(DISTINCT m.person) FROM " MATCHING
                 " AND " HAS_DEPARTEMENT " AND " HAS_THEME " GROUP BY 1");
SQL(count_departements,
    "SELECT d.code, d.name, x.people FROM (SELECT " FUNCTION_DEPARTEMENT
    " AS code, count(DISTINCT m.person) AS people FROM " MATCHING " AND " HAS_ROLE " AND " HAS_THEME
    " GROUP BY 1) x JOIN departement d ON d.code = x.code ORDER BY d.name");
SQL(count_themes,
    "SELECT x.theme, count(DISTINCT m.person) FROM " FUNCTIONS " JOIN person p ON p.id = m.person"
    " JOIN profile g ON g.person = p.id AND g.shows_themes = 1"
    " JOIN profile_theme x ON x.person = p.id WHERE " IN_CLUBS " AND p.state = 'active'"
    " AND " HAS_WORDS " AND " HAS_ROLE " AND " HAS_DEPARTEMENT " GROUP BY 1");

/* --- the wish --------------------------------------------------------------------------------- */

SQL(my_clubs, "SELECT k.id FROM club k WHERE (?2 IS NULL OR k.id = ?2)"
              " AND (EXISTS (SELECT 1 FROM person WHERE id = ?1 AND administrator = 1)"
              " OR EXISTS (SELECT 1 FROM membership m WHERE m.person = ?1 AND m.club = k.id"
              " AND m.active = 1 AND m.channel IS NULL))");

/* A word begins one of the texts: looked for once, for the statements above to share. */
#define BEGINS(words, text) "instr(' ' || " text ", ' ' || " words ".value) > 0"
SQL(with_words,
    "SELECT p.id FROM person p WHERE p.state = 'active' AND p.id IN (SELECT m.person"
    " FROM membership m WHERE " IN_CLUBS ") AND NOT EXISTS (SELECT 1 FROM json_each(?2) a"
    " WHERE NOT (" BEGINS(
        "a", "p.folded") " OR EXISTS (SELECT 1 FROM membership b"
                         " WHERE b.person = p.id AND b.active = 1 AND b.channel IS NULL"
                         " AND b.club IN (SELECT value FROM json_each(?1)) AND " BEGINS(
                             "a", "b.folded") ")"
                                              " OR EXISTS (SELECT 1 FROM profile e WHERE e.person "
                                              "= p.id AND e.shows_offer = 1"
                                              " AND " BEGINS("a", "e.folded") ")))");

/* ["logement","vacant"]: the words, without case or accents. */
static const char *words_json(struct tx *tx, const char *query)
{
    char *words = arena_strdup(tx->arena, query ? fold(query, tx->arena) : ""), *state = NULL;
    int count = 0;
    struct buf buf;
    buf_init(&buf);
    buf_text(&buf, "[");
    for (char *word = strtok_r(words, " ", &state); word && count < LIMIT_DIRECTORY_WORDS;
         word = strtok_r(NULL, " ", &state)) {
        buf_text(&buf, count++ > 0 ? "," : "");
        json_text(&buf, word);
    }
    buf_text(&buf, "]");
    const char *json = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return json;
}

/* A Club the actor is not in is one that does not exist. */
static enum err read_wish(struct tx *tx, const struct directory_list *in, struct wish *out)
{
    struct ids clubs = {0};
    ids_read(tx, db_select(tx->db, &my_clubs, tx->actor.person, db_id(in->club)), &clubs);
    if (in->club && clubs.count == 0) {
        return tx_fail(tx, ERR_NOT_FOUND, "club", NULL);
    }
    *out = (struct wish){
        .clubs = ids_json(tx, &clubs),
        .role = in->role ? any_role_words[in->role] : NULL,
        .departement = in->departement,
        .theme = db_id(in->theme),
    };
    const char *words = words_json(tx, in->query);
    if (!str_equal(words, "[]")) {
        struct ids found = {0};
        ids_read(tx, db_select(tx->db, &with_words, out->clubs, words), &found);
        out->found = ids_json(tx, &found);
    }
    return ERR_NONE;
}

/* --- counts ----------------------------------------------------------------------------------- */

#define WISH(wish) (wish)->clubs, (wish)->found, (wish)->theme, (wish)->role, (wish)->departement

static struct list roles_counted(struct tx *tx, const struct wish *wish)
{
    struct {
        struct role_count *items;
        size_t count, capacity;
    } found = {0};
    for (struct rows rows = db_select(tx->db, &count_roles, WISH(wish)); rows_next(&rows);) {
        struct role_count item = {role_of(rows_text(&rows, 0)), rows_int(&rows, 1)};
        ARENA_PUSH(tx->arena, &found, item);
    }
    return (struct list){found.items, found.count};
}

static struct list departements_counted(struct tx *tx, const struct wish *wish)
{
    struct {
        struct departement_count *items;
        size_t count, capacity;
    } found = {0};
    struct rows rows =
        db_select(tx->db, &count_departements, wish->clubs, wish->found, wish->theme, wish->role);
    while (rows_next(&rows)) {
        struct departement_count item = {rows_copy(&rows, 0, tx->arena),
                                         rows_copy(&rows, 1, tx->arena), rows_int(&rows, 2)};
        ARENA_PUSH(tx->arena, &found, item);
    }
    return (struct list){found.items, found.count};
}

static struct list themes_counted(struct tx *tx, const struct wish *wish)
{
    struct {
        struct theme_count *items;
        size_t count, capacity;
    } found = {0};
    for (struct rows rows = db_select(tx->db, &count_themes, WISH(wish)); rows_next(&rows);) {
        struct theme_count item = {rows_int(&rows, 0), rows_int(&rows, 1)};
        ARENA_PUSH(tx->arena, &found, item);
    }
    return (struct list){found.items, found.count};
}

static const struct directory_counts *count(struct tx *tx, const struct wish *wish)
{
    struct directory_counts *counts = ARENA_NEW(tx->arena, struct directory_counts);
    counts->people = db_int(tx->db, &count_people, 0, WISH(wish));
    counts->roles = roles_counted(tx, wish);
    counts->departements = departements_counted(tx, wish);
    counts->themes = themes_counted(tx, wish);
    return counts;
}

/* --- pages ------------------------------------------------------------------------------------ */

/* The last person of a page, as they were placed then: "<id>:<place>". A page goes on from there,
 * even where that person has another name or is no more. */
struct place {
    int64_t id;
    const char *name;
};

static enum err read_cursor(struct tx *tx, const char *cursor, struct place *out)
{
    char *end = NULL;
    *out = (struct place){0, ""};
    if (!cursor) {
        return ERR_NONE;
    }
    out->id = strtoll(cursor, &end, 10);
    if (end == cursor || *end != ':') {
        return tx_fail(tx, ERR_TYPE, "cursor",
                       PHRASE("le « next » d'une page", "the \"next\" of a page"));
    }
    out->name = end + 1;
    return ERR_NONE;
}

SQL(place_of, "SELECT " PLACE " FROM person p WHERE p.id = ?1");

static const char *cursor_after(struct tx *tx, int64_t person)
{
    const char *place = db_text(tx->db, &place_of, tx->arena, person);
    return arena_printf(tx->arena, "%lld:%s", (long long)person, place ? place : "");
}

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct directory_list *in = in_;
    struct directory_page *out = out_;
    struct wish wish = {0};
    struct place after = {0};
    struct ids ids = {0};
    enum err err = read_wish(tx, in, &wish);
    err = err ? err : read_cursor(tx, in->cursor, &after);
    if (err) {
        return err;
    }
    ids_read(tx, db_select(tx->db, &listed, WISH(&wish), after.name, after.id, in->limit + 1),
             &ids);
    size_t shown = ids.count > (size_t)in->limit ? (size_t)in->limit : ids.count;
    struct profile *people = ARENA_ARRAY(tx->arena, struct profile, shown);
    for (size_t i = 0; i < shown; i++) {
        profile_load(tx, ids.items[i], &people[i]);
    }
    if (shown < ids.count) {
        out->next = cursor_after(tx, ids.items[shown - 1]);
    }
    out->people = (struct list){people, shown};
    out->counts = in->cursor ? NULL : count(tx, &wish);
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command directory_list_command = {
    .name = "directory.list",
    .doc =
        "People of the Clubs I belong to, by name, with counts by role, département and theme. A "
        "guest of single channels has no directory.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = list_in,
    .in_bytes = sizeof(struct directory_list),
    .out = list_out,
    .out_bytes = sizeof(struct directory_page),
    .run = list_run,
};
