/* describe: what the server says of itself, for the files made from it. */
#include <stdio.h>
#include <string.h>

#include "club/describe.h"
#include "main/verbs.h"

static const struct {
    const char *name;
    void (*write)(struct buf *buf);
} documents[] = {
    {"openapi", describe_openapi},
    {"asyncapi", describe_asyncapi},
    {"typescript", describe_typescript},
    {"reference", describe_reference},
};

int describe_run(const struct verb *verb, int argc, char **argv)
{
    for (size_t i = 0; argc == 1 && i < sizeof documents / sizeof *documents; i++) {
        if (strcmp(documents[i].name, argv[0]) == 0) {
            struct buf buf;
            buf_init(&buf);
            documents[i].write(&buf);
            bool written = fwrite(buf.data, 1, buf.len, stdout) == buf.len && !fflush(stdout);
            buf_finish(&buf);
            return written ? EXIT_OK : EXIT_REFUSED;
        }
    }
    return usage_error(verb, "which document?");
}
