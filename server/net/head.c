#include "net/head.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "wire/rpc.h"

enum { TOKEN_BYTES_MAX = 200, USER_AGENT_BYTES_MAX = 200, LENGTH_DIGITS_MAX = 12 };

/* Without the spaces and tabs around it (RFC 9112 5.1); NULL if nothing is left. */
static const char *trimmed(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        text[--length] = '\0';
    }
    text += strspn(text, " \t");
    return *text ? text : NULL;
}

const char *head_value(struct lws *wsi, struct arena *arena, enum lws_token_indexes token)
{
    int bytes = lws_hdr_total_length(wsi, token);
    if (bytes <= 0) {
        return NULL;
    }
    char *text = arena_alloc(arena, (size_t)bytes + 1);
    return lws_hdr_copy(wsi, text, bytes + 1, token) < 0 ? NULL : trimmed(text);
}

bool head_has(struct lws *wsi, enum lws_token_indexes token)
{
    char text[2];
    return lws_hdr_total_length(wsi, token) > 0 ||
           lws_hdr_copy_fragment(wsi, text, (int)sizeof text, token, 0) >= 0;
}

/* RFC 9110 5.5: a field value has no control character but the tab; neither has our path. */
static bool has_control(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte < ' ' && byte != '\t') || byte == 0x7f) {
            return true;
        }
    }
    return false;
}

static bool any_control(struct lws *wsi)
{
    char text[LIMIT_HEADER_BYTES + 2];
    for (int token = 0; token < WSI_TOKEN_COUNT; token++) {
        int bytes = lws_hdr_total_length(wsi, (enum lws_token_indexes)token);
        if (bytes <= 0 || token == WSI_TOKEN_HTTP) {
            continue;
        }
        if (bytes > LIMIT_HEADER_BYTES ||
            lws_hdr_copy(wsi, text, (int)sizeof text, (enum lws_token_indexes)token) < 0 ||
            has_control(text, (size_t)bytes)) {
            return true;
        }
    }
    return false;
}

const char *head_custom(struct lws *wsi, struct arena *arena, const char *name)
{
    int name_bytes = (int)strlen(name);
    int bytes = lws_hdr_custom_length(wsi, name, name_bytes);
    if (bytes <= 0 || bytes > LIMIT_HEADER_BYTES) {
        return NULL;
    }
    char *text = arena_alloc(arena, (size_t)bytes + 1);
    if (lws_hdr_custom_copy(wsi, text, bytes + 1, name, name_bytes) < 0) {
        return NULL;
    }
    const char *value = trimmed(text);
    return value && !has_control(value, strlen(value)) ? value : NULL;
}

bool head_has_argument(struct lws *wsi, const char *name, const char *value)
{
    char text[64];
    const char *found = lws_get_urlarg_by_name(wsi, name, text, (int)sizeof text);
    return found && strcmp(found, value) == 0;
}

/* Who cannot send a PATCH sends a POST that says so (tus 1.0.0). */
static enum verb overridden(struct lws *wsi, struct arena *arena)
{
    return str_equal_nocase(head_custom(wsi, arena, "x-http-method-override:"), "PATCH")
               ? VERB_PATCH
               : VERB_POST;
}

static void read_target(struct lws *wsi, struct arena *arena, struct head *out)
{
    static const struct {
        enum lws_token_indexes token;
        enum verb verb;
        bool has_body;
    } verbs[] = {
        {WSI_TOKEN_GET_URI, VERB_GET, false},         {WSI_TOKEN_HEAD_URI, VERB_HEAD, false},
        {WSI_TOKEN_POST_URI, VERB_POST, true},        {WSI_TOKEN_PUT_URI, VERB_OTHER, true},
        {WSI_TOKEN_PATCH_URI, VERB_PATCH, true},      {WSI_TOKEN_DELETE_URI, VERB_OTHER, false},
        {WSI_TOKEN_OPTIONS_URI, VERB_OPTIONS, false}, {WSI_TOKEN_CONNECT, VERB_OTHER, false}};
    out->path = "/";
    out->verb = VERB_OTHER;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const char *path = head_value(wsi, arena, verbs[i].token);
        if (path) {
            out->path = path;
            out->has_body = verbs[i].has_body;
            out->verb = verbs[i].verb == VERB_POST ? overridden(wsi, arena) : verbs[i].verb;
            return;
        }
    }
}

