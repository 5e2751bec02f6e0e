#include "base/buf.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void buf_init(struct buf *buf)
{
    *buf = (struct buf){0};
}

void buf_finish(struct buf *buf)
{
    free(buf->data);
    buf_init(buf);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
}

char *buf_grow(struct buf *buf, size_t bytes)
{
    size_t needed = mem_size(1, buf->len, bytes);
    if (needed > buf->capacity || !buf->data) {
        size_t capacity = buf->capacity > 0 ? mem_size(buf->capacity, 2, 0) : 256;
        buf->capacity = capacity > needed ? capacity : needed;
        buf->data = mem_resize(buf->data, buf->capacity);
    }
    return buf->data + buf->len;
}

void buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char *room = buf_reserve(buf, 128); /* most pieces fit: one pass */
    int length = vsnprintf(room, buf->capacity - buf->len, format, args);
    va_end(args);
    if (length < 0) {
        abort();
    }
    if ((size_t)length >= buf->capacity - buf->len) {
        vsnprintf(buf_reserve(buf, (size_t)length + 1), (size_t)length + 1, format, again);
    }
    va_end(again);
    buf->len += (size_t)length;
}

struct shared_bytes *shared_bytes_create(const void *data, size_t len)
{
    struct shared_bytes *bytes = mem_resize(NULL, mem_size(1, len, sizeof *bytes));
    atomic_init(&bytes->references, 1);
    bytes->len = len;
    if (len > 0) {
        memcpy(bytes->data, data, len);
    }
    return bytes;
}

struct shared_bytes *shared_bytes_retain(struct shared_bytes *bytes)
{
    /* Relaxed: who retains already holds a reference, so nothing is published here. */
    atomic_fetch_add_explicit(&bytes->references, 1, memory_order_relaxed);
    return bytes;
}

void shared_bytes_release(struct shared_bytes *bytes)
{
    /* Acquire and release: all reads by others come before the free. */
    if (bytes && atomic_fetch_sub_explicit(&bytes->references, 1, memory_order_acq_rel) == 1) {
        free(bytes);
    }
}
