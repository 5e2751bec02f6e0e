#include "club/meeting_link.h"

#include <stdint.h>
#include <string.h>

#include "base/str.h"

enum { LINK_BYTES = 2048, HOST_BYTES = 256, NESTING = 3 };

/* A link as a browser takes it: lower case, %XX decoded, no empty segment. */
struct link {
    char host[HOST_BYTES];
    char path[LINK_BYTES];
    char tail[LINK_BYTES]; /* what follows the path: "?a=b&c=d#e" */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool is_host_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/* --- taking a link apart ---------------------------------------------------------------------- */

/* false where %XX makes a character that has no place in a link. */
static bool decode(const char *from, size_t bytes, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)from[i];
        if (c == '%' && i + 2 < bytes) {
            char digits[3] = {from[i + 1], from[i + 2], '\0'};
            i += hex_decode(digits, &c, 1) ? 2 : 0;
        }
        if (c < ' ' || c == 0x7F || c == '\\') {
            return false;
        }
        out[length++] = lower((char)c);
    }
    out[length] = '\0';
    return true;
}

static void join_slashes(char *path)
{
    char *out = path;
    for (const char *at = path; *at; at++) {
        if (*at != '/' || at[1] != '/') {
            *out++ = *at;
        }
    }
    *out = '\0';
}

static bool read_host(const char *authority, size_t bytes, char *out)
{
    size_t length = 0;
    while (length < bytes && length < HOST_BYTES - 1 && is_host_char(lower(authority[length]))) {
        out[length] = lower(authority[length]);
        length++;
    }
    out[length] = '\0';
    bool port = length < bytes && authority[length] == ':';
    for (size_t i = length + 1; port && i < bytes; i++) {
        port = authority[i] >= '0' && authority[i] <= '9';
    }
    return strchr(out, '.') && (length == bytes || port);
}

static bool starts_nocase(const char *text, size_t bytes, const char *prefix)
{
    size_t length = strlen(prefix);
    return bytes >= length && strncasecmp(text, prefix, length) == 0;
}

/* What follows the scheme. A name before the host, dots that climb the path and spaces are refused:
 * they are there to deceive. */
static bool read_after_scheme(const char *url, size_t bytes, struct link *out)
{
    size_t host = 0;
    size_t path;
    while (host < bytes && !strchr("/?#", url[host])) {
        host++;
    }
    for (path = host; path < bytes && !strchr("?#", url[path]); path++) {
    }
    if (bytes >= LINK_BYTES || memchr(url, ' ', bytes) || !read_host(url, host, out->host) ||
        !decode(url + host, path - host, out->path) ||
        !decode(url + path, bytes - path, out->tail)) {
        return false;
    }
    join_slashes(out->path);
    return !strstr(out->path, "/./") && !strstr(out->path, "/../");
}

/* The scheme may be missing: it is in a text. */
static bool read_link(const char *url, size_t bytes, struct link *out)
{
    size_t scheme = starts_nocase(url, bytes, "https://")  ? strlen("https://")
                    : starts_nocase(url, bytes, "http://") ? strlen("http://")
                                                           : 0;
    return read_after_scheme(url + scheme, bytes - scheme, out);
}

/* --- platforms -------------------------------------------------------------------------------- */

static bool host_is(const struct link *link, const char *name)
{
    size_t host = strlen(link->host);
    size_t bytes = strlen(name);
    return host >= bytes && strcmp(link->host + host - bytes, name) == 0 &&
           (host == bytes || link->host[host - bytes - 1] == '.');
}

#define WEBCONF "webconf.numerique.gouv.fr"
#define ZOOM    "zoom.us"

static const struct {
    const char *host, *name; /* the host, or any under it */
} platforms[] = {{"visio.numerique.gouv.fr", "Visio"},
                 {"webinaire.numerique.gouv.fr", "Webinaire de l'État"},
                 {WEBCONF, "Webconf"},
                 {"teams.microsoft.com", "Teams"},
                 {"teams.live.com", "Teams"},
                 {ZOOM, "Zoom"}};

static const char *platform_of(const struct link *link)
{
    for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++) {
        if (host_is(link, platforms[i].host)) {
            return platforms[i].name;
        }
    }
    return NULL;
}

/* --- links of a host -------------------------------------------------------------------------- */

/* A whole segment of the path. */
static bool has_segment(const struct link *link, const char *segment)
{
    size_t bytes = strlen(segment);
    for (const char *at = link->path; (at = strchr(at, '/')); at++) {
        if (strncmp(at + 1, segment, bytes) == 0 && (!at[1 + bytes] || at[1 + bytes] == '/')) {
            return true;
        }
    }
    return false;
}

