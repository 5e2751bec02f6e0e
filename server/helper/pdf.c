/* PDF, by pdftotext of poppler: the one reader that is a program, large and in another language, so
 * it gets a process and a filter of its own. Form feeds part its pages. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "helper/confine.h"
#include "helper/reader.h"

#define PROGRAM "/usr/bin/pdftotext"
enum { EXIT_NO_PROGRAM = 127 };

static _Noreturn void become_pdftotext(int fd, int output, pid_t parent)
{
    char last[16];
    const char *const environment[] = {"LC_ALL=C.UTF-8", NULL};
    const char *const arguments[] = {PROGRAM, "-q", "-enc", "UTF-8", "-eol", "unix",
                                     "-l",    last, "-",    "-",     NULL};
    snprintf(last, sizeof last, "%d", LIMIT_TEXT_PAGES);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || dup2(fd, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        lseek(STDIN_FILENO, 0, SEEK_SET) != 0) {
        _exit(EXIT_NO_PROGRAM);
    }
    close_range(STDERR_FILENO + 1, ~0U, 0);
    if (confine_program()) {
        execve(PROGRAM, mem_unconst(arguments), mem_unconst(environment));
    }
    _exit(EXIT_NO_PROGRAM);
}

int pdf_start(int fd, pid_t *pid_out)
{
    int ends[2];
    pid_t parent = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return -1;
    }
    *pid_out = fork();
    if (*pid_out == 0) {
        become_pdftotext(fd, ends[1], parent);
    }
    close(ends[1]);
    if (*pid_out < 0) {
        close(ends[0]);
        return -1;
    }
    return ends[0];
}

static void add_output(struct sink *sink, const char *data, size_t bytes)
{
    while (bytes > 0) {
        const char *feed = memchr(data, '\f', bytes);
        size_t piece = feed ? (size_t)(feed - data) : bytes;
        sink_add(sink, data, piece);
        if (feed) {
            sink_page(sink, sink->number + 1, "");
            piece++;
        }
        data += piece;
        bytes -= piece;
    }
}

enum pdf_end pdf_read(int output, pid_t pid, struct sink *sink)
{
    char piece[16384];
    ssize_t got = 1;
    while (got > 0 && !sink->full) {
        got = read(output, piece, sizeof piece);
        if (got > 0) {
            add_output(sink, piece, (size_t)got);
        }
    }
    sink_finish(sink);
    if (sink->full) {
        return PDF_READ; /* the rest is left out, with the process that writes it */
    }
    int status;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_PROGRAM) {
        return PDF_NO_PROGRAM;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? PDF_READ : PDF_BROKEN;
}
