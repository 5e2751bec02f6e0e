/* message.search: over every message the actor may read, and none else.
 *
 * Two steps: which messages (message_find.c), then what to show of each. There is no total:
 * counting a common word over years takes longer than finding its last uses. */
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "club/ids.h"
#include "club/message.h"
#include "club/message_find.h"
#include "club/snippet.h"
#include "club/synonym.h"
#include "store/french.h"
#include "store/journal.h"

#define PAGE_DEFAULT   20
#define CLOCK_SLACK_MS MS_PER_DAY /* of message_id_at(), whose filter is exact beside it */

struct message_search {
    const char *query;
    int64_t club, channel, author;
    int64_t after, before; /* wall ms, 0: open */
    enum { ORDER_RECENT, ORDER_RELEVANT } order;
    int64_t limit, cursor;
};
static const char *const order_words[] = {"recent", "relevant", NULL};
static const struct choice order_choice = {"SearchOrder", order_words};
static const struct field search_in[] = {
    FIELD_LINE(struct message_search, query, 1, LIMIT_QUERY_CHARS,
               "Words that must all be there; between quotes, one after the other"),
    FIELD_ID_OPT(struct message_search, club, "Only in this Club"),
    FIELD_ID_OPT(struct message_search, channel, "Only in this channel"),
    FIELD_ID_OPT(struct message_search, author, "Only by this person"),
    FIELD_TIME_OPT(struct message_search, after, "Only from this instant on"),
    FIELD_TIME_OPT(struct message_search, before, "Only before this instant"),
    FIELD_CHOICE_OPT(struct message_search, order, &order_choice,
                     "The last ones first, or those that fit best"),
    FIELD_INT_OR(struct message_search, limit, 1, LIMIT_LIST_MAX, PAGE_DEFAULT, "Hits in a page"),
    FIELD_INT_OPT(struct message_search, cursor, 1, INT64_MAX, "`next` of the page before"),
    FIELD_END,
};

struct hit {
    const struct message *message;
    const char *channel_name, *club_name;
    int64_t club;
    struct list snippet;
};
static const struct field hit_fields[] = {
    FIELD_OBJECT(struct hit, message, message, message_fields, "Message"),
    FIELD_LINE(struct hit, channel_name, 0, LIMIT_NAME_CHARS, "Name of its channel"),
    FIELD_ID_OPT(struct hit, club, "Its Club; absent: a direct conversation"),
    FIELD_LINE_OPT(struct hit, club_name, 0, LIMIT_NAME_CHARS, "Name of the Club"),
    FIELD_TEXTS(struct hit, snippet, 1, 200,
                "Part of its text: plain, found, plain, found... by turns"),
    FIELD_END,
};
struct message_search_out {
    int64_t seq;
    struct list hits;
    int64_t next;
    bool cut;
};
static const struct field search_out[] = {
    FIELD_INT(struct message_search_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct message_search_out, hits, hit, hit_fields, 0, LIMIT_LIST_MAX, "Hits"),
    FIELD_INT_OPT(struct message_search_out, next, 1, INT64_MAX,
                  "`cursor` of the next page; absent: this is the last one"),
    FIELD_BOOL(struct message_search_out, cut,
               "Only the newest few hundred matches were put in order"),
    FIELD_END,
};

/* --- what is looked for ----------------------------------------------------------------------- */

/* Where the actor may read and wants to look. Nothing there: as if it did not exist (law 5). */
static enum err find_channels(struct tx *tx, const struct message_search *in, struct ids *out)
{
    struct ids readable = {0};
    ids_of_readable(tx, in->club, &readable);
    for (size_t i = 0; i < readable.count; i++) {
        if (in->channel == 0 || readable.items[i] == in->channel) {
            ARENA_PUSH(tx->arena, out, readable.items[i]);
        }
    }
    if (out->count == 0 && (in->channel || in->club)) {
        return tx_fail(tx, ERR_NOT_FOUND, in->channel ? "channel" : "club", NULL);
    }
    return ERR_NONE;
}

static void bound_ids(struct tx *tx, const struct message_search *in, struct find *find)
{
    find->first = in->after ? message_id_at(tx, in->after - CLOCK_SLACK_MS) : 0;
    find->last = in->before ? message_id_at(tx, in->before + CLOCK_SLACK_MS) : INT64_MAX;
    if (in->order == ORDER_RECENT && in->cursor && in->cursor <= find->last) {
        find->last = in->cursor - 1;
    }
}

/* The expression of `query`, NULL if it has no word. */
static const char *expression(struct tx *tx, const char *query,
                              const struct french_synonyms *synonyms)
{
    char words[FRENCH_MATCH_WIDE_BYTES];
    enum french_match made = french_match_how(query, synonyms, FRENCH_ALL, words, sizeof words);
    if (made == FRENCH_MATCH_TOO_LONG) {
        made = french_match(query, words, sizeof words);
    }
    return made == FRENCH_MATCH_OK ? arena_strdup(tx->arena, words) : NULL;
}

