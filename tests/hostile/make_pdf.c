/* Hostile PDF. */
#include <string.h>

#include "helper_fixture.h"
#include "make.h"
#include "make_kinds.h"

static void begin(struct hostile *out)
{
    *out = (struct hostile){.type = "application/pdf", .name = "a.pdf"};
    buf_text(&out->bytes, "%PDF-1.5\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
}

static void end(struct hostile *out, const char *trailer)
{
    buf_printf(&out->bytes, "trailer <</Root 1 0 R %s>>\n%%%%EOF\n", trailer);
}

/* Forms that draw forms: thousands of millions of them in two thousand bytes. */
void make_endless_pdf(struct hostile *out, struct chance *chance)
{
    int times = 40 + (int)chance_below(chance, 40);
    begin(out);
    buf_text(&out->bytes,
             "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 9 9]>> endobj\n"
             "3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>> "
             "endobj\n4 0 obj <</Length 4>> stream\n/F Do\nendstream endobj\n");
    for (int level = 0; level < 6; level++) {
        buf_printf(&out->bytes,
                   "%d 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject"
                   "<</F %d 0 R>>>>/Length %d>> stream\n",
                   5 + level, 6 + level, times * 6);
        for (int i = 0; i < times; i++) {
            buf_text(&out->bytes, level < 5 ? "/F Do " : "q Q q ");
        }
        buf_text(&out->bytes, "\nendstream endobj\n");
    }
    end(out, "");
}

/* Trees of pages, lengths and forms that are their own; arrays in arrays; a million pages. */
void make_looping_pdf(struct hostile *out, struct chance *chance)
{
    size_t which = chance_below(chance, 5);
    begin(out);
    switch (which) {
    case 0:
        buf_text(&out->bytes,
                 "2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>> endobj\n");
        break;
    case 1:
        buf_text(
            &out->bytes,
            "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent "
            "2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 4 0 R>>>>>> endobj\n"
            "4 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 4 0 R>> stream\n/F Do /F "
            "Do\nendstream endobj\n");
        break;
    case 2:
        buf_text(&out->bytes, "2 0 obj ");
        for (size_t i = 0; i < 10000 + chance_below(chance, 500000); i++) {
            buf_text(&out->bytes, which % 2 ? "<</A " : "[");
        }
        break;
    case 3:
        buf_text(&out->bytes, "2 0 obj <</Type/Pages/Count 2000000000/Kids[");
        for (int i = 0; i < 20000; i++) {
            buf_text(&out->bytes, "3 0 R ");
        }
        buf_text(&out->bytes, "]>> endobj\n3 0 obj <</Type/Page/MediaBox[0 0 9 9]>> endobj\n");
        break;
    default:
        buf_text(&out->bytes,
                 "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/"
                 "MediaBox[0 0 9 9]/Contents 4 0 R>> endobj\n4 0 obj <</Length 9000000>> "
                 "stream\nBT /F1 9 Tf (");
        for (int i = 0; i < 300000; i++) {
            buf_text(&out->bytes, "un mot de trente lettres tout ");
        }
        buf_text(&out->bytes, ") Tj ET\nendstream endobj\n");
    }
    end(out, chance_below(chance, 2) ? "/Prev 9" : "");
}

/* A password that nobody knows, or a handler that nobody has. */
void make_locked_pdf(struct hostile *out, struct chance *chance)
{
    static const char *const pages[] = {"secret", NULL};
    struct hostile plain = {0};
    make_pdf(&plain.bytes, pages);
    char *trailer = memmem(plain.bytes.data, plain.bytes.len, "/Root", 5);
    size_t head = (size_t)(trailer - plain.bytes.data);
    *out = (struct hostile){.type = "application/pdf", .name = "a.pdf"};
    buf_add(&out->bytes, plain.bytes.data, head);
    buf_printf(&out->bytes,
               "/Encrypt <</Filter/%s/V %zu/R %zu/Length 128/P -4/O<%064d>/U<%064d>>> "
               "/ID[<%032d><%032d>] ",
               chance_below(chance, 4) ? "Standard" : "Inconnu", 1 + chance_below(chance, 5),
               2 + chance_below(chance, 5), 1, 2, 3, 4);
    buf_add(&out->bytes, trailer, plain.bytes.len - head);
    buf_finish(&plain.bytes);
}
