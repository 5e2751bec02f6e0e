#include "play.h"

#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/str.h"
#include "state.h"
#include "store/journal.h"

/* --- variables -------------------------------------------------------------------------------- */

const char *play_get(struct play *play, const char *name)
{
    for (size_t i = play->story->variables.count; i-- > 0;) {
        if (str_equal(play->story->variables.items[i].name, name)) {
            return play->story->variables.items[i].value;
        }
    }
    DEMAND(false, "line %d: nothing is called %s", play->line, name);
    return NULL;
}

void play_set(struct play *play, const char *name, const char *value)
{
    struct arena *arena = &play->story->arena;
    struct variable variable = {arena_strdup(arena, name), arena_strdup(arena, value)};
    ARENA_PUSH(arena, &play->story->variables, variable);
}

static const char *expand_name(struct play *play, struct buf *out, const char *at)
{
    char name[64];
    size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789_");
    DEMAND(length > 0 && length < sizeof name, "line %d: $ and no name", play->line);
    memcpy(name, at, length);
    name[length] = '\0';
    buf_text(out, play_get(play, name));
    return at + length;
}

const char *play_expand(struct play *play, const char *text)
{
    struct buf out;
    buf_init(&out);
    for (const char *at = text; *at;) {
        if (*at == '$') {
            at = expand_name(play, &out, at + 1);
        } else if (strncmp(at, "%n", 2) == 0) {
            buf_printf(&out, "nonce-%05d", ++play->nonces);
            at += 2;
        } else if (strncmp(at, "%t", 2) == 0) {
            char *end = NULL;
            long long hours = strtoll(at + 2, &end, 10);
            int64_t hour_ms = stage_now() / 3600000 * 3600000;
            buf_printf(&out, "%lld", (long long)hour_ms + hours * 3600000);
            at = end;
        } else {
            buf_add(&out, at++, 1);
        }
    }
    buf_add(&out, "", 1);
    const char *copy = arena_strdup(&play->story->arena, out.data);
    buf_finish(&out);
    return copy;
}

/* --- commands --------------------------------------------------------------------------------- */

static struct credential credential_of(struct play *play, const char *who)
{
    if (str_equal(who, "operator")) {
        return (struct credential){.kind = CREDENTIAL_OPERATOR};
    }
    if (str_equal(who, "nobody")) {
        return (struct credential){.kind = CREDENTIAL_NONE};
    }
    return (struct credential){.kind = CREDENTIAL_PERSON,
                               .person = strtoll(play_get(play, who), NULL, 10)};
}

/* The text of a member, as it stands in the JSON; NULL if there is none. */
static const char *member_of(struct arena *arena, const char *json, const char *key)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *at = strstr(json, quoted);
    if (!at) {
        return NULL;
    }
    at += strlen(quoted);
    bool text = *at == '"';
    at += text;
    size_t length = strcspn(at, text ? "\"" : ",}");
    char *copy = arena_alloc(arena, length + 1);
    memcpy(copy, at, length);
    return copy;
}

static struct request *request_for(struct play *play, const struct credential *credential,
                                   const char *command, const char *params)
{
    struct request *request = request_create(&play->live);
    struct json *json = NULL;
    request->credential = *credential;
    enum err err = json_parse(params, strlen(params), &request->arena, &json, &request->problem);
    err = err ? err : request_decode(request, command, json);
    json_release(json);
    DEMAND(!err, "line %d: %s %s: %s %s", play->line, command, params, err_name(err),
           request->problem.field ? request->problem.field : "");
    return request;
}

struct asked *play_ask(struct play *play, const char *who, const char *command, const char *params)
{
    struct arena *arena = &play->story->arena;
    struct credential credential = credential_of(play, who);
    struct request *request = request_for(play, &credential, command, params);
    struct sent sent = {
        .command = request->command,
        .credential = credential,
        .params = arena_strdup(arena, params),
        .nonce = member_of(arena, params, "nonce"),
        .at_ms = stage_now(),
    };
    struct asked asked = {.request = request, .sent = play->story->sent.count};
    ARENA_PUSH(arena, &play->story->sent, sent);
    ARENA_PUSH(arena, &play->batch, asked);
    request_to_writer(request);
    return &play->batch.items[play->batch.count - 1];
}

