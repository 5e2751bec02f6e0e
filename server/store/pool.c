#include "store/pool.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

enum { BACKGROUND_NICENESS = 10 };

struct pool_thread {
    struct pool *pool;
    struct db *db;
    pthread_t thread;
};

struct pool {
    struct pool_config config;
    struct job_queue queue;
    struct pool_thread threads[];
};

static void run_once(const struct pool *pool, struct db *db, struct job *job)
{
    int64_t deadline_ms = pool->config.deadline_ms;
    enum err err = db_begin_read(db); /* it may wait: that is not the job's time */
    db_set_deadline(db, deadline_ms ? clock_mono_us() + deadline_ms * 1000 : 0);
    if (err == ERR_NONE) {
        job->run(job, db);
    }
    job->err = db_error(db);
    db_set_deadline(db, 0);
    db_rollback(db);
}

/* One that gave way to the writer begins anew: whoever asked does not take longer than allowed. */
static void run(const struct pool *pool, struct db *db, struct job *job)
{
    run_once(pool, db, job);
    if (job->err == ERR_DEADLINE && db_was_hurried(db)) {
        run_once(pool, db, job);
    }
    pool->config.done(pool->config.context, job);
}

static void *pool_main(void *context)
{
    struct pool_thread *self = context;
    if (self->pool->config.background) {
        /* On Linux niceness belongs to the thread. A refusal costs only the courtesy. */
        setpriority(PRIO_PROCESS, (id_t)gettid(), BACKGROUND_NICENESS);
    }
    struct job *job;
    while ((job = job_queue_take(&self->pool->queue))) {
        run(self->pool, self->db, job);
    }
    return NULL;
}

static void destroy(struct pool *pool)
{
    for (int i = 0; i < pool->config.threads; i++) {
        db_close(pool->threads[i].db);
    }
    job_queue_finish(&pool->queue);
    free(pool);
}

struct pool *pool_start(const struct pool_config *config)
{
    size_t count = (size_t)config->threads;
    struct pool *pool = mem_alloc(mem_size(count, sizeof *pool->threads, sizeof *pool));
    pool->config = *config;
    job_queue_init(&pool->queue, config->queue_max);
    for (size_t i = 0; i < count; i++) {
        pool->threads[i] =
            (struct pool_thread){.pool = pool, .db = db_open(config->path, DB_READER)};
        if (!pool->threads[i].db) {
            destroy(pool);
            return NULL;
        }
        db_set_gate(pool->threads[i].db, config->gate);
    }
    for (size_t i = 0; i < count; i++) {
        job_thread_start(&pool->threads[i].thread, config->name, pool_main, &pool->threads[i]);
    }
    return pool;
}

bool pool_submit(struct pool *pool, struct job *job)
{
    return job_queue_put(&pool->queue, job);
}

void pool_stop(struct pool *pool)
{
    if (!pool) {
        return;
    }
    job_queue_stop(&pool->queue);
    for (int i = 0; i < pool->config.threads; i++) {
        pthread_join(pool->threads[i].thread, NULL);
    }
    destroy(pool);
}

int pool_queue_length(struct pool *pool)
{
    return job_queue_length(&pool->queue);
}
