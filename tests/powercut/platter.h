/* What a power cut leaves of what was asked of the disk.
 *
 * The model (ADR 13): a sync of a file makes its bytes and its size durable, a sync of a folder its
 * names. Of all else any part may be there: no write, all, the first few, any subset, each torn into
 * sectors of 512 bytes of which any are there; a file grown without its bytes, with zeros or with
 * what lay on the disk before. A name that came or went may be there or not; a rename may leave the
 * new name, both, or the old one, but never none.
 *
 * Owns: what is durable. Threads: one. */
#ifndef BEFFROI_POWERCUT_PLATTER_H
#define BEFFROI_POWERCUT_PLATTER_H

#include "disk.h"

enum loss {
    LOSS_ALL,     /* nothing unsynced is there */
    LOSS_NONE,    /* all of it is, as after a kill */
    LOSS_TAIL,    /* the first few writes of each file are, the last of them torn */
    LOSS_SUBSET,  /* any of them */
    LOSS_TORN,    /* any sectors of any of them */
    LOSS_ZEROS,   /* sizes are, bytes are not */
    LOSS_GARBAGE, /* any sectors; what grew holds what was there before */
    LOSS_MIXED,   /* each file its own of these */
    LOSSES
};
const char *loss_name(enum loss loss);
enum loss loss_find(const char *name); /* LOSSES: there is none of that name */

struct platter;
struct platter *platter_create(const struct disk_log *log);
void platter_destroy(struct platter *platter);
/* As it is when the first `count` operations were asked for; never fewer than before. */
void platter_advance(struct platter *platter, size_t count);
/* Cuts the power: makes `path`, which is not there, as the root would be found. The same seed leaves
 * the same. */
void platter_cut(const struct platter *platter, const char *path, enum loss loss, uint64_t seed);

#endif
