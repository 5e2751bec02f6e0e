#include "helper_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

/* The only child of a process. */
static pid_t child_of(pid_t parent)
{
    char path[64];
    long child = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)parent, (int)parent);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &child), 1);
    fclose(file);
    return (pid_t)child;
}

/* A server's child is the guard, and the guard's the helper. */
static pid_t helper_of(pid_t server)
{
    return child_of(child_of(server));
}

static enum helper_outcome ask(struct helper *whom)
{
    const char *type;
    int fd = file_of_text("Bonjour.\n");
    enum helper_outcome outcome = helper_type(whom, fd, "a.txt", &type);
    close(fd);
    return outcome;
}

static void without_a_helper_nothing_is_said_of_the_file(void **state)
{
    (void)state;
    assert_int_equal(ask(NULL), HELPER_GONE);
}

static void a_killed_helper_is_started_again(void **state)
{
    (void)state;
    struct helper *killed = helper_start();
    assert_int_equal(helper_restarts(killed), 0);
    kill(helper_of(getpid()), SIGKILL);
    assert_int_equal(ask(killed), HELPER_DONE); /* it waited until there was one again */
    assert_int_equal(helper_restarts(killed), 1);
    assert_false(helper_gone(killed));
    helper_stop(killed);
}

static void a_helper_without_its_guard_is_told_at_once(void **state)
{
    (void)state;
    struct helper *dying = helper_start();
    assert_int_equal(ask(dying), HELPER_DONE);
    kill(child_of(getpid()), SIGKILL);
    int64_t before_us = clock_mono_us();
    assert_int_equal(ask(dying), HELPER_GONE);
    assert_int_equal(ask(dying), HELPER_GONE);
    assert_true(clock_mono_us() - before_us < 2000000);
    assert_true(helper_gone(dying));
    helper_stop(dying);
}

static void *ask_in_a_thread(void *whom)
{
    return ask(whom) == HELPER_GONE ? whom : NULL;
}

static void who_waits_for_a_job_is_let_go_when_the_server_stops(void **state)
{
    (void)state;
    enum { CALLERS = 4 }; /* more than there are jobs at once */
    struct helper *busy = helper_start();
    pthread_t threads[CALLERS];
    kill(helper_of(getpid()), SIGSTOP);
    for (int i = 0; i < CALLERS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask_in_a_thread, busy), 0);
    }
    helper_cancel(busy);
    for (int i = 0; i < CALLERS; i++) {
        void *let_go;
        pthread_join(threads[i], &let_go);
        assert_non_null(let_go);
    }
    assert_int_equal(ask(busy), HELPER_GONE);
    helper_stop(busy);
}

static void stopping_leaves_no_process(void **state)
{
    (void)state;
    struct helper *stopped = helper_start();
    struct pollfd end = {pidfd_open(helper_of(getpid()), 0), POLLIN, 0};
    helper_stop(stopped);
    assert_int_equal(poll(&end, 1, 5000), 1);
    close(end.fd);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* The test adopts what a killed server leaves. Its helper may see the end of the socket, and be
 * buried by the guard, before that is killed too: so their ends are waited for, not who they are. */
static void a_killed_server_takes_its_helper_with_it(void **state)
{
    (void)state;
    int ready[2];
    char word;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
    pid_t server = fork();
    if (server == 0) {
        (void)!write(ready[1], ask(helper_start()) == HELPER_DONE ? "y" : "n", 1);
        for (;;) {
            pause();
        }
    }
    assert_int_equal(read(ready[0], &word, 1), 1);
    assert_int_equal(word, 'y');
    struct pollfd ends[] = {{pidfd_open(child_of(server), 0), POLLIN, 0},
                            {pidfd_open(helper_of(server), 0), POLLIN, 0}};
    kill(server, SIGKILL);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(poll(&ends[i], 1, 5000), 1);
        close(ends[i].fd);
    }
    while (wait(NULL) > 0) {
        /* all that is left of them */
    }
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
    close(ready[0]);
    close(ready[1]);
}

static int descriptors_of(pid_t pid)
{
    char path[64];
    int count = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        count += entry->d_name[0] != '.';
    }
    closedir(folder);
    return count;
}

