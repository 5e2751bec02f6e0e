/* A growable run of bytes on the heap, for frames and answers.
 *
 * Owns: its bytes. Threads: one at a time. Never: fails (out of memory aborts). */
#ifndef BEFFROI_BASE_BUF_H
#define BEFFROI_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
    char *data;
    size_t len, capacity; /* bytes */
};

void buf_init(struct buf *buf);
void buf_finish(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the room */
/* buf_reserve() where there is no room yet. */
char *buf_grow(struct buf *buf, size_t bytes);

/* Room for `bytes` more, returned for writing; the caller adds what it wrote to `len`. Here, as is
 * buf_add(), because a message is written in some hundred and fifty pieces of a few bytes. */
static inline char *buf_reserve(struct buf *buf, size_t bytes)
{
    return bytes < buf->capacity - buf->len ? buf->data + buf->len : buf_grow(buf, bytes);
}

static inline void buf_add(struct buf *buf, const void *data, size_t bytes)
{
    if (bytes > 0) {
        memcpy(buf_reserve(buf, bytes), data, bytes);
        buf->len += bytes;
    }
}

void buf_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Bytes shared by several readers and freed with the last (atomic count). */
struct shared_bytes {
    _Atomic int references;
    size_t len;
    char data[]; /* immutable once shared */
};
struct shared_bytes *shared_bytes_create(const void *data,
                                         size_t len); /* one reference, the caller's */
struct shared_bytes *shared_bytes_retain(struct shared_bytes *bytes);
void shared_bytes_release(struct shared_bytes *bytes);

#endif
