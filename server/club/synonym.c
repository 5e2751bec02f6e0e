/* synonym.list, synonym.set, synonym.delete: what search takes as the same words. */
#include "club/synonym.h"

#include "base/str.h"
#include "club/fold.h"
#include "store/journal.h"

struct synonym {
    int64_t id;
    struct list terms; /* texts */
};
static const struct field synonym_fields[] = {
    FIELD_ID(struct synonym, id, "Group"),
    FIELD_TEXTS(struct synonym, terms, 2, LIMIT_SYNONYM_TERMS, "Terms that mean the same"),
    FIELD_END,
};

/* --- synonym.list ----------------------------------------------------------------------------- */

struct synonym_list_out {
    int64_t seq;
    struct list synonyms;
};
static const struct field list_out[] = {
    FIELD_INT(struct synonym_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct synonym_list_out, synonyms, synonym, synonym_fields, 0, LIMIT_SYNONYMS,
               "Groups, by their first term"),
    FIELD_END,
};

SQL(all_terms, "SELECT t.synonym, t.term FROM synonym_term t JOIN synonym_term f"
               " ON f.synonym = t.synonym AND f.position = 1 ORDER BY f.folded, t.position");

static enum err list_run(struct tx *tx, const void *in, void *out_)
{
    struct synonym_list_out *out = out_;
    struct {
        struct synonym *items;
        size_t count, capacity;
    } groups = {0};
    struct {
        const char **items;
        size_t count, capacity;
    } words = {0};
    (void)in;
    for (struct rows rows = db_select(tx->db, &all_terms); rows_next(&rows);) {
        int64_t id = rows_int(&rows, 0);
        if (groups.count == 0 || groups.items[groups.count - 1].id != id) {
            words.items = NULL;
            words.capacity = 0;
            words.count = 0;
            ARENA_PUSH(tx->arena, &groups, ((struct synonym){id, {NULL, 0}}));
        }
        ARENA_PUSH(tx->arena, &words, rows_copy(&rows, 1, tx->arena));
        groups.items[groups.count - 1].terms = (struct list){words.items, words.count};
    }
    out->synonyms = (struct list){groups.items, groups.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command synonym_list_command = {
    .name = "synonym.list",
    .doc = "Terms that search takes as the same.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = list_out,
    .out_bytes = sizeof(struct synonym_list_out),
    .run = list_run,
};

/* --- synonym.set ------------------------------------------------------------------------------ */

struct synonym_set {
    int64_t synonym;
    struct list terms;
};
static const struct field set_in[] = {
    FIELD_ID_OPT(struct synonym_set, synonym, "Group to change; absent: a new one"),
    FIELD_TEXTS(struct synonym_set, terms, 1, LIMIT_SYNONYM_TERMS,
                "All its terms, words or expressions"),
    FIELD_END,
};
struct synonym_set_out {
    int64_t id;
};
static const struct field set_out[] = {
    FIELD_ID(struct synonym_set_out, id, "Group"),
    FIELD_END,
};

SQL(group_is_there, "SELECT 1 FROM synonym WHERE id = ?1");
SQL(group_count, "SELECT count(*) FROM synonym");
SQL(add_group, "INSERT INTO synonym DEFAULT VALUES");
SQL(drop_group, "DELETE FROM synonym WHERE id = ?1");
SQL(drop_terms, "DELETE FROM synonym_term WHERE synonym = ?1");
SQL(term_group, "SELECT synonym FROM synonym_term WHERE folded = ?1");
SQL(add_term, "INSERT INTO synonym_term (folded, synonym, position, term)"
              " VALUES (?1, ?2, ?3, ?4)");

static enum err add_terms(struct tx *tx, int64_t group, const struct list *terms)
{
    const char *const *items = terms->items;
    int64_t position = 0;
    for (size_t i = 0; i < terms->count; i++) {
        const char *folded = fold(items[i], tx->arena);
        if (!*folded) {
            return tx_fail(tx, ERR_SYNONYM_EMPTY, "terms", items[i]);
        }
        if (utf8_chars(items[i]) > LIMIT_SYNONYM_CHARS) {
            return tx_fail(tx, ERR_TOO_LONG, "terms", PHRASE("120 caractères", "120 characters"));
        }
        int64_t other = db_int(tx->db, &term_group, 0, folded);
        if (other != 0 && other != group) {
            return tx_fail(tx, ERR_SYNONYM_TAKEN, "terms", items[i]);
        }
        if (other == 0) {
            db_run(tx->db, &add_term, folded, group, ++position, items[i]);
        }
    }
    return position < 2 ? tx_fail(tx, ERR_SYNONYM_ALONE, "terms", NULL) : ERR_NONE;
}

static enum err set_run(struct tx *tx, const void *in, void *out_)
{
    const struct synonym_set *asked = in;
    struct synonym_set_out *out = out_;
    out->id = asked->synonym;
    if (asked->synonym && !db_int(tx->db, &group_is_there, 0, asked->synonym)) {
        return tx_fail(tx, ERR_NOT_FOUND, "synonym", NULL);
    }
    if (!asked->synonym && db_int(tx->db, &group_count, 0) >= LIMIT_SYNONYMS) {
        return tx_fail(tx, ERR_FULL, "synonym", PHRASE("500 groupes", "500 groups"));
    }
    if (asked->synonym) {
        db_run(tx->db, &drop_terms, asked->synonym);
    } else {
        db_run(tx->db, &add_group);
        out->id = db_last_id(tx->db);
    }
    return add_terms(tx, out->id, &asked->terms);
}

const struct command synonym_set_command = {
    .name = "synonym.set",
    .doc = "Make a group of terms that mean the same, or change one.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = set_in,
    .in_bytes = sizeof(struct synonym_set),
    .out = set_out,
    .out_bytes = sizeof(struct synonym_set_out),
    .run = set_run,
};

/* --- synonym.delete --------------------------------------------------------------------------- */

struct synonym_delete {
    int64_t synonym;
};
static const struct field delete_in[] = {
    FIELD_ID(struct synonym_delete, synonym, "Group"),
    FIELD_END,
};

static enum err delete_run(struct tx *tx, const void *in, void *out)
{
    const struct synonym_delete *asked = in;
    (void)out;
    db_run(tx->db, &drop_terms, asked->synonym);
    db_run(tx->db, &drop_group, asked->synonym);
    return db_changed(tx->db) ? ERR_NONE : tx_fail(tx, ERR_NOT_FOUND, "synonym", NULL);
}

const struct command synonym_delete_command = {
    .name = "synonym.delete",
    .doc = "Forget a group of synonyms; its terms stay words like others.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = delete_in,
    .in_bytes = sizeof(struct synonym_delete),
    .out = no_fields,
    .run = delete_run,
};

/* --- for a search ----------------------------------------------------------------------------- */

/* Each search reads them: in no order, as they lie. */
SQL(terms_as_they_lie, "SELECT synonym, term FROM synonym_term");

struct french_synonyms synonyms_load(struct tx *tx)
{
    struct {
        struct french_synonym *items;
        size_t count, capacity;
    } all = {0};
    for (struct rows rows = db_select(tx->db, &terms_as_they_lie); rows_next(&rows);) {
        struct french_synonym one = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena)};
        ARENA_PUSH(tx->arena, &all, one);
    }
    return (struct french_synonyms){.items = all.items, .count = all.count};
}

#define SYNONYM(...) {__VA_ARGS__, NULL},
static const char *const seeded[][LIMIT_SYNONYM_TERMS + 1] = {
#include "club/synonyms.def"
};

void synonyms_seed(struct tx *tx)
{
    if (db_int(tx->db, &group_count, 0) > 0) {
        return;
    }
    for (size_t i = 0; i < sizeof seeded / sizeof *seeded; i++) {
        size_t count = 0;
        while (seeded[i][count]) {
            count++;
        }
        db_run(tx->db, &add_group);
        struct list terms = {seeded[i], count};
        if (add_terms(tx, db_last_id(tx->db), &terms)) {
            return;
        }
    }
}
