/* A file that a query answers with: over HTTP its body as it is, over JSON-RPC the same as text.
 *
 * Owns nothing. Threads: the tx's. */
#ifndef BEFFROI_CLUB_DOCUMENT_H
#define BEFFROI_CLUB_DOCUMENT_H

#include "wire/field.h"

struct document {
    const char *type; /* "text/csv; charset=utf-8; header=present" */
    const char *name; /* of the file, in UTF-8, without a folder: "Présences - Atelier.csv" */
    const char *body; /* UTF-8 */
};
extern const struct field document_fields[]; /* "Document" */

struct tx;
/* A name that any system takes: what it may not hold becomes '-'. */
const char *document_name(struct tx *tx, const char *name, const char *extension);

#endif
