/* What a content is, by libmagic and, of a zip, by its members.
 *
 * Owns: libmagic's tables, read once. Threads: one. */
#ifndef BEFFROI_HELPER_SNIFF_H
#define BEFFROI_HELPER_SNIFF_H

#include <stdbool.h>

/* Reads libmagic's tables. false: they are not installed. */
bool sniff_open(void) __attribute__((warn_unused_result));
/* A media type, valid until the next call; NULL: it cannot be read. */
const char *sniff_type(int fd);

#endif
