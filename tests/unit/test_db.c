#include "unit.h"

#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "store.h"

SQL(create, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, s TEXT, b BLOB) STRICT");
SQL(insert, "INSERT INTO t (n, s, b) VALUES (?1, ?2, ?3)");
SQL(insert_n, "INSERT INTO t (n) VALUES (?1)");
SQL(count, "SELECT count(*) FROM t");
SQL(all, "SELECT n, s, b FROM t ORDER BY id");
SQL(text_of, "SELECT s FROM t WHERE n = ?1");
SQL(number_of, "SELECT n FROM t WHERE s = ?1");
SQL(highest, "SELECT max(n) FROM t");
SQL(nonsense, "SELECT x FROM nowhere");
SQL(endless,
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c");
SQL(shadow, "UPDATE message_fts_config SET v = 0");
SQL(double_quotes, "SELECT \"not a column\"");
SQL(orphan, "INSERT INTO session (person, hash, kind, created_at, seen_at, expires_at)"
            " VALUES (404, x'00', 'browser', 0, 0, 0)");
SQL(twenty, "SELECT ?1+?2+?3+?4+?5+?6+?7+?8+?9+?10+?11+?12+?13+?14+?15+?16+?17+?18+?19+?20");

static struct db *open_table(void)
{
    struct db *db = open_memory();
    db_run(db, &create);
    assert_int_equal(db_error(db), ERR_NONE);
    return db;
}

static void every_kind_of_value_comes_back(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_run(db, &insert, INT64_MIN, "l'été", db_blob("\0x", 2));
    db_run(db, &insert, db_null(), (const char *)NULL, db_blob("", 0));
    struct rows rows = db_select(db, &all);
    size_t bytes;
    assert_true(rows_next(&rows));
    assert_int_equal(rows_int(&rows, 0), INT64_MIN);
    assert_string_equal(rows_text(&rows, 1), "l'été");
    assert_memory_equal(rows_blob(&rows, 2, &bytes), "\0x", 2);
    assert_int_equal(bytes, 2);
    assert_true(rows_next(&rows));
    assert_true(rows_is_null(&rows, 0));
    assert_null(rows_text(&rows, 1));
    assert_false(rows_is_null(&rows, 2));
    assert_false(rows_next(&rows));
    assert_int_equal(db_error(db), ERR_NONE);
    db_close(db);
}

static void an_absent_id_is_stored_as_null(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_run(db, &insert_n, db_id(0));
    assert_int_equal(db_int(db, &highest, -1), -1);
    db_run(db, &insert_n, db_id(7));
    assert_int_equal(db_int(db, &highest, -1), 7);
    db_close(db);
}

static void a_statement_takes_up_to_twenty_values(void **state)
{
    (void)state;
    struct db *db = open_memory();
    int64_t sum = db_int(db, &twenty, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
                         18, 19, 20);
    assert_int_equal(sum, 210);
    db_close(db);
}

static void one_value_or_the_one_given_otherwise(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct db *db = open_table();
    db_run(db, &insert, 5, "cinq", db_null());
    assert_int_equal(db_int(db, &number_of, -1, "cinq"), 5);
    assert_int_equal(db_int(db, &number_of, -1, "six"), -1);
    assert_string_equal(db_text(db, &text_of, &arena, 5), "cinq");
    assert_null(db_text(db, &text_of, &arena, 6));
    arena_finish(&arena);
    db_close(db);
}

static void the_first_error_sticks_and_stops_what_follows(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_run(db, &nonsense);
    db_run(db, &insert_n, 1);
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_clear_error(db);
    assert_int_equal(db_int(db, &count, -1), 0);
    db_close(db);
}

static void a_constraint_is_a_conflict(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_run(db, &insert_n, 1);
    db_run(db, &insert_n, 1);
    assert_int_equal(db_error(db), ERR_CONFLICT);
    db_close(db);
}

static void a_missing_value_is_refused(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_run(db, &insert, 1, "two of three");
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_clear_error(db);
    assert_int_equal(db_int(db, &count, -1), 0);
    db_close(db);
}

static void a_statement_inside_a_loop_over_itself_is_refused(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_run(db, &insert_n, 1);
    struct rows outer = db_select(db, &all);
    assert_true(rows_next(&outer));
    struct rows inner = db_select(db, &all);
    assert_false(rows_next(&inner));
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_close(db);
}

static void a_loop_left_early_can_be_run_again(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_run(db, &insert_n, 1);
    db_run(db, &insert_n, 2);
    for (int turn = 0; turn < 2; turn++) {
        struct rows rows = db_select(db, &all);
        assert_true(rows_next(&rows));
        assert_int_equal(rows_int(&rows, 0), 1);
        rows_end(&rows);
    }
    db_close(db);
}

static void references_and_shadow_tables_are_guarded(void **state)
{
    (void)state;
    struct db *db = open_memory();
    db_run(db, &orphan);
    assert_int_equal(db_error(db), ERR_CONFLICT);
    db_clear_error(db);
    db_run(db, &shadow);
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_clear_error(db);
    db_run(db, &double_quotes); /* a misspelt column must not become a text */
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_close(db);
}

static void undoing_a_savepoint_keeps_what_came_before(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_begin_write(db);
    db_run(db, &insert_n, 1);
    db_savepoint(db);
    db_run(db, &insert_n, 2);
    db_run(db, &nonsense);
    db_savepoint_undo(db);
    assert_int_equal(db_error(db), ERR_NONE);
    db_run(db, &insert_n, 3);
    assert_int_equal(db_commit(db), ERR_NONE);
    assert_int_equal(db_int(db, &count, -1), 2);
    assert_int_equal(db_int(db, &highest, -1), 3);
    db_close(db);
}

static void undoing_a_savepoint_ends_the_loops_left_open(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_begin_write(db);
    db_savepoint(db);
    db_run(db, &insert_n, 2);
    struct rows rows = db_select(db, &all);
    assert_true(rows_next(&rows));
    db_savepoint_undo(db);
    assert_int_equal(db_commit(db), ERR_NONE);
    assert_int_equal(db_int(db, &count, -1), 0);
    db_close(db);
}

static void a_commit_after_an_error_rolls_back_and_tells_it(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_begin_write(db);
    db_run(db, &insert_n, 1);
    db_run(db, &insert_n, 1);
    assert_int_equal(db_commit(db), ERR_CONFLICT);
    assert_int_equal(db_error(db), ERR_NONE);
    assert_int_equal(db_int(db, &count, -1), 0);
    db_close(db);
}

SQL(insert_all, "INSERT INTO t (n) SELECT DISTINCT value FROM json_each(?1) ORDER BY value");
SQL(insert_negative, "INSERT INTO t (n) SELECT DISTINCT -value FROM json_each(?1)");

static void what_was_put_off_runs_before_the_commit(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_begin_write(db);
    db_defer(db, &insert_all, 1);
    db_defer(db, &insert_negative, 7);
    db_defer(db, &insert_all, 2);
    db_defer(db, &insert_all, 1);
    assert_int_equal(db_int(db, &count, -1), 0);
    assert_true(db_is_deferred(db, &insert_all, 2));
    assert_false(db_is_deferred(db, &insert_all, 7));
    assert_int_equal(db_commit(db), ERR_NONE);
    assert_int_equal(db_int(db, &count, -1), 3);
    assert_int_equal(db_int(db, &highest, -1), 2);
    assert_false(db_is_deferred(db, &insert_all, 2));
    db_close(db);
}

static void undoing_a_savepoint_takes_back_what_was_put_off_in_it(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_begin_write(db);
    db_savepoint(db);
    db_defer(db, &insert_all, 1);
    db_savepoint(db);
    db_defer(db, &insert_all, 2);
    db_savepoint_undo(db);
    db_savepoint(db);
    db_defer(db, &insert_all, 3);
    db_savepoint_release(db);
    db_savepoint_release(db);
    db_savepoint(db);
    db_defer(db, &insert_all, 4);
    db_savepoint(db);
    db_defer(db, &insert_all, 5);
    db_savepoint_release(db);
    db_savepoint_undo(db);
    assert_int_equal(db_commit(db), ERR_NONE);
    assert_int_equal(db_int(db, &count, -1), 2);
    assert_int_equal(db_int(db, &highest, -1), 3);
    db_close(db);
}

static void a_rollback_takes_back_all_that_was_put_off(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_begin_write(db);
    db_defer(db, &insert_all, 1);
    db_rollback(db);
    db_begin_write(db);
    assert_int_equal(db_commit(db), ERR_NONE);
    assert_int_equal(db_int(db, &count, -1), 0);
    db_close(db);
}

static void what_was_put_off_and_fails_fails_the_commit(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_begin_write(db);
    db_run(db, &insert_n, 1);
    db_defer(db, &insert_all, 1);
    assert_int_equal(db_commit(db), ERR_CONFLICT);
    assert_int_equal(db_int(db, &count, -1), 0);
    db_close(db);
}

static void nothing_is_put_off_outside_a_transaction_nor_run_in_a_savepoint(void **state)
{
    (void)state;
    struct db *db = open_table();
    db_defer(db, &insert_all, 1);
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_clear_error(db);
    db_begin_write(db);
    db_savepoint(db);
    db_defer(db, &insert_all, 1);
    db_run_deferred(db);
    assert_int_equal(db_error(db), ERR_INTERNAL);
    db_rollback(db);
    db_close(db);
}

static void a_read_past_its_deadline_is_interrupted(void **state)
{
    (void)state;
    struct db *db = open_memory();
    int64_t start_us = clock_mono_us();
    db_set_deadline(db, start_us + 30000);
    db_run(db, &endless);
    assert_int_equal(db_error(db), ERR_DEADLINE);
    assert_true(clock_mono_us() - start_us >= 30000);
    db_clear_error(db);
    db_set_deadline(db, 0);
    assert_int_equal(
        db_int(db, &twenty, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 1);
    db_close(db);
}

/* --- on a file ------------------------------------------------------------------------------ */

static void a_reader_creates_no_file(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    assert_null(db_open(place.path, DB_READER));
    assert_int_not_equal(access(place.path, F_OK), 0);
    place_remove(&place);
}

static void the_file_is_the_owners_alone(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    mode_t mask = umask(0);
    struct db *db = open_migrated(place.path, DB_WRITER);
    umask(mask);
    char wal[128];
    snprintf(wal, sizeof wal, "%s-wal", place.path);
    struct stat status;
    assert_int_equal(stat(place.path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(wal, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    db_close(db);
    place_remove(&place);
}

static void a_reader_cannot_write(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    struct db *writer = open_migrated(place.path, DB_WRITER);
    struct db *reader = db_open(place.path, DB_READER);
    db_run(reader, &create);
    assert_int_equal(db_error(reader), ERR_READ_ONLY);
    db_close(reader);
    db_close(writer);
    place_remove(&place);
}

static void only_one_writes_at_a_time(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    struct db *first = open_migrated(place.path, DB_WRITER);
    struct db *second = db_open(place.path, DB_WRITER);
    assert_int_equal(db_begin_write(first), ERR_NONE);
    assert_int_equal(db_begin_write(second), ERR_BUSY);
    db_rollback(second);
    db_rollback(first);
    assert_int_equal(db_begin_write(second), ERR_NONE);
    db_rollback(second);
    db_close(second);
    db_close(first);
    place_remove(&place);
}

static void a_reader_does_not_checkpoint(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    struct db *writer = open_migrated(place.path, DB_WRITER);
    struct db *reader = db_open(place.path, DB_READER);
    assert_false(db_checkpoint(reader, false));
    assert_true(db_checkpoint(writer, false));
    db_close(reader);
    db_close(writer);
    place_remove(&place);
}

static void a_reader_keeps_its_snapshot(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    struct db *writer = open_migrated(place.path, DB_WRITER);
    db_run(writer, &create);
    struct db *reader = db_open(place.path, DB_READER);
    assert_int_equal(db_begin_read(reader), ERR_NONE);
    db_run(writer, &insert_n, 1);
    assert_int_equal(db_int(reader, &count, -1), 0);
    db_rollback(reader);
    assert_int_equal(db_int(reader, &count, -1), 1);
    db_close(reader);
    db_close(writer);
    place_remove(&place);
}

static void a_checkpoint_copies_the_frames_and_truncation_empties_the_wal(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    struct db *db = open_migrated(place.path, DB_WRITER);
    char wal[128];
    snprintf(wal, sizeof wal, "%s-wal", place.path);
    struct stat status;
    assert_true(db_wal_frames(db) > 0);
    db_checkpoint(db, false);
    assert_int_equal(db_wal_frames(db), 0);
    stat(wal, &status);
    assert_true(status.st_size > 0);
    db_checkpoint(db, true);
    stat(wal, &status);
    assert_int_equal(status.st_size, 0);
    db_run(db, &create);
    assert_true(db_wal_frames(db) > 0);
    assert_int_equal(db_error(db), ERR_NONE);
    db_close(db);
    place_remove(&place);
}

static void truncation_leaves_a_reader_in_peace(void **state)
{
    (void)state;
    struct place place;
    place_create(&place);
    struct db *writer = open_migrated(place.path, DB_WRITER);
    struct db *reader = db_open(place.path, DB_READER);
    db_begin_read(reader);
    int64_t start_us = clock_mono_us();
    db_checkpoint(writer, true);
    assert_true(clock_mono_us() - start_us < 1000000);
    assert_int_equal(db_error(writer), ERR_NONE);
    assert_int_equal(migrate_current(reader), migrate_latest());
    db_close(reader);
    db_close(writer);
    place_remove(&place);
}

/* --- full text ------------------------------------------------------------------------------ */

SQL(fts_create, "CREATE VIRTUAL TABLE f USING fts5 (body)");
SQL(fts_manual, "INSERT INTO f (f, rank) VALUES ('automerge', 0)");
SQL(fts_insert, "INSERT INTO f (body) VALUES (?1)");
SQL(fts_segments, "SELECT count(DISTINCT segid) FROM f_idx");
SQL(fts_check, "INSERT INTO f (f) VALUES ('integrity-check')");

static void small_merges_join_the_segments_and_come_to_an_end(void **state)
{
    (void)state;
    struct db *db = open_memory();
    db_run(db, &fts_create);
    db_run(db, &fts_manual);
    for (int i = 0; i < 12; i++) {
        db_run(db, &fts_insert, i % 2 ? "revitaliser le centre" : "un marché couvert");
    }
    int64_t before = db_int(db, &fts_segments, -1);
    int steps = 0;
    while (db_merge_step(db, 16)) {
        assert_true(++steps < 100);
    }
    assert_true(steps > 0);
    assert_true(db_int(db, &fts_segments, -1) < before);
    db_run(db, &fts_check);
    assert_int_equal(db_error(db), ERR_NONE);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_value_comes_back),
        cmocka_unit_test(an_absent_id_is_stored_as_null),
        cmocka_unit_test(a_statement_takes_up_to_twenty_values),
        cmocka_unit_test(one_value_or_the_one_given_otherwise),
        cmocka_unit_test(the_first_error_sticks_and_stops_what_follows),
        cmocka_unit_test(a_constraint_is_a_conflict),
        cmocka_unit_test(a_missing_value_is_refused),
        cmocka_unit_test(a_statement_inside_a_loop_over_itself_is_refused),
        cmocka_unit_test(a_loop_left_early_can_be_run_again),
        cmocka_unit_test(references_and_shadow_tables_are_guarded),
        cmocka_unit_test(undoing_a_savepoint_keeps_what_came_before),
        cmocka_unit_test(undoing_a_savepoint_ends_the_loops_left_open),
        cmocka_unit_test(a_commit_after_an_error_rolls_back_and_tells_it),
        cmocka_unit_test(what_was_put_off_runs_before_the_commit),
        cmocka_unit_test(undoing_a_savepoint_takes_back_what_was_put_off_in_it),
        cmocka_unit_test(a_rollback_takes_back_all_that_was_put_off),
        cmocka_unit_test(what_was_put_off_and_fails_fails_the_commit),
        cmocka_unit_test(nothing_is_put_off_outside_a_transaction_nor_run_in_a_savepoint),
        cmocka_unit_test(a_read_past_its_deadline_is_interrupted),
        cmocka_unit_test(a_reader_creates_no_file),
        cmocka_unit_test(the_file_is_the_owners_alone),
        cmocka_unit_test(a_reader_cannot_write),
        cmocka_unit_test(only_one_writes_at_a_time),
        cmocka_unit_test(a_reader_does_not_checkpoint),
        cmocka_unit_test(a_reader_keeps_its_snapshot),
        cmocka_unit_test(a_checkpoint_copies_the_frames_and_truncation_empties_the_wal),
        cmocka_unit_test(truncation_leaves_a_reader_in_peace),
        cmocka_unit_test(small_merges_join_the_segments_and_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
