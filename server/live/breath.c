#include "live/breath.h"

#include "club/audience.h"
#include "club/breath.h"
#include "live/engine.h"
#include "wire/frame.h"

/* Only those who have the channel open hear it. A reader has decided; what the loop has heard since
 * (a right that was lost) counts too. */
static enum err typing_run(struct listener *listener, struct request *request)
{
    const struct typing_set *in = request->in;
    if (!hub_hears(listener, audience_channel(in->channel))) {
        return problem_set(&request->problem, ERR_NOT_FOUND, NULL, NULL);
    }
    struct typing typing = {"typing", in->channel, in->thread, listener->person};
    struct buf json;
    struct buf frame;
    buf_init(&json);
    buf_init(&frame);
    rpc_notify(&json, "breath", typing_fields, &typing);
    frame_text(&frame, json.data, json.len);
    struct shared_bytes *bytes = shared_bytes_create(frame.data, frame.len);
    hub_publish_open(&listener->live->hub, in->channel, bytes, listener);
    shared_bytes_release(bytes);
    buf_finish(&frame);
    buf_finish(&json);
    return ERR_NONE;
}

/* At once, as a reader's answers may come in another order; who hears a channel may read it. */
static enum err open_run(struct listener *listener, struct request *request)
{
    const struct channel_open *in = request->in;
    if (in->channel && !hub_hears(listener, audience_channel(in->channel))) {
        return problem_set(&request->problem, ERR_NOT_FOUND, NULL, NULL);
    }
    listener->open_channel = in->channel;
    return ERR_NONE;
}

static enum err presence_run(struct listener *listener, struct request *request)
{
    const struct presence_ask *in = request->in;
    const int64_t *asked = in->people.items;
    struct presence_ask *out = request->out;
    int64_t *present = ARENA_ARRAY(&request->arena, int64_t, in->people.count);
    out->people.items = present;
    for (size_t i = 0; i < in->people.count; i++) {
        if (hub_shares(&listener->live->hub, listener, asked[i])) {
            present[out->people.count++] = asked[i];
        }
    }
    return ERR_NONE;
}

static enum err ping_run(struct listener *listener, struct request *request)
{
    (void)listener;
    (void)request;
    return ERR_NONE;
}

static const struct {
    const struct command *command;
    enum err (*run)(struct listener *listener, struct request *request);
} breaths[] = {
    {&typing_set_command, typing_run},
    {&channel_open_command, open_run},
    {&presence_ask_command, presence_run},
    {&ping_command, ping_run},
};

void breath_run(struct listener *listener, struct request *request)
{
    request->err = problem_set(&request->problem, ERR_METHOD, NULL, request->command->name);
    for (size_t i = 0; i < sizeof breaths / sizeof *breaths; i++) {
        if (breaths[i].command == request->command) {
            request->err = breaths[i].run(listener, request);
        }
    }
    buf_clear(&request->reply);
    if (!request->err) {
        rpc_result(&request->reply, request->rpc_id, request->command->out, request->out);
    }
}
