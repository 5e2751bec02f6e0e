#include "live/mailer.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "live/engine.h"
#include "live/mail_folder.h"
#include "live/mail_message.h"
#include "live/tail.h"

#define IDLE_MS   60000 /* looks again at least this often */
#define RECORD_MS 1000  /* between two tries to keep an outcome that was refused */
#define TIMEOUT_S 60    /* of one sending */
#define CONNECT_S 15

struct mailer {
    struct tail tail;
    CURL *curl; /* NULL: files */
    /* Under the tail's lock. */
    bool sweep;
    int socket; /* to the mail server, -1 if there is none */
};

/* --- sending ---------------------------------------------------------------------------------- */

struct upload {
    const char *data;
    size_t left;
};

static size_t read_upload(char *out, size_t size, size_t count, void *context)
{
    struct upload *upload = context;
    size_t bytes = size * count < upload->left ? size * count : upload->left;
    memcpy(out, upload->data, bytes);
    upload->data += bytes;
    upload->left -= bytes;
    return bytes;
}

static int stop_when_told(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    (void)a, (void)b, (void)c, (void)d;
    struct mailer *mailer = context;
    return atomic_load(&mailer->tail.stopping);
}

/* The socket is known, so that stopping can cut it: libcurl says good-bye to the mail server when
 * it closes, and would wait two minutes for the answer of one that hangs. */
static int socket_opened(void *context, curl_socket_t fd, curlsocktype purpose)
{
    (void)purpose;
    struct mailer *mailer = context;
    pthread_mutex_lock(&mailer->tail.lock);
    bool stopping = atomic_load(&mailer->tail.stopping);
    mailer->socket = stopping ? -1 : fd;
    pthread_mutex_unlock(&mailer->tail.lock);
    return stopping ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
}

static int socket_closing(void *context, curl_socket_t fd)
{
    struct mailer *mailer = context;
    pthread_mutex_lock(&mailer->tail.lock);
    mailer->socket = -1;
    pthread_mutex_unlock(&mailer->tail.lock);
    return close(fd);
}

static void cut_socket(struct mailer *mailer)
{
    pthread_mutex_lock(&mailer->tail.lock);
    if (mailer->socket >= 0) {
        shutdown(mailer->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&mailer->tail.lock);
}

static void curl_set_up(struct mailer *mailer)
{
    const struct mailer_config *config = &mailer->tail.live->config.mailer;
    CURL *curl = mailer->curl;
    curl_easy_setopt(curl, CURLOPT_URL, config->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_when_told);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, mailer);
    curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, socket_opened);
    curl_easy_setopt(curl, CURLOPT_SOCKOPTDATA, mailer);
    curl_easy_setopt(curl, CURLOPT_CLOSESOCKETFUNCTION, socket_closing);
    curl_easy_setopt(curl, CURLOPT_CLOSESOCKETDATA, mailer);
    if (config->user) {
        /* A password never travels in clear: with one, TLS is not a matter of luck. */
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
        curl_easy_setopt(curl, CURLOPT_USERNAME, config->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, config->password);
    } else {
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    }
    if (config->ca_file) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, config->ca_file);
    }
}

