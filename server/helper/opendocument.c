/* content.xml of OpenDocument (ISO/IEC 26300): paragraphs and titles, within slides or tables. */
#include "base/str.h"
#include "helper/office.h"

static bool is_paragraph(const char *element)
{
    return str_equal(element, "p") || str_equal(element, "h");
}

/* What was taken out, what is said beside the text or to the speaker alone. */
static bool is_skipped(const char *element)
{
    return str_equal(element, "tracked-changes") || str_equal(element, "annotation") ||
           str_equal(element, "notes");
}

static bool open_begin(void *context, const char *element, const char **attributes)
{
    struct office *office = context;
    (void)attributes;
    if (is_paragraph(element)) {
        office->taking++;
    } else if (str_equal(element, "s") || str_equal(element, "tab")) {
        office_add(office, " ", 1);
    } else if (str_equal(element, "line-break")) {
        office_add(office, "\n", 1);
    }
    return !is_skipped(element);
}

static void open_end(void *context, const char *element)
{
    struct office *office = context;
    if (is_paragraph(element)) {
        office->taking--;
        office_add(office, "\n", 1);
    }
}

static void open_text(void *context, const char *text, size_t bytes)
{
    struct office *office = context;
    if (office->taking > 0) {
        office_add(office, text, bytes);
    }
}

const struct markup_visitor open_visitor = {open_begin, open_end, open_text};

static bool open_slides_begin(void *context, const char *element, const char **attributes)
{
    struct office *office = context;
    if (str_equal(element, "page")) {
        sink_page(office->sink, ++office->begun, "");
    }
    return open_begin(context, element, attributes);
}

const struct markup_visitor open_slides_visitor = {open_slides_begin, open_end, open_text};

static bool open_sheets_begin(void *context, const char *element, const char **attributes)
{
    struct office *office = context;
    if (str_equal(element, "table")) {
        const char *name = markup_attribute(attributes, "name", false);
        sink_page(office->sink, ++office->begun, name ? name : "");
    }
    return open_begin(context, element, attributes);
}

static void open_sheets_end(void *context, const char *element)
{
    struct office *office = context;
    if (is_paragraph(element)) {
        office->taking--;
        office_add(office, " ", 1);
    } else if (str_equal(element, "table-row")) {
        office_add(office, "\n", 1);
    }
}

const struct markup_visitor open_sheets_visitor = {open_sheets_begin, open_sheets_end, open_text};
