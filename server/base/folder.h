/* The folder a file lies in: a new name, or one that was taken away, is safe from a power cut only
 * once its folder was synced (fsync(2): a file's own sync does not do it).
 *
 * Threads: any that may wait for the disk. */
#ifndef BEFFROI_BASE_FOLDER_H
#define BEFFROI_BASE_FOLDER_H

#include <stdbool.h>

/* Syncs the folder that holds `path`. false: it cannot be (errno says why). */
bool folder_sync_of(const char *path) __attribute__((warn_unused_result));

#endif
