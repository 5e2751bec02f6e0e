/* libFuzzer: the head of a request, and who it says is asking. libwebsockets' own parser is not in
 * it: what it would hand on is taken from the input, a line a header, by functions that stand for
 * its own. */
#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "fuzz.h"
#include "net/asset.h"
#include "net/head.h"
#include "net/upload.h"

enum { HEADERS_MAX = 40, VALUE_BYTES = 9000 };

static struct {
    char values[WSI_TOKEN_COUNT][VALUE_BYTES];
    const char *custom[HEADERS_MAX]; /* whole lines */
    int customs;
} given;

/* --- in the place of libwebsockets ------------------------------------------------------------ */

int lws_hdr_total_length(struct lws *wsi, enum lws_token_indexes token)
{
    (void)wsi;
    return (int)strlen(given.values[token]);
}

int lws_hdr_copy(struct lws *wsi, char *dest, int len, enum lws_token_indexes token)
{
    (void)wsi;
    size_t bytes = strlen(given.values[token]);
    if ((int)bytes >= len) {
        return -1;
    }
    memcpy(dest, given.values[token], bytes + 1);
    return (int)bytes;
}

static const char *custom(const char *name, int nlen)
{
    for (int i = 0; i < given.customs; i++) {
        if (strncasecmp(given.custom[i], name, (size_t)nlen) == 0) {
            return given.custom[i] + nlen;
        }
    }
    return NULL;
}

int lws_hdr_custom_length(struct lws *wsi, const char *name, int nlen)
{
    (void)wsi;
    const char *value = custom(name, nlen);
    return value ? (int)strlen(value) : -1;
}

int lws_hdr_custom_copy(struct lws *wsi, char *dst, int len, const char *name, int nlen)
{
    (void)wsi;
    const char *value = custom(name, nlen);
    if (!value || (int)strlen(value) >= len) {
        return -1;
    }
    memcpy(dst, value, strlen(value) + 1);
    return (int)strlen(value);
}

/* --- the input -------------------------------------------------------------------------------- */

/* Repeated headers come joined. */
static void add(int token, const char *value)
{
    char *out = given.values[token];
    size_t used = strlen(out), bytes = strlen(value);
    bool is_cookie = token == WSI_TOKEN_HTTP_COOKIE;
    if (used + bytes + 3 < VALUE_BYTES) {
        snprintf(out + used, VALUE_BYTES - used, "%s%s", used ? is_cookie ? "; " : "," : "", value);
    }
}

static void take_line(char *line)
{
    for (int token = 0; token < WSI_TOKEN_COUNT; token++) {
        const char *name = (const char *)lws_token_to_string((enum lws_token_indexes)token);
        size_t bytes = name ? strlen(name) : 0;
        if (bytes > 1 && strncasecmp(line, name, bytes) == 0) {
            add(token, line + bytes + strspn(line + bytes, " "));
            return;
        }
    }
    if (given.customs < HEADERS_MAX) {
        given.custom[given.customs++] = line;
    }
}

static void take(char *text)
{
    for (int i = 0; i < WSI_TOKEN_COUNT; i++) {
        given.values[i][0] = '\0';
    }
    given.customs = 0;
    for (char *line = strtok_r(text, "\n", &text); line; line = strtok_r(text, "\n", &text)) {
        take_line(line);
    }
}

/* --- what must hold --------------------------------------------------------------------------- */

static bool is_clean(const char *text)
{
    for (; text && *text; text++) {
        if (((unsigned char)*text < ' ' && *text != '\t') || *text == 0x7F) {
            return false;
        }
    }
    return true;
}

static void check_head(const struct head *head, const struct connection *connection)
{
    char length[32];
    unsigned char address[16];
    const char *const texts[] = {
        head->host,          head->origin,   head->accept, head->accept_encoding,
        head->if_none_match, head->if_range, head->range,  head->content_type,
        head->user_agent,    head->address};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        check(is_clean(texts[i]));
    }
    check(given.values[WSI_TOKEN_HTTP_TRANSFER_ENCODING][0] == '\0');
    snprintf(length, sizeof length, "%zu", head->body_bytes);
    const char *said = given.values[WSI_TOKEN_HTTP_CONTENT_LENGTH];
    check(strlen(said) <= 12 && strspn(said, "0123456789") == strlen(said));
    check(strcmp(length, said + strspn(said, "0")) == 0 || head->body_bytes == 0);
    check(head->body_bytes == 0 || (head->verb != VERB_GET && head->verb != VERB_HEAD));
    check(!head->has_body || head->body_bytes > 0);
    check(!head->user_agent || (utf8_valid(head->user_agent, strlen(head->user_agent)) &&
                                strlen(head->user_agent) <= 200));
    check(strcmp(head->address, connection->address) == 0 ||
          (connection->is_proxy && (inet_pton(AF_INET, head->address, address) == 1 ||
                                    inet_pton(AF_INET6, head->address, address) == 1)));
}

