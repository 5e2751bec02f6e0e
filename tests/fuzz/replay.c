/* Stands for libFuzzer where there is none (`make cover`): gives a fuzzer each file of the folders
 * named, once. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

enum { INPUT_BYTES = 1 << 20 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void replay(const char *path)
{
    static uint8_t input[INPUT_BYTES];
    FILE *file = fopen(path, "rb");
    check(file != NULL);
    size_t bytes = fread(input, 1, sizeof input, file);
    fclose(file);
    LLVMFuzzerTestOneInput(input, bytes);
}

int main(int argc, char **argv)
{
    char path[1024];
    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        check(folder != NULL);
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            if (entry->d_name[0] != '.') {
                snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
                replay(path);
            }
        }
        closedir(folder);
    }
    return 0;
}
