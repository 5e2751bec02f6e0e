/* Our own listening: one way for TCP, unix and inherited sockets, with our caps, and a pause
 * instead of a busy loop where no descriptor is left (libwebsockets knows none of these). */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "net/inside.h"

enum { BACKLOG = 1024, ACCEPTS_PER_TURN = 64, FIRST_INHERITED_FD = 3 };

static struct door *door_add(struct net *net, enum door_kind kind, int fd, bool is_unix)
{
    struct door *door = &net->doors[net->door_count++];
    *door = (struct door){.net = net, .kind = kind, .fd = fd, .is_unix = is_unix};
    door->vhost = kind == DOOR_PUBLIC && net->tls ? net->tls : net->plain;
    return door;
}

static bool fail(char *error, size_t error_bytes, const char *what, const char *name)
{
    snprintf(error, error_bytes, "%s (%s): %s", what, name, strerror(errno));
    return false;
}

static int bind_address(const struct addrinfo *address)
{
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    int on = 1, off = 0;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address->ai_family == AF_INET6) { /* "::" is IPv4 as well, whatever the system's default */
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    }
    if (bind(fd, address->ai_addr, address->ai_addrlen) < 0 || listen(fd, BACKLOG) < 0) {
        int saved = errno;
        close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

/* At the first address of this name where one can listen. */
static int bind_name(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    if (getaddrinfo(host, port, &hints, &found) != 0) {
        errno = EADDRNOTAVAIL;
        return -1;
    }
    int fd = -1;
    for (const struct addrinfo *one = found; one && fd < 0; one = one->ai_next) {
        fd = bind_address(one);
    }
    freeaddrinfo(found);
    return fd;
}

/* "ADDR:PORT", "[v6]:PORT", ":PORT" for every address. */
static int bind_tcp(const char *listen_to)
{
    char host[256];
    const char *colon = strrchr(listen_to, ':');
    if (!colon || (size_t)(colon - listen_to) >= sizeof host) {
        errno = EINVAL;
        return -1;
    }
    bool brackets = listen_to[0] == '[' && colon > listen_to + 1 && colon[-1] == ']';
    snprintf(host, sizeof host, "%.*s", (int)(colon - listen_to) - (brackets ? 2 : 0),
             listen_to + (brackets ? 1 : 0));
    if (host[0]) {
        return bind_name(host, colon + 1);
    }
    int fd = bind_name("::", colon + 1);
    return fd >= 0 ? fd : bind_name("0.0.0.0", colon + 1); /* a system without IPv6 */
}

/* A path where nobody answers is left over from a crash; one where somebody does is in use. */
static bool unix_is_stale(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool refused = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) < 0 &&
                   errno == ECONNREFUSED;
    if (fd >= 0) {
        close(fd);
    }
    return refused;
}

static int bind_unix(const char *path, mode_t mode)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    if (unix_is_stale(&address)) {
        unlink(path);
    }
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    mode_t before = umask(0777 & ~mode); /* it must never have been wider, even for an instant */
    bool bound =
        bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, BACKLOG) == 0;
    int saved = errno;
    umask(before);
    if (!bound) {
        close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

static bool open_unix(struct net *net, enum door_kind kind, const char *path, mode_t mode,
                      char *error, size_t error_bytes)
{
    int fd = bind_unix(path, mode);
    if (fd < 0) {
        return fail(error, error_bytes, "cannot listen on this socket", path);
    }
    struct door *door = door_add(net, kind, fd, true);
    snprintf(door->path, sizeof door->path, "%s", path);
    return true;
}

static bool open_tcp(struct net *net, enum door_kind kind, const char *listen_to, char *error,
                     size_t error_bytes)
{
    int fd = bind_tcp(listen_to);
    if (fd < 0) {
        return fail(error, error_bytes, "cannot listen at this address", listen_to);
    }
    door_add(net, kind, fd, false);
    return true;
}

/* sd_listen_fds(3), without its library: descriptors 3, 4... are ours if LISTEN_PID says so. */
static int open_inherited(struct net *net)
{
    const char *pid_text = getenv("LISTEN_PID"), *count_text = getenv("LISTEN_FDS");
    int64_t pid = 0, count = 0;
    if (!pid_text || !count_text || !str_to_int(pid_text, 1, INT32_MAX, &pid) ||
        pid != (int64_t)getpid() || !str_to_int(count_text, 1, DOORS_MAX - 2, &count)) {
        return 0;
    }
    for (int fd = FIRST_INHERITED_FD; fd < FIRST_INHERITED_FD + (int)count; fd++) {
        int family = AF_UNSPEC;
        socklen_t bytes = sizeof family;
        getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &bytes);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
        door_add(net, DOOR_PUBLIC, fd, family == AF_UNIX);
    }
    unsetenv("LISTEN_PID"); /* for nobody after us */
    unsetenv("LISTEN_FDS");
    return (int)count;
}

