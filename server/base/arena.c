#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct arena_block {
    struct arena_block *older;
    size_t capacity; /* bytes of data */
    alignas(max_align_t) char data[];
};

/* Blocks double from FIRST to LARGEST; a piece larger than that gets a block of its size. Under
 * AddressSanitizer every piece has a block of its own, so that running over its end is seen. */
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_PER_PIECE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_PER_PIECE 1
#endif
#endif
#ifdef ARENA_PER_PIECE
enum { FIRST_BYTES = 0, LARGEST_BYTES = 0 };
#else
enum { FIRST_BYTES = 4096 - sizeof(struct arena_block), LARGEST_BYTES = 262144 };
#endif

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_finish(struct arena *arena)
{
    free_blocks(arena->blocks);
    arena_init(arena);
}

void arena_reset(struct arena *arena)
{
    struct arena_block *newest = arena->blocks;
    if (!newest || newest->capacity > LARGEST_BYTES) {
        arena_finish(arena); /* one huge request must not hold its memory for ever */
        return;
    }
    free_blocks(newest->older);
    newest->older = NULL;
    arena->used_bytes = 0;
}

static void add_block(struct arena *arena, size_t bytes)
{
    size_t capacity = arena->blocks ? 2 * arena->blocks->capacity : FIRST_BYTES;
    capacity = capacity > LARGEST_BYTES ? LARGEST_BYTES : capacity;
    capacity = capacity < bytes ? bytes : capacity;
    struct arena_block *block = mem_resize(NULL, mem_size(1, capacity, sizeof *block));
    block->older = arena->blocks;
    block->capacity = capacity;
    arena->blocks = block;
    arena->used_bytes = 0;
}

/* As it comes: whatever was there before. */
static void *take(struct arena *arena, size_t bytes)
{
    size_t align = alignof(max_align_t);
    size_t start = (arena->used_bytes + align - 1) / align * align;
    if (!arena->blocks || start > arena->blocks->capacity ||
        bytes > arena->blocks->capacity - start) {
        add_block(arena, bytes);
        start = 0;
    }
    arena->used_bytes = start + bytes;
    return arena->blocks->data + start;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    return memset(take(arena, bytes), 0, bytes);
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text ? arena_memdup(arena, text, strlen(text)) : NULL;
}

char *arena_memdup(struct arena *arena, const void *data, size_t bytes)
{
    char *copy = take(arena, mem_size(1, bytes, 1));
    if (bytes > 0) {
        memcpy(copy, data, bytes);
    }
    copy[bytes] = '\0';
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) {
        abort();
    }
    char *text = take(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t item_bytes)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = count < 4 ? 8 : 2 * count;
    void *larger = arena_alloc(arena, mem_size(*capacity, item_bytes, 0));
    if (count > 0) {
        memcpy(larger, items, count * item_bytes);
    }
    return larger;
}
