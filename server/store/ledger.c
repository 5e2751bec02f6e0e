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
    if (!rest || sscanf(rest, " %23s %lld %23s", kind, &id, how) != 3 || id <= 0) {
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

static enum err read_all(FILE *file, void (*see)(void *, const struct ledger_entry *),
                         void *context)
{
    char line[LINE_BYTES], kind[WORD_BYTES], how[WORD_BYTES];
    struct ledger_entry entry;
    while (fgets(line, sizeof line, file)) {
        bool finished = ends_with(line, "\n") && !ends_with(line, UNFINISHED);
        if (finished && !read_line(line, &entry, kind, how)) {
            return ERR_CONFLICT;
        }
        if (finished) {
            see(context, &entry);
        }
    }
    return ferror(file) ? ERR_READ_ONLY : ERR_NONE;
}

enum err ledger_each(const char *path, void (*see)(void *context, const struct ledger_entry *entry),
                     void *context)
{
    FILE *file = fopen(path, "re");
    if (!file) {
        return access(path, F_OK) != 0 ? ERR_NONE : ERR_READ_ONLY;
    }
    enum err err = read_all(file, see, context);
    fclose(file);
    return err;
}
