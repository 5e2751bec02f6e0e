#include "club/document.h"

const struct field document_fields[] = {
    FIELD_LINE(struct document, type, 1, LIMIT_NAME_CHARS, "Media type"),
    FIELD_LINE_OPT(struct document, name, 1, LIMIT_NAME_CHARS, "Name to save it under"),
    FIELD_TEXT(struct document, body, 0, LIMIT_DOCUMENT_CHARS, "The file"),
    FIELD_BOOL(struct document, is_public, "The same for everybody"),
    FIELD_END,
};
