#include "helper/drawing.h"

#include <errno.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <unistd.h>
#include <webp/decode.h>
#include <webp/encode.h>

#include "base/mem.h"
#include "base/str.h"
#include "helper/image.h"

/* Between what the eye sees and what the disk holds. */
enum { JPEG_QUALITY = 88, WEBP_QUALITY = 85 };

struct encoded {
    unsigned char *data; /* of malloc, or as `release` says */
    size_t bytes;
    void (*release)(void *data);
};

static bool size_is_allowed(int64_t width, int64_t height)
{
    return width > 0 && height > 0 && width <= LIMIT_IMAGE_PIXELS &&
           height <= LIMIT_IMAGE_PIXELS / width;
}

/* --- JPEG ------------------------------------------------------------------------------------- */

/* The decoder draws at a half, a quarter or an eighth for less: as small as is not too small. */
static void jpeg_scale(int side_px, int *width, int *height)
{
    int longest = *width > *height ? *width : *height;
    int halvings = 0;
    while (halvings < 3 && TJSCALED(longest, ((tjscalingfactor){1, 2 << halvings})) >= side_px) {
        halvings++;
    }
    tjscalingfactor factor = {1, 1 << halvings};
    *width = TJSCALED(*width, factor);
    *height = TJSCALED(*height, factor);
}

/* Ink to light. Programs that write such files write them inverted (Adobe), and so the decoder
 * gives them. */
static void light_of_ink(struct image *image)
{
    size_t count = (size_t)image->width * (size_t)image->height;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *ink = image->pixels + i * 4;
        unsigned black = ink[3];
        unsigned char light[3] = {(unsigned char)(ink[0] * black / 255),
                                  (unsigned char)(ink[1] * black / 255),
                                  (unsigned char)(ink[2] * black / 255)};
        memcpy(image->pixels + i * 3, light, 3);
    }
    image->channels = 3;
}

static bool jpeg_pixels(tjhandle decoder, const unsigned char *data, size_t bytes, int side_px,
                        struct image *out)
{
    int samples;
    int space;
    if (tjDecompressHeader3(decoder, data, bytes, &out->width, &out->height, &samples, &space) !=
            0 ||
        !size_is_allowed(out->width, out->height)) {
        return false;
    }
    bool is_ink = space == TJCS_CMYK || space == TJCS_YCCK;
    int format = is_ink ? TJPF_CMYK : space == TJCS_GRAY ? TJPF_GRAY : TJPF_RGB;
    out->channels = tjPixelSize[format];
    jpeg_scale(side_px, &out->width, &out->height);
    out->pixels = malloc(image_bytes(out));
    if (!out->pixels) {
        return false;
    }
    int flags = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS;
    /* What is only suspect (bytes too many, a cut end) is drawn as far as it goes. */
    if (tjDecompress2(decoder, data, bytes, out->pixels, out->width, 0, out->height, format,
                      flags) != 0 &&
        tjGetErrorCode(decoder) != TJERR_WARNING) {
        return false;
    }
    if (is_ink) {
        light_of_ink(out);
    }
    return true;
}

static bool jpeg_decode(const unsigned char *data, size_t bytes, int side_px, struct image *out)
{
    tjhandle decoder = tjInitDecompress();
    bool decoded = decoder && jpeg_pixels(decoder, data, bytes, side_px, out);
    if (decoder) {
        tjDestroy(decoder);
    }
    return decoded;
}

static void jpeg_release(void *data)
{
    tjFree(data);
}

static bool jpeg_encode(const struct image *image, struct encoded *out)
{
    tjhandle encoder = tjInitCompress();
    unsigned long bytes = 0;
    bool is_grey = image->channels == 1;
    out->release = jpeg_release;
    bool encoded = encoder && tjCompress2(encoder, image->pixels, image->width, 0, image->height,
                                          is_grey ? TJPF_GRAY : TJPF_RGB, &out->data, &bytes,
                                          is_grey ? TJSAMP_GRAY : TJSAMP_420, JPEG_QUALITY,
                                          TJFLAG_PROGRESSIVE) == 0;
    out->bytes = bytes;
    if (encoder) {
        tjDestroy(encoder);
    }
    return encoded;
}

/* --- PNG -------------------------------------------------------------------------------------- */

static bool png_decode(const unsigned char *data, size_t bytes, struct image *out)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&png, data, bytes)) {
        return false;
    }
    /* Eight bits a channel, no palette, in sRGB: what the page shows. */
    png.format &= PNG_FORMAT_FLAG_ALPHA | PNG_FORMAT_FLAG_COLOR;
    if (png.format == PNG_FORMAT_FLAG_ALPHA) {
        png.format = PNG_FORMAT_RGBA;
    }
    out->width = (int)png.width;
    out->height = (int)png.height;
    out->channels = (int)PNG_IMAGE_PIXEL_SIZE(png.format);
    bool decoded = size_is_allowed(png.width, png.height);
    out->pixels = decoded ? malloc(image_bytes(out)) : NULL;
    decoded = out->pixels && png_image_finish_read(&png, NULL, out->pixels, 0, NULL);
    png_image_free(&png);
    return decoded;
}

