/* All fuzzers in one program, so that the server is linked once: the name it is called by (a link
 * per target, made by the Makefile) says which one it is. `fuzz` alone lists them. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/json.h"

static const struct target {
    const char *name, *what;
    int (*run)(const uint8_t *data, size_t bytes);
} targets[] = {
#define FUZZ(name, what) {"fuzz_" #name, what, fuzz_##name},
#include "targets.def"
#undef FUZZ
};

static const struct target *chosen;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

void fuzz_fail(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    const char *slash = strrchr((*argv)[0], '/');
    const char *name = slash ? slash + 1 : (*argv)[0];
    json_start();
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        if (strcmp(targets[i].name, name) == 0) {
            chosen = &targets[i];
            return 0;
        }
    }
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        printf("%-20s %s\n", targets[i].name, targets[i].what);
    }
    exit(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    return chosen->run(data, bytes);
}
