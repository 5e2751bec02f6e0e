/* The web client's files, embedded in the binary with their compressed forms (tools/list-assets).
 *
 * Owns: the files. Threads: constant. */
#ifndef BEFFROI_NET_ASSET_H
#define BEFFROI_NET_ASSET_H

#include <stdbool.h>
#include <stddef.h>

enum asset_encoding { ASSET_IDENTITY, ASSET_GZIP, ASSET_BR, ASSET_ENCODINGS };

struct asset_bytes {
    const char *start, *end; /* both NULL: not kept in this encoding */
};
struct asset {
    const char *path; /* "/app-3KX2M9QZ.js" */
    const char *type;
    const char *etag[ASSET_ENCODINGS]; /* quoted, one per encoding (RFC 9110 8.8.3.3) */
    bool immutable;                    /* its name holds a hash of it */
    struct asset_bytes bytes[ASSET_ENCODINGS];
};

/* Generated: sorted by path, asset_count may be 0. */
extern const struct asset assets[];
extern const size_t asset_count;

const struct asset *asset_find(const char *path); /* NULL if there is none */
/* The smallest form that `accept_encoding` (RFC 9110 12.5.3; NULL = none) allows. */
enum asset_encoding asset_choose(const struct asset *asset, const char *accept_encoding);
const char *asset_encoding_name(enum asset_encoding encoding); /* NULL for identity */
/* If-None-Match (RFC 9110 13.1.2) names this tag. */
bool etag_matches(const char *if_none_match, const char *etag);

#endif
