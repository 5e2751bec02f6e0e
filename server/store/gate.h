/* Where readers wait a moment so that the write-ahead log can begin anew: SQLite does that only
 * when nobody reads from it, and busy readers in turns would leave it no such moment.
 *
 * The writer closes it when the log has grown; those inside finish; past the bound those who read
 * under a deadline are stopped, and read anew; when the last has left it empties the log and opens.
 * Whoever has no deadline holds all others up as long as it is inside.
 *
 * Owns: a count. Threads: any. Never: holds the writer up. */
#ifndef BEFFROI_STORE_GATE_H
#define BEFFROI_STORE_GATE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    int inside;
    bool closed;
    _Atomic bool hurried;
};

void gate_init(struct gate *gate);
void gate_finish(struct gate *gate);
/* A read transaction begins: waits while it is closed. */
void gate_enter(struct gate *gate);
void gate_leave(struct gate *gate);
/* Should a reader that is inside give up? */
bool gate_hurries(const struct gate *gate);
/* Nobody enters any more; `hurry`: and those inside give up. true: nobody is inside. */
bool gate_close(struct gate *gate, bool hurry);
void gate_open(struct gate *gate);

#endif
