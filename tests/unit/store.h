/* What the tests of the store share: a folder of their own and databases in it. */
#ifndef BEFFROI_TESTS_STORE_H
#define BEFFROI_TESTS_STORE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/migrate.h"

/* Paths of one test's files, all in a fresh folder. */
struct place {
    char folder[64], path[96];
};

static inline void place_create(struct place *place)
{
    snprintf(place->folder, sizeof place->folder, "/tmp/beffroi-test-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/beffroi.db", place->folder);
}

static inline void place_remove(struct place *place)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    assert_int_equal(system(command), 0);
}

static inline struct db *open_migrated(const char *path, enum db_mode mode)
{
    struct db *db = db_open(path, mode);
    assert_non_null(db);
    assert_int_equal(migrate(db), ERR_NONE);
    return db;
}

static inline struct db *open_memory(void)
{
    return open_migrated(NULL, DB_MEMORY);
}

#endif
