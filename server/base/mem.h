/* The heap, for the few that use it directly: long-lived objects and growing buffers.
 *
 * Threads: any. Never: returns NULL; a server without memory cannot keep its promises, so it
 * aborts. */
#ifndef BEFFROI_BASE_MEM_H
#define BEFFROI_BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

/* `bytes` of zeroed memory, freed with free(3). */
void *mem_alloc(size_t bytes) __attribute__((returns_nonnull));
#define MEM_NEW(type) ((type *)mem_alloc(sizeof(type)))

/* The same, beginning on a cache line: for what thousands of are walked in a row. */
void *mem_alloc_line(size_t bytes) __attribute__((returns_nonnull));

/* realloc(3): what is new is not zeroed. */
void *mem_resize(void *data, size_t bytes) __attribute__((returns_nonnull));

/* A heap copy of `text`; NULL gives NULL. */
char *mem_strdup(const char *text);

/* count * bytes + extra, aborting where that does not fit in a size_t. */
size_t mem_size(size_t count, size_t bytes, size_t extra);

/* The same address, for an interface older than const that only reads what it is given. */
static inline void *mem_unconst(const void *data)
{
    return (void *)(uintptr_t)data;
}

#endif
