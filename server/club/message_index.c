/* The row of a message in the full-text index, which must change with its words. */
#include "club/message.h"

SQL(index_add, "INSERT INTO message_fts (rowid, body, scope)"
               " SELECT id, body, scope FROM message_text WHERE id = ?1");
SQL(index_drop, "INSERT INTO message_fts (message_fts, rowid, body, scope)"
                " SELECT 'delete', id, body, scope FROM message_text WHERE id = ?1");

void message_index(struct tx *tx, int64_t message)
{
    db_run(tx->db, &index_add, message);
}

void message_unindex(struct tx *tx, int64_t message)
{
    db_run(tx->db, &index_drop, message);
}
