/* XML as the office formats use it: elements and attributes by their local names, no document type,
 * no entity, bounded in depth.
 *
 * Owns: its parser. Threads: one. */
#ifndef BEFFROI_HELPER_MARKUP_H
#define BEFFROI_HELPER_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

struct markup_visitor {
    /* false: it and all within is skipped; its end is not told. */
    bool (*begin)(void *context, const char *element, const char **attributes);
    void (*end)(void *context, const char *element);
    void (*text)(void *context, const char *text, size_t bytes);
};

struct markup;
struct markup *markup_create(const struct markup_visitor *visitor, void *context);
void markup_destroy(struct markup *markup); /* NULL is allowed */
/* false: not well-formed, or past its bounds. */
bool markup_add(struct markup *markup, const char *data, size_t bytes, bool last)
    __attribute__((warn_unused_result));

/* The attribute with that local name, NULL without one. `prefixed`: only one with a prefix, which
 * tells r:id from id. */
const char *markup_attribute(const char **attributes, const char *name, bool prefixed);

#endif
