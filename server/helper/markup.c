#include "helper/markup.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { DEPTH = 400 };

struct markup {
    XML_Parser parser;
    const struct markup_visitor *visitor;
    void *context;
    int depth;
    int skipped; /* depth of the element that is skipped; 0 none */
};

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *markup_attribute(const char **attributes, const char *name, bool prefixed)
{
    for (; *attributes; attributes += 2) {
        const char *found = local(*attributes);
        if (str_equal(found, name) && (!prefixed || found != *attributes)) {
            return attributes[1];
        }
    }
    return NULL;
}

static void begin(void *context, const char *name, const char **attributes)
{
    struct markup *markup = context;
    if (++markup->depth > DEPTH) {
        XML_StopParser(markup->parser, XML_FALSE);
    } else if (!markup->skipped &&
               !markup->visitor->begin(markup->context, local(name), attributes)) {
        markup->skipped = markup->depth;
    }
}

static void end(void *context, const char *name)
{
    struct markup *markup = context;
    if (!markup->skipped) {
        markup->visitor->end(markup->context, local(name));
    } else if (markup->skipped == markup->depth) {
        markup->skipped = 0;
    }
    markup->depth--;
}

static void text(void *context, const char *data, int bytes)
{
    struct markup *markup = context;
    if (!markup->skipped) {
        markup->visitor->text(markup->context, data, (size_t)bytes);
    }
}

/* No office format has one: it is where entities that unfold, or that are elsewhere, would be. */
static void refuse_doctype(void *context, const char *name, const char *system_id,
                           const char *public_id, int has_subset)
{
    const struct markup *markup = context;
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    XML_StopParser(markup->parser, XML_FALSE);
}

struct markup *markup_create(const struct markup_visitor *visitor, void *context)
{
    struct markup *markup = MEM_NEW(struct markup);
    *markup = (struct markup){XML_ParserCreate(NULL), visitor, context, 0, 0};
    if (!markup->parser) {
        abort();
    }
    XML_SetUserData(markup->parser, markup);
    XML_SetElementHandler(markup->parser, begin, end);
    XML_SetCharacterDataHandler(markup->parser, text);
    XML_SetStartDoctypeDeclHandler(markup->parser, refuse_doctype);
    return markup;
}

void markup_destroy(struct markup *markup)
{
    if (markup) {
        XML_ParserFree(markup->parser);
        free(markup);
    }
}

bool markup_add(struct markup *markup, const char *data, size_t bytes, bool last)
{
    return XML_Parse(markup->parser, data, (int)bytes, last) == XML_STATUS_OK;
}
