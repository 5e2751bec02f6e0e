/* Work put off to the end of a transaction. FTS5 writes out its pending words at each savepoint, so
 * a batch that indexed message by message paid for that once a message; at the end, once a batch.
 *
 * Each item knows how many savepoints were open around it: to undo one takes its own items back. So
 * the list always tells, exactly, what this transaction still owes. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/db_internal.h"

void db_defer(struct db *db, const struct sql *sql, int64_t id)
{
    struct deferred *list = &db->deferred;
    if (!db->writing) {
        db_fail(db, SQLITE_MISUSE, sql);
    }
    if (db->err != ERR_NONE) {
        return;
    }
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 64;
        list->items =
            mem_resize(list->items, mem_size(list->capacity, sizeof(struct deferred_item), 0));
    }
    list->items[list->count++] = (struct deferred_item){sql, id, db->savepoints};
}

bool db_is_deferred(const struct db *db, const struct sql *sql, int64_t id)
{
    const struct deferred *list = &db->deferred;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].sql == sql && list->items[i].id == id) {
            return true;
        }
    }
    return false;
}

/* Takes the first statement of the list, and its ids as a JSON array. */
static const struct sql *take_first(struct deferred *list, struct buf *ids)
{
    const struct sql *sql = list->items[0].sql;
    size_t kept = 0;
    buf_clear(ids);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].sql == sql) {
            buf_printf(ids, "%c%lld", ids->len ? ',' : '[', (long long)list->items[i].id);
        } else {
            list->items[kept++] = list->items[i];
        }
    }
    buf_add(ids, "]", sizeof "]");
    list->count = kept;
    return sql;
}

void db_run_deferred(struct db *db)
{
    struct buf ids;
    buf_init(&ids);
    if (db->savepoints > 0 && db->deferred.count > 0) {
        db_fail(db, SQLITE_MISUSE, db->deferred.items[0].sql);
    }
    while (db->deferred.count > 0 && db->err == ERR_NONE) {
        const struct sql *sql = take_first(&db->deferred, &ids);
        db_run(db, sql, ids.data);
    }
    buf_finish(&ids);
}

void deferred_release(struct db *db)
{
    struct deferred *list = &db->deferred;
    for (size_t i = list->count; i > 0 && list->items[i - 1].savepoints > db->savepoints; i--) {
        list->items[i - 1].savepoints = db->savepoints;
    }
}

void deferred_undo(struct db *db)
{
    struct deferred *list = &db->deferred;
    while (list->count > 0 && list->items[list->count - 1].savepoints > db->savepoints) {
        list->count--;
    }
}

void deferred_finish(struct db *db)
{
    free(db->deferred.items);
    db->deferred = (struct deferred){0};
}