/* --- commits ---------------------------------------------------------------------------------- */

void play_commit_begin(struct play *play, const char *what)
{
    size_t sent = play->story->sent.count - play->batch.count;
    struct commit commit = {.begun = disk_position(), .first_sent = sent, .what = what};
    ARENA_PUSH(&play->story->arena, &play->story->commits, commit);
}

static struct commit *last_commit(struct play *play)
{
    return &play->story->commits.items[play->story->commits.count - 1];
}

static void note_table(void *context, const char *name, int64_t rows)
{
    struct play *play = context;
    struct story *story = play->story;
    bool used = rows > 0;
    for (size_t i = 0; i < story->used.count && used; i++) {
        used = !str_equal(story->used.items[i], name);
    }
    if (used) {
        const char *copy = arena_strdup(&story->arena, name);
        ARENA_PUSH(&story->arena, &story->used, copy);
    }
}

void play_commit_end(struct play *play, struct db *db)
{
    struct commit *commit = last_commit(play);
    commit->done = commit->done ? commit->done : disk_position();
    commit->end_sent = play->story->sent.count;
    if (db_begin_read(db) == ERR_NONE) {
        commit->digest = state_digest(db);
        state_tables(db, note_table, play);
        commit->head = migrate_current(db) ? journal_head(db) : 0;
    }
    DEMAND(!db_error(db), "the database cannot be read");
    db_rollback(db);
}

void play_promise(struct play *play, struct promise promise)
{
    promise.done = promise.done ? promise.done : disk_position();
    promise.commit = (int)play->story->commits.count - 1;
    ARENA_PUSH(&play->story->arena, &play->story->promises, promise);
}

/* What the writer calls after each commit. */
static void note_effects(struct play *play, const struct request *request)
{
    for (size_t i = 0; i < request->effects.count; i++) {
        play->scrub = play->scrub || request->effects.items[i].type == EFFECT_SCRUB;
    }
}

static void keep_answer(struct play *play, const struct asked *asked)
{
    struct request *request = asked->request;
    struct arena *arena = &play->story->arena;
    struct sent *sent = &play->story->sent.items[asked->sent];
    buf_add(&request->reply, "", 1);
    sent->err = request->err;
    sent->commit = (int)play->story->commits.count - 1;
    DEMAND(!request->err || asked->may_fail, "line %d: %s %s: %s", play->line,
           request->command->name, sent->params, request->reply.data);
    if (sent->nonce && !sent->err) {
        sent->id = strtoll(member_of(arena, request->reply.data, "id"), NULL, 10);
        sent->seq = strtoll(member_of(arena, request->reply.data, "seq"), NULL, 10);
    }
    if (asked->name && !sent->err) {
        const char *value = member_of(arena, request->reply.data, asked->key);
        DEMAND(value, "line %d: no %s in %s", play->line, asked->key, request->reply.data);
        play_set(play, asked->name, value);
    }
}

static void note_erasure(struct play *play, const struct sent *sent)
{
    bool message = str_equal(sent->command->name, "message.delete");
    bool person = str_equal(sent->command->name, "person.erase");
    if ((message || person) && !sent->err) {
        const char *id =
            member_of(&play->story->arena, sent->params, message ? "message" : "person");
        play_promise(play, (struct promise){.kind = PROMISED_ERASURE,
                                            .done = last_commit(play)->done,
                                            .name = message ? "message" : "person",
                                            .id = strtoll(id, NULL, 10)});
    }
}

static void take_in(struct play *play)
{
    last_commit(play)->done = play->finished_at;
    for (size_t i = 0; i < play->batch.count; i++) {
        keep_answer(play, &play->batch.items[i]);
        note_erasure(play, &play->story->sent.items[play->batch.items[i].sent]);
    }
    play->batch.count = 0;
    while (play->finished) {
        struct request *request = (struct request *)play->finished;
        play->finished = request->job.next;
        note_effects(play, request);
        request_destroy(request);
    }
    play_commit_end(play, play->reader);
}

