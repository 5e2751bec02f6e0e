/* One helper for a whole program of tests, files in memory, and documents made on the spot. */
#ifndef BEFFROI_TESTS_HELPER_FIXTURE_H
#define BEFFROI_TESTS_HELPER_FIXTURE_H

#include "unit.h"

#include "base/buf.h"
#include "helper/helper.h"

extern struct helper *helper;

int fixture_start_helper(void **state);
int fixture_stop_helper(void **state);

/* A descriptor of a file of memory with these bytes; the test closes it. */
int file_of(const void *data, size_t bytes);
int file_of_text(const char *text);
void whole_file(int fd, struct buf *out);

/* A PDF with a page for each text (of ASCII, without brackets), the list ending with NULL. */
void make_pdf(struct buf *out, const char *const *pages);
/* A zip of pairs of names and contents, ending with NULL. */
void make_zip(struct buf *out, const char *const *members);
/* A picture: red on the left, blue on the right; with an opacity where `channels` is 4. */
unsigned char *make_pixels(int width, int height, int channels);
void make_jpeg(struct buf *out, int width, int height);
void make_png(struct buf *out, int width, int height, int channels);
/* A place on earth and, where not 0, an orientation, as a camera writes them: the whole of an EXIF
 * block from "Exif\0\0" on. */
void make_exif(struct buf *out, int orientation);
/* The JPEG with that EXIF as its first segment. */
void make_jpeg_exif(struct buf *out, int width, int height, int orientation);

struct reading {
    enum helper_outcome outcome;
    enum text_unit unit;
    int pages;
    struct buf text; /* of all pages: "[number name]text", NUL at its end */
};
/* The test frees the text. */
struct reading read_text(int fd, const char *type);

#endif
