/* When something is, in French words: for letters, cards and documents, which are read away from
 * the page that would show the reader's own time.
 *
 * Times are those of the event's zone, which is named; where Paris has another hour, that is said
 * too. Texts live in the arena given.
 *
 * Owns nothing. Threads: any after zones_load(). Never: keeps a local time. */
#ifndef BEFFROI_CLUB_WHEN_H
#define BEFFROI_CLUB_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* "mardi 24 novembre 2026, de 14 h 00 à 16 h 00 (heure de Paris)",
 * "du mardi 24 novembre à 14 h 00 au jeudi 26 novembre 2026 à 12 h 00 (heure de Paris)",
 * "mardi 24 novembre 2026, de 8 h 00 à 10 h 00 (heure de Cayenne), soit 12 h 00 à Paris",
 * "mardi 24 novembre 2026, toute la journée", "du mardi 24 au jeudi 26 novembre 2026".
 * Instants are UTC ms; whole days end at the midnight after the last. `zone`: an IANA name. */
const char *when_words(struct arena *arena, int64_t starts_at, int64_t ends_at, const char *zone,
                       bool all_day);
/* "mardi 24 novembre 2026 à 14 h 00 (heure de Paris)" */
const char *when_instant(struct arena *arena, int64_t at, const char *zone);
/* "24/11/2026 14:00" in the zone, as spreadsheets read it. */
const char *when_cell(struct arena *arena, int64_t at, const char *zone);

#endif
