#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void *mem_alloc(size_t bytes)
{
    void *data = calloc(1, bytes > 0 ? bytes : 1);
    if (!data) {
        abort();
    }
    return data;
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
