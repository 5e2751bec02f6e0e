#include "club/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "club/markdown.h"
#include "store/memo.h"

/* --- on the wire ------------------------------------------------------------------------------ */

const struct field author_fields[] = {
    FIELD_ID_OPT(struct author, id, "Person; absent once erased"),
    FIELD_LINE_OPT(struct author, name, 0, LIMIT_NAME_CHARS, "Name; absent once erased"),
    FIELD_LINE(struct author, function, 0, LIMIT_NAME_CHARS, "Function it was written under"),
    FIELD_LINE_OPT(struct author, role, 0, LIMIT_NAME_CHARS, "Role it was written in, as in Role"),
    FIELD_ID_OPT(struct author, post, "Post it was written under: its holder may edit it too"),
    FIELD_END,
};

const struct field reaction_fields[] = {
    FIELD_LINE(struct reaction, emoji, 1, LIMIT_EMOJI_BYTES, "Emoji"),
    FIELD_IDS(struct reaction, people, 1, LIMIT_REACTORS, "Who reacted with it"),
    FIELD_END,
};

static const char *const mention_words[] = {"person", "role", "all", NULL};
static const struct choice mention_choice = {"MentionKind", mention_words};
static const struct field mentioned_fields[] = {
    FIELD_CHOICE(struct mentioned, kind, &mention_choice, "Who is mentioned"),
    FIELD_LINE_OPT(struct mentioned, target, 1, 32, "Id of the person, or name of the role"),
    FIELD_END,
};

const struct field message_fields[] = {
    FIELD_ID(struct message, id, "Message; later ones have greater ids"),
    FIELD_ID(struct message, channel, "Channel"),
    FIELD_ID_OPT(struct message, thread, "Message it answers; absent in the main stream"),
    FIELD_OBJECT(struct message, author, author, author_fields, "Who wrote it"),
    FIELD_TEXT(struct message, body, 0, LIMIT_BODY_CHARS, "Markdown as typed; empty once deleted"),
    FIELD_JSON(struct message, nodes, "Nodes", "The text to show"),
    FIELD_TIME(struct message, at, "When it was posted"),
    FIELD_TIME_OPT(struct message, edited, "When it was last edited"),
    FIELD_TIME_OPT(struct message, deleted, "When it was deleted: only its place is left"),
    FIELD_INT_OPT(struct message, replies, 0, INT64_MAX, "Answers below it, deleted ones apart"),
    FIELD_TIME_OPT(struct message, last_reply, "When the last of them came"),
    FIELD_LIST_OPT(struct message, reactions, reaction, reaction_fields, 0,
                   LIMIT_REACTIONS_PER_BODY, "Reactions, in the order they came"),
    FIELD_LIST_OPT(struct message, mentions, mentioned, mentioned_fields, 0,
                   LIMIT_MENTIONS_PER_BODY, "Who is mentioned"),
    FIELD_LIST_OPT(struct message, people, person_name, person_name_fields, 0,
                   LIMIT_MENTIONS_PER_BODY, "Names of the people it mentions"),
    FIELD_BOOL_OPT(struct message, pinned, "Pinned in its channel"),
    FIELD_INT(struct message, versions, 1, LIMIT_VERSIONS, "Wordings so far; 1: never edited"),
    FIELD_ID_OPT(struct message, event, "Event it announces: shown as a card of that"),
    FIELD_LIST_OPT(struct message, files, file, file_fields, 0, LIMIT_MESSAGE_FILES,
                   "What was attached to it"),
    FIELD_ID_OPT(struct message, resource, "Resource it announces: shown as a card of that"),
    FIELD_END,
};

/* --- reading ---------------------------------------------------------------------------------- */

/* What the statement only says there is; read in a second one, for all messages at once. */
struct extras {
    bool reactions, mentions, replies, files;
};

