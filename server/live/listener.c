/* A connection's life in the hub: join, receive, resume, leave. */
#include <stdlib.h>

#include "base/mem.h"
#include "club/session_resume.h"
#include "live/engine.h"
#include "wire/frame.h"

static void send_frame(struct listener *listener, const struct buf *json)
{
    struct buf frame;
    buf_init(&frame);
    frame_text(&frame, json->data, json->len);
    struct shared_bytes *bytes = shared_bytes_create(frame.data, frame.len);
    buf_finish(&frame);
    hub_send(&listener->live->hub, listener, bytes);
    shared_bytes_release(bytes);
}

static void send_reply(struct request *request)
{
    send_frame(request->owner, &request->reply);
}

/* --- requests of a listener ------------------------------------------------------------------- */

static struct request *request_for(struct listener *listener, void (*done)(struct request *))
{
    struct request *request = request_create(listener->live);
    request->credential =
        (struct credential){.kind = CREDENTIAL_SESSION, .session = listener->session};
    request->owner = listener;
    request->done = done;
    request->next_of_owner = listener->requests;
    request->link_of_owner = &listener->requests;
    if (listener->requests) {
        listener->requests->link_of_owner = &request->next_of_owner;
    }
    listener->requests = request;
    listener->request_count++;
    return request;
}

/* The request no longer belongs to a listener: it was answered, or the listener left. */
void request_detach(struct request *request)
{
    if (!request->link_of_owner) {
        return;
    }
    struct listener *listener = request->owner;
    *request->link_of_owner = request->next_of_owner;
    if (request->next_of_owner) {
        request->next_of_owner->link_of_owner = request->link_of_owner;
    }
    request->link_of_owner = NULL;
    request->owner = NULL;
    listener->request_count--;
}

/* --- join ------------------------------------------------------------------------------------- */

/* Hears what the access list says, which a reader saw at `head`, then what came since. Where the
 * ring does not reach back that far the connection is closed, and comes again. */
static void subscribe_at(struct listener *listener, const struct access_list *access, int64_t head)
{
    struct live *live = listener->live;
    if (head < live->ring.floor) {
        hub_close(&live->hub, listener, 1013);
        return;
    }
    int64_t *audiences = mem_alloc(mem_size(access->count, sizeof *audiences, 1));
    for (size_t i = 0; i < access->count; i++) {
        audiences[i] = access->items[i].audience;
    }
    hub_subscribe(&live->hub, listener, audiences, access->count);
    free(audiences);
    listener->cursor = head;
    hub_replay(&live->hub, listener, ring_after(&live->ring, head));
}

static void joined(struct request *request)
{
    struct listener *listener = request->owner;
    struct live *live = listener->live;
    const struct hello *hello = request->out;
    if (request->err) {
        bool over = request->err == ERR_LOGIN || request->err == ERR_SUSPENDED;
        listener->ops->close(listener, over ? 4401 : 1013, over ? "session over" : "busy");
        return;
    }
    if (hub_sockets(&live->hub, hello->me->id) >= LIMIT_SOCKETS_PER_PERSON) {
        listener->ops->close(listener, 4429, "too many connections");
        return;
    }
    listener->person = hello->me->id;
    listener->session = hello->session;
    listener->joined = true;
    hub_add(&live->hub, listener);
    struct buf json;
    buf_init(&json);
    rpc_notify(&json, "hello", hello_fields, hello);
    send_frame(listener, &json);
    buf_finish(&json);
    status_greet(listener);
    subscribe_at(listener, &hello->access, hello->cursor);
}

void listener_join(struct live *live, struct listener *listener,
                   const struct credential *credential, enum lang lang)
{
    listener->live = live;
    struct request *request = request_for(listener, joined);
    request->credential = *credential;
    request->command = &hello_command;
    request->lang = lang;
    request->in = arena_alloc(&request->arena, 1);
    request->out = arena_alloc(&request->arena, hello_command.out_bytes);
    request_submit(request);
}

void listener_leave(struct listener *listener)
{
    while (listener->requests) {
        request_detach(listener->requests);
    }
    if (listener->joined) {
        listener->joined = false;
        hub_remove(&listener->live->hub, listener);
    }
}

/* --- resume ----------------------------------------------------------------------------------- */

/* Live facts skip the listener while a reader gathers what it missed; the ring then brings those
 * that came meanwhile. If the reader failed they would be a hole: it is closed, and comes again. */
static void resumed(struct request *request)
{
    struct listener *listener = request->owner;
    struct hub *hub = &listener->live->hub;
    const struct resume_out *out = request->out;
    listener->resuming = false;
    if (request->err) {
        hub_close(hub, listener, 1013);
        return;
    }
    if (out->frame_bytes) {
        struct shared_bytes *bytes = shared_bytes_create(out->frames, out->frame_bytes);
        hub_send(hub, listener, bytes);
        shared_bytes_release(bytes);
    }
    send_reply(request);
    subscribe_at(listener, &out->access, out->cursor);
}

/* --- receive ---------------------------------------------------------------------------------- */

/* Ends here a request that no other thread is asked about. */
static void answer_now(struct request *request)
{
    if (request->err) {
        request_refuse(request);
    }
    send_reply(request);
    request_detach(request);
    request_destroy(request);
}

/* A reader has allowed this breath, or refused it. */
static void breathed(struct request *request)
{
    if (!request->err) {
        breath_run(request->owner, request);
        if (request->err) {
            request_refuse(request);
        }
    }
    send_reply(request);
}

static enum err refuse_by_kind(struct listener *listener, struct request *request)
{
    if (request->command->http_only) {
        return problem_set(&request->problem, ERR_HTTP_ONLY, NULL, NULL);
    }
    if (request->command == &session_resume_command && listener->resuming) {
        return problem_set(&request->problem, ERR_BUSY, NULL, NULL);
    }
    return ERR_NONE;
}

static void dispatch(struct listener *listener, struct request *request)
{
    const struct command *command = request->command;
    bool is_breath = command->kind == BREATH;
    bool at_once = is_breath && !command->run;
    request->err = refuse_by_kind(listener, request);
    if (!request->err && at_once) {
        breath_run(listener, request);
    }
    if (request->err || at_once) {
        answer_now(request);
        return;
    }
    if (is_breath) {
        request->done = breathed;
    }
    if (command == &session_resume_command) {
        listener->resuming = true;
        request->done = resumed;
    }
    request_submit(request);
}

bool listener_receive(struct listener *listener, const char *frame, size_t bytes, enum lang lang)
{
    struct request *request = request_for(listener, send_reply);
    request->lang = lang;
    request->rpc_id = "null";
    struct rpc_call call = {0};
    request->err = rpc_parse(frame, bytes, &request->arena, &call, &request->problem);
    if (call.id) {
        request->rpc_id = call.id;
    }
    if (!request->err) {
        request_decode(request, call.method, call.params);
    }
    json_release(call.document);
    if (request->err) {
        answer_now(request);
    } else {
        dispatch(listener, request);
    }
    bool has_room = listener->request_count < LIMIT_SOCKET_INFLIGHT;
    hub_settle(&listener->live->hub); /* may close it */
    return has_room;
}
