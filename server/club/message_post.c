/* message.post: the command that runs most. Each statement here is paid for by every message. */
#include "base/str.h"
#include "club/audience.h"
#include "club/mentions.h"
#include "club/message.h"
#include "club/thread.h"
#include "store/memo.h"

struct message_post {
    int64_t channel;
    const char *body, *nonce;
    int64_t thread;
    struct list files;
};
static const struct field post_in[] = {
    FIELD_ID(struct message_post, channel, "Channel to post in"),
    FIELD_TEXT(struct message_post, body, 0, LIMIT_BODY_CHARS,
               "Markdown; may be empty where there are files"),
    FIELD_LINE(struct message_post, nonce, LIMIT_NONCE_MIN, LIMIT_NONCE_MAX,
               "Chosen by the sender, the same when it sends this again"),
    FIELD_ID_OPT(struct message_post, thread, "Message of the main stream to answer"),
    FIELD_TEXTS_OPT(struct message_post, files, 0, LIMIT_MESSAGE_FILES,
                    "Keys of files to attach: one's own that came whole, or any one sees"),
    FIELD_END,
};

/* Of several functions in the Club the first in the order of roles is shown; in the channel of an
 * event, for who comes from elsewhere, one they have there. A direct conversation belongs to the
 * people, whatever posts they hold. */
SQL(function_in, "SELECT id FROM membership WHERE person = ?1 AND (club = ?3"
                 " OR EXISTS (SELECT 1 FROM channel WHERE id = ?2 AND kind = 'event'))"
                 " AND active = 1 AND (channel IS NULL OR channel = ?2) ORDER BY club <> ?3, instr("
                 "'animateur chef_de_projet elu partenaire lecteur', role), id LIMIT 1");
SQL(insert, "INSERT INTO message (id, channel, thread, author, membership, body, nodes, at, event,"
            " resource) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");

void message_insert(struct tx *tx, const struct message_new *message)
{
    struct message_new *posted = ARENA_NEW(tx->arena, struct message_new);
    *posted = *message;
    posted->function =
        memo_number(tx->db, &function_in, 0, message->author, message->channel, message->club);
    tx->posted = posted;
    db_run(tx->db, &insert, message->id, message->channel, db_id(message->thread),
           db_id(message->author), db_id(posted->function), message->body, message->nodes,
           tx->now_ms, db_id(message->event), db_id(message->resource));
    message_index(tx, message->id);
}

static void insert_message(struct tx *tx, const struct message_post *in, int64_t id,
                           const struct markdown *text)
{
    message_insert(tx, &(struct message_new){
                           .id = id,
                           .channel = in->channel,
                           .club = tx->channel.club,
                           .thread = in->thread,
                           .author = tx->actor.person,
                           .body = in->body,
                           .nodes = text->nodes,
                       });
    if (text->mentions.count > 0) {
        mentions_store(tx, id, &text->mentions);
    }
}

/* Where there are files, words are not needed. */
static enum err parse_body(struct tx *tx, const struct message_post *in, struct markdown *out)
{
    struct markdown_world world = mentions_world(tx);
    if (in->files.count > 0 && str_is_blank(in->body)) {
        *out = (struct markdown){.nodes = "[]"};
        return ERR_NONE;
    }
    enum err err = markdown_parse(in->body, "body", &world, tx->arena, out, tx->problem);
    return err ? err : mentions_allow(tx, &out->mentions);
}

static enum err post_run(struct tx *tx, const void *in_, void *out_)
{
    const struct message_post *in = in_;
    struct created *out = out_;
    struct markdown text = {0};
    enum err err = may_post(tx, in->thread);
    if (!err) {
        err = parse_body(tx, in, &text);
    }
    if (err) {
        return err;
    }
    int64_t audience = audience_channel(in->channel);
    out->id = fact_note(tx, &message_posted_fact, audience, ENTITY_NEW);
    out->seq = out->id;
    insert_message(tx, in, out->id, &text);
    if (in->files.count > 0) {
        err = files_place(tx, FILE_OF_MESSAGE, out->id, &in->files, "files");
        if (err) {
            return err;
        }
    }
    if (in->thread) {
        fact_note(tx, &thread_changed_fact, audience, in->thread);
        thread_answered(tx, in->thread, out->id, &text.mentions);
    }
    return ERR_NONE;
}

const struct command message_post_command = {
    .name = "message.post",
    .doc = "Post a message in a channel, or an answer below one.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CHANNEL_WRITE,
    .in = post_in,
    .in_bytes = sizeof(struct message_post),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){&message_posted_fact, &thread_changed_fact,
                                          &thread_read_fact, NULL},
    .run = post_run,
};
