/* A bare durable room: what it costs at least to keep each message and show it to a room.
 *
 *   room FRAME_BYTES DATABASE    prints "port N", serves until killed
 *
 * One thread, plain epoll. All that came in a turn is one transaction of SQLite (WAL,
 * synchronous=FULL): for each message a row with its body in a table, one in the index by room and
 * one in a journal. Only after COMMIT does each socket of the rooms that spoke get the frames of
 * that turn, prebuilt, in one send(). No JSON, no rights, no names, no full text, no nonce, no
 * Markdown, no resume: the body is the payload as it came.
 *
 * Like floor.c it speaks just enough WebSocket for load.c. */
#include <arpa/inet.h>
#include <sqlite3.h>
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

enum { ROOMS = 4096, FDS = 65536, EVENTS = 512, MOST_FRAME = 65536, READ_BYTES = 65536 };

static struct room {
    int *fds;
    int count, capacity;
    int waiting; /* messages of this turn */
} rooms[ROOMS];
static int room_of[FDS]; /* 0: has not joined */
static int spoke[ROOMS]; /* rooms with messages in this turn */
static int spoke_count;

static char *frames; /* the frame, as often as a room may speak in one turn */
static size_t frame_bytes;

static sqlite3 *db;
static sqlite3_stmt *begin, *commit, *add_message, *add_fact;
static int64_t serial;

static void die(const char *what)
{
    fprintf(stderr, "room: %s: %s\n", what, db ? sqlite3_errmsg(db) : "-");
    exit(1);
}

/* --- the database -------------------------------------------------------------------------------
 */

static sqlite3_stmt *prepare(const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        die(sql);
    }
    return statement;
}

static void open_database(const char *path)
{
    static const char schema[] =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE message (id INTEGER PRIMARY KEY, room INTEGER NOT NULL, body TEXT NOT NULL,"
        " at INTEGER NOT NULL);"
        "CREATE INDEX message_by_room ON message (room, id);"
        "CREATE TABLE journal (seq INTEGER PRIMARY KEY, room INTEGER NOT NULL,"
        " message INTEGER NOT NULL);";
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK ||
        sqlite3_exec(db, schema, NULL, NULL, NULL) != SQLITE_OK) {
        die(path);
    }
    begin = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
    add_message = prepare("INSERT INTO message (id, room, body, at) VALUES (?1, ?2, ?3, ?4)");
    add_fact = prepare("INSERT INTO journal (seq, room, message) VALUES (?1, ?2, ?3)");
}

static void run(sqlite3_stmt *statement)
{
    sqlite3_step(statement);
    if (sqlite3_reset(statement) != SQLITE_OK) {
        die("a statement");
    }
}

static void keep(int room, const char *body, size_t bytes)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    serial++;
    sqlite3_bind_int64(add_message, 1, serial);
    sqlite3_bind_int(add_message, 2, room);
    sqlite3_bind_text(add_message, 3, body, (int)bytes, SQLITE_STATIC);
    sqlite3_bind_int64(add_message, 4, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000);
    run(add_message);
    sqlite3_bind_int64(add_fact, 1, serial);
    sqlite3_bind_int(add_fact, 2, room);
    sqlite3_bind_int64(add_fact, 3, serial);
    run(add_fact);
}

/* --- rooms --------------------------------------------------------------------------------------
 */

/* RFC 6455 5.2: a whole text message from a server, not masked. */
static size_t make_frame(char *out, const char *payload, size_t bytes)
{
    size_t head = bytes < 126 ? 2 : 4;
    out[0] = (char)0x81;
    out[1] = (char)(head == 2 ? bytes : 126);
    if (head == 4) {
        out[2] = (char)(bytes >> 8);
        out[3] = (char)(bytes & 0xff);
    }
    memmove(out + head, payload, bytes);
    return head + bytes;
}

static void send_all(int fd, const char *bytes, size_t count)
{
    if (send(fd, bytes, count, MSG_NOSIGNAL) != (ssize_t)count) {
        die("send: the receiver is too slow");
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

/* --- turns --------------------------------------------------------------------------------------
 */

static void take_message(int number, unsigned char *payload, size_t bytes,
                         const unsigned char mask[4])
{
    struct room *room = &rooms[number];
    for (size_t i = 0; i < bytes; i++) {
        payload[i] ^= mask[i & 3];
    }
    if (spoke_count == 0) {
        run(begin);
    }
    keep(number, (const char *)payload, bytes);
    if (room->waiting++ == 0) {
        spoke[spoke_count++] = number;
    }
}

/* Masked text frames, each whole: load.c sends one with each send(), and reads are larger. */
static void take_frames(int number, unsigned char *in, size_t bytes)
{
    for (size_t at = 0; at + 6 <= bytes;) {
        size_t length = in[at + 1] & 0x7f, head = 2;
        if (length == 126) {
            length = (size_t)in[at + 2] << 8 | in[at + 3];
            head = 4;
        }
        if (at + head + 4 + length > bytes) {
            die("half a frame");
        }
        take_message(number, in + at + head + 4, length, in + at + head);
        at += head + 4 + length;
    }
}

static void receive(int fd)
{
    static char in[READ_BYTES + 1];
    ssize_t bytes = recv(fd, in, READ_BYTES, 0);
    if (bytes <= 0) {
        leave(fd);
    } else if (!room_of[fd]) {
        in[bytes] = '\0';
        join(fd, in);
    } else {
        take_frames(room_of[fd], (unsigned char *)in, (size_t)bytes);
    }
}

/* Durable before shown. */
static void end_turn(void)
{
    if (spoke_count == 0) {
        return;
    }
    run(commit);
    for (int i = 0; i < spoke_count; i++) {
        struct room *room = &rooms[spoke[i]];
        for (int j = 0; j < room->count; j++) {
            send_all(room->fds[j], frames, frame_bytes * (size_t)room->waiting);
        }
        room->waiting = 0;
    }
    spoke_count = 0;
}

/* --- the program --------------------------------------------------------------------------------
 */

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

static void make_frames(size_t bytes)
{
    enum { MOST_OF_A_TURN = 64 };
    static char payload[MOST_FRAME];
    static const char start[] = "{\"method\":\"fact\",\"fact\":\"message.posted\",";
    memset(payload, 'x', bytes);
    memcpy(payload, start, sizeof start - 1);
    frames = malloc((bytes + 4) * MOST_OF_A_TURN);
    for (int i = 0; i < MOST_OF_A_TURN; i++) {
        frame_bytes = make_frame(frames + frame_bytes * (size_t)i, payload, bytes);
    }
}

int main(int argc, char **argv)
{
    size_t bytes = argc == 3 ? strtoul(argv[1], NULL, 10) : 0;
    if (bytes < 100 || bytes > 65535) {
        fprintf(stderr, "room FRAME_BYTES DATABASE\n");
        return 2;
    }
    make_frames(bytes);
    open_database(argv[2]);
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
        end_turn();
    }
}
