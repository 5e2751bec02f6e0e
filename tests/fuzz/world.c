#include "world.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/shelf_fixture.h"
#include "fuzz.h"
#include "store/db_internal.h"
#include "store/journal.h"

static void make_people(struct world *world, struct cast *cast)
{
    struct club_fixture *f = world->f;
    int64_t lecteur = fixture_member(f, "Lise", f->ain, ROLE_LECTEUR);
    int64_t guest = fixture_person(f, "Guy");
    fixture_guest(f, guest, fixture_channel(f, f->ain, "Général"), ROLE_PARTENAIRE);
    int64_t administrator = fixture_administrator(f, "Ada");
    const int64_t people[WORLD_PEOPLE] = {cast->anne, cast->bob, cast->chloe,   cast->zoe,
                                          lecteur,    guest,     administrator, FIXTURE_OPERATOR};
    memcpy(world->people, people, sizeof people);
}

static void make_talk(struct cast *cast)
{
    int64_t root = talk_post(cast, cast->bob, cast->general, "Bonjour **à tous**, l'élu de Nantua");
    talk_reply(cast, cast->anne, root, "Réponse avec https://exemple.fr/a");
    talk_post(cast, cast->anne, cast->announces, "Annonce");
    fixture_direct(cast->f, cast->anne, cast->bob);
    fixture_private(cast->f, cast->f->ain, "Réservé");
    fixture_ok(cast->f, FIXTURE_OPERATOR, "town.import",
               "{\"csv\":\"insee_com;nom;id_pvd\\n01269;Nantua;p1\\n01034;Belley;\\n\"}");
    shelf_draft(cast, "");
    shelf_published(cast, "\"title\":\"Halles et marchés\"");
}

static struct world *make(void)
{
    static struct world world;
    void *state = NULL;
    check(fixture_setup(&state) == 0);
    world.f = state;
    world.seats = seats_of(&state, 2);
    struct cast cast = {.f = world.f,
                        .anne = world.seats.anne,
                        .bob = world.seats.bob,
                        .chloe = world.seats.chloe,
                        .zoe = world.seats.zoe,
                        .general = fixture_channel(world.f, world.f->ain, "Général"),
                        .announces = fixture_channel(world.f, world.f->ain, "Annonces")};
    make_people(&world, &cast);
    make_talk(&cast);
    db_run_deferred(world.f->db);
    fixture_sql(world.f, "SAVEPOINT world");
    return &world;
}

struct world *world_begin(void)
{
    static struct world *world;
    static int64_t head, now_ms;
    if (!world) {
        world = make();
        head = journal_head(world->f->db);
        now_ms = world->f->now_ms;
    }
    struct db *db = world->f->db;
    db_reset_running(db);
    db_clear_error(db);
    db->deferred.count = 0;
    fixture_sql(world->f, "ROLLBACK TO world");
    db->head.number = head; /* counted in memory */
    world->f->now_ms = now_ms;
    arena_reset(&world->f->arena);
    return world;
}

void world_check(struct world *world)
{
    struct club_fixture *f = world->f;
    db_run_deferred(f->db);
    check(db_error(f->db) == ERR_NONE);
    fixture_sql(f, "INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)");
    fixture_sql(f, "INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)");
    fixture_sql(f, "INSERT INTO page_fts (page_fts, rank) VALUES ('integrity-check', 1)");
    check(fixture_count(f, "SELECT count(*) FROM pragma_foreign_key_check") == 0);
    check(fixture_count(f, "SELECT coalesce(max(seq), 0) FROM journal") <= journal_head(f->db));
    check(fixture_count(f, "SELECT coalesce(max(id), 0) FROM message") <= journal_head(f->db));
}

/* FNV-1a (Fowler, Noll, Vo). */
static uint64_t mix(uint64_t hash, const void *data, size_t bytes)
{
    const uint8_t *at = data;
    for (size_t i = 0; i < bytes; i++) {
        hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static uint64_t hash_rows(sqlite3 *handle, const char *sql, uint64_t hash)
{
    sqlite3_stmt *statement = NULL;
    check(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) == SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const void *data = sqlite3_column_blob(statement, i);
            hash = mix(hash, data, (size_t)sqlite3_column_bytes(statement, i));
            hash = mix(hash, "|", 1);
        }
    }
    sqlite3_finalize(statement);
    return hash;
}

uint64_t world_hash(struct world *world)
{
    static char *queries[200];
    static size_t count;
    sqlite3 *handle = world->f->db->handle;
    sqlite3_stmt *tables = NULL;
    check(count > 0 || sqlite3_prepare_v2(
                           handle,
                           "SELECT name FROM sqlite_schema WHERE type = 'table'"
                           " AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND sql NOT LIKE '%VIRTUAL%'",
                           -1, &tables, NULL) == SQLITE_OK);
    while (tables && sqlite3_step(tables) == SQLITE_ROW) {
        check(count < sizeof queries / sizeof *queries);
        queries[count++] = sqlite3_mprintf("SELECT * FROM \"%w\"", sqlite3_column_text(tables, 0));
    }
    sqlite3_finalize(tables);
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < count; i++) {
        hash = hash_rows(handle, queries[i], hash);
    }
    return hash;
}

int64_t world_changes(struct world *world)
{
    return sqlite3_total_changes64(world->f->db->handle);
}
