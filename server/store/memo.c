#include "store/memo.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "store/db_internal.h"

struct memo_value {
    int64_t number;
    const char *text; /* behind the values, in the same piece of memory */
    bool is_null;
};
struct memo {
    int64_t asked[MEMO_VALUES];
    int columns; /* 0: there is no such row */
    struct memo_value values[];
};

/* --- what a statement touches -------------------------------------------------------------------
 */

static int table_index(struct db *db, const char *name)
{
    struct tables *tables = &db->tables;
    for (int i = 0; i < tables->count; i++) {
        if (strcmp(tables->names[i], name) == 0) {
            return i;
        }
    }
    if (tables->count == TABLES_KNOWN - 1) {
        return TABLES_KNOWN - 1; /* stands for all that have no place of their own */
    }
    tables->names[tables->count] = arena_strdup(&db->arena, name);
    return tables->count++;
}

static void add_table(struct db *db, struct table_set *set, const char *name)
{
    int index = table_index(db, name);
    set->bits[index / 64] |= UINT64_C(1) << (index % 64);
}

/* SQLite's authorizer, asked about everything a statement does while it is prepared, triggers and
 * what references do included: it allows all, and takes notes
 * (https://www.sqlite.org/c3ref/set_authorizer.html). */
int memo_note_tables(void *context, int action, const char *table, const char *column,
                     const char *database, const char *trigger)
{
    (void)column;
    (void)database;
    (void)trigger;
    struct db *db = context;
    if (!db->preparing || !table) {
        return SQLITE_OK;
    }
    if (action == SQLITE_READ) {
        add_table(db, &db->preparing->reads, table);
    } else if (action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE) {
        add_table(db, &db->preparing->writes, table);
        db->preparing->is_write = true;
    }
    return SQLITE_OK;
}

void memo_written(struct db *db, const struct statement *statement)
{
    db->writes++;
    for (int word = 0; word < TABLE_WORDS; word++) {
        for (uint64_t bits = statement->writes.bits[word]; bits; bits &= bits - 1) {
            db->tables.written[word * 64 + __builtin_ctzll(bits)] = db->writes;
        }
    }
}

void memo_all_written(struct db *db)
{
    db->all_written = ++db->writes;
}

static int64_t last_written(const struct db *db, const struct table_set *set)
{
    int64_t last = db->all_written;
    for (int word = 0; word < TABLE_WORDS; word++) {
        for (uint64_t bits = set->bits[word]; bits; bits &= bits - 1) {
            int64_t written = db->tables.written[word * 64 + __builtin_ctzll(bits)];
            last = written > last ? written : last;
        }
    }
    return last;
}

/* --- keeping ------------------------------------------------------------------------------------
 */

void memo_forget(struct statement *statement)
{
    int64_t key;
    size_t index = 0;
    struct memo *memo;
    while ((memo = map_next(&statement->memos, &index, &key))) {
        free(memo);
    }
    map_finish(&statement->memos);
}

/* Two that share a key take each other's place: `asked` tells them apart. */
static int64_t key_of(const int64_t asked[MEMO_VALUES])
{
    uint64_t key = 0;
    for (int i = 0; i < MEMO_VALUES; i++) {
        key = (key ^ (uint64_t)asked[i]) * UINT64_C(0x9e3779b97f4a7c15);
        key ^= key >> 29;
    }
    return (int64_t)key;
}

static size_t text_bytes(const struct rows *rows, int column)
{
    return sqlite3_column_type(rows_handle(rows), column) == SQLITE_TEXT
               ? (size_t)sqlite3_column_bytes(rows_handle(rows), column) + 1
               : 0;
}

static struct memo *copy_row(const struct rows *rows, int columns)
{
    size_t bytes = 0;
    for (int i = 0; i < columns; i++) {
        bytes += text_bytes(rows, i);
    }
    struct memo *memo = mem_resize(
        NULL, mem_size((size_t)columns, sizeof(struct memo_value), sizeof(struct memo) + bytes));
    char *text = (char *)&memo->values[columns];
    memo->columns = columns;
    for (int i = 0; i < columns; i++) {
        size_t length = text_bytes(rows, i);
        memo->values[i] =
            (struct memo_value){rows_int(rows, i), length ? text : NULL, rows_is_null(rows, i)};
        if (length) {
            memcpy(text, rows_text(rows, i), length);
        }
        text += length;
    }
    return memo;
}

/* What the database says, as a row of its own; NULL after an error. */
static struct memo *read_row(struct db *db, const struct sql *sql, const struct db_value *values,
                             int count)
{
    struct memo *memo = NULL;
    struct rows rows = db_select_values(db, sql, values, count);
    if (rows_next(&rows)) {
        memo = copy_row(&rows, sqlite3_column_count(rows_handle(&rows)));
    } else if (db->err == ERR_NONE) {
        memo = mem_resize(NULL, sizeof *memo);
        memo->columns = 0;
    }
    rows_end(&rows);
    return memo;
}

static void keep(struct statement *statement, int64_t key, struct memo *memo)
{
    if (statement->memos.count >= LIMIT_MEMO_ROWS) {
        memo_forget(statement);
    }
    free(map_get(&statement->memos, key));
    map_put(&statement->memos, key, memo);
}

/* false: it has too many values to be told from others by, or one that is no number. */
static bool ask(int64_t asked[MEMO_VALUES], const struct db_value *values, int count)
{
    for (int i = 0; i < count; i++) {
        if (i == MEMO_VALUES || values[i].type != DB_INT) {
            return false;
        }
        asked[i] = values[i].number;
    }
    return true;
}

const struct memo *memo_row_of(struct db *db, const struct sql *sql, const struct db_value *values,
                               int count)
{
    struct statement *statement = statement_of(db, sql);
    int64_t asked[MEMO_VALUES] = {0};
    if (statement && !ask(asked, values, count)) {
        db_fail(db, SQLITE_MISUSE, sql);
        return NULL;
    }
    if (!statement) {
        return NULL;
    }
    if (db->mode == DB_READER || statement->memos_at < last_written(db, &statement->reads)) {
        memo_forget(statement);
        statement->memos_at = db->writes;
    }
    int64_t key = key_of(asked);
    struct memo *memo = map_get(&statement->memos, key);
    if (!memo || memcmp(memo->asked, asked, sizeof asked) != 0) {
        memo = read_row(db, sql, values, count);
        if (!memo) {
            return NULL;
        }
        memcpy(memo->asked, asked, sizeof asked);
        keep(statement, key, memo);
    }
    return memo->columns ? memo : NULL;
}

/* --- reading ------------------------------------------------------------------------------------
 */

int64_t memo_int(const struct memo *memo, int column)
{
    return memo->values[column].number;
}

bool memo_is_null(const struct memo *memo, int column)
{
    return memo->values[column].is_null;
}

const char *memo_text(const struct memo *memo, int column)
{
    return memo->values[column].text;
}

int64_t memo_number_of(const struct memo *memo, int64_t otherwise)
{
    return memo && !memo_is_null(memo, 0) ? memo_int(memo, 0) : otherwise;
}
