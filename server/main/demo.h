/* The demonstration while it is being made: what its parts share.
 *
 * Owns: the database and the arena, until demo_run() ends. Threads: the main one. */
#ifndef BEFFROI_MAIN_DEMO_H
#define BEFFROI_MAIN_DEMO_H

#include "club/command.h"
#include "main/data_dir.h"
#include "main/demo_text.h"
#include "main/params.h"
#include "store/blob.h"

struct demo_name {
    const char *key;
    int64_t id;
};

struct demo {
    struct data_dir dir;
    struct db *db;
    struct arena arena;
    struct demo_text text;
    struct demo_names {
        struct demo_name *items;
        size_t count, capacity;
    } names; /* people, messages, channels ("ain/Habitat") and Clubs ("ain") by key */
    struct params params;
    struct demo_event { /* being described */
        const char *key;
        int64_t author;
        struct buf questions;
    } event;
    struct demo_library { /* demo_library.txt, as far as it was taken */
        struct demo_text text;
        size_t first, last; /* lines being described, and the one that ends them */
        int64_t at_ms;
    } library;
    struct blob_store *blobs;
    const void *out; /* of the last call */
    int64_t now_ms;
    int64_t read_up_to; /* last message older than UNREAD_DAYS */
    const char *source; /* being read, for errors, and its line */
    int line;
    bool failed;
};

/* People, messages, events, channels ("ain/Habitat") and Clubs ("ain") by key. A key that is not
 * known fails the demonstration and gives 0. */
void demo_name_set(struct demo *demo, const char *key, int64_t id);
int64_t demo_name_get(struct demo *demo, const char *key);

/* Runs the command with demo->params; person 0: the operator. Its out struct is in demo->out. */
void demo_call(struct demo *demo, int64_t person, int64_t at_ms, const struct command *command);
/* The id of what the last call made. */
int64_t demo_made(const struct demo *demo);

/* "J-12 09:41", "S+3.2 11:00" (Tuesday of the third week from this one), "2022-06-07 09:30"; in
 * Paris. */
int64_t demo_when_ms(struct demo *demo, const char *when);
/* A list of ids under `name`, from keys separated by spaces, `except` left out. */
void demo_add_people(struct demo *demo, const char *name, const char *keys, const char *except);

/* A list of ids under "themes", from names separated by commas. */
void demo_add_themes(struct demo *demo, const char *names);
/* The next part of `*list`, up to `separator`, which moves on; NULL at its end. */
const char *demo_next_part(struct demo *demo, const char **list, char separator);

/* "a; b; c" as a JSON array of texts, `between` standing between two. */
void demo_add_texts(struct demo *demo, struct buf *json, const char *texts, char between);

/* Takes a record that is about a profile or a contact card; false if it is about something else. */
bool demo_people_take(struct demo *demo, const struct demo_record *record);
/* Takes all of the library that happened up to that instant and was not taken yet. */
void demo_library_until(struct demo *demo, int64_t at_ms);
/* Takes a record that is about an event; false if it is about something else. */
bool demo_event_take(struct demo *demo, const struct demo_record *record);

#endif
