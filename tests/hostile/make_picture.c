/* Hostile pictures. */
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "helper_fixture.h"
#include "make.h"
#include "make_kinds.h"

static void set_crc(char *chunk, size_t bytes)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes; i++) {
        crc ^= (unsigned char)chunk[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? 0xEDB88320U ^ crc >> 1 : crc >> 1;
        }
    }
    for (int i = 0; i < 4; i++) {
        chunk[bytes + (size_t)i] = (char)(~crc >> (24 - 8 * i) & 0xFF);
    }
}

/* A small file that says it is a very large picture. */
void make_huge_picture(struct hostile *out, struct chance *chance)
{
    size_t which = chance_below(chance, 3);
    unsigned side = (unsigned)(9000 + chance_below(chance, 50000));
    unsigned char big[4] = {0, 0, (unsigned char)(side >> 8 & 0xFF), (unsigned char)(side & 0xFF)};
    make_good(out, 7 + which);
    if (which == 0) {
        unsigned char *frame = memmem(out->bytes.data, out->bytes.len, "\xFF\xC0\0\21", 4);
        memcpy(frame + 5, big + 2, 2);
        memcpy(frame + 7, big + 2, 2);
    } else if (which == 1) {
        memcpy(out->bytes.data + 16, big, 4);
        memcpy(out->bytes.data + 20, big, 4);
        out->bytes.data[28] = (char)chance_below(chance, 2); /* interlaced */
        set_crc(out->bytes.data + 12, 17);
    } else {
        memcpy(out->bytes.data + 21, "\xFF\xFF\xFF\x0F", 4); /* 16,384 by 16,384 */
    }
}

/* A progressive picture whose last pass is drawn again and again. */
void make_long_picture(struct hostile *out, struct chance *chance)
{
    int side = 1000 + (int)chance_below(chance, 1000);
    unsigned char *pixels = make_pixels(side, side, 3);
    unsigned char *data = NULL;
    unsigned long bytes = 0;
    tjhandle encoder = tjInitCompress();
    assert_int_equal(tjCompress2(encoder, pixels, side, 0, side, TJPF_RGB, &data, &bytes,
                                 TJSAMP_444, 90, TJFLAG_PROGRESSIVE),
                     0);
    const unsigned char *last = data;
    for (const unsigned char *at = data; at + 2 < data + bytes; at++) {
        last = at[0] == 0xFF && at[1] == 0xDA ? at : last;
    }
    size_t pass = (size_t)(data + bytes - 2 - last);
    *out = (struct hostile){.type = "image/jpeg", .name = "a.jpg"};
    buf_add(&out->bytes, data, bytes - 2);
    for (size_t i = 0; i < 2000 && out->bytes.len < 20000000; i++) {
        buf_add(&out->bytes, last, pass);
    }
    buf_add(&out->bytes, "\xFF\xD9", 2);
    tjFree(data);
    tjDestroy(encoder);
    free(pixels);
}
