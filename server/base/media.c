#include "base/media.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

static const struct media list[] = {
#define MEDIA(type, extensions, shown, read) {type, extensions, MEDIA_##shown, MEDIA_READ_##read},
#include "base/media.def"
#undef MEDIA
    {"application/octet-stream", "bin", MEDIA_SAVED, MEDIA_READ_NONE}, /* the last: all others */
};
#define LAST (sizeof list / sizeof *list - 1)

const struct media *media_find(const char *type)
{
    const struct media *media = list;
    while (media != &list[LAST] && !str_equal(media->type, type)) {
        media++;
    }
    return media;
}

/* `extension` is a word of `extensions`. */
static bool is_one_of(const char *extensions, const char *extension)
{
    size_t bytes = strlen(extension);
    for (const char *word = extensions; *word; word += strspn(word, " ")) {
        size_t length = strcspn(word, " ");
        if (length == bytes && strncasecmp(word, extension, bytes) == 0) {
            return true;
        }
        word += length;
    }
    return false;
}

const struct media *media_of(const char *content_type, const char *name)
{
    const struct media *media = media_find(content_type);
    const char *dot = strrchr(name, '.');
    return dot && is_one_of(media->extensions, dot + 1) ? media : &list[LAST];
}
