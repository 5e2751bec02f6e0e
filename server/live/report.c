#include "live/report.h"

#include <stdlib.h>
#include <string.h>

#include "wire/frame.h"

static struct report_item *item_add(struct report *report, enum effect_type type)
{
    if (report->count == report->capacity) {
        report->capacity = report->capacity ? report->capacity * 2 : 4;
        report->items = realloc(report->items, report->capacity * sizeof *report->items);
        if (!report->items) {
            abort();
        }
    }
    struct report_item *item = &report->items[report->count++];
    *item = (struct report_item){.type = type};
    return item;
}

/* The run of frames being gathered for one audience. */
struct run {
    struct buf frames;
    int64_t audience;
};

static void run_end(struct run *run, struct report *report)
{
    if (!run->frames.len) {
        return;
    }
    struct report_item *item = item_add(report, EFFECT_FACT);
    item->audience = run->audience;
    item->frames = shared_bytes_create(run->frames.data, run->frames.len);
    report->bytes += run->frames.len;
    buf_clear(&run->frames);
}

static void add_fact(struct report *report, struct run *run, const struct effect *effect)
{
    if (run->frames.len && run->audience != effect->audience) {
        run_end(run, report);
    }
    run->audience = effect->audience;
    frame_text(&run->frames, effect->json, effect->bytes);
}

static void add_other(struct report *report, const struct effect *effect)
{
    struct report_item *item = item_add(report, effect->type);
    item->person = effect->person;
    item->session = effect->session;
    item->audience_count = effect->audience_count;
    size_t bytes = effect->audience_count * sizeof *effect->audiences;
    if (bytes) {
        item->audiences = malloc(bytes);
        if (!item->audiences) {
            abort();
        }
        memcpy(item->audiences, effect->audiences, bytes);
        report->bytes += bytes;
    }
}

struct report *report_create(const struct job *batch)
{
    struct report *report = calloc(1, sizeof *report);
    if (!report) {
        abort();
    }
    report->bytes = sizeof *report;
    struct run run = {0};
    buf_init(&run.frames);
    for (const struct job *job = batch; job; job = job->next) {
        const struct request *request = (const struct request *)job;
        for (size_t i = 0; !request->err && i < request->effects.count; i++) {
            const struct effect *effect = &request->effects.items[i];
            if (effect->type == EFFECT_FACT) {
                add_fact(report, &run, effect);
            } else {
                run_end(&run, report);
                add_other(report, effect);
            }
            report->head = effect->seq > report->head ? effect->seq : report->head;
        }
    }
    run_end(&run, report);
    buf_finish(&run.frames);
    if (!report->count) {
        report_destroy(report);
        return NULL;
    }
    return report;
}

void report_destroy(struct report *report)
{
    if (!report) {
        return;
    }
    for (size_t i = 0; i < report->count; i++) {
        if (report->items[i].frames) {
            shared_bytes_release(report->items[i].frames);
        }
        free(report->items[i].audiences);
    }
    free(report->items);
    free(report);
}
