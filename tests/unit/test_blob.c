/* Contents on the disk: what comes in is whole or not there, and nothing that is named leaves. */
#include "unit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "store.h"
#include "store/blob.h"

/* "abc", FIPS 180-2 appendix B.1. */
#define ABC_HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

/* A disk that refuses to sync: ours comes before libc's. */
static bool sync_fails;
int fdatasync(int fd)
{
    if (sync_fails) {
        errno = EIO;
        return -1;
    }
    return fsync(fd);
}

struct disk {
    struct place place;
    struct blob_store *store;
};

static int setup(void **state)
{
    struct disk *disk = calloc(1, sizeof *disk);
    place_create(&disk->place);
    disk->store = blob_store_open(disk->place.folder);
    assert_non_null(disk->store);
    sync_fails = false;
    *state = disk;
    return 0;
}

static int teardown(void **state)
{
    struct disk *disk = *state;
    blob_store_close(disk->store);
    place_remove(&disk->place);
    free(disk);
    return 0;
}

static struct blob_writer *begin(struct disk *disk, const char *key, int64_t offset)
{
    struct blob_writer *writer = NULL;
    assert_int_equal(blob_writer_open(disk->store, key, offset, &writer), ERR_NONE);
    return writer;
}

static void add(struct blob_writer *writer, const char *text)
{
    assert_int_equal(blob_writer_add(writer, text, strlen(text)), ERR_NONE);
}

static void keep(struct blob_writer *writer, unsigned char *hash)
{
    int64_t bytes = 0;
    assert_int_equal(blob_writer_keep(writer, hash, &bytes), ERR_NONE);
    blob_writer_close(writer);
}

static void store_text(struct disk *disk, const char *text, unsigned char *hash)
{
    struct blob_writer *writer = begin(disk, "k", 0);
    add(writer, text);
    keep(writer, hash);
}

static bool is_there(struct disk *disk, const unsigned char *hash)
{
    int fd = blob_open(disk->store, hash);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

static bool is_coming(struct disk *disk, const char *key)
{
    char path[160];
    snprintf(path, sizeof path, "%s/files/coming/%s", disk->place.folder, key);
    return access(path, F_OK) == 0;
}

static bool answer(void *context, const unsigned char *hash)
{
    (void)hash;
    return *(const bool *)context;
}

static bool remove_unless(struct disk *disk, const unsigned char *hash, bool named)
{
    struct blob_names names = {answer, &named};
    return blob_remove(disk->store, hash, &names);
}

/* --- coming in -------------------------------------------------------------------------------- */

static void a_content_is_found_by_its_hash(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES], expected[BLOB_HASH_BYTES], read[BLOB_HASH_BYTES];
    char path[160];
    int64_t bytes = 0;
    assert_true(hex_decode(ABC_HASH, expected, sizeof expected));
    struct blob_writer *writer = begin(disk, "k", 0);
    add(writer, "a");
    add(writer, "bc");
    assert_int_equal(blob_writer_keep(writer, hash, &bytes), ERR_NONE);
    blob_writer_close(writer);
    assert_int_equal(bytes, 3);
    assert_memory_equal(hash, expected, sizeof hash);
    snprintf(path, sizeof path, "%s/files/ba/" ABC_HASH, disk->place.folder);
    assert_int_equal(access(path, F_OK), 0);
    assert_false(is_coming(disk, "k"));
    int fd = blob_open(disk->store, hash);
    assert_true(blob_hash_fd(fd, read, &bytes));
    assert_memory_equal(read, expected, sizeof read);
    close(fd);
}

static void what_was_not_synced_is_cut_off_by_going_on(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES], expected[BLOB_HASH_BYTES];
    int64_t received = 0;
    struct blob_writer *writer = begin(disk, "k", 0);
    add(writer, "ab");
    assert_int_equal(blob_writer_sync(writer, &received), ERR_NONE);
    assert_int_equal(received, 2);
    add(writer, "lost");
    blob_writer_close(writer);
    writer = begin(disk, "k", received);
    add(writer, "c");
    keep(writer, hash);
    assert_true(hex_decode(ABC_HASH, expected, sizeof expected));
    assert_memory_equal(hash, expected, sizeof hash);
}

