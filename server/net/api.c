/* POST /api/v1/<name>: from a body to a request of live/, and from its outcome to the answer. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "net/exchange.h"
#include "wire/json.h"

/* "beffroi=TOKEN; ..." or, with an empty token, the order to forget it. */
static const char *cookie_text(struct exchange *exchange, const char *token)
{
    const struct site *site = &exchange->connection->net->site;
    return arena_printf(&exchange->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
                        site->cookie, token, token[0] ? LIMIT_SESSION_DAYS * 86400 : 0,
                        site->https ? "; Secure" : "");
}

static int retry_after(const struct request *request)
{
    int64_t seconds = 2;
    if (request->err == ERR_RATE && request->problem.arg) {
        if (!str_to_int(request->problem.arg, 1, 86400, &seconds)) {
            seconds = 1;
        }
    }
    int status = err_status(request->err);
    return status == 429 || status == 503 ? (int)seconds : 0;
}

/* The browser's session is over: it need not send that cookie again. */
static const char *new_cookie(struct exchange *exchange, const struct request *request)
{
    if (exchange->connection->kind != DOOR_PUBLIC) {
        return NULL;
    }
    if (request->err == ERR_NONE && request->set_cookie_token) {
        return cookie_text(exchange, request->set_cookie_token);
    }
    return request->err == ERR_LOGIN && exchange->by_cookie ? cookie_text(exchange, "") : NULL;
}

void api_answer(struct exchange *exchange, struct request *request)
{
    buf_add(&exchange->text, request->reply.data, request->reply.len);
    answer_send(exchange, &(struct answer){.status = err_status(request->err),
                                           .type = request->err ? "application/problem+json"
                                                                : "application/json",
                                           .body = exchange->text.data,
                                           .body_bytes = exchange->text.len,
                                           .set_cookie = new_cookie(exchange, request),
                                           .retry_after_s = retry_after(request)});
}

static void on_done(struct request *request)
{
    struct exchange *exchange = request->owner;
    exchange->request = NULL;
    api_answer(exchange, request);
    http_end(exchange);
}

/* What is about a connection has no meaning without one. */
static enum err check_command(struct request *request)
{
    const struct command *command = request->command;
    return command->kind == BREATH || command->socket_only
               ? problem_set(&request->problem, ERR_SOCKET_ONLY, NULL, NULL)
               : ERR_NONE;
}

static enum err decode(struct exchange *exchange, struct request *request)
{
    const char *name = exchange->head.path + strlen(API_PREFIX);
    struct json *params = NULL;
    enum err err = head_credential(exchange->connection, &exchange->arena, &exchange->head,
                                   &request->credential, &exchange->by_cookie, &request->problem);
    if (!err && exchange->body.len > 0) {
        err = json_parse(exchange->body.data, exchange->body.len, &request->arena, &params,
                         &request->problem);
    }
    if (!err) {
        err = request_decode(request, name, params);
    }
    json_release(params);
    return err ? err : check_command(request);
}

struct request *api_request(struct exchange *exchange)
{
    struct request *request = request_create(exchange->connection->net->live);
    request->address = arena_strdup(&request->arena, exchange->head.address);
    request->user_agent = arena_strdup(&request->arena, exchange->head.user_agent);
    request->lang = exchange->head.lang;
    return request;
}

void api_ask(struct exchange *exchange, struct request *request,
             void (*done)(struct request *request))
{
    request->done = done;
    request->owner = exchange;
    exchange->request = request;
    exchange->state = EXCHANGE_ASKED;
    http_hold(exchange);
    request_submit(request);
}

void api_call(struct exchange *exchange)
{
    struct request *request = api_request(exchange);
    if (decode(exchange, request)) {
        answer_problem(exchange, &request->problem);
        request_destroy(request);
        return;
    }
    buf_finish(&exchange->body); /* decoded: its memory need not wait for the answer */
    api_ask(exchange, request, on_done);
}
