#include "net/site.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

static const char *const loopback_names[] = {"localhost", "127.0.0.1", "[::1]"};

/* Host characters of RFC 3986 that a name or an address is made of; no user, no path, no space. */
static bool host_is_valid(const char *host, size_t bytes)
{
    if (bytes > 0 && host[0] == '[') {
        return bytes > 4 && host[bytes - 1] == ']' &&
               strspn(host + 1, "0123456789abcdefABCDEF:.") == bytes - 2;
    }
    return bytes > 0 && strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789.-_") >= bytes;
}

/* Where the port starts (at its colon), or the end of `authority`. */
static const char *port_of(const char *authority)
{
    const char *from = strchr(authority, ']');
    const char *colon = strchr(from ? from : authority, ':');
    return colon ? colon : authority + strlen(authority);
}

static bool port_is_valid(const char *colon)
{
    int64_t port;
    return *colon == '\0' || str_to_int(colon + 1, 1, 65535, &port);
}

static void add_origin(struct site *site, const char *host, int host_bytes, const char *port)
{
    snprintf(site->origins[site->origin_count++], SITE_URL_BYTES, "http%s://%.*s%s",
             site->https ? "s" : "", host_bytes, host, port);
}

static bool is_loopback(const char *host, size_t bytes)
{
    for (int i = 0; i < 3; i++) {
        if (strlen(loopback_names[i]) == bytes && memcmp(loopback_names[i], host, bytes) == 0) {
            return true;
        }
    }
    return false;
}

/* 'self' covers ws: only in newer browsers (CSP 3), so the sockets are named; an IPv6 address is no
 * host to CSP, and browsers complain of it. */
static void write_policy(struct site *site)
{
    char sockets[3 * SITE_URL_BYTES] = "";
    size_t used = 0;
    for (int i = 0; i < site->origin_count; i++) {
        if (strchr(site->origins[i], '[')) {
            continue;
        }
        used += (size_t)snprintf(sockets + used, sizeof sockets - used, " ws%s",
                                 site->origins[i] + strlen("http"));
    }
    snprintf(site->policy, sizeof site->policy,
             "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
             "media-src 'self'; frame-src 'self'; "
             "connect-src 'self'%s; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
             "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
             "require-trusted-types-for 'script'; trusted-types beffroi",
             sockets);
}

/* Splits site->url; the default port, which browsers leave out of an Origin, is cut off. */
static bool split(struct site *site)
{
    site->https = str_starts(site->url, "https://");
    if (!site->https && !str_starts(site->url, "http://")) {
        return false;
    }
    char *host = strstr(site->url, "://") + 3;
    char *port = host + (port_of(host) - host);
    if (!port_is_valid(port) || !host_is_valid(host, (size_t)(port - host))) {
        return false;
    }
    if (strcmp(port, site->https ? ":443" : ":80") == 0) {
        *port = '\0';
    }
    size_t host_bytes = (size_t)(port - host);
    add_origin(site, host, (int)host_bytes, port);
    for (int i = 0; i < 3 && is_loopback(host, host_bytes); i++) {
        if (strncmp(loopback_names[i], host, host_bytes) != 0) {
            add_origin(site, loopback_names[i], (int)strlen(loopback_names[i]), port);
        }
    }
    return true;
}

bool site_init(struct site *site, const char *public_url)
{
    *site = (struct site){0};
    size_t bytes = strlen(public_url);
    while (bytes > 0 && public_url[bytes - 1] == '/') {
        bytes--;
    }
    if (bytes > SITE_URL_BYTES - 16) {
        return false;
    }
    for (size_t i = 0; i < bytes; i++) {
        site->url[i] = (char)tolower((unsigned char)public_url[i]);
    }
    if (!split(site)) {
        return false;
    }
    site->cookie = site->https ? "__Host-beffroi" : "beffroi";
    write_policy(site);
    return true;
}

bool site_has_origin(const struct site *site, const char *origin)
{
    for (int i = 0; origin && i < site->origin_count; i++) {
        if (strcmp(site->origins[i], origin) == 0) {
            return true;
        }
    }
    return false;
}

bool site_is_authority(const char *text)
{
    const char *port = text ? port_of(text) : NULL;
    return text && host_is_valid(text, (size_t)(port - text)) && port_is_valid(port);
}

bool site_has_host(const struct site *site, const char *host)
{
    if (!host) {
        return false;
    }
    const char *port = port_of(host);
    bool is_default = strcmp(port, site->https ? ":443" : ":80") == 0;
    size_t bytes = is_default ? (size_t)(port - host) : strlen(host);
    for (int i = 0; i < site->origin_count; i++) {
        const char *ours = strstr(site->origins[i], "://") + 3;
        if (strlen(ours) == bytes && strncasecmp(ours, host, bytes) == 0) {
            return true;
        }
    }
    return false;
}
