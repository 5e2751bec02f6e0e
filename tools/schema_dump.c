/* Prints the schema that all migrations together make: schema/current.sql, there to be read and to
 * show in a change what a migration does. Tables by name, each followed by its indexes. */
#include <stdio.h>

#include "store/migrate.h"

/* Shadow tables are FTS5's own affair and differ between versions of SQLite. */
SQL(objects,
    "SELECT sql FROM sqlite_schema AS s WHERE sql IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM pragma_table_list AS l WHERE l.name = s.tbl_name AND l.type = 'shadow')"
    " ORDER BY tbl_name, type = 'index', name");

int main(void)
{
    struct db *db = db_open(NULL, DB_MEMORY);
    if (!db || migrate(db) != ERR_NONE) {
        db_close(db);
        return 1;
    }
    printf("-- Made by `make generate` from the migrations; not read by the program.\n");
    printf("-- Version %d.\n", migrate_current(db));
    for (struct rows rows = db_select(db, &objects); rows_next(&rows);) {
        printf("\n%s;\n", rows_text(&rows, 0));
    }
    int failed = db_error(db) != ERR_NONE;
    db_close(db);
    return failed;
}
