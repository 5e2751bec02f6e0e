/* The demonstration's texts (demo.txt and demo_library.txt, embedded) as records.
 *
 * Owns: the copy it cuts up. Threads: the main one. */
#ifndef BEFFROI_MAIN_DEMO_TEXT_H
#define BEFFROI_MAIN_DEMO_TEXT_H

#include "base/arena.h"

#define DEMO_FIELDS 6

struct demo_record {
    int line;
    const char *fields[DEMO_FIELDS]; /* "" where the line is shorter */
};
struct demo_text {
    struct demo_record *items;
    size_t count, capacity;
};

struct demo_text demo_text_read(struct arena *arena);
struct demo_text demo_library_read(struct arena *arena);
/* The same of any text. */
struct demo_text demo_text_parse(const char *source, struct arena *arena);

#endif
