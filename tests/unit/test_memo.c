#include "unit.h"

#include "store.h"
#include "store/memo.h"

SQL(create, "CREATE TABLE act (id INTEGER PRIMARY KEY, name TEXT, holder INTEGER) STRICT");
SQL(create_other, "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT) STRICT");
SQL(create_view, "CREATE VIEW holder_of AS SELECT id, holder FROM act");
SQL(create_bare, "CREATE TABLE seat (id INTEGER PRIMARY KEY, n INTEGER) STRICT, WITHOUT ROWID");
SQL(insert, "INSERT INTO act (id, name, holder) VALUES (?1, ?2, ?3)");
SQL(insert_town, "INSERT INTO place (id, name) VALUES (?1, 'Nantua')");
SQL(rename_post, "UPDATE act SET name = ?2 WHERE id = ?1");
SQL(drop_post, "DELETE FROM act WHERE id = ?1");
SQL(drop_all, "DELETE FROM act");
SQL(take_seat, "INSERT INTO seat (id, n) VALUES (1, ?1) ON CONFLICT DO UPDATE SET n = ?1");
SQL(post_row, "SELECT name, holder FROM act WHERE id = ?1");
SQL(two_keys, "SELECT name FROM act WHERE id = ?1 AND holder = ?2");
SQL(through_view, "SELECT holder FROM holder_of WHERE id = ?1");
SQL(through_exists, "SELECT EXISTS (SELECT 1 FROM act WHERE id = ?1)");
SQL(count_posts, "SELECT count(*) FROM act WHERE ?1");
SQL(seat_row, "SELECT n FROM seat WHERE id = ?1");
SQL(any_number, "SELECT abs(random()) % 1000000007 FROM (SELECT id FROM act UNION ALL SELECT ?1)"
                " LIMIT 1");
SQL(the_number, "SELECT ?1 + 0, abs(random()) FROM place");

static struct db *open_posts(void)
{
    struct db *db = open_memory();
    db_run(db, &create);
    db_run(db, &create_other);
    db_run(db, &create_view);
    db_run(db, &create_bare);
    db_run(db, &insert, 1, "animateur", 10);
    db_run(db, &insert_town, 1);
    assert_int_equal(db_error(db), ERR_NONE);
    return db;
}

static void a_row_is_kept_until_its_table_is_written(void **state)
{
    (void)state;
    struct db *db = open_posts();
    int64_t drawn = memo_number(db, &any_number, -1, 1);
    db_run(db, &insert_town, 2);
    assert_int_equal(memo_number(db, &any_number, -1, 1), drawn);
    db_run(db, &rename_post, 1, "élu");
    assert_int_not_equal(memo_number(db, &any_number, -1, 1), drawn);
    db_close(db);
}

static void what_is_read_follows_every_kind_of_write(void **state)
{
    (void)state;
    struct db *db = open_posts();
    assert_string_equal(memo_text(memo_row(db, &post_row, 1), 0), "animateur");
    assert_int_equal(memo_int(memo_row(db, &post_row, 1), 1), 10);
    db_run(db, &rename_post, 1, "élu");
    assert_string_equal(memo_text(memo_row(db, &post_row, 1), 0), "élu");
    db_run(db, &drop_post, 1);
    assert_null(memo_row(db, &post_row, 1));
    db_run(db, &insert, 1, (const char *)NULL, 12);
    assert_true(memo_is_null(memo_row(db, &post_row, 1), 0));
    db_run(db, &drop_all); /* emptied at once, row by row unseen */
    assert_null(memo_row(db, &post_row, 1));
    db_run(db, &take_seat, 3);
    assert_int_equal(memo_number(db, &seat_row, -1, 1), 3);
    db_run(db, &take_seat, 4);
    assert_int_equal(memo_number(db, &seat_row, -1, 1), 4);
    db_close(db);
}

static void a_view_a_subquery_and_a_count_know_what_they_read(void **state)
{
    (void)state;
    struct db *db = open_posts();
    assert_int_equal(memo_number(db, &through_view, -1, 1), 10);
    assert_int_equal(memo_number(db, &through_exists, -1, 2), 0);
    assert_int_equal(memo_number(db, &count_posts, -1, 1), 1);
    db_run(db, &drop_post, 1);
    db_run(db, &insert, 1, "maire", 11);
    db_run(db, &insert, 2, "adjoint", 12);
    assert_int_equal(memo_number(db, &through_view, -1, 1), 11);
    assert_int_equal(memo_number(db, &through_exists, -1, 2), 1);
    assert_int_equal(memo_number(db, &count_posts, -1, 1), 2);
    db_close(db);
}

static void rows_of_other_values_are_other_rows(void **state)
{
    (void)state;
    struct db *db = open_posts();
    for (int i = 2; i < 20000; i++) { /* past what is kept */
        db_run(db, &insert, i, "p", i % 7);
    }
    for (int i = 2; i < 20000; i++) {
        assert_int_equal(memo_int(memo_row(db, &post_row, i), 1), i % 7);
        assert_true((memo_row(db, &two_keys, i, i % 7) != NULL) &&
                    !memo_row(db, &two_keys, i, i % 7 + 1));
    }
    db_close(db);
}

static void what_was_undone_is_not_remembered(void **state)
{
    (void)state;
    struct db *db = open_posts();
    assert_int_equal(db_begin_write(db), ERR_NONE);
    db_savepoint(db);
    db_run(db, &rename_post, 1, "undone");
    assert_string_equal(memo_text(memo_row(db, &post_row, 1), 0), "undone");
    db_savepoint_undo(db);
    assert_string_equal(memo_text(memo_row(db, &post_row, 1), 0), "animateur");
    db_run(db, &rename_post, 1, "rolled back");
    assert_string_equal(memo_text(memo_row(db, &post_row, 1), 0), "rolled back");
    db_rollback(db);
    assert_string_equal(memo_text(memo_row(db, &post_row, 1), 0), "animateur");
    db_close(db);
}

static void a_reader_keeps_nothing(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    struct db *db = open_migrated(place.path, DB_WRITER);
    db_run(db, &create_other);
    db_run(db, &create);
    db_run(db, &insert_town, 1);
    struct db *reader = db_open(place.path, DB_READER);
    int64_t drawn = memo_int(memo_row(reader, &the_number, 1), 1);
    assert_int_not_equal(memo_int(memo_row(reader, &the_number, 1), 1), drawn);
    assert_int_equal(memo_number(reader, &count_posts, -1, 1), 0);
    db_run(db, &insert, 1, "p", 1); /* by another connection */
    assert_int_equal(memo_number(reader, &count_posts, -1, 1), 1);
    db_close(reader);
    db_close(db);
    place_remove(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_kept_until_its_table_is_written),
        cmocka_unit_test(what_is_read_follows_every_kind_of_write),
        cmocka_unit_test(a_view_a_subquery_and_a_count_know_what_they_read),
        cmocka_unit_test(rows_of_other_values_are_other_rows),
        cmocka_unit_test(what_was_undone_is_not_remembered),
        cmocka_unit_test(a_reader_keeps_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
