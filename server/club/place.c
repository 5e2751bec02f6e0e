#include "club/place.h"

#include <stdlib.h>

enum err place_read(struct tx *tx, const char *cursor, struct place first, struct place *out)
{
    *out = first;
    if (!cursor) {
        return ERR_NONE;
    }
    char *end = NULL;
    out->key = strtoll(cursor, &end, 10);
    bool good = end > cursor && *end == '-';
    const char *id = good ? end + 1 : cursor;
    out->id = good ? strtoll(id, &end, 10) : 0;
    if (!good || end == id || *end != '\0') {
        return tx_fail(tx, ERR_TYPE, "cursor",
                       PHRASE("le « next » d'une page", "the \"next\" of a page"));
    }
    return ERR_NONE;
}

const char *place_write(struct tx *tx, struct place place)
{
    return arena_printf(tx->arena, "%lld-%lld", (long long)place.key, (long long)place.id);
}
