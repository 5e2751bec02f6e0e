#include "club/event_words.h"

#include "base/str.h"
#include "base/zone.h"
#include "club/when.h"

#define NB "\u00a0" /* no-break space, before a colon */

const char *event_when(struct arena *arena, const struct event *event)
{
    return when_words(arena, event->starts_at, event->ends_at, zone_names[event->zone],
                      event->all_day);
}

const char *event_where(struct arena *arena, const struct event *event)
{
    const char *place = event->address ? event->address : event->commune;
    bool online = event->link || event->platform || event->link_shown == LINK_REGISTERED;
    const char *line =
        event->platform ? arena_printf(arena, "en ligne (%s)", event->platform) : "en ligne";
    if (event->address && event->commune) {
        place = arena_printf(arena, "%s, %s", event->address, event->commune);
    }
    if (place && online) {
        return arena_printf(arena, "%s, et %s", place, line);
    }
    return online ? line : place;
}

const char *event_move_words(struct arena *arena, const struct event *before,
                             const struct event *after, bool link_changed)
{
    bool moved = before->starts_at != after->starts_at || before->ends_at != after->ends_at ||
                 before->zone != after->zone || before->all_day != after->all_day;
    bool placed =
        !str_equal(before->address, after->address) || !str_equal(before->commune, after->commune);
    const char *words = "";
    if (moved) {
        words = arena_printf(arena, "\nNouvelle date" NB ": %s", event_when(arena, after));
    }
    if (placed) {
        const char *where = event_where(arena, after);
        words =
            arena_printf(arena, "%s\nNouveau lieu" NB ": %s", words, where ? where : "à préciser");
    }
    if (link_changed) {
        words = arena_printf(arena, "%s\nLe lien de la visioconférence a changé", words);
    }
    return *words ? words + 1 : NULL;
}