/* The value of a parameter begins with `value`. */
static bool has_param(const struct link *link, const char *name, const char *value)
{
    size_t bytes = strlen(name);
    for (const char *at = link->tail; (at = strpbrk(at, "?&#")); at++) {
        if (strncmp(at + 1, name, bytes) == 0 && at[1 + bytes] == '=' &&
            str_starts(at + 2 + bytes, value)) {
            return true;
        }
    }
    return false;
}

/* b3desk: /meeting/signin/moderateur/..., /meeting/join/.../moderateur, and the links of its mail
 * plug-in, whoever holds which is a moderator. */
static bool is_desk_host(const struct link *link)
{
    return str_starts(link->path, "/meeting/") &&
           (has_segment(link, "moderateur") || has_segment(link, "moderator") ||
            str_starts(link->path, "/meeting/signinmail/"));
}

/* A call of BigBlueButton's API is signed for one person: a moderator unless it says otherwise. */
static bool is_api_call(const struct link *link)
{
    return strstr(link->path, "/bigbluebutton/api/") && !has_param(link, "role", "viewer");
}

static bool is_zoom_host(const struct link *link)
{
    return host_is(link, ZOOM) && (str_starts(link->path, "/s/") || has_segment(link, "start") ||
                                   has_param(link, "zak", ""));
}

static bool is_teams_host(const struct link *link)
{
    return str_equal(platform_of(link), "Teams") &&
           (has_segment(link, "meetingoptions") || strstr(link->tail, "/meetingoptions"));
}

/* Jitsi: the token makes a moderator. */
static bool is_webconf_host(const struct link *link)
{
    return host_is(link, WEBCONF) && has_param(link, "jwt", "");
}

/* The platform (or "BigBlueButton") whose host's link this is; NULL if it is none. Mail gateways
 * wrap a link in one of their own (Outlook's Safe Links): what is inside counts. */
static const char *host_link(const char *url, size_t bytes, int nesting)
{
    struct link link;
    if (!read_link(url, bytes, &link)) {
        return NULL;
    }
    if (is_desk_host(&link) || is_api_call(&link)) {
        const char *platform = platform_of(&link);
        return platform ? platform : "BigBlueButton";
    }
    if (is_zoom_host(&link) || is_teams_host(&link) || is_webconf_host(&link)) {
        return platform_of(&link);
    }
    const char *inside = strstr(link.tail, "https://");
    return inside && nesting ? host_link(inside, strlen(inside), nesting - 1) : NULL;
}

static enum err refuse(const char *platform, const char *field, struct problem *problem)
{
    return problem_set(problem, ERR_HOST_LINK, field, platform);
}

enum err meeting_link_check(const char *url, const char *field, const char **platform_out,
                            struct problem *problem)
{
    struct link link;
    size_t bytes = strlen(url);
    if (!starts_nocase(url, bytes, "https://") || !read_link(url, bytes, &link)) {
        return problem_set(problem, ERR_LINK, field, NULL);
    }
    *platform_out = platform_of(&link);
    const char *platform = host_link(url, bytes, NESTING);
    return platform ? refuse(platform, field, problem) : ERR_NONE;
}

/* The host's link that begins at `text` and ends before one of `around`; NULL if it is none. */
static const char *host_link_until(const char *text, const char *around)
{
    size_t end = strcspn(text, around);
    while (end && strchr(".:!?_,;*~)]}", text[end - 1])) {
        end--; /* the sentence's, not the link's */
    }
    return end < LINK_BYTES && memchr(text, '/', end) ? host_link(text, end, NESTING) : NULL;
}

/* Where a link ends in a text is a guess: what most take for its end, and the next space. */
enum err meeting_link_check_text(const char *text, const char *field, struct problem *problem)
{
    static const char around[] = " \t\r\n<>()[]{}\"'`|,;*~";
    while (*(text += strspn(text, around))) {
        const char *platform = host_link_until(text, around);
        platform = platform ? platform : host_link_until(text, " \t\r\n<>\"");
        if (platform) {
            return refuse(platform, field, problem);
        }
        text += strcspn(text, around);
    }
    return ERR_NONE;
}

const char *meeting_link_platform(const char *url)
{
    struct link link;
    return url && read_link(url, strlen(url), &link) ? platform_of(&link) : NULL;
}
