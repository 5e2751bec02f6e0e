#include "base/csv.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"

/* --- encodings -------------------------------------------------------------------------------- */

/* Windows-1252 from 0x80 to 0x9F; 0 where it has no character.
 * Source: https://encoding.spec.whatwg.org/index-windows-1252.txt */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static uint32_t point_of_byte(unsigned char byte)
{
    if (byte < 0x80 || byte >= 0xA0) {
        return byte;
    }
    uint32_t point = windows_1252[byte - 0x80];
    return point ? point : 0xFFFD;
}

/* Writes one code point below U+10000 and returns the place after it. */
static char *put_utf8(char *out, uint32_t point)
{
    if (point < 0x80) {
        *out++ = (char)point;
    } else if (point < 0x800) {
        *out++ = (char)(0xC0 | point >> 6);
        *out++ = (char)(0x80 | (point & 0x3F));
    } else {
        *out++ = (char)(0xE0 | point >> 12);
        *out++ = (char)(0x80 | (point >> 6 & 0x3F));
        *out++ = (char)(0x80 | (point & 0x3F));
    }
    return out;
}

char *csv_utf8(const void *data, size_t bytes, struct arena *arena)
{
    const unsigned char *from = data;
    if (bytes > 0 && memchr(data, '\0', bytes)) {
        return NULL;
    }
    if (bytes >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        from += 3;
        bytes -= 3;
    }
    if (utf8_valid((const char *)from, bytes)) {
        return arena_memdup(arena, from, bytes);
    }
    char *text = arena_alloc(arena, bytes * 3 + 1); /* the euro sign takes three */
    char *out = text;
    for (size_t i = 0; i < bytes; i++) {
        out = put_utf8(out, point_of_byte(from[i]));
    }
    return text;
}

/* --- rows ------------------------------------------------------------------------------------- */

struct reader {
    char *at; /* the text is cut and unquoted in place */
    int line;
    char separator;
    bool unclosed;
    struct arena *arena;
};

struct cells {
    const char **items;
    size_t count, capacity;
};

struct rows {
    struct csv_row *items;
    size_t count, capacity;
};

static char separator_of(const char *header)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t counts[sizeof candidates] = {0};
    bool quoted = false;
    header += strspn(header, "\r\n");
    for (; *header && (quoted || (*header != '\n' && *header != '\r')); header++) {
        quoted = quoted != (*header == '"');
        for (size_t i = 0; i < sizeof candidates; i++) {
            counts[i] += !quoted && *header == candidates[i];
        }
    }
    size_t best = 0;
    for (size_t i = 1; i < sizeof candidates; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return counts[best] ? candidates[best] : '\0';
}

static bool ends_cell(const struct reader *reader, char c)
{
    return c == '\0' || c == '\n' || c == '\r' || c == reader->separator;
}

/* Unquotes a cell in place, the opening quote behind `at`; returns where its text ends. */
static char *read_quoted(struct reader *reader, char *out)
{
    while (*reader->at) {
        if (reader->at[0] == '"' && reader->at[1] == '"') {
            reader->at++;
        } else if (reader->at[0] == '"') {
            reader->at++;
            return out;
        }
        reader->line += *reader->at == '\n';
        *out++ = *reader->at++;
    }
    reader->unclosed = true;
    return out;
}

/* Cuts the spaces (no-break ones too) at both ends; `end` is the cell's end. */
static char *trim(char *start, char *end)
{
    while (start < end && (*start == ' ' || *start == '\t' || *start == '\n')) {
        start++;
    }
    while (start < end && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\n')) {
        end--;
    }
    *end = '\0';
    return start;
}

/* Reads one cell; `*delimiter_out` is the character that ended it, already stepped over. */
static const char *read_cell(struct reader *reader, char *delimiter_out)
{
    char *start = reader->at, *out = start;
    while (*reader->at == ' ') {
        reader->at++;
    }
    if (*reader->at == '"') {
        reader->at++;
        out = read_quoted(reader, out);
    }
    while (!ends_cell(reader, *reader->at)) {
        *out++ = *reader->at++;
    }
    *delimiter_out = *reader->at;
    if (reader->at[0] == '\r' && reader->at[1] == '\n') {
        reader->at++;
        *delimiter_out = '\n';
    }
    reader->at += *reader->at != '\0';
    return trim(start, out);
}

static struct csv_row read_row(struct reader *reader)
{
    struct cells cells = {0};
    char delimiter;
    int line = reader->line;
    do {
        ARENA_PUSH(reader->arena, &cells, read_cell(reader, &delimiter));
    } while (delimiter == reader->separator && delimiter != '\0');
    reader->line++;
    return (struct csv_row){line, cells.items, cells.count};
}

static bool row_is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (!str_is_blank(row->cells[i])) {
            return false;
        }
    }
    return true;
}

enum csv_fault csv_parse(const char *text, struct arena *arena, struct csv *out)
{
    struct rows rows = {0};
    text = str_starts(text, "\xEF\xBB\xBF") ? text + 3 : text;
    struct reader reader = {arena_strdup(arena, text), 1, separator_of(text), false, arena};
    *out = (struct csv){0};
    while (*reader.at) {
        struct csv_row row = read_row(&reader);
        if (!row_is_blank(&row)) {
            ARENA_PUSH(arena, &rows, row);
        }
    }
    if (reader.unclosed) {
        return CSV_UNCLOSED;
    }
    if (rows.count < 2) {
        return CSV_EMPTY;
    }
    *out = (struct csv){rows.items[0], rows.items + 1, rows.count - 1};
    return out->header.count > 1 ? CSV_OK : CSV_ONE_COLUMN;
}

const char *csv_cell(const struct csv_row *row, int column)
{
    return column >= 0 && (size_t)column < row->count ? row->cells[column] : "";
}