static bool send_by_smtp(struct mailer *mailer, const struct mail *mail, const struct buf *message)
{
    char from[512];
    mail_address(mailer->tail.live->config.mailer.from, from, sizeof from);
    struct upload upload = {message->data, message->len};
    struct curl_slist *recipients = curl_slist_append(NULL, mail->recipient);
    curl_easy_setopt(mailer->curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(mailer->curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(mailer->curl, CURLOPT_READDATA, &upload);
    CURLcode code = curl_easy_perform(mailer->curl);
    curl_slist_free_all(recipients);
    return code == CURLE_OK;
}

static bool deliver(struct mailer *mailer, const struct mail *mail)
{
    struct buf message;
    buf_init(&message);
    mail_compose(&message, mailer->tail.live->config.mailer.from, mail);
    bool taken = mailer->curl
                     ? send_by_smtp(mailer, mail, &message)
                     : mail_folder_write(mailer->tail.live->config.data_dir, mail->id, &message);
    buf_finish(&message);
    return taken;
}

/* --- the queue -------------------------------------------------------------------------------- */

/* The snapshot ends before anything is sent. */
static bool take_next(struct mailer *mailer, struct arena *arena, struct mail *mail)
{
    bool found = db_begin_read(mailer->tail.db) == ERR_NONE &&
                 mail_next(mailer->tail.db, clock_wall_ms(), arena, mail);
    db_rollback(mailer->tail.db);
    return found;
}

/* A mail that was taken must not be taken from the queue again: nothing else leaves before its
 * outcome is kept, however long that takes. */
static void keep_outcome(struct mailer *mailer, int64_t id, bool taken)
{
    struct buf params;
    buf_init(&params);
    buf_printf(&params, "{\"mail\":%lld}", (long long)id);
    while (tail_keep(&mailer->tail, taken ? "mail.sent" : "mail.failed", &params) &&
           !atomic_load(&mailer->tail.stopping)) {
        tail_pause(&mailer->tail, RECORD_MS);
    }
    buf_finish(&params);
}

static bool send_next(struct mailer *mailer)
{
    struct arena arena;
    arena_init(&arena);
    struct mail mail;
    bool found = take_next(mailer, &arena, &mail);
    if (found) {
        bool taken = deliver(mailer, &mail);
        if (!taken) {
            log_event(LOG_MAIL, LOG_W("step", "not_taken"), LOG_N("attempt", mail.attempts + 1));
        }
        if (taken || !atomic_load(&mailer->tail.stopping)) {
            keep_outcome(mailer, mail.id, taken);
        }
    }
    arena_finish(&arena);
    return found;
}

static int64_t idle_ms(struct mailer *mailer)
{
    int64_t at_ms = INT64_MAX;
    if (db_begin_read(mailer->tail.db) == ERR_NONE) {
        at_ms = mail_next_at(mailer->tail.db);
    }
    db_rollback(mailer->tail.db);
    int64_t wait_ms = at_ms - clock_wall_ms();
    return wait_ms < 1000 ? 1000 : wait_ms > IDLE_MS ? IDLE_MS : wait_ms;
}

/* Between two letters, so that none is being written to somebody who was just erased. */
static void sweep_if_told(struct mailer *mailer)
{
    pthread_mutex_lock(&mailer->tail.lock);
    bool told = mailer->sweep;
    mailer->sweep = false;
    pthread_mutex_unlock(&mailer->tail.lock);
    if (told) {
        mail_folder_sweep(mailer->tail.live->config.data_dir, mailer->tail.db,
                          &mailer->tail.stopping);
    }
}

static void *work(void *context)
{
    struct mailer *mailer = context;
    while (!atomic_load(&mailer->tail.stopping)) {
        sweep_if_told(mailer);
        if (!send_next(mailer)) {
            tail_pause(&mailer->tail, idle_ms(mailer));
        }
    }
    return NULL;
}

/* --- life ------------------------------------------------------------------------------------- */

void mailer_destroy(struct mailer *mailer)
{
    if (!mailer) {
        return;
    }
    if (mailer->curl) {
        curl_easy_cleanup(mailer->curl);
    }
    tail_finish(&mailer->tail);
    free(mailer);
}

struct mailer *mailer_start(struct live *live)
{
    struct mailer *mailer = MEM_NEW(struct mailer);
    bool connected = tail_init(&mailer->tail, live);
    mailer->socket = -1;
    mailer->sweep = true; /* after a restore, or an erasure while the server was stopped */
    if (live->config.mailer.url) {
        mailer->curl = curl_easy_init();
        curl_set_up(mailer);
    }
    if (!connected) {
        mailer_destroy(mailer);
        return NULL;
    }
    tail_start(&mailer->tail, "mail", work, mailer);
    return mailer;
}

void mailer_ring(struct mailer *mailer)
{
    if (mailer) {
        tail_ring(&mailer->tail);
    }
}

void mailer_sweep(struct mailer *mailer)
{
    if (mailer) {
        pthread_mutex_lock(&mailer->tail.lock);
        mailer->sweep = true;
        pthread_mutex_unlock(&mailer->tail.lock);
        tail_ring(&mailer->tail);
    }
}

/* An outcome already handed to the writer is still committed: the writer drains after us. */
void mailer_stop(struct mailer *mailer)
{
    if (mailer) {
        atomic_store(&mailer->tail.stopping, true);
        cut_socket(mailer);
        tail_stop(&mailer->tail);
    }
}
