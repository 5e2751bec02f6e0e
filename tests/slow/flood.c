/* Hostile clients, each kind a shape: slow, endless, deaf, or as fast as they can.
 *
 *   flood SHAPE --port N --people FILE --count N --seconds N [--pid N]
 *
 * Opens `count` connections of a shape, goes on for `seconds`, and prints one JSON object: how many
 * were cut by the server and the longest that one lasted (milliseconds). A deaf one cannot know that
 * it was cut: the server's own count of connections tells. */
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    EVENTS = 256,
    TICK_MS = 100,
    LOAD_BYTES = 1 << 18,
    PER_SOURCE = 1000, /* connections from each of 127.0.0.2, .3 ... */
    SMALL_BUFFER = 4096,
    REAL_SEGMENT = 1400 /* loopback's own are so long that its buffers hide a deaf client */
};

/* RFC 6455 5.2: a masked frame with a key of zeros. */
#define MASKED(head, length) head length "\0\0\0\0"
#define BYTES(text)          (text), sizeof(text) - 1

enum kind { PLAIN, MEMBER }; /* MEMBER: an open WebSocket, of somebody who may talk */
enum pace { FAST = 0 };      /* else milliseconds between two pieces */

struct shape {
    const char *name;
    enum kind kind;
    int pace_ms;
    size_t piece; /* bytes of `load` sent at a time; 0: it sends nothing more */
    bool deaf;    /* reads nothing; */
    bool sips;    /* or a few bytes at a time */
    bool again;   /* opens another when one ends */
    const char *opening;
    size_t opening_bytes;
    const char *load; /* repeated */
    size_t load_bytes;
};

#define POST_HEAD(path, length)                                                                    \
    "POST " path " HTTP/1.1\r\nHost: 127.0.0.1:PPPPP\r\nContent-Type: application/json\r\n"        \
    "Content-Length: " length "\r\n\r\n"
#define GET_LARGE "GET /api/openapi.json HTTP/1.1\r\nHost: 127.0.0.1:PPPPP\r\n\r\n"
#define LOGIN     "{\"email\":\"personne@exemple.fr\",\"password\":\"un mot de passe faux\"}"
#define LARGE     "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"state.get\",\"params\":{}}"
_Static_assert(sizeof LOGIN - 1 == 65 && sizeof LARGE - 1 == 57, "the lengths told below");

static const struct shape shapes[] = {
    {"half", PLAIN, 0, 0, false, false, false, BYTES(""), BYTES("")},
    {"head", PLAIN, 500, 1, false, false, false,
     BYTES("GET / HTTP/1.1\r\nHost: 127.0.0.1:PPPPP\r\nX-a: "), BYTES("a")},
    {"body", PLAIN, 500, 1, false, false, false, BYTES(POST_HEAD("/api/v1/session.open", "60000")),
     BYTES("{\"a\":\"a")},
    {"unread", PLAIN, 0, 0, true, false, false, BYTES(GET_LARGE), BYTES("")},
    {"sip", PLAIN, 0, 0, false, true, false, BYTES(GET_LARGE), BYTES("")},
    {"churn", PLAIN, 0, 0, false, false, true,
     BYTES("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:PPPPP\r\n\r\n"), BYTES("")},
    {"logins", PLAIN, 0, 0, false, false, true,
     BYTES(POST_HEAD("/api/v1/session.open", "65") LOGIN), BYTES("")},
    {"drip", MEMBER, 1000, 1, false, false, false, BYTES(MASKED("\x81", "\xfe\x03\xe8")),
     BYTES("a")},
    {"dribble", MEMBER, 3000, 1, false, false, false, BYTES(""),
     BYTES(MASKED("\x81", "\xff\0\0\0\0\0\1\0\0"))},
    {"fragments", MEMBER, 500, 7, false, false, false, BYTES(MASKED("\x01", "\x81") "["),
     BYTES(MASKED("\x00", "\x81") "[")},
    {"empties", MEMBER, 1000, 6, false, false, false, BYTES(MASKED("\x01", "\x80")),
     BYTES(MASKED("\x00", "\x80"))},
    {"pings", MEMBER, FAST, 0, false, false, false, BYTES(""), BYTES(MASKED("\x89", "\x81") "p")},
    {"pongs", MEMBER, FAST, 0, false, false, false, BYTES(""), BYTES(MASKED("\x8a", "\x81") "p")},
    {"tiny", MEMBER, FAST, 0, false, false, false, BYTES(""), BYTES(MASKED("\x81", "\x82") "{}")},
    {"deaf", MEMBER, 100, 63, true, false, false, BYTES(""), BYTES(MASKED("\x81", "\xb9") LARGE)},
    /* Too seldom to fill what may wait for it in half a minute. */
    {"deaf-slow", MEMBER, 250, 63, true, false, false, BYTES(""),
     BYTES(MASKED("\x81", "\xb9") LARGE)},
    {"json", MEMBER, FAST, 0, false, false, false, BYTES(""), BYTES("made below")},
};

