/* The facts about messages: each says what the message is now, so that ten edits come back as one.
 */
#include "club/message.h"

/* --- message.posted, message.edited, message.deleted ------------------------------------------ */

struct message_told {
    const struct message *message;
};
static const struct field told_out[] = {
    FIELD_OBJECT(struct message_told, message, message, message_fields, "The message as it is now"),
    FIELD_END,
};

static bool told_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    (void)audience;
    struct message_told *out = out_;
    struct message *message = ARENA_NEW(tx->arena, struct message);
    out->message = message;
    if (tx->posted && tx->posted->id == entity) {
        message_load_posted(tx, message);
        return true;
    }
    return message_load(tx, entity, message);
}

const struct fact message_posted_fact = {
    .name = "message.posted",
    .doc = "A message was posted; its id is the number of this fact.",
    .out = told_out,
    .out_bytes = sizeof(struct message_told),
    .load = told_load,
    .bring = messages_bring,
};
const struct fact message_edited_fact = {
    .name = "message.edited",
    .doc = "A message has another wording.",
    .out = told_out,
    .out_bytes = sizeof(struct message_told),
    .load = told_load,
    .bring = messages_bring,
};
const struct fact message_deleted_fact = {
    .name = "message.deleted",
    .doc = "A message was deleted: its place stays, its words are gone.",
    .out = told_out,
    .out_bytes = sizeof(struct message_told),
    .load = told_load,
    .bring = messages_bring,
};

/* --- message.reacted, message.pinned, thread.changed ------------------------------------------ */

/* What of a message changed without its words. */
struct message_part {
    int64_t message, channel;
    int64_t replies, last_reply;
    struct list reactions;
    bool pinned;
};

static bool part_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    (void)audience;
    struct message_part *out = out_;
    struct message message;
    if (!message_load(tx, entity, &message)) {
        return false;
    }
    *out = (struct message_part){
        .message = message.id,
        .channel = message.channel,
        .replies = message.replies,
        .last_reply = message.last_reply,
        .reactions = message.reactions,
        .pinned = message.pinned,
    };
    return true;
}

static const struct field reacted_out[] = {
    FIELD_ID(struct message_part, message, "Message"),
    FIELD_ID(struct message_part, channel, "Its channel"),
    FIELD_LIST(struct message_part, reactions, reaction, reaction_fields, 0,
               LIMIT_REACTIONS_PER_BODY, "All its reactions"),
    FIELD_END,
};
const struct fact message_reacted_fact = {
    .name = "message.reacted",
    .doc = "Somebody reacted to a message, or no longer does.",
    .out = reacted_out,
    .out_bytes = sizeof(struct message_part),
    .load = part_load,
    .bring = messages_bring,
};

static const struct field pinned_out[] = {
    FIELD_ID(struct message_part, message, "Message"),
    FIELD_ID(struct message_part, channel, "Its channel"),
    FIELD_BOOL(struct message_part, pinned, "Whether it is pinned"),
    FIELD_END,
};
const struct fact message_pinned_fact = {
    .name = "message.pinned",
    .doc = "A message was pinned in its channel, or unpinned.",
    .out = pinned_out,
    .out_bytes = sizeof(struct message_part),
    .load = part_load,
    .bring = messages_bring,
};

static const struct field thread_out[] = {
    FIELD_ID(struct message_part, message, "Message the thread is below"),
    FIELD_ID(struct message_part, channel, "Its channel"),
    FIELD_INT(struct message_part, replies, 0, INT64_MAX, "Answers, deleted ones apart"),
    FIELD_TIME_OPT(struct message_part, last_reply, "When the last of them came"),
    FIELD_END,
};
const struct fact thread_changed_fact = {
    .name = "thread.changed",
    .doc = "A thread has more answers, or fewer.",
    .out = thread_out,
    .out_bytes = sizeof(struct message_part),
    .load = part_load,
    .bring = messages_bring,
};
