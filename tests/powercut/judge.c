#include "judge.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "main/local_call.h"
#include "main/verbs.h"
#include "state.h"
#include "store/backup.h"
#include "store/blob_rows.h"
#include "store/db_internal.h"
#include "store/journal.h"
#include "store/ledger.h"

#define PATH_BYTES 512

static struct judge_counts counts;
static char wrong[1024];

const struct judge_counts *judge_counts(void)
{
    return &counts;
}

struct court {
    const struct story *story;
    const char *root;
    size_t position;
    char data[PATH_BYTES], database[PATH_BYTES + 16];
    int last;  /* commit that was acknowledged last; -1: none */
    int found; /* commit whose state is there */
    bool anew; /* a restore was begun again: no state is known */
    struct db *db;
    struct blob_store *blobs;
};

/* Keeps the first thing that is wrong; false. */
__attribute__((format(printf, 1, 2))) static bool fault(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!wrong[0]) {
        vsnprintf(wrong, sizeof wrong, format, args);
    }
    va_end(args);
    return false;
}

/* --- the state -------------------------------------------------------------------------------- */

static const struct commit *commit_at(const struct court *court, int number)
{
    return &court->story->commits.items[number];
}

static int last_acknowledged(const struct court *court)
{
    int last = -1;
    for (int i = 0; i < (int)court->story->commits.count; i++) {
        if (commit_at(court, i)->done <= court->position) {
            last = i;
        }
    }
    return last;
}

/* The commit that was on its way when the power went; -1: none was. */
static int on_its_way(const struct court *court)
{
    int next = court->last + 1;
    bool begun =
        next < (int)court->story->commits.count && commit_at(court, next)->begun < court->position;
    return begun ? next : -1;
}

/* What was acknowledged last, or what was on its way, whole: any other state is a lost or a halved
 * one. */
static bool find_state(struct court *court)
{
    uint64_t digest = state_digest(court->db);
    int next = on_its_way(court);
    if (court->last >= 0 && digest == commit_at(court, court->last)->digest) {
        court->found = court->last;
    } else if (next >= 0 && digest == commit_at(court, next)->digest) {
        court->found = next;
    } else if (court->last >= 0 || migrate_current(court->db) != 0) {
        return false;
    }
    counts.behind += next >= 0 && court->found != next;
    return true;
}

static bool complain_of_state(const struct court *court)
{
    uint64_t digest = state_digest(court->db);
    int other = (int)court->story->commits.count - 1;
    while (other >= 0 && commit_at(court, other)->digest != digest) {
        other--;
    }
    return fault("the state is that of commit %d (%s), not of %d (%s)%s", other,
                 other < 0 ? "none" : commit_at(court, other)->what, court->last,
                 court->last < 0 ? "none" : commit_at(court, court->last)->what,
                 on_its_way(court) < 0 ? "" : " or the next");
}

static bool sweep(struct court *court)
{
    return !blob_sweep(court->db, court->blobs) || fault("no sweep");
}

/* The last thing a restore does, any start does as well. */
static bool know_state(struct court *court)
{
    int next = on_its_way(court);
    bool restoring = next > 0 && next == court->story->restored.commit;
    return find_state(court) || (restoring && sweep(court) && find_state(court)) ||
           complain_of_state(court);
}

/* --- the database ----------------------------------------------------------------------------- */

