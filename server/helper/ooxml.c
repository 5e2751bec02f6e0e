/* The parts of OOXML (ECMA-376) that hold words. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "helper/office.h"

enum { SHARED_BYTES = 33554432, CELL_BYTES = 65536 };

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names && !str_equal(*names, name)) {
        names++;
    }
    return *names != NULL;
}

/* --- text documents and slides ---------------------------------------------------------------- */

/* What moved or is drawn another way elsewhere would be told twice. */
static bool word_begin(void *context, const char *element, const char **attributes)
{
    static const char *const skipped[] = {"Fallback", "moveFrom", "del", NULL};
    struct office *office = context;
    (void)attributes;
    if (is_one_of(element, skipped)) {
        return false;
    }
    if (str_equal(element, "t")) {
        office->taking++;
    } else if (str_equal(element, "tab")) {
        office_add(office, " ", 1);
    } else if (str_equal(element, "br") || str_equal(element, "cr")) {
        office_add(office, "\n", 1);
    }
    return true;
}

static void word_end(void *context, const char *element)
{
    struct office *office = context;
    if (str_equal(element, "t")) {
        office->taking--;
    } else if (str_equal(element, "p")) {
        office_add(office, "\n", 1);
    }
}

static void word_text(void *context, const char *text, size_t bytes)
{
    struct office *office = context;
    if (office->taking > 0) {
        office_add(office, text, bytes);
    }
}

const struct markup_visitor word_visitor = {word_begin, word_end, word_text};

/* --- which slides and sheets there are -------------------------------------------------------- */

static bool list_begin(void *context, const char *element, const char **attributes)
{
    struct office *office = context;
    const char *relation = markup_attribute(attributes, "id", true);
    bool is_part = str_equal(element, "sldId") || str_equal(element, "sheet");
    if (is_part && relation && office->parts.count < LIMIT_TEXT_PAGES) {
        const char *name = markup_attribute(attributes, "name", false);
        struct office_part part = {
            .relation = arena_strdup(&office->arena, relation),
            .name = name ? arena_strdup(&office->arena, name) : "",
        };
        ARENA_PUSH(&office->arena, &office->parts, part);
    }
    return true;
}

static void nothing_ends(void *context, const char *element)
{
    (void)context;
    (void)element;
}

static void no_text(void *context, const char *text, size_t bytes)
{
    (void)context;
    (void)text;
    (void)bytes;
}

const struct markup_visitor list_visitor = {list_begin, nothing_ends, no_text};

static bool relation_begin(void *context, const char *element, const char **attributes)
{
    struct office *office = context;
    const char *id = markup_attribute(attributes, "Id", false);
    const char *target = markup_attribute(attributes, "Target", false);
    if (!str_equal(element, "Relationship") || !id || !target) {
        return true;
    }
    for (size_t i = 0; i < office->parts.count; i++) {
        struct office_part *part = &office->parts.items[i];
        if (!part->path && str_equal(part->relation, id)) {
            part->path = arena_strdup(&office->arena, target);
        }
    }
    return true;
}

const struct markup_visitor relation_visitor = {relation_begin, nothing_ends, no_text};

/* --- workbooks -------------------------------------------------------------------------------- */

static bool shared_begin(void *context, const char *element, const char **attributes)
{
    struct office *office = context;
    (void)attributes;
    office->taking += str_equal(element, "t");
    return !str_equal(element, "rPh"); /* how a Japanese word is said */
}

static void shared_end(void *context, const char *element)
{
    struct office *office = context;
    office->taking -= str_equal(element, "t");
    if (str_equal(element, "si")) {
        ARENA_PUSH(&office->arena, &office->shared_ends, office->shared.len);
    }
}

static void shared_text(void *context, const char *text, size_t bytes)
{
    struct office *office = context;
    if (office->taking > 0 && office->shared.len + bytes <= SHARED_BYTES) {
        buf_add(&office->shared, text, bytes);
    }
}

const struct markup_visitor shared_visitor = {shared_begin, shared_end, shared_text};

static bool sheet_begin(void *context, const char *element, const char **attributes)
{
    struct office *office = context;
    if (str_equal(element, "c")) {
        const char *type = markup_attribute(attributes, "t", false);
        /* s: a shared text; str, inlineStr: its own; b, e: true, false, an error; n: a number */
        office->cell_type = !type ? 'n' : str_equal(type, "s") ? 'S' : *type;
        buf_clear(&office->cell);
    }
    office->taking += str_equal(element, "v") || str_equal(element, "t");
    return !str_equal(element, "rPh");
}

static void add_shared(struct office *office)
{
    int64_t number;
    buf_add(&office->cell, "", 1);
    if (!str_to_int(office->cell.data, 0, (int64_t)office->shared_ends.count - 1, &number)) {
        return;
    }
    size_t from = number > 0 ? office->shared_ends.items[number - 1] : 0;
    office_add(office, office->shared.data + from, office->shared_ends.items[number] - from);
}

static void sheet_end(void *context, const char *element)
{
    struct office *office = context;
    office->taking -= str_equal(element, "v") || str_equal(element, "t");
    if (str_equal(element, "row")) {
        office_add(office, "\n", 1);
    } else if (str_equal(element, "c") && office->cell.len > 0) {
        if (office->cell_type == 'S') {
            add_shared(office);
        } else if (office->cell_type != 'b' && office->cell_type != 'e') {
            office_add(office, office->cell.data, office->cell.len);
        }
        office_add(office, " ", 1);
    }
}

static void sheet_text(void *context, const char *text, size_t bytes)
{
    struct office *office = context;
    if (office->taking > 0 && office->cell.len + bytes <= CELL_BYTES) {
        buf_add(&office->cell, text, bytes);
    }
}

const struct markup_visitor sheet_visitor = {sheet_begin, sheet_end, sheet_text};
