#include "net/disposition.h"

#include <string.h>

#include "base/buf.h"

const char *disposition_text(struct arena *arena, bool is_saved, const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    struct buf buf;
    buf_init(&buf);
    buf_printf(&buf, "%s; filename=\"", is_saved ? "attachment" : "inline");
    for (const char *at = name; *at; at++) {
        if ((*at & 0xC0) != 0x80) { /* one for a character, not for each of its bytes */
            buf_add(&buf, strchr(plain, *at) ? at : "_", 1);
        }
    }
    buf_text(&buf, "\"; filename*=UTF-8''");
    for (const char *at = name; *at; at++) {
        if (strchr(plain, *at)) {
            buf_add(&buf, at, 1);
        } else {
            buf_printf(&buf, "%%%02X", (unsigned char)*at);
        }
    }
    const char *text = arena_memdup(arena, buf.data, buf.len);
    buf_finish(&buf);
    return text;
}
