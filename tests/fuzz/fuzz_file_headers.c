/* libFuzzer: what the headers of uploads and downloads say. The first byte chooses which. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "fuzz.h"
#include "net/range.h"
#include "net/tus.h"

/* A part lies within the content, whatever was asked for. */
static void ask_range(const char *text, int64_t size)
{
    struct range range = range_read(text, size);
    if (range.kind == RANGE_PART) {
        check(range.first >= 0 && range.bytes > 0 && range.first <= size - range.bytes);
    } else if (range.kind == RANGE_WHOLE) {
        check(range.first == 0 && range.bytes == size);
    }
    range_is_current(text, "\"a\"");
}

static void ask_metadata(const char *text, struct arena *arena)
{
    static const char *const keys[] = {"filename", "a", ""};
    for (int i = 0; i < 3; i++) {
        const char *value = tus_metadata(text, keys[i], arena);
        check(!value || (*value && utf8_valid(value, strlen(value))));
    }
}

int fuzz_file_headers(const uint8_t *data, size_t bytes)
{
    static const int64_t sizes[] = {0, 1, 2, 1000, INT64_C(2147483648), INT64_MAX};
    if (bytes == 0) {
        return 0;
    }
    struct arena arena;
    arena_init(&arena);
    const char *text = arena_memdup(&arena, data + 1, bytes - 1);
    int64_t number = 0;
    if (*data % 8 < 6) {
        ask_range(text, sizes[*data % 8]);
    } else if (*data % 8 == 6) {
        ask_metadata(text, &arena);
    } else {
        check(!tus_number(text, &number) || number >= 0);
    }
    arena_finish(&arena);
    return 0;
}
