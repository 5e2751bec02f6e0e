/* Markdown as plain text: what mail and calendars can show. */
#include <cmark.h>
#include <string.h>

#include "base/buf.h"
#include "club/markdown.h"

#define INDENT_MAX 8 /* lists one inside the other; deeper ones stay at that margin */

struct plain {
    struct buf out;
    int lists;       /* that are open */
    bool after_mark; /* "- " was just written: its text follows on the same line */
};

static void indent(struct plain *plain, int levels)
{
    for (int i = 0; i < levels && i < INDENT_MAX; i++) {
        buf_text(&plain->out, "  ");
    }
}

static void break_line(struct plain *plain)
{
    buf_text(&plain->out, "\n");
    indent(plain, plain->lists);
}

static bool in_tight_item(cmark_node *node)
{
    cmark_node *item = cmark_node_parent(node);
    return item && cmark_node_get_type(item) == CMARK_NODE_ITEM &&
           cmark_node_get_list_tight(cmark_node_parent(item));
}

static void separate(struct plain *plain, bool tight)
{
    if (plain->out.len > 0 && !plain->after_mark) {
        buf_text(&plain->out, tight ? "\n" : "\n\n");
    }
}

static void begin_block(struct plain *plain, cmark_node *node)
{
    separate(plain, in_tight_item(node));
    if (!plain->after_mark) {
        indent(plain, plain->lists);
    }
    plain->after_mark = false;
}

static int item_number(cmark_node *item)
{
    int number = cmark_node_get_list_start(cmark_node_parent(item));
    while ((item = cmark_node_previous(item))) {
        number++;
    }
    return number;
}

static void begin_item(struct plain *plain, cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    bool first = !cmark_node_previous(item);
    separate(plain, first ? in_tight_item(list) : cmark_node_get_list_tight(list) != 0);
    if (!plain->after_mark) {
        indent(plain, plain->lists - 1);
    }
    if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST) {
        buf_printf(&plain->out, "%d. ", item_number(item));
    } else {
        buf_text(&plain->out, "- ");
    }
    plain->after_mark = true;
}

static void write_block(struct plain *plain, cmark_node *node)
{
    begin_block(plain, node);
    const char *line = cmark_node_get_literal(node);
    while (*line) {
        size_t bytes = strcspn(line, "\n");
        buf_add(&plain->out, line, bytes);
        line += bytes;
        if (line[0] && line[1]) {
            break_line(plain);
        }
        line += line[0] != '\0';
    }
}

/* After its label, where that says something else. */
static void end_link(struct plain *plain, cmark_node *node)
{
    const char *url = cmark_node_get_url(node);
    cmark_node *label = cmark_node_first_child(node);
    bool same = label && !cmark_node_next(label) && cmark_node_get_type(label) == CMARK_NODE_TEXT &&
                strcmp(cmark_node_get_literal(label), url) == 0;
    if (!label) {
        buf_text(&plain->out, url);
    } else if (!same && *url) {
        buf_printf(&plain->out, " (%s)", url);
    }
}

static void enter(struct plain *plain, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        begin_block(plain, node);
        break;
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
        write_block(plain, node);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        begin_block(plain, node);
        buf_text(&plain->out, "---");
        break;
    case CMARK_NODE_LIST:
        plain->lists++;
        break;
    case CMARK_NODE_ITEM:
        begin_item(plain, node);
        break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
        buf_text(&plain->out, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        break_line(plain);
        break;
    default:
        break;
    }
}

static void leave(struct plain *plain, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_LIST) {
        plain->lists--;
    } else if (type == CMARK_NODE_ITEM) {
        plain->after_mark = false;
    } else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
        end_link(plain, node);
    }
}

const char *markdown_plain(const char *body, struct arena *arena)
{
    struct plain plain = {0};
    buf_init(&plain.out);
    cmark_node *document = cmark_parse_document(body, strlen(body), CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE &&
           plain.out.len < LIMIT_NODES_BYTES) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER) {
            enter(&plain, node);
        } else {
            leave(&plain, node);
        }
    }
    cmark_iter_free(iter);
    cmark_node_free(document);
    const char *text = plain.out.len ? arena_memdup(arena, plain.out.data, plain.out.len) : "";
    buf_finish(&plain.out);
    return text;
}
