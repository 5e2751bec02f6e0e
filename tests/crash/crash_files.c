/* An upload killed at each of its stages: rows and contents agree after the sweep that a start does,
 * what was said to be safe is there, and the file comes whole in the end.
 *
 * A child brings a file as the server does and kills itself at one stage; the parent sweeps, checks
 * and lets the next child go on. Usage: crash_files */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/zone.h"
#include "club/blob.h"
#include "club/file_answer.h"
#include "club/file_coming.h"
#include "main/local_call.h"
#include "store/blob_rows.h"
#include "store/migrate.h"

extern const struct command file_create_command;

enum { PIECE = 100000, PIECES = 5, BYTES = PIECE * PIECES };

/* Where it is killed, in the order of an upload. */
enum stage {
    AFTER_CREATE,
    AFTER_ADD,
    AFTER_SYNC,
    AFTER_RECEIVED,
    AFTER_ALL_ADDED,
    AFTER_KEEP,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    AFTER_RELEASE,
    STAGES
};

#define DEMAND(condition, ...)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "crash_files: " __VA_ARGS__);                                          \
            fputc('\n', stderr);                                                                   \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

/* --- the child: one upload -------------------------------------------------------------------- */

struct upload {
    struct db *db;
    struct blob_store *store;
    struct arena arena;
    enum stage stage; /* to die at */
    char key[FILE_KEY_CHARS + 1];
    int64_t id, received;
    bool whole;
};

static void reach(const struct upload *upload, enum stage stage)
{
    if (upload->stage == stage) {
        kill(getpid(), SIGKILL);
    }
}

/* In a transaction of its own; `die`: before its commit. */
static void *call(struct upload *upload, const struct command *command, const char *params,
                  int64_t person, bool die)
{
    struct local_call how = {.db = upload->db, .now_ms = clock_wall_ms()};
    struct problem problem = {0};
    void *out = NULL;
    how.credential = person ? (struct credential){.kind = CREDENTIAL_PERSON, .person = person}
                            : (struct credential){.kind = CREDENTIAL_OPERATOR};
    DEMAND(!db_begin_write(upload->db), "no transaction");
    enum err err = local_call(&how, command, params, &upload->arena, &out, &problem);
    DEMAND(!err, "%s: %s", command->name, err_name(err));
    if (die) {
        kill(getpid(), SIGKILL);
    }
    DEMAND(!db_commit(upload->db), "%s is not committed", command->name);
    return out;
}

static void say_received(struct upload *upload, int64_t received)
{
    char params[128];
    snprintf(params, sizeof params, "{\"file\":%lld,\"received\":%lld}", (long long)upload->id,
             (long long)received);
    call(upload, &file_received_command, params, 0, false);
}

/* Other bytes in each file and in each piece. */
static void add_piece(struct blob_writer *writer, int64_t file, int64_t offset)
{
    static char piece[PIECE];
    memset(piece, 'a' + (int)(file * PIECES + offset / PIECE) % 64, sizeof piece);
    DEMAND(!blob_writer_add(writer, piece, sizeof piece), "a piece is refused");
}

static void finish(struct upload *upload, struct blob_writer *writer)
{
    unsigned char hash[BLOB_HASH_BYTES];
    char digits[BLOB_HEX_BYTES];
    char params[256];
    int64_t bytes = 0;
    DEMAND(!blob_writer_keep(writer, hash, &bytes), "it is not kept");
    blob_writer_close(writer);
    reach(upload, AFTER_KEEP);
    DEMAND(bytes == BYTES, "%lld bytes", (long long)bytes);
    hex_encode(hash, sizeof hash, digits);
    snprintf(params, sizeof params,
             "{\"file\":%lld,\"blob\":{\"hash\":\"%s\",\"bytes\":%lld,\"type\":\"a/b\"}}",
             (long long)upload->id, digits, (long long)bytes);
    call(upload, &file_finish_command, params, 0, upload->stage == BEFORE_COMMIT);
    reach(upload, AFTER_COMMIT);
    blob_release(upload->store, hash);
    reach(upload, AFTER_RELEASE);
}

static void bring(struct upload *upload)
{
    struct blob_writer *writer = NULL;
    int64_t received = 0;
    DEMAND(!blob_writer_open(upload->store, upload->key, upload->received, &writer),
           "what was said to be there is not");
    for (int64_t offset = upload->received; offset < BYTES; offset += PIECE) {
        add_piece(writer, upload->id, offset);
        if (offset == PIECE) {
            reach(upload, AFTER_ADD);
            DEMAND(!blob_writer_sync(writer, &received), "it is not synced");
            reach(upload, AFTER_SYNC);
            say_received(upload, received);
            reach(upload, AFTER_RECEIVED);
        }
    }
    reach(upload, AFTER_ALL_ADDED);
    finish(upload, writer);
}