/* One Content-Length of 1 to 12 digits, or none; a repeated one comes joined and is no number. */
static bool read_length(struct lws *wsi, struct arena *arena, size_t *out)
{
    *out = 0;
    const char *text = head_value(wsi, arena, WSI_TOKEN_HTTP_CONTENT_LENGTH);
    int64_t length = 0;
    if (!head_has(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH)) {
        return true;
    }
    if (!text || strlen(text) > LENGTH_DIGITS_MAX ||
        !str_to_int(text, 0, INT64_C(999999999999), &length)) {
        return false;
    }
    *out = (size_t)length;
    return true;
}

/* The last hop of X-Forwarded-For is what our own proxy saw; the ones before are anybody's word. */
static const char *client_address(struct connection *connection, struct arena *arena)
{
    const char *list =
        connection->is_proxy ? head_value(connection->wsi, arena, WSI_TOKEN_X_FORWARDED_FOR) : NULL;
    if (list) {
        const char *comma = strrchr(list, ',');
        const char *last = comma ? comma + 1 : list;
        unsigned char parsed[16];
        last += strspn(last, " \t");
        if (inet_pton(AF_INET, last, parsed) == 1 || inet_pton(AF_INET6, last, parsed) == 1) {
            return last;
        }
    }
    return connection->address[0] ? connection->address : NULL;
}

static const char *read_user_agent(struct lws *wsi, struct arena *arena)
{
    const char *text = head_value(wsi, arena, WSI_TOKEN_HTTP_USER_AGENT);
    return text && utf8_valid(text, strlen(text))
               ? arena_memdup(arena, text, utf8_cut(text, USER_AGENT_BYTES_MAX))
               : NULL;
}

/* RFC 9112 2.3: "HTTP/1." and a digit. What libwebsockets found behind the target's space is
 * there. */
static enum err check_version(struct lws *wsi, struct arena *arena, struct head *head,
                              struct problem *problem)
{
    const char *text = head_value(wsi, arena, WSI_TOKEN_HTTP);
    if (!text || !str_starts(text, "HTTP/")) {
        return problem_set(problem, ERR_REQUEST_LINE, NULL, NULL);
    }
    text += strlen("HTTP/");
    if (!str_starts(text, "1.") || !isdigit((unsigned char)text[2]) || text[3]) {
        return problem_set(problem, ERR_HTTP_VERSION, NULL, NULL);
    }
    head->is_1_0 = text[2] == '0';
    return ERR_NONE;
}

/* RFC 9112 3.2: one, of the form host[:port]; HTTP/1.0 may do without. */
static bool host_is_good(struct lws *wsi, struct arena *arena, const struct head *head)
{
    if (!head_has(wsi, WSI_TOKEN_HOST)) {
        return head->is_1_0;
    }
    return lws_hdr_fragment_length(wsi, WSI_TOKEN_HOST, 1) == 0 &&
           site_is_authority(head_value(wsi, arena, WSI_TOKEN_HOST));
}

static enum err check(struct lws *wsi, struct arena *arena, struct head *head,
                      struct problem *problem)
{
    if (check_version(wsi, arena, head, problem)) {
        return problem->err;
    }
    if (!host_is_good(wsi, arena, head)) {
        return problem_set(problem, ERR_HEADER, NULL, "Host");
    }
    if (any_control(wsi)) {
        return problem_set(problem, ERR_HEADER, NULL, "?");
    }
    if (head_has(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING)) {
        return problem_set(problem, ERR_HEADER, NULL, "Transfer-Encoding");
    }
    if (!read_length(wsi, arena, &head->body_bytes)) {
        return problem_set(problem, ERR_HEADER, NULL, "Content-Length");
    }
    head->has_length = head_has(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH);
    bool is_bare = head->verb == VERB_GET || head->verb == VERB_HEAD || head->verb == VERB_OPTIONS;
    head->has_body = head->has_body && head->body_bytes > 0;
    if (head->body_bytes > 0 && is_bare) {
        return problem_set(problem, ERR_HEADER, NULL, "Content-Length");
    }
    return ERR_NONE;
}

