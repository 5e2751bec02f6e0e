/* What a server does beside commands: start and stop, contents, letters, clean-ups, a backup. The
 * same calls in the same order as in server/main, net/ and live/, without their threads. */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "club/due.h"
#include "club/mail.h"
#include "club/seed.h"
#include "live/mail_folder.h"
#include "live/mail_message.h"
#include "main/data_dir.h"
#include "main/verbs.h"
#include "play.h"
#include "state.h"
#include "store/backup.h"
#include "store/blob_rows.h"
#include "store/db_internal.h"
#include "store/journal.h"
#include "store/meta.h"

#define FROM "Beffroi <club@example.fr>"

/* --- start and stop --------------------------------------------------------------------------- */

/* One that builds a table anew with all its rows, as later migrations will. */
static const char rebuild[] =
    "CREATE TABLE reaction_new (message INTEGER NOT NULL REFERENCES message, emoji TEXT NOT NULL,"
    " person INTEGER NOT NULL REFERENCES person, at INTEGER NOT NULL,"
    " PRIMARY KEY (message, emoji, person)) STRICT, WITHOUT ROWID;"
    "INSERT INTO reaction_new SELECT message, emoji, person, at FROM reaction;"
    "DROP TABLE reaction;"
    "ALTER TABLE reaction_new RENAME TO reaction;"
    "CREATE INDEX reaction_by_person ON reaction (person);"
    "CREATE TABLE later (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;"
    "INSERT INTO later SELECT id, body FROM message WHERE body <> '';";

/* Those of the program and one more; the first `count` of them, all where that is 0. */
static const struct migration *list_migrations(struct play *play, int count)
{
    int known = 0;
    while (migrations[known].script) {
        known++;
    }
    struct migration *list = arena_alloc(&play->story->arena, sizeof *list * (size_t)(known + 2));
    memcpy(list, migrations, sizeof *list * (size_t)known);
    list[known] = (struct migration){migrate_latest() + 1, "rebuild", rebuild};
    if (count) {
        list[count] = (struct migration){0};
    }
    return list;
}

static struct db *open_writer(struct play *play)
{
    struct db *db = db_open(play->database, DB_WRITER);
    DEMAND(db, "the database does not open");
    if (play->how->carelessly) {
        db_script(db, "PRAGMA synchronous=NORMAL");
    }
    return db;
}

static void seed(struct play *play, struct db *db)
{
    struct problem problem = {0};
    struct tx tx = {
        .db = db, .arena = &play->story->arena, .now_ms = stage_now(), .problem = &problem};
    DEMAND(!db_begin_write(db), "no transaction");
    club_seed_one(&tx, "");
    club_seed_one(&tx, "01");
    club_seed_one(&tx, "974");
    DEMAND(!db_commit(db), "the Clubs are not kept");
}

/* As `init`, with three Clubs instead of 102: a point is judged in the time that takes. */
void deed_init(struct play *play)
{
    struct data_dir dir;
    play->story->migrations = list_migrations(play, 0);
    play_commit_begin(play, "init");
    DEMAND(data_dir_lock(&dir, play->data, true) == LOCK_TAKEN, "no data directory");
    struct db *db = open_writer(play);
    for (int count = 1; migrations[count - 1].script; count++) {
        if (count > 1) {
            play_commit_begin(play, migrations[count - 1].name);
        }
        DEMAND(!migrate_list(db, list_migrations(play, count)), "no schema");
        play_commit_end(play, db);
    }
    play_commit_begin(play, "seed");
    seed(play, db);
    play_commit_end(play, db);
    db_close(db);
    data_dir_unlock(&dir);
}

void deed_migrate(struct play *play)
{
    struct db *db = open_writer(play);
    play_commit_begin(play, "migrate");
    DEMAND(!migrate_list(db, play->story->migrations), "it does not migrate");
    play_commit_end(play, db);
    db_close(db);
}

/* On the writer's thread. */
static void done(void *context, struct job *batch)
{
    struct play *play = context;
    for (struct job *job = batch; job; job = job->next) {
        if (job->err) {
            request_lost((struct request *)job);
        }
    }
    play->finished = batch;
    play->finished_at = disk_position();
}

static int64_t next_due(void *context, struct db *db)
{
    (void)context;
    return due_next_at(db);
}

static struct job *due(void *context, struct db *db, int64_t now_ms)
{
    struct play *play = context;
    return request_due(&play->live, db, now_ms);
}

