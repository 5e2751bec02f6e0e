#include "base/media.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

static const struct media list[] = {
#define MEDIA(type, extensions, contents, shown, read)                                             \
    {(type), (extensions), (contents), MEDIA_##shown, MEDIA_READ_##read},
#include "base/media.def"
#undef MEDIA
};
static const struct media unknown = {"application/octet-stream", "", "", MEDIA_SAVED,
                                     MEDIA_READ_NONE};
enum { LIST_COUNT = sizeof list / sizeof *list };

const struct media *media_find(const char *type)
{
    for (size_t i = 0; i < LIST_COUNT; i++) {
        if (str_equal(list[i].type, type)) {
            return &list[i];
        }
    }
    return &unknown;
}

static bool has_word(const char *words, const char *word)
{
    size_t bytes = strlen(word);
    while (bytes > 0 && *words) {
        size_t len = strcspn(words, " ");
        if (len == bytes && strncasecmp(words, word, bytes) == 0) {
            return true;
        }
        words += len + (words[len] == ' ');
    }
    return false;
}

static bool is_called(const struct media *media, const char *content_type)
{
    return str_equal(media->type, content_type) || has_word(media->contents, content_type);
}

static const struct media *image_of(const char *content_type)
{
    for (size_t i = 0; i < LIST_COUNT; i++) {
        if (list[i].shown == MEDIA_IMAGE && is_called(&list[i], content_type)) {
            return &list[i];
        }
    }
    return &unknown;
}

const struct media *media_of(const char *content_type, const char *name)
{
    const char *dot = strrchr(name, '.');
    const struct media *found = image_of(content_type);
    for (size_t i = 0; dot && found == &unknown && i < LIST_COUNT; i++) {
        if (has_word(list[i].extensions, dot + 1) && is_called(&list[i], content_type)) {
            found = &list[i];
        }
    }
    return found;
}
