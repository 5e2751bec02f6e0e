#include "live/mailer.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
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
#include "store/job.h"

#define IDLE_MS   60000 /* looks again at least this often */
#define RECORD_MS 1000  /* between two tries to keep an outcome */
#define TIMEOUT_S 60    /* of one sending */
#define CONNECT_S 15

struct mailer {
    struct live *live;
    struct db *db;
    CURL *curl; /* NULL: files */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* Under the lock. */
    bool rung, answered, recorded, sweep;
    int socket; /* to the mail server, -1 if there is none */
    atomic_bool stopping;
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
    return atomic_load(&mailer->stopping);
}

/* The socket is known, so that stopping can cut it: libcurl says good-bye to the mail server when
 * it closes, and would wait two minutes for the answer of one that hangs. */
static int socket_opened(void *context, curl_socket_t fd, curlsocktype purpose)
{
    (void)purpose;
    struct mailer *mailer = context;
    pthread_mutex_lock(&mailer->lock);
    bool stopping = atomic_load(&mailer->stopping);
    mailer->socket = stopping ? -1 : fd;
    pthread_mutex_unlock(&mailer->lock);
    return stopping ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
}

static int socket_closing(void *context, curl_socket_t fd)
{
    struct mailer *mailer = context;
    pthread_mutex_lock(&mailer->lock);
    mailer->socket = -1;
    pthread_mutex_unlock(&mailer->lock);
    return close(fd);
}

static void cut_socket(struct mailer *mailer)
{
    pthread_mutex_lock(&mailer->lock);
    if (mailer->socket >= 0) {
        shutdown(mailer->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&mailer->lock);
}

static void curl_set_up(struct mailer *mailer)
{
    const struct mailer_config *config = &mailer->live->config.mailer;
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
    mail_address(mailer->live->config.mailer.from, from, sizeof from);
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
    mail_compose(&message, mailer->live->config.mailer.from, mail);
    bool taken = mailer->curl
                     ? send_by_smtp(mailer, mail, &message)
                     : mail_folder_write(mailer->live->config.data_dir, mail->id, &message);
    buf_finish(&message);
    return taken;
}

/* --- the queue -------------------------------------------------------------------------------- */

/* The snapshot ends before anything is sent. */
static bool take_next(struct mailer *mailer, struct arena *arena, struct mail *mail)
{
    bool found = db_begin_read(mailer->db) == ERR_NONE &&
                 mail_next(mailer->db, clock_wall_ms(), arena, mail);
    db_rollback(mailer->db);
    return found;
}

/* On the loop: the outcome is in the database, or could not be written (or the server stops). */
static void recorded(struct request *request)
{
    struct mailer *mailer = request->owner;
    pthread_mutex_lock(&mailer->lock);
    mailer->answered = true;
    mailer->recorded = request->err == ERR_NONE;
    pthread_cond_broadcast(&mailer->changed);
    pthread_mutex_unlock(&mailer->lock);
}

/* false: not kept, or not known yet because the server stops. */
static bool record(struct mailer *mailer, int64_t id, bool taken)
{
    struct request *request =
        request_operator(mailer->live, taken ? &mail_sent_command : &mail_failed_command, id);
    request->owner = mailer;
    request->done = recorded;
    pthread_mutex_lock(&mailer->lock);
    mailer->answered = mailer->recorded = false;
    pthread_mutex_unlock(&mailer->lock);
    request_to_writer(request);
    pthread_mutex_lock(&mailer->lock);
    while (!mailer->answered && !atomic_load(&mailer->stopping)) {
        pthread_cond_wait(&mailer->changed, &mailer->lock);
    }
    bool kept = mailer->recorded;
    pthread_mutex_unlock(&mailer->lock);
    return kept;
}

/* Until it is rung, or stopped, or `wait_ms` have passed. */
static void pause_for(struct mailer *mailer, int64_t wait_ms)
{
    int64_t until_us = clock_mono_us() + wait_ms * 1000;
    struct timespec until = {.tv_sec = (time_t)(until_us / 1000000),
                             .tv_nsec = (long)(until_us % 1000000 * 1000)};
    int code = 0;
    pthread_mutex_lock(&mailer->lock);
    while (!mailer->rung && !atomic_load(&mailer->stopping) && code == 0) {
        code = pthread_cond_timedwait(&mailer->changed, &mailer->lock, &until);
    }
    mailer->rung = false;
    pthread_mutex_unlock(&mailer->lock);
}

/* A mail that was taken must not be taken from the queue again: nothing else leaves before its
 * outcome is kept, however long the disk is full. */
static void record_until_kept(struct mailer *mailer, int64_t id, bool taken)
{
    while (!record(mailer, id, taken) && !atomic_load(&mailer->stopping)) {
        pause_for(mailer, RECORD_MS);
    }
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
        if (taken || !atomic_load(&mailer->stopping)) {
            record_until_kept(mailer, mail.id, taken);
        }
    }
    arena_finish(&arena);
    return found;
}