static bool has_bearer(void)
{
    return strncasecmp(given.values[WSI_TOKEN_HTTP_AUTHORIZATION], "Bearer ", 7) == 0;
}

static void check_credential(struct connection *connection, struct arena *arena,
                             const struct head *head)
{
    const struct site *site = &connection->net->site;
    struct credential by_link, direct;
    struct problem problem = {0};
    bool link_cookie = false, cookie = false;
    enum err link =
        head_credential_of_link(connection, arena, head, &by_link, &link_cookie, &problem);
    enum err err = head_credential(connection, arena, head, &direct, &cookie, &problem);
    check(link == ERR_NONE || err != ERR_NONE);
    if (link == ERR_NONE) {
        check(site_has_host(site, head->host));
        check(!head->origin || site_has_origin(site, head->origin));
        check(!(link_cookie && has_bearer()));
        check((by_link.kind == CREDENTIAL_SECRET) == (link_cookie || has_bearer()));
    }
    if (err == ERR_NONE) { /* no other site can have sent this cookie */
        check(!cookie || site_has_origin(site, head->origin));
        check(direct.kind != CREDENTIAL_OPERATOR);
    }
}

/* Pairs are counted by another road: the pieces between semicolons. */
static void check_cookie(const char *header, struct arena *arena)
{
    char out[64];
    int pairs = 0;
    char *rest = arena_strdup(arena, header);
    for (char *pair = strsep(&rest, ";"); pair; pair = strsep(&rest, ";")) {
        pair += strspn(pair, " \t");
        pairs += strncmp(pair, "beffroi=", 8) == 0;
    }
    bool found = cookie_find(header, "beffroi", out, sizeof out);
    check(!found || (pairs == 1 && *out && strlen(out) < sizeof out && !strchr(out, ';')));
    check(!found || strstr(header, out) != NULL);
    check(found || pairs != 1 || strlen(header) >= 8);
}

static void check_lists(const struct head *head)
{
    const struct asset asset = {.bytes = {{"", ""}, {"", ""}, {"", ""}}};
    enum asset_encoding encoding = asset_choose(&asset, head->accept_encoding);
    const char *name = asset_encoding_name(encoding);
    check(!name || strcasestr(head->accept_encoding, name) != NULL);
    bool matches = etag_matches(head->if_none_match, "\"abc\"");
    check(!matches || strstr(head->if_none_match, "\"abc\"") || strchr(head->if_none_match, '*'));
    check(head->path[0] == '\0' || !upload_is_key(head->path) || strlen(head->path) == 26);
}

int fuzz_head(const uint8_t *data, size_t bytes)
{
    static struct net net;
    if (bytes == 0) {
        return 0;
    }
    struct arena arena;
    arena_init(&arena);
    take(arena_memdup(&arena, data + 1, bytes - 1));
    check(site_init(&net.site, data[0] & 1 ? "https://club.fr" : "http://127.0.0.1:8080"));
    struct connection connection = {.net = &net, .is_proxy = (data[0] & 2) != 0};
    memcpy(connection.address, "192.0.2.7", sizeof "192.0.2.7");
    struct head head;
    struct problem problem = {0};
    enum err err = head_read(&connection, &arena, &head, &problem);
    check(err == problem.err && head.path != NULL);
    if (err == ERR_NONE) {
        check_head(&head, &connection);
        check_credential(&connection, &arena, &head);
        check_lists(&head);
        const char *version = head_custom(connection.wsi, &arena, "tus-resumable:");
        check(!version || (is_clean(version) && *version != ' '));
    }
    check_cookie(given.values[WSI_TOKEN_HTTP_COOKIE], &arena);
    arena_finish(&arena);
    return 0;
}
