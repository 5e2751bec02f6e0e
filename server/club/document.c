#include "club/document.h"

#include <string.h>

#include "base/str.h"
#include "club/command.h"

const struct field document_fields[] = {
    FIELD_LINE(struct document, type, 1, LIMIT_NAME_CHARS, "Media type"),
    FIELD_LINE(struct document, name, 1, LIMIT_LABEL_CHARS, "Name of the file"),
    FIELD_TEXT(struct document, body, 0, LIMIT_CSV_CHARS, "Its content"),
    FIELD_END,
};

enum { NAME_BYTES = 120 }; /* file systems take 255 */

const char *document_name(struct tx *tx, const char *name, const char *extension)
{
    char *safe = arena_strdup(tx->arena, name);
    safe[utf8_cut(safe, NAME_BYTES)] = '\0';
    for (char *s = safe; *s; s++) {
        *s = strchr("/\\:*?\"<>|", *s) || (unsigned char)*s < 0x20 ? '-' : *s;
    }
    return arena_printf(tx->arena, "%s.%s", safe, extension);
}
