#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "helper/reader.h"

bool content_of(int fd, struct content *content_out)
{
    off_t end = lseek(fd, 0, SEEK_END);
    *content_out = (struct content){fd, NULL, end};
    return end >= 0;
}

ssize_t content_read(const struct content *content, int64_t offset, void *out, size_t bytes)
{
    int64_t left = content->bytes - offset;
    if (offset < 0 || left <= 0) {
        return 0;
    }
    bytes = (int64_t)bytes < left ? bytes : (size_t)left;
    if (content->fd < 0) {
        memcpy(out, content->data + offset, bytes);
        return (ssize_t)bytes;
    }
    ssize_t got;
    do {
        got = pread(content->fd, out, bytes, offset);
    } while (got < 0 && errno == EINTR);
    return got;
}

enum text_unit reader_unit(const char *type)
{
    static const struct {
        const char *ending;
        enum text_unit unit;
    } units[] = {
        {"/pdf", UNIT_PAGE},
        {".presentation", UNIT_SLIDE},
        {".sheet", UNIT_SHEET},
        {".spreadsheet", UNIT_SHEET},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t bytes = strlen(units[i].ending);
        if (strlen(type) > bytes && str_equal(type + strlen(type) - bytes, units[i].ending)) {
            return units[i].unit;
        }
    }
    return UNIT_NONE;
}
