/* Breaths: what lives in memory only, has no number and is dropped first under pressure. They are
 * declared here like every command and carried out by live/breath.c, which knows who is connected.
 * One that needs a right is first run here, on a reader, as a query is: it only allows. */
#include "club/breath.h"

#include "base/limits.h"

static const struct field typing_in[] = {
    FIELD_ID(struct typing_set, channel, "Channel one is writing in"),
    FIELD_ID_OPT(struct typing_set, thread, "Root of the thread, if it is an answer"),
    FIELD_END,
};
const struct field typing_fields[] = {
    FIELD_LINE(struct typing, breath, 1, 16, "\"typing\""),
    FIELD_ID(struct typing, channel, "Where"),
    FIELD_ID_OPT(struct typing, thread, "Root of the thread"),
    FIELD_ID(struct typing, person, "Who"),
    FIELD_END,
};

/* On a reader: shown typing is who could post what is being written. */
static enum err typing_run(struct tx *tx, const void *in_, void *out)
{
    const struct typing_set *in = in_;
    (void)out;
    return may_post(tx, in->thread);
}

const struct command typing_set_command = {
    .name = "typing.set",
    .doc =
        "Says that one is writing, to those who have the channel open. Forgotten after 6 seconds.",
    .kind = BREATH,
    .since = 1,
    .right = RIGHT_CHANNEL_WRITE,
    .in = typing_in,
    .in_bytes = sizeof(struct typing_set),
    .out = no_fields,
    .run = typing_run,
};

static const struct field channel_open_in[] = {
    FIELD_ID_OPT(struct channel_open, channel, "Channel now on screen; absent: none"),
    FIELD_END,
};
const struct command channel_open_command = {
    .name = "channel.open",
    .doc = "Says which channel this connection shows: typing is heard there only.",
    .kind = BREATH,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = channel_open_in,
    .in_bytes = sizeof(struct channel_open),
    .out = no_fields,
};

static const struct field presence_in[] = {
    FIELD_IDS(struct presence_ask, people, 1, LIMIT_PRESENCE_PEOPLE, "People on screen"),
    FIELD_END,
};
static const struct field presence_out[] = {
    FIELD_IDS(struct presence_ask, people, 0, LIMIT_PRESENCE_PEOPLE, "Those who are connected"),
    FIELD_END,
};
const struct command presence_ask_command = {
    .name = "presence.ask",
    .doc = "Which of these people are connected now, among those one shares a place with.",
    .kind = BREATH,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = presence_in,
    .in_bytes = sizeof(struct presence_ask),
    .out = presence_out,
    .out_bytes = sizeof(struct presence_ask),
};

const struct command ping_command = {
    .name = "ping",
    .doc = "Answers at once: so that a browser notices a dead line.",
    .kind = BREATH,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = no_fields,
};