void deed_start(struct play *play)
{
    backup_sweep(play->database);
    struct db *db = open_writer(play);
    play_commit_begin(play, "start");
    play->blobs = blob_store_open(play->data);
    DEMAND(play->blobs && !blob_sweep(db, play->blobs), "the files cannot be used");
    play_commit_end(play, db);
    play_commit_begin(play, "settings");
    DEMAND(!db_begin_write(db), "no transaction");
    meta_set_public_url(db, "http://127.0.0.1:8080");
    meta_set_sender(db, "club@example.fr");
    DEMAND(!db_commit(db), "the settings are not kept");
    play_commit_end(play, db);
    play->live.config.data_dir = play->data;
    play->live.config.public_url = "http://127.0.0.1:8080";
    play->live.ledger_path = play->ledger;
    play->reader = db_open(play->database, DB_READER);
    play->writer = db;
    struct writer_hooks hooks = {play, done, next_due, due, NULL, NULL};
    play->live.writer = writer_start(db, &hooks);
    stage_writer_begin();
}

void deed_stop(struct play *play)
{
    db_close(play->reader);
    play->reader = NULL;
    stage_writer_end();
    writer_stop(play->live.writer);
    play->live.writer = NULL;
    blob_store_close(play->blobs);
    play->blobs = NULL;
}

/* --- contents --------------------------------------------------------------------------------- */

/* The same words again and again, other ones in each file. */
static void *content_of(struct play *play, size_t bytes)
{
    char *content = mem_alloc(bytes + 64);
    uint64_t mark = chance_next(&play->chance);
    for (size_t at = 0; at < bytes; at += 32) {
        snprintf(content + at, 33, "%016llx halle de marche", (unsigned long long)(mark + at));
    }
    return content;
}

static void begin_content(struct play *play, struct blob_writer *writer, const char *id,
                          const char *content, size_t half)
{
    char params[256];
    int64_t received = 0;
    DEMAND(!blob_writer_add(writer, content, half / 2) &&
               !blob_writer_add(writer, content + half / 2, half - half / 2) &&
               !blob_writer_sync(writer, &received),
           "a content is refused");
    snprintf(params, sizeof params, "{\"file\":%s,\"received\":%lld}", id, (long long)received);
    play_do(play, "operator", "file.received", params);
}

static void finish_content(struct play *play, struct blob_writer *writer, const char *id)
{
    char params[256], digits[BLOB_HEX_BYTES];
    unsigned char hash[BLOB_HASH_BYTES];
    int64_t bytes = 0;
    DEMAND(!blob_writer_keep(writer, hash, &bytes), "a content is not kept");
    blob_writer_close(writer);
    hex_encode(hash, sizeof hash, digits);
    snprintf(params, sizeof params,
             "{\"file\":%s,\"blob\":{\"hash\":\"%s\",\"bytes\":%lld,\"type\":\"text/plain\"}}", id,
             digits, (long long)bytes);
    play_do(play, "operator", "file.finish", params);
    blob_release(play->blobs, hash);
}

SQL(newest_file, "SELECT max(id) FROM file");

/* A server that was killed had made the folder of this content, and not synced what it lies in. */
static void leave_folder(struct play *play, const char *content, size_t bytes)
{
    unsigned char hash[BLOB_HASH_BYTES];
    char path[PATH_BYTES + 16];
    deed_stop(play);
    DEMAND(EVP_Digest(content, bytes, hash, NULL, EVP_sha256(), NULL) == 1, "no hash");
    snprintf(path, sizeof path, "%s/files/%02x", play->data, hash[0]);
    DEMAND(mkdir(path, 0700) == 0 || errno == EEXIST, "no folder");
    deed_start(play);
}

/* In two visits, as an upload that was interrupted. `name` is then its key. */
void deed_file(struct play *play, const char *who, const char *name, size_t bytes, bool killed)
{
    char params[256], id[64];
    size_t half = bytes / 2;
    struct blob_writer *writer = NULL;
    snprintf(params, sizeof params, "{\"name\":\"%s.txt\",\"bytes\":%zu}", name, bytes);
    struct asked *asked = play_ask(play, who, "file.create", params);
    asked->name = name;
    asked->key = "key";
    play_turn(play, "file.create");
    snprintf(id, sizeof id, "%lld", (long long)db_int(play->reader, &newest_file, 0));
    char *content = content_of(play, bytes);
    const char *key = play_get(play, name);
    DEMAND(!blob_writer_open(play->blobs, key, 0, &writer), "no content begins");
    begin_content(play, writer, id, content, half);
    blob_writer_close(writer);
    if (killed) {
        leave_folder(play, content, bytes);
    }
    DEMAND(!blob_writer_open(play->blobs, key, (int64_t)half, &writer), "it does not go on");
    DEMAND(!blob_writer_add(writer, content + half, bytes - half), "a content is refused");
    finish_content(play, writer, id);
    free(content);
}

