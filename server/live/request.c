#include "live/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "club/due.h"
#include "live/engine.h"

enum { MOST_OF_A_TURN = 1024 /* requests that are kept for its end */ };

struct request *request_create(struct live *live)
{
    struct request *request = MEM_NEW(struct request);
    request->live = live;
    arena_init(&request->arena);
    buf_init(&request->reply);
    return request;
}

void request_destroy(struct request *request)
{
    if (!request) {
        return;
    }
    arena_finish(&request->arena);
    buf_finish(&request->reply);
    free(request);
}

enum err request_decode(struct request *request, const char *method, const struct json *params)
{
    struct problem *problem = &request->problem;
    request->command = command_find(method);
    if (!request->command ||
        (request->command->operator_only && request->credential.kind != CREDENTIAL_OPERATOR)) {
        request->err =
            problem_set(problem, ERR_METHOD, NULL, arena_strdup(&request->arena, method));
        return request->err;
    }
    request->in = arena_alloc(&request->arena, request->command->in_bytes);
    request->out = arena_alloc(&request->arena, request->command->out_bytes);
    request->err = json_decode(params, request->command->in, &request->arena, request->in, problem);
    return request->err;
}

static void encode_error(struct request *request)
{
    buf_clear(&request->reply);
    if (request->rpc_id) {
        rpc_error(&request->reply, request->rpc_id, &request->problem, request->lang);
    } else {
        problem_encode(&request->reply, &request->problem, request->lang);
    }
}

static void encode_result(struct request *request)
{
    const struct field *fields = request->command->out;
    if (request->rpc_id) {
        rpc_result(&request->reply, request->rpc_id, fields, request->out);
    } else {
        json_encode(&request->reply, fields, request->out);
    }
}

/* The store's own errors win: after one, what the command believed is worth nothing. */
static bool conclude(struct request *request, const struct tx *tx, enum err err)
{
    enum err store = db_error(tx->db);
    if (store) {
        err = problem_set(&request->problem, store, NULL, NULL);
    }
    request->err = err;
    request->set_cookie_token = err ? NULL : tx->set_cookie_token;
    request->person = tx->actor.person;
    request->opened_session = tx->actor.session;
    if (err) {
        request->effects.count = 0;
        encode_error(request);
    } else {
        encode_result(request);
    }
    return err == ERR_NONE;
}

static struct tx tx_for(struct request *request, struct db *db)
{
    return (struct tx){
        .db = db,
        .arena = &request->arena,
        .now_ms = clock_wall_ms(),
        .lang = request->lang,
        .address = request->address,
        .user_agent = request->user_agent,
        .public_url = request->live->config.public_url,
        .ledger_path = request->live->ledger_path,
        .problem = &request->problem,
    };
}

/* The writer may run a job twice. */
static void begin_anew(struct request *request)
{
    buf_clear(&request->reply);
    request->effects.count = 0;
    request->problem = (struct problem){0};
    memset(request->out, 0, request->command->out_bytes);
}

/* On the writer, or on a reader for a query or a breath. */
static bool run(struct job *job, struct db *db)
{
    struct request *request = (struct request *)job;
    struct tx tx = tx_for(request, db);
    begin_anew(request);
    enum err err = execute(&tx, request->command, &request->credential, request->in, request->out,
                           &request->effects);
    return conclude(request, &tx, err);
}

static void refuse(struct request *request, enum err err)
{
    request->err = problem_set(&request->problem, err, NULL, NULL);
    encode_error(request);
}

/* The writer's queue is full, or it stops. */
static void refuse_turned_away(struct request *request)
{
    refuse(request, live_read_only(request->live) ? ERR_READ_ONLY : ERR_BUSY);
    request_finish(request);
}

void request_to_writer(struct request *request)
{
    request->job.run = run;
    if (!writer_submit(request->live->writer, &request->job)) {
        refuse_turned_away(request);
    }
}

