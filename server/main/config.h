/* The configuration file: `name = value` a line, `#` begins a comment. Options of the command line
 * win.
 *
 * Owns: its texts. Threads: read at start, constant afterwards. */
#ifndef BEFFROI_MAIN_CONFIG_H
#define BEFFROI_MAIN_CONFIG_H

#include <stdbool.h>

#include "base/arena.h"

struct config {
    struct arena texts;
    const char *listen;        /* "127.0.0.1:8080", "unix:/run/beffroi.sock" */
    const char *public_url;    /* "https://club.example.fr"; NULL: as listened to */
    const char *trusted_proxy; /* address of the proxy whose X-Forwarded-For counts */
    const char
        *metrics_listen; /* a local "127.0.0.1:9090" for /metrics; absent: admin socket only */
    const char *tls_cert, *tls_key;
    const char *smtp_url, *smtp_user, *smtp_password, *smtp_ca, *mail_from;
};

/* NULL path: defaults. An empty value is as if it were not there. false: the line at fault was said
 * on standard error. config_finish() either way. */
bool config_read(struct config *config, const char *path);
/* Fills in what was left out. false: what does not go together was said. */
bool config_complete(struct config *config);
void config_finish(struct config *config);

#endif
