/* What is in DIR/files, file by file. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/str.h"
#include "store/blob_internal.h"

struct visit {
    const struct blob_walk *walk;
    const char *folder; /* "ab" */
};

static void tell(const struct visit *visit, const char *name, int64_t bytes)
{
    const struct blob_walk *walk = visit->walk;
    unsigned char hash[BLOB_HASH_BYTES];
    char path[BLOB_PATH_BYTES];
    bool content = strlen(name) == BLOB_HEX_BYTES - 1 && hex_decode(name, hash, sizeof hash);
    if (content) {
        blob_path(hash, path);
        content = strncmp(path, visit->folder, 2) == 0 && str_equal(path + 3, name);
    }
    if (str_equal(visit->folder, BLOB_COMING)) {
        walk->coming(walk->context, name, bytes);
    } else if (content) {
        walk->content(walk->context, hash, bytes);
    } else if (walk->stray) {
        snprintf(path, sizeof path, "%s/%s", visit->folder, name);
        walk->stray(walk->context, path);
    }
}

static bool see_file(void *context, int folder, const char *name)
{
    struct stat stat;
    if (fstatat(folder, name, &stat, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT; /* it has gone meanwhile */
    }
    tell(context, name, stat.st_size);
    return true;
}

static bool see_folder(void *context, int folder, const char *name)
{
    const struct blob_walk *walk = context;
    struct visit visit = {walk, name};
    struct stat stat;
    if (fstatat(folder, name, &stat, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(stat.st_mode)) {
        return folder_each(folder, name, see_file, &visit);
    }
    if (walk->stray) {
        walk->stray(walk->context, name);
    }
    return true;
}

bool blob_store_walk(struct blob_store *store, const struct blob_walk *walk)
{
    struct blob_walk copy = *walk;
    if (!walk->content) {
        return see_folder(&copy, store->folder, BLOB_COMING);
    }
    return folder_each(store->folder, ".", see_folder, &copy);
}
