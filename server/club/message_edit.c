/* message.edit and message.history: another wording, and those it had, which all readers may see.
 */
#include <string.h>

#include "base/str.h"
#include "club/audience.h"
#include "club/mentions.h"
#include "club/message.h"
#include "club/thread.h"
#include "club/unread.h"

#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)

/* --- message.edit ----------------------------------------------------------------------------- */

struct message_edit {
    int64_t message;
    const char *body;
};
static const struct field edit_in[] = {
    FIELD_ID(struct message_edit, message, "Message"),
    FIELD_TEXT(struct message_edit, body, 0, LIMIT_BODY_CHARS,
               "Markdown it is to have; may be empty where it has files, which stay"),
    FIELD_END,
};

SQL(is_card, "SELECT event IS NOT NULL OR resource IS NOT NULL FROM message WHERE id = ?1");
SQL(body_of, "SELECT body FROM message WHERE id = ?1");
SQL(version_count, "SELECT count(*) FROM message_version WHERE message = ?1");
SQL(keep_version, "INSERT INTO message_version (message, number, body, at)"
                  " SELECT id, ?2, body, coalesce(edited_at, at) FROM message WHERE id = ?1");
SQL(update, "UPDATE message SET body = ?2, nodes = ?3, edited_at = ?4 WHERE id = ?1");

SQL(has_files, "SELECT 1 FROM file WHERE message = ?1");

/* A role or everybody already called once is not called again: only others need the right to. */
static enum err parse(struct tx *tx, const char *body, const struct mention_list *before,
                      struct markdown *text)
{
    struct markdown_world world = mentions_world(tx);
    if (str_is_blank(body) && db_int(tx->db, &has_files, 0, tx->message.id)) {
        *text = (struct markdown){.nodes = "[]"};
        return ERR_NONE;
    }
    enum err err = markdown_parse(body, "body", &world, tx->arena, text, tx->problem);
    if (err || mentions_same(before, &text->mentions)) {
        return err;
    }
    return mentions_allow(tx, &text->mentions);
}

static enum err reword(struct tx *tx, const struct message_edit *in, const struct markdown *text)
{
    int64_t versions = db_int(tx->db, &version_count, 0, in->message) + 1;
    if (versions >= LIMIT_VERSIONS) {
        return tx_fail(tx, ERR_FULL, NULL,
                       PHRASE("50 versions de ce message", "50 wordings of this message"));
    }
    db_run(tx->db, &keep_version, in->message, versions);
    message_unindex(tx, in->message);
    db_run(tx->db, &update, in->message, in->body, text->nodes, tx->now_ms);
    message_index(tx, in->message);
    return ERR_NONE;
}

static enum err edit_run(struct tx *tx, const void *in_, void *out)
{
    const struct message_edit *in = in_;
    struct markdown text = {0};
    struct mention_list before = {0};
    (void)out;
    if (db_int(tx->db, &is_card, 0, in->message)) {
        return tx_fail(tx, ERR_CONFLICT, NULL,
                       PHRASE("ce message est une annonce ; modifiez ce qu'il annonce",
                              "this message is a card; change what it announces"));
    }
    if (str_equal(in->body, db_text(tx->db, &body_of, tx->arena, in->message))) {
        return ERR_NONE;
    }
    mentions_of(tx, in->message, &before);
    enum err err = parse(tx, in->body, &before, &text);
    if (!err) {
        err = reword(tx, in, &text);
    }
    if (err) {
        return err;
    }
    fact_note(tx, &message_edited_fact, audience_channel(tx->channel.id), in->message);
    mentions_store(tx, in->message, &text.mentions);
    if (tx->message.thread) {
        thread_follow_mentioned(tx, tx->message.thread, in->message - 1, &text.mentions);
    }
    mentions_recount(tx, &tx->message, &before, &text.mentions);
    return ERR_NONE;
}

