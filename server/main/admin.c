#include "main/admin.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "main/local_call.h"
#include "main/options.h"
#include "store/meta.h"
#include "wire/rpc.h"

#define ADMIN_TIMEOUT_S 120

static enum lang lang_of_shell(void)
{
    const char *lang = getenv("LC_ALL");
    lang = lang && *lang ? lang : getenv("LANG");
    return lang && strncmp(lang, "fr", 2) == 0 ? LANG_FR : LANG_EN;
}

bool admin_open(struct admin *admin, const char *data_dir)
{
    *admin = (struct admin){0};
    switch (data_dir_lock(&admin->dir, data_dir, false)) {
    case LOCK_TAKEN:
        admin->db = data_dir_open(&admin->dir, false);
        if (!admin->db) {
            data_dir_unlock(&admin->dir);
        }
        return admin->db != NULL;
    case LOCK_HELD_BY_OTHER:
        return true;
    case LOCK_FAILED:
        break;
    }
    return false;
}

void admin_close(struct admin *admin)
{
    db_close(admin->db);
    admin->db = NULL;
    data_dir_unlock(&admin->dir);
}

/* --- as the writer ---------------------------------------------------------------------------- */

static bool say_problem(const struct problem *problem)
{
    char text[1024];
    problem_text(problem, lang_of_shell(), text, sizeof text);
    refuse("%s", text);
    return false;
}

static enum err call_committed(struct admin *admin, const char *name, const char *params,
                               struct arena *arena, struct buf *result, struct problem *problem)
{
    char ledger[4096];
    data_dir_path(&admin->dir, "erasures.log", ledger, sizeof ledger);
    const char *url = meta_public_url(admin->db, arena);
    struct local_call call = {
        .db = admin->db,
        .credential = {.kind = CREDENTIAL_OPERATOR},
        .now_ms = clock_wall_ms(),
        .lang = lang_of_shell(),
        .public_url = url ? url : "http://127.0.0.1:8080",
        .ledger_path = ledger,
    };
    const struct command *command = command_find(name);
    if (!command) {
        return problem_set(problem, ERR_METHOD, NULL, name);
    }
    void *out = NULL;
    enum err err = db_begin_write(admin->db);
    err = err ? err : local_call(&call, command, params, arena, &out, problem);
    err = err ? err : db_commit(admin->db);
    if (err) {
        db_rollback(admin->db);
        return problem->err ? err : problem_set(problem, err, NULL, NULL);
    }
    json_encode(result, command->out, out);
    return ERR_NONE;
}

static bool call_here(struct admin *admin, const char *command, const char *params,
                      struct buf *result)
{
    struct arena arena;
    struct problem problem = {0};
    arena_init(&arena);
    enum err err = call_committed(admin, command, params, &arena, result, &problem);
    bool done = err == ERR_NONE || say_problem(&problem);
    arena_finish(&arena);
    return done;
}

/* --- through the server ----------------------------------------------------------------------- */

static size_t collect(char *data, size_t size, size_t count, void *context)
{
    buf_add(context, data, size * count);
    return size * count;
}

/* The server's problem object holds the sentence. */
static bool say_reply(const struct buf *body)
{
    struct arena arena;
    struct problem unreadable = {0};
    struct json *json = NULL;
    struct problem_details details = {0};
    arena_init(&arena);
    if (!json_parse(body->data, body->len, &arena, &json, &unreadable) &&
        !json_decode(json, problem_fields, &arena, &details, &unreadable) && details.detail) {
        refuse("%s", details.detail);
    } else {
        refuse("the server refused without a reason");
    }
    json_release(json);
    arena_finish(&arena);
    return false;
}

static CURLcode post(CURL *curl, const char *socket, const char *command, const char *params,
                     struct buf *body, long *status)
{
    char url[256];
    snprintf(url, sizeof url, "http://localhost/api/v1/%s", command);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    headers = curl_slist_append(headers, lang_of_shell() == LANG_FR ? "Accept-Language: fr"
                                                                    : "Accept-Language: en");
    curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, params);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ADMIN_TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    curl_slist_free_all(headers);
    return code;
}

static bool call_server(struct admin *admin, const char *command, const char *params,
                        struct buf *result)
{
    char socket[4096];
    data_dir_path(&admin->dir, "admin.sock", socket, sizeof socket);
    CURL *curl = curl_easy_init();
    long status = 0;
    CURLcode code = post(curl, socket, command, params, result, &status);
    curl_easy_cleanup(curl);
    buf_add(result, "", 1); /* so that it is a C string too */
    result->len--;
    if (code != CURLE_OK) {
        refuse(
            "another process holds %s but does not answer on %s (%s): wait until it has started or "
            "ended, or stop it",
            admin->dir.path, socket, curl_easy_strerror(code));
        return false;
    }
    return status == 200 || say_reply(result);
}

bool admin_call(struct admin *admin, const char *command, const char *params, struct buf *result)
{
    buf_init(result);
    bool done = admin->db ? call_here(admin, command, params, result)
                          : call_server(admin, command, params, result);
    if (!done) {
        buf_finish(result);
    }
    return done;
}

int admin_once(const char *data_dir, const char *command, const char *params, struct buf *result)
{
    struct admin admin;
    if (!admin_open(&admin, data_dir)) {
        return EXIT_REFUSED;
    }
    bool done = admin_call(&admin, command, params, result);
    admin_close(&admin);
    return done ? EXIT_OK : EXIT_REFUSED;
}
