/* Territories by the codes others know them by: a PVD by its key, a commune by its INSEE code, an
 * EPCI by its SIREN, a département by its own.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_TERRITORY_H
#define BEFFROI_CLUB_TERRITORY_H

#include "club/ids.h"
#include "club/resource.h"

/* Of a resource, with their names: a list of struct territory. */
struct list territories_of(struct tx *tx, int64_t resource);
/* In place of those it had. */
void territories_store(struct tx *tx, int64_t resource, const struct list *territories);
/* ERR_TERRITORY with the one at fault where a code means nothing. */
enum err territories_check(struct tx *tx, const struct list *territories);
/* The Clubs of the départements that its territories are or lie in; none if it has none. */
void territories_clubs(struct tx *tx, int64_t resource, struct ids *out);

/* The (kind, code) of the territory that has this kind and code and of all that lie in it: in a
 * département its EPCI, PVD and communes, in an EPCI its PVD and communes, in a PVD its communes.
 */
#define TERRITORIES_WITHIN(kind, code)                                                             \
    "(SELECT " kind ", " code " UNION SELECT 'commune', insee FROM " COMMUNES_WITHIN(              \
        kind,                                                                                      \
        code) " UNION SELECT 'town', w.key FROM " COMMUNES_WITHIN(kind,                            \
                                                                  code) " JOIN town w ON w.id = "  \
                                                                        "c.town"                   \
                                                                        " UNION SELECT 'epci', "   \
                                                                        "c.epci FROM commune c "   \
                                                                        "WHERE " kind              \
                                                                        " = 'departement'"         \
                                                                        " AND c.departement "      \
                                                                        "= " code ")"
#define COMMUNES_WITHIN(kind, code)                                                                \
    "(SELECT * FROM commune WHERE CASE " kind " WHEN 'departement' THEN departement = " code       \
    " WHEN 'epci' THEN epci = " code " WHEN 'town' THEN"                                           \
    " town = (SELECT id FROM town WHERE key = " code ") END) c"

#endif