static void read_row(struct tx *tx, const struct rows *rows, struct message *out,
                     struct extras *extras)
{
    struct author *author = ARENA_NEW(tx->arena, struct author);
    *author = (struct author){
        .id = rows_int(rows, 3),
        .name = rows_copy(rows, 4, tx->arena),
        .function = rows_copy(rows, 5, tx->arena),
        .post = rows_int(rows, 6),
        .role = rows_copy(rows, 18, tx->arena),
    };
    *out = (struct message){
        .id = rows_int(rows, 0),
        .channel = rows_int(rows, 1),
        .thread = rows_int(rows, 2),
        .author = author,
        .body = rows_copy(rows, 7, tx->arena),
        .nodes = rows_copy(rows, 8, tx->arena),
        .at = rows_int(rows, 9),
        .edited = rows_int(rows, 10),
        .deleted = rows_int(rows, 11),
        .versions = rows_int(rows, 12) + 1,
        .pinned = rows_int(rows, 13) != 0,
        .replies = rows_int(rows, 17),
        .event = rows_int(rows, 19),
        .resource = rows_int(rows, 20),
    };
    extras->reactions = extras->reactions || rows_int(rows, 14) != 0;
    extras->mentions = extras->mentions || rows_int(rows, 15) != 0;
    extras->files = extras->files || rows_int(rows, 16) != 0;
    extras->replies = extras->replies || out->replies > 0;
}

/* Messages found by id: pointers to them in rising order. */
struct by_id {
    struct message **items;
    size_t count;
};

static int id_order(const void *id, const void *item)
{
    const int64_t *wanted = id;
    const struct message *const *message = item;
    return (*wanted > (*message)->id) - (*wanted < (*message)->id);
}

static int message_order(const void *a, const void *b)
{
    const struct message *const *first = a;
    return id_order(&(*first)->id, b);
}

static struct by_id index_by_id(struct tx *tx, const struct messages *messages)
{
    struct by_id index = {ARENA_ARRAY(tx->arena, struct message *, messages->count),
                          messages->count};
    for (size_t i = 0; i < messages->count; i++) {
        index.items[i] = &messages->items[i];
    }
    qsort(index.items, index.count, sizeof *index.items, message_order);
    return index;
}

static struct message *find(const struct by_id *index, int64_t id)
{
    struct message *const *found =
        bsearch(&id, index->items, index->count, sizeof *index->items, id_order);
    return found ? *found : NULL;
}

SQL(reactions_of, "SELECT message, emoji, person FROM reaction JOIN json_each(?1) i"
                  " ON i.value = message ORDER BY message,"
                  " min(at) OVER (PARTITION BY message, emoji), emoji, at, person");

/* Rows come message by message, emoji by emoji: each list grows at its end. */
struct reaction_group {
    struct message *message;
    struct {
        struct reaction *items;
        size_t count, capacity;
    } reactions;
    struct {
        int64_t *items;
        size_t count, capacity;
    } people;
};

static void add_reaction(struct tx *tx, struct reaction_group *group, struct message *message,
                         const char *emoji, int64_t person)
{
    if (group->message != message) {
        *group = (struct reaction_group){.message = message};
    }
    size_t count = group->reactions.count;
    if (count == 0 || !str_equal(group->reactions.items[count - 1].emoji, emoji)) {
        struct reaction reaction = {.emoji = arena_strdup(tx->arena, emoji)};
        ARENA_PUSH(tx->arena, &group->reactions, reaction);
        memset(&group->people, 0, sizeof group->people);
    }
    ARENA_PUSH(tx->arena, &group->people, person);
    group->reactions.items[group->reactions.count - 1].people =
        (struct list){group->people.items, group->people.count};
    message->reactions = (struct list){group->reactions.items, group->reactions.count};
}

static void read_reactions(struct tx *tx, const struct by_id *messages, const char *ids)
{
    struct reaction_group group = {0};
    for (struct rows rows = db_select(tx->db, &reactions_of, ids); rows_next(&rows);) {
        struct message *message = find(messages, rows_int(&rows, 0));
        if (message) {
            add_reaction(tx, &group, message, rows_text(&rows, 1), rows_int(&rows, 2));
        }
    }
}

SQL(mentions_of, "SELECT x.message, x.kind, nullif(x.target, ''), p.id, p.name FROM mention x"
                 " JOIN json_each(?1) i ON i.value = x.message"
                 " LEFT JOIN person p ON x.kind = 'person' AND p.id = CAST(x.target AS INTEGER)"
                 " ORDER BY x.message, x.kind, x.target");

static int kind_of(const char *word)
{
    int kind = MENTION_PERSON;
    while (kind < MENTION_ALL && !str_equal(mention_words[kind], word)) {
        kind++;
    }
    return kind;
}

