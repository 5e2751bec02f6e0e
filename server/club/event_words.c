#include "club/event_words.h"

#include <string.h>

#include "base/str.h"
#include "base/zone.h"

#define NARROW "\u202f" /* narrow no-break space */
#define SPACE  "\u00a0"

static const char *const weekdays[] = {"dimanche", "lundi",    "mardi", "mercredi",
                                       "jeudi",    "vendredi", "samedi"};
static const char *const months[] = {"janvier", "février", "mars",      "avril",
                                     "mai",     "juin",    "juillet",   "août",
                                     "septembre", "octobre", "novembre", "décembre"};

/* What follows "heure". */
static const struct {
    const char *zone, *of;
} places[] = {
    {"Europe/Paris", "de Paris"},
    {"America/Guadeloupe", "de la Guadeloupe"},
    {"America/Martinique", "de la Martinique"},
    {"America/Cayenne", "de la Guyane"},
    {"Indian/Reunion", "de La Réunion"},
    {"Indian/Mayotte", "de Mayotte"},
    {"America/Miquelon", "de Saint-Pierre-et-Miquelon"},
    {"America/St_Barthelemy", "de Saint-Barthélemy"},
    {"America/Marigot", "de Saint-Martin"},
    {"Pacific/Noumea", "de la Nouvelle-Calédonie"},
    {"Pacific/Tahiti", "de Tahiti"},
    {"Pacific/Marquesas", "des Marquises"},
    {"Pacific/Gambier", "des Gambier"},
    {"Pacific/Wallis", "de Wallis-et-Futuna"},
    {"Indian/Kerguelen", "des Kerguelen"},
};

static const char *hour_of(const char *zone)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (str_equal(places[i].zone, zone)) {
            return places[i].of;
        }
    }
    return zone;
}

static const char *day_words(struct arena *arena, const struct local_time *at)
{
    return arena_printf(arena, "%s %d%s" SPACE "%s %d", weekdays[at->weekday], at->day,
                        at->day == 1 ? "er" : "", months[at->month - 1], at->year);
}

static const char *hour_words(struct arena *arena, const struct local_time *at)
{
    return at->minute ? arena_printf(arena, "%d" NARROW "h" NARROW "%02d", at->hour, at->minute)
                      : arena_printf(arena, "%d" NARROW "h", at->hour);
}

static bool same_day(const struct local_time *a, const struct local_time *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* "mardi 3 mars 2026 de 10 h à 12 h 30", "du mardi 3 mars 2026 à 10 h au ..." */
static const char *span_words(struct arena *arena, const struct event *event,
                              const struct zone *zone)
{
    struct local_time start = zone_local(zone, event->starts_at);
    struct local_time end = zone_local(zone, event->ends_at);
    const char *day = day_words(arena, &start), *from = hour_words(arena, &start);
    const char *to = hour_words(arena, &end);
    return same_day(&start, &end)
               ? arena_printf(arena, "%s de %s à %s", day, from, to)
               : arena_printf(arena, "du %s à %s au %s à %s", day, from, day_words(arena, &end), to);
}

/* The last day is the one that ends at the midnight given. */
static const char *days_words(struct arena *arena, const struct event *event,
                              const struct zone *zone)
{
    struct local_time first = zone_local(zone, event->starts_at);
    struct local_time last = zone_local(zone, event->ends_at - 1);
    const char *day = day_words(arena, &first);
    return same_day(&first, &last)
               ? day
               : arena_printf(arena, "du %s au %s", day, day_words(arena, &last));
}

const char *event_when(struct arena *arena, const struct event *event)
{
    const char *name = zone_names[event->zone];
    const struct zone *zone = zone_find(name), *paris = zone_find("Europe/Paris");
    if (event->all_day) {
        return days_words(arena, event, zone);
    }
    const char *words = arena_printf(arena, "%s, heure %s", span_words(arena, event, zone),
                                     hour_of(name));
    if (zone_local(zone, event->starts_at).offset_s == zone_local(paris, event->starts_at).offset_s) {
        return words;
    }
    return arena_printf(arena, "%s (%s, heure de Paris)", words, span_words(arena, event, paris));
}

const char *event_where(struct arena *arena, const struct event *event)
{
    bool both = *event->address && *event->commune;
    bool anywhere = *event->address || *event->commune;
    bool online = event->link || event->platform || event->link_shown == LINK_REGISTERED;
    const char *place =
        arena_printf(arena, "%s%s%s", event->address, both ? ", " : "", event->commune);
    const char *line = event->platform ? arena_printf(arena, "en ligne (%s)", event->platform)
                                       : "en ligne";
    if (anywhere && online) {
        return arena_printf(arena, "%s, et %s", place, line);
    }
    return anywhere ? place : online ? line : NULL;
}

const char *event_move_words(struct arena *arena, const struct event *before,
                             const struct event *after, bool link_changed)
{
    bool moved = before->starts_at != after->starts_at || before->ends_at != after->ends_at ||
                 before->zone != after->zone || before->all_day != after->all_day;
    bool placed = !str_equal(before->address, after->address) ||
                  !str_equal(before->commune, after->commune);
    const char *where = event_where(arena, after);
    const char *when_line = moved ? arena_printf(arena, "Nouvelle date" SPACE ": %s\n",
                                                 event_when(arena, after))
                                  : "";
    const char *where_line = placed ? arena_printf(arena, "Nouveau lieu" SPACE ": %s\n",
                                                   where ? where : "à préciser")
                                    : "";
    const char *words =
        arena_printf(arena, "%s%s%s", when_line, where_line,
                     link_changed ? "Le lien de la visioconférence a changé.\n" : "");
    size_t bytes = strlen(words);
    return bytes > 0 ? arena_memdup(arena, words, bytes - 1) : NULL;
}
