#include "helper/image.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void image_finish(struct image *image)
{
    free(image->pixels);
    image->pixels = NULL;
}

size_t image_bytes(const struct image *image)
{
    return (size_t)image->width * (size_t)image->height * (size_t)image->channels;
}

static int in_proportion(int side, int side_px, int longest)
{
    int64_t fitted = ((int64_t)side * side_px + longest / 2) / longest;
    return fitted > 0 ? (int)fitted : 1;
}

void image_fit(int width, int height, int side_px, int *width_out, int *height_out)
{
    int longest = width > height ? width : height;
    bool fits = longest <= side_px;
    *width_out = fits ? width : in_proportion(width, side_px, longest);
    *height_out = fits ? height : in_proportion(height, side_px, longest);
}

/* Areas are counted in whole numbers: along a side of n pixels drawn on m, each old pixel is m long
 * and each new one n, so that nothing is lost to rounding before the last division. The largest
 * sum, 255 * 255 of 100 million pixels, is far within 64 bits. */
struct reducer {
    const struct image *from;
    struct image to;
    uint64_t *row; /* one old row, drawn on the new width */
    uint64_t *sum; /* what has come of the new row under way */
    int64_t y;     /* how far down, in those units */
    int next;      /* new row under way */
};

static void add_pixel(const struct image *image, const unsigned char *pixel, uint64_t weight,
                      uint64_t *sum)
{
    if (image->channels == 4) {
        weight *= pixel[3]; /* what cannot be seen has no colour */
        sum[3] += weight;
    }
    for (int c = 0; c < image->channels && c < 3; c++) {
        sum[c] += weight * pixel[c];
    }
}

static void add_row_width(struct reducer *reducer, const unsigned char *pixels)
{
    const struct image *from = reducer->from;
    size_t channels = (size_t)from->channels;
    int64_t x = 0;
    int column = 0;
    memset(reducer->row, 0, sizeof *reducer->row * channels * (size_t)reducer->to.width);
    for (int i = 0; i < from->width; i++) {
        int64_t end = (int64_t)(i + 1) * reducer->to.width;
        while (x < end) {
            int64_t edge = (int64_t)(column + 1) * from->width;
            int64_t step = (edge < end ? edge : end) - x;
            add_pixel(from, pixels + (size_t)i * channels, (uint64_t)step,
                      reducer->row + (size_t)column * channels);
            x += step;
            column += x == edge;
        }
    }
}

static unsigned char mean(uint64_t sum, uint64_t weight)
{
    uint64_t value = weight > 0 ? (sum + weight / 2) / weight : 0;
    return (unsigned char)(value & 0xFF);
}

static void end_row(struct reducer *reducer)
{
    size_t channels = (size_t)reducer->to.channels;
    size_t width = (size_t)reducer->to.width;
    unsigned char *out = reducer->to.pixels + (size_t)reducer->next * width * channels;
    uint64_t area = (uint64_t)reducer->from->width * (uint64_t)reducer->from->height;
    for (size_t i = 0; i < width; i++) {
        const uint64_t *sum = reducer->sum + i * channels;
        uint64_t weight = channels == 4 ? sum[3] : area;
        for (size_t c = 0; c < channels && c < 3; c++) {
            out[i * channels + c] = mean(sum[c], weight);
        }
        if (channels == 4) {
            out[i * channels + 3] = mean(sum[3], area);
        }
    }
    memset(reducer->sum, 0, sizeof *reducer->sum * channels * width);
    reducer->next++;
}

static void add_row(struct reducer *reducer, const unsigned char *pixels)
{
    size_t values = (size_t)reducer->to.channels * (size_t)reducer->to.width;
    int64_t end = reducer->y + reducer->to.height;
    add_row_width(reducer, pixels);
    while (reducer->y < end) {
        int64_t edge = (int64_t)(reducer->next + 1) * reducer->from->height;
        int64_t step = (edge < end ? edge : end) - reducer->y;
        for (size_t i = 0; i < values; i++) {
            reducer->sum[i] += reducer->row[i] * (uint64_t)step;
        }
        reducer->y += step;
        if (reducer->y == edge) {
            end_row(reducer);
        }
    }
}

void image_reduce(struct image *image, int side_px)
{
    struct reducer reducer = {.from = image, .to = *image};
    image_fit(image->width, image->height, side_px, &reducer.to.width, &reducer.to.height);
    if (reducer.to.width == image->width && reducer.to.height == image->height) {
        return;
    }
    size_t values = (size_t)image->channels * (size_t)reducer.to.width;
    reducer.to.pixels = mem_alloc(image_bytes(&reducer.to));
    reducer.row = mem_alloc(sizeof *reducer.row * values);
    reducer.sum = mem_alloc(sizeof *reducer.sum * values);
    size_t row_bytes = (size_t)image->width * (size_t)image->channels;
    for (int y = 0; y < image->height; y++) {
        add_row(&reducer, image->pixels + (size_t)y * row_bytes);
    }
    free(reducer.row);
    free(reducer.sum);
    free(image->pixels);
    *image = reducer.to;
}

void image_orient(struct image *image, int orientation)
{
    if (orientation < 2 || orientation > 8) {
        return;
    }
    bool lies = orientation >= 5;
    struct image to = *image;
    to.width = lies ? image->height : image->width;
    to.height = lies ? image->width : image->height;
    to.pixels = mem_alloc(image_bytes(&to));
    /* Which way the old row and column run in the new picture. */
    bool flip_x = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    bool flip_y = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    size_t channels = (size_t)image->channels;
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            int to_x = lies ? y : x;
            int to_y = lies ? x : y;
            to_x = flip_x ? to.width - 1 - to_x : to_x;
            to_y = flip_y ? to.height - 1 - to_y : to_y;
            memcpy(to.pixels + ((size_t)to_y * (size_t)to.width + (size_t)to_x) * channels,
                   image->pixels + ((size_t)y * (size_t)image->width + (size_t)x) * channels,
                   channels);
        }
    }
    free(image->pixels);
    *image = to;
}
