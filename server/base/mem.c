#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 64 };

void *mem_alloc(size_t bytes)
{
    void *data = calloc(1, bytes > 0 ? bytes : 1);
    if (!data) {
        abort();
    }
    return data;
}

void *mem_alloc_line(size_t bytes)
{
    size_t whole = (bytes + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
    void *data = aligned_alloc(LINE_BYTES, whole);
    if (!data) {
        abort();
    }
    return memset(data, 0, whole);
}

void *mem_resize(void *data, size_t bytes)
{
    void *moved = realloc(data, bytes > 0 ? bytes : 1);
    if (!moved) {
        abort();
    }
    return moved;
}

char *mem_strdup(const char *text)
{
    if (!text) {
        return NULL;
    }
    size_t bytes = strlen(text) + 1;
    return memcpy(mem_alloc(bytes), text, bytes);
}

size_t mem_size(size_t count, size_t bytes, size_t extra)
{
    size_t size;
    if (__builtin_mul_overflow(count, bytes, &size) || __builtin_add_overflow(size, extra, &size)) {
        abort();
    }
    return size;
}
