/* Batches of finished requests as the writer hands them back, for tests of reports and what
 * follows. */
#ifndef BEFFROI_TESTS_BATCH_H
#define BEFFROI_TESTS_BATCH_H

#include <string.h>

#include "live/report.h"

#define BATCH_MAX 8

struct batch {
    struct request requests[BATCH_MAX];
    struct effect effects[BATCH_MAX][BATCH_MAX];
    size_t count;
};

static inline struct request *batch_request(struct batch *batch, enum err err)
{
    assert_true(batch->count < BATCH_MAX);
    struct request *request = &batch->requests[batch->count];
    request->err = err;
    request->effects.items = batch->effects[batch->count];
    if (batch->count++ > 0) {
        request[-1].job.next = &request->job;
    }
    return request;
}

static inline void batch_effect(struct request *request, struct effect effect)
{
    request->effects.items[request->effects.count++] = effect;
}

static inline void batch_fact(struct request *request, int64_t seq, int64_t audience,
                              const char *json)
{
    batch_effect(request, (struct effect){.type = EFFECT_FACT,
                                          .seq = seq,
                                          .audience = audience,
                                          .json = json,
                                          .bytes = strlen(json)});
}

static inline void batch_rights(struct request *request, int64_t seq, int64_t person,
                                const int64_t *audiences, size_t count)
{
    batch_effect(request, (struct effect){.type = EFFECT_RIGHTS,
                                          .seq = seq,
                                          .person = person,
                                          .audiences = audiences,
                                          .audience_count = count});
}

static inline void batch_close(struct request *request, int64_t seq, int64_t person,
                               int64_t session)
{
    batch_effect(
        request,
        (struct effect){.type = EFFECT_CLOSE, .seq = seq, .person = person, .session = session});
}

/* A report that brings one fact. */
static inline struct report *report_of_fact(int64_t seq, int64_t audience, const char *json)
{
    struct batch batch = {0};
    batch_fact(batch_request(&batch, ERR_NONE), seq, audience, json);
    return report_create(&batch.requests[0].job);
}

static inline struct report *report_of_close(int64_t seq, int64_t person, int64_t session)
{
    struct batch batch = {0};
    batch_close(batch_request(&batch, ERR_NONE), seq, person, session);
    return report_create(&batch.requests[0].job);
}

static inline struct report *report_of_rights(int64_t seq, int64_t person, const int64_t *audiences,
                                              size_t count)
{
    struct batch batch = {0};
    batch_rights(batch_request(&batch, ERR_NONE), seq, person, audiences, count);
    return report_create(&batch.requests[0].job);
}

#endif