static void going_on_where_less_is_there_is_a_conflict(void **state)
{
    struct disk *disk = *state;
    struct blob_writer *writer = begin(disk, "k", 0);
    add(writer, "ab");
    blob_writer_close(writer);
    assert_int_equal(blob_writer_open(disk->store, "k", 3, &writer), ERR_CONFLICT);
    assert_int_equal(blob_writer_open(disk->store, "other", 1, &writer), ERR_CONFLICT);
    assert_false(is_coming(disk, "other"));
}

static void what_others_wrote_by_the_descriptor_counts(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES], expected[BLOB_HASH_BYTES];
    struct blob_writer *writer = begin(disk, "k.image", 0);
    assert_int_equal(write(blob_writer_fd(writer), "abc", 3), 3);
    keep(writer, hash);
    assert_true(hex_decode(ABC_HASH, expected, sizeof expected));
    assert_memory_equal(hash, expected, sizeof hash);
}

static void a_key_never_leads_elsewhere(void **state)
{
    struct disk *disk = *state;
    struct blob_writer *writer = NULL;
    static const char *const keys[] = {"", ".", "..", "../beffroi.db", "a/b", ".hidden", "é"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        assert_int_equal(blob_writer_open(disk->store, keys[i], 0, &writer), ERR_NOT_FOUND);
        assert_null(writer);
    }
}

static void what_came_can_be_discarded(void **state)
{
    struct disk *disk = *state;
    struct blob_writer *writer = begin(disk, "k", 0);
    add(writer, "ab");
    blob_writer_close(writer);
    assert_true(is_coming(disk, "k"));
    blob_discard(disk->store, "k");
    assert_false(is_coming(disk, "k"));
}

/* --- disks that fail -------------------------------------------------------------------------- */

static void a_failed_sync_is_not_retried_and_the_content_begins_anew(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    int64_t received = 7;
    struct blob_writer *writer = begin(disk, "k", 0);
    add(writer, "ab");
    sync_fails = true;
    assert_int_equal(blob_writer_sync(writer, &received), ERR_READ_ONLY);
    assert_int_equal(received, 0);
    sync_fails = false;
    assert_int_equal(blob_writer_sync(writer, &received), ERR_READ_ONLY);
    assert_int_equal(blob_writer_add(writer, "c", 1), ERR_READ_ONLY);
    assert_int_equal(blob_writer_keep(writer, hash, &received), ERR_READ_ONLY);
    blob_writer_close(writer);
    assert_false(is_coming(disk, "k"));
}

static void a_content_that_cannot_be_synced_is_not_kept(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES], expected[BLOB_HASH_BYTES];
    int64_t bytes = 0;
    assert_true(hex_decode(ABC_HASH, expected, sizeof expected));
    struct blob_writer *writer = begin(disk, "k", 0);
    add(writer, "abc");
    sync_fails = true;
    assert_int_equal(blob_writer_keep(writer, hash, &bytes), ERR_READ_ONLY);
    blob_writer_close(writer);
    assert_false(is_there(disk, expected));
}

/* No file may grow beyond `bytes`: writing there fails as on a full disk. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void on_a_full_disk_what_was_synced_stays_and_goes_on_later(void **state)
{
    struct disk *disk = *state;
    char block[4096];
    unsigned char hash[BLOB_HASH_BYTES];
    int64_t received = 0, bytes = 0;
    memset(block, 'x', sizeof block);
    struct blob_writer *writer = begin(disk, "k", 0);
    assert_int_equal(blob_writer_add(writer, block, sizeof block), ERR_NONE);
    assert_int_equal(blob_writer_sync(writer, &received), ERR_NONE);
    limit_files(6000);
    enum err full = blob_writer_add(writer, block, sizeof block);
    limit_files(RLIM_INFINITY);
    assert_int_equal(full, ERR_READ_ONLY);
    blob_writer_close(writer);
    writer = begin(disk, "k", received);
    assert_int_equal(blob_writer_add(writer, block, sizeof block), ERR_NONE);
    assert_int_equal(blob_writer_keep(writer, hash, &bytes), ERR_NONE);
    assert_int_equal(bytes, 2 * sizeof block);
    blob_writer_close(writer);
}

/* --- leaving ---------------------------------------------------------------------------------- */

