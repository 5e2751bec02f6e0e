/* Drives a chat server with many live sockets and weighs what it costs.
 *
 *   load --port N --pid N --people FILE --sockets N [--senders N] [--messages N] [--flow N]
 *
 * FILE has a line per person, "TOKEN CHANNEL"; socket i is person i, from the top again when they
 * run out (a person may have several). A message reaches every socket of its channel. In each
 * channel the first `senders` sockets write. lockstep (default)   all senders write at once; the
 * next turn begins when everybody got everything
 *   --flow N             each sender keeps N messages on their way
 * Without --messages nothing is sent: the sockets are opened, weighed, and closed.
 *
 * Prints one JSON object. CPU is the server's own, by its process clock (nanoseconds, not ticks),
 * between the end of the warm-up and the last delivery. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
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
    EVENTS = 512,
    CONNECTING = 64,           /* upgrades on their way at once */
    SOCKETS_PER_SOURCE = 1000, /* the server caps those of one address: 127.0.0.2, .3 ... */
    READ_BYTES = 262144,
    WARM_TURNS = 20,
    PATIENCE_MS = 30000
};

struct person {
    char token[128];
    int64_t channel;
    int room;
};
struct room {
    int members, senders;
};
struct socket {
    int fd, person;
    bool upgraded, ready, sends;
    char *kept; /* begin of a frame that has not come whole */
    size_t kept_bytes;
    int in_flight;
};

static struct {
    int port, sockets, senders, flow;
    pid_t pid;
    int64_t messages;
    const char *people;
} asked = {.senders = 1};

static struct person *people;
static int people_count;
static struct room *rooms;
static int room_count;
static struct socket *sockets;
static int epoll, ready_count;
static int64_t sent, expected, delivered, refused, serial, delivered_bytes;

static void die(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void *grow(void *old, size_t count, size_t size)
{
    void *new = reallocarray(old, count, size);
    if (!new) {
        die("memory");
    }
    return new;
}

/* --- measuring -------------------------------------------------------------------------------- */

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu_s(void)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(asked.pid, &clock) != 0 || clock_gettime(clock, &t) != 0) {
        die("the server's clock");
    }
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long rss_kb(void)
{
    char path[64], line[256];
    long kb = 0;
    snprintf(path, sizeof path, "/proc/%d/status", asked.pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, "VmRSS:", 6) == 0) {
            kb = strtol(line + 6, NULL, 10);
        }
    }
    if (!kb) {
        die("the server's memory");
    }
    fclose(file);
    return kb;
}

/* --- who ---------------------------------------------------------------------------------------
 */

static int room_for(int64_t channel)
{
    for (int i = people_count - 1; i >= 0; i--) {
        if (people[i].channel == channel) {
            return people[i].room;
        }
    }
    rooms = grow(rooms, (size_t)room_count + 1, sizeof *rooms);
    rooms[room_count] = (struct room){0};
    return room_count++;
}

static void read_people(void)
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

/* --- connecting --------------------------------------------------------------------------------
 */

static void greet(const struct socket *socket)
{
    char text[1024];
    const struct person *person = &people[socket->person];
    int bytes = snprintf(text, sizeof text,
                         "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Sec-WebSocket-Protocol: beffroi.v1\r\nX-Room: %d\r\n"
                         "Authorization: Bearer %s\r\n\r\n",
                         asked.port, person->room, person->token);
    if (send(socket->fd, text, (size_t)bytes, MSG_NOSIGNAL) != bytes) {
        die("send");
    }
}

static void open_socket(int number)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)asked.port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in from = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (in_addr_t)(number / SOCKETS_PER_SOURCE))};
    int on = 1;
    struct socket *it = &sockets[number];
    *it = (struct socket){.person = number % people_count};
    it->fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(it->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (it->fd < 0 || bind(it->fd, (struct sockaddr *)&from, sizeof from) < 0 ||
        connect(it->fd, (struct sockaddr *)&to, sizeof to) < 0) {
        die("connect");
    }
    setsockopt(it->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(it->fd, F_SETFL, O_NONBLOCK);
    struct room *room = &rooms[people[it->person].room];
    room->members++;
    it->sends = room->senders < asked.senders;
    room->senders += it->sends;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = it};
    epoll_ctl(epoll, EPOLL_CTL_ADD, it->fd, &event);
    greet(it);
}

