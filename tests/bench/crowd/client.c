#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crowd.h"

enum {
    EVENTS = 512,
    CONNECTING = 64,           /* upgrades on their way at once */
    SOCKETS_PER_SOURCE = 1000, /* the server caps those of one address: 127.0.0.2, .3 ... */
    READ_BYTES = 262144,
    PATIENCE_MS = 30000
};

struct person *people;
int people_count, room_count;
static int epoll;
static SSL_CTX *tls;

/* --- who ---------------------------------------------------------------------------------------
 */

static int room_for(int64_t channel)
{
    for (int i = people_count - 1; i >= 0; i--) {
        if (people[i].channel == channel) {
            return people[i].room;
        }
    }
    return room_count++;
}

void read_people(void)
{
    FILE *file = fopen(asked.people, "r");
    if (!file) {
        die(asked.people);
    }
    char line[256];
    while (fgets(line, sizeof line, file)) {
        struct person person = {0};
        char *space = strchr(line, ' ');
        if (!space || space - line >= (long)sizeof person.token) {
            die("a line is not TOKEN CHANNEL");
        }
        memcpy(person.token, line, (size_t)(space - line));
        person.channel = strtoll(space + 1, NULL, 10);
        person.room = room_for(person.channel);
        people = grow(people, (size_t)people_count + 1, sizeof *people);
        people[people_count++] = person;
    }
    fclose(file);
}

/* --- bytes, plain or by TLS --------------------------------------------------------------------
 */

static int keep_session(SSL *ssl, SSL_SESSION *session)
{
    struct socket *socket = SSL_get_app_data(ssl);
    SSL_SESSION_free(socket->session);
    socket->session = session;
    return 1;
}

void client_init(void)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    epoll = epoll_create1(0);
    if (asked.targets[0].tls) {
        tls = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
        SSL_CTX_set_session_cache_mode(tls,
                                       SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
        SSL_CTX_sess_set_new_cb(tls, keep_session);
    }
}

static void put(struct socket *socket, const char *data, size_t bytes)
{
    int sent = socket->tls ? SSL_write(socket->tls, data, (int)bytes)
                           : (int)send(socket->fd, data, bytes, MSG_NOSIGNAL);
    if (sent != (int)bytes) {
        die("send");
    }
}

/* Bytes that came; 0: none just now. */
static size_t get(struct socket *socket, char *out, size_t bytes)
{
    ssize_t got =
        socket->tls ? SSL_read(socket->tls, out, (int)bytes) : recv(socket->fd, out, bytes, 0);
    if (socket->tls && got <= 0 && SSL_get_error(socket->tls, (int)got) == SSL_ERROR_WANT_READ) {
        return 0;
    }
    if (got <= 0) {
        die("a socket ended");
    }
    return (size_t)got;
}

void send_text(struct socket *socket, const char *text, size_t bytes)
{
    char frame[2048] = {(char)0x81};
    size_t head = 2;
    if (bytes + 8 > sizeof frame) {
        die("a frame of this length is not for us");
    }
    if (bytes < 126) {
        frame[1] = (char)(0x80 | bytes);
    } else {
        frame[1] = (char)(0x80 | 126);
        frame[2] = (char)(bytes >> 8);
        frame[3] = (char)(bytes & 0xff);
        head = 4;
    }
    head += 4; /* the mask */
    memcpy(frame + head, text, bytes);
    put(socket, frame, head + bytes);
}

static void send_pong(struct socket *socket)
{
    static const char frame[] = {(char)0x8a, (char)0x81, 0, 0, 0, 0, '.'};
    put(socket, frame, sizeof frame);
}

/* --- connecting --------------------------------------------------------------------------------
 */

static void greet(struct socket *socket)
{
    char text[1024];
    const struct person *person = &people[socket->person];
    int bytes = snprintf(text, sizeof text,
                         "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Sec-WebSocket-Protocol: beffroi.v1\r\nX-Room: %d\r\n"
                         "Authorization: Bearer %s\r\n\r\n",
                         socket->target->port, person->room, person->token);
    put(socket, text, (size_t)bytes);
}

static void shake(struct socket *socket)
{
    int done = SSL_do_handshake(socket->tls);
    if (done == 1) {
        socket->shaken = true;
        socket->target->reused += SSL_session_reused(socket->tls);
        greet(socket);
    } else if (SSL_get_error(socket->tls, done) != SSL_ERROR_WANT_READ) {
        die("no TLS");
    }
}

static void begin_tls(struct socket *socket)
{
    socket->tls = SSL_new(tls);
    SSL_set_app_data(socket->tls, socket);
    SSL_set_fd(socket->tls, socket->fd);
    SSL_set_connect_state(socket->tls);
    if (socket->session && asked.resumption) {
        SSL_set_session(socket->tls, socket->session);
    }
    shake(socket);
}

