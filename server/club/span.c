#include "club/span.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"

#define ID_DIGITS_MAX 18 /* below INT64_MAX */

/* --- characters ------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Spaces and punctuation beyond ASCII that French text puts around words. */
static bool is_wide_break(uint32_t c)
{
    return c == 0xA0 || c == 0xAB || c == 0xBB || (c >= 0x2000 && c <= 0x206F) || c == 0x3000;
}

/* The character at `at` belongs to a word: a letter or a digit, of any alphabet. */
static bool is_word_at(const char *text, size_t at)
{
    if ((unsigned char)text[at] < 0x80) {
        return is_ascii_alnum(text[at]) || text[at] == '_';
    }
    const char *cursor = text + at;
    return !is_wide_break(utf8_next(&cursor));
}

/* Nothing before `at` that it would be the end of: "a@tous" is no mention, "\@tous" neither. */
static bool begins_word(const char *text, size_t at)
{
    if (at == 0) {
        return true;
    }
    size_t before = at - 1;
    while (before > 0 && ((unsigned char)text[before] & 0xC0) == 0x80) {
        before--;
    }
    return text[before] != SPAN_ESCAPE && !is_word_at(text, before);
}

/* Nothing after `at` that continues the word: "@tous, ..." ends, "@tous-les" and "@tous.fr" go on.
 */
static bool ends_word(const char *text, size_t at)
{
    if (text[at] == '\0') {
        return true;
    }
    bool joined = strchr("-.'@", text[at]) && text[at + 1] != '\0' && is_word_at(text, at + 1);
    return !joined && !is_word_at(text, at);
}

/* Digits at `at`; 0 if there are none, or too many. */
static int64_t read_id(const char *text, size_t at, size_t *end_out)
{
    int64_t id = 0;
    size_t end = at;
    while (is_digit(text[end]) && end - at < ID_DIGITS_MAX) {
        id = id * 10 + (text[end] - '0');
        end++;
    }
    *end_out = end;
    return is_digit(text[end]) ? 0 : id;
}

/* --- links ------------------------------------------------------------------------------------ */

static size_t scheme_length(const char *text)
{
    if (strncasecmp(text, "https://", 8) == 0) {
        return 8;
    }
    return strncasecmp(text, "http://", 7) == 0 ? 7 : 0;
}

/* A bare address stops at spaces of any width, quotes and guillemets. */
static size_t address_end(const char *text, size_t at)
{
    while (text[at]) {
        const char *next = text + at;
        uint32_t c = utf8_next(&next);
        bool stops = c < 0x80 ? c <= ' ' || strchr("<>\"`", (int)c) != NULL : is_wide_break(c);
        if (stops) {
            break;
        }
        at = (size_t)(next - text);
    }
    return at;
}

/* The full stop that ends the sentence, the parenthesis the address stands in: not the address's.
 * Brackets are counted once, so that ten thousand of them take no longer than they should. */
static size_t address_trim(const char *text, size_t start, size_t end)
{
    static const char opening[] = "([{", closing[] = ")]}";
    int unopened[3] = {0};
    for (size_t i = start; i < end; i++) {
        for (int pair = 0; pair < 3; pair++) {
            unopened[pair] += (text[i] == closing[pair]) - (text[i] == opening[pair]);
        }
    }
    for (; end > start; end--) {
        char last = text[end - 1];
        const char *bracket = strchr(closing, last);
        if (bracket && unopened[bracket - closing]-- <= 0) {
            break;
        }
        if (!bracket && !strchr(".,;:!?'*_~", last)) {
            break;
        }
    }
    return end;
}

static bool begins_host(char c)
{
    return is_ascii_alnum(c) || (c & 0x80) || c == '[';
}

static bool find_link(const char *text, size_t at, const char *public_url, struct span *out)
{
    size_t host = at + scheme_length(text + at);
    if (host == at || !begins_host(text[host]) || !begins_word(text, at)) {
        return false;
    }
    size_t end = address_trim(text, at, address_end(text, at));
    *out = (struct span){.kind = SPAN_LINK, .start = at, .end = end};
    char address[256] = {0};
    if (end - at < sizeof address) {
        memcpy(address, text + at, end - at);
        address[end - at] = '\0';
        span_of_address(address, public_url, out);
    }
    return end > host;
}

/* "?edition=3" at `*end`, which moves behind it; 0 if it says something else. */
static int64_t read_edition(const char *path, size_t *end)
{
    static const char name[] = "?edition=";
    size_t after = 0;
    int64_t edition =
        str_starts(path + *end, name) ? read_id(path, *end + strlen(name), &after) : 0;
    *end = edition ? after : *end;
    return edition;
}

