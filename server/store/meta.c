#include "store/meta.h"

SQL(get, "SELECT value FROM meta WHERE key = ?1");
SQL(set, "INSERT INTO meta (key, value) VALUES (?1, ?2)"
         " ON CONFLICT (key) DO UPDATE SET value = excluded.value");

const char *meta_public_url(struct db *db, struct arena *arena)
{
    return db_text(db, &get, arena, "public_url");
}

void meta_set_public_url(struct db *db, const char *url)
{
    db_run(db, &set, "public_url", url);
}

const char *meta_sender(struct db *db, struct arena *arena)
{
    const char *sender = db_text(db, &get, arena, "sender");
    return sender ? sender : "beffroi@localhost";
}

void meta_set_sender(struct db *db, const char *address)
{
    db_run(db, &set, "sender", address);
}
