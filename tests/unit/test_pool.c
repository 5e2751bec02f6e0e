#include "unit.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "store.h"
#include "store/pool.h"

SQL(people, "SELECT count(*) FROM person");
SQL(add_person, "INSERT INTO person (email, created_at) VALUES (?1, 0)");
SQL(endless,
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c");

struct query {
    struct job job;
    struct scene *scene;
    int64_t seen[2];
    int niceness;
};

struct scene {
    struct place place;
    struct db *writer;
    struct pool *pool;
    sem_t done, held, gate;
    _Atomic int count;
};

static void take_back(void *context, struct job *job)
{
    (void)job;
    struct scene *scene = context;
    atomic_fetch_add(&scene->count, 1);
    sem_post(&scene->done);
}

static void scene_init(struct scene *scene, int threads, int queue_max, int64_t deadline_ms,
                       bool background)
{
    place_create(&scene->place);
    scene->writer = open_migrated(scene->place.path, DB_WRITER);
    scene->count = 0;
    sem_init(&scene->done, 0, 0);
    sem_init(&scene->held, 0, 0);
    sem_init(&scene->gate, 0, 0);
    scene->pool = pool_start(&(struct pool_config){.path = scene->place.path,
                                                   .name = "reader",
                                                   .threads = threads,
                                                   .queue_max = queue_max,
                                                   .deadline_ms = deadline_ms,
                                                   .background = background,
                                                   .context = scene,
                                                   .done = take_back});
    assert_non_null(scene->pool);
}

static void scene_finish(struct scene *scene)
{
    pool_stop(scene->pool);
    db_close(scene->writer);
    place_remove(&scene->place);
}

static bool look(struct job *job, struct db *db)
{
    struct query *query = (struct query *)job;
    query->seen[0] = db_int(db, &people, -1);
    query->niceness = getpriority(PRIO_PROCESS, (id_t)gettid());
    return true;
}

static bool look_twice(struct job *job, struct db *db)
{
    struct query *query = (struct query *)job;
    query->seen[0] = db_int(db, &people, -1);
    sem_post(&query->scene->held);
    sem_wait(&query->scene->gate);
    query->seen[1] = db_int(db, &people, -1);
    return true;
}

static bool look_for_ever(struct job *job, struct db *db)
{
    (void)job;
    db_run(db, &endless);
    return true;
}

static bool try_to_write(struct job *job, struct db *db)
{
    (void)job;
    db_run(db, &add_person, "a@b.fr");
    return true;
}

static void a_query_is_run_and_handed_back(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 2, 10, 0, false);
    db_run(scene.writer, &add_person, "a@b.fr");
    struct query query = {.job.run = look, .scene = &scene};
    assert_true(pool_submit(scene.pool, &query.job));
    sem_wait(&scene.done);
    assert_int_equal(query.job.err, ERR_NONE);
    assert_int_equal(query.seen[0], 1);
    scene_finish(&scene);
}

static void a_query_reads_one_snapshot(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 1, 10, 0, false);
    struct query query = {.job.run = look_twice, .scene = &scene};
    pool_submit(scene.pool, &query.job);
    sem_wait(&scene.held);
    db_run(scene.writer, &add_person, "a@b.fr");
    sem_post(&scene.gate);
    sem_wait(&scene.done);
    assert_int_equal(query.seen[0], 0);
    assert_int_equal(query.seen[1], 0);
    scene_finish(&scene);
}

static void queries_run_beside_each_other(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 2, 10, 0, false);
    struct query queries[2];
    for (int i = 0; i < 2; i++) {
        queries[i] = (struct query){.job.run = look_twice, .scene = &scene};
        pool_submit(scene.pool, &queries[i].job);
    }
    sem_wait(&scene.held);
    sem_wait(&scene.held); /* both are inside */
    sem_post(&scene.gate);
    sem_post(&scene.gate);
    scene_finish(&scene);
    assert_int_equal(scene.count, 2);
}

static void a_query_past_its_deadline_ends_with_that_error_and_the_next_one_runs(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 1, 10, 30, false);
    struct query slow = {.job.run = look_for_ever}, quick = {.job.run = look};
    pool_submit(scene.pool, &slow.job);
    pool_submit(scene.pool, &quick.job);
    sem_wait(&scene.done);
    sem_wait(&scene.done);
    assert_int_equal(slow.job.err, ERR_DEADLINE);
    assert_int_equal(quick.job.err, ERR_NONE);
    scene_finish(&scene);
}

static void a_job_of_the_pool_cannot_write(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 1, 10, 0, false);
    struct query query = {.job.run = try_to_write};
    pool_submit(scene.pool, &query.job);
    sem_wait(&scene.done);
    assert_int_equal(query.job.err, ERR_READ_ONLY);
    assert_int_equal(db_int(scene.writer, &people, -1), 0);
    scene_finish(&scene);
}

static void a_full_queue_refuses(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 1, 2, 0, false);
    struct query queries[4];
    for (int i = 0; i < 4; i++) {
        queries[i] = (struct query){.job.run = look_twice, .scene = &scene};
    }
    pool_submit(scene.pool, &queries[0].job);
    sem_wait(&scene.held);
    assert_true(pool_submit(scene.pool, &queries[1].job));
    assert_true(pool_submit(scene.pool, &queries[2].job));
    assert_int_equal(pool_queue_length(scene.pool), 2);
    assert_false(pool_submit(scene.pool, &queries[3].job));
    for (int i = 0; i < 3; i++) {
        sem_post(&scene.gate);
    }
    scene_finish(&scene);
    assert_int_equal(scene.count, 3); /* stopping ran what was queued */
}

static void a_background_pool_yields_to_others(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 1, 10, 0, true);
    struct query query = {.job.run = look};
    pool_submit(scene.pool, &query.job);
    sem_wait(&scene.done);
    assert_true(query.niceness > getpriority(PRIO_PROCESS, 0));
    scene_finish(&scene);
}

static void no_pool_without_a_database(void **state)
{
    (void)state;
    struct pool_config config = {
        .path = "/nonexistent/beffroi.db", .name = "reader", .threads = 2, .queue_max = 1};
    assert_null(pool_start(&config));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_is_run_and_handed_back),
        cmocka_unit_test(a_query_reads_one_snapshot),
        cmocka_unit_test(queries_run_beside_each_other),
        cmocka_unit_test(a_query_past_its_deadline_ends_with_that_error_and_the_next_one_runs),
        cmocka_unit_test(a_job_of_the_pool_cannot_write),
        cmocka_unit_test(a_full_queue_refuses),
        cmocka_unit_test(a_background_pool_yields_to_others),
        cmocka_unit_test(no_pool_without_a_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
