/* serve: puts the floors on top of each other and runs until it is told to stop. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "club/describe.h"
#include "helper/helper.h"
#include "live/mail_message.h"
#include "main/config.h"
#include "main/confine.h"
#include "main/data_dir.h"
#include "main/notify.h"
#include "main/verbs.h"
#include "main/version.h"
#include "net/net.h"
#include "post/post.h"
#include "store/backup.h"
#include "store/blob_rows.h"
#include "store/meta.h"

#define READERS 2
#define WORKERS 2

struct serve {
    struct config config;
    struct data_dir dir;
    struct db *db;
    struct blob_store *blobs;
    struct net *net;
    struct live *live;
    struct helper *helper;
    struct post *post;
    struct notify notify;
    int64_t helper_restarts, post_restarts; /* told so far */
    bool bereft;                            /* of one of them, for good */
};

static const struct net_document documents[] = {
    {"/api/openapi.json", "application/json", describe_openapi},
    {"/api/asyncapi.json", "application/json", describe_asyncapi},
    {NULL, NULL, NULL},
};

/* What the command line says. */
struct line {
    const char *data, *file, *listen, *tls_cert, *tls_key;
};

static bool parse(const struct verb *verb, int argc, char **argv, struct line *line)
{
    const struct option options[] = {
        {"data", &line->data, NULL},       {"listen", &line->listen, NULL},
        {"config", &line->file, NULL},     {"tls-cert", &line->tls_cert, NULL},
        {"tls-key", &line->tls_key, NULL}, {NULL, NULL, NULL},
    };
    if (!options_parse(verb, argc, argv, options, NULL, 0)) {
        return false;
    }
    if (!line->data) {
        usage_error(verb, "--data is missing");
    }
    return line->data != NULL;
}

static bool read_config(struct serve *serve, const struct line *line)
{
    struct config *config = &serve->config;
    if (!config_read(config, line->file)) {
        return false;
    }
    config->listen = line->listen ? line->listen : config->listen;
    config->tls_cert = line->tls_cert ? line->tls_cert : config->tls_cert;
    config->tls_key = line->tls_key ? line->tls_key : config->tls_key;
    return config_complete(config);
}

/* Before anything is there that it should not hold: the configuration with its password, the lock,
 * the database, sockets, threads. */
static bool start_helper(struct serve *serve)
{
    serve->helper = helper_start();
    if (!serve->helper) {
        refuse("the process that looks into files could not be started; the log above says why");
    }
    return serve->helper != NULL;
}

/* As early; where no mail server is configured letters become files. */
static bool start_post(struct serve *serve)
{
    const struct config *config = &serve->config;
    const struct post_settings settings = {config->smtp_url, config->smtp_user,
                                           config->smtp_password, config->smtp_ca};
    if (!config->smtp_url) {
        return true;
    }
    serve->post = post_start(&settings);
    if (!serve->post) {
        refuse("the process that sends mail could not be started: smtp_url must be like "
               "smtps://smtp.example.fr:465, and smtp_ca a file that can be read");
    }
    return serve->post != NULL;
}

static bool open_data(struct serve *serve, const char *data)
{
    switch (data_dir_lock(&serve->dir, data, false)) {
    case LOCK_HELD_BY_OTHER:
        refuse("another server runs on %s: stop it, or choose another directory", data);
        return false;
    case LOCK_FAILED:
        return false;
    case LOCK_TAKEN:
        break;
    }
    char path[4096];
    data_dir_path(&serve->dir, "beffroi.db", path, sizeof path);
    backup_sweep(path);
    serve->db = data_dir_open(&serve->dir, false);
    return serve->db != NULL;
}

/* What the last stop left over goes before anybody is served. */
static bool open_files(struct serve *serve)
{
    serve->blobs = blob_store_open(serve->dir.path);
    bool swept = serve->blobs && blob_sweep(serve->db, serve->blobs) == ERR_NONE;
    if (!swept) {
        refuse("the files in %s cannot be used; is the disk full?", serve->dir.path);
    }
    return swept;
}

/* One that is killed is started again by its guard. Where that is gone nobody here can: the server
 * stops, and whoever started it (systemd) starts all anew. */
static void look_after(struct serve *serve, const char *process, int64_t *told, int64_t restarts,
                       bool gone)
{
    if (restarts > *told) {
        *told = restarts;
        log_event(LOG_CHILD_AGAIN, LOG_W("process", process));
    }
    if (gone && !serve->bereft) {
        serve->bereft = true;
        log_event(LOG_CHILD_GONE, LOG_W("process", process));
        net_stop(serve->net);
    }
}

