#include "store/writer.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/db_internal.h"
#include "store/gate.h"

enum {
    /* Of 4 KiB. What is written again and again is copied back once, so the more frames the less
     * each costs; what a restart has to read, and a copy to wait for, grows with them. */
    CHECKPOINT_FRAMES = 2000,
    MERGE_PAGES = 16, /* of the full-text index in one step */
    /* Under load too, or FTS5 merges a whole level within one commit: over 20,000 batches of five
     * messages that took 350 ms at worst, with these steps 25 ms, for 8 % of the throughput. */
    MERGE_EVERY_BATCHES = 16,
    SCRUB_PAGES = 100,
    DUE_PER_BATCH = 100,
    DUE_RETRY_MS = 10000,  /* after a due job failed */
    PROBE_MS = 1000,       /* between two tries to write again */
    CLOCK_LOOK_MS = 10000, /* a clock that was set is noticed within this */
    FRAME_BYTES = 4096,
    RENEW_FRAMES = LIMIT_WAL_BYTES / FRAME_BYTES / 8, /* readers are kept out to empty it, */
    HURRY_FRAMES = LIMIT_WAL_BYTES / FRAME_BYTES / 2, /* and those inside are stopped */
    GATE_LOOK_MS = 2
};

/* What there is to do when no job waits, in this order; a batch starts it over. */
enum idle { IDLE_COPY, IDLE_MERGE, IDLE_LAST, IDLE_REST };
static const int64_t idle_pause_ms[] = {
    [IDLE_COPY] = 250, [IDLE_MERGE] = 5, [IDLE_LAST] = 1000, [IDLE_REST] = -1};

struct writer {
    struct db *db;
    struct writer_hooks hooks;
    struct job_queue queue;
    pthread_t thread;
    /* The thread's own. */
    enum idle idle;
    int batches_unmerged;
    int64_t next_due_ms; /* wall */
    int64_t probe_at_us; /* not before, clock_mono_us */
    bool due_failed, scrubbing;
    bool gate_closed;
    int renew_at; /* frames */
    /* Seen from others. */
    _Atomic bool scrub_wanted, read_only;
    _Atomic int64_t batches, reruns, jobs, commits_failed, checkpoints, renewals, scrubs;
};

/* --- read-only mode ------------------------------------------------------------------------- */

static void mode_changed(const struct writer *writer)
{
    if (writer->hooks.mode) {
        writer->hooks.mode(writer->hooks.context);
    }
}

static void become_read_only(struct writer *writer)
{
    writer->probe_at_us = clock_mono_us() + INT64_C(1000) * PROBE_MS;
    if (!atomic_exchange(&writer->read_only, true)) {
        log_event(LOG_READ_ONLY, LOG_N("until_restart", db_sync_failed(writer->db)));
        mode_changed(writer);
    }
}

/* After work outside a batch: a disk that is full or fails is noticed there too. */
static void look_at_error(struct writer *writer)
{
    if (db_error(writer->db) == ERR_READ_ONLY) {
        become_read_only(writer);
    }
    db_clear_error(writer->db);
}

SQL(probe, "UPDATE meta SET value = value WHERE key = 'head'");

/* Writes, syncs and copies back something that changes nothing. */
static bool probe_succeeds(struct db *db)
{
    enum err err = db_begin_write(db);
    if (err == ERR_NONE) {
        db_run(db, &probe);
        err = db_commit(db);
    }
    if (err == ERR_NONE) {
        db_checkpoint(db, false);
        err = db_error(db);
    }
    db_clear_error(db);
    return err == ERR_NONE;
}

static bool is_writable(struct writer *writer)
{
    if (!atomic_load(&writer->read_only)) {
        return true;
    }
    if (db_sync_failed(writer->db) || clock_mono_us() < writer->probe_at_us) {
        return false;
    }
    if (!probe_succeeds(writer->db)) {
        become_read_only(writer);
        return false;
    }
    atomic_store(&writer->read_only, false);
    log_event(LOG_WRITABLE);
    mode_changed(writer);
    return true;
}

/* --- a batch -------------------------------------------------------------------------------- */

enum outcome { KEPT, UNDONE, LOST /* the transaction with it */ };