void play_turn(struct play *play, const char *what)
{
    size_t waiting = play->batch.count;
    play_commit_begin(play, what);
    stage_turn();
    if (play->finished) {
        take_in(play);
    } else {
        DEMAND(waiting == 0, "line %d: the writer did not run its batch", play->line);
        play->story->commits.count--; /* an idle step */
    }
}

void play_do(struct play *play, const char *who, const char *command, const char *params)
{
    play_ask(play, who, command, params);
    play_turn(play, command);
}

/* --- the script ------------------------------------------------------------------------------- */

static void do_people(struct play *play, char *rest)
{
    for (char *name = strtok(rest, " "); name; name = strtok(NULL, " ")) {
        ARENA_PUSH(&play->story->arena, &play->people, strtoll(play_get(play, name), NULL, 10));
    }
}

static void do_channels(struct play *play, char *rest)
{
    for (char *name = strtok(rest, " "); name; name = strtok(NULL, " ")) {
        ARENA_PUSH(&play->story->arena, &play->channels, strtoll(play_get(play, name), NULL, 10));
    }
}

/* "!channel name club Name of the channel" */
SQL(channel_by_name, "SELECT id FROM channel WHERE name = ?1 AND club = ?2");
static void do_channel(struct play *play, char *rest)
{
    char value[32];
    char *name = strtok(rest, " "), *club = strtok(NULL, " "), *title = strtok(NULL, "");
    snprintf(value, sizeof value, "%lld",
             (long long)db_int(play->reader, &channel_by_name, 0, title,
                               strtoll(play_get(play, club), NULL, 10)));
    play_set(play, name, value);
}

SQL(club_by_departement, "SELECT id FROM club WHERE coalesce(departement, '') = ?1");
static void do_club(struct play *play, char *rest)
{
    char value[32];
    char *name = strtok(rest, " "), *departement = strtok(NULL, "");
    snprintf(value, sizeof value, "%lld",
             (long long)db_int(play->reader, &club_by_departement, 0,
                               departement ? (const char *)departement : ""));
    play_set(play, name, value);
}

/* "!file who name bytes", and "killed": the server was, meanwhile. */
static void do_file(struct play *play, char *rest)
{
    char *who = strtok(rest, " "), *name = strtok(NULL, " "), *bytes = strtok(NULL, " ");
    deed_file(play, who, name, (size_t)atoi(bytes), strtok(NULL, " ") != NULL);
}

static void do_leave(struct play *play, char *rest)
{
    (void)rest;
    deed_leave(play);
}

static void do_text(struct play *play, char *rest)
{
    char *name = strtok(rest, " ");
    deed_text(play, name, strtok(NULL, ""));
}

static void do_commit(struct play *play, char *rest)
{
    (void)rest;
    play_turn(play, "batch");
}

static void do_idle(struct play *play, char *rest)
{
    for (int i = atoi(rest); i > 0; i--) {
        play_turn(play, "due");
    }
}

static void do_wait(struct play *play, char *rest)
{
    stage_wait(atoll(rest) * 60000);
    play_turn(play, "due");
}

static void do_restart(struct play *play, char *rest)
{
    (void)rest;
    deed_stop(play);
    deed_start(play);
}

static void do_kill(struct play *play, char *rest)
{
    (void)rest;
    deed_kill(play);
    deed_start(play);
}

static void do_migrate(struct play *play, char *rest)
{
    (void)rest;
    deed_stop(play);
    deed_migrate(play);
    deed_start(play);
}

static void do_sweep(struct play *play, char *rest)
{
    (void)rest;
    deed_sweep(play);
}

static void do_letters(struct play *play, char *rest)
{
    (void)rest;
    deed_letters(play);
}

/* "!clean word...": the words are gone from every file when the writer has cleaned up. */
static void do_clean(struct play *play, char *rest)
{
    deed_scrub(play);
    for (char *word = strtok(rest, " "); word; word = strtok(NULL, " ")) {
        play_promise(play, (struct promise){.kind = PROMISED_CLEAN,
                                            .name = arena_strdup(&play->story->arena, word)});
    }
}

