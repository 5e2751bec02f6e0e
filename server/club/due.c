#include "club/due.h"

#include "store/memo.h"

SQL(put, "INSERT OR REPLACE INTO due (command, object, at) VALUES (?1, ?2, ?3)");
SQL(forget, "DELETE FROM due WHERE command = ?1 AND object = ?2");

void due_forget(struct db *db, const struct command *command, int64_t object)
{
    db_run(db, &forget, command->name, object);
}

void due_set(struct tx *tx, const struct command *command, int64_t object, int64_t at_ms)
{
    if (at_ms == INT64_MAX) {
        due_forget(tx->db, command, object);
    } else {
        db_run(tx->db, &put, command->name, object, at_ms);
    }
}

SQL(next_at, "SELECT min(at) FROM due");

int64_t due_next_at(struct db *db)
{
    return memo_number_of(memo_row_of(db, &next_at, NULL, 0), INT64_MAX);
}

SQL(next, "SELECT command, object FROM due WHERE at <= ?1 ORDER BY at LIMIT 1");
SQL(forget_first, "DELETE FROM due WHERE (command, object) IN"
                  " (SELECT command, object FROM due WHERE at <= ?1 ORDER BY at LIMIT 1)");

const struct command *due_next(struct db *db, int64_t now_ms, int64_t *object_out)
{
    for (;;) {
        struct rows rows = db_select(db, &next, now_ms);
        if (!rows_next(&rows)) {
            return NULL;
        }
        const struct command *command = command_find(rows_text(&rows, 0));
        *object_out = rows_int(&rows, 1);
        rows_end(&rows);
        if (command) {
            return command;
        }
        db_run(db, &forget_first, now_ms);
    }
}
