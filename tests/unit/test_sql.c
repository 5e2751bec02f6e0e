/* Every statement of the program fits the schema that the migrations make. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "store.h"
#include "store/db_internal.h"

struct look {
    struct db *db;
    int seen, wrong;
};

static void look_at(const struct sql *sql, void *context)
{
    struct look *look = context;
    look->seen++;
    if (db_prepare(look->db, sql) != ERR_NONE) {
        print_error("%s:%d: %s\n", sql->file, sql->line, sql->text);
        look->wrong++;
    }
    db_clear_error(look->db);
}

static void test_every_statement_prepares(void **state)
{
    (void)state;
    struct look look = {.db = open_memory()};
    sql_each(look_at, &look);
    db_close(look.db);
    assert_int_equal(look.wrong, 0);
    assert_true(look.seen > 100);
}

/* --- what it touches ----------------------------------------------------------------------------
 */

/* SQLite's own program for a statement is a second witness of the tables it opens, beside its
 * authorizer: the tables of triggers and of references' actions are in it too. */
static const char *const opened_table =
    "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?1 AND tbl_name <> 'sqlite_sequence'";

static bool is_noted(const struct db *db, const struct table_set *set, const char *name)
{
    for (int i = 0; i < db->tables.count; i++) {
        if (strcmp(db->tables.names[i], name) == 0) {
            return set->bits[i / 64] >> (i % 64) & 1;
        }
    }
    return false;
}

static bool root_is_noted(struct db *db, const struct table_set *set, int root)
{
    sqlite3_stmt *find = NULL;
    bool noted = true;
    assert_int_equal(sqlite3_prepare_v2(db->handle, opened_table, -1, &find, NULL), SQLITE_OK);
    sqlite3_bind_int(find, 1, root);
    if (sqlite3_step(find) == SQLITE_ROW) {
        noted = is_noted(db, set, (const char *)sqlite3_column_text(find, 0));
    }
    sqlite3_finalize(find);
    return noted;
}

/* One step of the program: does it open a table that was not noted? Who writes may look up more
 * than it says, for references; nothing is kept of such a statement. */
static bool step_is_noted(struct db *db, const struct statement *statement, sqlite3_stmt *program)
{
    const char *name = (const char *)sqlite3_column_text(program, 1);
    int p1 = sqlite3_column_int(program, 2), p2 = sqlite3_column_int(program, 3);
    int database = sqlite3_column_int(program, 4);
    if (strcmp(name, "OpenWrite") == 0 && database == 0) {
        return statement->is_write && root_is_noted(db, &statement->writes, p2);
    }
    if (strcmp(name, "Clear") == 0 && p2 == 0) {
        return statement->is_write && root_is_noted(db, &statement->writes, p1);
    }
    if ((strcmp(name, "OpenRead") == 0 || strcmp(name, "ReopenIdx") == 0) && database == 0) {
        return statement->is_write || root_is_noted(db, &statement->reads, p2);
    }
    return true;
}

static void look_through(const struct sql *sql, void *context)
{
    struct look *look = context;
    struct db *db = look->db;
    if (strncmp(sql->text, "PRAGMA", strlen("PRAGMA")) == 0) {
        return;
    }
    const struct statement *statement = statement_of(db, sql);
    sqlite3_stmt *program = NULL;
    char *text = sqlite3_mprintf("EXPLAIN %s", sql->text);
    bool noted = statement != NULL;
    assert_int_equal(sqlite3_prepare_v2(db->handle, text, -1, &program, NULL), SQLITE_OK);
    while (noted && sqlite3_step(program) == SQLITE_ROW) {
        look->seen++;
        noted = step_is_noted(db, statement, program);
    }
    if (!noted) {
        print_error("%s:%d: %s\n", sql->file, sql->line, sql->text);
        look->wrong++;
    }
    sqlite3_finalize(program);
    sqlite3_free(text);
    db_clear_error(db);
}

static void test_every_table_a_statement_opens_is_noted_for_the_memo(void **state)
{
    (void)state;
    struct look look = {.db = open_memory()};
    sql_each(look_through, &look);
    db_close(look.db);
    assert_int_equal(look.wrong, 0);
    assert_true(look.seen > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_statement_prepares),
        cmocka_unit_test(test_every_table_a_statement_opens_is_noted_for_the_memo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