/* --- writing -----------------------------------------------------------------------------------
 */

/* RFC 6455 5.3: a client masks; with a key of zeros the text stays as it is. */
static void post(struct socket *socket)
{
    char text[1024], frame[1100] = {(char)0x81, (char)(0x80 | 126)};
    int64_t number = ++serial;
    int bytes = snprintf(
        text, sizeof text,
        "{\"jsonrpc\":\"2.0\",\"id\":%lld,\"method\":\"message.post\",\"params\":{\"channel\":%lld,"
        "\"body\":\"Bonjour \xc3\xa0 tous, la halle rouvre samedi : qui a d\xc3\xa9j\xc3\xa0 "
        "demand\xc3\xa9 une subvention pour la toiture ? (%lld)\",\"nonce\":\"bench-%d-%lld\"}}",
        (long long)number, (long long)people[socket->person].channel, (long long)number,
        (int)getpid(), (long long)number);
    frame[2] = (char)(bytes >> 8);
    frame[3] = (char)(bytes & 0xff);
    memcpy(frame + 8, text, (size_t)bytes);
    if (send(socket->fd, frame, (size_t)bytes + 8, MSG_NOSIGNAL) != bytes + 8) {
        die("send");
    }
    socket->in_flight++;
    sent++;
    expected += rooms[people[socket->person].room].members;
}

static void keep_in_flight(struct socket *socket)
{
    while (socket->in_flight < asked.flow && sent < asked.messages) {
        post(socket);
    }
}

/* --- reading -----------------------------------------------------------------------------------
 */

static bool starts_with_word(const char *payload, size_t bytes, const char *word)
{
    return memmem(payload, bytes < 200 ? bytes : 200, word, strlen(word)) != NULL;
}

static void take_frame(struct socket *socket, const char *payload, size_t bytes)
{
    if (!socket->ready) {
        if (!starts_with_word(payload, bytes, "\"hello\"")) {
            die("no hello came first");
        }
        socket->ready = true;
        ready_count++;
    } else if (starts_with_word(payload, bytes, "\"message.posted\"")) {
        delivered++;
        delivered_bytes += (int64_t)bytes;
        if (socket->sends && socket->in_flight > 0) {
            socket->in_flight--;
            if (asked.flow) {
                keep_in_flight(socket);
            }
        }
    } else if (starts_with_word(payload, bytes, "\"error\"")) {
        refused++;
        fprintf(stderr, "load: refused: %.*s\n", (int)bytes, payload);
        exit(1);
    }
}

/* Bytes of the first whole frame (or of the answer to the upgrade), taken; 0 if it is not all
 * there. */
static size_t take_one(struct socket *socket, const char *data, size_t bytes)
{
    if (!socket->upgraded) {
        const char *end = memmem(data, bytes, "\r\n\r\n", 4);
        if (end && memmem(data, bytes, " 101 ", 5) == NULL) {
            fprintf(stderr, "load: %.*s\n", (int)bytes, data);
            die("no upgrade");
        }
        socket->upgraded = end != NULL;
        return end ? (size_t)(end + 4 - data) : 0;
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
    if ((head[0] & 0x0f) == 1) {
        take_frame(socket, data + head_bytes, length);
    } else if ((head[0] & 0x0f) == 8) {
        die("the server closed a socket");
    }
    return head_bytes + length;
}

static void receive(struct socket *socket)
{
    static char data[2 * READ_BYTES];
    memcpy(data, socket->kept, socket->kept_bytes);
    ssize_t got = recv(socket->fd, data + socket->kept_bytes, READ_BYTES, 0);
    if (got <= 0) {
        die("a socket ended");
    }
    size_t bytes = socket->kept_bytes + (size_t)got, taken = 0, one = 0;
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
}

static void turn(void)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(epoll, events, EVENTS, PATIENCE_MS);
    if (count <= 0) {
        fprintf(stderr, "load: %lld of %lld deliveries, %d of %d sockets\n", (long long)delivered,
                (long long)expected, ready_count, asked.sockets);
        die("nothing more comes");
    }
    for (int i = 0; i < count; i++) {
        receive(events[i].data.ptr);
    }
}

