#include "club/unread.h"

#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)

SQL(position_get, "SELECT position FROM reading WHERE person = ?1 AND channel = ?2");

/* ?1 person, ?2 channel, ?3 position. Roles are those of the whole Club and of a guest here. */
SQL(unread_count,
    "SELECT count(*), total(mentioned) FROM (SELECT EXISTS ("
    "SELECT 1 FROM mention x WHERE x.message = m.id AND (x.kind = 'all'"
    " OR (x.kind = 'person' AND x.target = CAST(?1 AS TEXT))"
    " OR (x.kind = 'role' AND x.target IN (SELECT s.role FROM membership s JOIN channel c"
    " ON c.club = s.club AND c.id = ?2 WHERE s.person = ?1 AND s.active = 1"
    " AND (s.channel IS NULL OR s.channel = ?2))))) AS mentioned"
    " FROM message m WHERE m.channel = ?2 AND m.thread IS NULL AND m.id > ?3"
    " AND m.deleted_at IS NULL AND m.author IS NOT ?1"
    " ORDER BY m.id DESC LIMIT " TEXT(LIMIT_UNREAD) ")");

struct unread unread_of(struct tx *tx, int64_t person, int64_t channel)
{
    struct unread unread = {.position = db_int(tx->db, &position_get, 0, person, channel)};
    struct rows rows = db_select(tx->db, &unread_count, person, channel, unread.position);
    if (rows_next(&rows)) {
        unread.unread = rows_int(&rows, 0);
        unread.mentions = rows_int(&rows, 1);
        rows_end(&rows);
    }
    return unread;
}
