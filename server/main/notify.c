#include "main/notify.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"

/* A path, or with '@' first a name that is no file (systemd.exec(5), NOTIFY_SOCKET). */
static int connect_to(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t bytes = strlen(name);
    if (bytes < 2 || bytes >= sizeof address.sun_path || (name[0] != '/' && name[0] != '@')) {
        return -1;
    }
    memcpy(address.sun_path, name, bytes);
    if (name[0] == '@') {
        address.sun_path[0] = '\0';
    }
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + bytes);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, length) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* Twice in the time after which the manager would think it dead. */
static int64_t watchdog_period_us(void)
{
    const char *usec = getenv("WATCHDOG_USEC");
    const char *pid = getenv("WATCHDOG_PID");
    int64_t of = 0;
    int64_t period_us = 0;
    bool ours = !pid || (str_to_int(pid, 1, INT32_MAX, &of) && of == (int64_t)getpid());
    bool wanted = usec && ours && str_to_int(usec, 1, INT64_MAX, &period_us);
    return wanted ? period_us / 2 : 0;
}

void notify_open(struct notify *notify)
{
    const char *name = getenv("NOTIFY_SOCKET");
    *notify = (struct notify){name ? connect_to(name) : -1, watchdog_period_us(), 0};
    unsetenv("NOTIFY_SOCKET"); /* for nobody after us */
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

/* A manager that does not listen just now is not waited for. */
static void say(const struct notify *notify, const char *text)
{
    if (notify->socket >= 0) {
        (void)!send(notify->socket, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
}

void notify_ready(const struct notify *notify)
{
    say(notify, "READY=1\n");
}

static void say_reloading(const struct notify *notify)
{
    char text[64];
    snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%" PRId64 "\n", clock_mono_us());
    say(notify, text);
}

static void give_sign_of_life(struct notify *notify)
{
    int64_t now_us = clock_mono_us();
    if (notify->period_us && now_us - notify->last_us >= notify->period_us) {
        notify->last_us = now_us;
        say(notify, "WATCHDOG=1\n");
    }
}

void notify_tell(void *context, enum net_news news)
{
    struct notify *notify = context;
    switch (news) {
    case NET_ALIVE:
        give_sign_of_life(notify);
        return;
    case NET_RELOADS:
        say_reloading(notify);
        return;
    case NET_RELOADED:
        notify_ready(notify);
        return;
    case NET_STOPS:
        say(notify, "STOPPING=1\n");
        return;
    }
}

void notify_close(struct notify *notify)
{
    if (notify->socket >= 0) {
        close(notify->socket);
    }
}
