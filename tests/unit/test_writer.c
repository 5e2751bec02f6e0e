#include "unit.h"

#include <unistd.h>

#include "base/limits.h"
#include "faults.h"
#include "store/journal.h"
#include "writer_scene.h"

SQL(nonsense, "SELECT x FROM nowhere");
SQL(due_count, "SELECT count(*) FROM due");
SQL(due_first, "SELECT min(at) FROM due");
SQL(due_add, "INSERT INTO due (command, object, at) VALUES ('test', ?1, ?2)");
SQL(due_remove, "DELETE FROM due WHERE object = ?1");

static bool insert_and_refuse(struct job *job, struct db *db)
{
    insert_number(job, db);
    return false;
}

static bool insert_and_err(struct job *job, struct db *db)
{
    insert_number(job, db);
    db_run(db, &nonsense);
    return true;
}

/* --- group commit --------------------------------------------------------------------------- */

static void what_waited_shares_one_commit_and_comes_back_in_order(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    hold_writer(scene);
    for (int i = 1; i <= 100; i++) {
        submit(scene, insert_number, i);
    }
    sem_post(&scene->gate);
    await(scene, 101);
    assert_int_equal(scene->calls, 2);
    for (int i = 0; i <= 100; i++) {
        assert_int_equal(scene->done[i]->number, i);
        assert_int_equal(scene->done[i]->job.err, ERR_NONE);
    }
    assert_int_equal(counters_of(scene).batches, 2);
    scene_destroy(scene);
}

static void a_job_is_done_only_once_others_can_read_it(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    for (int i = 1; i <= 50; i++) {
        submit(scene, insert_number, i);
        await(scene, 1);
        assert_int_equal(scene->rows_seen[i - 1], i);
    }
    scene_destroy(scene);
}

static void one_bad_job_is_undone_among_good_ones(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    hold_writer(scene);
    submit(scene, insert_number, 1);
    submit(scene, insert_and_refuse, 2);
    submit(scene, insert_and_err, 3);
    submit(scene, insert_number, 4);
    sem_post(&scene->gate);
    await(scene, 5);
    static const enum err expected[] = {ERR_NONE, ERR_NONE, ERR_NONE, ERR_INTERNAL, ERR_NONE};
    static const int rows[] = {0, 1, 0, 0, 1};
    for (int i = 1; i <= 4; i++) {
        assert_int_equal(scene->done[i]->job.err, expected[i]);
        assert_int_equal(db_int(scene->reader, &count_n, -1, i), rows[i]);
    }
    scene_destroy(scene);
}

static bool refuse(struct job *job, struct db *db)
{
    (void)job;
    (void)db;
    return false;
}

static void a_batch_runs_again_only_where_a_job_fails_after_it_wrote(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    hold_writer(scene);
    submit(scene, insert_number, 1);
    submit(scene, refuse, 2);
    sem_post(&scene->gate);
    await(scene, 3);
    assert_int_equal(counters_of(scene).reruns, 0);
    hold_writer(scene);
    submit(scene, insert_number, 3);
    submit(scene, insert_and_refuse, 4);
    sem_post(&scene->gate);
    await(scene, 3);
    assert_int_equal(counters_of(scene).reruns, 1);
    assert_int_equal(db_int(scene->reader, &count_n, -1, 3), 1);
    assert_int_equal(db_int(scene->reader, &count_n, -1, 4), 0);
    scene_destroy(scene);
}

static bool script_and_refuse(struct job *job, struct db *db)
{
    (void)job;
    db_script(db, "INSERT INTO t (n) VALUES (1)");
    return false;
}

static void a_script_of_a_refused_job_is_undone(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    submit(scene, script_and_refuse, 0);
    await(scene, 1);
    assert_int_equal(db_int(scene->reader, &count, -1), 0);
    scene_destroy(scene);
}

static bool leave_a_loop(struct job *job, struct db *db)
{
    struct work *work = (struct work *)job;
    struct rows rows = db_select(db, &count);
    work->kept = rows_next(&rows);
    return true;
}

static void a_loop_that_a_job_left_does_not_stand_in_the_way_of_the_next(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    hold_writer(scene);
    submit(scene, leave_a_loop, 1);
    submit(scene, leave_a_loop, 2);
    sem_post(&scene->gate);
    await(scene, 3);
    for (int i = 1; i <= 2; i++) {
        assert_int_equal(scene->done[i]->job.err, ERR_NONE);
        assert_true(scene->done[i]->kept);
    }
    scene_destroy(scene);
}

