/* Folders. A new name in one, or one that was taken away, is safe from a power cut only once the
 * folder was synced (fsync(2): a file's own sync does not do it).
 *
 * Threads: any that may wait for the disk. */
#ifndef BEFFROI_BASE_FOLDER_H
#define BEFFROI_BASE_FOLDER_H

#include <stdbool.h>

/* Syncs the folder that holds `path`. false: it cannot be (errno says why). */
bool folder_sync_of(const char *path) __attribute__((warn_unused_result));

/* Tells `each` every entry but "." and ".." of the folder `name` in the folder `at` (a descriptor),
 * with a descriptor of its own, to the end; a link is not followed. false: it could not be read to
 * its end (errno says why), or `each` said so of an entry. */
bool folder_each(int at, const char *name,
                 bool (*each)(void *context, int folder, const char *name), void *context)
    __attribute__((warn_unused_result));

#endif
