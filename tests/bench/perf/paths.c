/* The hot paths of the server, one at a time and without sockets or threads, to count their
 * instructions: `make check-perf` runs each under callgrind, which collects in perf_path() alone.
 *
 *   paths make DATABASE          a Club for each département, twenty people in each, and messages
 *   paths PATH DATABASE [TIMES]  runs a path TIMES times (1), after it ran once to warm up
 *
 * Time stands still and every draw has its seed: the same program gives the same counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "club/audience.h"
#include "club/ids.h"
#include "club/seed.h"
#include "live/engine.h"
#include "store/journal.h"
#include "store/migrate.h"

#define NOW_MS INT64_C(1790000000000)

enum {
    ROOMS = 100,
    PEOPLE_PER_ROOM = 20,
    MESSAGES = 20000,
    EARS = 1000,
    FRAME_BYTES = 1024,
};

struct bench {
    struct db *db;
    struct live live;
    struct arena arena;     /* of the whole run */
    struct ids rooms;       /* the channel of each */
    struct ids sessions;    /* of one person of each */
    struct listener *ears;  /* who hear the first room */
    int64_t serial, writes; /* posts so far; bytes the ears were given */
};

static void die(const char *what)
{
    fprintf(stderr, "paths: %s\n", what);
    exit(1);
}

/* --- the house ----------------------------------------------------------------------------------
 */

SQL(generals, "SELECT c.id FROM channel c JOIN club k ON k.id = c.club"
              " WHERE k.departement IS NOT NULL AND c.kind = 'open' GROUP BY k.id"
              " HAVING c.position = min(c.position) ORDER BY k.id LIMIT ?1");
SQL(add_person, "INSERT INTO person (email, name, folded, created_at)"
                " VALUES ('p' || ?1 || '@example.fr', 'Membre ' || ?1, 'membre ' || ?1, ?2)");
SQL(add_member, "INSERT INTO membership (person, club, role, label, since)"
                " SELECT ?1, club, 'partenaire', 'Partenaire', ?3 FROM channel WHERE id = ?2");
SQL(add_session, "INSERT INTO session (person, hash, kind, created_at, seen_at, expires_at)"
                 " VALUES (?1, randomblob(32), 'browser', ?2, ?2, ?2 + 2592000000)");
SQL(first_sessions, "SELECT min(s.id) FROM session s JOIN membership m ON m.person = s.person"
                    " GROUP BY m.club ORDER BY m.club");

static void add_people(struct bench *bench, int64_t room)
{
    for (int i = 0; i < PEOPLE_PER_ROOM; i++) {
        db_run(bench->db, &add_person, ++bench->serial, NOW_MS);
        int64_t person = db_last_id(bench->db);
        db_run(bench->db, &add_member, person, room, NOW_MS);
        db_run(bench->db, &add_session, person, NOW_MS);
    }
}

static struct tx tx_of(struct bench *bench, struct arena *arena, struct problem *problem)
{
    return (struct tx){.db = bench->db,
                       .arena = arena,
                       .now_ms = NOW_MS,
                       .public_url = "http://127.0.0.1:8080",
                       .problem = problem};
}

static void find_rooms(struct bench *bench)
{
    struct problem problem = {0};
    struct tx tx = tx_of(bench, &bench->arena, &problem);
    ids_read(&tx, db_select(bench->db, &generals, ROOMS), &bench->rooms);
    ids_read(&tx, db_select(bench->db, &first_sessions), &bench->sessions);
}

/* --- a command, as a socket brings it and the writer or a reader runs it ------------------------
 */

static struct request *receive(struct bench *bench, int64_t session, const char *text, size_t bytes)
{
    struct rpc_call call = {0};
    struct request *request = request_create(&bench->live);
    request->credential = (struct credential){.kind = CREDENTIAL_SESSION, .session = session};
    request->err = rpc_parse(text, bytes, &request->arena, &call, &request->problem);
    if (!request->err) {
        request->rpc_id = call.id;
        request_decode(request, call.method, call.params);
    }
    json_release(call.document);
    return request;
}

static void run(struct bench *bench, struct request *request)
{
    struct tx tx = tx_of(bench, &request->arena, &request->problem);
    request->err = request->err ? request->err
                                : execute(&tx, request->command, &request->credential, request->in,
                                          request->out, &request->effects);
    if (request->err || db_error(bench->db)) {
        fprintf(stderr, "paths: %s\n", err_name(request->err));
        die("a command was refused");
    }
    rpc_result(&request->reply, request->rpc_id, request->command->out, request->out);
}

/* --- message.post -------------------------------------------------------------------------------
 */

static struct request *next_post(struct bench *bench)
{
    char text[FRAME_BYTES];
    size_t room = (size_t)(bench->serial % ROOMS);
    long long number = (long long)++bench->serial;
    int bytes = snprintf(
        text, sizeof text,
        "{\"jsonrpc\":\"2.0\",\"id\":%lld,\"method\":\"message.post\",\"params\":{\"channel\":%lld,"
        "\"body\":\"Bonjour \xc3\xa0 tous, la halle rouvre samedi : qui a d\xc3\xa9j\xc3\xa0 "
        "demand\xc3\xa9 une subvention pour la toiture ? (%lld)\",\"nonce\":\"bench-%lld\"}}",
        number, (long long)bench->rooms.items[room], number, number);
    return receive(bench, bench->sessions.items[room], text, (size_t)bytes);
}

