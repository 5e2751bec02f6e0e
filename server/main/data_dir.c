#include "main/data_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/zone.h"
#include "main/options.h"
#include "store/blob.h"
#include "store/migrate.h"

void data_dir_path(const struct data_dir *dir, const char *name, char *out, size_t bytes)
{
    snprintf(out, bytes, "%s/%s", dir->path, name);
}

bool data_dir_has(const struct data_dir *dir, const char *name)
{
    char path[4096];
    data_dir_path(dir, name, path, sizeof path);
    return access(path, F_OK) == 0;
}

/* Not to be forgotten by a power cut with all that will be in it. */
static bool make(const char *path)
{
    return (mkdir(path, 0700) == 0 || errno == EEXIST) && folder_sync_of(path);
}

/* The lock is on the open file: it goes with the process, however it ends. */
enum data_lock data_dir_lock(struct data_dir *dir, const char *path, bool create)
{
    dir->lock = -1;
    snprintf(dir->path, sizeof dir->path, "%s", path);
    if (create && !make(path)) {
        refuse("cannot make the data directory %s: %s", path, strerror(errno));
        return LOCK_FAILED;
    }
    char lock[4096];
    data_dir_path(dir, "lock", lock, sizeof lock);
    dir->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (dir->lock < 0) {
        refuse("cannot use the data directory %s: %s. Make it with: beffroi init --data %s", path,
               strerror(errno), path);
        return LOCK_FAILED;
    }
    if (flock(dir->lock, LOCK_EX | LOCK_NB) != 0) {
        close(dir->lock);
        dir->lock = -1;
        return LOCK_HELD_BY_OTHER;
    }
    return LOCK_TAKEN;
}

/* --- half made -------------------------------------------------------------------------------- */

#define UNFINISHED "unfinished"

static bool sync_folder(const struct data_dir *dir)
{
    int fd = open(dir->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return synced;
}

bool data_dir_begin(const struct data_dir *dir)
{
    char path[4096];
    data_dir_path(dir, UNFINISHED, path, sizeof path);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    return fd >= 0 && close(fd) == 0 && sync_folder(dir);
}

bool data_dir_done(const struct data_dir *dir)
{
    char path[4096];
    data_dir_path(dir, UNFINISHED, path, sizeof path);
    return (unlink(path) == 0 || errno == ENOENT) && sync_folder(dir);
}

bool data_dir_is_half_made(const struct data_dir *dir)
{
    return data_dir_has(dir, UNFINISHED);
}

/* --- opening ---------------------------------------------------------------------------------- */

bool data_dir_lock_empty(struct data_dir *dir, const char *path)
{
    enum data_lock lock = data_dir_lock(dir, path, true);
    if (lock == LOCK_HELD_BY_OTHER) {
        refuse("a server runs on %s: choose another directory", path);
    }
    if (lock != LOCK_TAKEN) {
        return false;
    }
    if (data_dir_is_half_made(dir)) {
        data_dir_discard(dir);
    }
    if (data_dir_has(dir, "beffroi.db")) {
        refuse("%s holds a database already; choose another directory", path);
        data_dir_unlock(dir);
        return false;
    }
    if (!data_dir_begin(dir)) {
        refuse("nothing could be written to %s: %s", path, strerror(errno));
        data_dir_unlock(dir);
        return false;
    }
    return true;
}

/* Down to DIR/files/ab/, and no further. */
enum { DEEPEST = 3 };

struct giving {
    const struct stat *owner;
    int depth;
};

/* By descriptor, for the account that gets it may put something else under a name meanwhile; nor
 * does it get a file of root's that it made a name for. */
static bool give(void *context, int folder, const char *name)
{
    const struct giving *giving = context;
    struct giving inner = {giving->owner, giving->depth + 1};
    struct stat found;
    int fd = openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    bool there = fd >= 0 && fstat(fd, &found) == 0;
    bool is_folder = there && S_ISDIR(found.st_mode);
    bool given = true;
    if (is_folder || (there && S_ISREG(found.st_mode) && found.st_nlink == 1)) {
        given = found.st_uid != 0 ||
                fchownat(fd, "", giving->owner->st_uid, giving->owner->st_gid, AT_EMPTY_PATH) == 0;
    }
    if (fd >= 0) {
        close(fd);
    }
    if (given && is_folder && inner.depth < DEEPEST) {
        given = folder_each(folder, name, give, &inner);
    }
    return given;
}

/* What root made in a directory of another account goes to that account, whose server could not
 * open it otherwise. */
static void give_to_owner(const struct data_dir *dir)
{
    char path[4096];
    struct stat owner;
    struct giving giving = {&owner, 0};
    data_dir_path(dir, ".", path, sizeof path); /* DIR itself may be a link */
    if (geteuid() != 0 || stat(path, &owner) != 0 || owner.st_uid == 0) {
        return;
    }
    if (!folder_each(AT_FDCWD, path, give, &giving)) {
        refuse("some files in %s belong to root; give them to its owner: chown -R", dir->path);
    }
}

void data_dir_unlock(struct data_dir *dir)
{
    if (dir->lock >= 0) {
        give_to_owner(dir);
        close(dir->lock);
        dir->lock = -1;
    }
}

void data_dir_discard(const struct data_dir *dir)
{
    static const char *const made[] = {"beffroi.db", "beffroi.db-wal", "beffroi.db-shm",
                                       "demo.txt"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        char path[4096];
        data_dir_path(dir, made[i], path, sizeof path);
        unlink(path);
    }
    char files[4096];
    struct blob_store *store = blob_store_open(dir->path);
    data_dir_path(dir, "files", files, sizeof files);
    if (store) {
        blob_store_remove(store, files);
    }
    blob_store_close(store);
    if (!data_dir_done(dir)) {
        refuse("what is left in %s could not be removed: %s", dir->path, strerror(errno));
    }
}

#define ZONEINFO "/usr/share/zoneinfo"

bool data_dir_load_zones(void)
{
    const char *missing = NULL;
    bool loaded = zones_load(ZONEINFO, &missing);
    if (!loaded) {
        refuse("the time zone " ZONEINFO "/%s is missing or broken. Install the package tzdata.",
               missing);
    }
    return loaded;
}

struct db *data_dir_open(const struct data_dir *dir, bool create)
{
    if (!data_dir_load_zones()) {
        return NULL;
    }
    if (!create && data_dir_is_half_made(dir)) {
        refuse("%s is half made: an init, demo or restore was cut short there. Run it again.",
               dir->path);
        return NULL;
    }
    if (!create && !data_dir_has(dir, "beffroi.db")) {
        refuse("there is no database in %s. Make one with: beffroi init --data %s", dir->path,
               dir->path);
        return NULL;
    }
    char path[4096];
    data_dir_path(dir, "beffroi.db", path, sizeof path);
    struct db *db = db_open(path, DB_WRITER);
    if (!db) {
        refuse("cannot open %s. Is it a database of beffroi, and yours to write?", path);
        return NULL;
    }
    enum err err = migrate(db);
    if (err) {
        refuse(err == ERR_CONFLICT
                   ? "%s was written by a newer beffroi (schema %d, this one knows %d)."
                     " Use that version."
                   : "cannot bring %s up to date: it stands at schema %d of %d, and is whole."
                     " Is the disk full?",
               path, migrate_current(db), migrate_latest());
        db_close(db);
        return NULL;
    }
    return db;
}
