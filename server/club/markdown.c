#include "club/markdown.h"

#include <cmark.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "club/nodes.h"

#define LANG_BYTES_MAX 32

/* cmark's tree does not tell "\@" from "@", so the escape goes through it as SPAN_ESCAPE, and is
 * put back where a backslash is one: in code. */
static const char *mark_escapes(const char *body, struct arena *arena)
{
    if (!strchr(body, '\\')) {
        return body;
    }
    char *marked = arena_strdup(arena, body);
    for (char *at = marked; *at; at++) {
        if (at[0] == '\\' && (at[1] == '@' || at[1] == '#')) {
            at[0] = SPAN_ESCAPE;
        }
        at += at[0] == '\\' && at[1] != '\0';
    }
    return marked;
}

static const char *restore_escapes(const char *literal, struct arena *arena)
{
    if (!strchr(literal, SPAN_ESCAPE)) {
        return literal;
    }
    char *restored = arena_strdup(arena, literal);
    for (char *at = strchr(restored, SPAN_ESCAPE); at; at = strchr(at, SPAN_ESCAPE)) {
        *at = '\\';
    }
    return restored;
}

/* --- cmark's tree ----------------------------------------------------------------------------- */

/* A node that was opened is marked on itself, so that leaving it closes what entering it opened. */
static void open_node(struct nodes *out, cmark_node *node)
{
    nodes_open(out);
    cmark_node_set_user_data(node, node);
}

static bool is_open(cmark_node *node)
{
    return node && cmark_node_get_user_data(node) != NULL;
}

static bool is_linkable(const char *url)
{
    return strncasecmp(url, "https://", 8) == 0 || strncasecmp(url, "http://", 7) == 0 ||
           strncasecmp(url, "mailto:", 7) == 0;
}

/* The label says no more than the address: "<https://...>", "[](...)". */
static bool has_own_label(cmark_node *link, const char *url)
{
    cmark_node *child = cmark_node_first_child(link);
    if (!child) {
        return false;
    }
    bool only_text = !cmark_node_next(child) && cmark_node_get_type(child) == CMARK_NODE_TEXT;
    return !only_text || strcmp(cmark_node_get_literal(child), url) != 0;
}

/* Without control characters, which a browser would drop before it reads the address. */
static const char *printable(const char *url, struct arena *arena)
{
    char *clean = arena_strdup(arena, url), *end = clean;
    for (const char *at = clean; *at; at++) {
        if ((unsigned char)*at > ' ') {
            *end++ = *at;
        }
    }
    *end = '\0';
    return clean;
}

/* An address of ours becomes its chip, unless the text calls it otherwise. */
static bool write_own_link(struct nodes *out, cmark_node *node, const char *url)
{
    struct span span = {0};
    struct node_target target = {0};
    bool own = out->links == 0 && span_of_address(url, out->world->public_url, &span) &&
               (!is_linkable(url) || !has_own_label(node, url)) &&
               nodes_resolve(out, url, &span, &target);
    if (own) {
        nodes_target(out, &span, &target);
    }
    return own;
}

/* Links and images alike. true: it was written whole, its children are to be left out. */
static bool enter_link(struct nodes *out, cmark_node *node)
{
    const char *url = cmark_node_get_url(node);
    if (write_own_link(out, node, url)) {
        return true;
    }
    if (out->links++ == 0 && is_linkable(url) && out->depth < LIMIT_NODES_DEPTH) {
        nodes_begin(out, "a");
        nodes_text(out, "href", printable(url, out->arena));
        open_node(out, node);
        if (!cmark_node_first_child(node)) {
            nodes_collect(out, url);
        }
    }
    return false;
}

static void enter_emphasis(struct nodes *out, cmark_node *node, const char *type)
{
    if (out->depth < LIMIT_NODES_DEPTH) {
        nodes_begin(out, type);
        open_node(out, node);
    }
}

/* Room is kept below a block for what it must hold: an item and its paragraph, a link in that. */
static void enter_quote(struct nodes *out, cmark_node *node)
{
    if (out->depth < LIMIT_NODES_DEPTH - 2) {
        nodes_begin(out, "quote");
        open_node(out, node);
    }
}

static void enter_list(struct nodes *out, cmark_node *node)
{
    if (out->depth >= LIMIT_NODES_DEPTH - 3) {
        return;
    }
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    nodes_begin(out, ordered ? "ol" : "ul");
    if (ordered) {
        nodes_int(out, "start", cmark_node_get_list_start(node));
    }
    open_node(out, node);
}

static void enter_item(struct nodes *out, cmark_node *node)
{
    if (is_open(cmark_node_parent(node))) {
        nodes_begin(out, "li");
        open_node(out, node);
    }
}

/* The text of a tight list's item needs no paragraph. */
static void enter_paragraph(struct nodes *out, cmark_node *node)
{
    cmark_node *item = cmark_node_parent(node);
    bool tight = is_open(item) && cmark_node_get_type(item) == CMARK_NODE_ITEM &&
                 cmark_node_get_list_tight(cmark_node_parent(item));
    if (!tight) {
        nodes_begin(out, "p");
        open_node(out, node);
    }
}

static void enter_heading(struct nodes *out, cmark_node *node)
{
    int level = cmark_node_get_heading_level(node);
    nodes_begin(out, "h");
    nodes_int(out, "level", level < 3 ? level : 3);
    open_node(out, node);
}

/* First word after the fence; NULL if it is none. */
static const char *code_language(const char *info, struct arena *arena)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789+#._-";
    size_t length = info ? strcspn(info, " \t") : 0;
    if (length == 0 || length > LANG_BYTES_MAX || strspn(info, allowed) != length) {
        return NULL;
    }
    return arena_memdup(arena, info, length);
}

