#include "unit.h"

#include <string.h>

#include "store.h"

SQL(set_far_version, "PRAGMA user_version = 9999");
SQL(tables, "SELECT count(*) FROM sqlite_schema");
SQL(references_on, "PRAGMA foreign_keys");
SQL(table_a, "SELECT count(*) FROM sqlite_schema WHERE name = 'a'");
SQL(table_b, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'");
SQL(children, "SELECT count(*) FROM child");

static struct db *open_empty(void)
{
    struct db *db = db_open(NULL, DB_MEMORY);
    assert_non_null(db);
    return db;
}

static void a_fresh_database_reaches_the_latest_version(void **state)
{
    (void)state;
    struct db *db = open_memory();
    assert_true(migrate_latest() > 0);
    assert_int_equal(migrate_current(db), migrate_latest());
    db_close(db);
}

static void migrating_twice_changes_nothing(void **state)
{
    (void)state;
    struct db *db = open_memory();
    int64_t before = db_int(db, &tables, 0);
    assert_int_equal(migrate(db), ERR_NONE);
    assert_int_equal(db_int(db, &tables, 0), before);
    db_close(db);
}

static void a_newer_database_is_left_alone(void **state)
{
    (void)state;
    struct db *db = open_empty();
    db_run(db, &set_far_version);
    assert_int_equal(migrate(db), ERR_CONFLICT);
    assert_int_equal(db_int(db, &tables, -1), 0);
    assert_int_equal(migrate_current(db), 9999);
    db_close(db);
}

static void a_broken_script_leaves_the_version_before_it(void **state)
{
    (void)state;
    static const struct migration list[] = {
        {1, "good", "CREATE TABLE a (x INTEGER) STRICT;"},
        {2, "broken", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"},
        {0, 0, 0},
    };
    struct db *db = open_empty();
    assert_int_equal(migrate_list(db, list), ERR_INTERNAL);
    assert_int_equal(migrate_current(db), 1);
    assert_int_equal(db_int(db, &table_a, -1), 1);
    assert_int_equal(db_int(db, &table_b, -1), 0);
    db_close(db);
}

static const char parent_and_child[] =
    "CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;"
    "CREATE TABLE child (parent INTEGER NOT NULL"
    " REFERENCES parent ON DELETE CASCADE) STRICT;"
    "INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1);";

static void a_table_built_anew_keeps_what_refers_to_it(void **state)
{
    (void)state;
    static const struct migration list[] = {
        {1, "tables", parent_and_child},
        {2, "anew",
         "CREATE TABLE fresh (id INTEGER PRIMARY KEY, more TEXT) STRICT;"
         "INSERT INTO fresh (id) SELECT id FROM parent; DROP TABLE parent;"
         "ALTER TABLE fresh RENAME TO parent;"},
        {0, 0, 0},
    };
    struct db *db = open_empty();
    assert_int_equal(migrate_list(db, list), ERR_NONE);
    assert_int_equal(db_int(db, &children, -1), 1);
    assert_int_equal(db_int(db, &references_on, -1), 1);
    db_close(db);
}

static void a_script_that_breaks_a_reference_is_undone(void **state)
{
    (void)state;
    static const struct migration list[] = {
        {1, "tables", parent_and_child},
        {2, "orphan", "DELETE FROM parent;"},
        {0, 0, 0},
    };
    struct db *db = open_empty();
    assert_int_equal(migrate_list(db, list), ERR_INTERNAL);
    assert_int_equal(migrate_current(db), 1);
    assert_int_equal(db_int(db, &children, -1), 1);
    db_close(db);
}

struct looked {
    struct db *db;
    int seen, refused;
};

static void look(const struct sql *sql, void *context)
{
    struct looked *looked = context;
    if (strncmp(sql->file, "server/", 7) != 0) {
        return; /* tests speak of tables of their own */
    }
    looked->seen++;
    looked->refused += db_prepare(looked->db, sql) != ERR_NONE;
    db_clear_error(looked->db);
}

/* A refused statement is named, with its file and line, in the log. */
static void every_statement_of_the_program_fits_the_schema(void **state)
{
    (void)state;
    struct looked looked = {.db = open_memory()};
    sql_each(look, &looked);
    assert_true(looked.seen >= 20);
    assert_int_equal(looked.refused, 0);
    db_close(looked.db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_database_reaches_the_latest_version),
        cmocka_unit_test(migrating_twice_changes_nothing),
        cmocka_unit_test(a_newer_database_is_left_alone),
        cmocka_unit_test(a_broken_script_leaves_the_version_before_it),
        cmocka_unit_test(a_table_built_anew_keeps_what_refers_to_it),
        cmocka_unit_test(a_script_that_breaks_a_reference_is_undone),
        cmocka_unit_test(every_statement_of_the_program_fits_the_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
