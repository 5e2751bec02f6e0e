/* libFuzzer: files of time zones, which come from the system and not from us. The first byte says
 * how the rest makes one: as a whole file, as the footer of a small one, or as bytes to put into a
 * real one. What is read must then answer for any time. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/zone.h"
#include "fuzz.h"

#define SYSTEM "/usr/share/zoneinfo"

enum { FILE_BYTES = 65536 };

static char folder[] = "/tmp/fuzz_zone.XXXXXX";
static char file[64];
static uint8_t real[FILE_BYTES];
static size_t real_bytes;

static void clear(void)
{
    char path[128];
    for (int i = 0; zone_names[i]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, zone_names[i]);
        unlink(path);
        *strrchr(path, '/') = '\0';
        rmdir(path);
    }
    unlink(file);
    rmdir(folder);
}

/* Every zone is the same file. */
static void open_folder(void)
{
    char path[128];
    check(mkdtemp(folder) != NULL);
    snprintf(file, sizeof file, "%s/file", folder);
    for (int i = 0; zone_names[i]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, zone_names[i]);
        char *slash = strrchr(path, '/');
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
        check(symlink(file, path) == 0);
    }
    FILE *paris = fopen(SYSTEM "/Europe/Paris", "rb");
    check(paris != NULL);
    real_bytes = fread(real, 1, sizeof real, paris);
    fclose(paris);
    atexit(clear);
}

/* One type, no transition, in both blocks. */
static size_t with_footer(uint8_t *out, const uint8_t *text, size_t bytes)
{
    static const char block[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
                                "\0\0\16\20\0\0CET";
    size_t length = 0;
    for (int i = 0; i < 2; i++) {
        memcpy(out + length, block, sizeof block);
        length += sizeof block;
    }
    out[length++] = '\n';
    memcpy(out + length, text, bytes);
    length += bytes;
    out[length++] = '\n';
    return length;
}

static size_t patched(uint8_t *out, const uint8_t *patches, size_t bytes)
{
    memcpy(out, real, real_bytes);
    for (size_t i = 0; i + 2 < bytes; i += 3) {
        out[((size_t)patches[i] << 8 | patches[i + 1]) % real_bytes] = patches[i + 2];
    }
    return real_bytes;
}

static size_t make(uint8_t *out, const uint8_t *data, size_t bytes)
{
    if (*data % 3 == 1) {
        return with_footer(out, data + 1, bytes - 1);
    }
    if (*data % 3 == 2) {
        return patched(out, data + 1, bytes - 1);
    }
    memcpy(out, data + 1, bytes - 1);
    return bytes - 1;
}

static void ask(const struct zone *zone, int64_t at_ms)
{
    struct local_time local = zone_local(zone, at_ms);
    check(local.month >= 1 && local.month <= 12 && local.day >= 1 && local.day <= 31);
    check(local.hour >= 0 && local.hour < 24 && local.minute >= 0 && local.minute < 60);
    check(local.second >= 0 && local.second < 60 && local.weekday >= 0 && local.weekday < 7);
    check(strlen(local.abbr) < 256);
    check(zone_next_change(zone, at_ms) > at_ms);
    int64_t back = zone_instant(zone, &local);
    check(back - at_ms < INT64_C(200000000) && at_ms - back < INT64_C(200000000));
}

static void ask_all(const struct zone *zone)
{
    static const int64_t first = -INT64_C(4000000000000), last = INT64_C(253402300799999);
    struct zone_yearly begin;
    struct zone_yearly end;
    ask(zone, 0);
    ask(zone, last);
    for (int64_t at = first; at < last; at += INT64_C(20000000000000)) {
        ask(zone, at);
    }
    int64_t change = first;
    for (int i = 0; i < 100 && change < last; i++) {
        int64_t next = zone_next_change(zone, change);
        check(next > change);
        change = next;
    }
    if (zone_yearly(zone, &begin, &end)) {
        check(begin.month >= 1 && begin.month <= 12 && begin.week >= 1 && begin.week <= 5);
        check(end.weekday >= 0 && end.weekday < 7 && end.time_s >= 0 && end.time_s < 86400);
    }
}

int fuzz_zone(const uint8_t *data, size_t bytes)
{
    static uint8_t made[FILE_BYTES];
    const char *missing = NULL;
    if (bytes == 0 || bytes > 8192) {
        return 0;
    }
    if (real_bytes == 0) {
        open_folder();
    }
    size_t length = make(made, data, bytes);
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    check(fd >= 0 && write(fd, made, length) == (ssize_t)length);
    close(fd);
    if (zones_load(folder, &missing)) {
        ask_all(zone_find("Europe/Paris"));
    }
    return 0;
}
