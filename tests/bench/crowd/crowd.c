/* The runs:
 *
 *   crowd --port N --pid N --people FILE --sockets N ...
 *
 * FILE has a line per person, "TOKEN CHANNEL"; socket i is person i, from the top again when they
 * run out (a person may have several). A message reaches every socket of its channel. In each
 * channel (--rooms N: in the first N only) the first --senders sockets write.
 *
 *   --messages N           all senders write at once; the next turn begins when everybody has
 *                          everything. What a delivery costs.
 *     --flow N             each sender keeps N messages on their way instead
 *     --beside PORT:PID    a second target with as many sockets: both are measured in turns, in
 *                          --slices slices of --messages each, so that what else the machine does
 *                          falls on both. There one socket of a channel writes, without TLS.
 *     --every MS           one message each so many milliseconds: how long each takes to each
 *                          socket. --disk FILE: beside fdatasync there.
 *   --questions FILE       one socket asks them one after the other, a JSON-RPC frame a line: how
 *                          long each waits for its answer, and the CPU of it
 *     --anew               on a connection of its own each
 *     --heard              until the message.posted that it makes is here too
 *     --in-memory FILE     which stays in memory meanwhile
 *     --on-disk FILE       of which the kernel forgets what it holds before each question
 *   without these          the sockets are opened, weighed, and closed
 *     --question TEXT      a frame that each sends then, to be answered
 *     --cut                then all are cut at once and come back by session.resume
 *     --hold               then they are kept open until stdin ends
 *   --tls, --resumption    over TLS; coming back by what the first connection was given */
#include "crowd.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WARM_TURNS = 20, SLICE_WARM_TURNS = 2, ANSWERS_AT_ONCE = 16 };

struct options asked = {.rooms = 1000000, .slices = 1, .targets = {{.senders = 1}, {.senders = 1}}};

void die(const char *what)
{
    fprintf(stderr, "crowd: %s: %s\n", what, strerror(errno));
    exit(1);
}

void *grow(void *old, size_t count, size_t size)
{
    void *new = reallocarray(old, count, size);
    if (!new) {
        die("memory");
    }
    return new;
}

/* --- measuring ---------------------------------------------------------------------------------
 */

double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double cpu_s(const struct target *target)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(target->pid, &clock) != 0 || clock_gettime(clock, &t) != 0) {
        die("the server's clock");
    }
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