static bool read_own(const char *path, enum span_kind kind, const char *prefix, struct span *out)
{
    if (!str_starts(path, prefix)) {
        return false;
    }
    size_t end;
    int64_t id = read_id(path, strlen(prefix), &end);
    int64_t edition = kind == SPAN_RESOURCE && id ? read_edition(path, &end) : 0;
    if (id == 0 || path[end] != '\0') {
        return false;
    }
    out->kind = kind;
    out->id = id;
    out->edition = edition;
    return true;
}

bool span_of_address(const char *address, const char *public_url, struct span *out)
{
    size_t length = public_url ? strlen(public_url) : 0;
    if (length > 0 && strncmp(address, public_url, length) == 0) {
        const char *path = address + length;
        return read_own(path, SPAN_MESSAGE, "/message/", out) ||
               read_own(path, SPAN_EVENT, "/evenement/", out) ||
               read_own(path, SPAN_RESOURCE, "/ressource/", out) ||
               read_own(path, SPAN_TOWN, "/pvd/", out);
    }
    return read_own(address, SPAN_MESSAGE, "#message:", out) ||
           read_own(address, SPAN_TOWN, "#pvd:", out);
}

/* --- mentions and marks ----------------------------------------------------------------------- */

/* Names are looked up without case, and with é or e. */
static const struct {
    const char *name;
    enum span_kind kind;
    enum role role;
} group_names[] = {
    {"tous", SPAN_ALL, ROLE_ANIMATEUR},
    {"prefecture", SPAN_ROLE, ROLE_ANIMATEUR},
    {"animateurs", SPAN_ROLE, ROLE_ANIMATEUR},
    {"chefs-de-projet", SPAN_ROLE, ROLE_CHEF_DE_PROJET},
    {"elus", SPAN_ROLE, ROLE_ELU},
    {"partenaires", SPAN_ROLE, ROLE_PARTENAIRE},
};

/* Bytes of `text` that say `name`; 0 if they say something else. */
static size_t match_name(const char *text, const char *name)
{
    size_t at = 0;
    for (; *name; name++) {
        const char *next = text + at;
        uint32_t c = text[at] ? utf8_next(&next) : 0;
        if (c >= 'A' && c <= 'Z') {
            c += 'a' - 'A';
        }
        if (c == 0xE9 || c == 0xC9) {
            c = 'e';
        }
        if (c != (unsigned char)*name) {
            return 0;
        }
        at = (size_t)(next - text);
    }
    return at;
}

static bool find_group(const char *text, size_t at, struct span *out)
{
    for (size_t i = 0; i < sizeof group_names / sizeof *group_names; i++) {
        size_t length = match_name(text + at + 1, group_names[i].name);
        if (length > 0 && ends_word(text, at + 1 + length)) {
            *out = (struct span){.kind = group_names[i].kind,
                                 .start = at,
                                 .end = at + 1 + length,
                                 .role = group_names[i].role};
            return true;
        }
    }
    return false;
}

static bool find_mention(const char *text, size_t at, struct span *out)
{
    if (!begins_word(text, at)) {
        return false;
    }
    if (text[at + 1] != '[') {
        return find_group(text, at, out);
    }
    size_t end;
    int64_t id = read_id(text, at + 2, &end);
    if (id == 0 || text[end] != ']') {
        return false;
    }
    *out = (struct span){.kind = SPAN_PERSON, .start = at, .end = end + 1, .id = id};
    return true;
}

static bool find_mark(const char *text, size_t at, const char *prefix, enum span_kind kind,
                      struct span *out)
{
    if (!str_starts(text + at, prefix) || !begins_word(text, at)) {
        return false;
    }
    size_t end;
    int64_t id = read_id(text, at + strlen(prefix), &end);
    if (id == 0 || !ends_word(text, end)) {
        return false;
    }
    *out = (struct span){.kind = kind, .start = at, .end = end, .id = id};
    return true;
}

bool span_find(const char *text, size_t from, const char *public_url, struct span *out)
{
    for (size_t at = from; text[at]; at++) {
        switch (text[at]) {
        case 'h':
        case 'H':
            if (find_link(text, at, public_url, out)) {
                return true;
            }
            break;
        case '@':
            if (find_mention(text, at, out)) {
                return true;
            }
            break;
        case '#':
            if (find_mark(text, at, "#message:", SPAN_MESSAGE, out) ||
                find_mark(text, at, "#pvd:", SPAN_TOWN, out)) {
                return true;
            }
            break;
        default:
            break;
        }
    }
    return false;
}