static enum outcome run_job(struct db *db, struct job *job)
{
    db_savepoint(db);
    bool keep = job->run(job, db);
    job->err = db_error(db);
    keep = keep && job->err == ERR_NONE;
    if (keep) {
        db_savepoint_release(db);
    } else {
        db_savepoint_undo(db);
    }
    if (job->err == ERR_READ_ONLY || db_error(db) != ERR_NONE) {
        return LOST;
    }
    return keep ? KEPT : UNDONE;
}

/* Time acts before people: what is due runs first. */
static enum outcome run_due(struct writer *writer, struct job_list *ran)
{
    int64_t now_ms = clock_wall_ms();
    for (int count = 0; count < DUE_PER_BATCH; count++) {
        struct job *job = writer->hooks.due(writer->hooks.context, writer->db, now_ms);
        if (db_error(writer->db) != ERR_NONE) {
            if (job) {
                job_list_add(ran, job);
            }
            return LOST;
        }
        if (!job) {
            return KEPT;
        }
        job_list_add(ran, job);
        enum outcome outcome = run_job(writer->db, job);
        if (outcome != KEPT) {
            writer->due_failed = true;
            log_event(LOG_DUE, LOG_N("code", job->err));
            return outcome;
        }
    }
    return KEPT;
}

/* Runs the due jobs and then `batch`, all of which end up in `ran`. */
static enum outcome run_jobs(struct writer *writer, struct job *batch, bool due,
                             struct job_list *ran)
{
    enum outcome outcome = due ? run_due(writer, ran) : KEPT;
    while (batch) {
        struct job *job = batch;
        batch = job->next;
        job_list_add(ran, job);
        if (outcome != LOST) {
            outcome = run_job(writer->db, job);
        }
    }
    return outcome;
}

/* Without savepoints, which cost a fifth of a message: each page a command touches is copied aside
 * for an undoing that hardly ever comes. false: a job failed after it had written, so all of it has
 * to be undone and run again with them. One that failed before it wrote leaves nothing to undo. */
static bool run_swiftly(struct db *db, struct job *batch)
{
    for (struct job *job = batch; job; job = job->next) {
        struct db_mark mark = db_mark(db);
        bool keep = job->run(job, db);
        job->err = db_error(db);
        db_reset_running(db); /* a loop that it left: the next job may run the same statement */
        if (keep && job->err == ERR_NONE) {
            continue;
        }
        if (job->err == ERR_READ_ONLY || !db_is_at(db, mark)) {
            return false;
        }
        db_clear_error(db);
    }
    return true;
}

/* BEGIN and the jobs, as far as they can be run without savepoints. ERR_NONE: a transaction is
 * open, and `done_out` says whether it holds them all or nothing yet. */
static enum err begin(struct writer *writer, struct job *batch, bool due, bool *done_out)
{
    enum err err = db_begin_write(writer->db);
    *done_out = false;
    if (err != ERR_NONE || due) {
        return err;
    }
    *done_out = run_swiftly(writer->db, batch);
    if (*done_out) {
        return ERR_NONE;
    }
    atomic_fetch_add(&writer->reruns, 1);
    db_rollback(writer->db);
    return db_begin_write(writer->db);
}

/* BEGIN, the jobs, COMMIT. Whatever is returned but ERR_NONE, nothing was kept. */
static enum err transact(struct writer *writer, struct job *batch, bool due, struct job_list *ran)
{
    bool done = false;
    enum err err = begin(writer, batch, due, &done);
    enum outcome outcome = done ? KEPT : LOST;
    if (err == ERR_NONE && !done) {
        outcome = run_jobs(writer, batch, due, ran);
    } else {
        ran->first = batch;
    }
    if (outcome != LOST) {
        return db_commit(writer->db);
    }
    if (err == ERR_NONE) {
        err = db_error(writer->db) ? db_error(writer->db) : ERR_READ_ONLY;
    }
    db_rollback(writer->db);
    return err;
}

static int64_t mark_lost(struct job *batch, enum err err)
{
    int64_t count = 0;
    for (struct job *job = batch; job; job = job->next) {
        count++;
        if (err == ERR_READ_ONLY || err == ERR_BUSY) {
            job->err = err;
        } else if (err != ERR_NONE) {
            job->err = ERR_INTERNAL;
        }
    }
    return count;
}

