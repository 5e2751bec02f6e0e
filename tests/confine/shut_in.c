/* What the server and the carrier of letters can still do once they are shut in. Each try is made
 * in a child, which is lost after. */
#include "in_child.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "confine/landlock.h"
#include "main/confine.h"
#include "post/confine.h"

enum { YES = 0, NO = 1 << 8, KILLED = SIGSYS };

static char data[] = "build/test/shut-XXXXXX";
static int own_socket;         /* made before, not connected */
static int mail_server, other; /* that listen */
static struct sockaddr_in to_mail, to_other;

static int listen_somewhere(struct sockaddr_in *address)
{
    socklen_t bytes = sizeof *address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    *address =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(bind(fd, (struct sockaddr *)address, bytes), 0);
    assert_int_equal(listen(fd, 8), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)address, &bytes), 0);
    return fd;
}

static int set_up(void **state)
{
    (void)state;
    char path[128];
    mkdir("build/test", 0700);
    assert_non_null(mkdtemp(data));
    snprintf(path, sizeof path, "%s/files", data);
    assert_int_equal(mkdir(path, 0700), 0);
    own_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mail_server = listen_somewhere(&to_mail);
    other = listen_somewhere(&to_other);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[160];
    snprintf(command, sizeof command, "rm -r '%s'", data);
    return system(command);
}

static bool as_server(void)
{
    return confine_server(&(struct confine_paths){.data = data});
}

static bool as_carrier(void)
{
    return post_confine_carrier(ntohs(to_mail.sin_port));
}

/* --- files ------------------------------------------------------------------------------------ */

static bool reads_elsewhere(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0 || open("/proc/self/maps", O_RDONLY) >= 0 ||
           open("/proc/1/environ", O_RDONLY) >= 0 || open("Makefile", O_RDONLY) >= 0 ||
           open("/", O_RDONLY | O_DIRECTORY) >= 0;
}

static bool writes_elsewhere(void)
{
    return open("/tmp/shut-in", O_CREAT | O_RDWR, 0600) >= 0 || mkdir("/tmp/shut-in", 0700) == 0 ||
           open("/dev/null", O_WRONLY) >= 0 || rename("LICENSE", "LICENCE") == 0 ||
           unlink("LICENSE") == 0;
}

static bool works_in_its_data(void)
{
    char from[128], to[128], back[4] = "";
    snprintf(from, sizeof from, "%s/a", data);
    snprintf(to, sizeof to, "%s/files/a", data);
    int fd = open(from, O_CREAT | O_RDWR | O_TRUNC, 0600);
    bool kept = fd >= 0 && write(fd, "abc", 3) == 3 && fsync(fd) == 0 && ftruncate(fd, 2) == 0 &&
                pread(fd, back, 4, 0) == 2;
    return kept && rename(from, to) == 0 && open(to, O_RDONLY) >= 0 && unlink(to) == 0;
}

static void the_server_opens_nothing_but_its_data(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_server, works_in_its_data), YES);
    if (landlock_abi() < LAND_MOVES) {
        skip();
    }
    assert_int_equal(status_of(as_server, reads_elsewhere), NO);
    assert_int_equal(status_of(as_server, writes_elsewhere), NO);
}

static bool reads_the_data(void)
{
    return open(data, O_RDONLY | O_DIRECTORY) >= 0;
}

static bool reads_names(void)
{
    return open("/etc/hosts", O_RDONLY) >= 0;
}

static void the_carrier_reads_names_and_no_data(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_carrier, reads_names), YES);
    assert_int_equal(status_of(as_carrier, writes_elsewhere), NO);
    if (landlock_abi() == 0) {
        skip();
    }
    assert_int_equal(status_of(as_carrier, reads_elsewhere), NO);
    assert_int_equal(status_of(as_carrier, reads_the_data), NO);
}

/* --- programs and processes ------------------------------------------------------------------- */

static bool executes(void)
{
    const char *const arguments[] = {"/bin/true", NULL};
    return execv("/bin/true", mem_unconst(arguments)) == 0;
}

static bool forks(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        _exit(0);
    }
    return pid >= 0;
}

static bool traces(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
}

static bool signals(void)
{
    return kill(getppid(), 0) == 0 || kill(0, 0) == 0 || tgkill(getppid(), getppid(), 0) == 0;
}

static bool runs_what_it_wrote(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0 ||
           mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
               MAP_FAILED;
}

static bool is_dumpable(void)
{
    return prctl(PR_GET_DUMPABLE) != 0 || prctl(PR_SET_DUMPABLE, 1) == 0;
}

static void *nothing(void *context)
{
    return context;
}

static bool starts_a_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0;
}

static void neither_runs_a_program(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_server, executes) & 0x7F, KILLED);
    assert_int_equal(status_of(as_carrier, executes) & 0x7F, KILLED);
}

static void neither_starts_or_reaches_a_process(void **state)
{
    (void)state;
    bool (*const both[])(void) = {as_server, as_carrier};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(status_of(both[i], forks), NO);
        assert_int_equal(status_of(both[i], signals), NO);
        assert_int_equal(status_of(both[i], traces) & 0x7F, KILLED);
        assert_int_equal(status_of(both[i], starts_a_thread), YES);
    }
}

static void neither_runs_memory_that_it_wrote(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_server, runs_what_it_wrote), NO);
    assert_int_equal(status_of(as_carrier, runs_what_it_wrote), NO);
}

static void the_server_is_not_dumpable(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_server, is_dumpable), NO);
}

/* --- networks --------------------------------------------------------------------------------- */

static bool makes_a_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_INET6, SOCK_DGRAM, 0) >= 0 ||
           socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || socket(AF_NETLINK, SOCK_RAW, 0) >= 0;
}

static bool connects(void)
{
    return connect(own_socket, (struct sockaddr *)&to_other, sizeof to_other) == 0;
}

static bool listens(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return bind(own_socket, (struct sockaddr *)&(struct sockaddr_in){.sin_family = AF_INET},
                sizeof(struct sockaddr_in)) == 0 ||
           listen(own_socket, 1) == 0 || (fd >= 0 && listen(fd, 1) == 0);
}

static bool connects_to_mail(void)
{
    return connect(own_socket, (struct sockaddr *)&to_mail, sizeof to_mail) == 0;
}

static void the_server_connects_to_nothing(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_server, makes_a_socket), NO);
    assert_int_equal(status_of(as_server, connects), NO);
    assert_int_equal(status_of(as_server, listens), NO);
}

static void the_carrier_connects_to_the_mail_server_alone(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_carrier, connects_to_mail), YES);
    assert_int_equal(status_of(as_carrier, listens), NO);
    if (landlock_abi() < LAND_NETWORK) {
        skip();
    }
    assert_int_equal(status_of(as_carrier, connects), NO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_server_opens_nothing_but_its_data),
        cmocka_unit_test(the_carrier_reads_names_and_no_data),
        cmocka_unit_test(neither_runs_a_program),
        cmocka_unit_test(neither_starts_or_reaches_a_process),
        cmocka_unit_test(neither_runs_memory_that_it_wrote),
        cmocka_unit_test(the_server_is_not_dumpable),
        cmocka_unit_test(the_server_connects_to_nothing),
        cmocka_unit_test(the_carrier_connects_to_the_mail_server_alone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
