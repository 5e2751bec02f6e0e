/* Draws an image anew: its pixels, upright, no larger than wanted, and nothing else of it.
 *
 * JPEG stays JPEG, PNG stays PNG and WebP stays WebP, so that a file's name stays true.
 *
 * Owns nothing. Threads: one. */
#ifndef BEFFROI_HELPER_DRAWING_H
#define BEFFROI_HELPER_DRAWING_H

#include "helper/helper.h"
#include "helper/reader.h"

/* The most a drawing may take: four bytes a pixel, hardly pressed. */
#define DRAWING_BYTES (INT64_C(4) * LIMIT_IMAGE_SIDE * LIMIT_IMAGE_SIDE + 1048576)

/* Written to `out_fd` from its start. false: it is broken, too large, or of a kind that is not
 * drawn (an animation). */
bool drawing_make(const struct content *content, const char *type, int side_px, int out_fd,
                  struct picture *out) __attribute__((warn_unused_result));

#endif
