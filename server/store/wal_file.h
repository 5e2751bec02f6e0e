/* The write-ahead log as the writer writes it: the frames of a transaction in one pwrite() where
 * SQLite calls it twice for each, some 25 times for a lone message.
 *
 * What continues the last write is held until the frame that commits, a sync, a read, or
 * HOLD_BYTES; everything else, and every other file, goes straight to SQLite's own. A commit frame
 * is never held, so whatever may be read by others is in the file, and a disk that is full or fails
 * is told by the write or the sync of that same commit. What was held then is dropped with its
 * transaction.
 *
 * Owns: what is held. Threads: the connection's. Never: puts off a sync, or anything past one. */
#ifndef BEFFROI_STORE_WAL_FILE_H
#define BEFFROI_STORE_WAL_FILE_H

/* Name for sqlite3_open_v2(); of use to a connection that writes. */
#define WAL_FILE_VFS "held-log"

/* Registers it, once a process. Returns SQLITE_OK, or the SQLite error.
 * Source: https://www.sqlite.org/vfs.html; https://www.sqlite.org/fileformat2.html#walformat */
int wal_file_register(void) __attribute__((warn_unused_result));

#endif
