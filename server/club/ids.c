#include "club/ids.h"

#include "club/access.h"
#include "club/audience.h"
#include "wire/json.h"

void ids_read(struct tx *tx, struct rows rows, struct ids *out)
{
    while (rows_next(&rows)) {
        ARENA_PUSH(tx->arena, out, rows_int(&rows, 0));
    }
}

void ids_add(struct tx *tx, const struct list *list, struct ids *out)
{
    const int64_t *items = list->items;
    for (size_t i = 0; i < list->count; i++) {
        ARENA_PUSH(tx->arena, out, items[i]);
    }
}

const char *ids_json(struct tx *tx, const struct ids *ids)
{
    struct buf buf;
    buf_init(&buf);
    buf_add(&buf, "[", 1);
    for (size_t i = 0; i < ids->count; i++) {
        if (i > 0) {
            buf_add(&buf, ",", 1);
        }
        json_int(&buf, ids->items[i]);
    }
    buf_add(&buf, "]", 1);
    const char *json = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return json;
}

void ids_of_readable(struct tx *tx, int64_t club, struct ids *out)
{
    struct standing_list standings = {0};
    standings_of_person(tx, tx->actor.person, &standings);
    standings_merge(&standings);
    for (size_t i = 0; i < standings.count; i++) {
        const struct standing *standing = &standings.items[i];
        bool channel = audience_kind(standing->audience) == AUDIENCE_CHANNEL;
        bool wanted = club == 0 || standing->club == club;
        if (channel && wanted && (reasons_can(standing->reasons) & CAN_READ)) {
            ARENA_PUSH(tx->arena, out, audience_id(standing->audience));
        }
    }
}
