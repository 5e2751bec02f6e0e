#include "club/audiences.h"

void audiences_add(struct tx *tx, enum audience_kind kind, const struct ids *ids, struct ids *out)
{
    for (size_t i = 0; i < ids->count; i++) {
        int64_t audience = audience_pack(kind, ids->items[i]);
        ARENA_PUSH(tx->arena, out, audience);
    }
}

void audiences_tell(struct tx *tx, const struct fact *fact, const struct ids *audiences,
                    int64_t entity)
{
    for (size_t i = 0; i < audiences->count; i++) {
        fact_note(tx, fact, audiences->items[i], entity);
    }
}

static bool is_among(const struct ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (ids->items[i] == id) {
            return true;
        }
    }
    return false;
}

void audiences_tell_gone(struct tx *tx, const struct fact *fact, const struct ids *before,
                         const struct ids *after, int64_t entity)
{
    for (size_t i = 0; i < before->count; i++) {
        if (!is_among(after, before->items[i])) {
            fact_note(tx, fact, before->items[i], entity);
        }
    }
}
