/* Power cuts at every place of a server's life (story.h): plays it once, then leaves of the disk
 * what each cut could have left, and judges.
 *
 *   powercut play  [--seed N] [--points N] [--part I/N]       any points of any loss
 *   powercut point [--seed N] --at K --loss NAME [--cut N]    one of them again
 *   powercut leave [the same] --to DIR                        what it leaves, to look at
 *   powercut log   [--seed N]                                 what was asked of the disk
 *   powercut facts [--seed N]                                 its commits and tokens, as JSON
 *   powercut unused [--seed N]                                tables that never held a row
 *
 * Controls: --careless (synchronous=NORMAL), --forget PATTERN (the syncs of these files and folders
 * are not done). Others: --only WHAT (points of the first commit of this name), --script FILE, --now MS, --place DIR, --loud (the server's log). */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/zone.h"
#include "chance.h"
#include "judge.h"
#include "platter.h"
#include "stage.h"
#include "state.h"

struct options {
    const char *verb, *script, *place, *to, *loss, *only;
    uint64_t seed, cut;
    size_t points, at, part, parts;
    int64_t now_ms;
    bool careless, loud;
    const char *forget;
};

static const char *next(int argc, char **argv, int *i)
{
    if (++*i >= argc) {
        fprintf(stderr, "powercut: %s what?\n", argv[argc - 1]);
        exit(2);
    }
    return argv[*i];
}

static void read_option(struct options *options, int argc, char **argv, int *i)
{
    const char *name = argv[*i];
    if (str_equal(name, "--careless")) {
        options->careless = true;
        return;
    }
    if (str_equal(name, "--loud")) {
        options->loud = true;
        return;
    }
    const char *value = next(argc, argv, i);
    if (str_equal(name, "--seed")) {
        options->seed = strtoull(value, NULL, 10);
    } else if (str_equal(name, "--points")) {
        options->points = strtoull(value, NULL, 10);
    } else if (str_equal(name, "--part")) {
        sscanf(value, "%zu/%zu", &options->part, &options->parts);
    } else if (str_equal(name, "--at")) {
        options->at = strtoull(value, NULL, 10);
    } else if (str_equal(name, "--cut")) {
        options->cut = strtoull(value, NULL, 10);
    } else if (str_equal(name, "--now")) {
        options->now_ms = strtoll(value, NULL, 10);
    } else if (str_equal(name, "--loss")) {
        options->loss = value;
    } else if (str_equal(name, "--to")) {
        options->to = value;
    } else if (str_equal(name, "--only")) {
        options->only = value;
    } else if (str_equal(name, "--script")) {
        options->script = value;
    } else if (str_equal(name, "--place")) {
        options->place = value;
    } else if (str_equal(name, "--forget")) {
        options->forget = value;
    } else {
        fprintf(stderr, "powercut: %s is not known\n", name);
        exit(2);
    }
}

/* --- folders ---------------------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat, (void)type, (void)ftw;
    return remove(path);
}

static void remove_all(const char *path)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT) {
        perror(path);
        exit(2);
    }
}

/* Memory, where there is room: what a sync does is the model's affair. */
static char *make_place(const struct options *options)
{
    static char path[256];
    const char *above = options->place ? options->place : "/dev/shm";
    if (access(above, W_OK) != 0) {
        above = "/tmp";
    }
    snprintf(path, sizeof path, "%s/powercut-XXXXXX", above);
    if (!mkdtemp(path)) {
        perror(path);
        exit(2);
    }
    return path;
}

/* --- points ----------------------------------------------------------------------------------- */

struct span {
    size_t from, to;
};

/* Where the first commit of this name begins and is done; NULL: the whole log. */
static struct span span_of(const struct story *story, const char *what)
{
    for (size_t i = 0; what && i < story->commits.count; i++) {
        const struct commit *commit = &story->commits.items[i];
        if (str_equal(commit->what, what)) {
            return (struct span){commit->begun, commit->done + 1};
        }
    }
    return (struct span){0, story->log->count + 1};
}

