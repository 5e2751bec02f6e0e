#include "club/atom.h"

#include <string.h>

#include "base/zone.h"

/* U+FFFE and U+FFFF. */
static bool is_no_character(const char *text)
{
    return strncmp(text, "\xEF\xBF\xBE", 3) == 0 || strncmp(text, "\xEF\xBF\xBF", 3) == 0;
}

void atom_text(struct buf *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (is_no_character(text)) {
            text += 2;
        } else if (c == '&') {
            buf_text(out, "&amp;");
        } else if (c == '<') {
            buf_text(out, "&lt;");
        } else if (c == '>') {
            buf_text(out, "&gt;");
        } else if (c == '"') {
            buf_text(out, "&quot;");
        } else if (c >= ' ' || c == '\n' || c == '\t') {
            buf_add(out, text, 1);
        }
    }
}

void atom_element(struct buf *out, const char *name, const char *text)
{
    buf_printf(out, "<%s>", name);
    atom_text(out, text);
    buf_printf(out, "</%s>\n", name);
}

void atom_time(struct buf *out, const char *name, int64_t at_ms)
{
    struct local_time at = zone_local(zone_find("UTC"), at_ms);
    buf_printf(out, "<%s>%04d-%02d-%02dT%02d:%02d:%02dZ</%s>\n", name, at.year, at.month, at.day,
               at.hour, at.minute, at.second, name);
}

void atom_link(struct buf *out, const char *rel, const char *type, const char *href)
{
    buf_printf(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    atom_text(out, href);
    buf_text(out, "\"/>\n");
}

void atom_category(struct buf *out, const char *term)
{
    buf_text(out, "<category term=\"");
    atom_text(out, term);
    buf_text(out, "\"/>\n");
}

void atom_entry(struct buf *out, const char *uid, const char *title, int64_t updated,
                int64_t published)
{
    buf_text(out, "<entry>\n<id>urn:uuid:");
    atom_text(out, uid);
    buf_text(out, "</id>\n");
    atom_element(out, "title", title);
    atom_time(out, "updated", updated);
    atom_time(out, "published", published);
}

void atom_begin(struct buf *out, const struct atom_feed *feed)
{
    buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n");
    atom_element(out, "id", feed->self);
    atom_element(out, "title", feed->title);
    atom_time(out, "updated", feed->updated);
    buf_text(out, "<author><name>Le Club Petites villes de demain</name></author>\n");
    atom_link(out, "self", "application/atom+xml", feed->self);
    atom_link(out, "alternate", "text/html", feed->home);
}

struct document atom_end(struct tx *tx, struct buf *out, const struct atom_feed *feed)
{
    buf_text(out, "</feed>\n");
    struct document document = {
        .type = "application/atom+xml; charset=utf-8",
        .body = arena_memdup(tx->arena, out->data, out->len),
        .is_public = feed->is_public,
    };
    buf_finish(out);
    return document;
}
