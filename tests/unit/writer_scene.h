/* A writer over a database of its own with one table t (n), jobs that insert a number in it, and
 * what became of them.
 *
 * Owns: the scene, until scene_destroy(). */
#ifndef BEFFROI_TESTS_WRITER_SCENE_H
#define BEFFROI_TESTS_WRITER_SCENE_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>

#include "base/clock.h"
#include "store.h"
#include "store/writer.h"

SQL(create, "CREATE TABLE t (n INTEGER NOT NULL) STRICT");
SQL(insert, "INSERT INTO t (n) VALUES (?1)");
SQL(count, "SELECT count(*) FROM t");
SQL(count_n, "SELECT count(*) FROM t WHERE n = ?1");

/* A job that inserts its number, and tells what became of it. */
struct work {
    struct job job;
    int64_t number;
    struct scene *scene;
    bool kept;
};

struct scene {
    struct place place;
    struct db *reader;  /* the test's */
    struct db *witness; /* the hook's, which runs on the writer's thread */
    struct writer *writer;
    pthread_mutex_t mutex;
    struct work *done[8192]; /* in the order they were handed back */
    int done_count, calls;
    int64_t rows_seen[8192]; /* committed, when each was handed back */
    sem_t arrivals, held, gate;
    _Atomic int64_t due_ms;
};

static inline void take_back(void *context, struct job *batch)
{
    struct scene *scene = context;
    pthread_mutex_lock(&scene->mutex);
    scene->calls++;
    int64_t rows = db_int(scene->witness, &count, -1);
    for (struct job *job = batch; job; job = job->next) {
        scene->rows_seen[scene->done_count] = rows;
        scene->done[scene->done_count++] = (struct work *)job;
        sem_post(&scene->arrivals);
    }
    pthread_mutex_unlock(&scene->mutex);
}

static inline bool insert_number(struct job *job, struct db *db)
{
    struct work *work = (struct work *)job;
    db_run(db, &insert, work->number);
    return true;
}

/* Holds the writer inside a batch, so that what is submitted meanwhile makes the next one. */
static inline bool hold(struct job *job, struct db *db)
{
    (void)db;
    struct scene *scene = ((struct work *)job)->scene;
    sem_post(&scene->held);
    sem_wait(&scene->gate);
    return true;
}

static inline void scene_prepare(struct scene *scene)
{
    memset(scene, 0, sizeof *scene);
    place_create(&scene->place);
    pthread_mutex_init(&scene->mutex, NULL);
    sem_init(&scene->arrivals, 0, 0);
    sem_init(&scene->held, 0, 0);
    sem_init(&scene->gate, 0, 0);
    scene->due_ms = INT64_MAX;
}

static inline void scene_start(struct scene *scene, const struct writer_hooks *hooks)
{
    struct db *db = open_migrated(scene->place.path, DB_WRITER);
    db_run(db, &create);
    scene->reader = db_open(scene->place.path, DB_READER);
    scene->witness = db_open(scene->place.path, DB_READER);
    scene->writer = writer_start(db, hooks);
}

static inline struct scene *scene_create(void)
{
    struct scene *scene = malloc(sizeof *scene);
    assert_non_null(scene);
    scene_prepare(scene);
    scene_start(scene, &(struct writer_hooks){.context = scene, .done = take_back});
    return scene;
}

static inline void scene_destroy(struct scene *scene)
{
    writer_stop(scene->writer);
    db_close(scene->reader);
    db_close(scene->witness);
    for (int i = 0; i < scene->done_count; i++) {
        free(scene->done[i]);
    }
    place_remove(&scene->place);
    pthread_mutex_destroy(&scene->mutex);
    free(scene);
}

static inline struct work *work_create(struct scene *scene, bool (*run)(struct job *, struct db *),
                                       int64_t number)
{
    struct work *work = calloc(1, sizeof *work);
    assert_non_null(work);
    work->job.run = run;
    work->number = number;
    work->scene = scene;
    return work;
}

static inline void submit(struct scene *scene, bool (*run)(struct job *, struct db *),
                          int64_t number)
{
    assert_true(writer_submit(scene->writer, &work_create(scene, run, number)->job));
}

static inline void await(struct scene *scene, int jobs)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 20;
    for (int i = 0; i < jobs; i++) {
        assert_int_equal(sem_timedwait(&scene->arrivals, &until), 0);
    }
}

/* Submits a job that holds the writer and waits until it does. */
static inline void hold_writer(struct scene *scene)
{
    submit(scene, hold, 0);
    sem_wait(&scene->held);
}

static inline struct writer_counters counters_of(struct scene *scene)
{
    struct writer_counters counters;
    writer_counters(scene->writer, &counters);
    return counters;
}

static inline enum err err_of_one_insert(struct scene *scene, int64_t number)
{
    submit(scene, insert_number, number);
    await(scene, 1);
    return scene->done[scene->done_count - 1]->job.err;
}

#endif
