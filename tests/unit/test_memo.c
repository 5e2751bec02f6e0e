#include "unit.h"

#include <stdio.h>

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

/* --- writes that name another table ---------------------------------------------------------- */

SQL(drop_owner, "DELETE FROM owner WHERE id = ?1");
SQL(renumber_owner, "UPDATE owner SET id = ?2 WHERE id = ?1");
SQL(replace_owner, "INSERT OR REPLACE INTO owner (id, name) VALUES (?1, 'again')");
SQL(add_owner, "INSERT INTO owner (id, name) VALUES (?1, 'new')");
SQL(add_goods, "INSERT INTO goods (id, owner, kept_by) VALUES (?1, ?2, ?2)");
SQL(add_shed, "INSERT INTO shed (id) VALUES (?1)");
SQL(count_goods, "SELECT count(*) FROM goods WHERE owner = ?1");
SQL(keeper_of, "SELECT kept_by FROM goods WHERE id = ?1");
SQL(owner_of, "SELECT owner FROM goods WHERE id = ?1");
SQL(noted_of, "SELECT count(*) FROM note WHERE owner = ?1");
SQL(found_of, "SELECT count(*) FROM words WHERE words MATCH 'found' AND rowid >= ?1");
SQL(add_words, "INSERT INTO words (rowid, body) VALUES (?1, 'found')");
SQL(drop_words, "DELETE FROM words WHERE rowid = ?1");
SQL(add_listed, "INSERT INTO act (id, name, holder) SELECT value, 'put off', 1 FROM json_each(?1)");

static const char owners[] =
    "CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT) STRICT;"
    "CREATE TABLE note (owner INTEGER) STRICT;"
    "CREATE TABLE goods (id INTEGER PRIMARY KEY,"
    " owner INTEGER REFERENCES owner ON DELETE CASCADE ON UPDATE CASCADE,"
    " kept_by INTEGER REFERENCES owner ON DELETE SET NULL ON UPDATE CASCADE) STRICT;"
    "CREATE VIEW shed AS SELECT id FROM goods;"
    "CREATE TRIGGER owner_gone AFTER DELETE ON owner"
    " BEGIN INSERT INTO note VALUES (old.id); END;"
    "CREATE TRIGGER shed_filled INSTEAD OF INSERT ON shed"
    " BEGIN INSERT INTO goods (id, owner) VALUES (new.id, 1); END;"
    "CREATE VIRTUAL TABLE words USING fts5 (body);"
    "INSERT INTO owner VALUES (1, 'a'), (2, 'b'), (3, 'c');"
    "INSERT INTO goods VALUES (1, 1, 2), (2, 2, 2), (3, 3, 3);";

static struct db *open_owners(void)
{
    struct db *db = open_posts();
    assert_int_equal(db_script(db, owners), ERR_NONE);
    return db;
}

static void a_reference_that_acts_is_a_write(void **state)
{
    (void)state;
    struct db *db = open_owners();
    assert_int_equal(memo_number(db, &count_goods, -1, 1), 1);
    db_run(db, &drop_owner, 1);
    assert_int_equal(memo_number(db, &count_goods, -1, 1), 0);
    assert_int_equal(memo_number(db, &keeper_of, -1, 2), 2);
    assert_int_equal(memo_number(db, &owner_of, -1, 3), 3);
    db_run(db, &renumber_owner, 3, 30);
    assert_int_equal(memo_number(db, &owner_of, -1, 3), 30);
    db_run(db, &replace_owner, 2);
    assert_int_equal(memo_number(db, &keeper_of, -1, 2), -1);
    assert_int_equal(db_error(db), ERR_NONE);
    db_close(db);
}

static void a_trigger_writes_to_what_it_names(void **state)
{
    (void)state;
    struct db *db = open_owners();
    assert_int_equal(memo_number(db, &noted_of, -1, 1), 0);
    db_run(db, &drop_owner, 1);
    assert_int_equal(memo_number(db, &noted_of, -1, 1), 1);
    db_run(db, &add_owner, 1);
    assert_int_equal(memo_number(db, &count_goods, -1, 1), 0);
    db_run(db, &add_shed, 9); /* through a view */
    assert_int_equal(memo_number(db, &count_goods, -1, 1), 1);
    assert_int_equal(db_error(db), ERR_NONE);
    db_close(db);
}

static void a_full_text_index_and_what_is_put_off_are_written_to(void **state)
{
    (void)state;
    struct db *db = open_owners();
    assert_int_equal(memo_number(db, &found_of, -1, 1), 0);
    db_run(db, &add_words, 5);
    assert_int_equal(memo_number(db, &found_of, -1, 1), 1);
    db_run(db, &drop_words, 5);
    assert_int_equal(memo_number(db, &found_of, -1, 1), 0);
    assert_int_equal(db_begin_write(db), ERR_NONE);
    db_defer(db, &add_listed, 77);
    assert_null(memo_row(db, &post_row, 77));
    assert_int_equal(db_commit(db), ERR_NONE);
    assert_non_null(memo_row(db, &post_row, 77));
    db_close(db);
}

