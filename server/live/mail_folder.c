#include "live/mail_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/log.h"
#include "base/str.h"
#include "club/mail.h"

enum { HEAD_BYTES = 4096 /* the recipient is among the first headers */ };

/* --- writing ---------------------------------------------------------------------------------- */

static bool write_all(int fd, const struct buf *message)
{
    size_t done = 0;
    while (done < message->len) {
        ssize_t n = write(fd, message->data + done, message->len - done);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

bool mail_folder_write(const char *dir, int64_t id, const struct buf *message)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/mail", dir);
    if ((mkdir(path, 0700) != 0 && errno != EEXIST) || !folder_sync_of(path)) {
        return false;
    }
    snprintf(path, sizeof path, "%s/mail/%06lld.eml", dir, (long long)id);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return false;
    }
    bool written = write_all(fd, message);
    return close(fd) == 0 && written && folder_sync_of(path);
}

/* --- sweeping --------------------------------------------------------------------------------- */

static bool is_letter(const char *name)
{
    size_t digits = strspn(name, "0123456789");
    return digits > 0 && str_equal(name + digits, ".eml");
}

/* The address after "To: ", cut out of `head`; NULL where a power cut left none: such a letter was
 * not sent, and is written again if it still waits. */
static const char *recipient_of(char *head)
{
    char *start = strstr(head, "\r\nTo: ");
    start = start ? start + strlen("\r\nTo: ") : NULL;
    char *end = start ? strstr(start, "\r\n") : NULL;
    if (end) {
        *end = '\0';
    }
    return end ? start : NULL;
}

/* A snapshot each: one held over a full folder would hold up every reader (store/gate.h). */
static bool is_nobody(struct db *db, const char *recipient)
{
    bool known = db_begin_read(db) != ERR_NONE || mail_is_somebody(db, recipient);
    bool told = db_error(db) == ERR_NONE;
    db_rollback(db);
    return told && !known;
}

static bool is_to_go(int folder, const char *name, struct db *db)
{
    char head[HEAD_BYTES + 1];
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t bytes = fd < 0 ? -1 : read(fd, head, HEAD_BYTES);
    if (fd >= 0) {
        close(fd);
    }
    if (bytes < 0) {
        return false;
    }
    head[bytes] = '\0';
    const char *recipient = recipient_of(head);
    return !recipient || is_nobody(db, recipient);
}

static int64_t remove_letters(DIR *folder, struct db *db, const atomic_bool *stopping)
{
    int64_t removed = 0;
    for (struct dirent *entry; !atomic_load(stopping) && (entry = readdir(folder));) {
        if (is_letter(entry->d_name) && is_to_go(dirfd(folder), entry->d_name, db)) {
            removed += unlinkat(dirfd(folder), entry->d_name, 0) == 0;
        }
    }
    return removed;
}

void mail_folder_sweep(const char *dir, struct db *db, const atomic_bool *stopping)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/mail", dir);
    DIR *folder = opendir(path);
    if (!folder) {
        return; /* none was ever written */
    }
    int64_t removed = remove_letters(folder, db, stopping);
    if (removed > 0) {
        fsync(dirfd(folder));
        log_event(LOG_MAIL, LOG_W("step", "erased"), LOG_N("letters", removed));
    }
    closedir(folder);
}
