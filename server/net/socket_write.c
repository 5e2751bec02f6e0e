#include "net/socket_inside.h"

#include <errno.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "net/tcp.h"

enum { FIRST_TODO = 64, AHEAD = 16 /* sockets looked at together */ };

void socket_todo(struct socket *socket)
{
    struct todo *todo = &socket->net->todo;
    if (socket->in_todo) {
        return;
    }
    if (todo->count == todo->capacity) {
        todo->capacity = todo->capacity ? 2 * todo->capacity : FIRST_TODO;
        todo->sockets =
            mem_resize(todo->sockets, mem_size(todo->capacity, sizeof *todo->sockets, 0));
    }
    socket->in_todo = true;
    todo->sockets[todo->count++] = socket;
}

/* A plain socket is written to directly: libwebsockets' way to the same send() costs a twentieth of
 * it (ADR 16). What the kernel does not take at once libwebsockets keeps and goes on with, before
 * any frame of its own, so frames stay whole; nothing more is given to it until that has left.
 * false: the peer is gone. */
static bool write_out(const struct socket *socket, const char *data, size_t bytes)
{
    if (!socket->is_tls) {
        ssize_t sent = send(socket->fd, data, bytes, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent == (ssize_t)bytes) {
            return true;
        }
        if (sent < 0 && errno != EAGAIN && errno != EINTR) {
            return false;
        }
        data += sent > 0 ? sent : 0;
        bytes -= sent > 0 ? (size_t)sent : 0;
    }
    return lws_write(socket->wsi, (unsigned char *)(uintptr_t)data, bytes, LWS_WRITE_HTTP) >= 0;
}

static void write_queue(struct socket *socket)
{
    struct net *net = socket->net;
    struct shared_bytes *only = queue_only(&socket->queue);
    if (!only) {
        queue_gather(&socket->queue, &net->scratch);
    }
    const char *data = only ? only->data : net->scratch.data;
    size_t bytes = only ? only->len : net->scratch.len; /* queue.bytes leaves a large one out */
    bool written = write_out(socket, data, bytes);
    queue_clear(&socket->queue);
    socket->stuck_since_s = 0;
    net->counters.writes++;
    net->counters.bytes_out += (int64_t)bytes;
    if (!written && !socket->close_code) {
        socket->close_code = LWS_CLOSE_STATUS_ABNORMAL_CLOSE;
        socket_todo(socket);
    }
}

static void note_stuck(struct socket *socket)
{
    if (!socket->stuck_since_s) {
        socket->stuck_since_s = socket->net->now_s;
        socket->stuck_at = tcp_confirmed(socket->fd);
    }
}

/* Everything that waits, in one write. */
void socket_flush(struct socket *socket, bool backed_up)
{
    if (queue_is_empty(&socket->queue)) {
        return;
    }
    if (backed_up) {
        socket->net->counters.backed_up++;
        note_stuck(socket);
        lws_callback_on_writable(socket->wsi);
    } else {
        write_queue(socket);
    }
}

bool socket_queue(struct listener *listener, struct shared_bytes *bytes)
{
    struct socket *socket = (struct socket *)(void *)listener;
    if (!socket->is_open || socket->close_code) {
        return true; /* on its way out: what it misses it gets by its cursor */
    }
    if (!queue_add(&socket->queue, bytes)) {
        return false;
    }
    socket_todo(socket);
    return true;
}

/* Asks of several sockets together what the memory is slow to tell: whether libwebsockets holds
 * bytes of them. How many were asked. */
size_t socket_look_ahead(const struct todo *todo, size_t from)
{
    size_t end = from + AHEAD < todo->count ? from + AHEAD : todo->count;
    for (size_t i = from; i < end; i++) {
        struct socket *socket = todo->sockets[i];
        socket->backed_up = socket->connection && lws_partial_buffered(socket->wsi);
    }
    return end;
}
