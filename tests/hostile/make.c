#include "make.h"

#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include "helper_fixture.h"
#include "make_kinds.h"
#include "office_fixture.h"

/* xorshift64* (Vigna, 2016) */
size_t chance_below(struct chance *chance, size_t bound)
{
    chance->state ^= chance->state >> 12;
    chance->state ^= chance->state << 25;
    chance->state ^= chance->state >> 27;
    return (size_t)(chance->state * UINT64_C(2685821657736338717) >> 33) % bound;
}

static void good_webp(struct buf *out)
{
    unsigned char *pixels = make_pixels(64, 48, 4);
    uint8_t *data = NULL;
    size_t bytes = WebPEncodeLosslessRGBA(pixels, 64, 48, 256, &data);
    buf_init(out);
    buf_add(out, data, bytes);
    WebPFree(data);
    free(pixels);
}

void make_good(struct hostile *out, size_t kind)
{
    static const char *const pages[] = {"Halles", "ORT", NULL};
    *out = (struct hostile){0};
    kind %= OFFICE_SAMPLES + 5;
    if (kind < OFFICE_SAMPLES) {
        make_zip(&out->bytes, office_samples[kind].members);
        out->type = office_samples[kind].type;
        out->name = office_samples[kind].name;
        return;
    }
    static const char *const types[][2] = {{"application/pdf", "a.pdf"},
                                           {"image/jpeg", "a.jpg"},
                                           {"image/png", "a.png"},
                                           {"image/webp", "a.webp"},
                                           {"text/plain", "a.txt"}};
    kind -= OFFICE_SAMPLES;
    out->type = types[kind][0];
    out->name = types[kind][1];
    if (kind == 0) {
        make_pdf(&out->bytes, pages);
    } else if (kind == 1) {
        make_jpeg_exif(&out->bytes, 64, 48, 6);
    } else if (kind == 2) {
        make_png(&out->bytes, 64, 48, 4);
    } else if (kind == 3) {
        good_webp(&out->bytes);
    } else {
        buf_text(&out->bytes, "Un texte \303\251crit sans malice.\n");
    }
}

static void make_cut(struct hostile *out, struct chance *chance)
{
    make_good(out, chance_below(chance, 1000));
    out->bytes.len = chance_below(chance, out->bytes.len);
}

static void make_changed(struct hostile *out, struct chance *chance)
{
    make_good(out, chance_below(chance, 1000));
    for (size_t i = 0; i <= chance_below(chance, 40); i++) {
        char *place = out->bytes.data + chance_below(chance, out->bytes.len);
        int flipped = *place ^ (1 << (int)chance_below(chance, 8));
        *place = (char)(chance_below(chance, 2) ? (int)chance_below(chance, 256) : flipped);
    }
}

/* Begins as a good one, goes on as noise. */
static void make_noise(struct hostile *out, struct chance *chance)
{
    make_good(out, chance_below(chance, 1000));
    out->bytes.len = out->bytes.len < 16 ? out->bytes.len : 16;
    size_t bytes = chance_below(chance, 200000);
    for (size_t i = 0; i < bytes; i++) {
        char byte = (char)chance_below(chance, 256);
        buf_add(&out->bytes, &byte, 1);
    }
}

/* One kind under the name of another. */
static void make_disguised(struct hostile *out, struct chance *chance)
{
    struct hostile other;
    make_good(out, chance_below(chance, 1000));
    make_good(&other, chance_below(chance, 1000));
    out->type = other.type;
    out->name = other.name;
    buf_finish(&other.bytes);
}

const struct family families[] = {
    {"cut short", make_cut},
    {"changed here and there", make_changed},
    {"noise", make_noise},
    {"under another name", make_disguised},
    {"zip bombs", make_bomb},
    {"one in the other", make_nested},
    {"entities that unfold", make_laughs},
    {"gigantic words", make_gigantic},
    {"links and too many members", make_members},
    {"headers that lie", make_lying},
    {"with a password", make_locked},
    {"PDF with a password", make_locked_pdf},
    {"PDF without end", make_endless_pdf},
    {"PDF that names itself", make_looping_pdf},
    {"huge pictures", make_huge_picture},
    {"pictures that take long", make_long_picture},
};
const int family_count = sizeof families / sizeof *families;
