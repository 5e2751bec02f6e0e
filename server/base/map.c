#include "base/map.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 16 };

/* Spreads neighbouring keys over the table (the finalizer of splitmix64; Steele, Lea and Flood
 * 2014). */
static size_t home_of(const struct map *map, int64_t key)
{
    uint64_t hash = (uint64_t)key;
    hash = (hash ^ (hash >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    hash = (hash ^ (hash >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (size_t)(hash ^ (hash >> 31)) & (map->capacity - 1);
}

/* Where `key` is, or the free slot where it would go. The table always has a free slot. */
static struct map_slot *find(const struct map *map, int64_t key)
{
    size_t at = home_of(map, key);
    while (map->slots[at].value && map->slots[at].key != key) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->slots[at];
}

static void grow(struct map *map)
{
    struct map old = *map;
    map->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
    map->slots = calloc(map->capacity, sizeof *map->slots);
    if (!map->slots) {
        abort();
    }
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].value) {
            *find(map, old.slots[i].key) = old.slots[i];
        }
    }
    free(old.slots);
}

void map_init(struct map *map)
{
    *map = (struct map){0};
}

void map_finish(struct map *map)
{
    free(map->slots);
    map_init(map);
}

void *map_get(const struct map *map, int64_t key)
{
    return map->capacity ? find(map, key)->value : NULL;
}

void map_put(struct map *map, int64_t key, void *value)
{
    if (map->count + 1 > map->capacity / 4 * 3) {
        grow(map);
    }
    struct map_slot *slot = find(map, key);
    if (!slot->value) {
        map->count++;
    }
    *slot = (struct map_slot){key, value};
}

/* Fills the hole at `hole` from the run behind it (Knuth 6.4, algorithm R), so that no search stops
 * early and no mark of the dead piles up. */
static void close_hole(struct map *map, size_t hole)
{
    size_t mask = map->capacity - 1;
    for (size_t at = (hole + 1) & mask; map->slots[at].value; at = (at + 1) & mask) {
        size_t home = home_of(map, map->slots[at].key);
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            map->slots[hole] = map->slots[at];
            hole = at;
        }
    }
    map->slots[hole].value = NULL;
}

void *map_remove(struct map *map, int64_t key)
{
    struct map_slot *slot = map->capacity ? find(map, key) : NULL;
    if (!slot || !slot->value) {
        return NULL;
    }
    void *value = slot->value;
    close_hole(map, (size_t)(slot - map->slots));
    map->count--;
    return value;
}

void *map_next(const struct map *map, size_t *index, int64_t *key_out)
{
    while (*index < map->capacity) {
        const struct map_slot *slot = &map->slots[(*index)++];
        if (slot->value) {
            *key_out = slot->key;
            return slot->value;
        }
    }
    return NULL;
}
