/* A crowd of members on a real server, some of whom stall or are cut.
 *
 *   crowd stall --port N --pid N --people FILE --active N --stalled N --rate N --seconds N
 *       Messages flow for `seconds`; then beside `stalled` sockets that read nothing for as long;
 *       then those read on, and come back by their cursors.
 *   crowd cut --port N --pid N --people FILE --active N [--away N] [--forwarded ADDRESS] [--wait]
 *       All are cut at once by resets; `away` messages are posted; all come back by their cursors.
 *       With --wait they are cut from without (it says "ready", and the server goes).
 *
 * FILE has a line per person, "TOKEN CHANNEL"; socket i is person i, from the top again when they
 * run out. Prints one JSON object: who lost, heard twice or out of order, times in milliseconds. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "peer.h"

enum {
    EVENTS = 512,
    OPENING = 64, /* upgrades on their way at once, while nothing is measured */
    PATIENCE_S = 60,
    STALLED_BYTES = 4096, /* that the kernel keeps for one who reads nothing */
    BODY_BYTES = 1500,
    SAMPLES_MAX = 4 << 20,
    AGAIN_MS = 100 /* before one that was refused tries again */
};

static struct {
    int active, stalled, rate, seconds, away;
    pid_t pid;
    const char *people;
    bool wait;
} asked = {.rate = 20, .seconds = 5, .away = 50};

static struct peers peers;
static struct peer *crowd;
static struct peer keeper; /* posts, and is never cut */
static int crowd_count, posted;
static char (*tokens)[TOKEN_BYTES];
static int token_count;
static int64_t channel;
static double posted_at[MESSAGES_MAX];
static float *samples; /* milliseconds from a post to one active socket */
static size_t sample_count;
static long rss_peak_kb;

static void die(const char *what)
{
    fprintf(stderr, "crowd: %s: %s (ready %lld, last words: %s)\n", what, strerror(errno),
            (long long)peers.tally.ready, peers.tally.last_words);
    exit(1);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
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
    if (file) {
        fclose(file);
    }
    return kb;
}

static void read_people(void)
{
    FILE *file = fopen(asked.people, "r");
    char line[256];
    while (file && fgets(line, sizeof line, file)) {
        char *space = strchr(line, ' ');
        tokens = reallocarray(tokens, (size_t)token_count + 1, sizeof *tokens);
        if (!tokens || !space || space - line >= TOKEN_BYTES) {
            die("a line is not TOKEN CHANNEL");
        }
        *space = '\0';
        memcpy(tokens[token_count++], line, strlen(line) + 1);
        channel = strtoll(space + 1, NULL, 10);
    }
    if (!token_count) {
        die(asked.people);
    }
    fclose(file);
}

/* --- turns ------------------------------------------------------------------------------------ */

static void turn(int wait_ms)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(peers.epoll, events, EVENTS, wait_ms);
    for (int i = 0; i < count; i++) {
        peer_turn(&peers, events[i].data.ptr);
    }
}

static void note_latency(struct peer *peer, int message)
{
    bool counts = peer != &keeper && !peer->stalled && peer->state == PEER_READY;
    if (counts && samples && sample_count < SAMPLES_MAX) {
        samples[sample_count++] = (float)(now_ms() - posted_at[message]);
    }
}

static void post(void)
{
    char text[BODY_BYTES + 400], body[BODY_BYTES + 1];
    int message = posted++;
    if (posted > MESSAGES_MAX) {
        die("too many messages");
    }
    memset(body, 'a', BODY_BYTES);
    body[BODY_BYTES] = '\0';
    int bytes = snprintf(text, sizeof text,
                         "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"message.post\",\"params\":"
                         "{\"channel\":%lld,\"body\":\"(%d) %s\",\"nonce\":\"crowd-%d-%d\"}}",
                         message, (long long)channel, message, body, (int)getpid(), message);
    posted_at[message] = now_ms();
    if (!peer_send(&keeper, text, (size_t)bytes)) {
        die("post");
    }
}

/* Posts at the rate asked for; the schedule is kept, however late a turn comes. */
static void flow(double ms)
{
    double begun = now_ms(), look = 0;
    int first = posted;
    for (double at = 0; at < ms; at = now_ms() - begun) {
        while (posted - first <= (int)(at * asked.rate / 1000)) {
            post();
        }
        turn(2);
        if (at >= look) {
            long kb = rss_kb();
            rss_peak_kb = kb > rss_peak_kb ? kb : rss_peak_kb;
            look = at + 100;
        }
    }
}

