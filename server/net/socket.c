#include "net/socket.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "net/exchange.h"
#include "net/handshake.h"
#include "net/passing.h"
#include "net/socket_inside.h"
#include "net/tcp.h"
#include "wire/frame.h"
#include "wire/rpc.h"

enum { CLOSE_CODES_END = 5000 /* RFC 6455 7.4.2 */ };

static struct socket *of(struct listener *listener)
{
    return (struct socket *)(void *)listener;
}

/* --- the wheel ----------------------------------------------------------------------------------
 */

static void wheel_leave(struct socket *socket)
{
    if (!socket->place) {
        return;
    }
    if (socket->previous) {
        socket->previous->next = socket->next;
    } else {
        *socket->place = socket->next;
    }
    if (socket->next) {
        socket->next->previous = socket->previous;
    }
    socket->place = NULL;
}

static void wheel_set(struct socket *socket, int64_t at_s)
{
    struct net *net = socket->connection->net;
    wheel_leave(socket);
    int64_t soonest = net->now_s + 1;
    socket->place = &net->wheel[(at_s < soonest ? soonest : at_s) % WHEEL_SECONDS];
    socket->previous = NULL;
    socket->next = *socket->place;
    if (socket->next) {
        socket->next->previous = socket;
    }
    *socket->place = socket;
}

/* --- closing ------------------------------------------------------------------------------------
 */

static void pause_reading(struct socket *socket)
{
    if (!socket->paused) {
        socket->paused = true;
        lws_rx_flow_control(socket->connection->wsi, 0);
    }
}

static void read_again(struct socket *socket)
{
    if (socket->paused) {
        socket->paused = false;
        socket->heard_s = socket->connection->net->now_s;
        lws_rx_flow_control(socket->connection->wsi, 1);
    }
}

static void on_close(struct listener *listener, int code, const char *reason)
{
    struct socket *socket = of(listener);
    if (socket->connection && !socket->close_code) {
        socket->close_code = (uint16_t)code;
        socket->close_reason = reason;
        socket_todo(socket);
    }
}

static const struct listener_ops ops = {socket_queue, on_close};

/* Without a word: libwebsockets would go on reading what comes until the peer has answered one. */
static void hang_up(struct socket *socket)
{
    on_close(&socket->listener, LWS_CLOSE_STATUS_ABNORMAL_CLOSE, NULL);
}

/* What still waits may follow no close frame: it is let go of. */
static void leave(struct socket *socket)
{
    if (socket->is_open) {
        socket->is_open = false;
        queue_clear(&socket->queue);
        socket->connection->net->counters.sockets--;
        listener_leave(&socket->listener);
    }
}

static void destroy(struct socket *socket)
{
    queue_clear(&socket->queue);
    buf_finish(&socket->incoming);
    free(socket);
}

/* Outside every callback of this socket, or libwebsockets would go on with what is freed here. */
static void shut(struct socket *socket)
{
    struct lws *wsi = socket->connection->wsi;
    const char *reason = socket->close_reason ? socket->close_reason : "";
    if (socket->close_code != LWS_CLOSE_STATUS_ABNORMAL_CLOSE) {
        socket_flush(socket, lws_partial_buffered(wsi));
        lws_close_reason(wsi, (enum lws_close_status)socket->close_code,
                         (unsigned char *)(uintptr_t)reason, strlen(reason));
    }
    leave(socket);
    wheel_leave(socket);
    read_again(socket);
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC);
}

void socket_gone(struct connection *connection)
{
    struct socket *socket = connection->socket;
    if (!socket) {
        return;
    }
    leave(socket);
    wheel_leave(socket);
    connection->socket = NULL;
    socket->connection = NULL;
    if (!socket->in_todo) {
        destroy(socket);
    }
}

static void end_turn(struct socket *socket)
{
    socket->in_todo = false;
    if (!socket->connection) {
        destroy(socket);
        return;
    }
    if (socket->close_code) {
        shut(socket);
        return;
    }
    if (socket->listener.joined) {
        read_again(socket);
    }
    socket_flush(socket, socket->backed_up);
}

/* More may be added while it runs. */
void socket_turn(struct net *net)
{
    struct todo *todo = &net->todo;
    for (size_t i = 0, asked = 0; i < todo->count; i++) {
        if (i == asked) {
            asked = socket_look_ahead(todo, i);
        }
        end_turn(todo->sockets[i]);
    }
    todo->count = 0;
}