static void do_backup(struct play *play, char *rest)
{
    deed_backup(play, rest);
}

/* "!restore name": of a server that was killed, which then starts again. */
static void do_restore(struct play *play, char *rest)
{
    deed_kill(play);
    deed_restore(play, rest);
    deed_start(play);
}

static void do_chat(struct play *play, char *rest)
{
    deed_chat(play, atoi(rest));
}

static const struct {
    const char *name;
    void (*run)(struct play *play, char *rest);
} words[] = {
    {"people", do_people},   {"channels", do_channels}, {"channel", do_channel},
    {"club", do_club},       {"file", do_file},         {"text", do_text},
    {"commit", do_commit},   {"idle", do_idle},         {"wait", do_wait},
    {"restart", do_restart}, {"kill", do_kill},         {"migrate", do_migrate},
    {"sweep", do_sweep},     {"letters", do_letters},   {"clean", do_clean},
    {"backup", do_backup},   {"chat", do_chat},         {"leave", do_leave},
    {"restore", do_restore},
};

static void run_word(struct play *play, char *line)
{
    size_t length = strcspn(line, " ");
    char *rest = line + length + (line[length] == ' ');
    line[length] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(words[i].name, line)) {
            words[i].run(play, rest);
            return;
        }
    }
    DEMAND(false, "line %d: !%s is not known", play->line, line);
}

/* "who command {json}", and " -> name=key" to keep something of the answer. */
static void run_command(struct play *play, char *line)
{
    char *keep = strstr(line, " -> ");
    if (keep) {
        *keep = '\0';
        keep += 4;
    }
    char *who = strtok(line, " "), *command = strtok(NULL, " "), *params = strtok(NULL, "");
    DEMAND(command && params, "line %d: who, what, {...}", play->line);
    struct asked *asked = play_ask(play, who, command, play_expand(play, params));
    if (keep) {
        char *key = strchr(keep, '=');
        *key = '\0';
        asked->name = arena_strdup(&play->story->arena, keep);
        asked->key = arena_strdup(&play->story->arena, key + 1);
    }
}

static void run_script(struct play *play)
{
    char line[4096];
    FILE *script = fopen(play->how->script, "re");
    DEMAND(script, "%s cannot be read", play->how->script);
    while (fgets(line, sizeof line, script)) {
        play->line++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '!') {
            run_word(play, line + 1);
        } else if (line[0] && line[0] != '#') {
            run_command(play, line);
        }
    }
    fclose(script);
}

static void note_unused(void *context, const char *name, int64_t rows)
{
    struct story *story = context;
    bool used = rows > 0;
    for (size_t i = 0; i < story->used.count && !used; i++) {
        used = str_equal(story->used.items[i], name);
    }
    if (!used) {
        const char *copy = arena_strdup(&story->arena, name);
        ARENA_PUSH(&story->arena, &story->unused, copy);
    }
}

/* --- a story ---------------------------------------------------------------------------------- */

struct story *story_play(const char *root, const struct story_how *how)
{
    struct story *story = MEM_NEW(struct story);
    struct play play = {.story = story, .how = how, .root = root};
    arena_init(&story->arena);
    chance_begin(&play.chance, how->seed);
    snprintf(play.data, sizeof play.data, "%s/data", root);
    snprintf(play.database, sizeof play.database, "%s/beffroi.db", play.data);
    snprintf(play.ledger, sizeof play.ledger, "%s/erasures.log", play.data);
    stage_begin(how->now_ms, how->seed);
    disk_record(root);
    disk_ignore_syncs(how->forget_sync);
    deed_init(&play);
    deed_start(&play);
    run_script(&play);
    state_tables(play.reader, note_unused, story);
    deed_stop(&play);
    disk_ignore_syncs(NULL);
    story->log = disk_stop();
    story->end_ms = stage_now();
    return story;
}

void story_destroy(struct story *story)
{
    disk_log_destroy(story->log);
    arena_finish(&story->arena);
    free(story);
}
