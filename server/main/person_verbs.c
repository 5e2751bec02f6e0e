/* person export, person erase: the rights of people over what is kept about them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "club/person.h"
#include "main/verbs.h"
#include "main/work.h"

/* --- erase ------------------------------------------------------------------------------------ */

static bool say_preview(struct work *work, int64_t person)
{
    params_begin(&work->params);
    params_number(&work->params, "person", person);
    const struct erasure_preview *p = work_call(work, &person_erase_preview_command);
    if (!p) {
        return false;
    }
    printf("%s <%s>\n", p->person->name, p->person->email);
    printf("  %lld messages in %lld channels: %s\n", (long long)p->messages, (long long)p->channels,
           str_equal(work->messages, "remove") ? "removed" : "kept, without a name");
    printf("  %lld reactions: kept, without a name\n", (long long)p->reactions);
    printf("  %lld drafts, %lld kept messages, %lld unsent mails: removed\n", (long long)p->drafts,
           (long long)p->saved, (long long)p->mails);
    printf("  %lld posts, %lld memberships: ended\n", (long long)p->posts,
           (long long)p->memberships);
    printf("  %lld registrations: counted on without a name, seats to come are given on\n",
           (long long)p->registrations);
    printf("  %lld resources, %lld files: kept without a name where others saw them\n",
           (long long)p->resources, (long long)p->files);
    printf("  profile: %s\n", p->profile ? "removed" : "none");
    return true;
}

static bool erase(struct work *work, int64_t person)
{
    params_begin(&work->params);
    params_number(&work->params, "person", person);
    params_text(&work->params, "messages", work->messages ? work->messages : "keep");
    return work_call(work, &person_erase_command) != NULL;
}

int person_erase_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = work_begin(verb, argc, argv, &work, 1);
    if (code != EXIT_OK) {
        return code;
    }
    int64_t person = work_person(&work, work.word);
    bool done = person && say_preview(&work, person);
    if (done && !work.yes) {
        puts("nothing was changed; add --yes to erase");
    } else if (done) {
        done = erase(&work, person);
        puts(done ? "erased" : "nothing was changed");
    }
    return work_end(&work, done);
}

/* --- export ----------------------------------------------------------------------------------- */

static bool write_out(const struct work *work, const struct buf *json)
{
    FILE *file = work->output ? fopen(work->output, "wxe") : stdout;
    if (!file) {
        refuse("cannot write %s: %s", work->output, strerror(errno));
        return false;
    }
    bool written = fwrite(json->data, 1, json->len, file) == json->len && fputc('\n', file) != EOF;
    written = (work->output ? fclose(file) : fflush(file)) == 0 && written;
    return written;
}

int person_export_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = work_begin(verb, argc, argv, &work, 1);
    if (code != EXIT_OK) {
        return code;
    }
    int64_t person = work_person(&work, work.word);
    struct buf json;
    params_begin(&work.params);
    params_number(&work.params, "person", person);
    bool done = person && admin_call(&work.admin, "person.export", params_end(&work.params), &json);
    if (done) {
        done = write_out(&work, &json);
        buf_finish(&json);
    }
    return work_end(&work, done);
}
