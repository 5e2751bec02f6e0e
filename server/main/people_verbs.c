/* user, token: accounts from the command line. */
#include <stdio.h>
#include <string.h>

#include "club/user.h"
#include "main/operator.h"
#include "main/params.h"
#include "main/verbs.h"
#include "wire/json.h"

/* --- answers ---------------------------------------------------------------------------------- */

/* Reads an answer back by the table it was written with. */
static bool read_answer(const struct buf *answer, const struct field *fields, struct arena *arena,
                        void *out)
{
    struct problem problem = {0};
    struct json *json = NULL;
    enum err err = json_parse(answer->data, answer->len, arena, &json, &problem);
    err = err ? err : json_decode(json, fields, arena, out, &problem);
    json_release(json);
    return err == ERR_NONE;
}

/* Calls, and prints one text of the answer alone on a line, so that a script can take it. */
static int print_one(const char *data, const char *command, const char *params, size_t offset)
{
    struct buf answer;
    int code = operator_once(data, command, params, &answer);
    if (code != EXIT_OK) {
        return code;
    }
    struct arena arena;
    arena_init(&arena);
    const struct command *described = command_find(command);
    char *out = arena_alloc(&arena, described->out_bytes);
    bool read = read_answer(&answer, described->out, &arena, out);
    if (read) {
        puts(*(const char *const *)(out + offset));
    }
    buf_finish(&answer);
    arena_finish(&arena);
    return read ? EXIT_OK : refuse("the server's answer could not be read: is it another version?");
}

/* --- options ---------------------------------------------------------------------------------- */

struct person_options {
    const char *data, *email, *name, *label, *scope, *days;
    bool administrator, password_stdin;
    char password[1024];
};

/* The first line of standard input, if asked for. */
static bool read_password(struct person_options *o)
{
    if (!o->password_stdin) {
        return true;
    }
    if (!fgets(o->password, sizeof o->password, stdin)) {
        refuse("no password on standard input");
        return false;
    }
    o->password[strcspn(o->password, "\r\n")] = '\0';
    return true;
}

static const char *given_password(const struct person_options *o)
{
    return o->password_stdin ? o->password : NULL;
}

static bool parse_user(const struct verb *verb, int argc, char **argv, struct person_options *o,
                       int words)
{
    const struct option options[] = {
        {"data", &o->data, NULL},
        {"administrator", NULL, &o->administrator},
        {"password-stdin", NULL, &o->password_stdin},
        {NULL, NULL, NULL},
    };
    const char *given[2] = {0};
    if (!options_parse(verb, argc, argv, options, given, words)) {
        return false;
    }
    o->email = given[0];
    o->name = given[1];
    if (!o->data || (words > 0 && !o->email) || (words > 1 && !o->name)) {
        usage_error(verb, "%s is missing", !o->data ? "--data" : !o->email ? "EMAIL" : "NAME");
        return false;
    }
    return read_password(o);
}

/* --- user ------------------------------------------------------------------------------------- */

int user_add_run(const struct verb *verb, int argc, char **argv)
{
    struct person_options o = {0};
    if (!parse_user(verb, argc, argv, &o, 2)) {
        return EXIT_USAGE;
    }
    struct params params = {0};
    params_begin(&params);
    params_text(&params, "email", o.email);
    params_text(&params, "name", o.name);
    params_flag(&params, "administrator", o.administrator);
    params_text(&params, "password", given_password(&o));
    int code = print_one(o.data, "user.add", params_end(&params),
                         offsetof(struct user_password_out, password));
    params_finish(&params);
    return code;
}

int user_password_run(const struct verb *verb, int argc, char **argv)
{
    struct person_options o = {0};
    if (!parse_user(verb, argc, argv, &o, 1)) {
        return EXIT_USAGE;
    }
    struct params params = {0};
    params_begin(&params);
    params_text(&params, "email", o.email);
    params_text(&params, "password", given_password(&o));
    int code = print_one(o.data, "user.password", params_end(&params),
                         offsetof(struct user_password_out, password));
    params_finish(&params);
    return code;
}

/* --- token ------------------------------------------------------------------------------------ */

int token_create_run(const struct verb *verb, int argc, char **argv)
{
    struct person_options o = {0};
    const struct option options[] = {
        {"data", &o.data, NULL},   {"user", &o.email, NULL}, {"label", &o.label, NULL},
        {"scope", &o.scope, NULL}, {"days", &o.days, NULL},  {NULL, NULL, NULL},
    };
    if (!options_parse(verb, argc, argv, options, NULL, 0)) {
        return EXIT_USAGE;
    }
    if (!o.data || !o.email) {
        return usage_error(verb, "%s is missing", o.data ? "--user" : "--data");
    }
    struct params params = {0};
    params_begin(&params);
    params_text(&params, "email", o.email);
    params_text(&params, "label", o.label);
    params_text(&params, "scope", o.scope);
    if (o.days) {
        params_json(&params, "days", o.days);
    }
    int code = print_one(o.data, "token.create", params_end(&params),
                         offsetof(struct token_created, token));
    params_finish(&params);
    return code;
}