static bool draw_number(struct job *job, struct db *db)
{
    struct work *work = (struct work *)job;
    struct journal_row row = {journal_next(db), 1, "message.posted", 1, 1, 1};
    journal_append(db, &row);
    work->number = row.seq;
    return true;
}

static bool draw_and_refuse(struct job *job, struct db *db)
{
    draw_number(job, db);
    return false;
}

static void numbers_of_the_journal_rise_over_refused_jobs(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    for (int i = 0; i < 60; i++) {
        submit(scene, i % 3 ? draw_number : draw_and_refuse, 0);
    }
    await(scene, 60);
    for (int i = 1; i < 60; i++) {
        if (i % 3 == 2) {
            assert_true(scene->done[i]->number > scene->done[i - 1]->number);
        }
    }
    assert_int_equal(journal_head(scene->reader), scene->done[59]->number);
    scene_destroy(scene);
}

/* --- the queue ------------------------------------------------------------------------------- */

static void a_full_queue_refuses_and_leaves_the_job_to_its_owner(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    hold_writer(scene);
    for (int i = 0; i < LIMIT_WRITER_QUEUE; i++) {
        submit(scene, insert_number, i);
    }
    struct work *extra = work_create(scene, insert_number, -1);
    assert_false(writer_submit(scene->writer, &extra->job));
    assert_int_equal(counters_of(scene).queue_length, LIMIT_WRITER_QUEUE);
    free(extra);
    sem_post(&scene->gate);
    await(scene, LIMIT_WRITER_QUEUE + 1);
    assert_int_equal(db_int(scene->reader, &count, -1), LIMIT_WRITER_QUEUE);
    scene_destroy(scene);
}

static void stopping_runs_what_is_queued(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    hold_writer(scene);
    for (int i = 1; i <= 20; i++) {
        submit(scene, insert_number, i);
    }
    sem_post(&scene->gate);
    writer_stop(scene->writer);
    scene->writer = NULL;
    assert_int_equal(scene->done_count, 21);
    assert_int_equal(db_int(scene->reader, &count, -1), 20);
    scene_destroy(scene);
}

/* --- what time brings ------------------------------------------------------------------------- */

static int64_t next_due(void *context, struct db *db)
{
    (void)context;
    return db_int(db, &due_first, INT64_MAX);
}

static bool remove_due(struct job *job, struct db *db)
{
    db_run(db, &due_remove, ((struct work *)job)->number);
    return true;
}

static struct job *make_due(void *context, struct db *db, int64_t now_ms)
{
    int64_t at = db_int(db, &due_first, INT64_MAX);
    return at <= now_ms ? &work_create(context, remove_due, 1)->job : NULL;
}

static struct job *make_failing_due(void *context, struct db *db, int64_t now_ms)
{
    int64_t at = db_int(db, &due_first, INT64_MAX);
    return at <= now_ms ? &work_create(context, insert_and_refuse, 1)->job : NULL;
}

static struct scene *scene_create_due(struct job *(*due)(void *, struct db *, int64_t))
{
    struct scene *scene = malloc(sizeof *scene);
    assert_non_null(scene);
    scene_prepare(scene);
    scene_start(scene, &(struct writer_hooks){scene, take_back, next_due, due, NULL, NULL});
    return scene;
}

static bool add_due(struct job *job, struct db *db)
{
    db_run(db, &due_add, 1, ((struct work *)job)->number);
    return true;
}

static void a_due_job_runs_at_its_hour_by_itself(void **state)
{
    (void)state;
    struct scene *scene = scene_create_due(make_due);
    int64_t at_ms = clock_wall_ms() + 80;
    submit(scene, add_due, at_ms);
    await(scene, 1);
    assert_int_equal(db_int(scene->reader, &due_count, -1), 1);
    await(scene, 1);
    assert_true(clock_wall_ms() >= at_ms);
    assert_int_equal(db_int(scene->reader, &due_count, -1), 0);
    scene_destroy(scene);
}

static void a_failing_due_job_does_not_spin(void **state)
{
    (void)state;
    struct scene *scene = scene_create_due(make_failing_due);
    submit(scene, add_due, 1);
    await(scene, 2);
    usleep(100000);
    assert_int_equal(counters_of(scene).jobs, 2);
    submit(scene, insert_number, 5); /* the writer goes on meanwhile */
    await(scene, 1);
    scene_destroy(scene);
}

/* --- when the disk fails -----------------------------------------------------------------------
 */

static void await_writable(struct scene *scene)
{
    for (int i = 0; i < 100 && counters_of(scene).read_only; i++) {
        usleep(50000);
    }
    assert_false(counters_of(scene).read_only);
}

