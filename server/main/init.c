/* init: an empty house, with its 102 Clubs. */
#include <stdio.h>

#include "base/clock.h"
#include "club/seed.h"
#include "main/data_dir.h"
#include "main/verbs.h"

static bool seed(struct db *db)
{
    struct arena arena;
    struct problem problem = {0};
    arena_init(&arena);
    struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_wall_ms(), .problem = &problem};
    enum err err = db_begin_write(db);
    if (!err) {
        club_seed(&tx);
        err = db_commit(db);
    }
    arena_finish(&arena);
    return err == ERR_NONE;
}

int init_run(const struct verb *verb, int argc, char **argv)
{
    const char *data = NULL;
    const struct option options[] = {{"data", &data, NULL}, {NULL, NULL, NULL}};
    struct data_dir dir;
    if (!options_parse(verb, argc, argv, options, NULL, 0)) {
        return EXIT_USAGE;
    }
    if (!data) {
        return usage_error(verb, "--data is missing");
    }
    if (!data_dir_lock_empty(&dir, data)) {
        return EXIT_REFUSED;
    }
    struct db *db = data_dir_open(&dir, true);
    bool made = db && seed(db);
    db_close(db);
    made = made && data_dir_done(&dir);
    if (!made) {
        data_dir_discard(&dir);
    }
    data_dir_unlock(&dir);
    if (!made) {
        return refuse("nothing could be written to %s", data);
    }
    printf("%s is ready. Add an administrator: beffroi user add --data %s EMAIL NAME "
           "--administrator\n",
           data, data);
    return EXIT_OK;
}