static void open_socket(struct socket *it)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)it->target->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    in_addr_t source = INADDR_LOOPBACK + 1 + (in_addr_t)(it->number / SOCKETS_PER_SOURCE);
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(source)};
    int on = 1;
    it->fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(it->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (it->fd < 0 || bind(it->fd, (struct sockaddr *)&from, sizeof from) < 0 ||
        connect(it->fd, (struct sockaddr *)&to, sizeof to) < 0) {
        die("connect");
    }
    setsockopt(it->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(it->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = it};
    epoll_ctl(epoll, EPOLL_CTL_ADD, it->fd, &event);
    it->shaken = !it->target->tls;
    if (it->target->tls) {
        begin_tls(it);
    } else {
        greet(it);
    }
}

/* Who sends, in each room the first; only the first time: a cut changes nothing of it. */
static void make_sockets(struct target *target)
{
    target->sockets = calloc((size_t)asked.sockets, sizeof *target->sockets);
    target->rooms = calloc((size_t)room_count, sizeof *target->rooms);
    target->count = asked.sockets;
    for (int i = 0; i < target->count; i++) {
        struct socket *it = &target->sockets[i];
        *it = (struct socket){.target = target, .number = i, .person = i % people_count};
        int number = people[it->person].room;
        struct room *room = &target->rooms[number];
        room->members++;
        it->sends = number < asked.rooms && room->senders < target->senders;
        room->senders += it->sends;
    }
}

void open_all(struct target *target)
{
    if (!target->sockets) {
        make_sockets(target);
    }
    for (int i = 0; i < target->count; i++) {
        open_socket(&target->sockets[i]);
        while (i + 1 - target->ready >= CONNECTING) {
            turn();
        }
    }
    while (target->ready < target->count) {
        turn();
    }
}

/* A reset: what a train in a tunnel looks like once its line is given up. */
void cut_all(struct target *target)
{
    struct linger at_once = {.l_onoff = 1};
    for (int i = 0; i < target->count; i++) {
        struct socket *it = &target->sockets[i];
        setsockopt(it->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close(it->fd);
        if (it->tls) { /* a session that ended without a word would not be taken up again */
            SSL_set_shutdown(it->tls, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
            SSL_free(it->tls);
        }
        free(it->kept);
        *it = (struct socket){.target = target,
                              .number = i,
                              .person = it->person,
                              .sends = it->sends,
                              .session = it->session,
                              .cursor = it->cursor};
    }
    target->ready = target->answered = 0;
}

/* --- reading -----------------------------------------------------------------------------------
 */

static bool starts_with_word(const char *payload, size_t bytes, const char *word)
{
    return memmem(payload, bytes < 200 ? bytes : 200, word, strlen(word)) != NULL;
}

static void take_hello(struct socket *socket, const char *payload, size_t bytes)
{
    if (!starts_with_word(payload, bytes, "\"hello\"")) {
        die("no hello came first");
    }
    const char *cursor = memmem(payload, bytes, "\"cursor\":", 9);
    socket->cursor = cursor ? strtoll(cursor + 9, NULL, 10) : 0;
    const char *epoch = memmem(payload, bytes, "\"epoch\":\"", 9);
    if (epoch && !asked.epoch[0]) {
        memcpy(asked.epoch, epoch + 9, sizeof asked.epoch - 1);
    }
    socket->ready = true;
    socket->target->ready++;
}

static void take_frame(struct socket *socket, const char *payload, size_t bytes)
{
    if (!socket->ready) {
        take_hello(socket, payload, bytes);
    } else if (starts_with_word(payload, bytes, "\"message.posted\"")) {
        on_delivery(socket, payload, bytes);
    } else if (starts_with_word(payload, bytes, "\"error\"")) {
        fprintf(stderr, "crowd: refused: %.*s\n", (int)bytes, payload);
        exit(1);
    } else if (starts_with_word(payload, bytes, "\"id\"")) {
        on_answer(socket, payload, bytes);
    }
}

static size_t take_upgrade(struct socket *socket, const char *data, size_t bytes)
{
    const char *end = memmem(data, bytes, "\r\n\r\n", 4);
    if (end && memmem(data, bytes, " 101 ", 5) == NULL) {
        fprintf(stderr, "crowd: %.*s\n", (int)bytes, data);
        die("no upgrade");
    }
    socket->upgraded = end != NULL;
    return end ? (size_t)(end + 4 - data) : 0;
}

/* Bytes of the first whole frame (or of the answer to the upgrade), taken; 0 if it is not all
 * there. */
static size_t take_one(struct socket *socket, const char *data, size_t bytes)
{
    if (!socket->upgraded) {
        return take_upgrade(socket, data, bytes);
    }
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
    if (bytes < head_bytes + length) {
        return 0;
    }
    int opcode = head[0] & 0x0f;
    if (opcode == 1) {
        take_frame(socket, data + head_bytes, length);
    } else if (opcode == 9) {
        send_pong(socket);
    } else if (opcode == 8) {
        die("the server closed a socket");
    }
    return head_bytes + length;
}

/* false: there is no more for now. */
static bool receive_some(struct socket *socket)
{
    static char data[2 * READ_BYTES];
    memcpy(data, socket->kept, socket->kept_bytes);
    size_t got = get(socket, data + socket->kept_bytes, READ_BYTES);
    size_t bytes = socket->kept_bytes + got, taken = 0, one = 0;
    while (taken < bytes && (one = take_one(socket, data + taken, bytes - taken)) > 0) {
        taken += one;
    }
    if (bytes - taken > READ_BYTES) {
        die("a frame is too long");
    }
    free(socket->kept);
    socket->kept = NULL;
    socket->kept_bytes = bytes - taken;
    if (taken < bytes) {
        socket->kept = grow(NULL, bytes - taken, 1);
        memcpy(socket->kept, data + taken, bytes - taken);
    }
    return got > 0 && socket->tls != NULL;
}

static void receive(struct socket *socket)
{
    if (!socket->shaken) {
        shake(socket);
        return;
    }
    while (receive_some(socket)) {
    }
}

bool turn_for(int wait_ms)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(epoll, events, EVENTS, wait_ms);
    for (int i = 0; i < count; i++) {
        receive(events[i].data.ptr);
    }
    return count > 0;
}

void turn(void)
{
    if (!turn_for(PATIENCE_MS)) {
        for (int i = 0; i < 2 && asked.targets[i].port; i++) {
            const struct target *it = &asked.targets[i];
            fprintf(stderr, "crowd: %lld of %lld deliveries, %d of %d sockets\n",
                    (long long)it->delivered, (long long)it->expected, it->ready, it->count);
        }
        die("nothing more comes");
    }
}
