#include "live/mailer.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "live/engine.h"
#include "live/mail_folder.h"
#include "live/mail_message.h"
#include "post/post.h"

#define IDLE_MS   60000 /* looks again at least this often */
#define RECORD_MS 1000  /* between two tries to keep an outcome that was refused */

struct mailer {
    struct tail tail;
    bool sweep; /* under the tail's lock */
    atomic_llong refused;
};

/* --- sending ---------------------------------------------------------------------------------- */

static enum post_outcome give_to_post(struct mailer *mailer, const struct mail *mail,
                                      const struct buf *message)
{
    const struct live_config *config = &mailer->tail.live->config;
    char from[LIMIT_EMAIL_CHARS + 1];
    int code = 0;
    mail_address(config->mail_from, from, sizeof from);
    enum post_outcome outcome = post_send(config->post, from, mail->recipient, message, &code);
    if (outcome != POST_DELIVERED) {
        log_event(LOG_MAIL, LOG_W("step", outcome == POST_REFUSED ? "refused" : "not_taken"),
                  LOG_N("attempt", mail->attempts + 1), LOG_N("code", code));
    }
    return outcome;
}

static enum post_outcome put_in_folder(struct mailer *mailer, const struct mail *mail,
                                       const struct buf *message)
{
    bool written = mail_folder_write(mailer->tail.live->config.data_dir, mail->id, message);
    if (!written) {
        log_event(LOG_MAIL, LOG_W("step", "not_written"), LOG_N("attempt", mail->attempts + 1));
    }
    return written ? POST_DELIVERED : POST_LATER;
}

static enum post_outcome deliver(struct mailer *mailer, const struct mail *mail)
{
    struct buf message;
    buf_init(&message);
    mail_compose(&message, mailer->tail.live->config.mail_from, mail);
    enum post_outcome outcome = mailer->tail.live->config.post
                                    ? give_to_post(mailer, mail, &message)
                                    : put_in_folder(mailer, mail, &message);
    buf_finish(&message);
    return outcome;
}

/* --- the queue -------------------------------------------------------------------------------- */

/* Before each letter, so not one of the others is read: the first that came is the oldest. */
SQL(waiting, "SELECT count(*), (SELECT created_at FROM mail ORDER BY id LIMIT 1) FROM mail");

/* The snapshot ends before anything is sent. */
static bool take_next(struct mailer *mailer, struct arena *arena, struct mail *mail)
{
    struct db *db = mailer->tail.db;
    bool found = db_begin_read(db) == ERR_NONE && mail_next(db, clock_wall_ms(), arena, mail);
    tail_look(&mailer->tail, &waiting);
    db_rollback(db);
    return found;
}

/* A mail that was taken must not be taken from the queue again: nothing else leaves before its
 * outcome is kept, however long that takes. */
static void keep_outcome(struct mailer *mailer, int64_t id, enum post_outcome outcome)
{
    const char *command = outcome == POST_DELIVERED ? "mail.sent" : "mail.failed";
    struct buf params;
    buf_init(&params);
    buf_printf(&params, "{\"mail\":%lld%s}", (long long)id,
               outcome == POST_REFUSED ? ",\"for_good\":true" : "");
    while (tail_keep(&mailer->tail, command, &params) && !atomic_load(&mailer->tail.stopping)) {
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
        enum post_outcome outcome = deliver(mailer, &mail);
        mailer->refused += outcome == POST_REFUSED;
        if (outcome != POST_LATER || !atomic_load(&mailer->tail.stopping)) {
            keep_outcome(mailer, mail.id, outcome);
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
    tail_finish(&mailer->tail);
    free(mailer);
}

struct mailer *mailer_start(struct live *live)
{
    struct mailer *mailer = MEM_NEW(struct mailer);
    bool connected = tail_init(&mailer->tail, live);
    mailer->sweep = true; /* after a restore, or an erasure while the server was stopped */
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

struct tail_load mailer_load(struct mailer *mailer)
{
    return mailer ? tail_load(&mailer->tail) : (struct tail_load){0};
}

int64_t mailer_refused(struct mailer *mailer)
{
    return mailer ? mailer->refused : 0;
}

/* An outcome already handed to the writer is still committed: the writer drains after us. */
void mailer_stop(struct mailer *mailer)
{
    if (mailer) {
        atomic_store(&mailer->tail.stopping, true);
        post_cancel(mailer->tail.live->config.post);
        tail_stop(&mailer->tail);
    }
}
