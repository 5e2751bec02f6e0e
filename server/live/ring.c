#include "live/ring.h"

#include "base/limits.h"

void ring_init(struct ring *ring, int64_t head)
{
    *ring = (struct ring){.floor = head, .head = head};
    ring->last = &ring->first;
}

static void drop_first(struct ring *ring)
{
    struct report *report = ring->first;
    ring->first = report->next;
    if (!ring->first) {
        ring->last = &ring->first;
    }
    ring->bytes -= report->bytes;
    ring->floor = report->head;
    report_destroy(report);
}

void ring_finish(struct ring *ring)
{
    while (ring->first) {
        drop_first(ring);
    }
}

void ring_add(struct ring *ring, struct report *report)
{
    if (report->head == 0) {
        report_destroy(report);
        return;
    }
    report->next = NULL;
    *ring->last = report;
    ring->last = &report->next;
    ring->bytes += report->bytes;
    ring->head = report->head;
    while (ring->bytes > LIMIT_RING_BYTES && ring->first != report) {
        drop_first(ring);
    }
}

const struct report *ring_after(const struct ring *ring, int64_t head)
{
    const struct report *report = ring->first;
    while (report && report->head <= head) {
        report = report->next;
    }
    return report;
}
