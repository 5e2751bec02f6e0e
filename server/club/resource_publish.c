/* resource.publish: a resource comes on its shelf, now or at an hour set. */
#include "club/resource_life.h"

struct resource_publish {
    int64_t resource, at;
};
static const struct field publish_in[] = {
    FIELD_ID(struct resource_publish, resource, "Resource"),
    FIELD_TIME_OPT(struct resource_publish, at, "When; absent or past: now"),
    FIELD_END,
};

SQL(set_hour, "UPDATE resource SET state = 'scheduled', publish_at = ?2,"
              " changed_at = max(?3, changed_at + 1) WHERE id = ?1");

static void publish_later(struct tx *tx, int64_t resource, int64_t at)
{
    struct ids before = {0};
    resource_audiences(tx, resource, &before);
    db_run(tx->db, &set_hour, resource, at, tx->now_ms);
    due_set(tx, &resource_publish_command, resource, at);
    resource_tell(tx, resource, &before);
}

/* One that comes back keeps the hour of its first coming, by which lists place it. What a reviewer
 * said is not for its readers. */
SQL(set_published,
    "UPDATE resource SET state = 'published', publish_at = NULL, remark = '',"
    " published_at = coalesce(published_at, ?2), changed_at = max(?2, changed_at + 1)"
    " WHERE id = ?1");

static void publish_now(struct tx *tx, int64_t resource)
{
    struct ids before = {0};
    resource_audiences(tx, resource, &before);
    due_set(tx, &resource_publish_command, resource, INT64_MAX);
    db_run(tx->db, &set_published, resource, tx->now_ms);
    resource_tell(tx, resource, &before);
    resource_card_post(tx, resource);
    resource_tell_author(tx, NOTICE_PUBLISHED, resource, NULL);
}

static enum err publish_run(struct tx *tx, const void *in_, void *out)
{
    const struct resource_publish *in = in_;
    (void)out;
    if (tx->resource.state == RESOURCE_PUBLISHED) {
        return resource_misstep(tx);
    }
    enum err err = resource_needs_content(tx, in->resource);
    if (err) {
        return err;
    }
    if (in->at > tx->now_ms) {
        publish_later(tx, in->resource, in->at);
    } else {
        publish_now(tx, in->resource);
    }
    return ERR_NONE;
}

const struct command resource_publish_command = {
    .name = "resource.publish",
    .doc = "Publish a resource on its shelf, now or at an hour: who sees that shelf sees it, a "
           "card is posted in the announcements of the Clubs concerned, and its author is told.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_RESOURCE_KEEP,
    .in = publish_in,
    .in_bytes = sizeof(struct resource_publish),
    .out = no_fields,
    .facts = (const struct fact *const[]){RESOURCE_FACTS, CARD_FACTS, &notice_added_fact, NULL},
    .run = publish_run,
};
