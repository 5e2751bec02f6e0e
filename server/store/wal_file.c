#include "store/wal_file.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { HOLD_BYTES = 131072, FRAME_HEADER_BYTES = 24 };

struct wal_file {
    sqlite3_file base; /* first: SQLite's view */
    sqlite3_file *under;
    char *held;
    int held_bytes;
    sqlite3_int64 end; /* where the next write continues, after what is held; -1: nowhere */
    bool commits;      /* the page to come is the last of a transaction */
};

static sqlite3_vfs *under_vfs, held_vfs;

static struct wal_file *of(sqlite3_file *file)
{
    return (struct wal_file *)(void *)file;
}

static sqlite3_file *under(sqlite3_file *file)
{
    return of(file)->under;
}

/* What cannot be written is not tried again: its transaction fails. */
static int flush(struct wal_file *file)
{
    int bytes = file->held_bytes;
    if (!bytes) {
        return SQLITE_OK;
    }
    file->held_bytes = 0;
    int code = file->under->pMethods->xWrite(file->under, file->held, bytes, file->end - bytes);
    if (code != SQLITE_OK) {
        file->end = -1;
    }
    return code;
}

/* --- the methods of a file ------------------------------------------------------------------- */

static int write_now(struct wal_file *file, const void *data, int bytes, sqlite3_int64 offset)
{
    int code = flush(file);
    if (code == SQLITE_OK) {
        code = file->under->pMethods->xWrite(file->under, data, bytes, offset);
    }
    file->end = code == SQLITE_OK ? offset + bytes : -1;
    return code;
}

static int hold(struct wal_file *file, const void *data, int bytes)
{
    if (file->held_bytes + bytes > HOLD_BYTES) {
        int code = flush(file);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    memcpy(file->held + file->held_bytes, data, (size_t)bytes);
    file->held_bytes += bytes;
    file->end += bytes;
    return SQLITE_OK;
}

/* The header of a frame says in its second word how long the database is after a commit; it is 0
 * for the other frames. */
static bool is_of_commit(const void *header)
{
    static const char none[4];
    return memcmp((const char *)header + sizeof none, none, sizeof none) != 0;
}

static int on_write(sqlite3_file *base, const void *data, int bytes, sqlite3_int64 offset)
{
    struct wal_file *file = of(base);
    bool is_header = bytes == FRAME_HEADER_BYTES;
    bool ends = !is_header && file->commits;
    file->commits = is_header && is_of_commit(data);
    if (offset != file->end || bytes > HOLD_BYTES) {
        return write_now(file, data, bytes, offset);
    }
    int code = hold(file, data, bytes);
    return code == SQLITE_OK && ends ? flush(file) : code;
}

static int on_read(sqlite3_file *file, void *data, int bytes, sqlite3_int64 offset)
{
    int code = flush(of(file));
    return code == SQLITE_OK ? under(file)->pMethods->xRead(under(file), data, bytes, offset)
                             : code;
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 bytes)
{
    int code = flush(of(file));
    return code == SQLITE_OK ? under(file)->pMethods->xTruncate(under(file), bytes) : code;
}

static int on_sync(sqlite3_file *file, int flags)
{
    int code = flush(of(file));
    return code == SQLITE_OK ? under(file)->pMethods->xSync(under(file), flags) : code;
}

static int on_size(sqlite3_file *file, sqlite3_int64 *bytes_out)
{
    int code = flush(of(file));
    return code == SQLITE_OK ? under(file)->pMethods->xFileSize(under(file), bytes_out) : code;
}

/* What is still held belongs to no transaction. */
static int on_close(sqlite3_file *file)
{
    free(of(file)->held);
    return under(file)->pMethods->xClose(under(file));
}

static int on_lock(sqlite3_file *file, int level)
{
    return under(file)->pMethods->xLock(under(file), level);
}

static int on_unlock(sqlite3_file *file, int level)
{
    return under(file)->pMethods->xUnlock(under(file), level);
}

static int on_check_lock(sqlite3_file *file, int *held_out)
{
    return under(file)->pMethods->xCheckReservedLock(under(file), held_out);
}

static int on_control(sqlite3_file *file, int what, void *argument)
{
    return under(file)->pMethods->xFileControl(under(file), what, argument);
}

static int on_sector_size(sqlite3_file *file)
{
    return under(file)->pMethods->xSectorSize(under(file));
}

static int on_characteristics(sqlite3_file *file)
{
    return under(file)->pMethods->xDeviceCharacteristics(under(file));
}

static const sqlite3_io_methods methods = {
    .iVersion = 1, /* no shared memory, no mapping: neither is for a log */
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_size,
    .xLock = on_lock,
    .xUnlock = on_unlock,
    .xCheckReservedLock = on_check_lock,
    .xFileControl = on_control,
    .xSectorSize = on_sector_size,
    .xDeviceCharacteristics = on_characteristics,
};

/* --- opening ---------------------------------------------------------------------------------- */

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags,
                   int *flags_out)
{
    (void)vfs;
    if (!(flags & SQLITE_OPEN_WAL)) {
        return under_vfs->xOpen(under_vfs, name, base, flags, flags_out);
    }
    struct wal_file *file = of(base);
    *file = (struct wal_file){.under = (sqlite3_file *)(void *)(file + 1), .end = -1};
    int code = under_vfs->xOpen(under_vfs, name, file->under, flags, flags_out);
    if (code == SQLITE_OK) {
        file->held = mem_alloc(HOLD_BYTES);
        file->base.pMethods = &methods;
    }
    return code;
}

int wal_file_register(void)
{
    under_vfs = sqlite3_vfs_find(NULL);
    if (!under_vfs) {
        return SQLITE_ERROR;
    }
    held_vfs = *under_vfs;
    held_vfs.zName = WAL_FILE_VFS;
    held_vfs.szOsFile += (int)sizeof(struct wal_file);
    held_vfs.pNext = NULL;
    held_vfs.xOpen = on_open;
    return sqlite3_vfs_register(&held_vfs, 0);
}