long rss_kb(const struct target *target)
{
    char path[64], line[256];
    long kb = 0;
    snprintf(path, sizeof path, "/proc/%d/status", target->pid);
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

/* --- what a delivery costs ---------------------------------------------------------------------
 */

static int64_t flow_until; /* messages to be sent in all, by --flow */

static void keep_in_flight(struct socket *socket)
{
    while (socket->in_flight < asked.flow && socket->target->sent < flow_until) {
        post(socket);
    }
}

void on_delivery(struct socket *socket, const char *payload, size_t bytes)
{
    socket->target->delivered++;
    socket->target->bytes += (int64_t)bytes;
    pace_took(payload, bytes);
    if (socket->sends && socket->in_flight > 0) {
        socket->in_flight--;
        if (asked.flow) {
            keep_in_flight(socket);
        }
    }
}

static void wait_for_all(const struct target *target)
{
    while (target->delivered < target->expected) {
        turn();
    }
}

static void lockstep(struct target *target, int64_t messages)
{
    for (int64_t until = target->sent + messages; target->sent < until;) {
        for (int i = 0; i < target->count; i++) {
            if (target->sockets[i].sends) {
                post(&target->sockets[i]);
            }
        }
        wait_for_all(target);
    }
}

static void flow(struct target *target, int64_t messages)
{
    flow_until = target->sent + messages;
    for (int i = 0; i < target->count; i++) {
        if (target->sockets[i].sends) {
            keep_in_flight(&target->sockets[i]);
        }
    }
    wait_for_all(target);
}

static int count_senders(const struct target *target)
{
    int senders = 0;
    for (int i = 0; i < target->count; i++) {
        senders += target->sockets[i].sends;
    }
    return senders;
}

struct slice {
    int64_t messages, deliveries, bytes;
    double wall_s, cpu_s;
};

static struct slice measure(struct target *target, int warm_turns)
{
    void (*run)(struct target * target, int64_t messages) = asked.flow ? flow : lockstep;
    run(target, (int64_t)warm_turns * count_senders(target));
    struct target before = *target;
    double wall = now_s(), cpu = cpu_s(target);
    run(target, asked.messages);
    return (struct slice){.messages = target->sent - before.sent,
                          .deliveries = target->delivered - before.delivered,
                          .bytes = target->bytes - before.bytes,
                          .wall_s = now_s() - wall,
                          .cpu_s = cpu_s(target) - cpu};
}

static void print_slice(const struct slice *it)
{
    printf("{\"messages\":%lld,\"deliveries\":%lld,\"seconds\":%.6f,\"cpu_s\":%.6f,"
           "\"cpu_us_per_delivery\":%.4f,\"cpu_us_per_message\":%.3f,\"messages_per_s\":%.1f,"
           "\"bytes_per_delivery\":%lld}",
           (long long)it->messages, (long long)it->deliveries, it->wall_s, it->cpu_s,
           it->cpu_s * 1e6 / (double)it->deliveries, it->cpu_s * 1e6 / (double)it->messages,
           (double)it->messages / it->wall_s, (long long)(it->bytes / it->deliveries));
}

/* Who is first changes with each slice. */
static void measure_beside(void)
{
    for (int i = 0; i < 2; i++) {
        measure(&asked.targets[i], WARM_TURNS);
    }
    printf("{\"slices\":[");
    for (int i = 0; i < asked.slices; i++) {
        struct slice two[2];
        for (int j = 0; j < 2; j++) {
            int which = (i + j) % 2;
            two[which] = measure(&asked.targets[which], SLICE_WARM_TURNS);
        }
        printf("%s[", i ? "," : "");
        print_slice(&two[0]);
        printf(",");
        print_slice(&two[1]);
        printf("]");
    }
    printf("]}\n");
}

/* --- what being there costs --------------------------------------------------------------------
 */

void on_answer(struct socket *socket, const char *payload, size_t bytes)
{
    static const char reload[] = "\"reload\":true";
    if (!asked.questions && memmem(payload, bytes, reload, sizeof reload - 1)) {
        die("a resume says to load again");
    }
    if (socket->asked) {
        socket->asked = false;
        socket->target->answered++;
    }
}

/* A few at a time, as people come; `text` NULL: session.resume. */
static void ask_all(struct target *target, const char *text)
{
    char frame[512];
    target->answered = 0;
    for (int i = 0; i < target->count; i++) {
        struct socket *socket = &target->sockets[i];
        int bytes = text ? snprintf(frame, sizeof frame, "%s", text)
                         : snprintf(frame, sizeof frame,
                                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.resume\","
                                    "\"params\":{\"epoch\":\"%s\",\"cursor\":%lld}}",
                                    asked.epoch, (long long)socket->cursor);
        socket->asked = true;
        send_text(socket, frame, (size_t)bytes);
        while (i + 1 - target->answered >= ANSWERS_AT_ONCE) {
            turn();
        }
    }
    while (target->answered < target->count) {
        turn();
    }
}

static void hold(void)
{
    char end;
    printf("\n");
    fflush(stdout);
    fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    while (read(STDIN_FILENO, &end, 1) < 0) {
        turn_for(100);
    }
}

static void weigh(struct target *target)
{
    long before = rss_kb(target);
    double cpu = cpu_s(target), wall = now_s();
    open_all(target);
    double opened = cpu_s(target), opened_wall = now_s();
    printf("{\"sockets\":%d,\"rss_before_kb\":%ld,\"rss_after_kb\":%ld,\"kb_per_connection\":%.2f,"
           "\"cpu_us_per_connection\":%.1f,\"seconds\":%.2f",
           target->count, before, rss_kb(target), (double)(rss_kb(target) - before) / target->count,
           (opened - cpu) * 1e6 / target->count, opened_wall - wall);
    if (asked.question) {
        ask_all(target, asked.question);
        printf(",\"cpu_us_per_answer\":%.1f", (cpu_s(target) - opened) * 1e6 / target->count);
    }
    if (asked.cut) {
        cpu = cpu_s(target);
        wall = now_s();
        cut_all(target);
        open_all(target);
        ask_all(target, NULL);
        printf(",\"back_cpu_s\":%.3f,\"back_seconds\":%.2f,\"reused\":%d", cpu_s(target) - cpu,
               now_s() - wall, target->reused);
    }
    printf("}");
    if (asked.hold) {
        hold();
    }
    printf("\n");
}

/* --- options -----------------------------------------------------------------------------------
 */

static const struct option options[] = {{"port", required_argument, NULL, 'p'},
                                        {"pid", required_argument, NULL, 'i'},
                                        {"beside", required_argument, NULL, 'b'},
                                        {"people", required_argument, NULL, 'f'},
                                        {"sockets", required_argument, NULL, 'n'},
                                        {"senders", required_argument, NULL, 's'},
                                        {"rooms", required_argument, NULL, 'r'},
                                        {"messages", required_argument, NULL, 'm'},
                                        {"flow", required_argument, NULL, 'w'},
                                        {"slices", required_argument, NULL, 'l'},
                                        {"every", required_argument, NULL, 'e'},
                                        {"disk", required_argument, NULL, 'd'},
                                        {"question", required_argument, NULL, 'q'},
                                        {"cut", no_argument, NULL, 'c'},
                                        {"hold", no_argument, NULL, 'h'},
                                        {"tls", no_argument, NULL, 't'},
                                        {"resumption", no_argument, NULL, 'u'},
                                        {"questions", required_argument, NULL, 'Q'},
                                        {"anew", no_argument, NULL, 'a'},
                                        {"heard", no_argument, NULL, 'H'},
                                        {"in-memory", required_argument, NULL, 'M'},
                                        {"on-disk", required_argument, NULL, 'D'},
                                        {NULL, 0, NULL, 0}};

static void take_number(int option, int number)
{
    switch (option) {
    case 'p':
        asked.targets[0].port = number;
        break;
    case 'i':
        asked.targets[0].pid = number;
        break;
    case 'n':
        asked.sockets = number;
        break;
    case 's':
        asked.targets[0].senders = number;
        break;
    case 'r':
        asked.rooms = number;
        break;
    case 'm':
        asked.messages = number;
        break;
    case 'w':
        asked.flow = number;
        break;
    case 'l':
        asked.slices = number;
        break;
    case 'e':
        asked.every_ms = number;
        break;
    default:
        exit(2);
    }
}

static void take_flag(int option, const char *text)
{
    switch (option) {
    case 'a':
        asked.anew = true;
        break;
    case 'H':
        asked.heard = true;
        break;
    case 'c':
        asked.cut = true;
        break;
    case 'h':
        asked.hold = true;
        break;
    case 't':
        asked.targets[0].tls = true;
        break;
    case 'u':
        asked.resumption = true;
        break;
    default:
        take_number(option, text ? (int)strtol(text, NULL, 10) : 0);
    }
}

static void take_option(int option, const char *text)
{
    switch (option) {
    case 'b':
        if (sscanf(text, "%d:%d", &asked.targets[1].port, &asked.targets[1].pid) != 2) {
            exit(2);
        }
        break;
    case 'f':
        asked.people = text;
        break;
    case 'd':
        asked.disk = text;
        break;
    case 'q':
        asked.question = text;
        break;
    case 'Q':
        asked.questions = text;
        break;
    case 'M':
        asked.in_memory = text;
        break;
    case 'D':
        asked.on_disk = text;
        break;
    default:
        take_flag(option, text);
    }
}

int main(int argc, char **argv)
{
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        take_option(option, optarg);
    }
    struct target *target = &asked.targets[0];
    if (!target->port || !target->pid || !asked.people || !asked.sockets) {
        fprintf(stderr, "crowd --port N --pid N --people FILE --sockets N ...\n");
        return 2;
    }
    read_people();
    client_init();
    if (!asked.messages && !asked.questions) {
        weigh(target);
        return 0;
    }
    open_all(target);
    if (asked.questions) {
        ask(target);
        return 0;
    }
    if (asked.targets[1].port) {
        open_all(&asked.targets[1]);
        measure_beside();
    } else if (asked.every_ms) {
        pace(target);
    } else {
        struct slice all = measure(target, WARM_TURNS);
        print_slice(&all);
        printf("\n");
    }
    return 0;
}