void live_hand_over(struct live *live)
{
    if (!live->came.first) {
        return;
    }
    writer_submit_all(live->writer, &live->came);
    live->came_count = 0;
    for (struct job *job; (job = job_list_take(&live->came));) {
        refuse_turned_away((struct request *)job);
    }
}

static void keep_for_writer(struct request *request)
{
    struct live *live = request->live;
    request->job.run = run;
    job_list_add(&live->came, &request->job);
    if (++live->came_count >= MOST_OF_A_TURN) {
        live_hand_over(live);
    }
}

/* On a worker: the slow part; the pool's `done` passes the request on to the writer. */
static bool prepare(struct job *job, struct db *db)
{
    struct request *request = (struct request *)job;
    struct tx tx = tx_for(request, db);
    tx.may_release = true;
    enum err err = execute_prepare(&tx, request->command, &request->credential, request->in);
    if (err || db_error(db)) {
        conclude(request, &tx, err ? err : ERR_INTERNAL);
        return false;
    }
    return true;
}

void request_prepared(struct request *request)
{
    if (request->err || request->job.err) {
        request_finish(request);
    } else {
        request_to_writer(request);
    }
}

static void submit_to_pool(struct request *request, struct pool *pool,
                           bool (*job)(struct job *, struct db *))
{
    request->job.run = job;
    if (!pool_submit(pool, &request->job)) {
        refuse(request, ERR_BUSY);
        request_finish(request);
    }
}

static bool is_read(const struct command *command)
{
    return command->kind == QUERY || command->kind == BREATH;
}

void request_dispatch(struct request *request)
{
    struct live *live = request->live;
    if (is_read(request->command)) {
        submit_to_pool(request, live->readers, run);
    } else if (request->command->prepare) {
        submit_to_pool(request, live->workers, prepare);
    } else {
        request_to_writer(request);
    }
}

void request_submit(struct request *request)
{
    struct live *live = request->live;
    live->requests++;
    if (request->err) {
        request_refuse(request);
        request_finish(request);
        return;
    }
    if (request->command->throttled && throttle_hold(live, request)) {
        return;
    }
    if (is_read(request->command) || request->command->prepare) {
        request_dispatch(request);
    } else {
        keep_for_writer(request);
    }
}

void request_refuse(struct request *request)
{
    request->live->refused++;
    encode_error(request);
}

void request_finish(struct request *request)
{
    request->job.next = NULL;
    inbox_put(&request->live->inbox, NULL, &request->job);
}

void request_lost(struct request *request)
{
    request->effects.count = 0;
    request->set_cookie_token = NULL;
    refuse(request, request->job.err);
}

/* The row goes in the same transaction as the command runs in, which may set itself another hour;
 * if the command fails the row goes alone, so that one bad row cannot hold the others. */
static bool run_due(struct job *job, struct db *db)
{
    struct request *request = (struct request *)job;
    due_forget(db, request->command, *(const int64_t *)request->in);
    db_savepoint(db);
    if (run(job, db)) {
        db_savepoint_release(db);
    } else {
        db_savepoint_undo(db);
        log_event(LOG_DUE, LOG_N("code", request->err));
    }
    return db_error(db) == ERR_NONE;
}

struct request *request_operator(struct live *live, const struct command *command, int64_t object)
{
    struct request *request = request_create(live);
    request->credential.kind = CREDENTIAL_OPERATOR;
    request->command = command;
    request->in = arena_alloc(&request->arena, command->in_bytes);
    request->out = arena_alloc(&request->arena, command->out_bytes);
    *(int64_t *)request->in = object;
    return request;
}

struct job *request_due(struct live *live, struct db *db, int64_t now_ms)
{
    int64_t object = 0;
    const struct command *command = due_next(db, now_ms, &object);
    if (!command) {
        return NULL;
    }
    struct request *request = request_operator(live, command, object);
    request->job.run = run_due;
    return &request->job;
}