static void what_is_held_is_not_removed(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    store_text(disk, "abc", hash);
    assert_true(remove_unless(disk, hash, false));
    assert_true(is_there(disk, hash));
    blob_release(disk->store, hash);
    assert_true(remove_unless(disk, hash, false));
    assert_false(is_there(disk, hash));
}

static void what_two_hold_is_held_until_both_let_go(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    store_text(disk, "abc", hash);
    store_text(disk, "abc", hash);
    blob_release(disk->store, hash);
    remove_unless(disk, hash, false);
    assert_true(is_there(disk, hash));
    blob_release(disk->store, hash);
    remove_unless(disk, hash, false);
    assert_false(is_there(disk, hash));
}

static void what_a_row_names_is_not_removed(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    store_text(disk, "abc", hash);
    blob_release(disk->store, hash);
    assert_true(remove_unless(disk, hash, true));
    assert_true(is_there(disk, hash));
}

static void nothing_is_removed_while_a_backup_is_made(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    store_text(disk, "abc", hash);
    blob_release(disk->store, hash);
    struct blob_store *backup = blob_store_open(disk->place.folder);
    int kept = blob_store_keep(backup);
    assert_true(kept >= 0);
    assert_false(remove_unless(disk, hash, false));
    assert_true(is_there(disk, hash));
    blob_store_unkeep(kept);
    blob_store_close(backup);
    assert_true(remove_unless(disk, hash, false));
    assert_false(is_there(disk, hash));
}

static void what_is_gone_already_counts_as_removed(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES] = {1};
    assert_true(remove_unless(disk, hash, false));
}

/* --- all that is there ------------------------------------------------------------------------ */

struct seen {
    int contents, coming, strays;
    int64_t bytes;
    char key[32], stray[64];
};
static void see_content(void *context, const unsigned char *hash, int64_t bytes)
{
    struct seen *seen = context;
    (void)hash;
    seen->contents++;
    seen->bytes += bytes;
}
static void see_coming(void *context, const char *key, int64_t bytes)
{
    struct seen *seen = context;
    seen->coming++;
    seen->bytes += bytes;
    snprintf(seen->key, sizeof seen->key, "%s", key);
}
static void see_stray(void *context, const char *path)
{
    struct seen *seen = context;
    seen->strays++;
    snprintf(seen->stray, sizeof seen->stray, "%s", path);
}

static void everything_on_the_disk_is_told_once(void **state)
{
    struct disk *disk = *state;
    unsigned char hash[BLOB_HASH_BYTES];
    struct seen seen = {0};
    char path[160];
    store_text(disk, "abc", hash);
    store_text(disk, "defgh", hash);
    struct blob_writer *writer = begin(disk, "half", 0);
    add(writer, "ab");
    blob_writer_close(writer);
    snprintf(path, sizeof path, "%s/files/ba/lost", disk->place.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    struct blob_walk walk = {see_content, see_coming, see_stray, &seen};
    assert_true(blob_store_walk(disk->store, &walk));
    assert_int_equal(seen.contents, 2);
    assert_int_equal(seen.coming, 1);
    assert_string_equal(seen.key, "half");
    assert_int_equal(seen.bytes, 10);
    assert_int_equal(seen.strays, 1);
    assert_string_equal(seen.stray, "ba/lost");
}

#define DISK_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DISK_TEST(a_content_is_found_by_its_hash),
        DISK_TEST(what_was_not_synced_is_cut_off_by_going_on),
        DISK_TEST(going_on_where_less_is_there_is_a_conflict),
        DISK_TEST(what_others_wrote_by_the_descriptor_counts),
        DISK_TEST(a_key_never_leads_elsewhere),
        DISK_TEST(what_came_can_be_discarded),
        DISK_TEST(a_failed_sync_is_not_retried_and_the_content_begins_anew),
        DISK_TEST(a_content_that_cannot_be_synced_is_not_kept),
        DISK_TEST(on_a_full_disk_what_was_synced_stays_and_goes_on_later),
        DISK_TEST(what_is_held_is_not_removed),
        DISK_TEST(what_two_hold_is_held_until_both_let_go),
        DISK_TEST(what_a_row_names_is_not_removed),
        DISK_TEST(nothing_is_removed_while_a_backup_is_made),
        DISK_TEST(what_is_gone_already_counts_as_removed),
        DISK_TEST(everything_on_the_disk_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
