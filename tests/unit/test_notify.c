/* What a service manager is told. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "main/notify.h"

static int manager;

/* Listens under a name that is no file, and says so in the environment. */
static int listen_as_manager(void **state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char name[64];
    (void)state;
    int chars = snprintf(name, sizeof name, "@beffroi-test-%d", (int)getpid());
    memcpy(address.sun_path + 1, name + 1, (size_t)chars - 1);
    manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    setenv("NOTIFY_SOCKET", name, 1);
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    return bind(manager, (struct sockaddr *)&address,
                (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)chars));
}

static int stop_listening(void **state)
{
    (void)state;
    return close(manager);
}

/* The next thing it was told, "" if nothing. */
static const char *told(void)
{
    static char text[256];
    ssize_t bytes = recv(manager, text, sizeof text - 1, 0);
    text[bytes < 0 ? 0 : bytes] = '\0';
    return text;
}

static void it_tells_the_manager_how_it_is(void **state)
{
    struct notify notify;
    (void)state;
    notify_open(&notify);
    notify_ready(&notify);
    assert_string_equal(told(), "READY=1\n");
    notify_tell(&notify, NET_RELOADS);
    assert_memory_equal(told(), "RELOADING=1\nMONOTONIC_USEC=", 27);
    notify_tell(&notify, NET_RELOADED);
    assert_string_equal(told(), "READY=1\n");
    notify_tell(&notify, NET_STOPS);
    assert_string_equal(told(), "STOPPING=1\n");
    notify_close(&notify);
}

static void it_gives_a_sign_of_life_as_often_as_is_wanted(void **state)
{
    struct notify notify;
    (void)state;
    setenv("WATCHDOG_USEC", "60000000", 1);
    notify_open(&notify);
    notify_tell(&notify, NET_ALIVE);
    assert_string_equal(told(), "WATCHDOG=1\n");
    notify_tell(&notify, NET_ALIVE);
    assert_string_equal(told(), "");
    notify.last_us -= 31000000;
    notify_tell(&notify, NET_ALIVE);
    assert_string_equal(told(), "WATCHDOG=1\n");
    notify_close(&notify);
}

static void it_gives_no_sign_of_life_unasked_or_for_another(void **state)
{
    struct notify notify;
    (void)state;
    notify_open(&notify);
    notify_tell(&notify, NET_ALIVE);
    assert_string_equal(told(), "");
    notify_close(&notify);
    setenv("WATCHDOG_USEC", "60000000", 1);
    setenv("WATCHDOG_PID", "1", 1);
    notify_open(&notify);
    assert_int_equal(notify.period_us, 0);
    notify_close(&notify);
}

static void nobody_after_it_inherits_the_manager(void **state)
{
    struct notify notify;
    (void)state;
    notify_open(&notify);
    assert_null(getenv("NOTIFY_SOCKET"));
    notify_close(&notify);
}

static void without_a_manager_nothing_is_told(void **state)
{
    static const char *const names[] = {NULL, "", "relative", "@", "/there/is/no/such/socket"};
    struct notify notify;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unsetenv("NOTIFY_SOCKET");
        if (names[i]) {
            setenv("NOTIFY_SOCKET", names[i], 1);
        }
        notify_open(&notify);
        assert_int_equal(notify.socket, -1);
        notify_ready(&notify);
        notify_close(&notify);
    }
    assert_string_equal(told(), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, listen_as_manager, stop_listening)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_tells_the_manager_how_it_is),
        TEST(it_gives_a_sign_of_life_as_often_as_is_wanted),
        TEST(it_gives_no_sign_of_life_unasked_or_for_another),
        TEST(nobody_after_it_inherits_the_manager),
        TEST(without_a_manager_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
