/* What holds of every page that a reader gives, whatever it read. */
#ifndef BEFFROI_TESTS_FUZZ_PAGES_H
#define BEFFROI_TESTS_FUZZ_PAGES_H

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "helper/sink.h"

struct pages_seen {
    int count, number;
    size_t bytes;
};

static inline void pages_require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static inline void pages_check(void *context, const struct text_page *page)
{
    struct pages_seen *seen = context;
    size_t bytes = strlen(page->text);
    pages_require(page->number > seen->number && ++seen->count <= LIMIT_TEXT_PAGES);
    seen->number = page->number;
    seen->bytes += bytes;
    pages_require(bytes > 0 && bytes <= LIMIT_PAGE_TEXT_BYTES && seen->bytes <= LIMIT_TEXT_BYTES);
    pages_require(utf8_valid(page->text, bytes) && utf8_valid(page->name, strlen(page->name)));
    for (const char *c = page->text; *c; c++) {
        bool is_c1 = (unsigned char)*c == 0xC2 && (unsigned char)c[1] < 0xA0;
        pages_require(((unsigned char)*c >= ' ' || *c == '\n') && *c != 0x7F && !is_c1);
    }
}

#endif
