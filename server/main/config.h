/* The configuration file: `name = value` a line, `#` begins a comment. Options of the command line
 * win.
 *
 * Owns: its texts, for the life of the process. Threads: read at start, constant afterwards. */
#ifndef BEFFROI_MAIN_CONFIG_H
#define BEFFROI_MAIN_CONFIG_H

#include <stdbool.h>

struct config {
    const char *listen;        /* "127.0.0.1:8080", "unix:/run/beffroi.sock" */
    const char *public_url;    /* "https://club.example.fr"; NULL: as listened to */
    const char *trusted_proxy; /* address of the proxy whose X-Forwarded-For counts */
    const char
        *metrics_listen; /* a local "127.0.0.1:9090" for /metrics; absent: admin socket only */
    const char *tls_cert, *tls_key;
    const char *smtp_url, *smtp_user, *smtp_password, *smtp_ca, *mail_from;
};

/* NULL path: defaults. false: the line at fault was said on standard error. */
bool config_read(struct config *config, const char *path);
/* Fills in what was left out. false: what does not go together was said. */
bool config_complete(struct config *config);

#endif
