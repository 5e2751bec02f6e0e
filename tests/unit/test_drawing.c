#include "helper_fixture.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <unistd.h>
#include <webp/decode.h>
#include <webp/encode.h>

#include "base/limits.h"
#include "helper/image.h"

struct drawn {
    enum helper_outcome outcome;
    struct picture picture;
    struct buf bytes;
};

static struct drawn draw(const struct buf *image, const char *type, int side_px)
{
    struct drawn drawn = {0};
    int fd = file_of(image->data, image->len);
    int out = file_of("what was there before", 21);
    drawn.outcome = helper_redraw(helper, fd, type, side_px, out, &drawn.picture);
    whole_file(out, &drawn.bytes);
    close(fd);
    close(out);
    return drawn;
}

static bool holds(const struct buf *bytes, const char *word)
{
    return memmem(bytes->data, bytes->len, word, strlen(word)) != NULL;
}

/* The pixels of a PNG, four bytes each; the test frees them. */
static unsigned char *png_pixels(const struct buf *bytes)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&png, bytes->data, bytes->len));
    png.format = PNG_FORMAT_RGBA;
    unsigned char *pixels = malloc(PNG_IMAGE_SIZE(png));
    assert_non_null(pixels);
    assert_true(png_image_finish_read(&png, NULL, pixels, 0, NULL));
    return pixels;
}

/* --- the pixels themselves -------------------------------------------------------------------- */

static struct image image_of(int width, int height, int channels, const unsigned char *pixels)
{
    struct image image = {width, height, channels, NULL};
    size_t bytes = (size_t)(width * height * channels);
    image.pixels = malloc(bytes);
    assert_non_null(image.pixels);
    memcpy(image.pixels, pixels, bytes);
    return image;
}

/* F is the letter whose eight positions all differ; here a picture of three by two. */
static void each_orientation_is_turned_upright(void **state)
{
    (void)state;
    /* As it is stored, and what is seen (CIPA DC-008, where row 0 and column 0 are). */
    static const struct {
        int width;
        const char *seen;
    } expected[9] = {{3, "abcdef"}, {3, "abcdef"}, {3, "cbafed"}, {3, "fedcba"}, {3, "defabc"},
                     {2, "adbecf"}, {2, "daebfc"}, {2, "fcebda"}, {2, "cfbead"}};
    for (int orientation = 0; orientation <= 8; orientation++) {
        struct image image = image_of(3, 2, 1, (const unsigned char *)"abcdef");
        image_orient(&image, orientation);
        assert_int_equal(image.width, expected[orientation].width);
        assert_memory_equal(image.pixels, expected[orientation].seen, 6);
        image_finish(&image);
    }
}

static void a_smaller_pixel_is_the_mean_of_what_it_covers(void **state)
{
    (void)state;
    static const unsigned char pixels[] = {0, 100, 200, 0, 100, 200, 0, 100, 200};
    struct image image = image_of(3, 3, 1, pixels);
    image_reduce(&image, 2);
    assert_int_equal(image.width, 2);
    assert_int_equal(image.height, 2);
    /* two thirds of 0 and one of 100; one of 100 and two of 200 */
    const unsigned char expected[] = {33, 167, 33, 167};
    assert_memory_equal(image.pixels, expected, 4);
    image_finish(&image);
}

static void what_cannot_be_seen_gives_no_colour(void **state)
{
    (void)state;
    static const unsigned char pixels[] = {200, 100, 50, 255, 0, 0, 0, 0};
    struct image image = image_of(2, 1, 4, pixels);
    image_reduce(&image, 1);
    const unsigned char expected[] = {200, 100, 50, 128};
    assert_memory_equal(image.pixels, expected, 4);
    image_finish(&image);
}

static void a_long_thin_image_keeps_a_pixel(void **state)
{
    (void)state;
    int width, height;
    image_fit(10000, 1, 480, &width, &height);
    assert_int_equal(width, 480);
    assert_int_equal(height, 1);
    image_fit(100, 50, 480, &width, &height);
    assert_int_equal(width, 100);
}

static void an_orientation_that_makes_no_sense_is_none(void **state)
{
    (void)state;
    struct buf jpeg;
    for (int orientation = 0; orientation < 20; orientation++) {
        make_jpeg_exif(&jpeg, 8, 8, orientation);
        int found = orientation_of("image/jpeg", (unsigned char *)jpeg.data, jpeg.len);
        assert_int_equal(found, orientation >= 1 && orientation <= 8 ? orientation : 1);
        for (size_t cut = 0; cut < 120; cut++) {
            found = orientation_of("image/jpeg", (unsigned char *)jpeg.data, cut);
            assert_in_range(found, 1, 8);
        }
        buf_finish(&jpeg);
    }
}

