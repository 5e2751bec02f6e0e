/* resource.get: one resource, with what the person can do with it and may know of its making. */
#include "club/person.h"
#include "club/resource.h"
#include "store/journal.h"

struct resource_get {
    int64_t resource;
};
static const struct field get_in[] = {
    FIELD_ID(struct resource_get, resource, "Resource"),
    FIELD_END,
};
struct resource_got {
    int64_t seq;
    const struct resource *resource;
    uint32_t can;
    const struct person_name *author;
    int64_t source_message, source_channel;
};
static const struct field get_out[] = {
    FIELD_INT(struct resource_got, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_OBJECT(struct resource_got, resource, resource, resource_fields, "Resource"),
    FIELD_WORDS(struct resource_got, can, &resource_can_choice, "What the person can do with it"),
    FIELD_OBJECT_OPT(struct resource_got, author, person_name, person_name_fields,
                     "Who drafted it, if the person knows them"),
    FIELD_ID_OPT(struct resource_got, source_message,
                 "Message it was taken from, if the person may read that"),
    FIELD_ID_OPT(struct resource_got, source_channel, "Channel of that message"),
    FIELD_END,
};

SQL(name_of, "SELECT name FROM person WHERE id = ?1");
SQL(source_of, "SELECT m.id, m.channel FROM resource r JOIN message m ON m.id = r.source_message"
               " WHERE r.id = ?1 AND m.deleted_at IS NULL");

/* Who may not read the conversation does not learn that there is one. */
static void tell_source(struct tx *tx, int64_t resource, struct resource_got *out)
{
    struct channel channel;
    struct rows rows = db_select(tx->db, &source_of, resource);
    if (!rows_next(&rows)) {
        return;
    }
    int64_t message = rows_int(&rows, 0), of_channel = rows_int(&rows, 1);
    rows_end(&rows);
    if (channel_find(tx, of_channel, &channel) && (may_in_channel(tx, &channel) & CAN_READ)) {
        out->source_message = message;
        out->source_channel = of_channel;
    }
}

static void tell_author(struct tx *tx, struct resource_got *out)
{
    int64_t author = tx->resource.author;
    if (author && (author == tx->actor.person || (out->can & RESOURCE_CAN_KEEP) ||
                   person_visible(tx, author))) {
        struct person_name *name = ARENA_NEW(tx->arena, struct person_name);
        *name = (struct person_name){author, db_text(tx->db, &name_of, tx->arena, author)};
        out->author = name;
    }
}

static enum err get_run(struct tx *tx, const void *in_, void *out_)
{
    const struct resource_get *in = in_;
    struct resource_got *out = out_;
    struct resource *resource = ARENA_NEW(tx->arena, struct resource);
    resource_load(tx, in->resource, resource);
    out->resource = resource;
    out->can = tx->resource.can;
    tell_author(tx, out);
    tell_source(tx, in->resource, out);
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command resource_get_command = {
    .name = "resource.get",
    .doc = "One resource, with what the person can do with it.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_RESOURCE_SEE,
    .in = get_in,
    .in_bytes = sizeof(struct resource_get),
    .out = get_out,
    .out_bytes = sizeof(struct resource_got),
    .run = get_run,
};
