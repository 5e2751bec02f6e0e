/* Every unit test in one program, which knows by its name which one it is: it is linked once, and
 * has a link for each. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define UNIT(name) int name##_main(void);
#include "units.inc"
#undef UNIT

static const struct {
    const char *name;
    int (*main)(void);
} units[] = {
#define UNIT(name) {#name, name##_main},
#include "units.inc"
};

int main(void)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(units[i].name, program_invocation_short_name) == 0) {
            return units[i].main();
        }
    }
    fprintf(stderr, "%s: no test of this name\n", program_invocation_short_name);
    return 2;
}
