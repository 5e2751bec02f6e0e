/* store.clean: forgets what is too old to be of use, then has the writer merge the full-text index
 * and empty the WAL, until nothing of an erased word is left in a file. */
#include "club/store_clean.h"

#include "club/noted.h"
#include "store/journal.h"

#define EVERY_MS   MS_PER_DAY
#define PRUNE_STEP 10000 /* journal rows a run forgets at most: the writer has others to serve */

struct store_clean {
    int64_t object; /* always 1: the key of its due time */
};
static const struct field store_clean_in[] = {
    FIELD_INT_OPT(struct store_clean, object, 0, 1, "Nothing to choose"),
    FIELD_END,
};

SQL(clean_is_due, "SELECT at FROM due WHERE command = 'store.clean' AND object = 1");
SQL(forget_nonces, "DELETE FROM nonce WHERE at < ?1");
SQL(forget_sessions, "DELETE FROM session WHERE expires_at < ?1");

void store_clean_soon(struct tx *tx)
{
    int64_t soon_ms = tx->now_ms + CLEAN_AFTER_MS;
    if (db_int(tx->db, &clean_is_due, INT64_MAX) > soon_ms) {
        due_set(tx, &store_clean_command, 1, soon_ms);
    }
}

static enum err store_clean_run(struct tx *tx, const void *in, void *out)
{
    (void)in, (void)out;
    bool more = journal_prune(tx->db, tx->now_ms - LIMIT_JOURNAL_DAYS * MS_PER_DAY,
                              LIMIT_JOURNAL_ROWS, PRUNE_STEP);
    db_run(tx->db, &forget_nonces, tx->now_ms - LIMIT_NONCE_DAYS * MS_PER_DAY);
    db_run(tx->db, &forget_sessions, tx->now_ms - LIMIT_SESSION_DAYS * MS_PER_DAY);
    due_set(tx, &store_clean_command, 1, tx->now_ms + (more ? MS_PER_SECOND : EVERY_MS));
    note_add(tx, &(struct note){.type = EFFECT_SCRUB});
    return ERR_NONE;
}

const struct command store_clean_command = {
    .name = "store.clean",
    .doc = "Forget what is too old, and leave nothing of erased words in any file. Runs every day, "
           "and "
           "within an hour of an erasure.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = store_clean_in,
    .in_bytes = sizeof(struct store_clean),
    .out = no_fields,
    .run = store_clean_run,
};
