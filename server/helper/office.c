#include "helper/office.h"

#include <string.h>

#include "base/str.h"

void office_add(struct office *office, const char *text, size_t bytes)
{
    if (!office->part) {
        sink_add(office->sink, text, bytes);
    } else if (office->kept + bytes <= LIMIT_TEXT_BYTES) {
        buf_add(&office->part->text, text, bytes);
        office->kept += bytes;
    } else {
        office->kept = LIMIT_TEXT_BYTES + 1;
    }
}

bool office_is_full(const struct office *office)
{
    return office->sink->full || office->kept > LIMIT_TEXT_BYTES;
}

/* --- from the zip to the XML ------------------------------------------------------------------ */

static void begin_member(struct office *office, const struct markup_visitor *visitor)
{
    markup_destroy(office->markup);
    office->markup = markup_create(visitor, office);
    office->taking = 0;
}

static bool add_piece(void *context, const char *data, size_t bytes, bool last)
{
    struct office *office = context;
    return markup_add(office->markup, data, bytes, last);
}

static bool is_enough(void *context)
{
    return office_is_full(context);
}

static bool walk(struct office *office, bool (*wants)(void *context, const char *name))
{
    const struct zip_visitor visitor = {wants, add_piece, is_enough};
    return zip_walk(&office->zip, &visitor, office);
}

/* --- one content in the order it is read ------------------------------------------------------ */

static bool wants_word(void *context, const char *name)
{
    struct office *office = context;
    bool wanted = str_equal(name, "word/document.xml") || str_equal(name, "word/footnotes.xml") ||
                  str_equal(name, "word/endnotes.xml");
    if (wanted) {
        office->begun++;
        begin_member(office, &word_visitor);
    }
    return wanted;
}

static bool wants_content(void *context, const char *name)
{
    struct office *office = context;
    bool wanted = str_equal(name, "content.xml") && office->markup == NULL;
    if (wanted) {
        begin_member(office, office->visitor);
    }
    return wanted;
}

/* --- slides and sheets, in files of their own ------------------------------------------------- */

static bool wants_list(void *context, const char *name)
{
    struct office *office = context;
    bool wanted = str_equal(name, "ppt/presentation.xml") || str_equal(name, "xl/workbook.xml");
    bool is_shared = str_equal(name, "xl/sharedStrings.xml") && office->shared_ends.count == 0;
    if (wanted || is_shared) {
        begin_member(office, wanted ? &list_visitor : &shared_visitor);
    }
    return wanted || is_shared;
}

static bool wants_relations(void *context, const char *name)
{
    bool wanted = str_equal(name, "ppt/_rels/presentation.xml.rels") ||
                  str_equal(name, "xl/_rels/workbook.xml.rels");
    if (wanted) {
        begin_member(context, &relation_visitor);
    }
    return wanted;
}

/* A target is from the root of the zip, or beside the list. */
static bool is_path(const char *target, const char *name)
{
    if (*target == '/') {
        return str_equal(target + 1, name);
    }
    const char *folder = strchr(name, '/');
    return folder && str_equal(target, folder + 1);
}

static bool wants_part(void *context, const char *name)
{
    struct office *office = context;
    for (size_t i = 0; i < office->parts.count; i++) {
        struct office_part *part = &office->parts.items[i];
        if (part->path && !part->is_read && is_path(part->path, name)) {
            part->is_read = true;
            office->part = part;
            begin_member(office, office->visitor);
            return true;
        }
    }
    return false;
}

static void give_parts(struct office *office)
{
    for (size_t i = 0; i < office->parts.count; i++) {
        struct office_part *part = &office->parts.items[i];
        sink_page(office->sink, (int)i + 1, part->name);
        sink_add(office->sink, part->text.data ? part->text.data : "", part->text.len);
        buf_finish(&part->text);
    }
    sink_finish(office->sink);
}

static bool read_parts(struct office *office, const struct markup_visitor *visitor)
{
    office->visitor = visitor;
    bool read = walk(office, wants_list) && office->parts.count > 0 &&
                walk(office, wants_relations) && walk(office, wants_part);
    office->part = NULL;
    give_parts(office);
    return read;
}

/* ---------------------------------------------------------------------------------------------- */

static bool read_open(struct office *office, const struct markup_visitor *visitor)
{
    office->visitor = visitor;
    bool read = walk(office, wants_content) && office->markup != NULL;
    sink_finish(office->sink);
    return read;
}

static bool read_word(struct office *office)
{
    bool read = walk(office, wants_word) && office->begun > 0;
    sink_finish(office->sink);
    return read;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t bytes = strlen(text);
    return bytes >= strlen(ending) && str_equal(text + bytes - strlen(ending), ending);
}

static bool read_type(struct office *office, const char *type)
{
    if (ends_with(type, "wordprocessingml.document")) {
        return read_word(office);
    }
    if (ends_with(type, "presentationml.presentation")) {
        return read_parts(office, &word_visitor);
    }
    if (ends_with(type, "spreadsheetml.sheet")) {
        return read_parts(office, &sheet_visitor);
    }
    if (ends_with(type, "opendocument.presentation")) {
        return read_open(office, &open_slides_visitor);
    }
    return read_open(office, ends_with(type, "opendocument.spreadsheet") ? &open_sheets_visitor
                                                                         : &open_visitor);
}

bool office_read(const struct content *content, const char *type, struct sink *sink)
{
    struct office office = {.zip = {content, 0, 0}, .sink = sink};
    arena_init(&office.arena);
    bool read = read_type(&office, type);
    markup_destroy(office.markup);
    buf_finish(&office.shared);
    buf_finish(&office.cell);
    arena_finish(&office.arena);
    return read;
}

/* --- which of the six it is ------------------------------------------------------------------- */

struct finding {
    const char *type;
    bool has_program; /* macros */
    char named[128];  /* what OpenDocument calls itself, in a member of that name */
    size_t named_bytes;
};

static bool find_type(void *context, const char *name)
{
    static const char *const mains[][2] = {
        {"word/document.xml",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"ppt/presentation.xml",
         "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    struct finding *finding = context;
    for (size_t i = 0; i < sizeof mains / sizeof *mains; i++) {
        if (str_equal(name, mains[i][0])) {
            finding->type = mains[i][1];
        }
    }
    finding->has_program = finding->has_program || ends_with(name, "/vbaProject.bin");
    return str_equal(name, "mimetype") && finding->named_bytes == 0;
}

static bool keep_named(void *context, const char *data, size_t bytes, bool last)
{
    struct finding *finding = context;
    bool fits = finding->named_bytes + bytes < sizeof finding->named;
    if (fits && !last) {
        memcpy(finding->named + finding->named_bytes, data, bytes);
        finding->named_bytes += bytes;
    }
    return fits;
}

static bool never_enough(void *context)
{
    (void)context;
    return false;
}

const char *office_type(const struct content *content)
{
    const struct zip_visitor visitor = {find_type, keep_named, never_enough};
    struct zip zip = {content, 0, 0};
    struct finding finding = {0};
    if (!zip_walk(&zip, &visitor, &finding)) {
        return NULL;
    }
    const struct media *named = media_find(finding.named);
    if (named->read == MEDIA_READ_OFFICE) {
        finding.type = named->type;
    }
    return finding.type && finding.has_program ? "application/octet-stream" : finding.type;
}
