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

const struct media *media_of(const char *content_type, const char *name)
{
    const char *dot = strrchr(name, '.');
    const struct media *content = media_find(content_type);
    const struct media *found = &unknown;
    for (size_t i = 0; dot && i < LIST_COUNT; i++) {
        const struct media *named = &list[i];
        if (has_word(named->extensions, dot + 1)) {
            bool both_images = content->shown == MEDIA_IMAGE && named->shown == MEDIA_IMAGE;
            found = is_called(named, content_type) ? named : both_images ? content : found;
        }
    }
    return found;
}
