#include "net/asset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int compare(const void *path, const void *asset)
{
    return strcmp(path, ((const struct asset *)asset)->path);
}

const struct asset *asset_find(const char *path)
{
    return bsearch(path, assets, asset_count, sizeof *assets, compare);
}

const char *asset_encoding_name(enum asset_encoding encoding)
{
    static const char *const names[] = {NULL, "gzip", "br"};
    return names[encoding];
}

/* A list member's q is 0 ("gzip;q=0", "gzip; q=0.00"): refused by name. */
static bool is_refused(const char *params, size_t bytes)
{
    const char *q = memchr(params, '=', bytes);
    return q && q[1] == '0' && strspn(q + 1, "0.") >= bytes - (size_t)(q + 1 - params);
}

static bool is_accepted(const char *list, const char *name)
{
    while (*list) {
        list += strspn(list, " \t,");
        size_t bytes = strcspn(list, ","), coding = strcspn(list, ";, \t");
        if (coding == strlen(name) && strncasecmp(list, name, coding) == 0) {
            return !is_refused(list + coding, bytes - coding);
        }
        list += bytes;
    }
    return false;
}

enum asset_encoding asset_choose(const struct asset *asset, const char *accept_encoding)
{
    for (int encoding = ASSET_BR; accept_encoding && encoding > ASSET_IDENTITY; encoding--) {
        if (asset->bytes[encoding].start &&
            is_accepted(accept_encoding, asset_encoding_name((enum asset_encoding)encoding))) {
            return (enum asset_encoding)encoding;
        }
    }
    return ASSET_IDENTITY;
}

bool etag_matches(const char *if_none_match, const char *etag)
{
    const char *list = if_none_match;
    while (list && *list) {
        list += strspn(list, " \t,");
        list += strncmp(list, "W/", 2) == 0 ? 2 : 0;
        size_t bytes = strcspn(list, ", \t");
        if ((bytes == 1 && *list == '*') ||
            (bytes == strlen(etag) && memcmp(list, etag, bytes) == 0)) {
            return true;
        }
        list += bytes;
    }
    return false;
}
