/* Hash map from a 64-bit number to a pointer (open addressing).
 *
 * Owns: its table, not the values. Threads: one at a time. Never: fails. */
#ifndef BEFFROI_BASE_MAP_H
#define BEFFROI_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map_slot {
    int64_t key;
    void *value; /* NULL = free */
};
struct map {
    struct map_slot *slots;
    size_t capacity, count; /* capacity: a power of two */
};

void map_init(struct map *map);
void map_finish(struct map *map);
void *map_get(const struct map *map, int64_t key);       /* NULL if absent */
void map_put(struct map *map, int64_t key, void *value); /* value not NULL; replaces */
void *map_remove(struct map *map, int64_t key);          /* the value it had, or NULL */
/* Walks all: for (size_t i = 0; (value = map_next(map, &i, &key));) ; no change meanwhile. */
void *map_next(const struct map *map, size_t *index, int64_t *key_out);

#endif