const struct command message_edit_command = {
    .name = "message.edit",
    .doc = "Give a message another wording; those it had stay visible.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_MESSAGE_EDIT,
    .in = edit_in,
    .in_bytes = sizeof(struct message_edit),
    .out = no_fields,
    .facts = (const struct fact *const[]){&message_edited_fact, &thread_read_fact, &read_moved_fact,
                                          NULL},
    .run = edit_run,
};

/* --- message.history -------------------------------------------------------------------------- */

struct message_history_in {
    int64_t message, before;
};
static const struct field history_in[] = {
    FIELD_ID(struct message_history_in, message, "Message"),
    FIELD_INT_OPT(struct message_history_in, before, 1, LIMIT_VERSIONS, "Wordings before this one"),
    FIELD_END,
};
struct message_version {
    int64_t number;
    const char *body, *nodes;
    int64_t at;
};
static const struct field version_fields[] = {
    FIELD_INT(struct message_version, number, 1, LIMIT_VERSIONS, "1: as first posted"),
    FIELD_TEXT(struct message_version, body, 0, LIMIT_BODY_CHARS, "Markdown as typed"),
    FIELD_JSON(struct message_version, nodes, "Nodes", "The text to show"),
    FIELD_TIME(struct message_version, at, "When it was written"),
    FIELD_END,
};
struct message_history_out {
    struct list versions;
    bool more;
};
static const struct field history_out[] = {
    FIELD_LIST(struct message_history_out, versions, message_version, version_fields, 0,
               LIMIT_VERSIONS, "Wordings, the last one first; none of a deleted message"),
    FIELD_BOOL(struct message_history_out, more, "There are earlier ones"),
    FIELD_END,
};
struct versions {
    struct message_version *items;
    size_t count, capacity;
};

SQL(versions_of, "SELECT number, body, at FROM message_version WHERE message = ?1 AND number < ?2"
                 " UNION ALL SELECT 1 + (SELECT count(*) FROM message_version WHERE message = ?1),"
                 " body, coalesce(edited_at, at) FROM message WHERE id = ?1"
                 " AND deleted_at IS NULL AND ?2 > " TEXT(LIMIT_VERSIONS) " ORDER BY 1 DESC");

/* true: there are more than a page holds. */
static bool read_versions(struct tx *tx, int64_t message, int64_t before, struct versions *out)
{
    size_t bytes = 0;
    for (struct rows rows = db_select(tx->db, &versions_of, message, before); rows_next(&rows);) {
        if (bytes > LIMIT_PAGE_BYTES / 4) { /* the nodes come on top */
            rows_end(&rows);
            return true;
        }
        struct message_version version = {.number = rows_int(&rows, 0),
                                          .body = rows_copy(&rows, 1, tx->arena),
                                          .nodes = "[]",
                                          .at = rows_int(&rows, 2)};
        bytes += strlen(version.body);
        ARENA_PUSH(tx->arena, out, version);
    }
    return false;
}

static enum err history_run(struct tx *tx, const void *in_, void *out_)
{
    const struct message_history_in *in = in_;
    struct message_history_out *out = out_;
    struct markdown_world world = mentions_world(tx);
    struct versions found = {0};
    out->more =
        read_versions(tx, in->message, in->before ? in->before : LIMIT_VERSIONS + 1, &found);
    for (size_t i = 0; i < found.count; i++) {
        struct markdown text = {0};
        struct problem ignored; /* it was accepted once */
        if (!markdown_parse(found.items[i].body, "body", &world, tx->arena, &text, &ignored)) {
            found.items[i].nodes = text.nodes;
        }
    }
    out->versions = (struct list){found.items, found.count};
    return ERR_NONE;
}

const struct command message_history_command = {
    .name = "message.history",
    .doc = "Wordings a message has had.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_MESSAGE_READ,
    .in = history_in,
    .in_bytes = sizeof(struct message_history_in),
    .out = history_out,
    .out_bytes = sizeof(struct message_history_out),
    .run = history_run,
};
