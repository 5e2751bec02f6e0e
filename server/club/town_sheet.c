#include "club/town_sheet.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"

/* --- what is known ---------------------------------------------------------------------------- */

SQL(known_communes, "SELECT insee, name, departement, epci, epci_name, population, town,"
                    " left_on IS NOT NULL FROM commune ORDER BY insee");
SQL(known_towns, "SELECT id, key, name, signed_on FROM town ORDER BY id");

static int by_insee(const void *a, const void *b)
{
    return strcmp(((const struct commune *)a)->insee, ((const struct commune *)b)->insee);
}

struct commune *town_sheet_known(const struct town_sheet *sheet, const char *insee)
{
    struct commune like = {.insee = insee};
    const struct communes *known = &sheet->known;
    return known->count ? bsearch(&like, known->items, known->count, sizeof like, by_insee) : NULL;
}

struct known_town *town_sheet_town(const struct town_sheet *sheet, int64_t id)
{
    for (size_t i = 0; i < sheet->towns.count; i++) {
        if (sheet->towns.items[i].id == id) {
            return &sheet->towns.items[i];
        }
    }
    return NULL;
}

static void load_known(struct town_sheet *sheet)
{
    struct arena *arena = sheet->tx->arena;
    for (struct rows rows = db_select(sheet->tx->db, &known_towns); rows_next(&rows);) {
        struct known_town town = {
            .id = rows_int(&rows, 0),
            .key = rows_copy(&rows, 1, arena),
            .name = rows_copy(&rows, 2, arena),
            .signed_on = rows_copy(&rows, 3, arena),
        };
        ARENA_PUSH(arena, &sheet->towns, town);
    }
    for (struct rows rows = db_select(sheet->tx->db, &known_communes); rows_next(&rows);) {
        struct commune commune = {
            .insee = rows_copy(&rows, 0, arena),
            .name = rows_copy(&rows, 1, arena),
            .departement = rows_copy(&rows, 2, arena),
            .epci = rows_copy(&rows, 3, arena),
            .epci_name = rows_copy(&rows, 4, arena),
            .population = rows_int(&rows, 5),
            .town = rows_int(&rows, 6),
            .left = rows_int(&rows, 7) != 0,
        };
        ARENA_PUSH(arena, &sheet->known, commune);
        struct known_town *town = town_sheet_town(sheet, commune.town);
        if (town && !commune.left) {
            town->living++;
        }
    }
}

/* --- reading the file ------------------------------------------------------------------------- */

static enum err find_columns(struct town_sheet *sheet, const struct csv *csv)
{
    static const char *const names[TOWN_COLUMNS][8] = {
        [INSEE] = {"insee com", "insee", "code insee", "codgeo", "code commune", "insee commune"},
        [NAME] = {"lib com", "nom", "nom commune", "libelle commune", "commune", "nom com"},
        [KEY] = {"id pvd", "id pvd 2021", "identifiant pvd"},
        [SIGNED] = {"date signature", "date signature pvd", "date de signature"},
        [EPCI] = {"siren epci", "epci", "code epci"},
        [EPCI_NAME] = {"lib epci", "nom epci", "libelle epci"},
        [POPULATION] = {"population", "pop", "population municipale"},
    };
    for (int i = 0; i < TOWN_COLUMNS; i++) {
        sheet->columns[i] = sheet_column(sheet->tx, csv, names[i]);
    }
    if (sheet->columns[INSEE] < 0 || sheet->columns[NAME] < 0) {
        return sheet_refuse(sheet->tx,
                            PHRASE("il lui faut une colonne « insee_com » et une colonne "
                                   "« lib_com » ou « nom »",
                                   "it needs a column \"insee_com\" and a column \"lib_com\" or "
                                   "\"nom\""));
    }
    return ERR_NONE;
}

/* Spreadsheets take the zero off "01033". NULL if it is no INSEE code. */
static const char *insee_of(struct tx *tx, const char *cell)
{
    if (!cell) {
        return NULL;
    }
    size_t digits = strspn(cell, "0123456789"), chars = strlen(cell);
    if (digits == 4 && chars == 4) {
        return arena_printf(tx->arena, "0%s", cell);
    }
    bool corsican = chars == 5 && cell[0] == '2' && (cell[1] == 'A' || cell[1] == 'B') &&
                    strspn(cell + 2, "0123456789") == 3;
    return (digits == 5 && chars == 5) || corsican ? cell : NULL;
}

/* INSEE codes begin with that of the département; overseas it has three digits. */
static const char *departement_of(struct tx *tx, const char *insee)
{
    return arena_memdup(tx->arena, insee,
                        str_starts(insee, "97") || str_starts(insee, "98") ? 3 : 2);
}

/* "2021-03-12" from itself or from "12/03/2021"; NULL if it is neither. */
static const char *date_of(struct tx *tx, const char *cell)
{
    struct tm day = {0};
    char iso[16];
    const char *end =
        cell ? strptime(cell, strchr(cell, '/') ? "%d/%m/%Y" : "%Y-%m-%d", &day) : NULL;
    if (!end || (*end != '\0' && *end != ' ' && *end != 'T')) {
        return NULL;
    }
    strftime(iso, sizeof iso, "%Y-%m-%d", &day);
    return arena_strdup(tx->arena, iso);
}

