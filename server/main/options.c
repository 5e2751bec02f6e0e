#include "main/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void verb_help(const struct verb *verb)
{
    printf("Usage: beffroi %s %s\n\n%s\n", verb->name, verb->usage, verb->summary);
    if (verb->help) {
        printf("\n%s", verb->help);
    }
    printf("\nExit: 0 done, 1 refused, 2 wrong usage%s.\n",
           strcmp(verb->name, "check") == 0 ? ", 3 damage found" : "");
}

int usage_error(const struct verb *verb, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("beffroi: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\nUsage: beffroi %s %s\n", verb->name, verb->usage);
    return EXIT_USAGE;
}

int refuse(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("beffroi: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return EXIT_REFUSED;
}

static const struct option *find(const struct option *options, const char *name, size_t bytes)
{
    for (; options->name; options++) {
        if (strlen(options->name) == bytes && strncmp(options->name, name, bytes) == 0) {
            return options;
        }
    }
    return NULL;
}

/* One `--name`, `--name=value` or `--name value`; returns the words used, 0 if wrong. */
static int take_option(const struct verb *verb, char **argv, const struct option *options)
{
    const char *name = argv[0] + 2;
    const char *equals = strchr(name, '=');
    const struct option *option =
        find(options, name, equals ? (size_t)(equals - name) : strlen(name));
    if (!option) {
        usage_error(verb, "unknown option %s", argv[0]);
        return 0;
    }
    if (option->flag && equals) {
        usage_error(verb, "--%s takes no value", option->name);
        return 0;
    }
    if (option->flag) {
        *option->flag = true;
        return 1;
    }
    if (equals) {
        *option->value = equals + 1;
        return 1;
    }
    if (!argv[1]) {
        usage_error(verb, "%s needs a value", argv[0]);
        return 0;
    }
    *option->value = argv[1];
    return 2;
}

bool options_parse(const struct verb *verb, int argc, char **argv, const struct option *options,
                   const char **words, int max)
{
    int count = 0;
    for (int i = 0; i < argc;) {
        if (strncmp(argv[i], "--", 2) == 0) {
            int used = take_option(verb, argv + i, options);
            if (!used) {
                return false;
            }
            i += used;
        } else if (count < max) {
            words[count++] = argv[i++];
        } else {
            usage_error(verb, "unexpected word \"%s\"", argv[i]);
            return false;
        }
    }
    return true;
}
