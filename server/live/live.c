#include "live/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/mem.h"
#include "club/due.h"
#include "helper/helper.h"
#include "live/engine.h"
#include "post/post.h"
#include "store/journal.h"

/* --- from the other threads ------------------------------------------------------------------- */

/* On the writer, after the commit (or its failure). */
static void batch_done(void *context, struct job *batch)
{
    struct live *live = context;
    for (struct job *job = batch; job; job = job->next) {
        if (job->err) {
            request_lost((struct request *)job);
        }
    }
    inbox_put(&live->inbox, report_create(batch), batch);
}

static int64_t next_due(void *context, struct db *db)
{
    (void)context;
    return due_next_at(db);
}

static struct job *due(void *context, struct db *db, int64_t now_ms)
{
    return request_due(context, db, now_ms);
}

/* On the writer. */
static void mode_changed(void *context)
{
    const struct live *live = context;
    live->config.wake(live->config.wake_context);
}

static void read_done(void *context, struct job *job)
{
    (void)context;
    struct request *request = (struct request *)job;
    if (job->err) {
        request_lost(request);
    }
    request_finish(request);
}

static void prepare_done(void *context, struct job *job)
{
    (void)context;
    struct request *request = (struct request *)job;
    if (job->err) {
        request_lost(request);
    }
    request_prepared(request);
}

/* --- start and stop --------------------------------------------------------------------------- */

static char *path_in(const char *dir, const char *name)
{
    size_t bytes = strlen(dir) + strlen(name) + 2;
    char *path = mem_alloc(bytes);
    snprintf(path, bytes, "%s/%s", dir, name);
    return path;
}

static bool start_pools(struct live *live)
{
    struct pool_config readers = {
        .path = live->database_path,
        .name = "reader",
        .threads = live->config.readers,
        .queue_max = LIMIT_READER_QUEUE,
        .deadline_ms = LIMIT_QUERY_MS,
        .context = live,
        .done = read_done,
    };
    struct pool_config workers = {
        .path = live->database_path,
        .name = "worker",
        .threads = live->config.workers,
        .queue_max = LIMIT_WORKER_QUEUE,
        .background = true,
        .context = live,
        .done = prepare_done,
    };
    readers.gate = &live->gate;
    workers.gate = &live->gate;
    live->readers = pool_start(&readers);
    live->workers = pool_start(&workers);
    return live->readers && live->workers;
}

static void destroy(struct live *live)
{
    hub_finish(&live->hub);
    ring_finish(&live->ring);
    inbox_finish(&live->inbox);
    gate_finish(&live->gate);
    free(live->database_path);
    free(live->ledger_path);
    free(live);
}

struct live *live_start(const struct live_config *config)
{
    struct live *live = MEM_NEW(struct live);
    live->config = *config;
    live->database_path = path_in(config->data_dir, "beffroi.db");
    live->ledger_path = path_in(config->data_dir, "erasures.log");
    inbox_init(&live->inbox, config->wake, config->wake_context);
    gate_init(&live->gate);
    hub_init(&live->hub);
    throttle_init(&live->throttle);
    ring_init(&live->ring, journal_head(config->db));
    job_list_init(&live->came);
    if (!start_pools(live)) {
        pool_stop(live->workers);
        pool_stop(live->readers);
        db_close(config->db);
        destroy(live);
        return NULL;
    }
    struct writer_hooks hooks = {live, batch_done, next_due, due, mode_changed, &live->gate};
    live->writer = writer_start(config->db, &hooks);
    writer_scrub(live->writer); /* one that the last stop cut short */
    live->mailer = mailer_start(live);
    live->texts = text_tail_start(live);
    live->sweeper = config->blobs ? sweeper_start(live) : NULL;
    return live;
}

/* Readers and workers end first: a worker's last word is a command for the writer. */
void live_stop(struct live *live)
{
    live->stopping = true;
    throttle_release(live);
    live_hand_over(live);
    mailer_stop(live->mailer);
    text_tail_stop(live->texts);
    sweeper_stop(live->sweeper);
    pool_stop(live->workers);
    pool_stop(live->readers);
    writer_stop(live->writer);
    live->writer = NULL;
    live_turn(live);
    mailer_destroy(live->mailer);
    text_tail_destroy(live->texts);
    sweeper_destroy(live->sweeper);
    destroy(live);
}