static int behind(void)
{
    int count = keeper.taken_count < posted;
    for (int i = 0; i < crowd_count; i++) {
        count += !crowd[i].stalled && crowd[i].taken_count < posted;
    }
    return count;
}

/* Until everybody who reads has everything. */
static void settle(void)
{
    double until = now_ms() + PATIENCE_S * 1e3;
    while (behind() > 0) {
        turn(50);
        if (now_ms() > until) {
            return; /* told in the result */
        }
    }
}

static void open_one(int number, int buffer_bytes)
{
    crowd[number] = (struct peer){.number = number, .token = tokens[number % token_count]};
    for (int i = 0; i < posted; i++) { /* what was told before it came is none of its business */
        crowd[number].taken[i / 8] |= (uint8_t)(1 << i % 8);
    }
    crowd[number].taken_count = posted;
    peer_open(&peers, &crowd[number], buffer_bytes);
}

/* Up to number `to`, the keeper apart. */
static void open_many(int from, int to, int buffer_bytes)
{
    double until = now_ms() + PATIENCE_S * 1e3;
    for (int i = from; i < to; i++) {
        open_one(i, buffer_bytes);
        while (i + 2 - peers.tally.ready > OPENING) {
            turn(100);
        }
    }
    while (peers.tally.ready < to + 1) {
        turn(100);
        if (peers.tally.ended > 0 || now_ms() > until) {
            die("not everybody came in");
        }
    }
}

static void open_keeper(void)
{
    keeper = (struct peer){.fd = -1, .number = 0, .token = tokens[0]};
    peer_open(&peers, &keeper, 0);
    while (keeper.state != PEER_READY) {
        turn(100);
    }
}

/* --- results ---------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void print_latency(const char *name)
{
    qsort(samples, sample_count, sizeof *samples, compare);
    float p50 = sample_count ? samples[sample_count / 2] : 0;
    float p99 = sample_count ? samples[sample_count * 99 / 100] : 0;
    printf("\"%s\":{\"deliveries\":%zu,\"p50_ms\":%.2f,\"p99_ms\":%.2f},", name, sample_count,
           (double)p50, (double)p99);
    sample_count = 0;
}

static void print_tally(void)
{
    int64_t lost = 0;
    for (int i = 0; i < crowd_count; i++) {
        lost += posted - crowd[i].taken_count;
    }
    printf("\"messages\":%d,\"lost\":%lld,\"twice\":%lld,\"misordered\":%lld,\"reloads\":%lld,"
           "\"refused\":%lld,\"last_words\":\"%s\"}\n",
           posted, (long long)lost, (long long)peers.tally.twice, (long long)peers.tally.misordered,
           (long long)peers.tally.reloads, (long long)peers.tally.refused,
           peers.tally.refused ? "refused" : "");
    if (peers.tally.refused) {
        fprintf(stderr, "crowd: %s\n", peers.tally.last_words);
    }
}

/* --- stall ------------------------------------------------------------------------------------ */

static void stop_reading(int from, int to)
{
    for (int i = from; i < to; i++) {
        crowd[i].stalled = true;
        epoll_ctl(peers.epoll, EPOLL_CTL_DEL, crowd[i].fd, NULL);
    }
}

static void read_again(int from, int to)
{
    for (int i = from; i < to; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &crowd[i]};
        crowd[i].stalled = false;
        epoll_ctl(peers.epoll, EPOLL_CTL_ADD, crowd[i].fd, &event);
    }
}

static void open_those_away(int from, int to)
{
    for (int i = from; i < to; i++) {
        if (crowd[i].state == PEER_AWAY) {
            peer_open(&peers, &crowd[i], 0);
        }
    }
}

/* Those that were cut come again, until everybody has everything. */
static void come_back(int from, int to)
{
    double until = now_ms() + PATIENCE_S * 1e3, next = 0;
    while (behind() > 0 && now_ms() < until) {
        if (now_ms() >= next) {
            open_those_away(from, to);
            next = now_ms() + AGAIN_MS;
        }
        turn(20);
    }
}