struct mention_group {
    struct message *message;
    struct {
        struct mentioned *items;
        size_t count, capacity;
    } mentions;
    struct {
        struct person_name *items;
        size_t count, capacity;
    } people;
};

static void read_mentions(struct tx *tx, const struct by_id *messages, const char *ids)
{
    struct mention_group group = {0};
    for (struct rows rows = db_select(tx->db, &mentions_of, ids); rows_next(&rows);) {
        struct message *message = find(messages, rows_int(&rows, 0));
        if (!message) {
            continue;
        }
        if (group.message != message) {
            group = (struct mention_group){.message = message};
        }
        struct mentioned mentioned = {kind_of(rows_text(&rows, 1)), rows_copy(&rows, 2, tx->arena)};
        ARENA_PUSH(tx->arena, &group.mentions, mentioned);
        if (mentioned.kind == MENTION_PERSON) {
            struct person_name named = {rows_int(&rows, 3), rows_copy(&rows, 4, tx->arena)};
            ARENA_PUSH(tx->arena, &group.people, named);
        }
        message->mentions = (struct list){group.mentions.items, group.mentions.count};
        message->people = (struct list){group.people.items, group.people.count};
    }
}

SQL(last_replies, "SELECT i.value, (SELECT r.at FROM message r WHERE r.thread = i.value"
                  " AND r.deleted_at IS NULL ORDER BY r.id DESC LIMIT 1) FROM json_each(?1) i");

static void read_last_replies(struct tx *tx, const struct by_id *messages, const char *ids)
{
    for (struct rows rows = db_select(tx->db, &last_replies, ids); rows_next(&rows);) {
        struct message *message = find(messages, rows_int(&rows, 0));
        if (message) {
            message->last_reply = rows_int(&rows, 1);
        }
    }
}

SQL(files_of_all, FILE_SELECT "JOIN json_each(?1) i ON i.value = f.message"
                              " ORDER BY f.message, f.position, f.id");

static void read_files(struct tx *tx, const struct by_id *messages, const char *ids)
{
    struct message *message = NULL;
    struct {
        struct file *items;
        size_t count, capacity;
    } files = {0};
    for (struct rows rows = db_select(tx->db, &files_of_all, ids); rows_next(&rows);) {
        struct message *next = find(messages, rows_int(&rows, FILE_COLUMN_MESSAGE));
        if (next != message) {
            memset(&files, 0, sizeof files);
            message = next;
        }
        if (message) {
            struct file file = file_read(tx, &rows);
            ARENA_PUSH(tx->arena, &files, file);
            message->files = (struct list){files.items, files.count};
        }
    }
}

/* A statement each for all of them, and none for what none has. */
static void complete(struct tx *tx, const struct messages *messages, struct extras extras)
{
    if (!extras.reactions && !extras.mentions && !extras.replies && !extras.files) {
        return;
    }
    struct by_id index = index_by_id(tx, messages);
    struct ids ids = {0};
    for (size_t i = 0; i < index.count; i++) {
        ARENA_PUSH(tx->arena, &ids, index.items[i]->id);
    }
    const char *json = ids_json(tx, &ids);
    if (extras.reactions) {
        read_reactions(tx, &index, json);
    }
    if (extras.mentions) {
        read_mentions(tx, &index, json);
    }
    if (extras.files) {
        read_files(tx, &index, json);
    }
    if (extras.replies) {
        read_last_replies(tx, &index, json);
    }
}

bool messages_read(struct tx *tx, struct rows rows, size_t limit, struct messages *out)
{
    struct extras extras = {0};
    size_t bytes = 0;
    bool more = false;
    while (rows_next(&rows)) {
        if (out->count == limit || bytes > LIMIT_PAGE_BYTES) {
            more = true;
            rows_end(&rows);
            break;
        }
        struct message message;
        read_row(tx, &rows, &message, &extras);
        bytes += strlen(message.body) + strlen(message.nodes);
        ARENA_PUSH(tx->arena, out, message);
    }
    complete(tx, out, extras);
    return more;
}

/* --- one that was just written ------------------------------------------------------------------
 */

SQL(author_row, "SELECT p.name, s.label, w.post, s.role FROM (SELECT 1)"
                " LEFT JOIN person p ON p.id = ?1 LEFT JOIN membership s ON s.id = ?2"
                " LEFT JOIN tenure w ON w.id = s.tenure");
