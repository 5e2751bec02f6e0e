/* Readers in turns leave the log no moment to begin anew: the gate makes one. */
#include "unit.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "store.h"
#include "store/gate.h"
#include "store/pool.h"
#include "store/writer.h"

enum { JOBS = 96, READERS = 2, READ_MS = 150 };

SQL(endless,
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c");

static struct scene {
    struct place place;
    struct gate gate;
    struct pool *pool;
    struct writer *writer;
    struct job reads[2 * READERS];
    _Atomic bool ending;
    _Atomic int reads_done;
    sem_t written;
} scene;

static bool read_on(struct job *job, struct db *db)
{
    (void)job;
    db_run(db, &endless);
    return true;
}

/* The same again, so that the queue is never empty. */
static void read_done(void *context, struct job *job)
{
    (void)context;
    atomic_fetch_add(&scene.reads_done, 1);
    if (!atomic_load(&scene.ending)) {
        *job = (struct job){.run = read_on};
        assert_true(pool_submit(scene.pool, job));
    }
}

static bool write_megabyte(struct job *job, struct db *db)
{
    (void)job;
    db_script(db, "INSERT INTO filler VALUES (zeroblob(1000000))");
    return true;
}

static void write_done(void *context, struct job *batch)
{
    (void)context;
    for (; batch; batch = batch->next) {
        assert_int_equal(batch->err, ERR_NONE);
        sem_post(&scene.written);
    }
}

static int64_t log_bytes(void)
{
    char path[128];
    struct stat is = {0};
    snprintf(path, sizeof path, "%s-wal", scene.place.path);
    return stat(path, &is) == 0 ? (int64_t)is.st_size : 0;
}

/* Largest size of the log while JOBS megabytes are written beside readers that never pause. */
static int64_t largest_log(struct gate *gate)
{
    static struct job writes[JOBS];
    int64_t largest = 0;
    place_create(&scene.place);
    gate_init(&scene.gate);
    sem_init(&scene.written, 0, 0);
    struct db *db = open_migrated(scene.place.path, DB_WRITER);
    assert_int_equal(db_script(db, "CREATE TABLE filler (x BLOB) STRICT"), ERR_NONE);
    scene.pool = pool_start(&(struct pool_config){.path = scene.place.path,
                                                  .name = "reader",
                                                  .threads = READERS,
                                                  .queue_max = 2 * READERS,
                                                  .deadline_ms = READ_MS,
                                                  .gate = gate,
                                                  .done = read_done});
    assert_non_null(scene.pool);
    scene.writer = writer_start(db, &(struct writer_hooks){.done = write_done, .gate = gate});
    atomic_store(&scene.ending, false);
    for (int i = 0; i < 2 * READERS; i++) {
        scene.reads[i] = (struct job){.run = read_on};
        assert_true(pool_submit(scene.pool, &scene.reads[i]));
    }
    for (int i = 0; i < JOBS; i++) {
        writes[i] = (struct job){.run = write_megabyte};
        assert_true(writer_submit(scene.writer, &writes[i]));
        sem_wait(&scene.written);
        int64_t bytes = log_bytes();
        largest = bytes > largest ? bytes : largest;
    }
    atomic_store(&scene.ending, true);
    pool_stop(scene.pool);
    writer_stop(scene.writer);
    gate_finish(&scene.gate);
    place_remove(&scene.place);
    return largest;
}

static void keeps_the_log_within_its_bound(void **state)
{
    (void)state;
    assert_in_range(largest_log(&scene.gate), 1, LIMIT_WAL_BYTES);
    assert_true(atomic_load(&scene.reads_done) > 0);
}

static void without_it_the_log_grows_with_all_that_is_written(void **state)
{
    (void)state;
    assert_true(largest_log(NULL) > LIMIT_WAL_BYTES);
}

static void those_inside_are_hurried_and_others_wait(void **state)
{
    (void)state;
    struct gate gate;
    gate_init(&gate);
    gate_enter(&gate);
    assert_false(gate_close(&gate, false));
    assert_false(gate_hurries(&gate));
    assert_false(gate_close(&gate, true));
    assert_true(gate_hurries(&gate));
    gate_leave(&gate);
    assert_true(gate_close(&gate, true));
    gate_open(&gate);
    assert_false(gate_hurries(&gate));
    gate_enter(&gate);
    gate_leave(&gate);
    gate_finish(&gate);
}

/* --- who was hurried --------------------------------------------------------------------------- */

static struct patient {
    struct job job;
    sem_t inside, done;
    int runs;
} patient;

static bool read_until_hurried(struct job *job, struct db *db)
{
    (void)job;
    if (patient.runs++ == 0) {
        sem_post(&patient.inside);
        db_run(db, &endless);
    }
    return true;
}

static void patient_done(void *context, struct job *job)
{
    (void)context, (void)job;
    sem_post(&patient.done);
}

static void who_was_hurried_reads_anew_once_it_is_open(void **state)
{
    (void)state;
    struct gate gate;
    place_create(&scene.place);
    gate_init(&gate);
    sem_init(&patient.inside, 0, 0);
    sem_init(&patient.done, 0, 0);
    db_close(open_migrated(scene.place.path, DB_WRITER));
    struct pool *pool = pool_start(&(struct pool_config){.path = scene.place.path,
                                                         .name = "reader",
                                                         .threads = 1,
                                                         .queue_max = 1,
                                                         .deadline_ms = 60000,
                                                         .gate = &gate,
                                                         .done = patient_done});
    patient.job.run = read_until_hurried;
    assert_true(pool_submit(pool, &patient.job));
    sem_wait(&patient.inside);
    while (!gate_close(&gate, true)) {
        usleep(1000);
    }
    gate_open(&gate);
    sem_wait(&patient.done);
    assert_int_equal(patient.job.err, ERR_NONE);
    assert_int_equal(patient.runs, 2);
    pool_stop(pool);
    gate_finish(&gate);
    place_remove(&scene.place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_inside_are_hurried_and_others_wait),
        cmocka_unit_test(who_was_hurried_reads_anew_once_it_is_open),
        cmocka_unit_test(keeps_the_log_within_its_bound),
        cmocka_unit_test(without_it_the_log_grows_with_all_that_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
