#include "club/profile.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "club/access.h"
#include "club/audience.h"
#include "club/ids.h"
#include "club/member.h"
#include "club/person.h"

static const char *const shown_words[] = {"offer", "themes", "email", "phone", NULL};
const struct choice shown_choice = {"Shown", shown_words};

const struct field profile_place_fields[] = {
    FIELD_LINE(struct profile_place, code, 2, 3, "Code of the département"),
    FIELD_LINE(struct profile_place, name, 1, LIMIT_NAME_CHARS, "Its name"),
    FIELD_END,
};
const struct field profile_function_fields[] = {
    FIELD_CHOICE(struct profile_function, role, &role_choice, "Role, of the post if it is one"),
    FIELD_LINE(struct profile_function, label, 0, LIMIT_LABEL_CHARS, "Function, in words"),
    FIELD_LINE_OPT(struct profile_function, organisation, 1, LIMIT_NAME_CHARS, "For whom"),
    FIELD_LINE_OPT(struct profile_function, town, 1, LIMIT_LABEL_CHARS, "PVD they serve by it"),
    FIELD_TIME(struct profile_function, since, "Since when"),
    FIELD_END,
};
const struct field profile_fields[] = {
    FIELD_ID(struct profile, id, "Person"),
    FIELD_LINE(struct profile, name, 0, LIMIT_NAME_CHARS, "Name"),
    FIELD_LIST(struct profile, functions, profile_function, profile_function_fields, 0,
               LIMIT_FUNCTIONS, "What they do, where the reader meets them"),
    FIELD_LIST(struct profile, departements, profile_place, profile_place_fields, 0,
               LIMIT_DEPARTEMENTS, "Départements of these functions"),
    FIELD_IDS_OPT(struct profile, themes, 0, LIMIT_PROFILE_THEMES, "Themes they work on"),
    FIELD_TEXT_OPT(struct profile, offer, 1, LIMIT_OFFER_CHARS, "What they can help with"),
    FIELD_LINE_OPT(struct profile, email, 1, LIMIT_EMAIL_CHARS, "E-mail address, if shown"),
    FIELD_LINE_OPT(struct profile, phone, 1, LIMIT_PHONE_CHARS, "Telephone, if shown"),
    FIELD_END,
};

/* --- functions -------------------------------------------------------------------------------- */

/* ?1 reader, ?2 person, ?3: every one of them. Those of a département before the national ones. */
SQL(functions_met,
    "SELECT " FUNCTION_ROLE ", m.label, n.name, w.name, m.since, d.code, d.name FROM " FUNCTIONS
    " LEFT JOIN organisation n ON n.id = m.organisation LEFT JOIN town w ON w.id = o.town"
    " LEFT JOIN departement d ON d.code = " FUNCTION_DEPARTEMENT
    " WHERE m.person = ?2 AND m.active = 1 AND (?3 OR EXISTS (SELECT 1 FROM membership x"
    " JOIN membership y ON y.club = x.club WHERE x.person = ?1 AND x.active = 1 AND y.id = m.id"
    " AND " MEMBERSHIPS_MEET ")) ORDER BY k.kind = 'national', m.id, c.insee");

struct functions {
    struct profile_function *items;
    size_t count, capacity;
};
struct places {
    struct profile_place *items;
    size_t count, capacity;
};

/* A post brings the same function into several Clubs: it is said once. */
static void add_function(struct tx *tx, const struct rows *rows, struct functions *out)
{
    struct profile_function function = {
        .role = role_of(rows_text(rows, 0)),
        .label = rows_copy(rows, 1, tx->arena),
        .organisation = rows_copy(rows, 2, tx->arena),
        .town = rows_copy(rows, 3, tx->arena),
        .since = rows_int(rows, 4),
    };
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].role == function.role && str_equal(out->items[i].label, function.label)) {
            return;
        }
    }
    if (out->count < LIMIT_FUNCTIONS) {
        ARENA_PUSH(tx->arena, out, function);
    }
}

static void add_place(struct tx *tx, const struct rows *rows, struct places *out)
{
    if (rows_is_null(rows, 5)) {
        return;
    }
    struct profile_place place = {rows_copy(rows, 5, tx->arena), rows_copy(rows, 6, tx->arena)};
    for (size_t i = 0; i < out->count; i++) {
        if (str_equal(out->items[i].code, place.code)) {
            return;
        }
    }
    ARENA_PUSH(tx->arena, out, place);
}