static void write_code_block(struct nodes *out, cmark_node *node)
{
    const char *language = code_language(cmark_node_get_fence_info(node), out->arena);
    nodes_begin(out, "code");
    if (language) {
        nodes_text(out, "lang", language);
    }
    nodes_text(out, "text", restore_escapes(cmark_node_get_literal(node), out->arena));
    nodes_end(out);
}

static void write_code(struct nodes *out, cmark_node *node)
{
    nodes_begin(out, "c");
    nodes_text(out, "text", restore_escapes(cmark_node_get_literal(node), out->arena));
    nodes_end(out);
}

/* What was typed as HTML is shown as it was typed. */
static void write_as_paragraph(struct nodes *out, const char *text)
{
    nodes_begin(out, "p");
    nodes_open(out);
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '\n') {
        length--;
    }
    nodes_collect(out, arena_memdup(out->arena, text, length));
    nodes_flush(out);
    nodes_close(out);
}

/* true: its children are to be left out. */
static bool enter_node(struct nodes *out, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
        enter_quote(out, node);
        break;
    case CMARK_NODE_LIST:
        enter_list(out, node);
        break;
    case CMARK_NODE_ITEM:
        enter_item(out, node);
        break;
    case CMARK_NODE_PARAGRAPH:
        enter_paragraph(out, node);
        break;
    case CMARK_NODE_HEADING:
        enter_heading(out, node);
        break;
    case CMARK_NODE_EMPH:
        enter_emphasis(out, node, "em");
        break;
    case CMARK_NODE_STRONG:
        enter_emphasis(out, node, "strong");
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        return enter_link(out, node);
    case CMARK_NODE_CODE_BLOCK:
        write_code_block(out, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        write_as_paragraph(out, restore_escapes(cmark_node_get_literal(node), out->arena));
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        nodes_begin(out, "hr");
        nodes_end(out);
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        nodes_break(out);
        break;
    case CMARK_NODE_CODE:
        write_code(out, node);
        break;
    default: /* the document; text is collected before */
        break;
    }
    return false;
}

static void leave_node(struct nodes *out, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
        out->links--;
    }
    if (is_open(node)) {
        nodes_close(out);
    }
}

/* cmark's own iterator: no recursion, however deep the text nests. */
static void write_tree(struct nodes *out, cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    while (!out->too_large && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE) {
            nodes_collect(out, cmark_node_get_literal(node));
            continue;
        }
        nodes_flush(out);
        if (event == CMARK_EVENT_EXIT) {
            leave_node(out, node);
        } else if (enter_node(out, node)) {
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT); /* past its end */
        }
    }
    cmark_iter_free(iter);
}

static enum err check_size(const struct nodes *out, const char *field, struct problem *problem)
{
    if (out->too_large || out->json.len > LIMIT_NODES_BYTES) {
        return problem_set(
            problem, ERR_TOO_LONG, field,
            PHRASE("65536 octets une fois mis en forme", "65536 bytes once laid out"));
    }
    if (out->mentions.count > LIMIT_MENTIONS_PER_BODY) {
        return problem_set(problem, ERR_TOO_LONG, field, PHRASE("50 mentions", "50 mentions"));
    }
    return ERR_NONE;
}

#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* cmark drops it, and looks at what follows */

/* One line in which no character means anything to CommonMark: begun by a letter, without any of
 * those that open or escape something, and without a space at its end. Most messages are, and
 * cmark would only give the line back. */
static bool is_prose(const char *body)
{
    unsigned char first = (unsigned char)body[0];
    size_t length = strcspn(body, "\\`*_[]<>&!\n\r\t");
    bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
                  (first >= 0xC3 && !str_starts(body, BYTE_ORDER_MARK));
    return letter && body[length] == '\0' && body[length - 1] != ' ';
}

static void write_parsed(struct nodes *out, const char *body)
{
    const char *marked = mark_escapes(body, out->arena);
    cmark_node *document = cmark_parse_document(marked, strlen(marked), CMARK_OPT_DEFAULT);
    write_tree(out, document);
    cmark_node_free(document);
    if (out->json.len == 1) { /* a definition of a link alone: better shown than lost */
        write_as_paragraph(out, body);
    }
}

static enum err write_document(struct nodes *out, const char *body, const char *field,
                               struct markdown *result, struct problem *problem)
{
    buf_text(&out->json, "[");
    if (is_prose(body)) {
        write_as_paragraph(out, body);
    } else {
        write_parsed(out, body);
    }
    buf_add(&out->json, "]", 1);
    result->nodes = arena_memdup(out->arena, out->json.data, out->json.len);
    result->mentions = out->mentions;
    return check_size(out, field, problem);
}

enum err markdown_parse(const char *body, const char *field, const struct markdown_world *world,
                        struct arena *arena, struct markdown *out, struct problem *problem)
{
    if (!utf8_valid(body, strlen(body))) {
        return problem_set(problem, ERR_CHARACTERS, field, NULL);
    }
    if (str_is_blank(body)) {
        return problem_set(problem, ERR_EMPTY, field, NULL);
    }
    if (strlen(body) > LIMIT_BODY_BYTES) {
        return problem_set(problem, ERR_TOO_LONG, field, PHRASE("16384 octets", "16384 bytes"));
    }
    struct nodes output;
    nodes_init(&output, world, arena);
    enum err err = write_document(&output, body, field, out, problem);
    nodes_finish(&output);
    return err;
}
