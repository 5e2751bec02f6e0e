#include "live/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wire/frame.h"

static struct report_item *item_add(struct report *report, enum effect_type type)
{
    if (report->count == report->capacity) {
        report->capacity = report->capacity ? report->capacity * 2 : 4;
        report->items =
            mem_resize(report->items, mem_size(report->capacity, sizeof *report->items, 0));
    }
    struct report_item *item = &report->items[report->count++];
    *item = (struct report_item){.type = type};
    report->bytes += sizeof *item;
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
        item->audiences = mem_alloc(bytes);
        memcpy(item->audiences, effect->audiences, bytes);
        report->bytes += bytes;
    }
}

static void add_effect(struct report *report, struct run *run, const struct effect *effect)
{
    switch (effect->type) {
    case EFFECT_FACT:
        add_fact(report, run, effect);
        break;
    case EFFECT_RIGHTS:
    case EFFECT_CLOSE:
        run_end(run, report);
        add_other(report, effect);
        break;
    case EFFECT_MAIL:
        report->mail = true;
        break;
    case EFFECT_SCRUB:
        report->scrub = true;
        break;
    case EFFECT_FILES:
        report->files = true;
        break;
    }
    report->head = effect->seq > report->head ? effect->seq : report->head;
}

struct report *report_create(const struct job *batch)
{
    struct report *report = MEM_NEW(struct report);
    report->bytes = sizeof *report;
    struct run run = {0};
    buf_init(&run.frames);
    for (const struct job *job = batch; job; job = job->next) {
        const struct request *request = (const struct request *)job;
        for (size_t i = 0; !request->err && i < request->effects.count; i++) {
            add_effect(report, &run, &request->effects.items[i]);
        }
    }
    run_end(&run, report);
    buf_finish(&run.frames);
    if (!report->count && !report->mail && !report->scrub && !report->files) {
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
