#include "club/seed.h"

#include "base/str.h"
#include "club/channel.h"
#include "club/store_clean.h"
#include "club/synonym.h"

/* INSEE's list by code: metropolitan and overseas départements, without the collectivities.
 * tools/gen-departements.mjs makes it. */
static const struct departement {
    const char *code, *name, *of_name, *region;
} departements[] = {
#include "departements.inc"
};
#define DEPARTEMENT_COUNT ((int64_t)(sizeof departements / sizeof departements[0]))

static int64_t seed_channel(struct tx *tx, int64_t club, const char *name, const char *purpose,
                            enum channel_posting posting)
{
    return channel_insert(tx, &(struct channel_shared){.club = club,
                                                       .kind = CHANNEL_OPEN,
                                                       .posting = posting,
                                                       .name = name,
                                                       .purpose = purpose});
}

/* The migration that makes the table fills it: a server that is upgraded has them too. */
SQL(themes, "SELECT name FROM theme ORDER BY position");
SQL(announce_in, "UPDATE club SET announcements = ?2 WHERE id = ?1");

static void seed_channels(struct tx *tx, int64_t club)
{
    seed_channel(tx, club, "Général", "Ce qui n'a pas de canal à soi", POSTING_ALL);
    int64_t announcements = seed_channel(
        tx, club, "Annonces", "Les nouvelles du Club, par ses animateurs", POSTING_ANIMATEURS);
    db_run(tx->db, &announce_in, club, announcements);
    for (struct rows rows = db_select(tx->db, &themes); rows_next(&rows);) {
        seed_channel(tx, club, rows_copy(&rows, 0, tx->arena), "", POSTING_ALL);
    }
}

SQL(club_of, "SELECT id FROM club WHERE departement IS ?1");
SQL(club_insert, "INSERT INTO club (kind, departement, name, position) VALUES (?1, ?2, ?3, ?4)");

/* A Club that is there is left as its animateurs made it. */
static void seed_club(struct tx *tx, const char *kind, const char *departement, const char *name,
                      int64_t position)
{
    if (!db_int(tx->db, &club_of, 0, departement)) {
        db_run(tx->db, &club_insert, kind, departement, name, position);
        seed_channels(tx, db_last_id(tx->db));
    }
}

SQL(departement_put, "INSERT INTO departement (code, name, of_name, region) VALUES (?1, ?2, ?3, ?4)"
                     " ON CONFLICT DO NOTHING");

static void seed_departement(struct tx *tx, const struct departement *one, int64_t position)
{
    const char *name = arena_printf(tx->arena, "Club PVD %s", one->of_name);
    db_run(tx->db, &departement_put, one->code, one->name, one->of_name, one->region);
    seed_club(tx, "departement", one->code, name, position);
}

void club_seed_one(struct tx *tx, const char *departement)
{
    if (departement[0] == '\0') {
        seed_club(tx, "national", NULL, "Club national", 0);
    }
    for (int64_t i = 0; i < DEPARTEMENT_COUNT; i++) {
        if (str_equal(departements[i].code, departement)) {
            seed_departement(tx, &departements[i], i + 1);
        }
    }
}

void club_seed(struct tx *tx)
{
    club_seed_one(tx, "");
    for (int64_t i = 0; i < DEPARTEMENT_COUNT; i++) {
        seed_departement(tx, &departements[i], i + 1);
    }
    synonyms_seed(tx);
    store_clean_soon(tx); /* and every day from then on */
}
