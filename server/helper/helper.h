/* A process of its own that looks into what people bring: what a file is, the text inside it, an
 * image drawn anew.
 *
 * helper_start() forks it before any thread and any database; the server itself never forks.
 * The helper starts a child for each job, shut in before it reads a byte: no network, no file
 * but the descriptors it is given (and, of pdftotext, its libraries to read), bounded in memory,
 * time and output. A hostile file costs its own job.
 *
 * A NULL helper answers HELPER_GONE. Descriptors are borrowed, and their place in the file is
 * left alone.
 *
 * Owns: the helper process and the socket to it. Threads: any after start; calls wait for
 * their job, LIMIT_HELPER_JOBS run at once. Never: a path, SQLite. */
#ifndef BEFFROI_HELPER_HELPER_H
#define BEFFROI_HELPER_HELPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct helper;

enum helper_outcome {
    HELPER_DONE,
    HELPER_UNREADABLE, /* broken, encrypted, too large, endless: of the file's own doing */
    HELPER_GONE        /* the helper cannot be reached: not the file's fault, to be tried later */
};

/* Single-threaded, no database open yet. NULL: it could not be started, said in the log. */
struct helper *helper_start(void);
/* The same, with less time for a job than LIMIT_HELPER_S: for tests of what never ends. */
struct helper *helper_start_within(int job_ms);
/* What starts its process again was killed: what it would look into waits until the server is
 * started anew. Any thread; false for NULL. */
bool helper_gone(const struct helper *helper) __attribute__((warn_unused_result));
/* How often its process was killed from outside and started again: who waited for a job was told
 * HELPER_GONE. One thread; 0 for NULL. */
int64_t helper_restarts(struct helper *helper) __attribute__((warn_unused_result));
/* Calls under way return HELPER_GONE at once, and so does every later one. Any thread; NULL is
 * allowed. */
void helper_cancel(struct helper *helper);
/* Ends the process and waits for it; no call is under way. NULL is allowed. */
void helper_stop(struct helper *helper);

/* What the content of `fd` is, together with the file's name: a type of base/media.def, or
 * "application/octet-stream". `type_out` is a constant. */
enum helper_outcome helper_type(struct helper *helper, int fd, const char *name,
                                const char **type_out) __attribute__((warn_unused_result));

struct picture {
    int width, height; /* px, as drawn */
    const char *type;  /* of what was written, constant */
};
/* Draws the image of `fd` (of this type, shown as IMAGE) anew into `out_fd` (a file or memfd, which
 * is emptied), upright, no side longer than `side_px`, without anything but its pixels. The type
 * stays what it was. */
enum helper_outcome helper_redraw(struct helper *helper, int fd, const char *type, int side_px,
                                  int out_fd, struct picture *out)
    __attribute__((warn_unused_result));

enum text_unit { UNIT_NONE, UNIT_PAGE, UNIT_SLIDE, UNIT_SHEET };
struct text_page {
    /* From 1, growing; blank ones are left out. Of a page or slide its own; of a sheet, and of what
     * has no pages, that of a stretch of some thousand bytes. */
    int number;
    const char *name; /* of a sheet; "" */
    /* UTF-8, valid, no control character but line feeds; at most LIMIT_PAGE_TEXT_BYTES. */
    const char *text;
};
/* The text inside, each page passed to `page` in order; borrowed during the call. At most
 * LIMIT_TEXT_PAGES; beyond it, and beyond LIMIT_TEXT_BYTES in all, the rest is left out.
 * HELPER_UNREADABLE: what was passed before is to be forgotten. */
enum helper_outcome helper_text(struct helper *helper, int fd, const char *type,
                                enum text_unit *unit_out,
                                void (*page)(void *context, const struct text_page *page),
                                void *context) __attribute__((warn_unused_result));

#endif
