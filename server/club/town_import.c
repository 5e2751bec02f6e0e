/* town.import: the official list of the programme, as it is published.
 *
 * Rows that share an identifier are one town. The lists leave it empty for a third of the rows:
 * then the commune is a town of its own. A town is known again by its identifier, or, where that is
 * new, by being made of the same communes: so its post, its people and what was written stay with
 * it. A commune that is gone from the list is marked so and stays too. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "club/entry.h"
#include "club/fold.h"
#include "club/ids.h"
#include "club/member.h"
#include "club/tenure.h"
#include "club/town.h"
#include "club/town_sheet.h"

/* --- in and out ------------------------------------------------------------------------------- */

struct town_import {
    const char *csv;
    bool dry_run;
};
static const struct field town_import_in[] = {
    FIELD_CSV(struct town_import, csv),
    FIELD_DRY(struct town_import, dry_run),
    FIELD_END,
};

static const char *const changed_words[] = {"name", "town", "epci", "population", NULL};
static const struct choice changed_choice = {"CommunePart", changed_words};

static const struct field imported_fields[] = {
    FIELD_LINE(struct imported, insee, 5, 5, "INSEE code"),
    FIELD_LINE(struct imported, name, 1, LIMIT_NAME_CHARS, "Commune"),
    FIELD_WORDS(struct imported, changed, &changed_choice, "What is not as it was"),
    FIELD_END,
};
static const struct field unplaced_fields[] = {
    FIELD_INT(struct unplaced, line, 1, INT64_MAX, "Line of the file"),
    FIELD_LINE(struct unplaced, text, 0, LIMIT_LABEL_CHARS, "What it begins with"),
    FIELD_LINE(struct unplaced, reason, 1, LIMIT_LABEL_CHARS, "Why it found no place"),
    FIELD_END,
};
static const struct field import_report_out[] = {
    FIELD_INT(struct import_report, communes, 0, INT64_MAX, "Communes that found their place"),
    FIELD_INT(struct import_report, towns, 0, INT64_MAX, "Towns they make"),
    FIELD_LIST(struct import_report, came, imported, imported_fields, 0, LIMIT_IMPORT_LINES,
               "Communes that came in, or back"),
    FIELD_LIST(struct import_report, left, imported, imported_fields, 0, LIMIT_IMPORT_LINES,
               "Communes no longer on the list"),
    FIELD_LIST(struct import_report, changed, imported, imported_fields, 0, LIMIT_IMPORT_LINES,
               "Communes that are not as they were"),
    FIELD_LIST(struct import_report, unplaced, unplaced, unplaced_fields, 0, LIMIT_IMPORT_LINES,
               "Lines that could not be placed"),
    FIELD_END,
};

/* --- places: the towns the file makes --------------------------------------------------------- */

static struct known_town *town_of_key(const struct town_sheet *sheet, const char *key)
{
    for (size_t i = 0; i < sheet->towns.count; i++) {
        if (str_equal(sheet->towns.items[i].key, key)) {
            return &sheet->towns.items[i];
        }
    }
    return NULL;
}

static bool file_says(const struct town_sheet *sheet, const char *key)
{
    for (size_t i = 0; i < sheet->read.count; i++) {
        if (str_equal(sheet->read.items[i].key, key)) {
            return true;
        }
    }
    return false;
}

/* What stands for an empty identifier: that of the town the commune already is, alone; a file
 * without the column leaves communes together as they are. */
static const char *key_of(const struct town_sheet *sheet, const struct commune *read)
{
    const struct commune *known = town_sheet_known(sheet, read->insee);
    const struct known_town *town = known ? town_sheet_town(sheet, known->town) : NULL;
    if (read->key || !town) {
        return read->key ? read->key : read->insee;
    }
    bool alone = town->living == (known->left ? 0 : 1);
    bool stays = sheet->columns[KEY] < 0 || (alone && !file_says(sheet, town->key));
    return stays ? town->key : read->insee;
}

static size_t place_of(struct town_sheet *sheet, const char *key)
{
    size_t index = 0;
    while (index < sheet->places.count && !str_equal(sheet->places.items[index].key, key)) {
        index++;
    }
    if (index == sheet->places.count) {
        struct place place = {.key = key};
        ARENA_PUSH(sheet->tx->arena, &sheet->places, place);
    }
    return index;
}

static void make_places(struct town_sheet *sheet)
{
    for (size_t i = 0; i < sheet->read.count; i++) {
        struct commune *commune = &sheet->read.items[i];
        commune->place = place_of(sheet, key_of(sheet, commune));
        struct place *place = &sheet->places.items[commune->place];
        place->count++;
        if (commune->signed_on &&
            (!place->signed_on || strcmp(commune->signed_on, place->signed_on) < 0)) {
            place->signed_on = commune->signed_on;
        }
    }
    for (size_t i = 0; i < sheet->places.count; i++) {
        struct place *place = &sheet->places.items[i];
        place->communes = ARENA_ARRAY(sheet->tx->arena, const char *, place->count);
        place->count = 0;
    }
    for (size_t i = 0; i < sheet->read.count; i++) {
        struct place *place = &sheet->places.items[sheet->read.items[i].place];
        place->communes[place->count++] = sheet->read.items[i].name;
    }
}

