/* Which errors a run produced, for `make cover`: each one's name goes to the file ERRORS_LOG, once a
 * process. The linker puts these functions in the place of the program's own (--wrap), which knows
 * nothing of them. What a unit test only writes out was not produced: there, what is set counts. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire/rpc.h"

enum err __real_problem_set(struct problem *problem, enum err err, const char *field,
                            const char *arg);
enum err __wrap_problem_set(struct problem *problem, enum err err, const char *field,
                            const char *arg);
void __real_problem_encode(struct buf *buf, const struct problem *problem, enum lang lang);
void __wrap_problem_encode(struct buf *buf, const struct problem *problem, enum lang lang);

static int file = -1;

__attribute__((constructor)) static void open_log(void)
{
    const char *path = getenv("ERRORS_LOG");
    file = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

static void note(enum err err)
{
    static bool noted[200];
    size_t index = 0;
    char line[64];
    while (err_at(index) && err_at(index) != err) {
        index++;
    }
    if (file < 0 || !err || index >= sizeof noted || noted[index]) {
        return;
    }
    noted[index] = true;
    int bytes = snprintf(line, sizeof line, "%s\n", err_name(err));
    (void)!write(file, line, (size_t)bytes);
}

enum err __wrap_problem_set(struct problem *problem, enum err err, const char *field,
                            const char *arg)
{
    note(err);
    return __real_problem_set(problem, err, field, arg);
}

void __wrap_problem_encode(struct buf *buf, const struct problem *problem, enum lang lang)
{
    if (strcmp(program_invocation_short_name, "beffroi") == 0) {
        note(problem->err);
    }
    __real_problem_encode(buf, problem, lang);
}
