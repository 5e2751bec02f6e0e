#include "peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    READ_BYTES = 262144,
    FRAME_BYTES = 4 << 20, /* the largest that is waited for */
    REAL_SEGMENT = 1400,   /* loopback's own are so long that its buffers swallow minutes */
    HEAD_LOOK = 400        /* the words looked for stand in the first bytes of a frame */
};

static void die(const char *what)
{
    fprintf(stderr, "peer: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void watch(const struct peers *peers, struct peer *peer, uint32_t events, int change)
{
    struct epoll_event event = {.events = events, .data.ptr = peer};
    if (epoll_ctl(peers->epoll, change, peer->fd, &event) < 0) {
        die("epoll");
    }
}

/* --- opening and ending ----------------------------------------------------------------------- */

void peer_open(struct peers *peers, struct peer *peer, int buffer_bytes)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)peers->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in from = {
        .sin_family = AF_INET,
        .sin_addr.s_addr =
            htonl(INADDR_LOOPBACK + 1 + (in_addr_t)(peer->number / SERVED_PER_SOURCE))};
    int on = 1, segment = REAL_SEGMENT;
    peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (peers->forwarded) {
        from.sin_addr.s_addr = htonl(INADDR_LOOPBACK); /* the proxy's */
    }
    setsockopt(peer->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (buffer_bytes > 0) {
        setsockopt(peer->fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
        setsockopt(peer->fd, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
    }
    if (peer->fd < 0 || bind(peer->fd, (struct sockaddr *)&from, sizeof from) < 0 ||
        (connect(peer->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS)) {
        die("connect");
    }
    peer->state = PEER_CONNECTING;
    watch(peers, peer, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

static void leave(struct peers *peers, struct peer *peer)
{
    peers->tally.ready -= peer->state == PEER_READY;
    close(peer->fd);
    peer->fd = -1;
    peer->state = PEER_AWAY;
    free(peer->kept);
    peer->kept = NULL;
    peer->kept_bytes = 0;
    memcpy(peer->before, peer->taken, sizeof peer->taken);
    peer->cursor = peer->head;
    peer->resumes = peer->epoch[0] != '\0';
}

void peer_cut(struct peers *peers, struct peer *peer)
{
    static const struct linger at_once = {.l_onoff = 1};
    if (peer->fd >= 0) {
        setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        leave(peers, peer);
    }
}

static void ended(struct peers *peers, struct peer *peer, const char *why, size_t bytes)
{
    peers->tally.ended++;
    snprintf(peers->tally.last_words, sizeof peers->tally.last_words, "%.*s", (int)bytes, why);
    leave(peers, peer);
}

/* --- sending ---------------------------------------------------------------------------------- */

/* RFC 6455 5.3: a client masks; with a key of zeros the text stays as it is. */
bool peer_send(struct peer *peer, const char *json, size_t bytes)
{
    char frame[65536] = {(char)0x81};
    size_t head = bytes < 126 ? 6 : 8;
    if (bytes + head > sizeof frame) {
        die("too long to send");
    }
    frame[1] = (char)(0x80 | (bytes < 126 ? bytes : 126));
    if (head == 8) {
        frame[2] = (char)(bytes >> 8);
        frame[3] = (char)(bytes & 0xff);
    }
    memcpy(frame + head, json, bytes);
    return send(peer->fd, frame, bytes + head, MSG_NOSIGNAL) == (ssize_t)(bytes + head);
}

static void upgrade(const struct peers *peers, struct peer *peer)
{
    char text[1024], forwarded[100] = "";
    if (peers->forwarded) {
        snprintf(forwarded, sizeof forwarded, "X-Forwarded-For: %s\r\n", peers->forwarded);
    }
    int bytes = snprintf(text, sizeof text,
                         "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s"
                         "Sec-WebSocket-Protocol: beffroi.v1\r\nAuthorization: Bearer %s\r\n\r\n",
                         peers->port, forwarded, peer->token);
    if (send(peer->fd, text, (size_t)bytes, MSG_NOSIGNAL) == bytes) {
        peer->state = PEER_UPGRADING;
        watch(peers, peer, EPOLLIN, EPOLL_CTL_MOD);
    }
}

static void resume(struct peer *peer)
{
    char text[256];
    int bytes = snprintf(text, sizeof text,
                         "{\"jsonrpc\":\"2.0\",\"id\":\"back\",\"method\":\"session.resume\","
                         "\"params\":{\"epoch\":\"%s\",\"cursor\":%lld}}",
                         peer->epoch, (long long)peer->cursor);
    if (!peer_send(peer, text, (size_t)bytes)) {
        die("resume");
    }
}

/* --- reading ---------------------------------------------------------------------------------- */

static const char *word(const char *text, size_t bytes, const char *wanted)
{
    const char *at = memmem(text, bytes, wanted, strlen(wanted));
    return at ? at + strlen(wanted) : NULL;
}

static int64_t number(const char *text, size_t bytes, const char *name)
{
    const char *at = word(text, bytes, name);
    return at ? strtoll(at, NULL, 10) : -1;
}

static bool bit(const uint8_t *bits, int which)
{
    return bits[which / 8] >> which % 8 & 1;
}

bool peer_has(const struct peer *peer, int message)
{
    return bit(peer->taken, message);
}

/* While it resumes, what was told on the way is brought as well, and belongs before (web/src/core/
 * store.ts puts it in order by its number): twice is only what it had before it went. */
static void take_message(struct peers *peers, struct peer *peer, int64_t seq, int message)
{
    bool resuming = peer->state != PEER_READY;
    bool again = bit(resuming ? peer->before : peer->taken, message);
    peers->tally.twice += again;
    peers->tally.misordered += !resuming && seq <= peer->head;
    peer->head = seq > peer->head ? seq : peer->head;
    if (!peer_has(peer, message)) {
        peer->taken[message / 8] |= (uint8_t)(1 << message % 8);
        peer->taken_count++;
        peers->tally.taken++;
        if (peers->on_message) {
            peers->on_message(peer, message);
        }
    }
}

static void ready(struct peers *peers, struct peer *peer)
{
    peer->state = PEER_READY;
    peers->tally.ready++;
}

static void greeted(struct peers *peers, struct peer *peer, const char *text, size_t bytes)
{
    const char *epoch = word(text, bytes, "\"epoch\":\"");
    int64_t cursor = number(text, bytes, "\"cursor\":");
    peer->state = PEER_GREETED;
    if (peer->resumes) {
        resume(peer);
        return;
    }
    snprintf(peer->epoch, sizeof peer->epoch, "%.*s", (int)strcspn(epoch, "\""), epoch);
    peer->head = cursor;
    ready(peers, peer);
}

static void resumed(struct peers *peers, struct peer *peer, const char *text, size_t bytes)
{
    int64_t cursor = number(text, bytes, "\"cursor\":");
    peers->tally.reloads += word(text, bytes, "\"reload\":true") != NULL;
    peer->head = cursor > peer->head ? cursor : peer->head;
    ready(peers, peer);
}

static void take_frame(struct peers *peers, struct peer *peer, const char *text, size_t bytes)
{
    size_t look = bytes < HEAD_LOOK ? bytes : HEAD_LOOK;
    if (word(text, look, "\"message.posted\"")) {
        const char *body = word(text, bytes, "\"body\":\"(");
        int message = body ? (int)strtol(body, NULL, 10) : -1;
        if (message < 0 || message >= MESSAGES_MAX) {
            die("a message without a number");
        }
        take_message(peers, peer, number(text, look, "\"seq\":"), message);
    } else if (word(text, look, "\"hello\"")) {
        greeted(peers, peer, text, bytes);
    } else if (word(text, look, "\"id\":\"back\"") && word(text, look, "\"reload\"")) {
        resumed(peers, peer, text, bytes);
    } else if (word(text, look, "\"error\"")) {
        peers->tally.refused++;
        snprintf(peers->tally.last_words, sizeof peers->tally.last_words, "%.*s", (int)look, text);
    }
}

/* Bytes of the first whole frame, 0 if it is not all there; its text from `text`. */
static size_t frame_of(const char *data, size_t bytes, const char **text, size_t *text_bytes)
{
    const unsigned char *head = (const unsigned char *)data;
    size_t head_bytes = bytes < 2 ? 2 : head[1] < 126 ? 2 : head[1] == 126 ? 4 : 10;
    if (bytes < head_bytes) {
        return 0;
    }
    size_t length = head[1];
    if (head_bytes > 2) {
        length = 0;
        for (size_t i = 2; i < head_bytes; i++) {
            length = length << 8 | head[i];
        }
    }
    *text = data + head_bytes;
    *text_bytes = length;
    return bytes < head_bytes + length ? 0 : head_bytes + length;
}

/* The answer to the upgrade, or a frame, taken; 0 if it is not all there. */
static size_t take_one(struct peers *peers, struct peer *peer, const char *data, size_t bytes)
{
    const char *text;
    size_t text_bytes, whole;
    if (peer->state == PEER_UPGRADING) {
        const char *end = memmem(data, bytes, "\r\n\r\n", 4);
        if (end && !word(data, bytes, " 101 ")) {
            ended(peers, peer, data, strcspn(data, "\r"));
        } else if (end) {
            peer->state = PEER_GREETED;
        }
        return end ? (size_t)(end + 4 - data) : 0;
    }
    whole = frame_of(data, bytes, &text, &text_bytes);
    if (whole && (data[0] & 0x0f) == 1) {
        take_frame(peers, peer, text, text_bytes);
    } else if (whole && (data[0] & 0x0f) == 8) {
        ended(peers, peer, text + 2, text_bytes < 2 ? 0 : text_bytes - 2);
    } else if (whole && (data[0] & 0x0f) == 9) {
        static const char pong[] = {(char)0x8a, (char)0x81, 0, 0, 0, 0, '.'};
        if (send(peer->fd, pong, sizeof pong, MSG_NOSIGNAL) < 0) {
            ended(peers, peer, "gone", 4);
        }
    }
    return whole;
}

static void keep(struct peer *peer, const char *data, size_t bytes)
{
    free(peer->kept);
    peer->kept = NULL;
    peer->kept_bytes = bytes;
    if (bytes > 0) {
        peer->kept = malloc(bytes);
        if (!peer->kept) {
            die("memory");
        }
        memcpy(peer->kept, data, bytes);
    }
}

static void receive(struct peers *peers, struct peer *peer)
{
    static char data[FRAME_BYTES + READ_BYTES + 1];
    if (peer->kept_bytes > FRAME_BYTES) {
        die("a frame is too long");
    }
    if (peer->kept_bytes > 0) {
        memcpy(data, peer->kept, peer->kept_bytes);
    }
    ssize_t got = recv(peer->fd, data + peer->kept_bytes, READ_BYTES, 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        ended(peers, peer, "cut", 3);
        return;
    }
    size_t bytes = peer->kept_bytes + (size_t)got, at = 0, one = 0;
    data[bytes] = '\0';
    while (at < bytes && (one = take_one(peers, peer, data + at, bytes - at)) > 0) {
        at += one;
        if (peer->state == PEER_AWAY) {
            return;
        }
    }
    keep(peer, data + at, bytes - at);
}

void peer_turn(struct peers *peers, struct peer *peer)
{
    int error = 0;
    socklen_t bytes = sizeof error;
    if (peer->state == PEER_CONNECTING) {
        getsockopt(peer->fd, SOL_SOCKET, SO_ERROR, &error, &bytes);
        if (error) {
            ended(peers, peer, strerror(error), strlen(strerror(error)));
        } else {
            upgrade(peers, peer);
        }
    } else if (peer->state != PEER_AWAY) {
        receive(peers, peer);
    }
}
