/* A database as an earlier version of the program left it: migrated to one version only, and filled with
 * the rows of a newer database wherever both have the table and the column.
 *
 * Usage: schema_at VERSION TARGET [SOURCE]; without VERSION (0) it prints the newest */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "store/db.h"
#include "store/migrate.h"

enum { VERSIONS = 1000 };

SQL(tables, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite%' AND EXISTS (SELECT 1 FROM source.sqlite_schema AS s"
            " WHERE s.type = 'table' AND s.name = pragma_table_list.name) ORDER BY name");
SQL(columns, "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info(?1) AS here"
             " WHERE EXISTS (SELECT 1 FROM pragma_table_info(?1, 'source') AS there"
             " WHERE there.name = here.name)");
SQL(broken, "SELECT count(*) FROM pragma_foreign_key_check");
/* Rows that refer to what this version does not know, and the index of what is there. */
SQL(prune, "SELECT group_concat('DELETE FROM \"' || \"table\" || '\" WHERE rowid = ' || rowid, ';')"
           " FROM pragma_foreign_key_check");
SQL(index_anew,
    "SELECT group_concat('INSERT INTO ' || name || '(' || name || ') VALUES (''rebuild'')',"
    " ';') FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5 (%'");

static int fail(const char *what)
{
    fprintf(stderr, "schema_at: %s\n", what);
    return 1;
}

/* The first `version` migrations. */
static bool migrate_to(struct db *db, int version)
{
    static struct migration list[VERSIONS + 1];
    for (int i = 0; i < VERSIONS && migrations[i].script && migrations[i].version <= version; i++) {
        list[i] = migrations[i];
    }
    return migrate_list(db, list) == ERR_NONE;
}

static void add_copy(struct buf *script, struct db *db, struct arena *arena, const char *table)
{
    const char *names = db_text(db, &columns, arena, table);
    if (names) {
        buf_printf(script, "INSERT OR REPLACE INTO main.\"%s\" (%s) SELECT %s FROM source.\"%s\";",
                   table, names, names, table);
    }
}

static void run(struct db *db, struct buf *script)
{
    buf_add(script, "", 1);
    db_script(db, script->data);
    buf_clear(script);
}

static bool fill(struct db *db, const char *source)
{
    struct buf script;
    struct arena arena;
    buf_init(&script);
    arena_init(&arena);
    buf_printf(&script, "PRAGMA foreign_keys = OFF; ATTACH '%s' AS source;", source);
    run(db, &script);
    buf_text(&script, "BEGIN;");
    for (struct rows rows = db_select(db, &tables); rows_next(&rows);) {
        add_copy(&script, db, &arena, rows_text(&rows, 0));
    }
    buf_text(&script, "COMMIT; DETACH source;");
    run(db, &script);
    for (int round = 0; round < VERSIONS && db_int(db, &broken, 0) > 0; round++) {
        db_script(db, db_text(db, &prune, &arena));
    }
    const char *anew = db_text(db, &index_anew, &arena);
    db_script(db, anew ? anew : "");
    bool filled = db_int(db, &broken, -1) == 0 && db_error(db) == ERR_NONE;
    buf_finish(&script);
    arena_finish(&arena);
    return filled;
}

int main(int argc, char **argv)
{
    int version = argc > 1 ? atoi(argv[1]) : 0;
    if (version == 0) {
        printf("%d\n", migrate_latest());
        return 0;
    }
    struct db *db = argc > 2 ? db_open(argv[2], DB_WRITER) : NULL;
    if (!db || !migrate_to(db, version)) {
        return fail("the database cannot be made");
    }
    if (argc > 3 && !fill(db, argv[3])) {
        return fail("the rows cannot be copied");
    }
    db_close(db);
    return 0;
}
