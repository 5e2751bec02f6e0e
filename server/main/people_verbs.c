/* user, token: accounts from the command line. */
#include <stdio.h>
#include <string.h>

#include "club/person.h"
#include "club/secret.h"
#include "club/session.h"
#include "main/operator.h"
#include "main/params.h"
#include "main/verbs.h"
#include "wire/json.h"

/* --- calls ------------------------------------------------------------------------------------ */

/* Reads an answer back by the table it was written with; NULL if it cannot be. */
static const void *read_answer(const struct buf *answer, const struct command *command,
                               struct arena *arena)
{
    struct problem problem = {0};
    struct json *json = NULL;
    void *out = arena_alloc(arena, command->out_bytes + 1);
    enum err err = json_parse(answer->data, answer->len, arena, &json, &problem);
    err = err ? err : json_decode(json, command->out, arena, out, &problem);
    json_release(json);
    if (err) {
        refuse("the server's answer to %s cannot be read: is it another version?", command->name);
    }
    return err ? NULL : out;
}

/* The out struct of the command, in the arena; NULL if it was refused, said why. */
static const void *call(struct operator *operator, const struct command *command,
                        struct params *params, struct arena *arena)
{
    struct buf answer;
    if (!operator_call(operator, command->name, params_end(params), &answer)) {
        return NULL;
    }
    const void *out = read_answer(&answer, command, arena);
    buf_finish(&answer);
    return out;
}

/* --- options ---------------------------------------------------------------------------------- */

/* One verb at work. */
struct work {
    struct operator operator;
    struct arena arena;
    struct params params;
    const char *data, *email, *name, *label, *scope, *days;
    bool administrator, password_stdin;
    char password[1024];
};

static bool parse(const struct verb *verb, int argc, char **argv, struct work *work, int words)
{
    const struct option options[] = {
        {"data", &work->data, NULL},
        {"user", &work->email, NULL},
        {"label", &work->label, NULL},
        {"scope", &work->scope, NULL},
        {"days", &work->days, NULL},
        {"administrator", NULL, &work->administrator},
        {"password-stdin", NULL, &work->password_stdin},
        {NULL, NULL, NULL},
    };
    const char *given[2] = {0};
    if (!options_parse(verb, argc, argv, options, given, words)) {
        return false;
    }
    work->email = given[0] ? given[0] : work->email;
    work->name = given[1];
    return true;
}

/* Everything a verb about one person needs; the exit code if it cannot go on. */
static int begin(const struct verb *verb, int argc, char **argv, struct work *work, int words)
{
    if (!parse(verb, argc, argv, work, words)) {
        return EXIT_USAGE;
    }
    if (!work->data) {
        return usage_error(verb, "--data is missing");
    }
    if ((words > 0 && !work->email) || (words > 1 && !work->name)) {
        return usage_error(verb, "%s is missing", work->email ? "NAME" : "EMAIL");
    }
    if (work->password_stdin && !fgets(work->password, sizeof work->password, stdin)) {
        return refuse("no password on standard input");
    }
    work->password[strcspn(work->password, "\r\n")] = '\0';
    if (!operator_open(&work->operator, work->data)) {
        return EXIT_REFUSED;
    }
    arena_init(&work->arena);
    return EXIT_OK;
}

static int end(struct work *work, bool done)
{
    operator_close(&work->operator);
    params_finish(&work->params);
    arena_finish(&work->arena);
    return done ? EXIT_OK : EXIT_REFUSED;
}

/* The given password, or one made for the occasion. */
static const char *password_for(struct work *work)
{
    return work->password_stdin ? work->password : secret_password(&work->arena);
}

/* 0 if there is no such account, said so. */
static int64_t find_person(struct work *work)
{
    params_begin(&work->params);
    params_text(&work->params, "email", work->email);
    const struct user_added *found =
        call(&work->operator, &person_find_command, &work->params, &work->arena);
    return found ? found->person->id : 0;
}

/* --- user ------------------------------------------------------------------------------------- */

int user_add_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = begin(verb, argc, argv, &work, 2);
    if (code != EXIT_OK) {
        return code;
    }
    const char *password = password_for(&work);
    params_begin(&work.params);
    params_text(&work.params, "email", work.email);
    params_text(&work.params, "name", work.name);
    params_flag(&work.params, "administrator", work.administrator);
    params_text(&work.params, "password", password);
    bool done = call(&work.operator, &user_add_command, &work.params, &work.arena);
    if (done && !work.password_stdin) {
        puts(password);
    }
    return end(&work, done);
}

int user_password_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = begin(verb, argc, argv, &work, 1);
    if (code != EXIT_OK) {
        return code;
    }
    const char *password = password_for(&work);
    int64_t person = find_person(&work);
    params_begin(&work.params);
    params_number(&work.params, "person", person);
    params_text(&work.params, "password", password);
    bool done =
        person && call(&work.operator, &user_password_command, &work.params, &work.arena);
    if (done && !work.password_stdin) {
        puts(password);
    }
    return end(&work, done);
}

static int run_on_person(const struct verb *verb, int argc, char **argv,
                         const struct command *command)
{
    struct work work = {0};
    int code = begin(verb, argc, argv, &work, 1);
    if (code != EXIT_OK) {
        return code;
    }
    int64_t person = find_person(&work);
    params_begin(&work.params);
    params_number(&work.params, "person", person);
    return end(&work, person && call(&work.operator, command, &work.params, &work.arena));
}

int user_disable_run(const struct verb *verb, int argc, char **argv)
{
    return run_on_person(verb, argc, argv, &person_suspend_command);
}

int user_enable_run(const struct verb *verb, int argc, char **argv)
{
    return run_on_person(verb, argc, argv, &person_return_command);
}

static void print_account(const struct account *account)
{
    static const char *const states[] = {"active", "suspended", "erased"};
    printf("%lld\t%s\t%s\t%s%s\n", (long long)account->id, account->email ? account->email : "-",
           account->name ? account->name : "-", states[account->state],
           account->administrator ? "\tadministrator" : "");
}

int user_list_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = begin(verb, argc, argv, &work, 0);
    if (code != EXIT_OK) {
        return code;
    }
    int64_t after = 0;
    const struct person_page *page = NULL;
    do {
        params_begin(&work.params);
        if (after) {
            params_number(&work.params, "after", after);
        }
        page = call(&work.operator, &person_list_command, &work.params, &work.arena);
        const struct account *accounts = page ? page->people.items : NULL;
        for (size_t i = 0; accounts && i < page->people.count; i++) {
            print_account(&accounts[i]);
            after = accounts[i].id;
        }
    } while (page && page->more);
    return end(&work, page != NULL);
}

/* --- token ------------------------------------------------------------------------------------ */

int token_create_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = begin(verb, argc, argv, &work, 0);
    if (code != EXIT_OK) {
        return code;
    }
    if (!work.email) {
        end(&work, false);
        return usage_error(verb, "--user is missing");
    }
    int64_t person = find_person(&work);
    params_begin(&work.params);
    params_number(&work.params, "person", person);
    params_text(&work.params, "label", work.label ? work.label : "script");
    params_text(&work.params, "scope", work.scope);
    if (work.days) {
        params_json(&work.params, "days", work.days);
    }
    const struct token_created *created =
        person ? call(&work.operator, &token_create_command, &work.params, &work.arena) : NULL;
    if (created) {
        puts(created->token);
    }
    return end(&work, created != NULL);
}