static void run_batch(struct writer *writer, struct job *batch, bool due)
{
    struct job_list ran = {batch, NULL};
    enum err err = ERR_READ_ONLY;
    if (is_writable(writer)) {
        job_list_init(&ran);
        err = transact(writer, batch, due, &ran);
        atomic_fetch_add(&writer->batches, 1);
        atomic_fetch_add(&writer->commits_failed, err != ERR_NONE);
        if (err == ERR_READ_ONLY) {
            become_read_only(writer);
        }
    }
    writer->due_failed = writer->due_failed || err != ERR_NONE;
    atomic_fetch_add(&writer->jobs, mark_lost(ran.first, err));
    if (ran.first) {
        writer->hooks.done(writer->hooks.context, ran.first);
    }
}

static void ask_next_due(struct writer *writer)
{
    writer->next_due_ms = INT64_MAX;
    if (!writer->hooks.next_due || !writer->hooks.due) {
        return;
    }
    writer->next_due_ms = writer->hooks.next_due(writer->hooks.context, writer->db);
    int64_t retry_ms = clock_wall_ms() + DUE_RETRY_MS;
    if ((writer->due_failed || db_error(writer->db)) && writer->next_due_ms < retry_ms) {
        writer->next_due_ms = retry_ms;
    }
    writer->due_failed = false;
    look_at_error(writer);
}

/* --- between batches ------------------------------------------------------------------------ */

static bool checkpoint(struct writer *writer, bool truncate)
{
    bool whole = db_checkpoint(writer->db, truncate);
    atomic_fetch_add(&writer->checkpoints, 1);
    look_at_error(writer);
    return whole;
}

static void checkpoint_if_long(struct writer *writer)
{
    if (db_wal_frames(writer->db) >= CHECKPOINT_FRAMES) {
        checkpoint(writer, false);
    }
}

/* SQLite begins the log anew only when all of it is copied and nobody reads from it. Readers in
 * turns leave no such moment, so one is made. A reader that is not ours (a backup) may still be in
 * the way: then it is tried again when as much was added. */
static void renew_if_long(struct writer *writer)
{
    struct gate *gate = writer->hooks.gate;
    int frames = db_wal_length(writer->db);
    if (!gate || (!writer->gate_closed && frames < writer->renew_at)) {
        return;
    }
    writer->gate_closed = true;
    if (!gate_close(gate, frames >= HURRY_FRAMES)) {
        return;
    }
    checkpoint(writer, true);
    writer->gate_closed = false;
    gate_open(gate);
    writer->renew_at = db_wal_length(writer->db) + RENEW_FRAMES;
    atomic_fetch_add(&writer->renewals, 1);
}

static bool merge_step(struct writer *writer)
{
    bool more = db_merge_step(writer->db, writer->scrubbing ? SCRUB_PAGES : MERGE_PAGES);
    look_at_error(writer);
    checkpoint_if_long(writer);
    return more;
}

static void after_batch(struct writer *writer)
{
    writer->idle = IDLE_COPY;
    renew_if_long(writer);
    if (atomic_load(&writer->read_only)) {
        return;
    }
    checkpoint_if_long(writer);
    if (++writer->batches_unmerged >= MERGE_EVERY_BATCHES) {
        writer->batches_unmerged = 0;
        merge_step(writer);
    }
}

/* The first step of a clean-up. Begun anew by each request, for more may have been deleted since.
 */
static void begin_scrub(struct writer *writer)
{
    writer->scrubbing = true;
    db_merge_whole(writer->db, SCRUB_PAGES);
    look_at_error(writer);
    writer->idle = IDLE_MERGE;
}

/* Only a clean-up empties the file of the WAL: while one grows, each commit has its size and its
 * new blocks to bring to the disk as well, which doubled the delay of a message (ADR 16). */
static void copy_last(struct writer *writer)
{
    bool whole = checkpoint(writer, writer->scrubbing);
    if (!writer->scrubbing) {
        writer->idle = IDLE_REST; /* a reader was in the way: the next time will do */
    } else if (whole) {
        writer->scrubbing = false;
        atomic_fetch_add(&writer->scrubs, 1);
        writer->idle = IDLE_REST;
    }
}