struct point {
    size_t at;
    enum loss loss;
    uint64_t cut;
};

/* The n-th of `points`: spread over the log (or --only a part of it), of all losses in turn. */
static struct point point_of(const struct options *options, const struct story *story, size_t n)
{
    struct chance chance;
    struct span span = span_of(story, options->only);
    size_t places = span.to - span.from;
    chance_begin(&chance, options->seed * UINT64_C(1000003) + n);
    size_t low = places * n / options->points;
    size_t high = places * (n + 1) / options->points;
    return (struct point){
        .at = span.from + low + (high > low ? chance_below(&chance, high - low) : 0),
        .loss = (enum loss)(n % LOSSES),
        .cut = chance_next(&chance) >> 16,
    };
}

static const char *try_point(const struct story *story, struct platter *platter, const char *place,
                             const struct point *point, bool thorough)
{
    char path[300];
    snprintf(path, sizeof path, "%s/cut", place);
    platter_advance(platter, point->at);
    platter_cut(platter, path, point->loss, point->cut);
    const char *wrong = judge(story, path, point->at, thorough);
    remove_all(path);
    return wrong;
}

static void say_point(const struct options *options, const struct story *story,
                      const struct point *point, const char *wrong)
{
    const struct disk_op *op = point->at < story->log->count ? &story->log->ops[point->at] : NULL;
    printf("# seed %llu, point %zu of %zu (before %s %s), loss %s: %s\n",
           (unsigned long long)options->seed, point->at, story->log->count,
           op ? disk_kind_name(op->kind) : "the end",
           op && op->node >= 0 ? story->log->nodes[op->node].path
           : op && op->name    ? op->name
                               : "",
           loss_name(point->loss), wrong ? wrong : "well");
    if (wrong) {
        printf(
            "# again: powercut point --script %s --seed %llu --at %zu --loss %s --cut %llu%s%s%s\n",
            options->script, (unsigned long long)options->seed, point->at, loss_name(point->loss),
            (unsigned long long)point->cut, options->careless ? " --careless" : "",
            options->forget ? " --forget " : "", options->forget ? options->forget : "");
    }
}

/* Every twelfth is looked at from all sides. */
static int play(const struct options *options, const struct story *story, const char *place)
{
    struct platter *platter = platter_create(story->log);
    int64_t begun_us = clock_mono_us();
    size_t failed = 0, tried = 0;
    for (size_t n = options->part; n < options->points; n += options->parts) {
        struct point point = point_of(options, story, n);
        const char *wrong = try_point(story, platter, place, &point, n / options->parts % 12 == 0);
        tried++;
        if (wrong && failed++ < 5) {
            say_point(options, story, &point, wrong);
        }
    }
    platter_destroy(platter);
    const struct judge_counts *counts = judge_counts();
    printf("# seed %llu: %zu points of %zu operations, %zu commits, %zu failed, %.1f s\n",
           (unsigned long long)options->seed, tried, story->log->count, story->commits.count,
           failed, (double)(clock_mono_us() - begun_us) / 1e6);
    printf(
        "# looked at: %lld answers, %lld letters, %lld erasures, %lld backups, %lld erased words;"
        " %lld sent again; %lld before the first commit; %lld without the commit on its way;"
        " %lld restored again\n",
        (long long)counts->answers, (long long)counts->letters, (long long)counts->erasures,
        (long long)counts->backups, (long long)counts->cleans, (long long)counts->resent,
        (long long)counts->nothing_yet, (long long)counts->behind, (long long)counts->anew);
    return failed ? 1 : 0;
}

static struct point point_asked(const struct options *options, const struct story *story)
{
    struct point point = {options->at, loss_find(options->loss ? options->loss : "all"),
                          options->cut};
    if (point.at > story->log->count || point.loss == LOSSES) {
        fprintf(stderr, "powercut: no such point\n");
        exit(2);
    }
    return point;
}

