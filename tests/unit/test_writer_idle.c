/* What the writer does between batches: copies back, merges, cleans up. */
#include "unit.h"

#include <sys/stat.h>

#include "writer_scene.h"

static void an_idle_writer_copies_back_and_keeps_the_file_of_the_wal(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    err_of_one_insert(scene, 1);
    char wal[128];
    snprintf(wal, sizeof wal, "%s-wal", scene->place.path);
    struct stat status;
    for (int i = 0; i < 200 && counters_of(scene).checkpoints < 2; i++) {
        usleep(20000);
    }
    assert_int_equal(counters_of(scene).checkpoints, 2);
    assert_int_equal(stat(wal, &status), 0);
    assert_true(status.st_size > 0);
    scene_destroy(scene);
}

SQL(insert_many, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 800000)"
                 " INSERT INTO t (n) SELECT x FROM c");

static bool insert_much_and_hold(struct job *job, struct db *db)
{
    db_run(db, &insert_many); /* some 2,200 pages */
    return hold(job, db);
}

static void a_long_wal_is_copied_back_before_the_next_batch(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    submit(scene, insert_much_and_hold, 0);
    sem_wait(&scene->held);
    int64_t before = counters_of(scene).checkpoints;
    submit(scene, hold, 0);
    sem_post(&scene->gate);
    sem_wait(&scene->held);
    assert_int_equal(counters_of(scene).checkpoints, before + 1);
    sem_post(&scene->gate);
    await(scene, 2);
    scene_destroy(scene);
}

SQL(fts_create, "CREATE VIRTUAL TABLE f USING fts5 (body)");
SQL(fts_manual, "INSERT INTO f (f, rank) VALUES ('automerge', 0)");
SQL(fts_insert, "INSERT INTO f (rowid, body) VALUES (?1, 'zyzomys ' || ?1)");
SQL(fts_delete, "DELETE FROM f");

static bool make_index(struct job *job, struct db *db)
{
    (void)job;
    db_run(db, &fts_create);
    db_run(db, &fts_manual);
    return true;
}

static bool add_word(struct job *job, struct db *db)
{
    db_run(db, &fts_insert, ((struct work *)job)->number);
    return true;
}

static bool delete_words(struct job *job, struct db *db)
{
    (void)job;
    db_run(db, &fts_delete);
    return true;
}

/* How often `word` stands in the file, WAL included. */
static int occurrences(const char *path, const char *word)
{
    char command[256];
    snprintf(command, sizeof command, "cat '%s' '%s-wal' | grep -ao '%s' | wc -l", path, path,
             word);
    FILE *pipe = popen(command, "r");
    int found = -1;
    assert_int_equal(fscanf(pipe, "%d", &found), 1);
    pclose(pipe);
    return found;
}

static void after_a_scrub_no_deleted_word_is_left_in_the_files(void **state)
{
    (void)state;
    struct scene *scene = scene_create();
    submit(scene, make_index, 0);
    await(scene, 1);
    for (int i = 1; i <= 40; i++) {
        submit(scene, add_word, i);
        await(scene, 1);
    }
    submit(scene, delete_words, 0);
    await(scene, 1);
    assert_true(occurrences(scene->place.path, "zyzomys") > 0);
    writer_scrub(scene->writer);
    for (int i = 0; i < 200 && counters_of(scene).scrubs == 0; i++) {
        usleep(20000);
    }
    assert_int_equal(counters_of(scene).scrubs, 1);
    assert_int_equal(occurrences(scene->place.path, "zyzomys"), 0);
    scene_destroy(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_idle_writer_copies_back_and_keeps_the_file_of_the_wal),
        cmocka_unit_test(a_long_wal_is_copied_back_before_the_next_batch),
        cmocka_unit_test(after_a_scrub_no_deleted_word_is_left_in_the_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
