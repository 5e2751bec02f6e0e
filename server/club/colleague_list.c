/* colleague.list: those one may register for an event: who holds a post of a same town. */
#include "club/person.h"
#include "store/journal.h"

struct colleague_list {
    int64_t seq;
    struct list people;
};
static const struct field list_out[] = {
    FIELD_INT(struct colleague_list, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct colleague_list, people, person_name, person_name_fields, 0, LIMIT_LIST_MAX,
               "By name"),
    FIELD_END,
};

SQL(colleagues, "SELECT DISTINCT q.id, q.name FROM tenure a JOIN post p ON p.id = a.post"
                " JOIN tenure b ON b.post = p.id JOIN person q ON q.id = b.person"
                " WHERE a.person = ?1 AND b.person <> ?1 AND a.state = 'active'"
                " AND b.state = 'active' AND p.town IS NOT NULL AND q.state = 'active'"
                " ORDER BY q.folded, q.id LIMIT ?2");

static enum err list_run(struct tx *tx, const void *in, void *out_)
{
    struct colleague_list *out = out_;
    struct {
        struct person_name *items;
        size_t count, capacity;
    } people = {0};
    (void)in;
    struct rows rows = db_select(tx->db, &colleagues, tx->actor.person, (int64_t)LIMIT_LIST_MAX);
    while (rows_next(&rows)) {
        struct person_name name = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena)};
        ARENA_PUSH(tx->arena, &people, name);
    }
    out->people = (struct list){people.items, people.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command colleague_list_command = {
    .name = "colleague.list",
    .doc = "People who hold a post of a town of which the actor holds one: whom they may register.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = list_out,
    .out_bytes = sizeof(struct colleague_list),
    .run = list_run,
};