bool socket_waits(const struct socket *socket)
{
    return socket && (socket->listener.request_count > 0 || !queue_is_empty(&socket->queue));
}

void socket_close_all(struct net *net, int code, const char *reason)
{
    for (int i = 0; i < WHEEL_SECONDS; i++) {
        for (struct socket *socket = net->wheel[i]; socket; socket = socket->next) {
            on_close(&socket->listener, code, reason);
        }
    }
    socket_turn(net);
}

/* --- time ---------------------------------------------------------------------------------------
 */

static void ping(struct socket *socket)
{
    /* Final, ping; one byte comes back in the pong: libwebsockets tells of no empty one. */
    static const char frame[] = {(char)0x89, 1, '.'};
    struct shared_bytes *bytes = shared_bytes_create(frame, sizeof frame);
    (void)socket_queue(&socket->listener, bytes); /* no room: then it has plenty to confirm */
    shared_bytes_release(bytes);
    socket->pinged = true;
}

static bool is_in_message(const struct socket *socket)
{
    return socket->incoming.len > 0 || socket->fragments > 0;
}

static bool message_is_late(const struct socket *socket, int64_t now_s)
{
    return is_in_message(socket) &&
           (now_s - socket->incoming_since_s) * MS_PER_SECOND >= LIMIT_FRAGMENT_MS;
}

/* Of pings libwebsockets tells nothing: it answers them by itself. So what came while nothing was
 * heard is weighed: a flood of them, not the one of a library that keeps its line alive. Nor does
 * it tell of a frame before its head is whole: who sends something, and for seconds no answer to
 * our ping, is within one. What we have not read yet may be that answer. */
static bool is_noisy(struct socket *socket, int64_t silent_s)
{
    if (silent_s < LIMIT_LISTEN_S) {
        return false;
    }
    uint32_t came = tcp_received(socket->fd);
    if (silent_s < LIMIT_PING_S) {
        socket->came = came;
    }
    uint32_t more = came - socket->came;
    bool mutters = silent_s >= LIMIT_MUTTER_S && more > 0 && !tcp_unread(socket->fd);
    return more > LIMIT_SOCKET_CONTROL || mutters;
}

/* Who reads nothing and goes on asking is never silent, and fills its queue as slowly as it likes.
 */
static bool takes_nothing(struct socket *socket, int64_t now_s)
{
    if (!socket->stuck_since_s || now_s - socket->stuck_since_s < LIMIT_TAKE_S) {
        return false;
    }
    int64_t confirmed = tcp_confirmed(socket->fd);
    if (confirmed >= 0 && confirmed == socket->stuck_at) {
        return true;
    }
    socket->stuck_since_s = now_s;
    socket->stuck_at = confirmed;
    return false;
}

static int64_t next_look_s(const struct socket *socket, int64_t silent_s)
{
    int64_t after_s = silent_s >= LIMIT_MUTTER_S   ? LIMIT_HANGUP_S
                      : silent_s >= LIMIT_PING_S   ? LIMIT_MUTTER_S
                      : silent_s >= LIMIT_LISTEN_S ? LIMIT_PING_S
                                                   : LIMIT_LISTEN_S;
    int64_t at_s = socket->heard_s + after_s, stuck_s = socket->stuck_since_s + LIMIT_TAKE_S;
    return socket->stuck_since_s && stuck_s < at_s ? stuck_s : at_s;
}

static void look_at(struct socket *socket, int64_t now_s)
{
    int64_t silent_s = now_s - socket->heard_s;
    if (socket->listener.joined) {
        read_again(socket);
    }
    if (is_noisy(socket, silent_s) || takes_nothing(socket, now_s)) {
        hang_up(socket);
    } else if (message_is_late(socket, now_s)) {
        on_close(&socket->listener, LWS_CLOSE_STATUS_POLICY_VIOLATION, "fragments");
    } else if (silent_s >= LIMIT_HANGUP_S) {
        on_close(&socket->listener, LWS_CLOSE_STATUS_ABNORMAL_CLOSE, NULL);
    } else if (silent_s >= LIMIT_PING_S && !socket->pinged) {
        ping(socket);
    }
    wheel_set(socket, is_in_message(socket) ? now_s + 1 : next_look_s(socket, silent_s));
}

void socket_second(struct net *net)
{
    struct socket *socket = net->wheel[net->now_s % WHEEL_SECONDS];
    while (socket) {
        struct socket *next = socket->next;
        look_at(socket, net->now_s);
        socket = next;
    }
}

/* --- coming in ----------------------------------------------------------------------------------
 */