static enum err prepare_find(struct tx *tx, const struct message_search *in,
                             const struct french_synonyms *synonyms, struct find *find)
{
    *find = (struct find){.author = in->author,
                          .after = in->after,
                          .before = in->before ? in->before : INT64_MAX,
                          .by_relevance = in->order == ORDER_RELEVANT};
    /* The space: its last word is whole. */
    find->words = expression(tx, arena_printf(tx->arena, "%s ", in->query), synonyms);
    if (!find->words) {
        return tx_fail(tx, ERR_EMPTY, "query", NULL);
    }
    enum err err = find_channels(tx, in, &find->channels);
    if (!err) {
        bound_ids(tx, in, find);
    }
    return err;
}

/* As a whole word the last one is found in the order of the index, however common. As a beginning
 * it stands for all words that begin so: only where the whole word gives too few. */
static void find_either(struct tx *tx, const struct message_search *in,
                        struct french_synonyms *synonyms, struct find *find, struct found *found)
{
    size_t enough = find->by_relevance ? LIMIT_LIST_MAX : (size_t)in->limit + 1;
    size_t wanted = find->by_relevance ? LIMIT_SEARCH_CANDIDATES : enough;
    messages_find(tx, find, wanted, found);
    if (found->count < enough && !find->common && messages_may_begin(tx, in->query)) {
        messages_longer_words(tx, in->query, synonyms);
        find->words = expression(tx, in->query, synonyms);
        find->beginning = true;
        *found = (struct found){0};
        messages_find(tx, find, wanted, found);
    }
}

/* The ids of a page. */
static struct ids page_of(struct tx *tx, const struct message_search *in, const struct found *found)
{
    struct ids ids = {0};
    size_t from = in->order == ORDER_RELEVANT ? (size_t)in->cursor : 0;
    for (size_t i = from; i < found->count && ids.count < (size_t)in->limit; i++) {
        ARENA_PUSH(tx->arena, &ids, found->items[i].id);
    }
    return ids;
}

/* --- what to show ----------------------------------------------------------------------------- */

SQL(place_of, "SELECT c.name, c.club, k.name FROM channel c LEFT JOIN club k ON k.id = c.club"
              " WHERE c.id = ?1");

static void show_place(struct tx *tx, struct hit *hit)
{
    struct rows rows = db_select(tx->db, &place_of, hit->message->channel);
    if (rows_next(&rows)) {
        hit->channel_name = rows_copy(&rows, 0, tx->arena);
        hit->club = rows_int(&rows, 1);
        hit->club_name = rows_copy(&rows, 2, tx->arena);
        rows_end(&rows);
    }
}

static void show_all(struct tx *tx, const struct find *find, const struct messages *messages,
                     struct message_search_out *out)
{
    struct hit *hits = ARENA_ARRAY(tx->arena, struct hit, messages->count + 1);
    for (size_t i = 0; i < messages->count; i++) {
        hits[i].message = &messages->items[i];
        show_place(tx, &hits[i]);
    }
    struct list *snippets = ARENA_ARRAY(tx->arena, struct list, messages->count + 1);
    message_snippets(tx, find->words, messages, snippets);
    for (size_t i = 0; i < messages->count; i++) {
        hits[i].snippet = snippets[i];
    }
    out->hits = (struct list){hits, messages->count};
}

static enum err search_run(struct tx *tx, const void *in_, void *out_)
{
    const struct message_search *in = in_;
    struct message_search_out *out = out_;
    struct find find;
    struct found found = {0};
    struct messages messages = {0};
    struct french_synonyms synonyms = synonyms_load(tx);
    enum err err = prepare_find(tx, in, &synonyms, &find);
    if (err) {
        return err;
    }
    out->seq = journal_head(tx->db);
    find_either(tx, in, &synonyms, &find, &found);
    struct ids ids = page_of(tx, in, &found);
    if (ids.count == 0) {
        return ERR_NONE;
    }
    out->cut = find.by_relevance && found.more;
    messages_by_id(tx, &ids, &messages);
    show_all(tx, &find, &messages, out);
    size_t before = find.by_relevance ? (size_t)in->cursor : 0;
    if (messages.count > 0 && before + messages.count < found.count) {
        out->next = find.by_relevance ? in->cursor + (int64_t)messages.count
                                      : messages.items[messages.count - 1].id;
    }
    return ERR_NONE;
}

const struct command message_search_command = {
    .name = "message.search",
    .doc = "Search every message the person may read.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = search_in,
    .in_bytes = sizeof(struct message_search),
    .out = search_out,
    .out_bytes = sizeof(struct message_search_out),
    .run = search_run,
};
