#include "wire/frame.h"

#include <string.h>

#include "base/str.h"

/* First byte: FIN and the opcode (RFC 6455 5.2). */
enum { FIN_TEXT = 0x81, FIN_CLOSE = 0x88 };
enum { CLOSE_REASON_BYTES = 123 }; /* a control frame holds 125, two are the code (RFC 6455 5.5) */

static void add_header(struct buf *buf, int first, size_t bytes)
{
    unsigned char header[10] = {(unsigned char)first};
    size_t extended = bytes < 126 ? 0 : bytes <= 0xFFFF ? 2 : 8;
    header[1] = extended == 0 ? (unsigned char)bytes : extended == 2 ? 126 : 127;
    for (size_t i = 0; i < extended; i++) { /* network order */
        header[1 + extended - i] = (unsigned char)((uint64_t)bytes >> (8 * i));
    }
    buf_add(buf, header, 2 + extended);
}

void frame_text(struct buf *buf, const void *data, size_t bytes)
{
    add_header(buf, FIN_TEXT, bytes);
    buf_add(buf, data, bytes);
}

void frame_close(struct buf *buf, int code, const char *reason)
{
    size_t bytes = reason ? utf8_cut(reason, CLOSE_REASON_BYTES) : 0;
    unsigned char network[2] = {(unsigned char)(code >> 8), (unsigned char)code};
    add_header(buf, FIN_CLOSE, 2 + bytes);
    buf_add(buf, network, sizeof network);
    buf_add(buf, reason, bytes);
}