SQL(blob_of_key, "SELECT blob FROM file WHERE key = ?1");

void deed_text(struct play *play, const char *name, const char *text)
{
    char params[1024];
    snprintf(params, sizeof params,
             "{\"blob\":%lld,\"unit\":\"page\",\"pages\":[{\"number\":1,\"text\":\"%s\"},"
             "{\"number\":2,\"text\":\"%s encore\"}],\"first\":true,\"last\":true}",
             (long long)db_int(play->reader, &blob_of_key, 0, play_get(play, name)), text, text);
    play_do(play, "operator", "blob.read", params);
}

void deed_sweep(struct play *play)
{
    struct blob_leaving leaving[16];
    char params[256], digits[BLOB_HEX_BYTES];
    struct blob_names names = blob_named_by(play->reader);
    size_t count = blob_leaving(play->reader, NULL, leaving, 16);
    DEMAND(count > 0, "line %d: nothing is to leave the disk", play->line);
    for (size_t i = 0; i < count; i++) {
        DEMAND(blob_remove(play->blobs, leaving[i].hash, &names), "a content stays");
        hex_encode(leaving[i].hash, BLOB_HASH_BYTES, digits);
        snprintf(params, sizeof params, "{\"hash\":\"%s\",\"at\":%lld}", digits,
                 (long long)leaving[i].at_ms);
        play_do(play, "operator", "blob.forget", params);
    }
    blob_sweep_coming(play->reader, play->blobs);
}

/* What a server killed in the middle had made, and not synced: the ledger in its first erasure, the
 * folder of letters before its first one. */
void deed_leave(struct play *play)
{
    char path[PATH_BYTES + 16];
    int fd = open(play->ledger, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    snprintf(path, sizeof path, "%s/mail", play->data);
    DEMAND(fd >= 0 && close(fd) == 0 && mkdir(path, 0700) == 0, "nothing can be left");
}

/* --- letters ---------------------------------------------------------------------------------- */

static void send_letter(struct play *play, const struct mail *mail)
{
    struct buf message;
    char params[64], path[64];
    buf_init(&message);
    mail_compose(&message, FROM, mail);
    DEMAND(mail_folder_write(play->data, mail->id, &message), "a letter is not written");
    snprintf(params, sizeof params, "{\"mail\":%lld}", (long long)mail->id);
    play_do(play, "operator", "mail.sent", params);
    snprintf(path, sizeof path, "data/mail/%06lld.eml", (long long)mail->id);
    play_promise(play, (struct promise){.kind = PROMISED_LETTER,
                                        .name = arena_strdup(&play->story->arena, path),
                                        .hash = state_hash(0, message.data, message.len)});
    buf_finish(&message);
}

/* All that wait, into the folder where they lie without a mail server. */
void deed_letters(struct play *play)
{
    for (bool found = true; found;) {
        struct mail mail;
        found = db_begin_read(play->reader) == ERR_NONE &&
                mail_next(play->reader, stage_now(), &play->story->arena, &mail);
        db_rollback(play->reader);
        if (found) {
            send_letter(play, &mail);
        }
    }
}

/* --- erased words, backups -------------------------------------------------------------------- */

void deed_scrub(struct play *play)
{
    struct writer_counters before, now;
    DEMAND(play->scrub, "line %d: nobody asked for a clean-up", play->line);
    play->scrub = false;
    writer_counters(play->live.writer, &before);
    writer_scrub(play->live.writer);
    now = before;
    for (int turns = 0; now.scrubs == before.scrubs; turns++) {
        DEMAND(turns < 1000, "the clean-up does not end");
        play_turn(play, "due");
        writer_counters(play->live.writer, &now);
    }
}

/* `beffroi backup` beside the server, to root/name. */
void deed_backup(struct play *play, const char *name)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", play->root, name);
    char option[] = "--data";
    char *args[] = {option, play->data, path};
    DEMAND(backup_run(&(struct verb){.name = "backup"}, 3, args) == EXIT_OK, "no backup");
    play_promise(play, (struct promise){.kind = PROMISED_BACKUP,
                                        .name = arena_strdup(&play->story->arena, name)});
}

/* As after kill -9: all that was committed is in the log of SQLite, which nobody copies back. */
void deed_kill(struct play *play)
{
    play->writer->sync_failed = true; /* db.h: neither checkpoint nor clean end any more */
    deed_stop(play);
}