enum err head_read(struct connection *connection, struct arena *arena, struct head *out,
                   struct problem *problem)
{
    struct lws *wsi = connection->wsi;
    *out = (struct head){0};
    read_target(wsi, arena, out);
    out->lang = lang_of(head_value(wsi, arena, WSI_TOKEN_HTTP_ACCEPT_LANGUAGE));
    enum err err = check(wsi, arena, out, problem);
    if (err) {
        return err;
    }
    out->expects_continue =
        str_equal_nocase(head_value(wsi, arena, WSI_TOKEN_HTTP_EXPECT), "100-continue");
    out->host = head_value(wsi, arena, WSI_TOKEN_HOST);
    out->origin = head_value(wsi, arena, WSI_TOKEN_ORIGIN);
    out->accept = head_value(wsi, arena, WSI_TOKEN_HTTP_ACCEPT);
    out->accept_encoding = head_value(wsi, arena, WSI_TOKEN_HTTP_ACCEPT_ENCODING);
    out->if_none_match = head_value(wsi, arena, WSI_TOKEN_HTTP_IF_NONE_MATCH);
    out->if_range = head_value(wsi, arena, WSI_TOKEN_HTTP_IF_RANGE);
    out->range = head_value(wsi, arena, WSI_TOKEN_HTTP_RANGE);
    out->content_type = head_value(wsi, arena, WSI_TOKEN_HTTP_CONTENT_TYPE);
    out->user_agent = read_user_agent(wsi, arena);
    out->address = client_address(connection, arena);
    return ERR_NONE;
}

bool cookie_find(const char *header, const char *name, char *out, size_t out_bytes)
{
    size_t name_bytes = strlen(name);
    int found = 0;
    while (header && *header) {
        header += strspn(header, " \t;");
        size_t pair_bytes = strcspn(header, ";");
        const char *value = header + name_bytes + 1;
        if (pair_bytes > name_bytes && memcmp(header, name, name_bytes) == 0 &&
            header[name_bytes] == '=') {
            size_t bytes = pair_bytes - name_bytes - 1;
            while (bytes > 0 && (value[bytes - 1] == ' ' || value[bytes - 1] == '\t')) {
                bytes--;
            }
            if (bytes == 0 || bytes >= out_bytes) {
                return false;
            }
            memcpy(out, value, bytes);
            out[bytes] = '\0';
            found++;
        }
        header += pair_bytes;
    }
    return found == 1;
}

static void secret(struct credential *out, const char *token)
{
    out->kind = CREDENTIAL_SECRET;
    SHA256((const unsigned char *)token, strlen(token), out->hash);
}

/* RFC 6750 2.1. A token that is no token is still a claim: hashed, it is found nowhere. */
static bool read_bearer(struct lws *wsi, struct arena *arena, struct credential *out)
{
    const char *text = head_value(wsi, arena, WSI_TOKEN_HTTP_AUTHORIZATION);
    if (!text || strncasecmp(text, "Bearer ", 7) != 0) {
        return false;
    }
    secret(out, text + 7 + strspn(text + 7, " "));
    return true;
}

static bool read_cookie(struct connection *connection, struct arena *arena, struct credential *out)
{
    char token[TOKEN_BYTES_MAX + 1];
    const char *header = head_value(connection->wsi, arena, WSI_TOKEN_HTTP_COOKIE);
    if (!cookie_find(header, connection->net->site.cookie, token, sizeof token)) {
        return false;
    }
    secret(out, token);
    return true;
}

enum err head_credential_of_link(struct connection *connection, struct arena *arena,
                                 const struct head *head, struct credential *out, bool *has_cookie,
                                 struct problem *problem)
{
    const struct site *site = &connection->net->site;
    *has_cookie = false;
    *out = (struct credential){.kind = CREDENTIAL_NONE};
    if (connection->kind == DOOR_ADMIN) {
        out->kind = CREDENTIAL_OPERATOR;
        return ERR_NONE;
    }
    if (!site_has_host(site, head->host)) {
        return problem_set(problem, ERR_HEADER, NULL, "Host");
    }
    if (!read_bearer(connection->wsi, arena, out)) {
        *has_cookie = read_cookie(connection, arena, out);
    }
    return head->origin && !site_has_origin(site, head->origin)
               ? problem_set(problem, ERR_ORIGIN, NULL, NULL)
               : ERR_NONE;
}

enum err head_credential(struct connection *connection, struct arena *arena,
                         const struct head *head, struct credential *out, bool *has_cookie,
                         struct problem *problem)
{
    bool by_cookie = false;
    enum err err = head_credential_of_link(connection, arena, head, out, &by_cookie, problem);
    if (has_cookie) {
        *has_cookie = by_cookie;
    }
    return !err && by_cookie && !head->origin ? problem_set(problem, ERR_ORIGIN, NULL, NULL) : err;
}
