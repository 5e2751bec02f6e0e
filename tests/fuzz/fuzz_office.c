/* libFuzzer: the office readers, on a zip, or (a fuzzer seldom makes one that unpacks) on the XML of
 * each of its members. */
#include <stdint.h>

#include "fuzz.h"
#include "helper/office.h"
#include "pages.h"

static const char *const types[] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.spreadsheet",
};

static void read_zip(const uint8_t *data, size_t bytes, const char *type, struct sink *sink)
{
    struct content content = {-1, data, (int64_t)bytes};
    (void)office_type(&content);
    (void)!office_read(&content, type, sink);
}

static void read_xml(struct office *office, const uint8_t *data, size_t bytes,
                     const struct markup_visitor *visitor)
{
    struct markup *markup = markup_create(visitor, office);
    size_t half = bytes / 2;
    if (markup_add(markup, (const char *)data, half, false)) {
        (void)!markup_add(markup, (const char *)data + half, bytes - half, true);
    }
    markup_destroy(markup);
    office->taking = 0;
}

/* A workbook's texts, then its cells, out of the same bytes. */
static void read_members(const uint8_t *data, size_t bytes, struct sink *sink)
{
    static const struct markup_visitor *const visitors[] = {
        &list_visitor, &relation_visitor, &shared_visitor,      &sheet_visitor,
        &word_visitor, &open_visitor,     &open_slides_visitor, &open_sheets_visitor,
    };
    struct office office = {.sink = sink};
    arena_init(&office.arena);
    for (size_t i = 0; i < sizeof visitors / sizeof *visitors; i++) {
        read_xml(&office, data, bytes, visitors[i]);
    }
    sink_finish(sink);
    buf_finish(&office.shared);
    buf_finish(&office.cell);
    arena_finish(&office.arena);
}

int fuzz_office(const uint8_t *data, size_t bytes)
{
    static struct sink sink;
    struct pages_seen seen = {0};
    if (bytes == 0) {
        return 0;
    }
    const char *type = types[data[0] % 6];
    sink_init(&sink, reader_unit(type), pages_check, &seen);
    if (data[0] & 0x80) {
        read_zip(data + 1, bytes - 1, type, &sink);
    } else {
        sink_init(&sink, UNIT_SHEET, pages_check, &seen);
        read_members(data + 1, bytes - 1, &sink);
    }
    return 0;
}
