#include "store/fts5.h"

#include <stddef.h>

int fts5_of(struct sqlite3 *db, fts5_api **api_out)
{
    sqlite3_stmt *statement = NULL;
    *api_out = NULL;
    int status = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (status != SQLITE_OK) {
        return status;
    }
    sqlite3_bind_pointer(statement, 1, api_out, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    status = sqlite3_finalize(statement);
    if (status != SQLITE_OK) {
        return status;
    }
    return *api_out ? SQLITE_OK : SQLITE_ERROR;
}
