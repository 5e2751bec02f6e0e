/* libFuzzer: plain text in whatever encoding, and what the sink makes of any bytes in any pieces. */
#include <stdint.h>

#include "fuzz.h"
#include "helper/reader.h"
#include "pages.h"

int fuzz_plain(const uint8_t *data, size_t bytes)
{
    static struct sink sink;
    struct pages_seen seen = {0};
    struct content content = {-1, data, (int64_t)bytes};
    sink_init(&sink, UNIT_NONE, pages_check, &seen);
    pages_require(plain_read(&content, &sink));

    struct pages_seen again = {0};
    sink_init(&sink, bytes % 2 ? UNIT_SHEET : UNIT_PAGE, pages_check, &again);
    int page = 1;
    for (size_t at = 0; at < bytes;) {
        size_t piece = 1 + data[at] % 16;
        piece = piece < bytes - at ? piece : bytes - at;
        sink_add(&sink, (const char *)data + at, piece);
        if (data[at] == '\f') {
            sink_page(&sink, ++page, "");
        }
        at += piece;
    }
    sink_finish(&sink);
    return 0;
}
