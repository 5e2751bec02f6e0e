/* Takes a text in as it is found and gives it out in pages, clean and bounded.
 *
 * Spaces in a row become one, empty lines at most one, control characters and what is not UTF-8
 * go. What has pages or slides keeps their numbers, and is cut at LIMIT_PAGE_TEXT_BYTES a page.
 * What has none (and a sheet, which may be long) goes on in further pages of some thousand bytes,
 * cut at a line where there is one.
 *
 * Owns: nothing (it is the caller's memory). Threads: one. */
#ifndef BEFFROI_HELPER_SINK_H
#define BEFFROI_HELPER_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/limits.h"
#include "helper/helper.h"

#define SINK_NAME_BYTES 200

struct sink {
    void (*emit)(void *context, const struct text_page *page);
    void *context;
    enum text_unit unit;
    int number;               /* of the page being filled */
    int emitted;              /* pages */
    size_t total;             /* bytes given out */
    bool full;                /* nothing more is wanted: who reads may stop */
    bool cut;                 /* nothing more of this page */
    unsigned char partial[4]; /* of a character, its first bytes */
    unsigned partial_bytes, partial_need;
    char name[SINK_NAME_BYTES + 1];
    size_t len;
    char text[LIMIT_PAGE_TEXT_BYTES + 1];
};

/* Empty; whole pages are passed to `page`. */
void sink_init(struct sink *sink, enum text_unit unit,
               void (*emit)(void *context, const struct text_page *page), void *context);
/* Begins a page; `number` from 1 is of a page or slide, a sheet's has its name. */
void sink_page(struct sink *sink, int number, const char *name);
void sink_add(struct sink *sink, const char *data, size_t bytes);
/* Gives out what is left. */
void sink_finish(struct sink *sink);

#endif
