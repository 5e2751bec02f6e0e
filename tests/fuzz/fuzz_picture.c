/* libFuzzer: images that are drawn anew. What comes out is of the same kind, no larger than wanted,
 * and can be drawn again. The first byte says the kind. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "helper/drawing.h"
#include "helper/image.h"

enum { SIDE = 64 };

static int memory(void)
{
    int fd = memfd_create("drawing", MFD_CLOEXEC);
    check(fd >= 0);
    return fd;
}

/* What was drawn, drawn again, keeps its size and says nothing of which way is up. */
static void draw_again(int fd, const char *type, const struct picture *first)
{
    struct picture second = {0};
    int again = memory();
    off_t length = lseek(fd, 0, SEEK_END);
    check(length > 0 && length <= DRAWING_BYTES);
    unsigned char *bytes = mmap(NULL, (size_t)length, PROT_READ, MAP_PRIVATE, fd, 0);
    check(bytes != MAP_FAILED);
    const struct content content = {-1, bytes, length};
    check(orientation_of(type, bytes, (size_t)length) == 1);
    check(drawing_make(&content, type, SIDE, again, &second));
    check(second.width == first->width && second.height == first->height);
    munmap(bytes, (size_t)length);
    close(again);
}

int fuzz_picture(const uint8_t *data, size_t bytes)
{
    static const char *const types[] = {"image/jpeg", "image/png", "image/webp"};
    if (bytes == 0) {
        return 0;
    }
    const char *type = types[data[0] % 3];
    const struct content content = {-1, data + 1, (int64_t)bytes - 1};
    struct picture picture = {0};
    int fd = memory();
    if (drawing_make(&content, type, SIDE, fd, &picture)) {
        check(picture.width >= 1 && picture.width <= SIDE);
        check(picture.height >= 1 && picture.height <= SIDE);
        draw_again(fd, type, &picture);
    }
    close(fd);
    return 0;
}
