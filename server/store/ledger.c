#include "store/ledger.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/limits.h"
#include "base/log.h"

enum { LINE_BYTES = 128, WORD_BYTES = 24 };
#define UNFINISHED " #\n"

/* --- appending -------------------------------------------------------------------------------- */

/* A line that a power cut left unfinished is ended first, with a mark: it must not swallow the
 * next. */
static bool ends_a_line(int fd)
{
    char last;
    off_t bytes = lseek(fd, 0, SEEK_END);
    return bytes == 0 || (bytes > 0 && pread(fd, &last, 1, bytes - 1) == 1 && last == '\n');
}

static bool write_line(int fd, const struct ledger_entry *entry)
{
    char line[LINE_BYTES], date[32];
    time_t at = (time_t)(entry->at_ms / MS_PER_SECOND);
    struct tm utc;
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&at, &utc));
    int bytes = snprintf(line, sizeof line, "%s%s %s %lld %s\n", ends_a_line(fd) ? "" : UNFINISHED,
                         date, entry->kind, (long long)entry->id, entry->how);
    return bytes > 0 && bytes < (int)sizeof line && write(fd, line, (size_t)bytes) == bytes &&
           fsync(fd) == 0;
}

enum err ledger_append(const char *path, const struct ledger_entry *entry)
{
    if (!path) {
        return ERR_NONE;
    }
    int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    /* Each time: whoever made the file may have been killed before its folder was synced. */
    bool written = fd >= 0 && write_line(fd, entry) && folder_sync_of(path);
    if (fd >= 0) {
        close(fd);
    }
    if (!written) {
        log_event(LOG_READ_ONLY, LOG_W("file", "erasures"));
    }
    return written ? ERR_NONE : ERR_READ_ONLY;
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool read_line(char *line, struct ledger_entry *out, char *kind, char *how)
{
    struct tm utc = {0};
    long long id;
    const char *rest = strptime(line, "%Y-%m-%dT%H:%M:%SZ", &utc);
    if (!rest || sscanf(rest, " %23s %18lld %23s", kind, &id, how) != 3 || id <= 0) {
        return false;
    }
    *out = (struct ledger_entry){(int64_t)timegm(&utc) * MS_PER_SECOND, kind, id, how};
    return true;
}

static bool ends_with(const char *line, const char *end)
{
    size_t bytes = strlen(line), end_bytes = strlen(end);
    return bytes >= end_bytes && strcmp(line + bytes - end_bytes, end) == 0;
}

/* Sectors that a power cut left unwritten hold zeros, or what was on the disk before. */
static bool is_printed(const char *line, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if ((unsigned char)line[i] < ' ' || (unsigned char)line[i] > '~') {
            return i + 1 == bytes && line[i] == '\n';
        }
    }
    return true;
}

enum line_kind { LINE_WHOLE, LINE_TORN, LINE_FOREIGN };

struct reading {
    void (*see)(void *context, const struct ledger_entry *entry);
    void *context;
    enum line_kind last;
};

static enum line_kind line_kind(char *line, size_t bytes, struct reading *reading)
{
    char kind[WORD_BYTES], how[WORD_BYTES];
    struct ledger_entry entry;
    if (!is_printed(line, bytes) || !ends_with(line, "\n") || ends_with(line, UNFINISHED)) {
        return LINE_TORN;
    }
    if (!read_line(line, &entry, kind, how)) {
        /* What lay on the disk may hold the end of a line too. */
        return reading->last == LINE_TORN ? LINE_TORN : LINE_FOREIGN;
    }
    if (reading->last != LINE_FOREIGN) {
        reading->see(reading->context, &entry);
    }
    return LINE_WHOLE;
}

static enum err read_all(FILE *file, struct reading *reading)
{
    char *line = NULL;
    size_t room = 0;
    enum err err = ERR_NONE;
    for (ssize_t bytes; !err && (bytes = getline(&line, &room, file)) >= 0;) {
        enum line_kind kind = line_kind(line, (size_t)bytes, reading);
        bool foreign = reading->last == LINE_FOREIGN && kind != LINE_TORN;
        err = foreign ? ERR_CONFLICT : ERR_NONE;
        reading->last = kind;
    }
    free(line);
    err = err || reading->last != LINE_FOREIGN ? err : ERR_CONFLICT;
    return ferror(file) ? ERR_READ_ONLY : err;
}

enum err ledger_each(const char *path, void (*see)(void *context, const struct ledger_entry *entry),
                     void *context)
{
    FILE *file = fopen(path, "re");
    if (!file) {
        return access(path, F_OK) != 0 ? ERR_NONE : ERR_READ_ONLY;
    }
    struct reading reading = {see, context, LINE_WHOLE};
    enum err err = read_all(file, &reading);
    fclose(file);
    return err;
}
