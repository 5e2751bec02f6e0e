/* A plain text as a PDF, for the demonstration's documents.
 *
 * Owns: nothing. Threads: any. */
#ifndef BEFFROI_MAIN_DEMO_PDF_H
#define BEFFROI_MAIN_DEMO_PDF_H

#include "base/buf.h"

/* Appends to `out` the UTF-8 text as A4 pages in Helvetica, the first line of each in bold; "\f"
 * ends a page. What Windows-1252 has no letter for becomes "?", what a page has no room for is left
 * out. Source: ISO 32000-1, 7.5 (file structure), 9.6.2.2 (standard fonts), annex D
 * (WinAnsiEncoding). */
void demo_pdf_write(struct buf *out, const char *text);

#endif
