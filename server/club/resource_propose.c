/* resource.propose, resource.return, resource.withdraw: a resource before those who keep the shelf.
 */
#include "club/edition.h"
#include "club/resource_life.h"

enum err resource_misstep(struct tx *tx)
{
    static const char *const why[] = {
        [RESOURCE_DRAFT] = PHRASE("c'est un brouillon", "it is a draft"),
        [RESOURCE_PROPOSED] = PHRASE("elle est déjà proposée", "it is proposed already"),
        [RESOURCE_RETURNED] =
            PHRASE("des changements y sont déjà demandés", "changes are asked for already"),
        [RESOURCE_SCHEDULED] =
            PHRASE("sa publication est programmée", "its publication is scheduled"),
        [RESOURCE_PUBLISHED] = PHRASE("elle est publiée", "it is published"),
        [RESOURCE_WITHDRAWN] = PHRASE("elle est retirée", "it is withdrawn"),
    };
    return tx_fail(tx, ERR_CONFLICT, NULL, why[tx->resource.state]);
}

SQL(is_fiche, "SELECT kind = 'fiche_projet' FROM resource WHERE id = ?1");

enum err resource_needs_content(struct tx *tx, int64_t resource)
{
    bool opens = db_int(tx->db, &is_fiche, 0, resource) || edition_has_content(tx, resource);
    return opens ? ERR_NONE : tx_fail(tx, ERR_NO_CONTENT, NULL, NULL);
}

void resource_tell_author(struct tx *tx, enum notice_kind kind, int64_t resource,
                          const char *detail)
{
    int64_t author = tx->resource.author;
    if (author && author != tx->actor.person) {
        notice_give_resource(tx, author, kind, resource, detail);
    }
}

SQL(set_state, "UPDATE resource SET state = ?2, remark = coalesce(?3, remark), publish_at = NULL,"
               " changed_at = max(?4, changed_at + 1) WHERE id = ?1");

/* `remark` NULL: the one it had stays. */
static void move(struct tx *tx, int64_t resource, enum resource_state state, const char *remark)
{
    struct ids before = {0};
    resource_audiences(tx, resource, &before);
    due_set(tx, &resource_publish_command, resource, INT64_MAX);
    db_run(tx->db, &set_state, resource, resource_state_choice.words[state], remark, tx->now_ms);
    resource_tell(tx, resource, &before);
}

/* --- resource.propose ------------------------------------------------------------------------- */

struct resource_about {
    int64_t resource;
    const char *remark;
};
static const struct field propose_in[] = {
    FIELD_ID(struct resource_about, resource, "Resource"),
    FIELD_END,
};

SQL(set_proposed, "UPDATE resource SET proposed_at = ?2 WHERE id = ?1");

static enum err propose_run(struct tx *tx, const void *in_, void *out)
{
    const struct resource_about *in = in_;
    struct ids reviewers = {0};
    (void)out;
    if (tx->resource.state != RESOURCE_DRAFT && tx->resource.state != RESOURCE_RETURNED) {
        return resource_misstep(tx);
    }
    enum err err = resource_needs_content(tx, in->resource);
    if (err) {
        return err;
    }
    db_run(tx->db, &set_proposed, in->resource, tx->now_ms);
    move(tx, in->resource, RESOURCE_PROPOSED, NULL);
    resource_reviewers(tx, in->resource, &reviewers);
    for (size_t i = 0; i < reviewers.count; i++) {
        if (reviewers.items[i] != tx->actor.person) {
            notice_give_resource(tx, reviewers.items[i], NOTICE_PROPOSED, in->resource, NULL);
        }
    }
    return ERR_NONE;
}

const struct command resource_propose_command = {
    .name = "resource.propose",
    .doc = "Propose a draft, or one that was returned, to those who keep its shelf.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_RESOURCE_EDIT,
    .in = propose_in,
    .in_bytes = sizeof(struct resource_about),
    .out = no_fields,
    .facts = (const struct fact *const[]){RESOURCE_FACTS, &notice_added_fact, NULL},
    .run = propose_run,
};

/* --- resource.return -------------------------------------------------------------------------- */

static const struct field return_in[] = {
    FIELD_ID(struct resource_about, resource, "Resource"),
    FIELD_TEXT(struct resource_about, remark, 1, LIMIT_REASON_CHARS, "What is asked for"),
    FIELD_END,
};

static enum err return_run(struct tx *tx, const void *in_, void *out)
{
    const struct resource_about *in = in_;
    (void)out;
    if (tx->resource.state != RESOURCE_PROPOSED && tx->resource.state != RESOURCE_SCHEDULED) {
        return resource_misstep(tx);
    }
    move(tx, in->resource, RESOURCE_RETURNED, in->remark);
    resource_tell_author(tx, NOTICE_RETURNED, in->resource, in->remark);
    return ERR_NONE;
}

const struct command resource_return_command = {
    .name = "resource.return",
    .doc = "Ask for changes in a resource that is proposed, or scheduled; its author is told.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_RESOURCE_KEEP,
    .in = return_in,
    .in_bytes = sizeof(struct resource_about),
    .out = no_fields,
    .facts = (const struct fact *const[]){RESOURCE_FACTS, &notice_added_fact, NULL},
    .run = return_run,
};

/* --- resource.withdraw ------------------------------------------------------------------------ */

static const struct field withdraw_in[] = {
    FIELD_ID(struct resource_about, resource, "Resource"),
    FIELD_TEXT_OPT(struct resource_about, remark, 1, LIMIT_REASON_CHARS, "Why"),
    FIELD_END,
};

static enum err withdraw_run(struct tx *tx, const void *in_, void *out)
{
    const struct resource_about *in = in_;
    (void)out;
    if (tx->resource.state != RESOURCE_PUBLISHED) {
        return resource_misstep(tx);
    }
    move(tx, in->resource, RESOURCE_WITHDRAWN, in->remark ? in->remark : "");
    resource_card_remove(tx, in->resource);
    resource_tell_author(tx, NOTICE_WITHDRAWN, in->resource, in->remark);
    return ERR_NONE;
}

const struct command resource_withdraw_command = {
    .name = "resource.withdraw",
    .doc = "Take a published resource off its shelf: only its author and those who keep the shelf "
           "still see it, and may publish it again. Its cards go.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_RESOURCE_KEEP,
    .in = withdraw_in,
    .in_bytes = sizeof(struct resource_about),
    .out = no_fields,
    .facts = (const struct fact *const[]){RESOURCE_FACTS, &notice_added_fact, MESSAGE_REMOVE_FACTS,
                                          NULL},
    .run = withdraw_run,
};
