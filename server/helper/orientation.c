/* The one thing of EXIF that is used before all of it goes: which way is up. */
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "helper/image.h"

enum { TAG_ORIENTATION = 0x0112, ENTRY_BYTES = 12 };

struct bytes {
    const unsigned char *data;
    size_t len;
};

static uint32_t number(const unsigned char *data, int bytes, bool big)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++) {
        value = value << 8 | data[big ? i : bytes - 1 - i];
    }
    return value;
}

/* The first directory of a TIFF (TIFF 6.0, section 2). */
static int of_tiff(struct bytes tiff)
{
    if (tiff.len >= 6 && memcmp(tiff.data, "Exif\0", 6) == 0) {
        tiff = (struct bytes){tiff.data + 6, tiff.len - 6};
    }
    if (tiff.len < 8 ||
        (memcmp(tiff.data, "II*\0", 4) != 0 && memcmp(tiff.data, "MM\0*", 4) != 0)) {
        return 1;
    }
    bool big = tiff.data[0] == 'M';
    size_t at = number(tiff.data + 4, 4, big);
    if (at > tiff.len || tiff.len - at < 2) {
        return 1;
    }
    size_t count = number(tiff.data + at, 2, big);
    at += 2;
    for (size_t i = 0; i < count && tiff.len - at >= ENTRY_BYTES; i++, at += ENTRY_BYTES) {
        if (number(tiff.data + at, 2, big) == TAG_ORIENTATION) {
            uint32_t value = number(tiff.data + at + 8, 2, big);
            return value >= 1 && value <= 8 ? (int)value : 1;
        }
    }
    return 1;
}

/* The first APP1 that is EXIF, before the picture begins (CIPA DC-008, 4.5.4). */
static int of_jpeg(struct bytes file)
{
    size_t at = 2;
    while (at + 4 <= file.len && file.data[at] == 0xFF && file.data[at + 1] != 0xDA) {
        size_t len = number(file.data + at + 2, 2, true);
        if (file.data[at + 1] == 0xFF) {
            at++; /* a filling byte */
            continue;
        }
        if (len < 2 || len > file.len - at - 2) {
            return 1;
        }
        if (file.data[at + 1] == 0xE1 && len >= 8 && memcmp(file.data + at + 4, "Exif\0", 6) == 0) {
            return of_tiff((struct bytes){file.data + at + 4, len - 2});
        }
        at += 2 + len;
    }
    return 1;
}

static int of_png(struct bytes file)
{
    for (size_t at = 8; at <= file.len && file.len - at >= 12;) {
        size_t len = number(file.data + at, 4, true);
        if (len > file.len - at - 12) {
            return 1;
        }
        if (memcmp(file.data + at + 4, "eXIf", 4) == 0) {
            return of_tiff((struct bytes){file.data + at + 8, len});
        }
        at += 12 + len;
    }
    return 1;
}

static int of_webp(struct bytes file)
{
    for (size_t at = 12; at <= file.len && file.len - at >= 8;) {
        size_t len = number(file.data + at + 4, 4, false);
        if (len > file.len - at - 8) {
            return 1;
        }
        if (memcmp(file.data + at, "EXIF", 4) == 0) {
            return of_tiff((struct bytes){file.data + at + 8, len});
        }
        at += 8 + len + len % 2;
    }
    return 1;
}

int orientation_of(const char *type, const unsigned char *data, size_t bytes)
{
    struct bytes file = {data, bytes};
    if (str_equal(type, "image/jpeg")) {
        return of_jpeg(file);
    }
    return str_equal(type, "image/png") ? of_png(file) : of_webp(file);
}