/* --- one turn of the loop -----------------------------------------------------------------------
 */

static void answer(struct job *requests)
{
    while (requests) {
        struct request *request = (struct request *)requests;
        requests = requests->next;
        throttle_note(request->live, request);
        if (request->owner) {
            request->done(request);
        }
        request_detach(request);
        request_destroy(request);
    }
}

static void take_in(struct live *live, struct report *report)
{
    if (report->mail) {
        mailer_ring(live->mailer);
    }
    if (report->files) {
        text_tail_ring(live->texts);
        sweeper_ring(live->sweeper);
    }
    if (report->scrub && live->writer) {
        writer_scrub(live->writer);
        mailer_sweep(live->mailer);
    }
    hub_take_in(&live->hub, report);
    ring_add(&live->ring, report);
}

/* Answers come before the facts of their batch, so that a sender knows the number of what it sent
 * when it hears it; both leave in the same write. */
void live_turn(struct live *live)
{
    struct parcel *parcel = inbox_take(&live->inbox);
    while (parcel) {
        struct parcel *next = parcel->next;
        answer(parcel->requests);
        if (parcel->report) {
            take_in(live, parcel->report);
        }
        free(parcel);
        parcel = next;
    }
    status_turn(live);
    hub_settle(&live->hub);
    if (live->held && !live->stopping) {
        throttle_release(live);
    }
}

bool live_read_only(const struct live *live)
{
    return writer_read_only(live->writer);
}

/* --- metrics ------------------------------------------------------------------------------------
 */

static void metric(struct buf *out, const char *name, const char *type, const char *help,
                   int64_t value)
{
    buf_printf(out, "# HELP beffroi_%s %s\n# TYPE beffroi_%s %s\nbeffroi_%s %lld\n", name, help,
               name, type, name, (long long)value);
}

void live_metrics(struct live *live, struct buf *out)
{
    struct writer_counters w;
    writer_counters(live->writer, &w);
    metric(out, "sockets", "gauge", "Connections that hear", live->hub.listeners);
    metric(out, "deliveries_total", "counter", "Frames queued for sockets", live->hub.deliveries);
    metric(out, "requests_total", "counter", "Commands asked for", live->requests);
    metric(out, "refused_total", "counter", "Commands refused before they ran", live->refused);
    metric(out, "commits_total", "counter", "Transactions committed", w.batches);
    metric(out, "commits_failed_total", "counter", "Transactions lost", w.commits_failed);
    metric(out, "commands_total", "counter", "Commands the writer ran", w.jobs);
    metric(out, "checkpoints_total", "counter", "WAL checkpoints", w.checkpoints);
    metric(out, "log_renewals_total", "counter", "WAL emptied with readers kept out", w.renewals);
    metric(out, "scrubs_total", "counter", "Clean-ups of erased words done", w.scrubs);
    metric(out, "writer_queue", "gauge", "Commands waiting for the writer", w.queue_length);
    metric(out, "reader_queue", "gauge", "Queries waiting", pool_queue_length(live->readers));
    metric(out, "worker_queue", "gauge", "Slow work waiting", pool_queue_length(live->workers));
    metric(out, "ring_bytes", "gauge", "Recent frames kept", (int64_t)live->ring.bytes);
    metric(out, "journal_head", "gauge", "Last number drawn", live->ring.head);
    struct tail_load mail = mailer_load(live->mailer);
    int64_t age_ms = mail.oldest_ms ? clock_wall_ms() - mail.oldest_ms : 0;
    metric(out, "mail_waiting", "gauge", "Letters that wait to leave", mail.waiting);
    metric(out, "mail_oldest_seconds", "gauge", "Age of the first of them",
           age_ms > 0 ? age_ms / MS_PER_SECOND : 0);
    metric(out, "mail_refused_total", "counter", "Letters to addresses of nobody, given up",
           mailer_refused(live->mailer));
    metric(out, "processes_restarted_total", "counter", "Helper and post, killed and started again",
           helper_restarts(live->config.helper) + post_restarts(live->config.post));
    metric(out, "texts_waiting", "gauge", "Contents whose text waits to be read",
           text_tail_load(live->texts).waiting);
    metric(out, "read_only", "gauge", "1: writes are refused", w.read_only);
}
