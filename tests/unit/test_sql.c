/* Every statement of the program fits the schema that the migrations make. */
#include "unit.h"

#include <stdio.h>

#include "store.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_statement_prepares)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