SQL(integrity, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
SQL(references, "SELECT \"table\" FROM pragma_foreign_key_check");
SQL(fulltext, "SELECT name FROM sqlite_schema WHERE type = 'table'"
              " AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5 (%' ORDER BY name");

static bool none_of(struct court *court, const struct sql *sql, const char *what)
{
    bool none = true;
    for (struct rows rows = db_select(court->db, sql); rows_next(&rows);) {
        none = fault("%s: %s", what, rows_text(&rows, 0));
    }
    return !db_error(court->db) ? none : fault("%s: it cannot be read", what);
}

static bool fulltext_is_whole(struct court *court)
{
    bool whole = true;
    for (struct rows rows = db_select(court->db, &fulltext); whole && rows_next(&rows);) {
        const char *name = rows_text(&rows, 0);
        char *script = sqlite3_mprintf("INSERT INTO \"%w\" (\"%w\", rank)"
                                       " VALUES ('integrity-check', 1)",
                                       name, name);
        whole = sqlite3_exec(court->db->handle, script, NULL, NULL, NULL) == SQLITE_OK ||
                fault("full-text index %s: %s", name, sqlite3_errmsg(court->db->handle));
        sqlite3_free(script);
    }
    db_reset_running(court->db);
    return whole;
}

SQL(above_head, "SELECT count(*) FROM journal WHERE seq > ?1");
SQL(seqs_once, "SELECT count(*) = count(DISTINCT seq) FROM journal");

static bool journal_is_whole(struct court *court)
{
    int64_t head = journal_head(court->db);
    if (db_int(court->db, &above_head, 1, head) != 0) {
        return fault("the journal goes beyond its head %lld", (long long)head);
    }
    if (!db_int(court->db, &seqs_once, 0)) {
        return fault("a number of the journal stands twice");
    }
    if (court->found >= 0 && !court->anew && head != commit_at(court, court->found)->head) {
        return fault("the head is %lld, and was %lld", (long long)head,
                     (long long)commit_at(court, court->found)->head);
    }
    return true;
}

SQL(nonce_times, "SELECT count(*), max(object), max(seq) FROM nonce"
                 " WHERE person = ?1 AND nonce = ?2");

/* A restore goes back to what was when its backup was made. */
static bool is_undone(const struct court *court, int commit)
{
    const struct story *story = court->story;
    return story->restored.commit && court->found >= story->restored.commit &&
           commit > story->restored.to && commit < story->restored.commit;
}

/* Law 3's own table: what was answered is there once, with that answer. */
static bool answer_is_kept(struct court *court, const struct sent *sent)
{
    struct rows rows = db_select(court->db, &nonce_times, sent->credential.person, sent->nonce);
    bool kept = rows_next(&rows) && rows_int(&rows, 0) == 1 && rows_int(&rows, 1) == sent->id &&
                rows_int(&rows, 2) == sent->seq;
    rows_end(&rows);
    counts.answers++;
    return kept || fault("%s with %s was acknowledged and is not there once", sent->command->name,
                         sent->nonce);
}

SQL(is_erased, "SELECT state = 'erased' FROM person WHERE id = ?1");

/* The numbers of an erased person's sendings go with them. */
static bool answers_are_kept(struct court *court)
{
    for (size_t i = 0; i < court->story->sent.count; i++) {
        const struct sent *sent = &court->story->sent.items[i];
        if (sent->commit <= court->last && sent->nonce && !sent->err &&
            !is_undone(court, sent->commit) &&
            !db_int(court->db, &is_erased, 0, sent->credential.person) &&
            !answer_is_kept(court, sent)) {
            return false;
        }
    }
    return true;
}

/* --- beside it -------------------------------------------------------------------------------- */

static void say(void *context, const char *finding)
{
    (void)context;
    fault("%s", finding);
}

static bool contents_are_whole(struct court *court)
{
    struct db *reader = db_open(court->database, DB_READER);
    struct blob_report report = {say, say, NULL};
    if (reader) {
        blob_check(reader, court->blobs, &report);
    }
    db_close(reader);
    return reader && !wrong[0];
}

struct search {
    const struct promise *promise;
    bool found;
};

static void compare(void *context, const struct ledger_entry *entry)
{
    struct search *search = context;
    search->found = search->found || (entry->id == search->promise->id &&
                                      str_equal(entry->kind, search->promise->name));
}

SQL(message_back, "SELECT deleted_at IS NULL OR body <> '' FROM message WHERE id = ?1");
SQL(person_back, "SELECT state <> 'erased' FROM person WHERE id = ?1");

static bool erasure_is_noted(struct court *court, const struct promise *promise)
{
    char path[PATH_BYTES + 32];
    struct search search = {promise, false};
    snprintf(path, sizeof path, "%s/erasures.log", court->data);
    counts.erasures++;
    if (ledger_each(path, compare, &search)) {
        return fault("the ledger cannot be read");
    }
    if (!search.found) {
        return fault("the erasure of %s %lld is not in the ledger", promise->name,
                     (long long)promise->id);
    }
    return !db_int(court->db, str_equal(promise->name, "person") ? &person_back : &message_back, 0,
                   promise->id) ||
           fault("%s %lld was erased, and is back", promise->name, (long long)promise->id);
}

/* All bytes of a file; NULL: it is not there. */
static unsigned char *read_file(const char *path, size_t *bytes_out)
{
    struct stat stat;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *bytes_out = 0;
    if (fd < 0) {
        return NULL;
    }
    unsigned char *data = fstat(fd, &stat) == 0 ? mem_alloc((size_t)stat.st_size + 1) : NULL;
    ssize_t got = data ? pread(fd, data, (size_t)stat.st_size, 0) : -1;
    *bytes_out = got > 0 ? (size_t)got : 0;
    close(fd);
    return data;
}

static bool letter_is_there(struct court *court, const struct promise *promise)
{
    char path[PATH_BYTES];
    size_t bytes = 0;
    snprintf(path, sizeof path, "%s/%s", court->root, promise->name);
    unsigned char *data = read_file(path, &bytes);
    bool same = data && state_hash(0, data, bytes) == promise->hash;
    free(data);
    counts.letters++;
    return same || fault("%s was sent and is not there whole", promise->name);
}

static bool backup_is_whole(struct court *court, const struct promise *promise)
{
    char path[PATH_BYTES], files[PATH_BYTES + 8];
    struct blob_store *store = NULL;
    struct blob_report report = {say, say, NULL};
    snprintf(path, sizeof path, "%s/%s", court->root, promise->name);
    snprintf(files, sizeof files, "%s.files", path);
    counts.backups++;
    struct db *db = db_open(path, DB_WRITER);
    bool same = db && state_digest(db) == commit_at(court, promise->commit)->digest;
    if (same && !blob_store_open_folder(files, false, &store)) {
        blob_check(db, store, &report);
    }
    blob_store_close(store);
    db_close(db);
    return (same && store && !wrong[0]) || fault("the backup %s is not whole", promise->name);
}

static bool promise_is_kept(struct court *court, const struct promise *promise, bool thorough)
{
    switch (promise->kind) {
    case PROMISED_ERASURE:
        return erasure_is_noted(court, promise);
    case PROMISED_LETTER:
        return letter_is_there(court, promise);
    case PROMISED_BACKUP:
        return !thorough || backup_is_whole(court, promise);
    case PROMISED_CLEAN:
        return true; /* at the end: words_are_gone() */
    }
    return true;
}

static bool promises_are_kept(struct court *court, bool thorough)
{
    for (size_t i = 0; i < court->story->promises.count; i++) {
        const struct promise *promise = &court->story->promises.items[i];
        if (promise->done <= court->position && !promise_is_kept(court, promise, thorough)) {
            return false;
        }
    }
    return true;
}

/* --- going on --------------------------------------------------------------------------------- */

/* As a client that was not answered sends again: the same answer, whenever it asks. */
static bool resend(struct court *court, const struct sent *sent, bool answered)
{
    struct arena arena;
    struct problem problem = {0};
    void *out = NULL;
    arena_init(&arena);
    struct local_call call = {.db = court->db,
                              .credential = sent->credential,
                              .now_ms = sent->at_ms,
                              .public_url = "http://127.0.0.1:8080"};
    enum err err = db_begin_write(court->db);
    err = err ? err : local_call(&call, sent->command, sent->params, &arena, &out, &problem);
    if (err) {
        db_rollback(court->db);
    } else {
        err = db_commit(court->db);
    }
    struct created created = err ? (struct created){0} : *(const struct created *)out;
    arena_finish(&arena);
    counts.resent++;
    if (err) {
        return fault("%s sent again is refused: %s", sent->command->name, err_name(err));
    }
    return !answered || (created.id == sent->id && created.seq == sent->seq) ||
           fault("%s sent again is answered anew", sent->command->name);
}

static bool is_resendable(const struct sent *sent)
{
    return sent->nonce && !sent->err;
}

/* What was on its way, twice, and the last thing that was answered. */
static bool goes_on(struct court *court)
{
    int next = on_its_way(court);
    for (size_t i = 0; i < court->story->sent.count; i++) {
        const struct sent *sent = &court->story->sent.items[i];
        bool answered = sent->commit <= court->found;
        if (!is_resendable(sent) || is_undone(court, sent->commit) ||
            (sent->commit != next && sent->commit != court->last)) {
            continue;
        }
        if (!resend(court, sent, answered) || !resend(court, sent, answered)) {
            return false;
        }
        if (db_int(court->db, &nonce_times, 0, sent->credential.person, sent->nonce) != 1) {
            return fault("%s sent again is there twice", sent->command->name);
        }
    }
    return true;
}

static bool holds(const char *path, const char *word)
{
    size_t bytes = 0;
    unsigned char *data = read_file(path, &bytes);
    bool found = data && memmem(data, bytes, word, strlen(word));
    free(data);
    return found;
}

/* The clean-up that every start begins with (live_start), then the files as bytes. */
static bool words_are_gone(struct court *court)
{
    char wal[PATH_BYTES + 32];
    snprintf(wal, sizeof wal, "%s-wal", court->database);
    db_merge_whole(court->db, 100);
    while (db_merge_step(court->db, 100)) {
    }
    db_checkpoint(court->db, true);
    for (size_t i = 0; i < court->story->promises.count; i++) {
        const struct promise *promise = &court->story->promises.items[i];
        if (promise->kind != PROMISED_CLEAN || promise->done > court->position) {
            continue;
        }
        counts.cleans++;
        if (holds(court->database, promise->name) || holds(wal, promise->name)) {
            return fault("%s was erased, and is on the disk", promise->name);
        }
    }
    return !db_error(court->db) || fault("the clean-up fails");
}

SQL(coming, "SELECT key, received FROM file WHERE blob IS NULL AND received > 0");

struct orphan {
    struct blob_names names;
    int64_t bytes; /* of the longest content no row names yet */
};

static void see_content(void *context, const unsigned char *hash, int64_t bytes)
{
    struct orphan *orphan = context;
    if (bytes > orphan->bytes && !orphan->names.is_named(orphan->names.context, hash)) {
        orphan->bytes = bytes;
    }
}

static void see_coming(void *context, const char *key, int64_t bytes)
{
    (void)context, (void)key, (void)bytes;
}

/* Said to be safe, and so not to be sent again: it is coming, or is in its place and its row was not
 * committed any more. Before the sweep, after which it would begin anew. */
static bool coming_is_there(struct court *court)
{
    struct orphan orphan = {blob_named_by(court->db), 0};
    struct blob_walk walk = {see_content, see_coming, NULL, &orphan};
    bool there = blob_store_walk(court->blobs, &walk) || fault("the files cannot be read");
    for (struct rows rows = db_select(court->db, &coming); rows_next(&rows);) {
        int64_t received = rows_int(&rows, 1);
        if (there && orphan.bytes < received &&
            blob_coming_bytes(court->blobs, rows_text(&rows, 0)) < received) {
            there = fault("%lld bytes of a file were said to be safe", (long long)received);
        }
    }
    return there;
}

/* --- a point ---------------------------------------------------------------------------------- */

/* A restore that was cut may leave no database, which no server starts on: it is begun again. */
static void restore_again(struct court *court)
{
    char path[PATH_BYTES];
    int next = on_its_way(court);
    bool here = access(court->database, F_OK) == 0;
    if (here || next <= 0 || next != court->story->restored.commit) {
        return;
    }
    snprintf(path, sizeof path, "%s/%s", court->root, court->story->restored.name);
    char option[] = "--data";
    char *args[] = {option, court->data, path};
    court->anew = restore_run(&(struct verb){.name = "restore"}, 3, args) == EXIT_OK;
    court->found = next;
    counts.anew++;
}

/* As `serve`: main/serve.c, open_data() and open_files(), and the writer's first step. */
static bool start(struct court *court)
{
    restore_again(court);
    backup_sweep(court->database);
    if (access(court->database, F_OK) != 0 && court->last < 0) {
        counts.nothing_yet++;
        return false;
    }
    court->db = access(court->database, F_OK) == 0 ? db_open(court->database, DB_WRITER) : NULL;
    if (!court->db) {
        return fault("the database does not open");
    }
    court->blobs = blob_store_open(court->data);
    if (!court->blobs || (!court->anew && !know_state(court))) {
        return fault("the files do not open");
    }
    if (migrate_list(court->db, court->story->migrations)) {
        return fault("it does not migrate");
    }
    db_checkpoint(court->db, true);
    return coming_is_there(court) && sweep(court);
}

static bool look(struct court *court, bool thorough)
{
    return start(court) && none_of(court, &integrity, "integrity") &&
           none_of(court, &references, "references") && fulltext_is_whole(court) &&
           journal_is_whole(court) && answers_are_kept(court) && contents_are_whole(court) &&
           promises_are_kept(court, thorough) && goes_on(court) &&
           (!thorough || words_are_gone(court));
}

const char *judge(const struct story *story, const char *root, size_t position, bool thorough)
{
    struct court court = {.story = story, .root = root, .position = position, .found = -1};
    wrong[0] = '\0';
    snprintf(court.data, sizeof court.data, "%s/data", root);
    snprintf(court.database, sizeof court.database, "%s/beffroi.db", court.data);
    court.last = last_acknowledged(&court);
    counts.points++;
    look(&court, thorough);
    blob_store_close(court.blobs);
    db_close(court.db);
    return wrong[0] ? wrong : NULL;
}
