/* Stands for live/ until it is there. */
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>

#include "net/net.h"
#include "base/mem.h"
#include "wire/frame.h"

struct live { struct live_config config; struct request *done; struct listener *joining; };

static const struct field none[] = {FIELD_END};
static const struct command echo = {.name = "echo", .kind = QUERY, .in = none};
static const struct command big = {.name = "big", .kind = QUERY, .in = none};
static const struct command typing = {.name = "typing", .kind = BREATH, .in = none};

static bool is(const struct credential *c, const char *token)
{
    uint8_t hash[32];
    SHA256((const unsigned char *)token, strlen(token), hash);
    return c->kind == CREDENTIAL_SECRET && memcmp(hash, c->hash, 32) == 0;
}
static void say(struct listener *l, const char *json, size_t n)
{
    struct buf f; buf_init(&f); frame_text(&f, json, n);
    struct shared_bytes *b = shared_bytes_create(f.data, f.len);
    if (!l->ops->queue(l, b)) l->ops->close(l, 1013, "too slow");
    shared_bytes_release(b); buf_finish(&f);
}
struct live *live_start(const struct live_config *config)
{
    struct live *live = MEM_NEW(struct live); live->config = *config; return live;
}
void live_turn(struct live *live)
{
    struct request *r;
    while ((r = live->done)) {
        live->done = (struct request *)r->job.next;
        if (r->owner) r->done(r);
        request_destroy(r);
    }
    struct listener *l;
    while ((l = live->joining)) {
        live->joining = l->next_dirty;
        if (l->session == 1) { l->joined = true; const char *h = "{\"jsonrpc\":\"2.0\",\"method\":\"hello\"}"; say(l, h, strlen(h)); l->ops->flush(l); }
        else l->ops->close(l, 4401, "session over");
    }
}
void live_stop(struct live *live) { live_turn(live); free(live); }
bool live_read_only(const struct live *live) { (void)live; return false; }
void live_metrics(struct live *live, struct buf *out) { (void)live; buf_text(out, "fake 1\n"); }
void listener_join(struct live *live, struct listener *l, const struct credential *c, enum lang lang)
{
    (void)lang; l->live = live; l->session = is(c, "good") ? 1 : 2;
    l->next_dirty = live->joining; live->joining = l; live->config.wake(live->config.wake_context);
}
void listener_leave(struct listener *l)
{
    struct listener **at = &l->live->joining;
    while (*at) { if (*at == l) *at = l->next_dirty; else at = &(*at)->next_dirty; }
}
bool listener_receive(struct listener *l, const char *frame, size_t n, enum lang lang)
{
    (void)lang;
    if (n == 4 && !memcmp(frame, "bulk", 4)) { char *big = mem_alloc(60000); memset(big, 'x', 60000); for (int i = 0; i < 4; i++) say(l, big, 60000); free(big); return true; }
    if (n == 4 && !memcmp(frame, "busy", 4)) { say(l, "held", 4); return false; }
    say(l, frame, n);
    l->ops->flush(l);
    return true;
}
struct request *request_create(struct live *live)
{
    struct request *r = MEM_NEW(struct request); r->live = live; arena_init(&r->arena); buf_init(&r->reply); return r;
}
void request_destroy(struct request *r) { if (!r) return; arena_finish(&r->arena); buf_finish(&r->reply); free(r); }
enum err request_decode(struct request *r, const char *method, const struct json *params)
{
    (void)params;
    r->command = !strcmp(method, "echo") || !strcmp(method, "club.list") || !strcmp(method, "session.open") ? &echo : !strcmp(method, "big") ? &big : !strcmp(method, "typing") ? &typing : NULL;
    if (!strcmp(method, "session.open")) r->set_cookie_token = "good";
    return r->command ? ERR_NONE : problem_set(&r->problem, ERR_METHOD, NULL, arena_strdup(&r->arena, method));
}
void request_submit(struct request *r)
{
    struct live *live = r->live;
    static const char *const kinds[] = {"none", "secret", "session", "operator"};
    if (r->credential.kind == CREDENTIAL_SECRET && !is(&r->credential, "good")) { r->err = problem_set(&r->problem, ERR_LOGIN, NULL, NULL); problem_encode(&r->reply, &r->problem, r->lang); }
    else if (r->command == &big) for (int i = 0; i < 6000; i++) buf_printf(&r->reply, "%01000d", i);
    else buf_printf(&r->reply, "{\"credential\":\"%s\",\"address\":\"%s\"}", kinds[r->credential.kind], r->address ? r->address : "");
    r->job.next = NULL;
    struct request **at = &live->done;
    while (*at) at = (struct request **)&(*at)->job.next;
    *at = r;
    live->config.wake(live->config.wake_context);
}
void request_refuse(struct request *r) { (void)r; }
static void doc(struct buf *out) { buf_text(out, "{\"openapi\":\"3.1.0\"}"); }
int main(int argc, char **argv)
{
    char error[300];
    static const struct net_document docs[] = {{"/api/openapi.json", "application/json", doc}, {0}};
    struct net_config config = {.listen = "127.0.0.1:0", .version = "test", .documents = docs};
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *k = argv[i], *v = argv[i + 1];
        if (!strcmp(k, "--listen")) config.listen = v;
        if (!strcmp(k, "--admin")) config.admin_socket = v;
        if (!strcmp(k, "--metrics")) config.metrics_listen = v;
        if (!strcmp(k, "--url")) config.public_url = v;
        if (!strcmp(k, "--proxy")) config.trusted_proxy = v;
        if (!strcmp(k, "--cert")) config.tls_cert = v;
        if (!strcmp(k, "--key")) config.tls_key = v;
    }
    struct net *net = net_create(&config, error, sizeof error);
    if (!net) { fprintf(stderr, "%s\n", error); return 1; }
    struct live_config lc = {.wake = net_wake, .wake_in = net_wake_in, .wake_context = net};
    struct live *live = live_start(&lc);
    printf("%s\n", net_public_url(net)); fflush(stdout);
    net_run(net, live);
    live_stop(live);
    net_destroy(net);
    return 0;
}
