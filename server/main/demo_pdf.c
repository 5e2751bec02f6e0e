#include "main/demo_pdf.h"

#include <string.h>

#include "base/str.h"

/* Objects 1 to 4 are the catalog, the tree of pages and the two fonts; then each page and its
 * text. */
enum { OBJECT_FIRST = 5, PAGES_MAX = 20, OBJECTS_MAX = OBJECT_FIRST + 2 * PAGES_MAX };
/* Sizes in points; a line of 88 letters of 11 points stays within the margins. */
enum { LINE_LETTERS = 88, LINES_MAX = 46 };

struct pdf {
    struct buf *out;
    size_t start, offsets[OBJECTS_MAX];
    int objects; /* the highest number used */
};

/* --- letters ---------------------------------------------------------------------------------- */

/* Those of Windows-1252 that are not where Unicode has them, as far as French needs them. */
static const struct {
    const char *utf8;
    unsigned char byte;
} elsewhere[] = {{"€", 0x80}, {"…", 0x85}, {"Œ", 0x8C}, {"‘", 0x91}, {"’", 0x92},     {"“", 0x93},
                 {"”", 0x94}, {"–", 0x96}, {"—", 0x97}, {"œ", 0x9C}, {"\u202f", 0xA0}};

/* The letter at *text as a byte of Windows-1252; moves on. */
static unsigned char next_letter(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        if (str_starts(*text, elsewhere[i].utf8)) {
            *text += strlen(elsewhere[i].utf8);
            return elsewhere[i].byte;
        }
    }
    if (at[0] < 0x80) {
        *text += 1;
        return at[0] < ' ' ? ' ' : at[0];
    }
    bool is_latin = (at[0] == 0xC2 || at[0] == 0xC3) && at[1];
    do {
        (*text)++;
    } while ((**text & 0xC0) == 0x80);
    return is_latin ? (unsigned char)((at[0] & 3) << 6 | (at[1] & 0x3F)) : '?';
}

/* --- lines ------------------------------------------------------------------------------------ */

/* Bytes of the next line of `text` before its end `end`, broken at a space where it is too long. */
static size_t line_bytes(const char *text, const char *end)
{
    const char *at = text, *space = NULL;
    for (int letters = 0; at < end && *at != '\n'; letters++) {
        if (letters == LINE_LETTERS) {
            return (size_t)((space ? space : at) - text);
        }
        space = *at == ' ' ? at : space;
        next_letter(&at);
    }
    return (size_t)(at - text);
}

static void add_line(struct buf *stream, const char *text, size_t bytes)
{
    const char *end = text + bytes;
    buf_text(stream, "(");
    while (text < end) {
        unsigned char letter = next_letter(&text);
        if (strchr("()\\", letter)) {
            buf_text(stream, "\\");
        }
        buf_add(stream, &letter, 1);
    }
    buf_text(stream, ") Tj T*\n");
}

/* One page's text, from `text` to `end`. */
static void add_lines(struct buf *stream, const char *text, const char *end)
{
    buf_text(stream, "BT /F2 16 Tf 22 TL 60 770 Td\n");
    for (int line = 0; text < end && line < LINES_MAX; line++) {
        size_t bytes = line_bytes(text, end);
        add_line(stream, text, bytes);
        text += bytes;
        text += text < end && (*text == '\n' || *text == ' ') ? 1 : 0;
        if (line == 0) {
            buf_text(stream, "/F1 11 Tf 15 TL\n");
        }
    }
    buf_text(stream, "ET\n");
}

/* --- the file --------------------------------------------------------------------------------- */

static void begin_object(struct pdf *pdf, int number)
{
    pdf->offsets[number] = pdf->out->len - pdf->start;
    pdf->objects = number > pdf->objects ? number : pdf->objects;
    buf_printf(pdf->out, "%d 0 obj\n", number);
}

static void add_page(struct pdf *pdf, int number, const char *text, const char *end)
{
    struct buf stream;
    buf_init(&stream);
    add_lines(&stream, text, end);
    begin_object(pdf, number);
    buf_printf(pdf->out,
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
               " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>\nendobj\n",
               number + 1);
    begin_object(pdf, number + 1);
    buf_printf(pdf->out, "<< /Length %zu >>\nstream\n", stream.len);
    buf_add(pdf->out, stream.data, stream.len);
    buf_text(pdf->out, "endstream\nendobj\n");
    buf_finish(&stream);
}

static int add_pages(struct pdf *pdf, const char *text)
{
    int count = 0;
    while (count < PAGES_MAX) {
        const char *end = text + strcspn(text, "\f");
        add_page(pdf, OBJECT_FIRST + 2 * count, text, end);
        count++;
        if (!*end) {
            break;
        }
        text = end + 1;
    }
    return count;
}

static void add_tree(struct pdf *pdf, int pages)
{
    begin_object(pdf, 1);
    buf_text(pdf->out, "<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>\nendobj\n");
    begin_object(pdf, 2);
    buf_printf(pdf->out, "<< /Type /Pages /Count %d /Kids [", pages);
    for (int i = 0; i < pages; i++) {
        buf_printf(pdf->out, "%d 0 R ", OBJECT_FIRST + 2 * i);
    }
    buf_text(pdf->out, "] >>\nendobj\n");
    for (int font = 3; font <= 4; font++) {
        begin_object(pdf, font);
        buf_printf(pdf->out,
                   "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica%s"
                   " /Encoding /WinAnsiEncoding >>\nendobj\n",
                   font == 4 ? "-Bold" : "");
    }
}

static void add_trailer(struct pdf *pdf)
{
    size_t at = pdf->out->len - pdf->start;
    buf_printf(pdf->out, "xref\n0 %d\n0000000000 65535 f \n", pdf->objects + 1);
    for (int i = 1; i <= pdf->objects; i++) {
        buf_printf(pdf->out, "%010zu 00000 n \n", pdf->offsets[i]);
    }
    buf_printf(pdf->out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
               pdf->objects + 1, at);
}

void demo_pdf_write(struct buf *out, const char *text)
{
    struct pdf pdf = {.out = out, .start = out->len};
    buf_text(out, "%PDF-1.4\n");
    add_tree(&pdf, add_pages(&pdf, text));
    add_trailer(&pdf);
}
