#include "helper_fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <turbojpeg.h>
#include <unistd.h>

#include "base/mem.h"

struct helper *helper;

int fixture_start_helper(void **state)
{
    (void)state;
    helper = helper_start();
    return helper ? 0 : -1;
}

int fixture_stop_helper(void **state)
{
    (void)state;
    helper_stop(helper);
    helper = NULL;
    return 0;
}

int file_of(const void *data, size_t bytes)
{
    int fd = memfd_create("file", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, bytes), bytes);
    return fd;
}

int file_of_text(const char *text)
{
    return file_of(text, strlen(text));
}

void whole_file(int fd, struct buf *out)
{
    off_t bytes = lseek(fd, 0, SEEK_END);
    assert_true(bytes >= 0);
    buf_init(out);
    assert_int_equal(pread(fd, buf_reserve(out, (size_t)bytes + 1), (size_t)bytes, 0), bytes);
    out->len = (size_t)bytes;
}

/* --- documents -------------------------------------------------------------------------------- */

static void add_object(struct buf *out, size_t *offsets, int number, const char *text)
{
    offsets[number] = out->len;
    buf_printf(out, "%d 0 obj\n%s\nendobj\n", number, text);
}

void make_pdf(struct buf *out, const char *const *pages)
{
    size_t offsets[3 + 2 * 64] = {0};
    struct buf text;
    int count = 0;
    while (pages[count]) {
        count++;
    }
    buf_init(out);
    buf_init(&text);
    buf_text(out, "%PDF-1.4\n");
    add_object(out, offsets, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    buf_text(&text, "<< /Type /Pages /Kids [");
    for (int i = 0; i < count; i++) {
        buf_printf(&text, " %d 0 R", 3 + 2 * i);
    }
    buf_printf(&text,
               "] /Count %d /MediaBox [0 0 595 842] /Resources << /Font << /F1 << /Type /Font "
               "/Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
               count);
    buf_add(&text, "", 1);
    add_object(out, offsets, 2, text.data);
    for (int i = 0; i < count; i++) {
        char page[128];
        snprintf(page, sizeof page, "<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>", 4 + 2 * i);
        add_object(out, offsets, 3 + 2 * i, page);
        buf_clear(&text);
        buf_printf(&text, "<< /Length %zu >>\nstream\nBT /F1 12 Tf 50 800 Td (%s) Tj ET\nendstream",
                   strlen(pages[i]) + 34, pages[i]);
        buf_add(&text, "", 1);
        add_object(out, offsets, 4 + 2 * i, text.data);
    }
    size_t start = out->len;
    buf_printf(out, "xref\n0 %d\n0000000000 65535 f \n", 3 + 2 * count);
    for (int i = 1; i < 3 + 2 * count; i++) {
        buf_printf(out, "%010zu 00000 n \n", offsets[i]);
    }
    buf_printf(out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", 3 + 2 * count,
               start);
    buf_finish(&text);
}

static la_ssize_t keep(struct archive *archive, void *out, const void *data, size_t bytes)
{
    (void)archive;
    buf_add(out, data, bytes);
    return (la_ssize_t)bytes;
}

void make_zip(struct buf *out, const char *const *members)
{
    struct archive *archive = archive_write_new();
    buf_init(out);
    assert_int_equal(archive_write_set_format_zip(archive), ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(archive, 1);
    assert_int_equal(archive_write_open(archive, out, NULL, keep, NULL), ARCHIVE_OK);
    for (; *members; members += 2) {
        struct archive_entry *entry = archive_entry_new();
        size_t bytes = strlen(members[1]);
        archive_entry_set_pathname(entry, members[0]);
        archive_entry_set_size(entry, (la_int64_t)bytes);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        if (strcmp(members[0], "mimetype") == 0) {
            archive_write_zip_set_compression_store(archive);
        } else {
            archive_write_zip_set_compression_deflate(archive);
        }
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(archive, members[1], bytes), bytes);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
    archive_write_free(archive);
}

/* --- pictures --------------------------------------------------------------------------------- */

unsigned char *make_pixels(int width, int height, int channels)
{
    unsigned char *pixels = mem_alloc((size_t)(width * height * channels));
    for (int i = 0; i < width * height; i++) {
        unsigned char *pixel = pixels + i * channels;
        pixel[0] = i % width < width / 2 ? 255 : 0;
        pixel[2] = (unsigned char)(255 - pixel[0]);
        if (channels == 4) {
            pixel[3] = i % width < width / 2 ? 255 : 128;
        }
    }
    return pixels;
}

void make_jpeg(struct buf *out, int width, int height)
{
    unsigned char *pixels = make_pixels(width, height, 3);
    unsigned char *data = NULL;
    unsigned long bytes = 0;
    tjhandle encoder = tjInitCompress();
    assert_int_equal(
        tjCompress2(encoder, pixels, width, 0, height, TJPF_RGB, &data, &bytes, TJSAMP_444, 95, 0),
        0);
    buf_init(out);
    buf_add(out, data, bytes);
    tjFree(data);
    tjDestroy(encoder);
    free(pixels);
}

void make_png(struct buf *out, int width, int height, int channels)
{
    unsigned char *pixels = make_pixels(width, height, channels);
    png_image png = {
        .version = PNG_IMAGE_VERSION,
        .width = (png_uint_32)width,
        .height = (png_uint_32)height,
        .format = channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB,
    };
    png_alloc_size_t bytes = PNG_IMAGE_PNG_SIZE_MAX(png);
    buf_init(out);
    assert_true(
        png_image_write_to_memory(&png, buf_reserve(out, bytes), &bytes, 0, pixels, 0, NULL));
    out->len = bytes;
    free(pixels);
}

void make_exif(struct buf *out, int orientation)
{
    static const unsigned char head[] = "Exif\0\0MM\0*\0\0\0\10\0\2"
                                        "\1\22\0\3\0\0\0\1\0";
    /* a directory of places: its latitude reference, then the words that tests look for */
    static const unsigned char places[] = "\0\0"
                                          "\210\45\0\4\0\0\0\1\0\0\0\46\0\0\0\0"
                                          "\0\1\0\1\0\2\0\0\0\2N\0\0\0\0\0\0\0GPS-48-8566-2-3522";
    unsigned char value = (unsigned char)orientation;
    buf_init(out);
    buf_add(out, head, sizeof head - 1);
    buf_add(out, &value, 1);
    buf_add(out, places, sizeof places - 1);
}

void make_jpeg_exif(struct buf *out, int width, int height, int orientation)
{
    struct buf plain, exif;
    make_jpeg(&plain, width, height);
    make_exif(&exif, orientation);
    unsigned char start[] = {0xFF, 0xD8, 0xFF, 0xE1, 0, (unsigned char)(exif.len + 2)};
    buf_init(out);
    buf_add(out, start, sizeof start);
    buf_add(out, exif.data, exif.len);
    buf_add(out, plain.data + 2, plain.len - 2);
    buf_finish(&plain);
    buf_finish(&exif);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void keep_page(void *context, const struct text_page *page)
{
    struct reading *reading = context;
    reading->pages++;
    buf_printf(&reading->text, "[%d%s%s]%s", page->number, *page->name ? " " : "", page->name,
               page->text);
}

struct reading read_text(int fd, const char *type)
{
    struct reading reading = {0};
    reading.outcome = helper_text(helper, fd, type, &reading.unit, keep_page, &reading);
    buf_add(&reading.text, "", 1);
    return reading;
}
