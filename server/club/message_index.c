/* The row of a message in the full-text index, which must change with its words.
 *
 * It is added at the end of the transaction, with those of the whole batch. What waits for that is
 * not in the index yet: there is nothing to remove, and the words it has by then are the ones that
 * go in. */
#include "club/message.h"

SQL(index_add, "INSERT INTO message_fts (rowid, body, scope)"
               " SELECT id, body, scope FROM message_text"
               " WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id");
SQL(index_drop, "INSERT INTO message_fts (message_fts, rowid, body, scope)"
                " SELECT 'delete', id, body, scope FROM message_text WHERE id = ?1");

void message_index(struct tx *tx, int64_t message)
{
    db_defer(tx->db, &index_add, message);
}

void message_unindex(struct tx *tx, int64_t message)
{
    if (!db_is_deferred(tx->db, &index_add, message)) {
        db_run(tx->db, &index_drop, message);
    }
}
