/* The floor: what a delivery costs at least. Plain epoll, no JSON, no rights, nothing kept: each
 * message that comes in goes to every connection of its room as one prebuilt frame, with one send()
 * each.
 *
 *   floor FRAME_BYTES      prints "port N", serves until killed
 *
 * It speaks just enough WebSocket for crowd to drive it as it drives the server: the upgrade is
 * answered without a look at its key, and each read() from a client counts as one message. */
#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOMS = 4096, FDS = 65536, EVENTS = 256, MOST_FRAME = 65536 };

static struct room {
    int *fds;
    int count, capacity;
} rooms[ROOMS];
static int room_of[FDS]; /* 0: has not joined */

static char frame[MOST_FRAME + 4];
static size_t frame_bytes;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* RFC 6455 5.2: a whole text message from a server, not masked. */
static size_t make_frame(char *out, const char *payload, size_t bytes)
{
    size_t head = 2;
    out[0] = (char)0x81;
    if (bytes < 126) {
        out[1] = (char)bytes;
    } else {
        out[1] = 126;
        out[2] = (char)(bytes >> 8);
        out[3] = (char)(bytes & 0xff);
        head = 4;
    }
    memmove(out + head, payload, bytes);
    return head + bytes;
}

static void send_all(int fd, const char *bytes, size_t count)
{
    if (send(fd, bytes, count, MSG_NOSIGNAL) != (ssize_t)count) {
        die("send: the receiver is too slow for a floor");
    }
}

static void join(int fd, const char *request)
{
    static const char answer[] =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Protocol: beffroi.v1\r\n\r\n";
    static const char hello[] = "{\"method\":\"hello\"}";
    const char *header = strstr(request, "X-Room: ");
    int number = 1 + (header ? (int)strtol(header + 8, NULL, 10) % (ROOMS - 1) : 0);
    struct room *room = &rooms[number];
    if (room->count == room->capacity) {
        room->capacity = room->capacity ? 2 * room->capacity : 16;
        room->fds = realloc(room->fds, sizeof(int) * (size_t)room->capacity);
    }
    room->fds[room->count++] = fd;
    room_of[fd] = number;
    char out[sizeof answer + 64];
    memcpy(out, answer, sizeof answer - 1);
    size_t bytes = make_frame(out + sizeof answer - 1, hello, sizeof hello - 1);
    send_all(fd, out, sizeof answer - 1 + bytes);
}

static void leave(int fd)
{
    struct room *room = &rooms[room_of[fd]];
    for (int i = 0; i < room->count; i++) {
        if (room->fds[i] == fd) {
            room->fds[i] = room->fds[--room->count];
            break;
        }
    }
    room_of[fd] = 0;
    close(fd);
}

static void deliver(const struct room *room)
{
    for (int i = 0; i < room->count; i++) {
        send_all(room->fds[i], frame, frame_bytes);
    }
}

static void receive(int fd)
{
    char in[8192];
    ssize_t bytes = recv(fd, in, sizeof in - 1, 0);
    if (bytes <= 0) {
        leave(fd);
    } else if (!room_of[fd]) {
        in[bytes] = '\0';
        join(fd, in);
    } else {
        deliver(&rooms[room_of[fd]]);
    }
}

static int listen_somewhere(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t bytes = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, bytes) < 0 || listen(fd, 4096) < 0 ||
        getsockname(fd, (struct sockaddr *)&address, &bytes) < 0) {
        die("listen");
    }
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static void watch(int epoll, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) {
        die("epoll_ctl");
    }
}

int main(int argc, char **argv)
{
    static char payload[MOST_FRAME];
    static const char start[] = "{\"method\":\"fact\",\"fact\":\"message.posted\",";
    size_t bytes = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (bytes < sizeof start || bytes > 65535) {
        fprintf(stderr, "floor FRAME_BYTES\n");
        return 2;
    }
    memset(payload, 'x', bytes);
    memcpy(payload, start, sizeof start - 1);
    frame_bytes = make_frame(frame, payload, bytes);
    struct rlimit files = {FDS, FDS};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < FDS ? files.rlim_max : FDS;
    setrlimit(RLIMIT_NOFILE, &files);
    int listening = listen_somewhere();
    int epoll = epoll_create1(0);
    watch(epoll, listening);
    for (;;) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd == listening) {
                watch(epoll, accept(listening, NULL, NULL));
            } else {
                receive(fd);
            }
        }
    }
}
