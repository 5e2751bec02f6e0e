/* Pixels in memory, and what is done with them between decoding and encoding.
 *
 * Owns: an image's pixels (image_finish). Threads: one. */
#ifndef BEFFROI_HELPER_IMAGE_H
#define BEFFROI_HELPER_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

struct image {
    int width, height, channels; /* 1 grey, 3 red green blue, 4 and opacity */
    unsigned char *pixels;       /* rows from the top, without gaps */
};

/* Frees its pixels; one that has none is allowed. */
void image_finish(struct image *image);
size_t image_bytes(const struct image *image); /* of its pixels */
/* The size it has where no side is longer than `side_px`, in proportion, one pixel at least. */
void image_fit(int width, int height, int side_px, int *width_out, int *height_out);
/* Each pixel becomes the mean of the area it covers, weighted by opacity. */
void image_reduce(struct image *image, int side_px);
/* Turns it upright by its EXIF orientation (1 to 8; CIPA DC-008, 4.6.5.1). */
void image_orient(struct image *image, int orientation);

/* The orientation a file says it has, 1 without one that makes sense. `type`: image/jpeg, image/png
 * or image/webp. */
int orientation_of(const char *type, const unsigned char *data, size_t bytes);

#endif
