#include "main/work.h"

#include <stdio.h>
#include <string.h>

#include "club/person.h"
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

const void *work_call(struct work *work, const struct command *command)
{
    struct buf answer;
    if (!admin_call(&work->admin, command->name, params_end(&work->params), &answer)) {
        return NULL;
    }
    const void *out = read_answer(&answer, command, &work->arena);
    buf_finish(&answer);
    return out;
}

/* --- options ---------------------------------------------------------------------------------- */

static bool parse(const struct verb *verb, int argc, char **argv, struct work *work, int words)
{
    const struct option options[] = {
        {"data", &work->data, NULL},
        {"user", &work->word, NULL},
        {"label", &work->label, NULL},
        {"scope", &work->scope, NULL},
        {"days", &work->days, NULL},
        {"messages", &work->messages, NULL},
        {"output", &work->output, NULL},
        {"dry-run", NULL, &work->dry_run},
        {"yes", NULL, &work->yes},
        {"administrator", NULL, &work->administrator},
        {"password-stdin", NULL, &work->password_stdin},
        {NULL, NULL, NULL},
    };
    const char *given[2] = {0};
    if (!options_parse(verb, argc, argv, options, given, words)) {
        return false;
    }
    work->word = given[0] ? given[0] : work->word;
    work->name = given[1];
    return true;
}

/* Everything a verb about one person needs; the exit code if it cannot go on. */
int work_begin(const struct verb *verb, int argc, char **argv, struct work *work, int words)
{
    if (!parse(verb, argc, argv, work, words)) {
        return EXIT_USAGE;
    }
    if (!work->data) {
        return usage_error(verb, "--data is missing");
    }
    if ((words > 0 && !work->word) || (words > 1 && !work->name)) {
        return usage_error(verb, "a word is missing");
    }
    if (work->password_stdin && !fgets(work->password, sizeof work->password, stdin)) {
        return refuse("no password on standard input");
    }
    work->password[strcspn(work->password, "\r\n")] = '\0';
    if (!admin_open(&work->admin, work->data)) {
        return EXIT_REFUSED;
    }
    arena_init(&work->arena);
    return EXIT_OK;
}

int work_end(struct work *work, bool done)
{
    admin_close(&work->admin);
    params_finish(&work->params);
    arena_finish(&work->arena);
    return done ? EXIT_OK : EXIT_REFUSED;
}

int64_t work_person(struct work *work, const char *email)
{
    params_begin(&work->params);
    params_text(&work->params, "email", email);
    const struct account_found *found = work_call(work, &person_find_command);
    return found ? found->person->id : 0;
}
