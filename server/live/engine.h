/* The inside of the live floor, shared by its own files only. */
#ifndef BEFFROI_LIVE_ENGINE_H
#define BEFFROI_LIVE_ENGINE_H

#include "live/breath.h"
#include "live/hub.h"
#include "live/inbox.h"
#include "live/live.h"
#include "live/mailer.h"
#include "live/ring.h"
#include "live/sweeper.h"
#include "live/text_tail.h"
#include "live/throttle.h"
#include "store/gate.h"
#include "store/pool.h"

struct live {
    struct gate gate; /* of all that read the database */
    struct live_config config;
    char *database_path, *ledger_path;
    struct writer *writer;
    struct pool *readers, *workers;
    struct inbox inbox;
    struct ring ring;
    struct hub hub;
    struct throttle throttle;
    struct mailer *mailer;
    struct text_tail *texts;
    struct sweeper *sweeper;
    struct job *held;     /* requests the throttle holds back, in no order */
    struct job_list came; /* requests of this turn for the writer */
    int came_count;
    int64_t requests, refused;
    bool stopping;
    bool told_read_only; /* what listeners were told last; they begin with false */
};

/* Sends a request to the thread its kind asks for. Any thread. */
void request_dispatch(struct request *request);
/* The same, straight to the writer. Any thread. */
void request_to_writer(struct request *request);
/* On a worker: prepared (or refused), it goes on to the writer (or back). */
void request_prepared(struct request *request);
/* Any thread: the request is finished and goes back to the loop. */
void request_finish(struct request *request);
/* For a new listener, which takes the server for writable: tells it if that is not so. */
void status_greet(struct listener *listener);
/* Once a turn: tells everybody if the server stopped being writable, or is so again. */
void status_turn(struct live *live);
/* Its listener no longer waits for it; nothing if it had none. */
void request_detach(struct request *request);
/* On the writer: the commit of its transaction failed with job.err, or it never ran. */
void request_lost(struct request *request);
/* A request of the program's own, about one object, for its caller to send off. */
struct request *request_operator(struct live *live, const struct command *command, int64_t object);
/* Job the writer runs for a due command; NULL when nothing is due. */
struct job *request_due(struct live *live, struct db *db, int64_t now_ms);

#endif
