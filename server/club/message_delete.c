/* message.delete: the words go, the place stays. */
#include "club/audience.h"
#include "club/mentions.h"
#include "club/message.h"
#include "club/store_clean.h"
#include "store/ledger.h"

SQL(wipe_versions, "DELETE FROM message_version WHERE message = ?1");
SQL(wipe_mentions, "DELETE FROM mention WHERE message = ?1");
SQL(wipe_reactions, "DELETE FROM reaction WHERE message = ?1");
SQL(wipe_pin, "DELETE FROM pin WHERE message = ?1");
SQL(wipe_words, "UPDATE message SET body = '', nodes = '[]', edited_at = NULL, event = NULL,"
                " resource = NULL, deleted_at = ?2 WHERE id = ?1");

static void wipe(struct tx *tx, int64_t message)
{
    message_unindex(tx, message);
    db_run(tx->db, &wipe_versions, message);
    db_run(tx->db, &wipe_mentions, message);
    db_run(tx->db, &wipe_reactions, message);
    db_run(tx->db, &wipe_pin, message);
    saved_forget(tx, message);
    files_drop(tx, FILE_OF_MESSAGE, message);
    db_run(tx->db, &wipe_words, message, tx->now_ms);
}

void message_remove(struct tx *tx, const struct message_head *message)
{
    struct mention_list before = {0}, after = {0};
    int64_t audience = audience_channel(message->channel);
    mentions_of(tx, message->id, &before);
    wipe(tx, message->id);
    fact_note(tx, &message_deleted_fact, audience, message->id);
    if (message->thread) {
        fact_note(tx, &thread_changed_fact, audience, message->thread);
    }
    mentions_recount(tx, message, &before, &after);
}

struct message_delete {
    int64_t message;
};
static const struct field delete_in[] = {
    FIELD_ID(struct message_delete, message, "Message"),
    FIELD_END,
};

static enum err delete_run(struct tx *tx, const void *in, void *out)
{
    (void)in, (void)out;
    message_remove(tx, &tx->message);
    store_clean_soon(tx);
    enum err err = db_error(tx->db);
    return err ? err
               : ledger_append(tx->ledger_path,
                               &(struct ledger_entry){tx->now_ms, "message", tx->message.id, "-"});
}

const struct command message_delete_command = {
    .name = "message.delete",
    .doc = "Delete a message with all its wordings, reactions and mentions; its place stays.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_MESSAGE_DELETE,
    .in = delete_in,
    .in_bytes = sizeof(struct message_delete),
    .out = no_fields,
    .facts = (const struct fact *const[]){MESSAGE_REMOVE_FACTS, NULL},
    .run = delete_run,
};
