/* Chance that can be had again. (splitmix64, Sebastiano Vigna, public domain) */
#ifndef BEFFROI_POWERCUT_CHANCE_H
#define BEFFROI_POWERCUT_CHANCE_H

#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline uint64_t chance_next(struct chance *chance)
{
    uint64_t z = (chance->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline void chance_begin(struct chance *chance, uint64_t seed)
{
    chance->state = seed;
    chance_next(chance);
}

/* In [0, end). */
static inline uint64_t chance_below(struct chance *chance, uint64_t end)
{
    return chance_next(chance) % end;
}

#endif