/* --- the run -----------------------------------------------------------------------------------
 */

static void open_all(void)
{
    sockets = calloc((size_t)asked.sockets, sizeof *sockets);
    for (int i = 0; i < asked.sockets; i++) {
        open_socket(i);
        while (i + 1 - ready_count >= CONNECTING) {
            turn();
        }
    }
    while (ready_count < asked.sockets) {
        turn();
    }
}

static void post_by_all(void)
{
    for (int i = 0; i < asked.sockets; i++) {
        if (sockets[i].sends) {
            post(&sockets[i]);
        }
    }
}

static void lockstep(int64_t messages)
{
    for (int64_t until = sent + messages; sent < until;) {
        post_by_all();
        while (delivered < expected) {
            turn();
        }
    }
}

static void flow(int64_t messages)
{
    asked.messages = sent + messages;
    for (int i = 0; i < asked.sockets; i++) {
        if (sockets[i].sends) {
            keep_in_flight(&sockets[i]);
        }
    }
    while (delivered < expected) {
        turn();
    }
}

static int count_senders(void)
{
    int senders = 0;
    for (int i = 0; i < asked.sockets; i++) {
        senders += sockets[i].sends;
    }
    return senders;
}

static void measure(void)
{
    int64_t wanted = asked.messages;
    int senders = count_senders();
    void (*run)(int64_t messages) = asked.flow ? flow : lockstep;
    run((int64_t)WARM_TURNS * senders);
    int64_t sent_before = sent, delivered_before = delivered, bytes_before = delivered_bytes;
    double wall = now_s(), cpu = cpu_s();
    run(wanted);
    wall = now_s() - wall;
    cpu = cpu_s() - cpu;
    int64_t deliveries = delivered - delivered_before;
    printf("{\"messages\":%lld,\"deliveries\":%lld,\"seconds\":%.6f,\"cpu_s\":%.6f,"
           "\"cpu_us_per_delivery\":%.4f,\"cpu_us_per_message\":%.3f,\"messages_per_s\":%.1f,"
           "\"bytes_per_delivery\":%lld}\n",
           (long long)(sent - sent_before), (long long)deliveries, wall, cpu,
           cpu * 1e6 / (double)deliveries, cpu * 1e6 / (double)(sent - sent_before),
           (double)(sent - sent_before) / wall,
           (long long)((delivered_bytes - bytes_before) / deliveries));
}

static void parse(int argc, char **argv)
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},    {"pid", required_argument, NULL, 'i'},
        {"people", required_argument, NULL, 'f'},  {"sockets", required_argument, NULL, 'n'},
        {"senders", required_argument, NULL, 's'}, {"messages", required_argument, NULL, 'm'},
        {"flow", required_argument, NULL, 'w'},    {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        long number = optarg ? strtol(optarg, NULL, 10) : 0;
        switch (option) {
        case 'p':
            asked.port = (int)number;
            break;
        case 'i':
            asked.pid = (pid_t)number;
            break;
        case 'f':
            asked.people = optarg;
            break;
        case 'n':
            asked.sockets = (int)number;
            break;
        case 's':
            asked.senders = (int)number;
            break;
        case 'm':
            asked.messages = number;
            break;
        case 'w':
            asked.flow = (int)number;
            break;
        default:
            exit(2);
        }
    }
    if (!asked.port || !asked.pid || !asked.people || !asked.sockets) {
        fprintf(stderr, "load --port N --pid N --people FILE --sockets N ...\n");
        exit(2);
    }
}

int main(int argc, char **argv)
{
    parse(argc, argv);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    epoll = epoll_create1(0);
    read_people();
    long before = rss_kb();
    double cpu = cpu_s(), wall = now_s();
    open_all();
    cpu = cpu_s() - cpu;
    wall = now_s() - wall;
    if (asked.messages) {
        measure();
        return 0;
    }
    printf("{\"sockets\":%d,\"rss_before_kb\":%ld,\"rss_after_kb\":%ld,"
           "\"kb_per_connection\":%.2f,\"cpu_us_per_connection\":%.1f,\"seconds\":%.2f}\n",
           asked.sockets, before, rss_kb(), (double)(rss_kb() - before) / asked.sockets,
           cpu * 1e6 / asked.sockets, wall);
    return 0;
}