static void a_full_disk_loses_the_batch_and_makes_it_read_only_until_there_is_room(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    assert_int_equal(err_of_one_insert(scene, 1), ERR_NONE);
    fault_write = SQLITE_FULL;
    hold_writer(scene);
    submit(scene, insert_number, 2);
    submit(scene, insert_number, 3);
    sem_post(&scene->gate);
    await(scene, 3);
    assert_int_equal(scene->done[2]->job.err, ERR_READ_ONLY);
    assert_int_equal(scene->done[3]->job.err, ERR_READ_ONLY);
    assert_true(counters_of(scene).read_only);
    assert_int_equal(err_of_one_insert(scene, 4), ERR_READ_ONLY);
    assert_int_equal(db_int(scene->reader, &count, -1), 1); /* reading works */
    fault_write = 0;
    await_writable(scene);
    assert_int_equal(err_of_one_insert(scene, 5), ERR_NONE);
    assert_int_equal(db_int(scene->reader, &count, -1), 2);
    scene_destroy(scene);
}

/* Its first run has the batch run again; then the disk is full. */
static bool refuse_then_fill(struct job *job, struct db *db)
{
    struct work *work = (struct work *)job;
    insert_number(job, db);
    if (work->number++ == 1) {
        fault_write = SQLITE_FULL;
    }
    return false;
}

static void a_disk_that_is_full_when_a_batch_runs_again_loses_all_of_it(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    hold_writer(scene);
    submit(scene, insert_number, 7);
    submit(scene, refuse_then_fill, 0);
    submit(scene, insert_number, 8);
    sem_post(&scene->gate);
    await(scene, 4);
    assert_int_equal(counters_of(scene).reruns, 1);
    for (int i = 0; i <= 3; i++) {
        assert_int_equal(scene->done[i]->job.err, i ? ERR_READ_ONLY : ERR_NONE);
    }
    fault_write = 0;
    await_writable(scene);
    assert_int_equal(err_of_one_insert(scene, 9), ERR_NONE);
    assert_int_equal(db_int(scene->reader, &count, -1), 1);
    scene_destroy(scene);
}

static void a_failed_sync_is_not_tried_again_before_a_restart(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    assert_int_equal(err_of_one_insert(scene, 1), ERR_NONE);
    fault_sync = SQLITE_IOERR_FSYNC;
    faults_refused = 0;
    assert_int_equal(err_of_one_insert(scene, 2), ERR_READ_ONLY);
    assert_int_equal(faults_refused, 1);
    fault_sync = 0;
    faults_synced = 0;
    usleep(1200000); /* past the time of a probe */
    assert_int_equal(err_of_one_insert(scene, 3), ERR_READ_ONLY);
    assert_true(counters_of(scene).read_only);
    writer_stop(scene->writer);
    assert_int_equal(faults_synced, 0);

    struct db *db = db_open(scene->place.path, DB_WRITER);
    scene->writer = writer_start(db, &(struct writer_hooks){.context = scene, .done = take_back});
    assert_int_equal(err_of_one_insert(scene, 4), ERR_NONE);
    assert_int_equal(db_int(scene->reader, &count_n, -1, 1), 1);
    scene_destroy(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_waited_shares_one_commit_and_comes_back_in_order),
        cmocka_unit_test(a_job_is_done_only_once_others_can_read_it),
        cmocka_unit_test(one_bad_job_is_undone_among_good_ones),
        cmocka_unit_test(a_batch_runs_again_only_where_a_job_fails_after_it_wrote),
        cmocka_unit_test(a_script_of_a_refused_job_is_undone),
        cmocka_unit_test(a_loop_that_a_job_left_does_not_stand_in_the_way_of_the_next),
        cmocka_unit_test(numbers_of_the_journal_rise_over_refused_jobs),
        cmocka_unit_test(a_full_queue_refuses_and_leaves_the_job_to_its_owner),
        cmocka_unit_test(stopping_runs_what_is_queued),
        cmocka_unit_test(a_due_job_runs_at_its_hour_by_itself),
        cmocka_unit_test(a_failing_due_job_does_not_spin),
        cmocka_unit_test(a_full_disk_loses_the_batch_and_makes_it_read_only_until_there_is_room),
        cmocka_unit_test(a_disk_that_is_full_when_a_batch_runs_again_loses_all_of_it),
        cmocka_unit_test(a_failed_sync_is_not_tried_again_before_a_restart),
    };
    faults_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
