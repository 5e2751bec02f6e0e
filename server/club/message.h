/* A message as all its readers see it, the facts about it, and its row in the full-text index.
 *
 * Nothing here differs between two readers of a channel: one frame serves them all (law 2).
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_MESSAGE_H
#define BEFFROI_CLUB_MESSAGE_H

#include "club/file.h"
#include "club/ids.h"
#include "club/person.h"
#include "club/saved.h"
#include "club/thread.h"
#include "club/unread.h"

/* Who wrote it, and as what. Without id and name once the person is erased. */
struct author {
    int64_t id;
    const char *name;
    const char *function; /* as shown when it was written under it: "Chef de projet · Nantua" */
    const char *role;     /* it was written in; NULL in a direct conversation */
    int64_t post;         /* whose holder may change the message too; 0: its author alone */
};
extern const struct field author_fields[];

struct reaction {
    const char *emoji;
    struct list people; /* ids, in the order they came */
};
extern const struct field reaction_fields[];
struct mentioned {
    int kind;           /* enum mention_kind */
    const char *target; /* id of the person, name of the role; NULL for everybody */
};

struct message {
    int64_t id, channel;
    int64_t thread; /* root it answers, 0 in the main stream */
    const struct author *author;
    const char *body;            /* Markdown as typed, "" once deleted */
    const char *nodes;           /* see markdown.h */
    int64_t at, edited, deleted; /* wall ms, 0: never */
    int64_t replies, last_reply; /* living ones of a root; when the last came */
    struct list reactions;       /* struct reaction, in the order they came */
    struct list mentions;        /* struct mentioned */
    struct list people;          /* struct person_name: whom its nodes name by id */
    bool pinned;
    int64_t versions;  /* 1: never edited */
    int64_t event;     /* whose card it is, 0: of none */
    int64_t resource;  /* the same */
    struct list files; /* struct file */
};
extern const struct field message_fields[];

struct messages {
    struct message *items;
    size_t count, capacity;
};

/* Where a statement that reads messages begins; what follows may use m, the message. */
#define MESSAGE_SELECT MESSAGE_SELECT_OF("message m")
#define MESSAGE_SELECT_OF(from)                                                                    \
    "SELECT m.id, m.channel, m.thread, m.author, p.name, s.label, w.post, m.body, m.nodes, m.at,"  \
    " m.edited_at, m.deleted_at,"                                                                  \
    " CASE WHEN m.edited_at IS NULL THEN 0 ELSE"                                                   \
    " (SELECT count(*) FROM message_version v WHERE v.message = m.id) END,"                        \
    " EXISTS (SELECT 1 FROM pin WHERE pin.message = m.id),"                                        \
    " EXISTS (SELECT 1 FROM reaction x WHERE x.message = m.id),"                                   \
    " EXISTS (SELECT 1 FROM mention x WHERE x.message = m.id),"                                    \
    " EXISTS (SELECT 1 FROM file x WHERE x.message = m.id),"                                       \
    " CASE WHEN m.thread IS NULL THEN (SELECT count(*) FROM message r"                             \
    " WHERE r.thread = m.id AND r.deleted_at IS NULL) ELSE 0 END, s.role, m.event, m.resource"     \
    " FROM " from " LEFT JOIN person p ON p.id = m.author"                                         \
    " LEFT JOIN membership s ON s.id = m.membership LEFT JOIN tenure w ON w.id = s.tenure "

/* Reads at most `limit` rows of such a statement, and no more text than LIMIT_PAGE_BYTES, with all
 * that belongs to them. Ends the rows; true if there were more. */
bool messages_read(struct tx *tx, struct rows rows, size_t limit, struct messages *out);
/* Those of these ids that exist, in the order given, as many as a page holds; rights are the
 * caller's matter. true if there were more. */
bool messages_by_id(struct tx *tx, const struct ids *ids, struct messages *out);
/* Reads these for calls of message_load() that follow, into tx->brought: what a page holds. */
void messages_bring(struct tx *tx, const struct ids *ids);
/* false: there is no such message. */
bool message_load(struct tx *tx, int64_t id, struct message *out);
/* The same for tx->posted. */
void message_load_posted(struct tx *tx, struct message *out);

/* The first id of that instant or later: found by halves, so that looking at last week does not
 * walk ten years. Ids rise with time, but for a clock that was put right. */
int64_t message_id_at(struct tx *tx, int64_t at_ms);

extern const struct fact message_posted_fact, message_edited_fact, message_deleted_fact;
extern const struct fact message_reacted_fact, message_pinned_fact, thread_changed_fact;

/* A message as it is first written; its id is the number of its message.posted. */
struct message_new {
    int64_t id, channel;
    int64_t club;             /* of the channel; 0: a direct conversation */
    int64_t thread;           /* root it answers, 0: none */
    int64_t author;           /* 0: nobody any more */
    int64_t event;            /* whose card it is, 0: of none */
    int64_t resource;         /* the same */
    const char *body, *nodes; /* no nodes where it has no words: "[]" */
    int64_t function;         /* membership it is written under; found by message_insert() */
};
/* Its row, under the function its author has there, and its words in the index. */
void message_insert(struct tx *tx, const struct message_new *message);

/* Adds the message to the full-text index, before the commit and as it is by then. */
void message_index(struct tx *tx, int64_t message);
/* Takes it out: to be called BEFORE its words change, with which it must be taken out. */
void message_unindex(struct tx *tx, int64_t message);

/* Everything said in it and about it goes, its place stays; all who should hear of it do. The
 * command declares MESSAGE_REMOVE_FACTS. */
void message_remove(struct tx *tx, const struct message_head *message);
#define MESSAGE_REMOVE_FACTS                                                                       \
    &message_deleted_fact, &thread_changed_fact, &saved_changed_fact, &thread_read_fact,           \
        &read_moved_fact

#endif
