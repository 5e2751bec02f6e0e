/* What a process that is shut in can still do. Each test is run in a child, which is lost after. */
#include "in_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "confine/landlock.h"
#include "helper/confine.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

static bool as_helper(void)
{
    return confine_helper();
}

static bool as_reader(void)
{
    return confine_helper() && confine_reader(100);
}

static bool as_program(void)
{
    return confine_helper() && confine_program();
}

static bool failed_with_eperm(long result)
{
    return result == -1 && errno == EPERM;
}

static bool opens_a_socket(void)
{
    return !failed_with_eperm(socket(AF_INET, SOCK_STREAM, 0)) ||
           !failed_with_eperm(socket(AF_UNIX, SOCK_STREAM, 0));
}

static bool opens_a_file(void)
{
    return open("/etc/hostname", O_RDONLY) >= 0 || open("/usr/lib/os-release", O_RDONLY) >= 0 ||
           open("/proc/self/maps", O_RDONLY) >= 0 || open("/tmp/a", O_CREAT | O_RDWR, 0600) >= 0;
}

static bool starts_a_process(void)
{
    const char *const arguments[] = {"/bin/true", NULL};
    pid_t pid = fork();
    if (pid == 0) {
        _exit(0);
    }
    return pid >= 0 || execv("/bin/true", mem_unconst(arguments)) != -1;
}

static bool touches_another(void)
{
    return kill(getppid(), 0) == 0 || kill(-1, 0) == 0;
}

static bool runs_what_it_wrote(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static void a_reader_reaches_nothing(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_reader, opens_a_socket), 1 << 8);
    assert_int_equal(status_of(as_reader, opens_a_file), 1 << 8);
    assert_int_equal(status_of(as_reader, starts_a_process), 1 << 8);
    assert_int_equal(status_of(as_reader, touches_another), 1 << 8);
    assert_int_equal(status_of(as_reader, runs_what_it_wrote), 1 << 8);
}

static bool changes_a_file(void)
{
    return open("/tmp/a", O_CREAT | O_RDWR, 0600) >= 0 || open("/etc/hostname", O_WRONLY) >= 0 ||
           unlink("/tmp/a") == 0 || rename("/tmp/a", "/tmp/b") == 0;
}

static void pdftotext_changes_nothing_and_hears_nobody(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_program, opens_a_socket), 1 << 8);
    assert_int_equal(status_of(as_program, changes_a_file), 1 << 8);
    assert_int_equal(status_of(as_program, starts_a_process), 1 << 8);
    assert_int_equal(status_of(as_program, touches_another), 1 << 8);
}

static bool reads_a_secret(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0 || open("/proc/1/environ", O_RDONLY) >= 0;
}

/* Landlock, where the kernel has it. */
static void no_file_but_libraries_is_read(void **state)
{
    (void)state;
    if (landlock_abi() == 0) {
        skip();
    }
    assert_int_equal(status_of(as_helper, reads_a_secret), 1 << 8);
    assert_int_equal(status_of(as_program, reads_a_secret), 1 << 8);
}

static bool is_root(void)
{
    return geteuid() == 0;
}

static void the_helper_is_not_root(void **state)
{
    (void)state;
    assert_int_equal(status_of(as_helper, is_root), 1 << 8);
}

static bool takes_all_memory(void)
{
    void *data =
        mmap(NULL, (size_t)LIMIT_HELPER_MEMORY, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return data != MAP_FAILED;
}

static void memory_is_bounded(void **state)
{
    (void)state;
    if (SANITIZED) {
        skip();
    }
    assert_int_equal(status_of(as_reader, takes_all_memory), 1 << 8);
}

static int drawing;
static bool writes_too_much(void)
{
    char data[200] = {0};
    return pwrite(drawing, data, 200, 0) == 200;
}

static void what_is_written_is_bounded(void **state)
{
    (void)state;
    drawing = memfd_create("drawing", MFD_CLOEXEC);
    assert_int_equal(status_of(as_reader, writes_too_much), 1 << 8);
    close(drawing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_reaches_nothing),
        cmocka_unit_test(pdftotext_changes_nothing_and_hears_nobody),
        cmocka_unit_test(no_file_but_libraries_is_read),
        cmocka_unit_test(the_helper_is_not_root),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(what_is_written_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
