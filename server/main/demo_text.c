#include "main/demo_text.h"

#include <string.h>

/* The files go in as they are; .incbin in a read-only section (an object made by `ld -b binary`
 * would have writable data and an executable stack). */
__asm__(".section .rodata\n"
        ".global demo_text_start, demo_library_start\n"
        "demo_text_start:\n.incbin \"server/main/demo.txt\"\n"
        ".byte 0\n"
        "demo_library_start:\n.incbin \"server/main/demo_library.txt\"\n"
        ".byte 0\n.text\n");
extern const char demo_text_start[], demo_library_start[]; /* NUL-terminated */

static void cut_fields(char *line, struct demo_record *record)
{
    for (int i = 0; i < DEMO_FIELDS; i++) {
        record->fields[i] = "";
    }
    for (int i = 0; i < DEMO_FIELDS && line; i++) {
        char *bar = i < DEMO_FIELDS - 1 ? strstr(line, " | ") : NULL;
        if (bar) {
            *bar = '\0';
        }
        record->fields[i] = line + strspn(line, " ");
        line = bar ? bar + 3 : NULL;
    }
}

/* "\n" of the file becomes a line break, "\f" the end of a page. */
static void unescape(char *line)
{
    for (char *found = line; (found = strchr(found, '\\')); found++) {
        if (found[1] == 'n' || found[1] == 'f') {
            *found = found[1] == 'n' ? '\n' : '\f';
            memmove(found + 1, found + 2, strlen(found + 2) + 1);
        }
    }
}

struct demo_text demo_text_read(struct arena *arena)
{
    return demo_text_parse(demo_text_start, arena);
}

struct demo_text demo_library_read(struct arena *arena)
{
    return demo_text_parse(demo_library_start, arena);
}

struct demo_text demo_text_parse(const char *source, struct arena *arena)
{
    struct demo_text text = {0};
    char *copy = arena_strdup(arena, source);
    int number = 0;
    for (char *line = copy; line;) {
        char *end = strchr(line, '\n');
        if (end) {
            *end = '\0';
        }
        number++;
        if (*line && *line != '#') {
            struct demo_record record = {.line = number};
            unescape(line);
            cut_fields(line, &record);
            ARENA_PUSH(arena, &text, record);
        }
        line = end ? end + 1 : NULL;
    }
    return text;
}
