/* The writer's log: few writes, and all that was committed is in them. */
#include "unit.h"

#include <errno.h>
#include <sqlite3.h>

#include "store.h"

SQL(add, "INSERT INTO filler (text) VALUES (hex(randomblob(?1)))");
SQL(rewrite, "UPDATE filler SET text = hex(randomblob(?1)) WHERE id % 3 = 0");
SQL(rows, "SELECT count(*) FROM filler");
SQL(bytes, "SELECT sum(length(text)) FROM filler");
SQL(whole, "SELECT integrity_check = 'ok' FROM pragma_integrity_check");

/* SQLite's own pwrite is counted, and refused when that is wanted. */
static int writes;
static bool disk_is_full;

static ssize_t counted(int fd, const void *data, size_t size, off_t offset)
{
    writes++;
    if (disk_is_full) {
        errno = ENOSPC;
        return -1;
    }
    return pwrite(fd, data, size, offset);
}

static void watch(sqlite3_syscall_ptr call)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    assert_int_equal(vfs->xSetSystemCall(vfs, "pwrite", call), SQLITE_OK);
    assert_int_equal(vfs->xSetSystemCall(vfs, "pwrite64", call), SQLITE_OK);
}

static struct scene {
    struct place place;
    struct db *writer, *reader;
} scene;

static int begin(void **state)
{
    (void)state;
    place_create(&scene.place);
    scene.writer = db_open(scene.place.path, DB_WRITER);
    assert_non_null(scene.writer);
    db_script(scene.writer, "CREATE TABLE filler (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    scene.reader = db_open(scene.place.path, DB_READER);
    assert_non_null(scene.reader);
    disk_is_full = false;
    watch((sqlite3_syscall_ptr)counted);
    return 0;
}

static int end(void **state)
{
    (void)state;
    watch(NULL);
    db_close(scene.reader);
    db_close(scene.writer);
    place_remove(&scene.place);
    return 0;
}

static enum err add_rows(int count, int64_t size)
{
    assert_int_equal(db_begin_write(scene.writer), ERR_NONE);
    for (int i = 0; i < count; i++) {
        db_run(scene.writer, &add, size);
    }
    return db_commit(scene.writer);
}

static void a_transaction_is_one_write(void **state)
{
    (void)state;
    writes = 0;
    assert_int_equal(add_rows(10, 2000), ERR_NONE);
    assert_int_equal(writes, 1);
    assert_int_equal(db_int(scene.reader, &rows, -1), 10);
}

/* With few pages in memory SQLite writes them before the commit, reads them, and writes again what
 * changes, with new checksums for all that follow. */
static void what_left_before_the_commit_is_found_again(void **state)
{
    (void)state;
    db_script(scene.writer, "PRAGMA cache_size = 10");
    assert_int_equal(db_begin_write(scene.writer), ERR_NONE);
    for (int i = 0; i < 300; i++) {
        db_run(scene.writer, &add, (int64_t)3000);
        if (i % 50 == 0) {
            db_run(scene.writer, &rewrite, (int64_t)3000);
        }
    }
    assert_int_equal(db_commit(scene.writer), ERR_NONE);
    assert_int_equal(db_int(scene.reader, &rows, -1), 300);
    assert_int_equal(db_int(scene.reader, &bytes, -1), 300 * 6000);
    assert_int_equal(db_int(scene.reader, &whole, -1), 1);
}

/* Another connection has nothing but the file: here with SQLite's own way to write it. */
static void a_commit_is_in_the_file_and_not_only_held(void **state)
{
    (void)state;
    assert_int_equal(add_rows(3, 9000), ERR_NONE);
    char command[512];
    snprintf(command, sizeof command, "cp '%s' '%s/b.db' && cp '%s-wal' '%s/b.db-wal'",
             scene.place.path, scene.place.folder, scene.place.path, scene.place.folder);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "%s/b.db", scene.place.folder);
    struct db *copy = db_open(command, DB_WRITER);
    assert_non_null(copy);
    assert_int_equal(db_int(copy, &rows, -1), 3);
    db_close(copy);
}

static void a_full_disk_fails_the_commit_and_not_the_next(void **state)
{
    (void)state;
    assert_int_equal(add_rows(1, 2000), ERR_NONE);
    disk_is_full = true;
    assert_int_equal(add_rows(5, 2000), ERR_READ_ONLY);
    assert_false(db_sync_failed(scene.writer));
    disk_is_full = false;
    db_rollback(scene.writer);
    db_clear_error(scene.writer);
    assert_int_equal(add_rows(2, 2000), ERR_NONE);
    assert_int_equal(db_int(scene.reader, &rows, -1), 3);
    assert_int_equal(db_int(scene.reader, &whole, -1), 1);
}

#define WAL_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WAL_TEST(a_transaction_is_one_write),
        WAL_TEST(what_left_before_the_commit_is_found_again),
        WAL_TEST(a_commit_is_in_the_file_and_not_only_held),
        WAL_TEST(a_full_disk_fails_the_commit_and_not_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
