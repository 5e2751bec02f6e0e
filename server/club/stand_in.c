/* Tables of the library and of files, until these are there. */
#include "club/resource.h"

#define WEAK __attribute__((weak))

WEAK const struct field file_fields[] = {
    FIELD_LINE(struct file, key, 1, 64, "Its address is /fichier/<key>"),
    FIELD_LINE(struct file, name, 1, LIMIT_FILE_NAME_CHARS, "Name"),
    FIELD_LINE(struct file, type, 1, 100, "Media type"),
    FIELD_INT(struct file, bytes, 0, LIMIT_FILE_BYTES, "Size"),
    FIELD_BOOL_OPT(struct file, has_thumbnail, "/vignette/<key> shows it"),
    FIELD_INT_OPT(struct file, width, 0, INT32_MAX, "Of an image, px"),
    FIELD_INT_OPT(struct file, height, 0, INT32_MAX, "Of an image, px"),
    FIELD_END,
};
static const char *const resource_words[] = {RESOURCE_KIND_WORDS, NULL};
WEAK const struct choice resource_kind_choice = {"ResourceKind", resource_words};
static const char *const territory_words[] = {"town", "commune", "epci", "departement", NULL};
WEAK const struct choice territory_kind_choice = {"TerritoryKind", territory_words};