/* On the loop, each second among others. */
static void tell(void *context, enum net_news news)
{
    struct serve *serve = context;
    if (news == NET_ALIVE) {
        look_after(serve, "helper", &serve->helper_restarts, helper_restarts(serve->helper),
                   helper_gone(serve->helper));
        look_after(serve, "post", &serve->post_restarts, post_restarts(serve->post),
                   post_gone(serve->post));
    }
    notify_tell(&serve->notify, news);
}

static bool open_net(struct serve *serve)
{
    const struct config *config = &serve->config;
    char admin[4096];
    char error[512];
    data_dir_path(&serve->dir, "admin.sock", admin, sizeof admin);
    struct net_config net = {
        .listen = config->listen,
        .admin_socket = admin,
        .metrics_listen = config->metrics_listen,
        .public_url = config->public_url,
        .trusted_proxy = config->trusted_proxy,
        .tls_cert = config->tls_cert,
        .tls_key = config->tls_key,
        .version = BEFFROI_VERSION,
        .documents = documents,
        .blobs = serve->blobs,
        .helper = serve->helper,
        .tell = tell,
        .tell_context = serve,
    };
    serve->net = net_create(&net, error, sizeof error);
    if (!serve->net) {
        refuse("%s", error);
    }
    return serve->net != NULL;
}

/* What those who run commands beside no server must know. */
static bool keep_settings(struct serve *serve)
{
    char sender[LIMIT_EMAIL_CHARS + 1];
    mail_address(serve->config.mail_from, sender, sizeof sender);
    if (db_begin_write(serve->db) == ERR_NONE) {
        meta_set_public_url(serve->db, net_public_url(serve->net));
        meta_set_sender(serve->db, sender);
    }
    bool kept = db_commit(serve->db) == ERR_NONE;
    if (!kept) {
        refuse("nothing can be written to %s; is the disk full?", serve->dir.path);
    }
    return kept;
}

/* Everything is open that is not in the data directory, and no thread is started yet. */
static bool shut_in(struct serve *serve)
{
    const struct config *config = &serve->config;
    const struct confine_paths paths = {serve->dir.path, config->tls_cert, config->tls_key,
                                        config->listen};
    bool shut = confine_server(&paths);
    if (!shut) {
        refuse("the process could not shut itself in: the kernel refuses seccomp or Landlock");
    }
    return shut;
}

/* The database passes to the live floor, which closes it. */
static bool start_live(struct serve *serve)
{
    const struct config *config = &serve->config;
    struct live_config live = {
        .data_dir = serve->dir.path,
        .public_url = net_public_url(serve->net),
        .db = serve->db,
        .readers = READERS,
        .workers = WORKERS,
        .blobs = serve->blobs,
        .helper = serve->helper,
        .post = serve->post,
        .mail_from = config->mail_from,
        .wake = net_wake,
        .wake_in = net_wake_in,
        .wake_context = serve->net,
    };
    serve->db = NULL;
    serve->live = live_start(&live);
    if (!serve->live) {
        refuse("the threads could not be started; the log above says why");
    }
    return serve->live != NULL;
}

static bool start(struct serve *serve, const struct line *line)
{
    return start_post(serve) && open_data(serve, line->data) && open_files(serve) &&
           open_net(serve) && keep_settings(serve) && shut_in(serve) && start_live(serve);
}

static void run(struct serve *serve)
{
    log_event(LOG_START);
    printf("beffroi %s: %s\n", BEFFROI_VERSION, net_public_url(serve->net));
    fflush(stdout);
    notify_ready(&serve->notify);
    net_run(serve->net, serve->live);
    log_event(LOG_STOP);
    helper_cancel(serve->helper); /* nobody waits for a file any more */
    live_stop(serve->live);
}

static void finish(struct serve *serve)
{
    net_destroy(serve->net);
    blob_store_close(serve->blobs);
    post_stop(serve->post);
    helper_stop(serve->helper);
    db_close(serve->db);
    data_dir_unlock(&serve->dir);
    notify_close(&serve->notify);
    config_finish(&serve->config);
}

int serve_run(const struct verb *verb, int argc, char **argv)
{
    struct serve serve = {.dir.lock = -1};
    struct line line = {0};
    if (!parse(verb, argc, argv, &line)) {
        return EXIT_USAGE;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of its writer */
    int code = EXIT_REFUSED;
    notify_open(&serve.notify); /* the processes started next inherit nothing of it */
    if (start_helper(&serve)) {
        bool understood = read_config(&serve, &line);
        bool started = understood && start(&serve, &line);
        if (started) {
            run(&serve);
        }
        code = started && !serve.bereft ? EXIT_OK : understood ? EXIT_REFUSED : EXIT_USAGE;
    }
    finish(&serve);
    return code;
}
