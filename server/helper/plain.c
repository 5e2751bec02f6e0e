#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "helper/reader.h"

/* As much as can come of it: a character of UTF-16 takes two bytes, in UTF-8 one at least. */
enum { READ_BYTES = LIMIT_TEXT_BYTES * 2 };

enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_1252 };

/* 0x80 to 0x9F of Windows-1252 (https://encoding.spec.whatwg.org/index-windows-1252.txt); 0: none.
 */
static const uint16_t upper_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static void add_point(struct sink *sink, uint32_t point)
{
    char out[4];
    size_t bytes = 0;
    if (point < 0x80) {
        out[bytes++] = (char)point;
    } else if (point < 0x800) {
        out[bytes++] = (char)(0xC0 | point >> 6);
        out[bytes++] = (char)(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        out[bytes++] = (char)(0xE0 | point >> 12);
        out[bytes++] = (char)(0x80 | (point >> 6 & 0x3F));
        out[bytes++] = (char)(0x80 | (point & 0x3F));
    } else {
        out[bytes++] = (char)(0xF0 | point >> 18);
        out[bytes++] = (char)(0x80 | (point >> 12 & 0x3F));
        out[bytes++] = (char)(0x80 | (point >> 6 & 0x3F));
        out[bytes++] = (char)(0x80 | (point & 0x3F));
    }
    sink_add(sink, out, bytes);
}

static void add_1252(struct sink *sink, const unsigned char *data, size_t bytes)
{
    for (size_t i = 0; i < bytes && !sink->full; i++) {
        bool is_upper = data[i] >= 0x80 && data[i] < 0xA0;
        add_point(sink, is_upper ? upper_1252[data[i] - 0x80] : data[i]);
    }
}

static uint32_t unit16(const unsigned char *data, bool big)
{
    return big ? (uint32_t)(data[0] << 8 | data[1]) : (uint32_t)(data[1] << 8 | data[0]);
}

/* A surrogate without its other half is left out (the sink sees to it). */
static void add_utf16(struct sink *sink, const unsigned char *data, size_t bytes, bool big)
{
    for (size_t i = 0; i + 1 < bytes && !sink->full; i += 2) {
        uint32_t point = unit16(data + i, big);
        uint32_t low = i + 3 < bytes ? unit16(data + i + 2, big) : 0;
        if (point >= 0xD800 && point < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        add_point(sink, point);
    }
}

/* The last character may be cut by our own bound. */
static bool is_utf8(const unsigned char *data, size_t bytes)
{
    for (size_t cut = 0; cut < 4 && cut <= bytes; cut++) {
        if (utf8_valid((const char *)data, bytes - cut)) {
            return true;
        }
    }
    return false;
}

static enum encoding encoding_of(const unsigned char *data, size_t bytes, size_t *mark_out)
{
    *mark_out = 0;
    if (bytes >= 2 &&
        ((data[0] == 0xFF && data[1] == 0xFE) || (data[0] == 0xFE && data[1] == 0xFF))) {
        *mark_out = 2;
        return data[0] == 0xFF ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    }
    if (bytes >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        *mark_out = 3;
        return ENCODING_UTF8;
    }
    return is_utf8(data, bytes) ? ENCODING_UTF8 : ENCODING_1252;
}

static void decode(const unsigned char *data, size_t bytes, struct sink *sink)
{
    size_t mark;
    enum encoding encoding = encoding_of(data, bytes, &mark);
    data += mark;
    bytes -= mark;
    if (encoding == ENCODING_UTF8) {
        sink_add(sink, (const char *)data, bytes);
    } else if (encoding == ENCODING_1252) {
        add_1252(sink, data, bytes);
    } else {
        add_utf16(sink, data, bytes, encoding == ENCODING_UTF16BE);
    }
    sink_finish(sink);
}

bool plain_read(const struct content *content, struct sink *sink)
{
    size_t room = content->bytes < READ_BYTES ? (size_t)content->bytes : READ_BYTES;
    unsigned char *data = mem_alloc(room);
    size_t len = 0;
    ssize_t got = 1;
    while (got > 0 && len < room) {
        got = content_read(content, (int64_t)len, data + len, room - len);
        len += got > 0 ? (size_t)got : 0;
    }
    if (got >= 0) {
        decode(data, len, sink);
    }
    free(data);
    return got >= 0;
}