/* All communes of the known town that are on the list are in this place. */
static bool holds_all(const struct town_sheet *sheet, size_t place, const struct known_town *town)
{
    size_t held = 0;
    for (size_t i = 0; i < sheet->read.count; i++) {
        const struct commune *read = &sheet->read.items[i];
        const struct commune *known = town_sheet_known(sheet, read->insee);
        held += read->place == place && known && !known->left && known->town == town->id;
    }
    return town->living > 0 && held == town->living;
}

/* A place whose identifier is new may be a town known under another. */
static struct known_town *known_otherwise(const struct town_sheet *sheet, size_t place)
{
    for (size_t i = 0; i < sheet->read.count; i++) {
        const struct commune *read = &sheet->read.items[i];
        const struct commune *known =
            read->place == place ? town_sheet_known(sheet, read->insee) : NULL;
        struct known_town *town = known ? town_sheet_town(sheet, known->town) : NULL;
        if (town && !town->taken && holds_all(sheet, place, town)) {
            return town;
        }
    }
    return NULL;
}

static void recognise_places(struct town_sheet *sheet)
{
    for (size_t i = 0; i < sheet->places.count; i++) {
        struct place *place = &sheet->places.items[i];
        place->known = town_of_key(sheet, place->key);
        if (place->known) {
            place->known->taken = true;
        }
    }
    for (size_t i = 0; i < sheet->places.count; i++) {
        struct place *place = &sheet->places.items[i];
        if (!place->known) {
            place->known = known_otherwise(sheet, i);
        }
        if (place->known) {
            place->known->taken = true;
        }
    }
}

/* --- the report ------------------------------------------------------------------------------- */

struct changes {
    struct imported *items;
    size_t count, capacity;
};

static uint32_t difference(const struct town_sheet *sheet, const struct commune *known,
                           const struct commune *read)
{
    const struct known_town *town = sheet->places.items[read->place].known;
    const int *columns = sheet->columns;
    uint32_t changed = 0;
    changed |= !str_equal(known->name, read->name) ? 1U << CHANGED_NAME : 0;
    changed |= !town || town->id != known->town ? 1U << CHANGED_TOWN : 0;
    changed |= columns[EPCI] >= 0 && !str_equal(known->epci, read->epci) ? 1U << CHANGED_EPCI : 0;
    changed |= columns[EPCI_NAME] >= 0 && !str_equal(known->epci_name, read->epci_name)
                   ? 1U << CHANGED_EPCI
                   : 0;
    changed |= columns[POPULATION] >= 0 && known->population != read->population
                   ? 1U << CHANGED_POPULATION
                   : 0;
    return changed;
}

static void report(struct town_sheet *sheet, struct import_report *out)
{
    struct arena *arena = sheet->tx->arena;
    struct changes came = {0}, left = {0}, changed = {0};
    for (size_t i = 0; i < sheet->read.count; i++) {
        const struct commune *read = &sheet->read.items[i];
        const struct commune *known = town_sheet_known(sheet, read->insee);
        struct imported line = {read->insee, read->name, 0};
        line.changed = known ? difference(sheet, known, read) : 0;
        if (!known || known->left) {
            ARENA_PUSH(arena, &came, line);
        } else if (line.changed) {
            ARENA_PUSH(arena, &changed, line);
        }
    }
    for (size_t i = 0; i < sheet->known.count; i++) {
        const struct commune *known = &sheet->known.items[i];
        struct imported line = {known->insee, known->name, 0};
        if (!known->seen && !known->left) {
            ARENA_PUSH(arena, &left, line);
        }
    }
    *out = (struct import_report){
        .communes = (int64_t)sheet->read.count,
        .towns = (int64_t)sheet->places.count,
        .came = {came.items, came.count},
        .left = {left.items, left.count},
        .changed = {changed.items, changed.count},
        .unplaced = {sheet->unplaced.items, sheet->unplaced.count},
    };
}

/* --- carrying it out -------------------------------------------------------------------------- */

/* "Nantua et Montréal-la-Cluse": the shortest name first, as French likes its lists. */
static int by_length(const void *a, const void *b)
{
    const char *left = *(const char *const *)a, *right = *(const char *const *)b;
    size_t left_chars = utf8_chars(left), right_chars = utf8_chars(right);
    return left_chars != right_chars ? (left_chars < right_chars ? -1 : 1) : strcmp(left, right);
}

SQL(add_town, "INSERT INTO town (key, name, folded, signed_on) VALUES (?1, ?2, ?3, ?4)");
SQL(change_town, "UPDATE town SET key = ?2, name = ?3, folded = ?4,"
                 " signed_on = coalesce(?5, signed_on) WHERE id = ?1");

