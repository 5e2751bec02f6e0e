#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "faults.h"
#include "store.h"
#include "store/backup.h"

SQL(people, "SELECT count(*) FROM person");
SQL(add_person, "INSERT INTO person (email, created_at) VALUES (?1, 0)");
SQL(references_off, "PRAGMA foreign_keys = OFF");
SQL(orphan, "INSERT INTO session (person, hash, kind, created_at, seen_at, expires_at)"
            " VALUES (404, x'00', 'browser', 0, 0, 0)");
SQL(far_version, "PRAGMA user_version = 9999");
SQL(wrong_word, "INSERT INTO message_fts (rowid, body, scope) VALUES (77, 'jamais dit', 'c1')");
SQL(many, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 2000)"
          " INSERT INTO journal (seq, at, fact, audience, entity, actor)"
          " SELECT x, x, 'a fact of some length to fill pages', x, x, x FROM c");

static struct place place;
static char target[128];

static int prepare(void **state)
{
    place_create(&place);
    snprintf(target, sizeof target, "%s/copy.db", place.folder);
    *state = open_migrated(place.path, DB_WRITER);
    return 0;
}

static int clean(void **state)
{
    db_close(*state);
    place_remove(&place);
    return 0;
}

static int files_in_folder(void)
{
    DIR *folder = opendir(place.folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        count += entry->d_name[0] != '.';
    }
    closedir(folder);
    return count;
}

static void collect(void *context, const char *finding)
{
    char *findings = context;
    strncat(findings, finding, 500 - strlen(findings));
    strncat(findings, "\n", 500 - strlen(findings));
}

static enum err check(const char *path, char findings[501])
{
    findings[0] = '\0';
    return backup_check(path, collect, findings);
}

static void a_copy_holds_what_was_committed_wal_included(void **state)
{
    db_run(*state, &add_person, "a@b.fr");
    assert_int_equal(backup_write(place.path, target, NULL), ERR_NONE);
    struct db *copy = db_open(target, DB_READER);
    assert_non_null(copy);
    assert_int_equal(db_int(copy, &people, -1), 1);
    assert_int_equal(migrate_current(copy), migrate_latest());
    db_close(copy);
}

static void a_copy_is_private_and_one_file(void **state)
{
    (void)state;
    int before = files_in_folder();
    assert_int_equal(backup_write(place.path, target, NULL), ERR_NONE);
    struct stat status;
    assert_int_equal(stat(target, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(files_in_folder(), before + 1);
}

static void an_existing_file_is_not_replaced(void **state)
{
    (void)state;
    int fd = open(target, O_CREAT | O_WRONLY, 0600);
    assert_int_equal(write(fd, "mine", 4), 4);
    close(fd);
    assert_int_equal(backup_write(place.path, target, NULL), ERR_EXISTS);
    struct stat status;
    stat(target, &status);
    assert_int_equal(status.st_size, 4);
}

static void a_disk_that_fails_leaves_nothing_behind(void **state)
{
    (void)state;
    int before = files_in_folder();
    fault_write = SQLITE_FULL;
    assert_int_equal(backup_write(place.path, target, NULL), ERR_READ_ONLY);
    fault_write = 0;
    assert_int_equal(files_in_folder(), before);
}

static void a_broken_database_is_not_copied_as_if_whole(void **state)
{
    db_run(*state, &references_off);
    db_run(*state, &orphan);
    assert_int_equal(backup_write(place.path, target, NULL), ERR_INTERNAL);
    assert_int_not_equal(access(target, F_OK), 0);
}

static void a_target_that_cannot_be_made_is_refused(void **state)
{
    (void)state;
    char lengthy[5000];
    memset(lengthy, 'a', sizeof lengthy);
    lengthy[0] = '/';
    lengthy[sizeof lengthy - 1] = '\0';
    assert_int_equal(backup_write(place.path, "/nonexistent/copy.db", NULL), ERR_READ_ONLY);
    assert_int_equal(backup_write(place.path, lengthy, NULL), ERR_READ_ONLY);
    assert_int_equal(backup_restore(place.path, "/nonexistent/b.db", NULL), ERR_READ_ONLY);
    assert_int_equal(backup_restore(place.path, lengthy, NULL), ERR_READ_ONLY);
}

static enum err cannot_copy(void *context, struct db *database)
{
    (void)database;
    return *(enum err *)context;
}

/* A copy without its files would be no copy. */
static void what_cannot_be_copied_beside_leaves_no_copy(void **state)
{
    (void)state;
    static const enum err errors[] = {ERR_READ_ONLY, ERR_CONFLICT};
    int before = files_in_folder();
    for (int i = 0; i < 2; i++) {
        enum err err = errors[i];
        const struct backup_beside beside = {cannot_copy, &err};
        assert_int_not_equal(backup_write(place.path, target, &beside), ERR_NONE);
        assert_int_equal(files_in_folder(), before);
    }
}

static void a_whole_database_has_no_finding(void **state)
{
    (void)state;
    char findings[501];
    int before = files_in_folder();
    assert_int_equal(check(place.path, findings), ERR_NONE);
    assert_string_equal(findings, "");
    assert_int_equal(files_in_folder(), before);
}

static void a_row_without_its_parent_is_found(void **state)
{
    char findings[501];
    db_run(*state, &references_off);
    db_run(*state, &orphan);
    assert_int_equal(check(place.path, findings), ERR_CONFLICT);
    assert_non_null(strstr(findings, "session row 1 refers to a row missing in person"));
}

static void a_newer_schema_is_found(void **state)
{
    char findings[501];
    db_run(*state, &far_version);
    assert_int_equal(check(place.path, findings), ERR_CONFLICT);
    assert_non_null(strstr(findings, "9999"));
}

static void an_index_that_lies_is_found(void **state)
{
    char findings[501];
    db_run(*state, &wrong_word);
    assert_int_equal(check(place.path, findings), ERR_CONFLICT);
    assert_non_null(strstr(findings, "full-text index message_fts"));
}

static void a_damaged_page_is_found(void **state)
{
    char findings[501], noise[4096];
    db_run(*state, &many);
    db_close(*state);
    *state = NULL;
    memset(noise, 0x5a, sizeof noise);
    struct stat status;
    stat(place.path, &status);
    int fd = open(place.path, O_WRONLY);
    assert_int_equal(pwrite(fd, noise, sizeof noise, status.st_size - 3 * 4096), sizeof noise);
    close(fd);
    assert_int_equal(check(place.path, findings), ERR_CONFLICT);
    assert_true(findings[0] != '\0');
}

static void a_missing_database_is_found(void **state)
{
    (void)state;
    char findings[501];
    assert_int_equal(check("/nonexistent/beffroi.db", findings), ERR_CONFLICT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, prepare, clean)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_copy_holds_what_was_committed_wal_included),
        TEST(a_copy_is_private_and_one_file),
        TEST(an_existing_file_is_not_replaced),
        TEST(a_disk_that_fails_leaves_nothing_behind),
        TEST(a_broken_database_is_not_copied_as_if_whole),
        TEST(a_target_that_cannot_be_made_is_refused),
        TEST(what_cannot_be_copied_beside_leaves_no_copy),
        TEST(a_whole_database_has_no_finding),
        TEST(a_row_without_its_parent_is_found),
        TEST(a_newer_schema_is_found),
        TEST(an_index_that_lies_is_found),
        TEST(a_damaged_page_is_found),
        TEST(a_missing_database_is_found),
    };
    faults_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