/* What a statement touches was noted when it was prepared, and the schema is another now. */
static void a_script_may_change_what_a_statement_touches(void **state)
{
    (void)state;
    struct db *db = open_posts();
    assert_int_equal(memo_number(db, &through_view, -1, 1), 10);
    db_run(db, &drop_post, 99);
    assert_int_equal(
        db_script(db, "CREATE TABLE goods (id INTEGER PRIMARY KEY,"
                      " owner INTEGER REFERENCES act ON DELETE CASCADE, kept_by INTEGER) STRICT;"
                      "CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT) STRICT;"
                      "DROP VIEW holder_of;"
                      "CREATE VIEW holder_of AS SELECT id, id AS holder FROM owner;"),
        ERR_NONE);
    db_run(db, &add_goods, 1, 1);
    assert_int_equal(memo_number(db, &count_goods, -1, 1), 1);
    db_run(db, &drop_post, 1);
    assert_int_equal(memo_number(db, &count_goods, -1, 1), 0);
    assert_int_equal(memo_number(db, &through_view, -1, 7), -1);
    db_run(db, &add_owner, 7);
    assert_int_equal(memo_number(db, &through_view, -1, 7), 7);
    assert_int_equal(db_error(db), ERR_NONE);
    db_close(db);
}

static void more_tables_than_have_a_place_are_told_apart_by_none(void **state)
{
    (void)state;
    static struct sql reads[200], writes[200];
    static char texts[400][64];
    struct db *db = open_memory();
    for (size_t i = 0; i < 200; i++) {
        char create_it[64];
        snprintf(create_it, sizeof create_it, "CREATE TABLE many_%zu (n INTEGER) STRICT", i);
        snprintf(texts[2 * i], sizeof texts[0], "SELECT count(*) FROM many_%zu WHERE ?1", i);
        snprintf(texts[2 * i + 1], sizeof texts[0], "INSERT INTO many_%zu VALUES (1)", i);
        reads[i] = (struct sql){texts[2 * i], __FILE__, __LINE__};
        writes[i] = (struct sql){texts[2 * i + 1], __FILE__, __LINE__};
        assert_int_equal(db_script(db, create_it), ERR_NONE);
    }
    for (size_t i = 0; i < 200; i++) {
        assert_int_equal(memo_number(db, &reads[i], -1, 1), 0);
        db_run(db, &writes[i]);
        assert_int_equal(memo_number(db, &reads[i], -1, 1), 1);
    }
    db_close(db);
}

/* --- what is kept ----------------------------------------------------------------------------- */

SQL(torn_name, "SELECT 'a' || char(0) || 'b', x'00ff', '' WHERE ?1");
SQL(four_keys, "SELECT ?1 + ?2 + ?3 + ?4");
SQL(of_name, "SELECT id FROM act WHERE name = ?1");
SQL(rename_telling, "UPDATE act SET name = 'told' RETURNING id");

static void a_text_that_holds_a_nul_is_kept_whole(void **state)
{
    (void)state;
    struct db *db = open_posts();
    const struct memo *memo = memo_row(db, &torn_name, 1);
    assert_memory_equal(memo_text(memo, 0), "a\0b", 4);
    assert_null(memo_text(memo, 1)); /* no text */
    assert_string_equal(memo_text(memo, 2), "");
    db_close(db);
}

/* The key is made of integers alone: others would all be one and the same. */
static void only_few_integers_may_be_asked_with(void **state)
{
    (void)state;
    struct db *db = open_posts();
    assert_null(memo_row(db, &of_name, "animateur"));
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_clear_error(db);
    assert_null(memo_row(db, &post_row, db_null()));
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_clear_error(db);
    assert_null(memo_row(db, &four_keys, 1, 2, 3, 4));
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_clear_error(db);
    db_close(db);
}

/* Read between its start and its first step, when nothing was changed yet. */
static void a_write_whose_loop_was_left_is_a_write(void **state)
{
    (void)state;
    struct db *db = open_posts();
    assert_int_equal(db_begin_write(db), ERR_NONE);
    struct rows rows = db_select(db, &rename_telling);
    assert_string_equal(memo_text(memo_row(db, &post_row, 1), 0), "animateur");
    assert_true(rows_next(&rows));
    assert_int_equal(db_commit(db), ERR_NONE); /* ends the loop */
    assert_string_equal(memo_text(memo_row(db, &post_row, 1), 0), "told");
    db_close(db);
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
        cmocka_unit_test(a_reference_that_acts_is_a_write),
        cmocka_unit_test(a_trigger_writes_to_what_it_names),
        cmocka_unit_test(a_full_text_index_and_what_is_put_off_are_written_to),
        cmocka_unit_test(a_script_may_change_what_a_statement_touches),
        cmocka_unit_test(more_tables_than_have_a_place_are_told_apart_by_none),
        cmocka_unit_test(a_text_that_holds_a_nul_is_kept_whole),
        cmocka_unit_test(only_few_integers_may_be_asked_with),
        cmocka_unit_test(a_write_whose_loop_was_left_is_a_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