static void load_functions(struct tx *tx, int64_t person, struct profile *out)
{
    struct functions functions = {0};
    struct places places = {0};
    bool every = tx->actor.administrator || tx->actor.person == person;
    for (struct rows rows = db_select(tx->db, &functions_met, tx->actor.person, person, every);
         rows_next(&rows);) {
        add_function(tx, &rows, &functions);
        add_place(tx, &rows, &places);
    }
    out->functions = (struct list){functions.items, functions.count};
    out->departements = (struct list){places.items, places.count};
}

/* --- what they say of themselves -------------------------------------------------------------- */

SQL(said, "SELECT p.shows_offer, p.shows_themes, p.shows_email, p.shows_phone, p.offer, p.phone,"
          " q.email FROM profile p JOIN person q ON q.id = p.person WHERE p.person = ?1");
SQL(themes_of, "SELECT x.theme FROM profile_theme x JOIN theme t ON t.id = x.theme"
               " WHERE x.person = ?1 ORDER BY t.position, t.id");

static const char *shown_or_null(struct tx *tx, const struct rows *rows, int shown, int column)
{
    const char *text = rows_int(rows, shown) ? rows_copy(rows, column, tx->arena) : NULL;
    return text && *text ? text : NULL;
}

static void load_said(struct tx *tx, int64_t person, struct profile *out)
{
    struct rows rows = db_select(tx->db, &said, person);
    if (!rows_next(&rows)) {
        return;
    }
    bool themes = rows_int(&rows, 1) != 0;
    out->offer = shown_or_null(tx, &rows, 0, 4);
    out->email = shown_or_null(tx, &rows, 2, 6);
    out->phone = shown_or_null(tx, &rows, 3, 5);
    rows_end(&rows);
    if (themes) {
        struct ids ids = {0};
        ids_read(tx, db_select(tx->db, &themes_of, person), &ids);
        out->themes = (struct list){ids.items, ids.count};
    }
}

SQL(name_of, "SELECT coalesce(name, '') FROM person WHERE id = ?1");

void profile_load(struct tx *tx, int64_t person, struct profile *out)
{
    *out = (struct profile){.id = person};
    out->name = db_text(tx->db, &name_of, tx->arena, person);
    load_functions(tx, person, out);
    if (tx->actor.person == person || people_share_club(tx, tx->actor.person, person)) {
        load_said(tx, person, out);
    }
}

/* --- the fact --------------------------------------------------------------------------------- */

struct profile_changed {
    int64_t person;
};
static const struct field changed_out[] = {
    FIELD_ID(struct profile_changed, person, "Whose profile is to be fetched again"),
    FIELD_END,
};

static bool changed_load(struct tx *tx, int64_t audience, int64_t entity, void *out)
{
    (void)tx, (void)audience;
    ((struct profile_changed *)out)->person = entity;
    return true;
}

const struct fact profile_changed_fact = {
    .name = "profile.changed",
    .doc = "A person shows something else of themselves: an open page fetches it again.",
    .out = changed_out,
    .out_bytes = sizeof(struct profile_changed),
    .load = changed_load,
};

void profile_note(struct tx *tx, int64_t person)
{
    fact_note(tx, &profile_changed_fact, audience_pack(AUDIENCE_EVERYBODY, 0), person);
}

SQL(no_profile, "DELETE FROM profile WHERE person = ?1");
SQL(no_themes, "DELETE FROM profile_theme WHERE person = ?1");

void profile_erase(struct tx *tx, int64_t person)
{
    db_run(tx->db, &no_profile, person);
    db_run(tx->db, &no_themes, person);
}

/* --- telephone numbers ------------------------------------------------------------------------ */

const char *phone_number(struct tx *tx, const char *typed)
{
    if (str_is_blank(typed)) {
        return "";
    }
    const char *number = person_name(tx, typed + strspn(typed, " "));
    int digits = 0;
    for (const char *s = number; *s; s++) {
        digits += isdigit((unsigned char)*s) != 0;
        bool plus = *s == '+' && s == number;
        if (!plus && !isdigit((unsigned char)*s) && !strchr(" .-()/", *s)) {
            return NULL;
        }
    }
    return digits > 1 && digits <= LIMIT_PHONE_DIGITS ? number : NULL;
}