/* --- through the helper ------------------------------------------------------------------------ */

static void a_large_image_is_reduced_in_proportion(void **state)
{
    (void)state;
    struct buf jpeg;
    make_jpeg(&jpeg, 1000, 600);
    struct drawn drawn = draw(&jpeg, "image/jpeg", LIMIT_THUMBNAIL_SIDE);
    assert_int_equal(drawn.outcome, HELPER_DONE);
    assert_int_equal(drawn.picture.width, 480);
    assert_int_equal(drawn.picture.height, 288);
    assert_memory_equal(drawn.bytes.data, "\xFF\xD8\xFF", 3);
    buf_finish(&drawn.bytes);
    buf_finish(&jpeg);
}

static void a_png_keeps_its_transparency(void **state)
{
    (void)state;
    struct buf png;
    make_png(&png, 40, 20, 4);
    struct drawn drawn = draw(&png, "image/png", 4096);
    assert_int_equal(drawn.outcome, HELPER_DONE);
    assert_string_equal(drawn.picture.type, "image/png");
    unsigned char *pixels = png_pixels(&drawn.bytes);
    const unsigned char left[] = {255, 0, 0, 255};
    const unsigned char right[] = {0, 0, 255, 128};
    assert_memory_equal(pixels, left, 4);
    assert_memory_equal(pixels + (size_t)39 * 4, right, 4);
    free(pixels);
    buf_finish(&drawn.bytes);
    buf_finish(&png);
}

/* As a chunk ends (PNG, annex D). */
static void crc_of(const char *data, size_t bytes, unsigned char check[4])
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes; i++) {
        crc ^= (unsigned char)data[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? 0xEDB88320U ^ crc >> 1 : crc >> 1;
        }
    }
    crc = ~crc;
    for (int i = 0; i < 4; i++) {
        check[i] = (unsigned char)(crc >> (24 - 8 * i) & 0xFF);
    }
}

/* A chunk put in right after the first one. */
static void add_png_chunk(struct buf *png, const char *type, const struct buf *data)
{
    struct buf whole;
    unsigned char length[4] = {0, 0, 0, (unsigned char)data->len};
    buf_init(&whole);
    buf_add(&whole, png->data, 33);
    buf_add(&whole, length, 4);
    size_t start = whole.len;
    buf_text(&whole, type);
    buf_add(&whole, data->data, data->len);
    unsigned char check[4];
    crc_of(whole.data + start, whole.len - start, check);
    buf_add(&whole, check, 4);
    buf_add(&whole, png->data + 33, png->len - 33);
    buf_finish(png);
    *png = whole;
}

static void a_png_loses_its_place_and_its_words(void **state)
{
    (void)state;
    struct buf png, exif, words;
    make_png(&png, 40, 20, 3);
    make_exif(&exif, 6);
    buf_init(&words);
    buf_text(&words, "Author");
    buf_add(&words, "", 1);
    buf_text(&words, "Camille Exemple");
    struct buf tiff = {exif.data + 6, exif.len - 6, 0};
    add_png_chunk(&png, "eXIf", &tiff);
    add_png_chunk(&png, "tEXt", &words);
    struct drawn drawn = draw(&png, "image/png", 4096);
    assert_int_equal(drawn.outcome, HELPER_DONE);
    assert_int_equal(drawn.picture.width, 20); /* upright first */
    assert_true(holds(&png, "GPS-48") && holds(&png, "Camille"));
    assert_false(holds(&drawn.bytes, "GPS-48") || holds(&drawn.bytes, "Camille"));
    assert_false(holds(&drawn.bytes, "eXIf") || holds(&drawn.bytes, "tEXt"));
    buf_finish(&drawn.bytes);
    buf_finish(&png);
    buf_finish(&exif);
    buf_finish(&words);
}

static void make_webp(struct buf *out, int width, int height, bool lossless)
{
    unsigned char *pixels = make_pixels(width, height, 4);
    uint8_t *data = NULL;
    size_t bytes = lossless ? WebPEncodeLosslessRGBA(pixels, width, height, width * 4, &data)
                            : WebPEncodeRGBA(pixels, width, height, width * 4, 90, &data);
    assert_true(bytes > 0);
    buf_init(out);
    buf_add(out, data, bytes);
    WebPFree(data);
    free(pixels);
}

