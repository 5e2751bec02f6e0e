/* The readers of text: each takes a content and fills a sink.
 *
 * The content comes by a function, so that a fuzzer can give it from memory.
 *
 * Owns nothing. Threads: one. */
#ifndef BEFFROI_HELPER_READER_H
#define BEFFROI_HELPER_READER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/media.h"
#include "helper/sink.h"

struct content {
    int fd;                    /* -1: of memory */
    const unsigned char *data; /* of memory */
    int64_t bytes;
};

/* Of an open file. false: its size cannot be told. */
bool content_of(int fd, struct content *content_out) __attribute__((warn_unused_result));
/* Up to `bytes` at `offset`; 0 at the end, -1 on an error. */
ssize_t content_read(const struct content *content, int64_t offset, void *out, size_t bytes);

/* What the pages of a content of this type are. */
enum text_unit reader_unit(const char *type);

/* UTF-8, UTF-16 or Windows-1252 (which is then taken for granted). false: it cannot be read. */
bool plain_read(const struct content *content, struct sink *sink)
    __attribute__((warn_unused_result));
/* A zip of XML of one of the six office types. false: broken, encrypted, or past its bounds. */
bool office_read(const struct content *content, const char *type, struct sink *sink)
    __attribute__((warn_unused_result));

/* Which of the six types a zip is, by its members: libmagic only knows them in the order and layout
 * that most programs write. One with macros is application/octet-stream; NULL: none of them. */
const char *office_type(const struct content *content);

/* pdftotext, in a process of its own that is shut in: started before this one is, read after. -1:
 * it cannot be started. */
int pdf_start(int fd, pid_t *pid_out) __attribute__((warn_unused_result));
enum pdf_end { PDF_READ, PDF_BROKEN, PDF_NO_PROGRAM };
enum pdf_end pdf_read(int output, pid_t pid, struct sink *sink) __attribute__((warn_unused_result));

#endif