static int again(const struct options *options, const struct story *story, const char *place)
{
    struct platter *platter = platter_create(story->log);
    struct point point = point_asked(options, story);
    const char *wrong = try_point(story, platter, place, &point, true);
    say_point(options, story, &point, wrong);
    platter_destroy(platter);
    return wrong ? 1 : 0;
}

static int leave(const struct options *options, const struct story *story)
{
    struct platter *platter = platter_create(story->log);
    struct point point = point_asked(options, story);
    platter_advance(platter, point.at);
    platter_cut(platter, options->to, point.loss, point.cut);
    platter_destroy(platter);
    return 0;
}

static int show_log(const struct story *story)
{
    size_t commit = 0;
    for (size_t i = 0; i < story->log->count; i++) {
        const struct disk_op *op = &story->log->ops[i];
        for (; commit < story->commits.count && story->commits.items[commit].done <= i; commit++) {
            printf("       commit %zu: %s\n", commit, story->commits.items[commit].what);
        }
        printf("%6zu %-6s %s %s %s %lld+%zu\n", i, disk_kind_name(op->kind),
               op->node >= 0 ? story->log->nodes[op->node].path : "", op->name ? op->name : "",
               op->name2 ? op->name2 : "", (long long)op->offset, op->bytes);
    }
    return 0;
}

static int show_tables(const struct story *story)
{
    for (size_t i = 0; i < story->unused.count; i++) {
        puts(story->unused.items[i]);
    }
    return 0;
}

/* For programs: when what was committed, and the tokens that let people in. */
static int show_facts(const struct story *story)
{
    printf("{\"operations\":%zu,\"commits\":[", story->log->count);
    for (size_t i = 0; i < story->commits.count; i++) {
        const struct commit *commit = &story->commits.items[i];
        printf("%s{\"what\":\"%s\",\"begun\":%zu,\"done\":%zu}", i ? "," : "", commit->what,
               commit->begun, commit->done);
    }
    fputs("],\"tokens\":{", stdout);
    const char *comma = "";
    for (size_t i = 0; i < story->variables.count; i++) {
        const struct variable *variable = &story->variables.items[i];
        if (str_starts(variable->name, "token_")) {
            printf("%s\"%s\":\"%s\"", comma, variable->name + strlen("token_"), variable->value);
            comma = ",";
        }
    }
    puts("}}");
    return 0;
}

static int run(const struct options *options, const struct story *story, const char *place)
{
    if (str_equal(options->verb, "play")) {
        return play(options, story, place);
    }
    if (str_equal(options->verb, "point")) {
        return again(options, story, place);
    }
    if (str_equal(options->verb, "leave")) {
        return leave(options, story);
    }
    if (str_equal(options->verb, "facts")) {
        return show_facts(story);
    }
    if (str_equal(options->verb, "unused")) {
        return show_tables(story);
    }
    return show_log(story);
}

int main(int argc, char **argv)
{
    struct options options = {.verb = argc > 1 ? argv[1] : "play",
                              .script = "tests/powercut/story.txt",
                              .seed = 1,
                              .points = 500,
                              .parts = 1,
                              .now_ms = INT64_C(1790000000000)};
    const char *missing = NULL;
    char live[300];
    for (int i = 2; i < argc; i++) {
        read_option(&options, argc, argv, &i);
    }
    if (!zones_load("/usr/share/zoneinfo", &missing)) {
        return 2;
    }
    if (!freopen(options.loud ? "/dev/stderr" : "/dev/null", "w", stderr)) {
        return 2; /* the log of thousands of starts */
    }
    const char *place = make_place(&options);
    snprintf(live, sizeof live, "%s/live", place);
    struct story_how how = {options.script, options.seed, options.now_ms, options.careless,
                            options.forget};
    if (mkdir(live, 0700) != 0) {
        return 2;
    }
    struct story *story = story_play(live, &how);
    remove_all(live);
    int code = run(&options, story, place);
    story_destroy(story);
    remove_all(place);
    return code;
}
