/* The entries of records follow the records, at the end of the transaction, once for a whole batch:
 * their words leave the index as they were put in, the entries are made anew, and go in again. */
#include "club/entry.h"

/* ?1 a JSON array of rows that changed; `refs` are the entries that follow them. */
#define CHANGED "(SELECT value FROM json_each(?1))"
#define OUT(kind, refs)                                                                            \
    "INSERT INTO entry_fts (entry_fts, rowid, title, body) SELECT 'delete', id, title, body"       \
    " FROM entry WHERE kind = '" kind "' AND ref IN " refs
#define GONE(kind, refs)                                                                           \
    "DELETE FROM entry WHERE kind = '" kind "' AND ref IN " refs                                   \
    " AND ref NOT IN (SELECT ref FROM " kind "_entry WHERE owner IN " CHANGED ")"
#define KEPT(kind)                                                                                 \
    "INSERT INTO entry (kind, ref, title, body, at)"                                               \
    " SELECT '" kind "', ref, title, body, at FROM " kind "_entry WHERE owner IN " CHANGED         \
    " ON CONFLICT (kind, ref) DO UPDATE SET title = excluded.title, body = excluded.body,"         \
    " at = excluded.at"
#define IN(kind, refs)                                                                             \
    "INSERT INTO entry_fts (rowid, title, body) SELECT id, title, body FROM entry"                 \
    " WHERE kind = '" kind "' AND ref IN " refs " ORDER BY id"
#define MEMBERSHIPS "(SELECT id FROM membership WHERE person IN " CHANGED ")"

SQL(event_out, OUT("event", CHANGED));
SQL(event_gone, GONE("event", CHANGED));
SQL(event_kept, KEPT("event"));
SQL(event_in, IN("event", CHANGED));
SQL(resource_out, OUT("resource", CHANGED));
SQL(resource_gone, GONE("resource", CHANGED));
SQL(resource_kept, KEPT("resource"));
SQL(resource_in, IN("resource", CHANGED));
SQL(person_out, OUT("person", MEMBERSHIPS));
SQL(person_gone, GONE("person", MEMBERSHIPS));
SQL(person_kept, KEPT("person"));
SQL(person_in, IN("person", MEMBERSHIPS));
SQL(town_out, OUT("town", CHANGED));
SQL(town_gone, GONE("town", CHANGED));
SQL(town_kept, KEPT("town"));
SQL(town_in, IN("town", CHANGED));

enum { STEPS = 4 };

/* Put off together, they run in this order, each with all ids of the batch. */
void entry_changed(struct tx *tx, enum entry_kind kind, int64_t id)
{
    static const struct sql *const steps[][STEPS] = {
        [ENTRY_EVENT] = {&event_out, &event_gone, &event_kept, &event_in},
        [ENTRY_RESOURCE] = {&resource_out, &resource_gone, &resource_kept, &resource_in},
        [ENTRY_PERSON] = {&person_out, &person_gone, &person_kept, &person_in},
        [ENTRY_TOWN] = {&town_out, &town_gone, &town_kept, &town_in},
    };
    for (int i = 0; i < STEPS; i++) {
        db_defer(tx->db, steps[kind][i], id);
    }
}

SQL(pages_out,
    "INSERT INTO page_fts (page_fts, rowid, text)"
    " SELECT 'delete', " PAGE_ROW("blob", "number") ", text FROM blob_page WHERE blob = ?1");
SQL(pages_gone, "DELETE FROM blob_page WHERE blob = ?1");

void entry_drop_pages(struct tx *tx, int64_t blob)
{
    db_run(tx->db, &pages_out, blob);
    db_run(tx->db, &pages_gone, blob);
}
