#include "net/handshake.h"

#include <string.h>

#include "base/str.h"
#include "net/socket.h"

enum { KEY_BYTES = 24 /* base64 of 16 bytes */ };

/* "keep-alive, Upgrade" has the token "upgrade" (RFC 9110 5.6.1). */
static bool list_has(const char *list, const char *token)
{
    size_t bytes = strlen(token);
    while (list && *list) {
        list += strspn(list, " \t,");
        size_t item = strcspn(list, " \t,");
        if (item == bytes && strncasecmp(list, token, bytes) == 0) {
            return true;
        }
        list += item;
    }
    return false;
}

static bool has_text(struct lws *wsi, struct arena *arena, enum lws_token_indexes token,
                     const char *wanted)
{
    const char *text = head_value(wsi, arena, token);
    return text && strcmp(text, wanted) == 0;
}

/* RFC 6455 4.2.1: version 13, a nonce of 16 bytes, no body; exactly our subprotocol; our path. */
static enum err check_handshake(struct lws *wsi, struct arena *arena, const struct head *head,
                                struct problem *problem)
{
    const char *key = head_value(wsi, arena, WSI_TOKEN_KEY);
    if (head->verb != VERB_GET || strcmp(head->path, "/ws") != 0) {
        return problem_set(problem, ERR_NOT_FOUND, NULL, NULL);
    }
    if (head->is_1_0 || head->body_bytes > 0) {
        return problem_set(problem, ERR_HEADER, NULL, "Upgrade");
    }
    if (!has_text(wsi, arena, WSI_TOKEN_VERSION, "13")) {
        return problem_set(problem, ERR_HEADER, NULL, "Sec-WebSocket-Version");
    }
    if (!key || strlen(key) != KEY_BYTES || strcmp(key + KEY_BYTES - 2, "==") != 0 ||
        strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") !=
            KEY_BYTES - 2) {
        return problem_set(problem, ERR_HEADER, NULL, "Sec-WebSocket-Key");
    }
    if (!has_text(wsi, arena, WSI_TOKEN_PROTOCOL, SOCKET_PROTOCOL)) {
        return problem_set(problem, ERR_HEADER, NULL, "Sec-WebSocket-Protocol");
    }
    return ERR_NONE;
}

const char *handshake_fault(struct lws *wsi)
{
    struct arena arena;
    const char *fault = NULL;
    arena_init(&arena);
    const char *upgrade = head_value(wsi, &arena, WSI_TOKEN_UPGRADE);
    if (lws_hdr_total_length(wsi, WSI_TOKEN_UPGRADE) != (int)strlen("websocket") ||
        !str_equal_nocase(upgrade, "websocket")) {
        fault = "Upgrade";
    } else if (!list_has(head_value(wsi, &arena, WSI_TOKEN_CONNECTION), "upgrade")) {
        fault = "Connection";
    } else if (!has_text(wsi, &arena, WSI_TOKEN_PROTOCOL, SOCKET_PROTOCOL)) {
        fault = "Sec-WebSocket-Protocol";
    }
    arena_finish(&arena);
    return fault;
}

enum err handshake_check(struct connection *connection, struct arena *arena, struct head *head,
                         struct credential *credential, struct problem *problem)
{
    enum err err = head_read(connection, arena, head, problem);
    if (!err && connection->kind != DOOR_PUBLIC) {
        err = problem_set(problem, ERR_NOT_FOUND, NULL, NULL);
    }
    if (!err) {
        err = check_handshake(connection->wsi, arena, head, problem);
    }
    if (!err) {
        err = head_credential(connection, arena, head, credential, NULL, problem);
    }
    if (!err && credential->kind == CREDENTIAL_NONE) {
        err = problem_set(problem, ERR_LOGIN, NULL, NULL);
    }
    if (!err && connection->net->state != NET_RUNNING) {
        err = problem_set(problem, ERR_BUSY, NULL, NULL);
    }
    if (!err && head->address && !connection_count(connection, head->address)) {
        err = problem_set(problem, ERR_RATE, NULL, "60");
    }
    return err;
}
