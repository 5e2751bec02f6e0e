/* A disk that fails on demand: SQLite's own VFS with its writes and syncs behind a switch. Install
 * it before the first database is opened. */
#ifndef BEFFROI_TESTS_FAULTS_H
#define BEFFROI_TESTS_FAULTS_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

static _Atomic int fault_write; /* code that the next writes give; 0 = none */
static _Atomic int fault_sync;
static _Atomic int faults_synced;  /* syncs that were done */
static _Atomic int faults_refused; /* syncs that failed */

static sqlite3_vfs faults_vfs;
/* SQLite's methods per kind of file, and ours in front. */
static struct faults_table {
    sqlite3_io_methods methods; /* first: a file points to it */
    const sqlite3_io_methods *below;
} faults_tables[4];
static pthread_mutex_t faults_mutex = PTHREAD_MUTEX_INITIALIZER;

static const sqlite3_io_methods *faults_below(const sqlite3_file *file)
{
    return ((const struct faults_table *)(const void *)file->pMethods)->below;
}

static int faults_write(sqlite3_file *file, const void *data, int bytes, sqlite3_int64 offset)
{
    int code = atomic_load(&fault_write);
    return code ? code : faults_below(file)->xWrite(file, data, bytes, offset);
}

static int faults_sync(sqlite3_file *file, int flags)
{
    int code = atomic_load(&fault_sync);
    atomic_fetch_add(code ? &faults_refused : &faults_synced, 1);
    return code ? code : faults_below(file)->xSync(file, flags);
}

static void faults_wrap(sqlite3_file *file)
{
    pthread_mutex_lock(&faults_mutex);
    struct faults_table *table = faults_tables;
    while (table->below && table->below != file->pMethods) {
        table++;
    }
    if (!table->below) {
        table->below = file->pMethods;
        table->methods = *table->below;
        table->methods.xWrite = faults_write;
        table->methods.xSync = faults_sync;
    }
    file->pMethods = &table->methods;
    pthread_mutex_unlock(&faults_mutex);
}

static int faults_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    sqlite3_vfs *below = faults_vfs.pAppData;
    int code = below->xOpen(below, name, file, flags, out);
    if (file->pMethods) {
        faults_wrap(file);
    }
    return code;
}

static inline void faults_install(void)
{
    sqlite3_vfs *below = sqlite3_vfs_find(NULL);
    faults_vfs = *below;
    faults_vfs.zName = "faults";
    faults_vfs.pAppData = below;
    faults_vfs.xOpen = faults_open;
    sqlite3_vfs_register(&faults_vfs, 1);
}

#endif
