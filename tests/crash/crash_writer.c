/* Law 1 at the level of the store: what the writer acknowledged is there after kill -9, once and in
 * order.
 *
 * A child runs the writer under load and prints each acknowledged number to a pipe; the parent
 * kills it at a random moment, reads what it said, and looks into the database. The next child goes
 * on with the same file. Usage: crash_writer [kills] [seed] */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/journal.h"
#include "store/migrate.h"
#include "store/writer.h"

SQL(create,
    "CREATE TABLE IF NOT EXISTS said (number INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT");
SQL(create_index, "CREATE INDEX IF NOT EXISTS said_by_number ON said (number)");
SQL(insert, "INSERT INTO said (number, seq) VALUES (?1, ?2)");
SQL(last_number, "SELECT max(number) FROM said");
SQL(times, "SELECT count(*) FROM said WHERE number = ?1");
SQL(out_of_order, "SELECT count(*) FROM said AS a JOIN said AS b ON b.rowid = a.rowid + 1"
                  " WHERE b.number <= a.number OR b.seq <= a.seq");
SQL(unpaired, "SELECT count(*) FROM said LEFT JOIN journal USING (seq)"
              " WHERE journal.seq IS NULL OR journal.entity <> said.number");
SQL(rows, "SELECT count(*) FROM said");
SQL(highest_seq, "SELECT max(seq) FROM said");
SQL(integrity, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'");

enum { IN_FLIGHT = 64 };

#define DEMAND(condition, ...)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "crash_writer: " __VA_ARGS__);                                         \
            fputc('\n', stderr);                                                                   \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

/* --- the child: a writer under load ----------------------------------------------------------- */

struct line {
    struct job job;
    int64_t number;
};

static bool write_line(struct job *job, struct db *db)
{
    const struct line *line = (const struct line *)job;
    int64_t seq = journal_next(db);
    struct journal_row row = {seq, clock_wall_ms(), "message.posted", 1, line->number, 1};
    journal_append(db, &row);
    db_run(db, &insert, line->number, seq);
    return line->number % 7 != 0; /* some are refused, and must leave no trace */
}

static void acknowledge(void *context, struct job *batch)
{
    int out = *(int *)context;
    while (batch) {
        struct line *line = (struct line *)batch;
        batch = batch->next;
        if (line->job.err != ERR_NONE) {
            _exit(3);
        }
        if (line->number % 7 != 0 && write(out, &line->number, sizeof line->number) < 0) {
            _exit(4);
        }
        free(line);
    }
}

static struct db *open_database(const char *path)
{
    struct db *db = db_open(path, DB_WRITER);
    DEMAND(db && migrate(db) == ERR_NONE, "the database does not open");
    db_run(db, &create);
    db_run(db, &create_index);
    DEMAND(db_error(db) == ERR_NONE, "the table cannot be made");
    return db;
}

static void run_child(const char *path, int out)
{
    struct db *db = open_database(path);
    int64_t number = db_int(db, &last_number, 0);
    struct writer *writer =
        writer_start(db, &(struct writer_hooks){.context = &out, .done = acknowledge});
    struct writer_counters counters;
    for (;;) {
        struct line *line = MEM_NEW(struct line);
        line->job.run = write_line;
        line->number = ++number;
        while (!writer_submit(writer, &line->job)) {
            usleep(1000);
        }
        for (writer_counters(writer, &counters); counters.queue_length > IN_FLIGHT;) {
            usleep(200);
            writer_counters(writer, &counters);
        }
    }
}

/* --- the parent ---------------------------------------------------------------------------------
 */

/* Starts a child, lets it work for `work_ms` from its first word, kills it. Returns what it
 * acknowledged, `count_out` numbers, to be freed. */
static int64_t *run_and_kill(const char *path, int work_ms, size_t *count_out)
{
    int ends[2];
    DEMAND(pipe(ends) == 0, "no pipe");
    pid_t child = fork();
    DEMAND(child >= 0, "no child");
    if (child == 0) {
        close(ends[0]);
        run_child(path, ends[1]);
    }
    close(ends[1]);
    int64_t *numbers = NULL, number;
    size_t count = 0, capacity = 0;
    int64_t kill_us = 0;
    while (read(ends[0], &number, sizeof number) == (ssize_t)sizeof number) {
        if (count == capacity) {
            capacity = capacity ? capacity * 2 : 1024;
            numbers = mem_resize(numbers, capacity * sizeof number);
        }
        numbers[count++] = number;
        int64_t now_us = clock_mono_us();
        kill_us = kill_us ? kill_us : now_us + work_ms * INT64_C(1000);
        if (now_us >= kill_us) {
            kill(child, SIGKILL); /* what is in the pipe was said before, and counts */
        }
    }
    close(ends[0]);
    int status;
    waitpid(child, &status, 0);
    DEMAND(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "the child ended by itself: %d",
           status);
    *count_out = count;
    return numbers;
}

static void look(const char *path, const int64_t *numbers, size_t count)
{
    struct db *db = open_database(path);
    for (size_t i = 0; i < count; i++) {
        DEMAND(i == 0 || numbers[i] > numbers[i - 1], "acknowledged out of order");
        int64_t found = db_int(db, &times, 0, numbers[i]);
        DEMAND(found == 1, "%" PRId64 " was acknowledged and is there %" PRId64 " times",
               numbers[i], found);
    }
    DEMAND(db_int(db, &out_of_order, 1) == 0, "rows are out of order");
    DEMAND(db_int(db, &unpaired, 1) == 0, "a row and its fact are not the same");
    DEMAND(db_int(db, &highest_seq, 0) <= journal_head(db), "the head is behind what it counted");
    DEMAND(db_int(db, &integrity, 1) == 0, "the database is damaged");
    DEMAND(db_error(db) == ERR_NONE, "the database cannot be read");
    db_close(db);
}

static int64_t rows_at_end(const char *path)
{
    struct db *db = open_database(path);
    int64_t count = db_int(db, &rows, 0);
    db_close(db);
    return count;
}

int main(int argc, char **argv)
{
    int kills = argc > 1 ? atoi(argv[1]) : 12;
    unsigned seed = argc > 2 ? (unsigned)atoi(argv[2]) : (unsigned)clock_wall_ms();
    char folder[] = "/tmp/beffroi-crash-XXXXXX", path[64], command[64];
    DEMAND(mkdtemp(folder), "no folder");
    snprintf(path, sizeof path, "%s/beffroi.db", folder);
    srand(seed);
    printf("crash_writer: %d kills, seed %u\n", kills, seed);
    size_t total = 0;
    for (int i = 0; i < kills; i++) {
        size_t count;
        int64_t *numbers = run_and_kill(path, rand() % 200, &count);
        look(path, numbers, count);
        total += count;
        free(numbers);
    }
    printf("crash_writer: %zu acknowledged, %" PRId64 " kept\n", total, rows_at_end(path));
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) != 0;
}
