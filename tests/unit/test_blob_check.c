/* Contents beside their rows: what a check finds, what a copy refuses, what a folder may hold. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "store.h"
#include "store/blob_rows.h"

SQL(add_blob, "INSERT INTO blob (hash, bytes, type, text, at) VALUES (?1, ?2, 'text/plain',"
              " 'none', 0)");
SQL(add_coming, "INSERT INTO file (key, name, bytes, received, created_at)"
                " VALUES (?1, 'a', 100, ?2, 0)");
SQL(received, "SELECT received FROM file WHERE key = ?1");

struct shelf {
    struct place place;
    struct db *db;
    struct blob_store *store;
    char damage[500], notes[500];
};

static int setup(void **state)
{
    struct shelf *shelf = calloc(1, sizeof *shelf);
    place_create(&shelf->place);
    shelf->db = open_migrated(shelf->place.path, DB_WRITER);
    shelf->store = blob_store_open(shelf->place.folder);
    assert_non_null(shelf->store);
    *state = shelf;
    return 0;
}

static int teardown(void **state)
{
    struct shelf *shelf = *state;
    blob_store_close(shelf->store);
    db_close(shelf->db);
    place_remove(&shelf->place);
    free(shelf);
    return 0;
}

static void path_in(struct shelf *shelf, const char *name, char out[256])
{
    snprintf(out, 256, "%s/files/%s", shelf->place.folder, name);
}

/* Makes, or changes, a file below DIR/files. */
static void put(struct shelf *shelf, const char *name, const char *text)
{
    char path[256];
    path_in(shelf, name, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* A content that is there; where it is, below DIR/files. */
static void keep(struct shelf *shelf, const char *text, unsigned char *hash, char name[80])
{
    struct blob_writer *writer = NULL;
    char hex[BLOB_HEX_BYTES];
    int64_t bytes = 0;
    assert_int_equal(blob_writer_open(shelf->store, "k", 0, &writer), ERR_NONE);
    assert_int_equal(blob_writer_add(writer, text, strlen(text)), ERR_NONE);
    assert_int_equal(blob_writer_keep(writer, hash, &bytes), ERR_NONE);
    blob_writer_close(writer);
    blob_release(shelf->store, hash);
    hex_encode(hash, BLOB_HASH_BYTES, hex);
    snprintf(name, 80, "%.2s/%s", hex, hex);
}

static void name_it(struct shelf *shelf, const unsigned char *hash, int64_t bytes)
{
    db_run(shelf->db, &add_blob, db_blob(hash, BLOB_HASH_BYTES), bytes);
    assert_int_equal(db_error(shelf->db), ERR_NONE);
}

static void damage(void *context, const char *finding)
{
    struct shelf *shelf = context;
    strncat(shelf->damage, finding, sizeof shelf->damage - 1 - strlen(shelf->damage));
}

static void note(void *context, const char *finding)
{
    struct shelf *shelf = context;
    strncat(shelf->notes, finding, sizeof shelf->notes - 1 - strlen(shelf->notes));
}

static void look(struct shelf *shelf)
{
    const struct blob_report report = {damage, note, shelf};
    shelf->damage[0] = shelf->notes[0] = '\0';
    blob_check(shelf->db, shelf->store, &report);
}

static void a_content_that_is_whole_and_named_is_no_finding(void **state)
{
    struct shelf *shelf = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    char name[80];
    keep(shelf, "abc", hash, name);
    name_it(shelf, hash, 3);
    look(shelf);
    assert_string_equal(shelf->damage, "");
    assert_string_equal(shelf->notes, "");
}

static void a_content_that_changed_grew_or_went_is_damage(void **state)
{
    struct shelf *shelf = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    char name[80], path[256];
    keep(shelf, "abc", hash, name);
    name_it(shelf, hash, 3);
    path_in(shelf, name, path);
    assert_int_equal(chmod(path, 0600), 0);
    put(shelf, name, "abd");
    look(shelf);
    assert_non_null(strstr(shelf->damage, "has changed"));
    put(shelf, name, "abcd");
    look(shelf);
    assert_non_null(strstr(shelf->damage, "has another length"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    look(shelf);
    assert_non_null(strstr(shelf->damage, "cannot be read"));
    assert_int_equal(rmdir(path), 0);
    look(shelf);
    assert_non_null(strstr(shelf->damage, "is missing"));
}

static void a_content_that_no_row_names_is_noted(void **state)
{
    struct shelf *shelf = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    char name[80];
    keep(shelf, "abc", hash, name);
    look(shelf);
    assert_string_equal(shelf->notes, "1 contents (3 bytes) that no row names");
}

static void files_that_are_none_of_ours_are_noted_wherever_they_lie(void **state)
{
    struct shelf *shelf = *state;
    char path[256];
    path_in(shelf, "ab", path);
    assert_int_equal(mkdir(path, 0700), 0);
    put(shelf, "LISEZMOI", "x");
    put(shelf, "ab/x", "x");
    put(shelf, "ab/zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "x");
    put(shelf, "ab/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "x");
    look(shelf);
    assert_non_null(strstr(shelf->notes, "files/LISEZMOI is none of ours"));
    assert_non_null(strstr(shelf->notes, "files/ab/x is none of ours"));
    assert_non_null(strstr(shelf->notes, "files/ab/zz78"));
    assert_non_null(strstr(shelf->notes, "files/ab/ba78")); /* in another's folder */
    assert_string_equal(shelf->damage, "");
}

/* It begins anew: at the next start its row says so. */
static void an_upload_that_lost_bytes_is_noted_and_swept_back_to_its_beginning(void **state)
{
    struct shelf *shelf = *state;
    db_run(shelf->db, &add_coming, "aaaaaaaaaaaaaaaaaaaaaaaaaa", 50);
    put(shelf, "coming/aaaaaaaaaaaaaaaaaaaaaaaaaa", "court");
    put(shelf, "coming/bbbbbbbbbbbbbbbbbbbbbbbbbb", "de personne");
    look(shelf);
    assert_non_null(strstr(shelf->notes, "is coming, and less of it is there than said"));
    assert_int_equal(blob_sweep(shelf->db, shelf->store), ERR_NONE);
    assert_int_equal(db_int(shelf->db, &received, -1, "aaaaaaaaaaaaaaaaaaaaaaaaaa"), 0);
    assert_int_equal(blob_coming_bytes(shelf->store, "bbbbbbbbbbbbbbbbbbbbbbbbbb"), -1);
    look(shelf);
    assert_string_equal(shelf->notes, "");
}

static enum err copy_all(struct shelf *shelf, bool with_source, bool removes)
{
    struct blob_store *target = NULL;
    char path[256];
    path_in(shelf, "../copy", path);
    assert_int_equal(blob_store_open_folder(path, true, &target), ERR_NONE);
    enum err err = blob_copy_all(shelf->db, with_source ? shelf->store : NULL, target);
    err = err ? err : blob_copy_all(shelf->db, shelf->store, target); /* finds them whole */
    if (removes) {
        blob_store_remove(target, path);
        assert_int_not_equal(access(path, F_OK), 0);
    }
    blob_store_close(target);
    return err;
}

static void a_copy_that_is_taken_away_leaves_nothing(void **state)
{
    struct shelf *shelf = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    char name[80];
    keep(shelf, "abc", hash, name);
    name_it(shelf, hash, 3);
    assert_int_equal(copy_all(shelf, true, true), ERR_NONE);
    assert_true(blob_is_there(shelf->store, hash));
}

static void a_copy_of_what_is_missing_or_damaged_is_refused(void **state)
{
    struct shelf *shelf = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    char name[80], path[256];
    keep(shelf, "abc", hash, name);
    name_it(shelf, hash, 3);
    assert_int_equal(copy_all(shelf, false, true), ERR_CONFLICT);
    path_in(shelf, name, path);
    assert_int_equal(chmod(path, 0600), 0);
    put(shelf, name, "abd");
    assert_int_equal(copy_all(shelf, true, true), ERR_CONFLICT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(copy_all(shelf, true, true), ERR_CONFLICT);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(copy_all(shelf, true, true), ERR_CONFLICT);
}

static void a_row_whose_hash_is_none_is_refused_by_a_copy_and_found_by_a_check(void **state)
{
    struct shelf *shelf = *state;
    db_run(shelf->db, &add_blob, db_blob("abc", 3), 3);
    assert_int_equal(copy_all(shelf, true, true), ERR_CONFLICT);
    look(shelf);
    assert_string_equal(shelf->damage, ""); /* no name of 32 bytes is that row's */
}

static void folders_that_cannot_be_opened_say_so(void **state)
{
    struct shelf *shelf = *state;
    struct blob_store *store = NULL;
    char path[256];
    path_in(shelf, "../none", path);
    assert_int_equal(blob_store_open_folder(path, false, &store), ERR_NOT_FOUND);
    path_in(shelf, "../files", path);
    assert_int_equal(blob_store_open_folder(path, true, &store), ERR_EXISTS);
    path_in(shelf, "../none/none", path);
    assert_int_equal(blob_store_open_folder(path, true, &store), ERR_READ_ONLY);
    path_in(shelf, "../file", path);
    put(shelf, "../file", "x");
    assert_int_equal(blob_store_open_folder(path, false, &store), ERR_READ_ONLY);
    assert_null(blob_store_open("/nonexistent"));
    blob_store_close(NULL);
}

static void a_key_that_leads_elsewhere_names_nothing(void **state)
{
    struct shelf *shelf = *state;
    struct blob_writer *writer = NULL;
    put(shelf, "LISEZMOI", "x");
    static const char *const keys[] = {"", "../LISEZMOI", ".", "a/b", "a b"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        assert_int_equal(blob_coming_bytes(shelf->store, keys[i]), -1);
        blob_discard(shelf->store, keys[i]);
    }
    assert_int_equal(blob_writer_open(shelf->store, "k", 5, &writer), ERR_CONFLICT);
    blob_writer_close(NULL);
    look(shelf);
    assert_non_null(strstr(shelf->notes, "LISEZMOI"));
}

static void a_folder_that_went_is_damage_and_no_walk(void **state)
{
    struct shelf *shelf = *state;
    char path[256];
    path_in(shelf, "coming", path);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(symlink("/nonexistent", path), 0);
    const struct blob_walk walk = {.context = shelf};
    assert_true(blob_store_walk(shelf->store, &walk)); /* nothing is coming */
    assert_int_equal(unlink(path), 0);
}

int main(void)
{
#define SHELF_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        SHELF_TEST(a_content_that_is_whole_and_named_is_no_finding),
        SHELF_TEST(a_content_that_changed_grew_or_went_is_damage),
        SHELF_TEST(a_content_that_no_row_names_is_noted),
        SHELF_TEST(files_that_are_none_of_ours_are_noted_wherever_they_lie),
        SHELF_TEST(an_upload_that_lost_bytes_is_noted_and_swept_back_to_its_beginning),
        SHELF_TEST(a_copy_that_is_taken_away_leaves_nothing),
        SHELF_TEST(a_copy_of_what_is_missing_or_damaged_is_refused),
        SHELF_TEST(a_row_whose_hash_is_none_is_refused_by_a_copy_and_found_by_a_check),
        SHELF_TEST(folders_that_cannot_be_opened_say_so),
        SHELF_TEST(a_key_that_leads_elsewhere_names_nothing),
        SHELF_TEST(a_folder_that_went_is_damage_and_no_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
