#include "store/meta.h"

SQL(url_get, "SELECT value FROM meta WHERE key = 'public_url'");
SQL(url_set, "INSERT INTO meta (key, value) VALUES ('public_url', ?1)"
             " ON CONFLICT (key) DO UPDATE SET value = excluded.value");

const char *meta_public_url(struct db *db, struct arena *arena)
{
    return db_text(db, &url_get, arena);
}

void meta_set_public_url(struct db *db, const char *url)
{
    db_run(db, &url_set, url);
}
