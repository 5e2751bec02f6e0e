/* Content-Disposition (RFC 6266): whether a file is shown or saved, and under which name.
 *
 * Owns nothing. Threads: any. */
#ifndef BEFFROI_NET_DISPOSITION_H
#define BEFFROI_NET_DISPOSITION_H

#include <stdbool.h>

#include "base/arena.h"

/* The name in ASCII for old readers, then as it is; no character of it can end its parameter. */
const char *disposition_text(struct arena *arena, bool is_saved, const char *name);

#endif
