/* How a connection begins: `hello`, and the resume of one that was away.
 *
 * Both read everything in one read transaction; what they found for the hub (audiences, frames)
 * rides in the out struct beside what the client is told. Threads: a reader. */
#ifndef BEFFROI_CLUB_SESSION_RESUME_H
#define BEFFROI_CLUB_SESSION_RESUME_H

#include "club/command.h"

struct limits {
    int64_t body_chars, body_bytes, name_chars, list_max, direct_people, frame_bytes,
        presence_people, file_bytes, image_bytes, message_files;
};
struct me {
    int64_t id;
    const char *name, *email;
    bool administrator;
};
struct hello {
    const char *epoch;
    int64_t cursor, level;
    const struct limits *limits;
    const struct me *me;
    struct access_list access; /* not sent */
    int64_t session;           /* not sent */
};
extern const struct field hello_fields[];
/* Not in the table: the connection itself is the question. */
extern const struct command hello_command;

struct resume_out {
    int64_t cursor;
    bool reload;
    struct access_list access; /* not sent */
    const char *frames;        /* not sent: ready-made frames of notifications, in the arena */
    size_t frame_bytes;
};
extern const struct command session_resume_command;

#endif
