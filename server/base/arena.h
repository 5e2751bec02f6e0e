/* Memory of one request: taken piece by piece, freed whole.
 *
 * Owns: its blocks. Threads: one at a time. Never: returns NULL (out of memory aborts). */
#ifndef BEFFROI_BASE_ARENA_H
#define BEFFROI_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used_bytes;          /* in the newest block */
};

void arena_init(struct arena *arena);
void arena_finish(struct arena *arena);
/* Frees all but one block and starts again. */
void arena_reset(struct arena *arena);

/* `bytes` of zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t bytes) __attribute__((returns_nonnull));
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count)                                                            \
    ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

/* A copy that lives as long as the arena; NULL gives NULL. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_memdup(struct arena *arena, const void *data, size_t bytes); /* with a NUL after it */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A list that grows in an arena: `ARENA_PUSH(arena, list, item)` on a struct { T *items; size_t
 * count, capacity; } copies to twice the room when full. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t item_bytes) __attribute__((returns_nonnull));
#define ARENA_PUSH(arena, list, item)                                                              \
    do {                                                                                           \
        (list)->items = arena_grow((arena), (list)->items, (list)->count, &(list)->capacity,       \
                                   sizeof *(list)->items);                                         \
        (list)->items[(list)->count++] = (item);                                                   \
    } while (0)

#endif
