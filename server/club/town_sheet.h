/* An import of the official list, on its way: what is known, what the file says, what becomes of
 * it.
 *
 * Read by town_sheet.c, carried out by town_import.c. Threads: the tx's. */
#ifndef BEFFROI_CLUB_TOWN_SHEET_H
#define BEFFROI_CLUB_TOWN_SHEET_H

#include "club/import_report.h"
#include "club/sheet.h"

struct commune { /* as known, or as the file says */
    const char *insee, *name, *departement, *epci, *epci_name;
    int64_t population; /* 0: not said */
    /* Of the known. */
    int64_t town; /* row */
    bool left;
    bool seen; /* on the list, even where its line is at fault */
    /* Of the file. */
    int line;
    const char *key; /* identifier of the town; NULL: empty */
    const char *signed_on;
    size_t place;
};
struct communes {
    struct commune *items; /* by INSEE code */
    size_t count, capacity;
};

struct known_town {
    int64_t id;
    const char *key, *name, *signed_on;
    size_t living; /* communes on the list so far */
    bool taken;    /* by a place of the file */
};

/* A town as the file says. */
struct place {
    const char *key; /* identifier, or the INSEE code of a commune alone */
    const char *signed_on;
    const char **communes; /* names */
    size_t count;
    struct known_town *known; /* NULL: new */
};

enum town_column { INSEE, NAME, KEY, SIGNED, EPCI, EPCI_NAME, POPULATION, TOWN_COLUMNS };

struct town_sheet {
    struct tx *tx;
    int columns[TOWN_COLUMNS]; /* -1: the file has none such */
    struct communes known, read;
    struct {
        struct known_town *items;
        size_t count, capacity;
    } towns;
    struct {
        struct place *items;
        size_t count, capacity;
    } places;
    struct {
        struct unplaced *items;
        size_t count, capacity;
    } unplaced;
};

/* Reads the file beside what is known; ERR_CSV where it is of no use. `places` is still empty. */
enum err town_sheet_read(struct town_sheet *sheet, const char *text);

/* NULL if there is none. */
struct commune *town_sheet_known(const struct town_sheet *sheet, const char *insee);
struct known_town *town_sheet_town(const struct town_sheet *sheet, int64_t id);

#endif
