/* An answer that is a file: calendars, feeds, sheets.
 *
 * A query whose `out` is document_fields gives one. With a `path` beside its name it is read by GET
 * as well, as the file itself; over JSON-RPC it stays a JSON object like any answer.
 *
 * Threads: constant. */
#ifndef BEFFROI_CLUB_DOCUMENT_H
#define BEFFROI_CLUB_DOCUMENT_H

#include "wire/field.h"

struct document {
    const char *type; /* media type, with its charset */
    const char *name; /* of the file, to be saved under; NULL: it is to be read in place */
    const char *body; /* UTF-8 */
    bool is_public;   /* the same for everybody: others may keep it for some minutes */
};
extern const struct field document_fields[];

#endif