static int commit_of_backup(const struct play *play, const char *name)
{
    for (size_t i = 0; i < play->story->promises.count; i++) {
        const struct promise *promise = &play->story->promises.items[i];
        if (promise->kind == PROMISED_BACKUP && str_equal(promise->name, name)) {
            return promise->commit;
        }
    }
    return -1;
}

/* `beffroi restore` in the place of what a killed server left. */
void deed_restore(struct play *play, const char *name)
{
    struct story *story = play->story;
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", play->root, name);
    char option[] = "--data";
    char *args[] = {option, play->data, path};
    play_commit_begin(play, "restore");
    DEMAND(restore_run(&(struct verb){.name = "restore"}, 3, args) == EXIT_OK, "no restore");
    int number = (int)story->commits.count - 1;
    story->commits.items[number].done = disk_position();
    story->restored.commit = number;
    story->restored.to = commit_of_backup(play, name);
    story->restored.name = arena_strdup(&story->arena, name);
    struct db *db = open_writer(play);
    play_commit_end(play, db);
    db_close(db);
}

/* --- talk ------------------------------------------------------------------------------------- */

static const char *const topics[] = {"halle",      "mobilité",   "élus",      "cœur de ville",
                                     "marché",     "friche",     "habitat",   "école",
                                     "préfecture", "gare",       "commerce",  "vacance",
                                     "fibre",      "tiers-lieu", "rénovation"};

static const char *topic(struct play *play)
{
    return topics[chance_below(&play->chance, sizeof topics / sizeof *topics)];
}

static void say(struct play *play, const char *who, int64_t channel)
{
    char params[512];
    snprintf(params, sizeof params,
             "{\"channel\":%lld,\"body\":\"%s et %s, puis %s: %llu\",\"nonce\":\"%s\"}",
             (long long)channel, topic(play), topic(play), topic(play),
             (unsigned long long)chance_below(&play->chance, 100000), play_expand(play, "%n"));
    struct asked *asked = play_ask(play, who, "message.post", params);
    asked->name = "last";
    asked->key = "id";
    asked->may_fail = true; /* not everybody may read every channel */
}

SQL(message_of,
    "SELECT id FROM message WHERE author = ?1 AND channel = ?2 AND body LIKE '%, puis %'"
    " ORDER BY id DESC LIMIT 1 OFFSET ?3");

/* Something about a message that is there. */
static void react(struct play *play, const char *who, int64_t channel, int64_t author)
{
    char params[512];
    long long message = (long long)db_int(play->reader, &message_of, 0, author, channel,
                                          (int64_t)chance_below(&play->chance, 3));
    if (!message) {
        return;
    }
    struct asked *asked = NULL;
    switch (chance_below(&play->chance, 5)) {
    case 0:
        snprintf(params, sizeof params, "{\"message\":%lld,\"body\":\"%s, puis revu\"}", message,
                 topic(play));
        asked = play_ask(play, who, "message.edit", params);
        break;
    case 1:
        snprintf(params, sizeof params, "{\"message\":%lld}", message);
        asked = play_ask(play, who, "message.delete", params);
        break;
    case 2:
        snprintf(params, sizeof params, "{\"channel\":%lld,\"position\":%lld}", (long long)channel,
                 message);
        asked = play_ask(play, who, "read.set", params);
        break;
    case 3:
        snprintf(params, sizeof params, "{\"channel\":%lld,\"body\":\"%s ?\"}", (long long)channel,
                 topic(play));
        asked = play_ask(play, who, "draft.set", params);
        break;
    default:
        snprintf(params, sizeof params, "{\"message\":%lld,\"emoji\":\"👍\",\"on\":true}", message);
        asked = play_ask(play, who, "reaction.set", params);
    }
    asked->may_fail = true; /* two of a batch may be about one message */
}

/* Batches of one to four commands, and some idle steps between. */
void deed_chat(struct play *play, int count)
{
    char who[32];
    while (count > 0) {
        for (uint64_t size = 1 + chance_below(&play->chance, 4); size > 0; size--, count--) {
            int64_t person = play->people.items[chance_below(&play->chance, play->people.count)];
            int64_t channel =
                play->channels.items[chance_below(&play->chance, play->channels.count)];
            snprintf(who, sizeof who, "%lld", (long long)person);
            play_set(play, "who", who);
            if (chance_below(&play->chance, 2)) {
                say(play, "who", channel);
            } else {
                react(play, "who", channel, person);
            }
        }
        if (play->batch.count) {
            play_turn(play, "chat");
        }
        for (uint64_t idle = chance_below(&play->chance, 4); idle > 0; idle--) {
            play_turn(play, "due");
        }
    }
}
