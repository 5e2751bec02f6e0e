/* What the files of the office readers share: the parts of a document, and where their words go.
 *
 * Owns: the parts and texts of one document. Threads: one. */
#ifndef BEFFROI_HELPER_OFFICE_H
#define BEFFROI_HELPER_OFFICE_H

#include "base/arena.h"
#include "base/buf.h"
#include "helper/markup.h"
#include "helper/zip.h"

/* A slide or a sheet, kept until all are read: a zip has them in any order. */
struct office_part {
    const char *relation, *name; /* "rId3"; of a sheet */
    const char *path;            /* in the zip; NULL while unknown */
    struct buf text;
    bool is_read;
};

struct office {
    struct zip zip;
    struct sink *sink;
    struct arena arena;
    struct markup *markup; /* of the member being read */
    const struct markup_visitor *visitor;
    struct office_part *part; /* being read; NULL: straight into the sink */
    struct {
        struct office_part *items;
        size_t count, capacity;
    } parts;
    size_t kept; /* bytes of all parts */
    /* Of a workbook: the texts its cells name by number. */
    struct buf shared;
    struct {
        size_t *items; /* where each ends */
        size_t count, capacity;
    } shared_ends;
    struct buf cell;
    char cell_type;
    int taking; /* depth of elements whose text counts */
    int begun;  /* begun */
};

/* Words, or what parts them. */
void office_add(struct office *office, const char *text, size_t bytes);
/* No more is wanted. */
bool office_is_full(const struct office *office);

extern const struct markup_visitor word_visitor;        /* word/document.xml, slides */
extern const struct markup_visitor list_visitor;        /* presentation.xml, workbook.xml */
extern const struct markup_visitor relation_visitor;    /* their .rels: Target of each Id */
extern const struct markup_visitor shared_visitor;      /* sharedStrings.xml */
extern const struct markup_visitor sheet_visitor;       /* sheetN.xml */
extern const struct markup_visitor open_visitor;        /* content.xml of a text */
extern const struct markup_visitor open_slides_visitor; /* of a presentation */
extern const struct markup_visitor open_sheets_visitor; /* of a workbook */

#endif