static void the_helper_holds_nothing_of_the_server(void **state)
{
    (void)state;
    int open_before[20];
    for (int i = 0; i < 20; i++) {
        open_before[i] = open("/dev/null", O_RDONLY);
    }
    struct helper *started = helper_start();
    assert_int_equal(descriptors_of(child_of(getpid())), 4); /* 0 to 2, and the socket */
    assert_int_equal(descriptors_of(helper_of(getpid())), 4);
    int held = descriptors_of(getpid());
    for (int i = 0; i < 100; i++) {
        assert_int_equal(ask(started), HELPER_DONE);
    }
    assert_int_equal(descriptors_of(getpid()), held);
    /* the end of the last verdict may still be open */
    assert_in_range(descriptors_of(helper_of(getpid())), 4, 5);
    helper_stop(started);
    for (int i = 0; i < 20; i++) {
        close(open_before[i]);
    }
}

static void the_owner_of_a_file_stays_where_it_stood_in_it(void **state)
{
    (void)state;
    const char *type;
    struct helper *started = helper_start();
    int fd = file_of_text("Bonjour.\n");
    assert_int_equal(lseek(fd, 3, SEEK_SET), 3);
    assert_int_equal(helper_type(started, fd, "a.txt", &type), HELPER_DONE);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 3);
    close(fd);
    helper_stop(started);
}

static void *ask_many_times(void *whom)
{
    for (int i = 0; i < 25; i++) {
        if (ask(whom) != HELPER_DONE) {
            return NULL;
        }
    }
    return whom;
}

static void many_threads_may_ask_at_once(void **state)
{
    (void)state;
    struct helper *started = helper_start();
    pthread_t threads[8];
    for (int i = 0; i < 8; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask_many_times, started), 0);
    }
    for (int i = 0; i < 8; i++) {
        void *went_well;
        pthread_join(threads[i], &went_well);
        assert_non_null(went_well);
    }
    helper_stop(started);
}

/* Forms that draw forms: ten thousand million of them in two thousand bytes. */
static void make_endless_pdf(struct buf *out)
{
    enum { LEVELS = 6, TIMES = 50 };
    buf_init(out);
    buf_text(out,
             "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
             "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 9 9]>> endobj\n"
             "3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>"
             ">> endobj\n4 0 obj <</Length 4>> stream\n/F Do\nendstream endobj\n");
    for (int level = 0; level < LEVELS; level++) {
        buf_printf(out,
                   "%d 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject"
                   "<</F %d 0 R>>>>/Length %d>> stream\n",
                   5 + level, 6 + level, TIMES * 6);
        for (int i = 0; i < TIMES; i++) {
            buf_text(out, level < LEVELS - 1 ? "/F Do " : "q Q q ");
        }
        buf_text(out, "\nendstream endobj\n");
    }
    buf_text(out, "trailer <</Root 1 0 R>>\n%%EOF\n");
}

static void a_job_that_does_not_end_is_ended_and_the_next_one_works(void **state)
{
    (void)state;
    struct buf pdf;
    make_endless_pdf(&pdf);
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    helper = helper_start_within(1500);
    pid_t pid = helper_of(getpid());
    int fd = file_of(pdf.data, pdf.len);
    int64_t before_us = clock_mono_us();
    struct reading reading = read_text(fd, "application/pdf");
    int64_t took_us = clock_mono_us() - before_us;
    assert_int_equal(reading.outcome, HELPER_UNREADABLE);
    assert_in_range(took_us, 1400000, 4000000);
    assert_int_equal(ask(helper), HELPER_DONE);
    buf_finish(&reading.text);
    buf_finish(&pdf);
    close(fd);
    fixture_stop_helper(NULL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* pdftotext is not there either */
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_helper_nothing_is_said_of_the_file),
        cmocka_unit_test(a_killed_helper_is_started_again),
        cmocka_unit_test(a_helper_without_its_guard_is_told_at_once),
        cmocka_unit_test(who_waits_for_a_job_is_let_go_when_the_server_stops),
        cmocka_unit_test(stopping_leaves_no_process),
        cmocka_unit_test(a_killed_server_takes_its_helper_with_it),
        cmocka_unit_test(the_helper_holds_nothing_of_the_server),
        cmocka_unit_test(the_owner_of_a_file_stays_where_it_stood_in_it),
        cmocka_unit_test(many_threads_may_ask_at_once),
        cmocka_unit_test(a_job_that_does_not_end_is_ended_and_the_next_one_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
