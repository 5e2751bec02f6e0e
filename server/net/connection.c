#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/network.h"
#include "base/str.h"
#include "net/passing.h"

bool connection_count(struct connection *connection, const char *address)
{
    struct map *map = &connection->net->per_address;
    int64_t key = network_of(address);
    if (key == 0 || connection->counted) {
        return true;
    }
    intptr_t count = (intptr_t)map_get(map, key);
    if (count >= LIMIT_SOCKETS_PER_ADDRESS) {
        return false;
    }
    map_put(map, key, (void *)(count + 1));
    connection->counted = key;
    return true;
}

static void discount(struct connection *connection)
{
    struct map *map = &connection->net->per_address;
    intptr_t count = connection->counted ? (intptr_t)map_get(map, connection->counted) : 0;
    if (count > 1) {
        map_put(map, connection->counted, (void *)(count - 1));
    } else if (count == 1) {
        map_remove(map, connection->counted);
    }
}

static void link_in(struct connection *connection)
{
    struct net *net = connection->net;
    connection->next = net->connections;
    if (connection->next) {
        connection->next->previous = connection;
    }
    net->connections = connection;
    net->connection_count++;
}

static void link_out(struct connection *connection)
{
    if (connection->previous) {
        connection->previous->next = connection->next;
    } else {
        connection->net->connections = connection->next;
    }
    if (connection->next) {
        connection->next->previous = connection->previous;
    }
    connection->net->connection_count--;
}

void connection_destroy(struct connection *connection)
{
    discount(connection);
    passing_leave(connection);
    link_out(connection);
    free(connection);
}

void connection_adopt(struct door *door, int fd, const char *address)
{
    struct net *net = door->net;
    struct connection *connection = MEM_NEW(struct connection);
    *connection = (struct connection){.net = net, .kind = door->kind};
    connection->is_proxy = door->kind == DOOR_PUBLIC &&
                           (door->is_unix || str_equal(address, net->config.trusted_proxy));
    snprintf(connection->address, sizeof connection->address, "%s", address);
    link_in(connection);
    if (!connection->is_proxy && !connection_count(connection, address)) {
        net->counters.refused++;
        close(fd);
        connection_destroy(connection);
        return;
    }
    int on = 1; /* a turn's frames leave in one write: nothing is gained by waiting for more */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct lws *wsi = lws_adopt_socket_vhost(door->vhost, fd); /* closes fd where it fails */
    if (!wsi) {
        net->counters.refused++;
        connection_destroy(connection);
        return;
    }
    connection->wsi = wsi;
    lws_set_opaque_user_data(wsi, connection);
    passing_enter(connection);
}