/* As the writer does where none is refused: one commit, one report, the caller's. */
static struct report *post_batch(struct bench *bench, int count)
{
    struct job_list batch;
    job_list_init(&batch);
    db_begin_write(bench->db);
    for (int i = 0; i < count; i++) {
        struct request *request = next_post(bench);
        run(bench, request);
        job_list_add(&batch, &request->job);
    }
    if (db_commit(bench->db) != ERR_NONE) {
        die("a batch was refused");
    }
    struct report *report = report_create(batch.first);
    for (struct job *job = batch.first, *next; job; job = next) {
        next = job->next;
        request_destroy((struct request *)job);
    }
    return report;
}

static void path_post(struct bench *bench)
{
    report_destroy(post_batch(bench, ROOMS));
}

/* --- fan-out ------------------------------------------------------------------------------------
 */

static bool ear_queue(struct listener *listener, struct shared_bytes *bytes)
{
    (void)listener;
    shared_bytes_retain(bytes);
    shared_bytes_release(bytes);
    return true;
}

static void ear_close(struct listener *listener, int code, const char *reason)
{
    (void)listener;
    (void)code;
    die(reason);
}

static void seat_ears(struct bench *bench)
{
    static const struct listener_ops ops = {ear_queue, ear_close};
    static struct listener ears[EARS];
    int64_t audience = audience_channel(bench->rooms.items[0]);
    hub_init(&bench->live.hub);
    for (int i = 0; i < EARS; i++) {
        ears[i] = (struct listener){.ops = &ops, .live = &bench->live, .person = i + 1};
        hub_add(&bench->live.hub, &ears[i]);
        hub_subscribe(&bench->live.hub, &ears[i], &audience, 1);
    }
}

/* One message to a thousand, without their sockets. */
static void path_fan(struct bench *bench)
{
    static struct report *report;
    if (!report) {
        seat_ears(bench);
        bench->serial -= bench->serial % ROOMS;
        report = post_batch(bench, 1);
        return;
    }
    hub_take_in(&bench->live.hub, report);
}

/* --- reading ------------------------------------------------------------------------------------
 */

static void ask(struct bench *bench, const char *method, const char *params)
{
    char text[FRAME_BYTES];
    int bytes = snprintf(text, sizeof text,
                         "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{%s}}", method,
                         params);
    struct request *request = receive(bench, bench->sessions.items[0], text, (size_t)bytes);
    db_begin_read(bench->db);
    run(bench, request);
    db_rollback(bench->db);
    request_destroy(request);
}

static void path_history(struct bench *bench)
{
    char params[100];
    snprintf(params, sizeof params, "\"channel\":%lld", (long long)bench->rooms.items[0]);
    ask(bench, "message.list", params);
}

static void path_unread(struct bench *bench)
{
    ask(bench, "state.get", "");
}

static void path_search(struct bench *bench)
{
    ask(bench, "message.search", "\"query\":\"halle toiture\"");
}

static void path_resume(struct bench *bench)
{
    char params[100];
    const char *epoch = journal_epoch(bench->db, &bench->arena);
    int64_t behind = (int64_t)ROOMS * 100; /* a hundred facts of its own among all */
    snprintf(params, sizeof params, "\"epoch\":\"%s\",\"cursor\":%lld", epoch,
             (long long)(journal_head(bench->db) - behind));
    ask(bench, "session.resume", params);
}

static void path_decode(struct bench *bench)
{
    for (int i = 0; i < ROOMS; i++) {
        request_destroy(next_post(bench));
    }
}

/* --- the program --------------------------------------------------------------------------------
 */

static const struct path {
    const char *name;
    void (*run)(struct bench *bench);
} paths[] = {
    {"post", path_post},     {"fan", path_fan},       {"history", path_history},
    {"unread", path_unread}, {"search", path_search}, {"resume", path_resume},
    {"decode", path_decode},
};

/* Named on the command line of callgrind. */
void perf_path(const struct path *path, struct bench *bench) __attribute__((noinline));
void perf_path(const struct path *path, struct bench *bench)
{
    path->run(bench);
}

static void make(struct bench *bench)
{
    struct problem problem = {0};
    struct tx tx = tx_of(bench, &bench->arena, &problem);
    if (migrate(bench->db) != ERR_NONE || db_begin_write(bench->db) != ERR_NONE) {
        die("no database");
    }
    club_seed(&tx);
    ids_read(&tx, db_select(bench->db, &generals, ROOMS), &bench->rooms);
    for (size_t i = 0; i < bench->rooms.count; i++) {
        add_people(bench, bench->rooms.items[i]);
    }
    if (db_commit(bench->db) != ERR_NONE) {
        die("the people were refused");
    }
    find_rooms(bench);
    while (bench->serial < MESSAGES) {
        path_post(bench);
        db_merge_step(bench->db, 64);
    }
    while (db_merge_step(bench->db, 1000)) {
    }
    db_checkpoint(bench->db, true);
}

static const struct path *path_named(const char *name)
{
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (strcmp(paths[i].name, name) == 0) {
            return &paths[i];
        }
    }
    die("there is no such path");
    return NULL;
}

static void measure(struct bench *bench, const struct path *path, int times)
{
    find_rooms(bench);
    bench->serial = MESSAGES;
    path->run(bench); /* statements are prepared, pages read */
    for (int i = 0; i < times; i++) {
        perf_path(path, bench);
    }
}

int main(int argc, char **argv)
{
    static struct bench bench;
    if (argc < 3) {
        fprintf(stderr, "paths make DATABASE | paths PATH DATABASE [TIMES]\n");
        return 2;
    }
    arena_init(&bench.arena);
    bench.db = db_open(argv[2], DB_WRITER);
    if (!bench.db) {
        return 1;
    }
    if (strcmp(argv[1], "make") == 0) {
        make(&bench);
    } else {
        measure(&bench, path_named(argv[1]), argc > 3 ? atoi(argv[3]) : 1);
    }
    db_close(bench.db);
    arena_finish(&bench.arena);
    return 0;
}