SQL(extras_row, "SELECT EXISTS (SELECT 1 FROM mention WHERE message = ?1),"
                " EXISTS (SELECT 1 FROM file WHERE message = ?1)");

static struct extras extras_of(struct tx *tx, int64_t message)
{
    struct extras extras = {0};
    struct rows rows = db_select(tx->db, &extras_row, message);
    if (rows_next(&rows)) {
        extras.mentions = rows_int(&rows, 0) != 0;
        extras.files = rows_int(&rows, 1) != 0;
        rows_end(&rows);
    }
    return extras;
}

/* What message_load() reads, from what is at hand: nobody can have edited, pinned or answered it,
 * or reacted to it, within the command that writes it. */
void message_load_posted(struct tx *tx, struct message *out)
{
    const struct message_new *posted = tx->posted;
    struct author *author = ARENA_NEW(tx->arena, struct author);
    author->id = posted->author;
    const struct memo *memo = memo_row(tx->db, &author_row, posted->author, posted->function);
    if (memo) {
        author->name = arena_strdup(tx->arena, memo_text(memo, 0));
        author->function = arena_strdup(tx->arena, memo_text(memo, 1));
        author->post = memo_int(memo, 2);
        author->role = arena_strdup(tx->arena, memo_text(memo, 3));
    }
    *out = (struct message){
        .id = posted->id,
        .channel = posted->channel,
        .thread = posted->thread,
        .author = author,
        .body = posted->body,
        .nodes = posted->nodes,
        .at = tx->now_ms,
        .versions = 1,
        .event = posted->event,
        .resource = posted->resource,
    };
    complete(tx, &(struct messages){out, 1, 1}, extras_of(tx, posted->id));
}

SQL(one, MESSAGE_SELECT "WHERE m.id = ?1");

static const struct message *brought(const struct tx *tx, int64_t id)
{
    for (size_t i = 0; tx->brought && i < tx->brought->count; i++) {
        if (tx->brought->items[i].id == id) {
            return &tx->brought->items[i];
        }
    }
    return NULL;
}

bool message_load(struct tx *tx, int64_t id, struct message *out)
{
    const struct message *found = brought(tx, id);
    struct messages messages = {0};
    if (found) {
        *out = *found;
        return true;
    }
    messages_read(tx, db_select(tx->db, &one, id), 1, &messages);
    if (messages.count == 0) {
        return false;
    }
    *out = messages.items[0];
    return true;
}

/* They come in the order of the ids, which SQL promises to nobody: to have it sorted would cost a
 * quarter more, to look whether they are costs nothing. */
SQL(several, MESSAGE_SELECT_OF("json_each(?1) i CROSS JOIN message m ON m.id = i.value"));

/* Puts what came first back to its place. */
static void put_in_order(const struct ids *ids, struct messages *messages)
{
    size_t next = 0;
    for (size_t i = 0; i < ids->count; i++) {
        size_t at = next;
        while (at < messages->count && messages->items[at].id != ids->items[i]) {
            at++;
        }
        if (at < messages->count) {
            struct message found = messages->items[at];
            messages->items[at] = messages->items[next];
            messages->items[next++] = found;
        }
    }
}

bool messages_by_id(struct tx *tx, const struct ids *ids, struct messages *out)
{
    if (ids->count == 0) {
        return false;
    }
    bool more = messages_read(tx, db_select(tx->db, &several, ids_json(tx, ids)), ids->count, out);
    put_in_order(ids, out);
    return more;
}

void messages_bring(struct tx *tx, const struct ids *ids)
{
    struct messages *messages = ARENA_NEW(tx->arena, struct messages);
    messages_by_id(tx, ids, messages);
    tx->brought = messages;
}

SQL(id_range, "SELECT coalesce((SELECT min(id) FROM message), 0),"
              " coalesce((SELECT max(id) FROM message), 0)");
SQL(next_at, "SELECT at FROM message WHERE id >= ?1 ORDER BY id LIMIT 1");

int64_t message_id_at(struct tx *tx, int64_t at_ms)
{
    int64_t low = 0, high = 0;
    struct rows rows = db_select(tx->db, &id_range);
    if (rows_next(&rows)) {
        low = rows_int(&rows, 0);
        high = rows_int(&rows, 1) + 1;
        rows_end(&rows);
    }
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (db_int(tx->db, &next_at, INT64_MAX, middle) < at_ms) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