static int64_t idle_ms(struct mailer *mailer)
{
    int64_t at_ms = INT64_MAX;
    if (db_begin_read(mailer->db) == ERR_NONE) {
        at_ms = mail_next_at(mailer->db);
    }
    db_rollback(mailer->db);
    int64_t wait_ms = at_ms - clock_wall_ms();
    return wait_ms < 1000 ? 1000 : wait_ms > IDLE_MS ? IDLE_MS : wait_ms;
}

/* Between two letters, so that none is being written to somebody who was just erased. */
static void sweep_if_told(struct mailer *mailer)
{
    pthread_mutex_lock(&mailer->lock);
    bool told = mailer->sweep;
    mailer->sweep = false;
    pthread_mutex_unlock(&mailer->lock);
    if (told) {
        mail_folder_sweep(mailer->live->config.data_dir, mailer->db, &mailer->stopping);
    }
}

static void *work(void *context)
{
    struct mailer *mailer = context;
    while (!atomic_load(&mailer->stopping)) {
        sweep_if_told(mailer);
        if (!send_next(mailer)) {
            pause_for(mailer, idle_ms(mailer));
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
    db_close(mailer->db);
    pthread_cond_destroy(&mailer->changed);
    pthread_mutex_destroy(&mailer->lock);
    free(mailer);
}

struct mailer *mailer_start(struct live *live)
{
    struct mailer *mailer = MEM_NEW(struct mailer);
    mailer->live = live;
    mailer->socket = -1;
    mailer->sweep = true; /* after a restore, or an erasure while the server was stopped */
    pthread_mutex_init(&mailer->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&mailer->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    mailer->db = db_open(live->database_path, DB_READER);
    if (live->config.mailer.url) {
        mailer->curl = curl_easy_init();
        curl_set_up(mailer);
    }
    if (!mailer->db) {
        mailer_destroy(mailer);
        return NULL;
    }
    job_thread_start(&mailer->thread, "mail", work, mailer);
    return mailer;
}

static void ring(struct mailer *mailer, bool sweep)
{
    pthread_mutex_lock(&mailer->lock);
    mailer->rung = true;
    mailer->sweep = mailer->sweep || sweep;
    pthread_cond_broadcast(&mailer->changed);
    pthread_mutex_unlock(&mailer->lock);
}

void mailer_ring(struct mailer *mailer)
{
    if (mailer) {
        ring(mailer, false);
    }
}

void mailer_sweep(struct mailer *mailer)
{
    if (mailer) {
        ring(mailer, true);
    }
}

/* An outcome already handed to the writer is still committed: the writer drains after us. */
void mailer_stop(struct mailer *mailer)
{
    if (!mailer) {
        return;
    }
    atomic_store(&mailer->stopping, true);
    cut_socket(mailer);
    mailer_ring(mailer);
    pthread_join(mailer->thread, NULL);
}
