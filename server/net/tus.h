/* The words of tus 1.0.0 (https://tus.io/protocols/resumable-upload): what its headers say.
 *
 * Owns nothing. Threads: any. */
#ifndef BEFFROI_NET_TUS_H
#define BEFFROI_NET_TUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#define TUS_VERSION "1.0.0"

/* Upload-Length, Upload-Offset: decimal digits alone. false: no such number. */
bool tus_number(const char *value, int64_t *out);
/* The value of `key` in Upload-Metadata: pairs of a key and a text in base64, apart by commas.
 * NULL: it is not there, is not base64 or not UTF-8, has a NUL, or is empty. */
const char *tus_metadata(const char *header, const char *key, struct arena *arena);

#endif