/* Whether the credential is good is for a reader to find out: listener_join() says hello or 4401.
 */
static int on_upgrade(struct connection *connection)
{
    struct arena arena;
    struct head head;
    struct credential credential;
    struct problem problem = {0};
    arena_init(&arena);
    enum err err = handshake_check(connection, &arena, &head, &credential, &problem);
    if (err) {
        answer_refusal(connection, head.lang, &problem);
    } else {
        struct socket *socket = mem_alloc_line(sizeof *socket);
        socket->listener.ops = &ops;
        socket->net = connection->net;
        socket->connection = connection;
        socket->wsi = connection->wsi;
        socket->fd = lws_get_socket_fd(connection->wsi);
        socket->is_tls = lws_is_ssl(connection->wsi);
        socket->credential = credential;
        socket->lang = head.lang;
        connection->socket = socket;
    }
    arena_finish(&arena);
    return err ? -1 : 0;
}

static int on_open(struct connection *connection)
{
    struct socket *socket = connection->socket;
    struct net *net = connection->net;
    if (!socket) {
        return -1;
    }
    socket->is_open = true;
    socket->heard_s = net->now_s;
    pace_init(&socket->pace);
    passing_leave(connection);
    net->counters.sockets++;
    net->counters.sockets_opened++;
    wheel_set(socket, net->now_s + LIMIT_LISTEN_S);
    pause_reading(socket); /* until hello: before it, nobody knows who is speaking */
    listener_join(net->live, &socket->listener, &socket->credential, socket->lang);
    return 0;
}

static void refuse_frame(struct socket *socket, const char *frame, size_t bytes)
{
    struct arena arena;
    struct buf json, out;
    struct rpc_call call = {0};
    struct problem problem = {0};
    arena_init(&arena);
    buf_init(&json);
    buf_init(&out);
    if (!rpc_parse(frame, bytes, &arena, &call, &problem)) {
        json_release(call.document);
        problem = (struct problem){.err = ERR_RATE, .arg = "1"};
    }
    rpc_error(&json, call.id, &problem, socket->lang);
    frame_text(&out, json.data, json.len);
    struct shared_bytes *answer = shared_bytes_create(out.data, out.len);
    if (!socket_queue(&socket->listener, answer)) {
        on_close(&socket->listener, LWS_CLOSE_STATUS_POLICY_VIOLATION, "rate");
    }
    shared_bytes_release(answer);
    buf_finish(&out);
    buf_finish(&json);
    arena_finish(&arena);
}

static void on_message(struct socket *socket, const char *data, size_t bytes)
{
    struct connection *connection = socket->connection;
    connection->net->counters.frames_in++;
    if (connection->net->state != NET_RUNNING) {
        return; /* not done, so not answered: it is sent again after the restart */
    }
    enum pace_word word = pace_frame(&socket->pace, bytes);
    if (word == PACE_FLOOD) {
        hang_up(socket);
    } else if (word == PACE_REFUSED) {
        refuse_frame(socket, data, bytes);
    } else if (!listener_receive(&socket->listener, data, bytes, socket->lang)) {
        pause_reading(socket);
    }
}

/* What was answered before leaves before the close frame, and nothing follows it (RFC 6455 5.5.1).
 */
static int refuse_message(struct socket *socket, enum lws_close_status code, const char *reason)
{
    struct lws *wsi = socket->wsi;
    socket_flush(socket, lws_partial_buffered(wsi));
    lws_close_reason(wsi, code, (unsigned char *)(uintptr_t)reason, strlen(reason));
    leave(socket);
    return -1;
}

/* What the message may not be, by what is known of it so far. */
static int refuse_piece(struct socket *socket, size_t bytes, size_t left)
{
    if (lws_frame_is_binary(socket->connection->wsi)) {
        return refuse_message(socket, LWS_CLOSE_STATUS_UNACCEPTABLE_OPCODE, "text only");
    }
    /* Announced, not received: an oversize frame is refused before it takes any memory. */
    if (left > LIMIT_FRAME_BYTES || socket->incoming.len + bytes + left > LIMIT_FRAME_BYTES) {
        return refuse_message(socket, LWS_CLOSE_STATUS_MESSAGE_TOO_LARGE, "frame too large");
    }
    if (left == 0 && ++socket->fragments > LIMIT_FRAGMENTS) {
        return refuse_message(socket, LWS_CLOSE_STATUS_POLICY_VIOLATION, "fragments");
    }
    return 0;
}