struct connection {
    int fd;
    enum { CLOSED, CONNECTING, UPGRADING, GOING } state;
    double since_ms, next_ms;
    size_t at; /* in the load */
};

static int port, count = 100, seconds = 35;
static const char *people;
static const struct shape *shape;
static char *load;
static size_t load_bytes;
static char (*tokens)[128];
static int token_count;
static struct connection *all;
static int epoll;
static int64_t opened, cut, refused;
static double longest_ms;

static void die(const char *what)
{
    fprintf(stderr, "flood: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void read_people(void)
{
    char line[256];
    FILE *file = fopen(people, "r");
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, " \n")] = '\0';
        tokens = reallocarray(tokens, (size_t)token_count + 1, sizeof *tokens);
        if (!tokens || strlen(line) >= sizeof *tokens) {
            die("memory");
        }
        memcpy(tokens[token_count++], line, strlen(line) + 1);
    }
    if (!token_count) {
        die(people);
    }
    fclose(file);
}

/* A frame as large as one may be, that nests and lists as much as one may. */
static size_t make_json(char *out)
{
    static const char head[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"club.list\",\"params\":"
                               "{\"a\":[";
    enum { FRAME = 65000 };
    size_t at = 8;
    memcpy(out, "\x81\xfe\0\0\0\0\0\0", 8);
    memcpy(out + at, head, sizeof head - 1);
    for (at += sizeof head - 1; at < FRAME; at += 9) {
        memcpy(out + at, "[{\"a\":1}]", 9);
        out[at + 9] = ',';
        at++;
    }
    memcpy(out + at, "1]}}", 4);
    at += 4;
    out[2] = (char)((at - 8) >> 8);
    out[3] = (char)((at - 8) & 0xff);
    return at;
}

/* As much of the same as one call may send. */
static void make_load(void)
{
    load = malloc(LOAD_BYTES);
    if (!load) {
        die("memory");
    }
    char one[66000];
    const char *unit = shape->load;
    size_t bytes = shape->load_bytes;
    if (strcmp(shape->name, "json") == 0) {
        bytes = make_json(one);
        unit = one;
    }
    while (bytes > 0 && load_bytes + bytes <= LOAD_BYTES) {
        memcpy(load + load_bytes, unit, bytes);
        load_bytes += bytes;
    }
}

static void watch(struct connection *it, uint32_t events, int change)
{
    struct epoll_event event = {.events = events, .data.ptr = it};
    epoll_ctl(epoll, change, it->fd, &event);
}

static void open_one(struct connection *it)
{
    int number = (int)(it - all), small = SMALL_BUFFER, segment = REAL_SEGMENT, on = 1;
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in from = {.sin_family = AF_INET,
                               .sin_addr.s_addr =
                                   htonl(INADDR_LOOPBACK + 1 + (in_addr_t)(number / PER_SOURCE))};
    *it = (struct connection){.state = CONNECTING, .since_ms = now_ms()};
    it->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(it->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (shape->deaf || shape->sips) {
        setsockopt(it->fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
        setsockopt(it->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    }
    if (it->fd < 0 || bind(it->fd, (struct sockaddr *)&from, sizeof from) < 0 ||
        (connect(it->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS)) {
        die("connect");
    }
    opened++;
    watch(it, EPOLLOUT, EPOLL_CTL_ADD);
}

static void end(struct connection *it)
{
    static const struct linger at_once = {.l_onoff = 1};
    double lasted = now_ms() - it->since_ms;
    refused += it->state != GOING;
    cut++;
    longest_ms = lasted > longest_ms ? lasted : longest_ms;
    setsockopt(it->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(it->fd);
    it->state = CLOSED;
    if (shape->again) {
        open_one(it);
    }
}

static void send_text(struct connection *it, const char *text, size_t bytes)
{
    if (bytes > 0 && send(it->fd, text, bytes, MSG_NOSIGNAL) < 0 && errno != EAGAIN) {
        end(it);
    }
}

static void go(struct connection *it)
{
    bool fast = shape->load_bytes > 0 && shape->piece == 0;
    it->state = GOING;
    it->next_ms = now_ms() + shape->pace_ms;
    watch(it, (shape->deaf ? 0 : EPOLLIN) | (fast ? EPOLLOUT : 0) | EPOLLRDHUP, EPOLL_CTL_MOD);
    if (shape->kind == MEMBER) {
        send_text(it, shape->opening, shape->opening_bytes);
    }
}

static void greet(struct connection *it)
{
    char text[1024];
    size_t bytes = shape->opening_bytes;
    if (shape->kind == MEMBER) {
        bytes = (size_t)snprintf(text, sizeof text,
                                 "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                                 "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                 "Sec-WebSocket-Protocol: beffroi.v1\r\n"
                                 "Authorization: Bearer %s\r\n\r\n",
                                 port, tokens[(it - all) % token_count]);
        it->state = UPGRADING;
        watch(it, EPOLLIN, EPOLL_CTL_MOD);
    } else {
        memcpy(text, shape->opening, bytes);
        char *at = bytes ? memmem(text, bytes, "PPPPP", 5) : NULL;
        if (at) {
            char digits[8];
            snprintf(digits, sizeof digits, "%05d", port);
            memcpy(at, digits, 5);
        }
        go(it);
    }
    if (it->state != CLOSED) {
        send_text(it, text, bytes);
    }
}

static void receive(struct connection *it)
{
    char text[65536];
    ssize_t got = recv(it->fd, text, sizeof text, 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        end(it);
    } else if (it->state == UPGRADING && memmem(text, (size_t)got, "\r\n\r\n", 4)) {
        go(it);
    }
}

static void write_on(struct connection *it, size_t most)
{
    size_t bytes = load_bytes - it->at < most ? load_bytes - it->at : most;
    ssize_t sent = send(it->fd, load + it->at, bytes, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
        end(it);
    } else if (sent > 0) {
        it->at = (it->at + (size_t)sent) % load_bytes;
    }
}

static void on_event(struct connection *it, uint32_t events)
{
    if (it->state == CLOSED) {
        return;
    }
    if (events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) {
        end(it);
    } else if (it->state == CONNECTING) {
        greet(it);
    } else if (events & EPOLLIN && !(shape->sips && it->state == GOING)) {
        receive(it);
    } else if (events & EPOLLOUT && it->state == GOING) {
        write_on(it, LOAD_BYTES);
    }
}

static void tick(struct connection *it, double now)
{
    char sip[10];
    if (it->state != GOING || now < it->next_ms) {
        return;
    }
    if (shape->sips) {
        it->next_ms = now + 1000;
        ssize_t got = recv(it->fd, sip, sizeof sip, 0);
        if (got == 0 || (got < 0 && errno != EAGAIN)) {
            end(it);
        }
    } else if (shape->piece) {
        it->next_ms = now + shape->pace_ms;
        write_on(it, shape->piece);
    }
}

static void run(void)
{
    struct epoll_event events[EVENTS];
    double begun = now_ms(), next = begun;
    for (int i = 0; i < count; i++) {
        open_one(&all[i]);
    }
    while (now_ms() - begun < seconds * 1e3) {
        int found = epoll_wait(epoll, events, EVENTS, TICK_MS / 2);
        for (int i = 0; i < found; i++) {
            on_event(events[i].data.ptr, events[i].events);
        }
        for (int i = 0; now_ms() >= next && i < count; i++) {
            tick(&all[i], now_ms());
            next += i == count - 1 ? TICK_MS : 0;
        }
    }
}

static void parse(int argc, char **argv)
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},    {"pid", required_argument, NULL, 'i'},
        {"people", required_argument, NULL, 'f'},  {"count", required_argument, NULL, 'n'},
        {"seconds", required_argument, NULL, 's'}, {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        int number = optarg ? (int)strtol(optarg, NULL, 10) : 0;
        if (option == 'p') {
            port = number;
        } else if (option == 'n') {
            count = number;
        } else if (option == 's') {
            seconds = number;
        } else if (option == 'f') {
            people = optarg;
        } else if (option == '?') {
            exit(2);
        }
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes && optind < argc; i++) {
        shape = strcmp(shapes[i].name, argv[optind]) == 0 ? &shapes[i] : shape;
    }
    if (!shape || !port || !people) {
        fprintf(stderr, "flood SHAPE --port N --people FILE --count N --seconds N\n");
        exit(2);
    }
}

int main(int argc, char **argv)
{
    struct rlimit files;
    parse(argc, argv);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    epoll = epoll_create1(0);
    all = calloc((size_t)count, sizeof *all);
    read_people();
    make_load();
    run();
    printf("{\"shape\":\"%s\",\"opened\":%lld,\"cut\":%lld,\"refused\":%lld,\"longest_ms\":%.0f}\n",
           shape->name, (long long)opened, (long long)cut, (long long)refused, longest_ms);
    return 0;
}