static void idle_step(struct writer *writer)
{
    renew_if_long(writer);
    if (!is_writable(writer)) {
        return;
    }
    if (atomic_exchange(&writer->scrub_wanted, false)) {
        begin_scrub(writer);
        return;
    }
    switch (writer->idle) {
    case IDLE_COPY:
        checkpoint(writer, false);
        writer->idle = IDLE_MERGE;
        break;
    case IDLE_MERGE:
        if (!merge_step(writer)) {
            writer->idle = IDLE_LAST;
        }
        break;
    case IDLE_LAST:
        copy_last(writer);
        break;
    case IDLE_REST:
        break;
    }
}

/* Until the next thing to do by itself, due jobs apart; -1 for never. */
static int64_t idle_wait_ms(const struct writer *writer)
{
    if (writer->gate_closed) {
        return GATE_LOOK_MS;
    }
    if (atomic_load(&writer->read_only)) {
        return db_sync_failed(writer->db) ? -1 : PROBE_MS;
    }
    if (atomic_load(&writer->scrub_wanted) || writer->scrubbing) {
        return idle_pause_ms[IDLE_MERGE];
    }
    return idle_pause_ms[writer->idle];
}

static int64_t wait_ms(const struct writer *writer)
{
    int64_t wait = idle_wait_ms(writer);
    if (writer->next_due_ms == INT64_MAX) {
        return wait;
    }
    int64_t due = writer->next_due_ms - clock_wall_ms();
    due = due < 0 ? 0 : due < CLOCK_LOOK_MS ? due : CLOCK_LOOK_MS;
    return wait < 0 || due < wait ? due : wait;
}

static void *writer_main(void *context)
{
    struct writer *writer = context;
    /* A WAL left by a crash goes into the file before anything is added: should an fsync have
     * failed then, what the kernel still shows of the WAL may never have reached the disk. */
    checkpoint(writer, true);
    ask_next_due(writer);
    for (;;) {
        struct job *batch = job_queue_take_all(&writer->queue, wait_ms(writer));
        bool stopping = job_queue_stopping(&writer->queue);
        bool due = !stopping && clock_wall_ms() >= writer->next_due_ms;
        if (batch || due) {
            run_batch(writer, batch, due);
            ask_next_due(writer);
            after_batch(writer);
        } else if (stopping) {
            break;
        } else {
            idle_step(writer);
        }
    }
    checkpoint(writer, true);
    return NULL;
}

/* --- from other threads ----------------------------------------------------------------------- */

struct writer *writer_start(struct db *db, const struct writer_hooks *hooks)
{
    struct writer *writer = MEM_NEW(struct writer);
    writer->db = db;
    writer->hooks = *hooks;
    writer->renew_at = RENEW_FRAMES;
    job_queue_init(&writer->queue, LIMIT_WRITER_QUEUE);
    job_thread_start(&writer->thread, "writer", writer_main, writer);
    return writer;
}

bool writer_submit(struct writer *writer, struct job *job)
{
    return job_queue_put(&writer->queue, job);
}

void writer_submit_all(struct writer *writer, struct job_list *jobs)
{
    job_queue_put_all(&writer->queue, jobs);
}

void writer_scrub(struct writer *writer)
{
    atomic_store(&writer->scrub_wanted, true);
    job_queue_wake(&writer->queue);
}

void writer_stop(struct writer *writer)
{
    if (!writer) {
        return;
    }
    job_queue_stop(&writer->queue);
    pthread_join(writer->thread, NULL);
    db_close(writer->db);
    job_queue_finish(&writer->queue);
    free(writer);
}

bool writer_read_only(const struct writer *writer)
{
    return atomic_load(&writer->read_only);
}

void writer_counters(struct writer *writer, struct writer_counters *out)
{
    *out = (struct writer_counters){
        .batches = atomic_load(&writer->batches),
        .reruns = atomic_load(&writer->reruns),
        .jobs = atomic_load(&writer->jobs),
        .commits_failed = atomic_load(&writer->commits_failed),
        .checkpoints = atomic_load(&writer->checkpoints),
        .renewals = atomic_load(&writer->renewals),
        .scrubs = atomic_load(&writer->scrubs),
        .queue_length = job_queue_length(&writer->queue),
        .read_only = atomic_load(&writer->read_only),
    };
}
