/* Messages written in time with a clock, and how long each takes to reach every screen. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crowd.h"

enum { MARGIN_MS = 5000, PAGE_BYTES = 4096, SYNCS_PER_MESSAGE = 2, WARM = 20 };

static const char question[] = "(no ";
static int64_t serial;

/* What --every measured: when each message was written, each delivery's way, each sync. */
static double *written_at;
static struct list {
    double *ms;
    size_t count, capacity;
} deliveries, syncs;

void post(struct socket *socket)
{
    char text[1024];
    struct target *target = socket->target;
    const struct person *person = &people[socket->person];
    long long number = ++serial;
    int bytes = snprintf(
        text, sizeof text,
        "{\"jsonrpc\":\"2.0\",\"id\":%lld,\"method\":\"message.post\",\"params\":{\"channel\":%lld,"
        "\"body\":\"Bonjour \xc3\xa0 tous, la halle rouvre samedi : qui a d\xc3\xa9j\xc3\xa0 "
        "demand\xc3\xa9 une subvention pour la toiture ? %s%lld)\",\"nonce\":\"bench-%d-%lld\"}}",
        number, (long long)person->channel, question, number, (int)getpid(), number);
    send_text(socket, text, (size_t)bytes);
    socket->in_flight++;
    target->sent++;
    target->expected += target->rooms[person->room].members;
}

static void list_add(struct list *list, double ms)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 4096;
        list->ms = grow(list->ms, list->capacity, sizeof *list->ms);
    }
    list->ms[list->count++] = ms;
}

void pace_took(const char *payload, size_t bytes)
{
    const char *at = written_at ? memmem(payload, bytes, question, sizeof question - 1) : NULL;
    int64_t number = at ? strtoll(at + sizeof question - 1, NULL, 10) : 0;
    if (number > WARM) {
        list_add(&deliveries, (now_s() - written_at[number]) * 1e3);
    }
}

/* As the server's commit has it: bytes of a file that is there already, then fdatasync. */
static void sync_once(int fd)
{
    static const char page[PAGE_BYTES];
    static off_t at;
    double start = now_s();
    if (pwrite(fd, page, sizeof page, at++ % 64 * PAGE_BYTES) != PAGE_BYTES || fdatasync(fd) < 0) {
        die("sync");
    }
    list_add(&syncs, (now_s() - start) * 1e3);
}

static int open_disk(void)
{
    int fd = asked.disk ? open(asked.disk, O_RDWR | O_CREAT | O_TRUNC, 0600) : -1;
    if (asked.disk && fd < 0) {
        die(asked.disk);
    }
    for (int i = 0; asked.disk && i < 64; i++) {
        sync_once(fd); /* gives the file its blocks */
    }
    syncs.count = 0;
    return fd;
}

static struct socket *sender(struct target *target, int64_t message)
{
    int number = (int)(message % target->count);
    while (!target->sockets[number].sends) {
        number = (number + 1) % target->count;
    }
    return &target->sockets[number];
}

static int by_size(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* The nearest rank: `part` of them are no longer than this. */
static double rank(struct list *list, double part)
{
    if (!list->count) {
        return 0;
    }
    qsort(list->ms, list->count, sizeof *list->ms, by_size);
    size_t index = (size_t)(part * (double)list->count);
    return list->ms[index < list->count ? index : list->count - 1];
}

/* Halfway between two messages the server is idle: then the disk is asked. */
static void wait_until(double at_s, int disk)
{
    bool synced = disk < 0;
    for (double left = at_s - now_s(); left > 0; left = at_s - now_s()) {
        if (!synced && left < asked.every_ms / 2e3) {
            for (int i = 0; i < SYNCS_PER_MESSAGE; i++) {
                sync_once(disk);
            }
            synced = true;
        } else {
            turn_for(left > 2e-3 ? 1 : 0);
        }
    }
}

void pace(struct target *target)
{
    int64_t messages = asked.messages + WARM;
    written_at = grow(NULL, (size_t)(messages + 1), sizeof *written_at);
    int disk = open_disk();
    double start = now_s(), cpu = cpu_s(target);
    for (int64_t i = 1; i <= messages; i++) {
        wait_until(start + (double)i * asked.every_ms / 1e3, disk);
        written_at[i] = now_s();
        post(sender(target, i));
    }
    double end = now_s();
    while (target->delivered < target->expected && now_s() < end + MARGIN_MS / 1e3) {
        turn_for(1);
    }
    cpu = cpu_s(target) - cpu;
    if (target->delivered < target->expected) {
        die("a delivery never came");
    }
    size_t count = deliveries.count;
    printf("{\"messages\":%lld,\"deliveries\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
           "\"sync_p50_ms\":%.3f,\"sync_p99_ms\":%.3f,\"cpu_us_per_message\":%.1f}\n",
           (long long)asked.messages, count, rank(&deliveries, 0.5), rank(&deliveries, 0.99),
           rank(&deliveries, 1), rank(&syncs, 0.5), rank(&syncs, 0.99),
           cpu * 1e6 / (double)messages);
}