bool listen_open(struct net *net, char *error, size_t error_bytes)
{
    const struct net_config *config = &net->config;
    bool ok = true;
    if (open_inherited(net) == 0) {
        ok = str_starts(config->listen, "unix:")
                 ? open_unix(net, DOOR_PUBLIC, config->listen + 5, 0660, error, error_bytes)
                 : open_tcp(net, DOOR_PUBLIC, config->listen, error, error_bytes);
    }
    if (ok && config->admin_socket) {
        ok = open_unix(net, DOOR_ADMIN, config->admin_socket, 0600, error, error_bytes);
    }
    if (ok && config->metrics_listen) {
        ok = open_tcp(net, DOOR_METRICS, config->metrics_listen, error, error_bytes);
    }
    return ok;
}

/* The admin socket is for its owner and root: its mode says so, the kernel's word confirms it. */
static bool peer_is_allowed(const struct door *door, int fd)
{
    if (door->kind != DOOR_ADMIN) {
        return true;
    }
    struct ucred peer;
    socklen_t bytes = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &bytes) == 0 &&
           (peer.uid == geteuid() || peer.uid == 0);
}

/* Numeric text of a peer, IPv4 also where it comes over an IPv6 socket; "" for a unix socket. */
static void peer_text(const struct sockaddr_storage *peer, char *out, size_t bytes)
{
    out[0] = '\0';
    if (peer->ss_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)peer)->sin_addr, out, (socklen_t)bytes);
    } else if (peer->ss_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)peer)->sin6_addr;
        bool mapped = IN6_IS_ADDR_V4MAPPED(v6);
        inet_ntop(mapped ? AF_INET : AF_INET6, v6->s6_addr + (mapped ? 12 : 0), out,
                  (socklen_t)bytes);
    }
}

static void admit(struct door *door, int fd, const struct sockaddr_storage *peer)
{
    struct net *net = door->net;
    char address[INET6_ADDRSTRLEN];
    peer_text(peer, address, sizeof address);
    net->counters.accepted++;
    if (net->connection_count >= net->connection_max || !peer_is_allowed(door, fd)) {
        net->counters.refused++;
        close(fd);
        return;
    }
    connection_adopt(door, fd, address);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    struct door *door = poll->data;
    (void)events;
    for (int i = 0; status == 0 && i < ACCEPTS_PER_TURN; i++) {
        struct sockaddr_storage peer = {0};
        socklen_t bytes = sizeof peer;
        int fd = accept4(door->fd, (struct sockaddr *)&peer, &bytes, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            admit(door, fd, &peer);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
            door->paused = true; /* readable for ever: without a pause the loop would spin */
            uv_poll_stop(poll);
            log_event(LOG_SOCKET, LOG_W("reason", "no descriptor left"));
            return;
        } else if (errno != ECONNABORTED && errno != EINTR) {
            return;
        }
    }
}

void listen_begin(struct net *net)
{
    for (int i = 0; i < net->door_count; i++) {
        struct door *door = &net->doors[i];
        uv_poll_init(&net->loop, &door->poll, door->fd);
        door->poll.data = door;
        uv_poll_start(&door->poll, UV_READABLE, on_readable);
    }
}

void listen_resume(struct net *net)
{
    for (int i = 0; i < net->door_count; i++) {
        struct door *door = &net->doors[i];
        if (door->paused) {
            door->paused = false;
            uv_poll_start(&door->poll, UV_READABLE, on_readable);
        }
    }
}

void listen_close(struct net *net)
{
    for (int i = 0; i < net->door_count; i++) {
        struct door *door = &net->doors[i];
        if (door->poll.data) {
            uv_poll_stop(&door->poll);
            uv_close((uv_handle_t *)&door->poll, NULL);
        }
        close(door->fd);
        if (door->path[0]) {
            unlink(door->path);
        }
    }
    net->door_count = 0;
}

bool listen_authority(const struct net *net, char *out, size_t bytes)
{
    struct sockaddr_storage at = {0};
    socklen_t at_bytes = sizeof at;
    char host[NI_MAXHOST], port[NI_MAXSERV];
    if (net->doors[0].is_unix ||
        getsockname(net->doors[0].fd, (struct sockaddr *)&at, &at_bytes) < 0 ||
        getnameinfo((struct sockaddr *)&at, at_bytes, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
        return false;
    }
    bool v6 = strchr(host, ':') != NULL;
    snprintf(out, bytes, "%s%s%s:%s", v6 ? "[" : "", host, v6 ? "]" : "", port);
    return true;
}
