#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

bool folder_sync_of(const char *path)
{
    char *copy = mem_strdup(path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    free(copy);
    return synced;
}

bool folder_each(int at, const char *name,
                 bool (*each)(void *context, int folder, const char *name), void *context)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir) {
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    bool read = true;
    errno = 0;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        if (!str_equal(entry->d_name, ".") && !str_equal(entry->d_name, "..")) {
            read = each(context, dirfd(dir), entry->d_name) && read;
        }
        errno = 0;
    }
    read = read && errno == 0;
    closedir(dir);
    return read;
}