/* "16 423" or "16423"; 0 if it is no number. */
static int64_t number_of(struct tx *tx, const char *cell)
{
    int64_t number = 0;
    char *digits = arena_strdup(tx->arena, cell ? cell : ""), *out = digits;
    for (const char *s = digits; *s; s++) {
        if (*s >= '0' && *s <= '9') {
            *out++ = *s;
        }
    }
    *out = '\0';
    return str_to_int(digits, 0, INT64_C(100000000), &number) ? number : 0;
}

static void refuse_line(struct town_sheet *sheet, const struct csv_row *row, const char *reason)
{
    struct arena *arena = sheet->tx->arena;
    const char *text = arena_printf(arena, "%s %s", csv_cell(row, sheet->columns[INSEE]),
                                    csv_cell(row, sheet->columns[NAME]));
    struct unplaced unplaced = {
        .line = row->line,
        .text = arena_memdup(arena, text, utf8_cut(text, LIMIT_LABEL_CHARS)),
        .reason = reason,
    };
    ARENA_PUSH(arena, &sheet->unplaced, unplaced);
}

SQL(departement_known, "SELECT 1 FROM departement WHERE code = ?1");

/* Why this row has no place; NULL if it has one. */
static const char *fault_of(struct town_sheet *sheet, const struct csv_row *row,
                            const struct commune *commune)
{
    struct tx *tx = sheet->tx;
    if (!commune->insee) {
        return say(tx, "ce n'est pas un code INSEE de commune",
                   "this is no INSEE code of a commune");
    }
    if (!commune->name || utf8_chars(commune->name) > LIMIT_NAME_CHARS) {
        return say(tx, "la commune n'a pas de nom", "the commune has no name");
    }
    if (!db_int(tx->db, &departement_known, 0, commune->departement)) {
        return say(tx, "aucun département de ce code n'a de Club",
                   "no département of this code has a Club");
    }
    if (sheet_cell(row, sheet->columns[SIGNED]) && !commune->signed_on) {
        return say(tx, "la date de signature n'est pas une date", "the signature date is no date");
    }
    return NULL;
}

static void read_line(struct town_sheet *sheet, const struct csv_row *row)
{
    struct tx *tx = sheet->tx;
    const int *columns = sheet->columns;
    struct commune commune = {
        .insee = insee_of(tx, sheet_cell(row, columns[INSEE])),
        .name = sheet_cell(row, columns[NAME]),
        .epci = sheet_cell(row, columns[EPCI]),
        .epci_name = sheet_cell(row, columns[EPCI_NAME]),
        .population = number_of(tx, sheet_cell(row, columns[POPULATION])),
        .signed_on = date_of(tx, sheet_cell(row, columns[SIGNED])),
        .key = sheet_cell(row, columns[KEY]),
        .line = row->line,
    };
    commune.departement = commune.insee ? departement_of(tx, commune.insee) : NULL;
    const char *fault = fault_of(sheet, row, &commune);
    struct commune *known = commune.insee ? town_sheet_known(sheet, commune.insee) : NULL;
    if (known) {
        known->seen = true; /* on the list, even where its line is at fault */
    }
    if (fault) {
        refuse_line(sheet, row, fault);
    } else {
        ARENA_PUSH(tx->arena, &sheet->read, commune);
    }
}

static int by_insee_and_line(const void *a, const void *b)
{
    int order = by_insee(a, b);
    return order ? order : ((const struct commune *)a)->line - ((const struct commune *)b)->line;
}

static const struct csv_row *row_of_line(const struct csv *csv, int line)
{
    const struct csv_row *row = csv->rows;
    while (row->line != line) {
        row++;
    }
    return row;
}

/* Keeps the first line of each commune. */
static void drop_doubles(struct town_sheet *sheet, const struct csv *csv)
{
    struct communes *read = &sheet->read;
    struct commune *items = read->items;
    size_t kept = 0;
    if (!items) {
        return; /* qsort takes no NULL, not even of nothing */
    }
    qsort(items, read->count, sizeof *items, by_insee_and_line);
    for (size_t i = 0; i < read->count; i++) {
        if (kept == 0 || !str_equal(items[kept - 1].insee, items[i].insee)) {
            items[kept++] = items[i];
            continue;
        }
        refuse_line(sheet, row_of_line(csv, items[i].line),
                    say(sheet->tx, "cette commune est déjà plus haut dans le fichier",
                        "this commune is already further up in the file"));
    }
    read->count = kept;
}

enum err town_sheet_read(struct town_sheet *sheet, const char *text)
{
    struct csv csv;
    enum err err = sheet_read(sheet->tx, text, &csv);
    err = err ? err : find_columns(sheet, &csv);
    if (err) {
        return err;
    }
    load_known(sheet);
    for (size_t i = 0; i < csv.count; i++) {
        read_line(sheet, &csv.rows[i]);
    }
    if (sheet->read.count == 0) {
        return sheet_refuse(sheet->tx, PHRASE("aucune de ses lignes ne désigne une commune",
                                              "none of its lines is about a commune"));
    }
    drop_doubles(sheet, &csv);
    return ERR_NONE;
}