static bool png_encode(const struct image *image, struct encoded *out)
{
    png_image png = {
        .version = PNG_IMAGE_VERSION,
        .width = (png_uint_32)image->width,
        .height = (png_uint_32)image->height,
        .format = image->channels == 1   ? PNG_FORMAT_GRAY
                  : image->channels == 3 ? PNG_FORMAT_RGB
                                         : PNG_FORMAT_RGBA,
    };
    png_alloc_size_t bytes = PNG_IMAGE_PNG_SIZE_MAX(png);
    out->release = free;
    out->data = malloc(bytes);
    bool encoded =
        out->data && png_image_write_to_memory(&png, out->data, &bytes, 0, image->pixels, 0, NULL);
    out->bytes = bytes;
    return encoded;
}

/* --- WebP ------------------------------------------------------------------------------------- */

static bool webp_decode(const unsigned char *data, size_t bytes, int side_px, struct image *out,
                        bool *lossless_out)
{
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config) ||
        WebPGetFeatures(data, bytes, &config.input) != VP8_STATUS_OK ||
        config.input.has_animation || !size_is_allowed(config.input.width, config.input.height)) {
        return false;
    }
    *lossless_out = config.input.format == 2;
    image_fit(config.input.width, config.input.height, side_px, &out->width, &out->height);
    out->channels = config.input.has_alpha ? 4 : 3;
    out->pixels = malloc(image_bytes(out));
    if (!out->pixels) {
        return false;
    }
    config.options.use_scaling = 1; /* by area too, without all of it in memory */
    config.options.scaled_width = out->width;
    config.options.scaled_height = out->height;
    config.output.colorspace = config.input.has_alpha ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA =
        (WebPRGBABuffer){out->pixels, out->width * out->channels, image_bytes(out)};
    return WebPDecode(data, bytes, &config) == VP8_STATUS_OK;
}

static bool webp_encode(const struct image *image, bool lossless, struct encoded *out)
{
    WebPConfig config;
    WebPPicture picture;
    WebPMemoryWriter writer;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture)) {
        return false;
    }
    WebPMemoryWriterInit(&writer);
    config.quality = WEBP_QUALITY;
    config.method = 2; /* of 6: half the time for a twentieth of the size */
    if (lossless && !WebPConfigLosslessPreset(&config, 1)) {
        return false;
    }
    picture.use_argb = lossless;
    picture.width = image->width;
    picture.height = image->height;
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &writer;
    int stride = image->width * image->channels;
    bool encoded = (image->channels == 4 ? WebPPictureImportRGBA(&picture, image->pixels, stride)
                                         : WebPPictureImportRGB(&picture, image->pixels, stride)) &&
                   WebPEncode(&config, &picture);
    WebPPictureFree(&picture);
    *out = (struct encoded){writer.mem, writer.size, WebPFree};
    return encoded;
}

/* ---------------------------------------------------------------------------------------------- */

static bool write_out(int fd, const struct encoded *encoded)
{
    size_t done = 0;
    while (done < encoded->bytes) {
        ssize_t wrote = pwrite(fd, encoded->data + done, encoded->bytes - done, (off_t)done);
        if (wrote < 0 && errno != EINTR) {
            return false;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

static unsigned char *load(const struct content *content)
{
    if (content->bytes <= 0 || content->bytes > LIMIT_IMAGE_BYTES) {
        return NULL;
    }
    unsigned char *data = mem_alloc((size_t)content->bytes);
    int64_t len = 0;
    ssize_t got = 1;
    while (got > 0 && len < content->bytes) {
        got = content_read(content, len, data + len, (size_t)(content->bytes - len));
        len += got > 0 ? got : 0;
    }
    if (len < content->bytes) {
        free(data);
        return NULL;
    }
    return data;
}

struct format {
    const char *type;
    bool is_jpeg, is_png, lossless;
};

static bool decode(struct format *format, const unsigned char *data, size_t bytes, int side_px,
                   struct image *image)
{
    if (format->is_jpeg) {
        return jpeg_decode(data, bytes, side_px, image);
    }
    return format->is_png ? png_decode(data, bytes, image)
                          : webp_decode(data, bytes, side_px, image, &format->lossless);
}

static bool encode(const struct format *format, const struct image *image, struct encoded *out)
{
    if (format->is_jpeg) {
        return jpeg_encode(image, out);
    }
    return format->is_png ? png_encode(image, out) : webp_encode(image, format->lossless, out);
}

static bool draw(struct format *format, const unsigned char *data, size_t bytes, int side_px,
                 int out_fd, struct image *image)
{
    struct encoded encoded = {0};
    if (!decode(format, data, bytes, side_px, image)) {
        return false;
    }
    image_reduce(image, side_px);
    image_orient(image, orientation_of(format->type, data, bytes));
    bool drawn = encode(format, image, &encoded) && write_out(out_fd, &encoded);
    if (encoded.data) {
        encoded.release(encoded.data);
    }
    return drawn;
}

bool drawing_make(const struct content *content, const char *type, int side_px, int out_fd,
                  struct picture *out)
{
    static const char *const types[] = {"image/jpeg", "image/png", "image/webp", NULL};
    struct format format = {0};
    for (const char *const *known = types; *known; known++) {
        format.type = str_equal(type, *known) ? *known : format.type;
    }
    unsigned char *data = format.type ? load(content) : NULL;
    if (!data) {
        return false;
    }
    struct image image = {0};
    format.is_jpeg = format.type == types[0];
    format.is_png = format.type == types[1];
    bool drawn = draw(&format, data, (size_t)content->bytes, side_px, out_fd, &image);
    *out = (struct picture){image.width, image.height, format.type};
    image_finish(&image);
    free(data);
    return drawn;
}
