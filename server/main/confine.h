/* How the server is shut in, once all that it ever opens elsewhere is open.
 *
 * From then on it has the data directory, and the certificate's folder to read again; it makes no
 * socket, so connects to nothing and listens to nothing more; it starts no process and no program.
 *
 * Owns nothing. Threads: the main one, before any other is started: they inherit it. */
#ifndef BEFFROI_MAIN_CONFINE_H
#define BEFFROI_MAIN_CONFINE_H

#include <stdbool.h>

struct confine_paths {
    const char *data;
    const char *tls_cert, *tls_key; /* NULL: none */
    const char *listen;             /* "unix:PATH": to be removed at the end; else left alone */
};

/* Says in the log how far the kernel and the build go. False: it could not be done, the server must
 * not go on. */
bool confine_server(const struct confine_paths *paths) __attribute__((warn_unused_result));

#endif
