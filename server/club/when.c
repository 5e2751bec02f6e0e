#include "club/when.h"

#include "base/str.h"
#include "base/zone.h"

#define NB "\u202f" /* narrow no-break space, as in "14 h 00" */

static const char *const weekdays[] = {"dimanche", "lundi",    "mardi", "mercredi",
                                       "jeudi",    "vendredi", "samedi"};
static const char *const months[] = {"janvier",   "février", "mars",     "avril",
                                     "mai",       "juin",    "juillet",  "août",
                                     "septembre", "octobre", "novembre", "décembre"};

/* What follows "heure ". */
static const struct {
    const char *zone, *words;
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

static const char *zone_words(const char *zone)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (str_equal(places[i].zone, zone)) {
            return places[i].words;
        }
    }
    return "universelle (UTC)";
}

/* A zone that is none is a fault of ours: said in UTC, not guessed. */
static struct local_time local(const char *zone, int64_t at)
{
    const struct zone *known = zone_find(zone);
    return zone_local(known ? known : zone_find("UTC"), at);
}

static bool same_day(const struct local_time *a, const struct local_time *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static const char *day_words(struct arena *arena, const struct local_time *at)
{
    return arena_printf(arena, "%s %d%s %s", weekdays[at->weekday], at->day,
                        at->day == 1 ? "er" : "", months[at->month - 1]);
}

static const char *date_words(struct arena *arena, const struct local_time *at)
{
    return arena_printf(arena, "%s %d", day_words(arena, at), at->year);
}

static const char *hour_words(struct arena *arena, const struct local_time *at)
{
    return arena_printf(arena, "%d" NB "h" NB "%02d", at->hour, at->minute);
}

/* ", soit 12 h 00 à Paris", with the day where it is another; "" where Paris has the same hour. */
static const char *paris_words(struct arena *arena, int64_t at, const struct local_time *there)
{
    struct local_time paris = local("Europe/Paris", at);
    if (paris.offset_s == there->offset_s) {
        return "";
    }
    if (same_day(&paris, there)) {
        return arena_printf(arena, ", soit %s à Paris", hour_words(arena, &paris));
    }
    return arena_printf(arena, ", soit %s à %s à Paris", day_words(arena, &paris),
                        hour_words(arena, &paris));
}

static const char *range_words(struct arena *arena, const struct local_time *from,
                               const struct local_time *to, const char *zone)
{
    if (same_day(from, to)) {
        return arena_printf(arena, "%s, de %s à %s (heure %s)", date_words(arena, from),
                            hour_words(arena, from), hour_words(arena, to), zone_words(zone));
    }
    const char *first = from->year == to->year ? day_words(arena, from) : date_words(arena, from);
    return arena_printf(arena, "du %s à %s au %s à %s (heure %s)", first, hour_words(arena, from),
                        date_words(arena, to), hour_words(arena, to), zone_words(zone));
}

static const char *days_words(struct arena *arena, const struct local_time *from,
                              const struct local_time *to)
{
    if (same_day(from, to)) {
        return arena_printf(arena, "%s, toute la journée", date_words(arena, from));
    }
    const char *first = from->year != to->year ? date_words(arena, from)
                        : from->month != to->month
                            ? day_words(arena, from)
                            : arena_printf(arena, "%s %d%s", weekdays[from->weekday], from->day,
                                           from->day == 1 ? "er" : "");
    return arena_printf(arena, "du %s au %s", first, date_words(arena, to));
}

const char *when_words(struct arena *arena, int64_t starts_at, int64_t ends_at, const char *zone,
                       bool all_day)
{
    struct local_time from = local(zone, starts_at);
    struct local_time to = local(zone, all_day ? ends_at - 1 : ends_at);
    if (all_day) {
        return days_words(arena, &from, &to);
    }
    return arena_printf(arena, "%s%s", range_words(arena, &from, &to, zone),
                        paris_words(arena, starts_at, &from));
}

const char *when_instant(struct arena *arena, int64_t at, const char *zone)
{
    struct local_time there = local(zone, at);
    return arena_printf(arena, "%s à %s (heure %s)%s", date_words(arena, &there),
                        hour_words(arena, &there), zone_words(zone),
                        paris_words(arena, at, &there));
}

const char *when_cell(struct arena *arena, int64_t at, const char *zone)
{
    struct local_time there = local(zone, at);
    return arena_printf(arena, "%02d/%02d/%04d %02d:%02d", there.day, there.month, there.year,
                        there.hour, there.minute);
}
