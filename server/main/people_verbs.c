/* user, token: accounts from the command line. */
#include <stdio.h>

#include "base/str.h"
#include "club/person.h"
#include "club/secret.h"
#include "club/session.h"
#include "main/verbs.h"
#include "main/work.h"

/* The given password, or one made for the occasion. */
static const char *password_for(struct work *work)
{
    return work->password_stdin ? work->password : secret_password(&work->arena);
}

/* --- user ------------------------------------------------------------------------------------- */

int user_add_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = work_begin(verb, argc, argv, &work, 2);
    if (code != EXIT_OK) {
        return code;
    }
    const char *password = password_for(&work);
    params_begin(&work.params);
    params_text(&work.params, "email", work.word);
    params_text(&work.params, "name", work.name);
    params_flag(&work.params, "administrator", work.administrator);
    params_text(&work.params, "password", password);
    bool done = work_call(&work, &user_add_command);
    if (done && !work.password_stdin) {
        puts(password);
    }
    return work_end(&work, done);
}

int user_password_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = work_begin(verb, argc, argv, &work, 1);
    if (code != EXIT_OK) {
        return code;
    }
    const char *password = password_for(&work);
    int64_t person = work_person(&work, work.word);
    params_begin(&work.params);
    params_number(&work.params, "person", person);
    params_text(&work.params, "password", password);
    bool done = person && work_call(&work, &user_password_command);
    if (done && !work.password_stdin) {
        puts(password);
    }
    return work_end(&work, done);
}

static int run_on_person(const struct verb *verb, int argc, char **argv,
                         const struct command *command)
{
    struct work work = {0};
    int code = work_begin(verb, argc, argv, &work, 1);
    if (code != EXIT_OK) {
        return code;
    }
    int64_t person = work_person(&work, work.word);
    params_begin(&work.params);
    params_number(&work.params, "person", person);
    return work_end(&work, person && work_call(&work, command));
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
    int code = work_begin(verb, argc, argv, &work, 0);
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
        page = work_call(&work, &person_list_command);
        const struct account *accounts = page ? page->people.items : NULL;
        for (size_t i = 0; accounts && i < page->people.count; i++) {
            print_account(&accounts[i]);
            after = accounts[i].id;
        }
    } while (page && page->more);
    return work_end(&work, page != NULL);
}

/* --- token ------------------------------------------------------------------------------------ */

int token_create_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = work_begin(verb, argc, argv, &work, 0);
    if (code != EXIT_OK) {
        return code;
    }
    int64_t days = 0;
    bool good_days = !work.days || str_to_int(work.days, 1, INT64_MAX, &days);
    if (!work.word || !good_days) {
        work_end(&work, false);
        return usage_error(verb, work.word ? "--days is a number of days" : "--user is missing");
    }
    int64_t person = work_person(&work, work.word);
    params_begin(&work.params);
    params_number(&work.params, "person", person);
    params_text(&work.params, "label", work.label ? work.label : "script");
    params_text(&work.params, "scope", work.scope);
    if (days) {
        params_number(&work.params, "days", days);
    }
    const struct token_created *created = person ? work_call(&work, &token_create_command) : NULL;
    if (created) {
        puts(created->token);
    }
    return work_end(&work, created != NULL);
}