static void stall(void)
{
    int all = asked.active + asked.stalled;
    samples = malloc(SAMPLES_MAX * sizeof *samples);
    crowd = calloc((size_t)all, sizeof *crowd);
    open_keeper();
    open_many(0, asked.active, 0);
    crowd_count = asked.active;
    long rss_alone_kb = rss_kb();
    flow(asked.seconds * 1e3);
    settle();
    long rss_quiet_kb = rss_peak_kb;
    printf("{");
    print_latency("alone");
    rss_peak_kb = 0;
    open_many(asked.active, all, STALLED_BYTES);
    crowd_count = all;
    stop_reading(asked.active, all);
    flow(asked.seconds * 1e3);
    settle();
    print_latency("beside");
    int64_t ended_before = peers.tally.ended;
    read_again(asked.active, all);
    come_back(asked.active, all);
    printf("\"cut\":%lld,\"cut_active\":%lld,\"rss_open_kb\":%ld,\"rss_alone_kb\":%ld,"
           "\"rss_beside_kb\":%ld,",
           (long long)(peers.tally.ended - ended_before), (long long)ended_before, rss_alone_kb,
           rss_quiet_kb, rss_peak_kb);
    print_tally();
}

/* --- cut -------------------------------------------------------------------------------------- */

static void wait_for_the_end(void)
{
    printf("ready\n");
    fflush(stdout);
    while (peers.tally.ready > 0) {
        turn(100);
    }
    printf("gone\n");
    fflush(stdout);
    if (getchar() != '\n') {
        die("nobody says that it is back");
    }
}

static void cut_all(void)
{
    for (int i = 0; i < crowd_count; i++) {
        peer_cut(&peers, &crowd[i]);
    }
}

static bool all_back(void)
{
    for (int i = 0; i < crowd_count; i++) {
        if (crowd[i].state != PEER_READY) {
            return false;
        }
    }
    return true;
}

/* Everybody tries until it is in, all at once. Milliseconds until everybody has everything, 0: never. */
static double all_return(void)
{
    double begun = now_ms(), next = 0;
    while (now_ms() < begun + PATIENCE_S * 1e3) {
        if (now_ms() >= next) {
            open_those_away(0, crowd_count);
            next = now_ms() + AGAIN_MS;
        }
        if (keeper.state == PEER_AWAY) {
            peer_open(&peers, &keeper, 0);
        }
        turn(20);
        if (peers.tally.ready >= crowd_count && all_back() && behind() == 0) {
            return now_ms() - begun;
        }
    }
    return 0;
}

static void cut(void)
{
    crowd = calloc((size_t)asked.active, sizeof *crowd);
    open_keeper();
    open_many(0, asked.active, 0);
    crowd_count = asked.active;
    flow(1000);
    settle();
    if (asked.wait) {
        wait_for_the_end();
    } else {
        cut_all();
        for (int i = 0; i < asked.away; i++) {
            post();
        }
    }
    peers.tally.ended = 0;
    double back_ms = all_return();
    printf("{\"sockets\":%d,\"back_ms\":%.0f,\"tries_refused\":%lld,", crowd_count, back_ms,
           (long long)peers.tally.ended);
    flow(300);
    settle();
    print_tally();
}

static void parse(int argc, char **argv)
{
    static const struct option options[] = {{"port", required_argument, NULL, 'p'},
                                            {"pid", required_argument, NULL, 'i'},
                                            {"people", required_argument, NULL, 'f'},
                                            {"active", required_argument, NULL, 'n'},
                                            {"stalled", required_argument, NULL, 's'},
                                            {"rate", required_argument, NULL, 'r'},
                                            {"seconds", required_argument, NULL, 't'},
                                            {"away", required_argument, NULL, 'a'},
                                            {"forwarded", required_argument, NULL, 'x'},
                                            {"wait", no_argument, NULL, 'w'},
                                            {NULL, 0, NULL, 0}};
    int *const numbers[] = {
        ['n'] = &asked.active, ['s'] = &asked.stalled, ['r'] = &asked.rate, ['t'] = &asked.seconds,
        ['a'] = &asked.away,   ['p'] = &peers.port,    ['i'] = &asked.pid};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'f') {
            asked.people = optarg;
        } else if (option == 'x') {
            peers.forwarded = optarg;
        } else if (option == 'w') {
            asked.wait = true;
        } else if (option == '?') {
            exit(2);
        } else {
            *numbers[option] = (int)strtol(optarg, NULL, 10);
        }
    }
}

int main(int argc, char **argv)
{
    struct rlimit files;
    parse(argc, argv);
    if (optind >= argc || !peers.port || !asked.pid || !asked.people || !asked.active) {
        fprintf(stderr, "crowd stall|cut --port N --pid N --people FILE --active N ...\n");
        return 2;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    peers.epoll = epoll_create1(0);
    peers.on_message = note_latency;
    read_people();
    if (strcmp(argv[optind], "stall") == 0) {
        stall();
    } else {
        cut();
    }
    return 0;
}
