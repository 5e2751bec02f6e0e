#include "club/territory.h"

#include "club/rows.h"

/* --- of a resource ---------------------------------------------------------------------------- */

#define NAME_OF(kind, code)                                                                        \
    "CASE " kind " WHEN 'town' THEN (SELECT name FROM town WHERE key = " code ")"                  \
    " WHEN 'commune' THEN (SELECT name FROM commune WHERE insee = " code ")"                       \
    " WHEN 'epci' THEN (SELECT epci_name FROM commune WHERE epci = " code " LIMIT 1)"              \
    " ELSE (SELECT name FROM departement WHERE code = " code ") END"
SQL(named,
    "SELECT t.kind, t.code, " NAME_OF("t.kind",
                                      "t.code") " FROM resource_territory t"
                                                " WHERE t.resource = ?1 ORDER BY t.kind, t.code");

struct list territories_of(struct tx *tx, int64_t resource)
{
    struct {
        struct territory *items;
        size_t count, capacity;
    } found = {0};
    for (struct rows rows = db_select(tx->db, &named, resource); rows_next(&rows);) {
        struct territory territory = {
            .kind = (enum territory_kind)rows_word(&rows, 0, &territory_kind_choice),
            .code = rows_copy(&rows, 1, tx->arena),
            .name = rows_some(tx, &rows, 2),
        };
        ARENA_PUSH(tx->arena, &found, territory);
    }
    return (struct list){found.items, found.count};
}

SQL(none, "DELETE FROM resource_territory WHERE resource = ?1");
SQL(add, "INSERT OR IGNORE INTO resource_territory (resource, kind, code) VALUES (?1, ?2, ?3)");

void territories_store(struct tx *tx, int64_t resource, const struct list *territories)
{
    const struct territory *items = territories->items;
    db_run(tx->db, &none, resource);
    for (size_t i = 0; i < territories->count; i++) {
        db_run(tx->db, &add, resource, territory_kind_choice.words[items[i].kind], items[i].code);
    }
}

SQL(name_of, "SELECT " NAME_OF("?1", "?2"));

enum err territories_check(struct tx *tx, const struct list *territories)
{
    const struct territory *items = territories->items;
    for (size_t i = 0; i < territories->count; i++) {
        const char *kind = territory_kind_choice.words[items[i].kind];
        if (!db_text(tx->db, &name_of, tx->arena, kind, items[i].code)) {
            return tx_fail(tx, ERR_TERRITORY, arena_printf(tx->arena, "territories[%zu].code", i),
                           items[i].code);
        }
    }
    return ERR_NONE;
}

SQL(clubs_of,
    "SELECT k.id FROM club k WHERE k.departement IN (SELECT code FROM resource_territory"
    " WHERE resource = ?1 AND kind = 'departement'"
    " UNION SELECT c.departement FROM resource_territory t JOIN commune c ON c.insee = t.code"
    " WHERE t.resource = ?1 AND t.kind = 'commune'"
    " UNION SELECT c.departement FROM resource_territory t JOIN commune c ON c.epci = t.code"
    " WHERE t.resource = ?1 AND t.kind = 'epci'"
    " UNION SELECT c.departement FROM resource_territory t JOIN town w ON w.key = t.code"
    " JOIN commune c ON c.town = w.id WHERE t.resource = ?1 AND t.kind = 'town') ORDER BY k.id");

void territories_clubs(struct tx *tx, int64_t resource, struct ids *out)
{
    ids_read(tx, db_select(tx->db, &clubs_of, resource), out);
}