SQL(file_row, "SELECT id, key, received, blob IS NOT NULL FROM file ORDER BY id DESC LIMIT 1");

static bool look(struct upload *upload)
{
    struct rows rows = db_select(upload->db, &file_row);
    if (!rows_next(&rows)) {
        return false;
    }
    upload->id = rows_int(&rows, 0);
    snprintf(upload->key, sizeof upload->key, "%s", rows_text(&rows, 1));
    upload->received = rows_int(&rows, 2);
    upload->whole = rows_int(&rows, 3) != 0;
    rows_end(&rows);
    return true;
}

static struct upload open_upload(const char *dir, enum stage stage)
{
    char path[256];
    struct upload upload = {.stage = stage};
    snprintf(path, sizeof path, "%s/beffroi.db", dir);
    arena_init(&upload.arena);
    upload.db = db_open(path, DB_WRITER);
    DEMAND(upload.db && !migrate(upload.db), "no database");
    upload.store = blob_store_open(dir);
    DEMAND(upload.store, "no store");
    return upload;
}

static void close_upload(struct upload *upload)
{
    blob_store_close(upload->store);
    db_close(upload->db);
    arena_finish(&upload->arena);
}

SQL(add_person, "INSERT OR IGNORE INTO person (id, name, folded, state, created_at)"
                " VALUES (1, 'Anne', 'anne', 'active', 1)");

/* `fresh`: announces another file first. Ends by itself only where it is not told to die. */
static void run_child(const char *dir, enum stage stage, bool fresh)
{
    struct upload upload = open_upload(dir, stage);
    if (fresh) {
        char params[64];
        snprintf(params, sizeof params, "{\"name\":\"a.bin\",\"bytes\":%d}", BYTES);
        db_run(upload.db, &add_person);
        call(&upload, &file_create_command, params, 1, false);
        reach(&upload, AFTER_CREATE);
    }
    DEMAND(look(&upload), "no file");
    if (!upload.whole) {
        bring(&upload);
    }
    close_upload(&upload);
    exit(0);
}

/* --- the parent ------------------------------------------------------------------------------- */

static void say(void *context, const char *finding)
{
    fprintf(stderr, "crash_files: %s\n", finding);
    ++*(int *)context;
}

/* As a start of the server. */
static void sweep_and_check(const char *dir, enum stage stage)
{
    struct upload upload = open_upload(dir, STAGES);
    int findings = 0;
    struct blob_report report = {say, say, &findings};
    DEMAND(!blob_sweep(upload.db, upload.store), "no sweep");
    blob_check(upload.db, upload.store, &report);
    DEMAND(findings == 0, "stage %d leaves %d findings", (int)stage, findings);
    DEMAND(look(&upload), "stage %d loses the file", (int)stage);
    DEMAND(upload.whole == (stage >= AFTER_COMMIT), "stage %d: whole %d", (int)stage, upload.whole);
    bool safe = stage >= AFTER_RECEIVED && stage < AFTER_KEEP;
    DEMAND(!safe || upload.received == 2 * PIECE, "stage %d: %lld bytes are safe", (int)stage,
           (long long)upload.received);
    close_upload(&upload);
}

static void run(const char *dir, enum stage stage, bool fresh)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        run_child(dir, stage, fresh);
    }
    DEMAND(waitpid(child, &status, 0) == child, "no child");
    bool died = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    bool ended = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    DEMAND(stage == STAGES ? ended : died, "stage %d ends with %d", (int)stage, status);
}

SQL(contents, "SELECT count(*) FROM blob");

int main(void)
{
    char dir[] = "build/crash-files-XXXXXX";
    char command[64];
    const char *missing = NULL;
    DEMAND(zones_load("/usr/share/zoneinfo", &missing), "no zones");
    DEMAND(mkdtemp(dir), "no folder");
    for (enum stage stage = AFTER_CREATE; stage < STAGES; stage++) {
        run(dir, stage, true);
        sweep_and_check(dir, stage);
        run(dir, STAGES, false);
        sweep_and_check(dir, STAGES);
    }
    struct upload upload = open_upload(dir, STAGES);
    DEMAND(db_int(upload.db, &contents, 0) == STAGES, "a content is lost");
    close_upload(&upload);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    DEMAND(system(command) == 0, "the folder stays");
    printf("1..1\nok 1 - an upload killed at each of %d stages is whole in the end\n", STAGES);
    return 0;
}