static int refuse_text(struct socket *socket)
{
    return refuse_message(socket, LWS_CLOSE_STATUS_INVALID_PAYLOAD, "UTF-8");
}

/* Text is looked at as it comes: what cannot become valid is not waited for. libwebsockets would
 * look at the payload of a pong between two fragments as well, and not at how a message ends. */
static int add_piece(struct socket *socket, const char *data, size_t bytes)
{
    struct buf *incoming = &socket->incoming;
    size_t whole;
    buf_add(incoming, data, bytes);
    if (!utf8_valid_part(incoming->data + socket->checked, incoming->len - socket->checked,
                         &whole)) {
        return refuse_text(socket);
    }
    socket->checked += whole;
    return 0;
}

static void begin_message(struct socket *socket)
{
    socket->checked = 0;
    socket->incoming_since_s = socket->connection->net->now_s;
    wheel_set(socket, socket->incoming_since_s + LIMIT_FRAGMENT_MS / MS_PER_SECOND);
}

/* One piece of a message: whole ones are passed on without a copy. */
static int on_piece(struct socket *socket, const char *data, size_t bytes)
{
    struct lws *wsi = socket->connection->wsi;
    size_t left = lws_remaining_packet_payload(wsi);
    bool is_last = lws_is_final_fragment(wsi) && left == 0;
    bool begins = !is_in_message(socket);
    if (refuse_piece(socket, bytes, left)) {
        return -1;
    }
    if (is_last && socket->incoming.len == 0) {
        socket->fragments = 0;
        if (!utf8_valid(data, bytes)) {
            return refuse_text(socket);
        }
        on_message(socket, data, bytes);
        return 0;
    }
    if (begins) {
        begin_message(socket);
    }
    if (add_piece(socket, data, bytes)) {
        return -1;
    }
    if (is_last && socket->checked < socket->incoming.len) {
        return refuse_text(socket);
    }
    if (is_last) {
        struct buf whole = socket->incoming;
        buf_init(&socket->incoming);
        socket->fragments = 0;
        on_message(socket, whole.data, whole.len);
        buf_finish(&whole);
    }
    return 0;
}

static int on_receive(struct socket *socket, const void *data, size_t bytes)
{
    if (!socket || !socket->is_open || socket->close_code || socket->hears_no_more) {
        return socket ? 0 : -1; /* its last words, after ours or its own */
    }
    socket->heard_s = socket->connection->net->now_s;
    socket->pinged = false;
    return on_piece(socket, data, bytes);
}

static void on_pong(struct socket *socket)
{
    if (!socket || !socket->connection) {
        return;
    }
    socket->heard_s = socket->connection->net->now_s;
    socket->pinged = false;
    if (pace_pong(&socket->pace) == PACE_FLOOD) {
        hang_up(socket);
    }
}

/* RFC 6455 5.5.1, 7.4: nothing, or a code that may be sent and a reason in UTF-8. libwebsockets
 * echoes the rest, and sees to the codes below 3000. */
static int on_close_frame(struct socket *socket, const unsigned char *data, size_t bytes)
{
    if (!socket) {
        return -1;
    }
    socket->hears_no_more = true;
    if (bytes == 1 || (bytes >= 2 && (data[0] << 8 | data[1]) >= CLOSE_CODES_END)) {
        return refuse_message(socket, LWS_CLOSE_STATUS_PROTOCOL_ERR, "close");
    }
    return bytes > 2 && !utf8_valid((const char *)data + 2, bytes - 2) ? refuse_text(socket) : 0;
}

static int on_connection(struct connection *connection, enum lws_callback_reasons reason,
                         const void *in, size_t len)
{
    switch ((int)reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return on_upgrade(connection);
    case LWS_CALLBACK_ESTABLISHED:
        return on_open(connection);
    case LWS_CALLBACK_RECEIVE:
        return on_receive(connection->socket, in, len);
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        return on_close_frame(connection->socket, in, len);
    case LWS_CALLBACK_RECEIVE_PONG:
        on_pong(connection->socket);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        if (connection->socket && connection->socket->is_open) {
            socket_todo(connection->socket);
        }
        return 0;
    case LWS_CALLBACK_CLOSED: /* also without ESTABLISHED */
        socket_gone(connection);
        return 0;
    default:
        return 0;
    }
}

int socket_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t len)
{
    struct connection *connection = wsi ? lws_get_opaque_user_data(wsi) : NULL;
    (void)user;
    if (!connection) {
        return 0;
    }
    return on_connection(connection, reason, in, len);
}
