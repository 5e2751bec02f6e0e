/* Files made to harm, through the helper: each costs its own job and nothing else. Prints TAP.
 *   FILES=48  how many in all (1,008 with LONG=1), shared among the families; FIRST=0 from which */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/media.h"
#include "helper_fixture.h"
#include "make.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

enum { JOB_MS = 2000, FILES = 48, FILES_LONG = 1008 };

/* Whether it was looked into, or refused, in time: anything but an answer is a fault of ours. */
static bool is_answered(enum helper_outcome outcome, const char *family, size_t number,
                        const char *question)
{
    if (outcome == HELPER_GONE) {
        printf("# %s, file %zu: the helper was gone when asked for its %s\n", family, number,
               question);
    }
    return outcome != HELPER_GONE;
}

static enum helper_outcome look(const struct hostile *file)
{
    int fd = file_of(file->bytes.data ? file->bytes.data : "", file->bytes.len);
    enum helper_outcome outcome;
    if (media_find(file->type)->shown == MEDIA_IMAGE) {
        struct picture picture;
        int out = file_of("", 0);
        outcome = helper_redraw(helper, fd, file->type, LIMIT_IMAGE_SIDE, out, &picture);
        close(out);
    } else {
        struct reading reading = read_text(fd, file->type);
        outcome = reading.outcome;
        buf_finish(&reading.text);
    }
    close(fd);
    return outcome;
}

static bool send_in(const struct hostile *file, const char *family, size_t number)
{
    const char *type;
    int fd = file_of(file->bytes.data ? file->bytes.data : "", file->bytes.len);
    bool answered = is_answered(helper_type(helper, fd, file->name, &type), family, number, "type");
    close(fd);
    return is_answered(look(file), family, number, "content") && answered;
}

static bool good_one_works(size_t kind)
{
    struct hostile good;
    make_good(&good, kind);
    bool works = look(&good) == HELPER_DONE;
    buf_finish(&good.bytes);
    return works;
}

static bool run_family(const struct family *family, size_t files, size_t first)
{
    bool well = true;
    for (size_t i = first; i < first + files; i++) {
        struct chance chance = {UINT64_C(0x9E3779B97F4A7C15) * (i + 1)};
        struct hostile file;
        chance_below(&chance, 2);
        family->make(&file, &chance);
        well = send_in(&file, family->name, i) && well;
        buf_finish(&file.bytes);
        if (!good_one_works(i)) {
            printf("# %s, file %zu: a good one was refused after it\n", family->name, i);
            well = false;
        }
    }
    return well;
}

static size_t number_of(const char *name, size_t otherwise)
{
    const char *value = getenv(name);
    return value ? strtoul(value, NULL, 10) : otherwise;
}

static void say(int number, bool well, const char *what)
{
    printf("%sok %d - %s\n", well ? "" : "not ", number, what);
    fflush(stdout);
}

/* Of the largest process that the helper ever started, once they are all gone. */
static long largest_kb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return usage.ru_maxrss;
}

int main(void)
{
    size_t all = number_of("FILES", getenv("LONG") ? FILES_LONG : FILES);
    size_t each = (all + (size_t)family_count - 1) / (size_t)family_count;
    int failed = 0;
    helper = helper_start_within(JOB_MS);
    if (!helper) {
        return 1;
    }
    printf("1..%d\n", family_count + 1);
    for (int i = 0; i < family_count; i++) {
        int64_t before_us = clock_mono_us();
        bool well = run_family(&families[i], each, number_of("FIRST", 0));
        say(i + 1, well, families[i].name);
        printf("# %zu files, %.1f s\n", each, (double)(clock_mono_us() - before_us) / 1e6);
        failed += !well;
    }
    fixture_stop_helper(NULL);
    bool bounded = SANITIZED || largest_kb() * 1024 <= LIMIT_HELPER_MEMORY;
    say(family_count + 1, bounded, "memory stays within its bound");
    printf("# at most %ld MB in one process\n", largest_kb() / 1024);
    return failed + !bounded > 0;
}