/* Row of the place's town, made or brought up to date. */
static int64_t keep_place(struct tx *tx, struct place *place)
{
    qsort(place->communes, place->count, sizeof *place->communes, by_length);
    const char *name = town_name_of(tx, place->communes, place->count);
    if (!place->known) {
        db_run(tx->db, &add_town, place->key, name, fold(name, tx->arena), place->signed_on);
        return db_last_id(tx->db);
    }
    db_run(tx->db, &change_town, place->known->id, place->key, name, fold(name, tx->arena),
           place->signed_on);
    if (!str_equal(name, place->known->name)) {
        post_rename(tx, place->known->id, name);
    }
    return place->known->id;
}

SQL(keep_commune,
    "INSERT INTO commune (insee, name, departement, epci, epci_name, population, town)"
    " VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, 0), ?7) ON CONFLICT DO UPDATE SET"
    " name = excluded.name, town = excluded.town, left_on = NULL,"
    " epci = CASE WHEN ?8 THEN excluded.epci ELSE epci END,"
    " epci_name = CASE WHEN ?9 THEN excluded.epci_name ELSE epci_name END,"
    " population = CASE WHEN ?10 THEN excluded.population ELSE population END");
SQL(commune_left, "UPDATE commune SET left_on = ?2 WHERE insee = ?1");
SQL(towns_left, "UPDATE town SET left_on = ?1 WHERE left_on IS NULL AND id NOT IN"
                " (SELECT town FROM commune WHERE left_on IS NULL)");
SQL(towns_back, "UPDATE town SET left_on = NULL WHERE left_on IS NOT NULL AND id IN"
                " (SELECT town FROM commune WHERE left_on IS NULL)");

static void mark_left(struct town_sheet *sheet)
{
    char today[16];
    time_t now = (time_t)(sheet->tx->now_ms / MS_PER_SECOND);
    struct tm utc;
    strftime(today, sizeof today, "%Y-%m-%d", gmtime_r(&now, &utc));
    for (size_t i = 0; i < sheet->known.count; i++) {
        const struct commune *known = &sheet->known.items[i];
        if (!known->seen && !known->left) {
            db_run(sheet->tx->db, &commune_left, known->insee, today);
        }
    }
    db_run(sheet->tx->db, &towns_left, today);
    db_run(sheet->tx->db, &towns_back);
}

SQL(towns_with_people, "SELECT DISTINCT p.town FROM tenure t JOIN post p ON p.id = t.post"
                       " WHERE t.state = 'active' AND p.town IS NOT NULL");

/* A town's people belong to the Clubs of its départements and bear its name. */
static void settle_people(struct tx *tx)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } towns = {0};
    for (struct rows rows = db_select(tx->db, &towns_with_people); rows_next(&rows);) {
        ARENA_PUSH(tx->arena, &towns, rows_int(&rows, 0));
    }
    for (size_t i = 0; i < towns.count; i++) {
        tenure_settle_town(tx, towns.items[i]);
    }
}

SQL(all_towns, "SELECT id FROM town ORDER BY id");

/* A commune may have left one town for another: all are looked at again. */
static void tell_entries(struct tx *tx)
{
    struct ids towns = {0};
    ids_read(tx, db_select(tx->db, &all_towns), &towns);
    for (size_t i = 0; i < towns.count; i++) {
        entry_changed(tx, ENTRY_TOWN, towns.items[i]);
    }
}

static void carry_out(struct town_sheet *sheet)
{
    struct tx *tx = sheet->tx;
    const int *columns = sheet->columns;
    int64_t *towns = ARENA_ARRAY(tx->arena, int64_t, sheet->places.count);
    for (size_t i = 0; i < sheet->places.count; i++) {
        towns[i] = keep_place(tx, &sheet->places.items[i]);
    }
    for (size_t i = 0; i < sheet->read.count; i++) {
        const struct commune *read = &sheet->read.items[i];
        db_run(tx->db, &keep_commune, read->insee, read->name, read->departement, read->epci,
               read->epci_name, read->population, towns[read->place], columns[EPCI] >= 0,
               columns[EPCI_NAME] >= 0, columns[POPULATION] >= 0);
    }
    mark_left(sheet);
    settle_people(tx);
    tell_entries(tx);
}

static enum err town_import_run(struct tx *tx, const void *in, void *out)
{
    const struct town_import *asked = in;
    struct town_sheet sheet = {.tx = tx};
    enum err err = town_sheet_read(&sheet, asked->csv);
    if (err) {
        return err;
    }
    make_places(&sheet);
    recognise_places(&sheet);
    report(&sheet, out);
    if (!asked->dry_run) {
        carry_out(&sheet);
    }
    return ERR_NONE;
}

static const struct fact *const facts[] = {MEMBER_FACTS, NULL};

const struct command town_import_command = {
    .name = "town.import",
    .doc = "Bring the official list of towns in; says what came in, left and changed, and line by "
           "line "
           "what found no place. Doing it twice changes nothing.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = town_import_in,
    .in_bytes = sizeof(struct town_import),
    .out = import_report_out,
    .out_bytes = sizeof(struct import_report),
    .facts = facts,
    .run = town_import_run,
};