static void a_webp_is_drawn_anew(void **state)
{
    (void)state;
    for (int lossless = 0; lossless <= 1; lossless++) {
        struct buf webp, exif;
        make_webp(&webp, 600, 300, lossless);
        make_exif(&exif, 8);
        unsigned char head[] = {'E', 'X', 'I', 'F', (unsigned char)exif.len, 0, 0, 0};
        buf_add(&webp, head, sizeof head);
        buf_add(&webp, exif.data, exif.len);
        struct drawn drawn = draw(&webp, "image/webp", 480);
        assert_int_equal(drawn.outcome, HELPER_DONE);
        assert_string_equal(drawn.picture.type, "image/webp");
        assert_int_equal(drawn.picture.width, 240);
        assert_int_equal(drawn.picture.height, 480);
        assert_false(holds(&drawn.bytes, "GPS-48") || holds(&drawn.bytes, "EXIF"));
        int width, height;
        assert_true(WebPGetInfo((uint8_t *)drawn.bytes.data, drawn.bytes.len, &width, &height));
        assert_int_equal(width, 240);
        buf_finish(&drawn.bytes);
        buf_finish(&webp);
        buf_finish(&exif);
    }
}

/* As programs for print write it: inverted, so that 255 is no ink. */
static void a_jpeg_of_inks_is_drawn_in_light(void **state)
{
    (void)state;
    unsigned char inks[16 * 16 * 4];
    unsigned char light[16 * 16 * 3];
    unsigned char *data = NULL;
    unsigned long bytes = 0;
    struct buf jpeg;
    for (int i = 0; i < 16 * 16; i++) {
        memcpy(inks + (size_t)i * 4, "\xFF\0\0\xFF", 4); /* magenta and yellow: red */
    }
    tjhandle codec = tjInitCompress();
    assert_int_equal(
        tjCompress2(codec, inks, 16, 0, 16, TJPF_CMYK, &data, &bytes, TJSAMP_444, 95, 0), 0);
    buf_init(&jpeg);
    buf_add(&jpeg, data, bytes);
    tjFree(data);
    tjDestroy(codec);
    struct drawn drawn = draw(&jpeg, "image/jpeg", 4096);
    assert_int_equal(drawn.outcome, HELPER_DONE);
    codec = tjInitDecompress();
    assert_int_equal(tjDecompress2(codec, (unsigned char *)drawn.bytes.data, drawn.bytes.len, light,
                                   16, 0, 16, TJPF_RGB, 0),
                     0);
    assert_true(light[0] > 245 && light[1] < 10 && light[2] < 10);
    tjDestroy(codec);
    buf_finish(&drawn.bytes);
    buf_finish(&jpeg);
}

static void a_broken_image_is_refused(void **state)
{
    (void)state;
    struct buf png;
    make_png(&png, 40, 20, 3);
    png.len -= 30;
    struct drawn drawn = draw(&png, "image/png", 4096);
    assert_int_equal(drawn.outcome, HELPER_UNREADABLE);
    buf_finish(&drawn.bytes);
    buf_finish(&png);
}

static void an_image_too_large_for_memory_is_refused(void **state)
{
    (void)state;
    struct buf png;
    make_png(&png, 40, 20, 3);
    memcpy(png.data + 16, "\0\1\0\0\0\1\0\0", 8); /* 65,536 by 65,536 */
    crc_of(png.data + 12, 17, (unsigned char *)png.data + 29);
    struct drawn drawn = draw(&png, "image/png", 4096);
    assert_int_equal(drawn.outcome, HELPER_UNREADABLE);
    buf_finish(&drawn.bytes);
    buf_finish(&png);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_orientation_is_turned_upright),
        cmocka_unit_test(a_smaller_pixel_is_the_mean_of_what_it_covers),
        cmocka_unit_test(what_cannot_be_seen_gives_no_colour),
        cmocka_unit_test(a_long_thin_image_keeps_a_pixel),
        cmocka_unit_test(an_orientation_that_makes_no_sense_is_none),
        cmocka_unit_test(a_large_image_is_reduced_in_proportion),
        cmocka_unit_test(a_png_keeps_its_transparency),
        cmocka_unit_test(a_png_loses_its_place_and_its_words),
        cmocka_unit_test(a_webp_is_drawn_anew),
        cmocka_unit_test(a_jpeg_of_inks_is_drawn_in_light),
        cmocka_unit_test(a_broken_image_is_refused),
        cmocka_unit_test(an_image_too_large_for_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, fixture_start_helper, fixture_stop_helper);
}
