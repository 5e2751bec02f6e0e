#include "base/zone.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define FILE_BYTES  65536 /* the largest of the system's is 4 kB */
#define TRANSITIONS 1024
#define TYPES       64
#define ABBR_BYTES  256
#define NAME_BYTES  16 /* of an abbreviation, with its NUL */
#define DAY_S       INT64_C(86400)
#define OFFSET_MAX  (26 * 3600) /* RFC 9636 3.2: from -25 h to 26 h */
#define TIME_MAX    (INT64_MAX / 1000)
#define RULE_TIME   (167 * 3600 + 3599) /* RFC 9636 3.3.1: hours from -167 to 167 */

const char *const zone_names[] = {
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "Indian/Reunion",
    "Indian/Mayotte",
    "America/Miquelon",
    "America/St_Barthelemy",
    "America/Marigot",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Marquesas",
    "Pacific/Gambier",
    "Pacific/Wallis",
    "Indian/Kerguelen",
    "UTC",
    NULL,
};
#define ZONES (sizeof zone_names / sizeof *zone_names - 1)

/* One local time type of a file. */
struct zone_type {
    int32_t offset_s;
    bool is_dst;
    const char *abbr;
};

/* When in the year a change comes (POSIX.1 8.3). */
struct rule {
    enum { RULE_MONTH, RULE_JULIAN, RULE_DAY } kind; /* "M3.5.0", "J60", "59" */
    int month, week, weekday;
    int day;    /* of RULE_JULIAN 1-365 without 29 February, of RULE_DAY 0-365 */
    int time_s; /* local */
};

struct zone {
    const char *name;
    int64_t at_s[TRANSITIONS]; /* ascending */
    uint8_t to[TRANSITIONS];   /* type from then on */
    size_t count;
    struct zone_type types[TYPES];
    char abbrs[ABBR_BYTES];
    /* After the last transition, where the footer says how to go on. */
    bool has_footer, has_dst;
    struct zone_type standard, summer;
    char standard_abbr[NAME_BYTES], summer_abbr[NAME_BYTES];
    struct rule begin, end; /* of summer time */
};

static struct zone zones[ZONES];

/* --- the calendar ----------------------------------------------------------------------------- */

/* Days since 1970-01-01 of a day of the proleptic Gregorian calendar, and back: Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms". Years begin in March, so that 29 February is last.
 */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t months = year * 12 + month - 1 - 2; /* since March of the year 0 */
    int64_t y = months >= 0 ? months / 12 : (months - 11) / 12;
    int64_t m = months - y * 12;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * m + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void day_of(int64_t days, struct local_time *out)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    out->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    out->month = (int)(month < 10 ? month + 3 : month - 9);
    out->year = (int)(year + era * 400 + (month >= 10));
    out->weekday = (int)((days % 7 + 11) % 7); /* day 0 was a Thursday */
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* --- reading a file (RFC 9636) ---------------------------------------------------------------- */

/* What is left of a file; every take is checked, and a short one makes the rest empty. */
struct cursor {
    const unsigned char *at;
    size_t left;
};

static const unsigned char *take(struct cursor *cursor, uint64_t bytes)
{
    if (bytes > cursor->left) {
        cursor->left = 0;
        return NULL;
    }
    const unsigned char *start = cursor->at;
    cursor->at += bytes;
    cursor->left -= (size_t)bytes;
    return start;
}

static uint32_t be32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t be64(const unsigned char *at)
{
    return (int64_t)((uint64_t)be32(at) << 32 | be32(at + 4));
}

/* Counts of a header, in the order they have in the file. */
struct header {
    uint32_t isut, isstd, leaps, times, types, chars;
};

static bool take_header(struct cursor *cursor, struct header *out)
{
    const unsigned char *at = take(cursor, 44);
    if (!at || memcmp(at, "TZif", 4) != 0 || at[4] < '2') {
        return false; /* version 1 has no footer, and no time after 2038 */
    }
    *out = (struct header){be32(at + 20), be32(at + 24), be32(at + 28),
                           be32(at + 32), be32(at + 36), be32(at + 40)};
    return true;
}

static bool skip_block(struct cursor *cursor, const struct header *h)
{
    uint64_t bytes = (uint64_t)h->times * 5 + (uint64_t)h->types * 6 + h->chars +
                     (uint64_t)h->leaps * 8 + h->isstd + h->isut;
    return take(cursor, bytes) != NULL;
}

static bool take_times(struct cursor *cursor, const struct header *h, struct zone *zone)
{
    const unsigned char *at = take(cursor, (uint64_t)h->times * 8);
    const unsigned char *to = at ? take(cursor, h->times) : NULL;
    if (!to) {
        return false;
    }
    for (size_t i = 0; i < h->times; i++) {
        zone->at_s[i] = be64(at + i * 8);
        zone->to[i] = to[i];
        bool ascends = i == 0 || zone->at_s[i] > zone->at_s[i - 1];
        bool fits = zone->at_s[i] >= -TIME_MAX && zone->at_s[i] <= TIME_MAX;
        if (to[i] >= h->types || !ascends || !fits) {
            return false;
        }
    }
    zone->count = h->times;
    return true;
}

static bool take_types(struct cursor *cursor, const struct header *h, struct zone *zone)
{
    const unsigned char *types = take(cursor, (uint64_t)h->types * 6);
    const unsigned char *chars = types ? take(cursor, h->chars) : NULL;
    if (!chars || chars[h->chars - 1] != '\0') {
        return false;
    }
    memcpy(zone->abbrs, chars, h->chars);
    for (size_t i = 0; i < h->types; i++, types += 6) {
        int32_t offset = (int32_t)be32(types);
        if (offset < -OFFSET_MAX || offset > OFFSET_MAX || types[4] > 1 || types[5] >= h->chars) {
            return false;
        }
        zone->types[i] = (struct zone_type){offset, types[4] == 1, zone->abbrs + types[5]};
    }
    return true;
}

/* --- the footer: a POSIX TZ text -------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "CET" or "<-03>", three characters at least. */
static bool read_name(const char **text, char *out)
{
    const char *at = *text;
    bool quoted = *at == '<';
    size_t length = 0;
    for (at += quoted; is_letter(*at) || (quoted && (is_digit(*at) || *at == '+' || *at == '-'));
         at++) {
        if (length == NAME_BYTES - 1) {
            return false;
        }
        out[length++] = *at;
    }
    out[length] = '\0';
    if (length < 3 || (quoted && *at != '>')) {
        return false;
    }
    *text = at + quoted;
    return true;
}

static bool read_number(const char **text, int max, int *out)
{
    int number = 0;
    const char *at = *text;
    for (; is_digit(*at); at++) {
        number = number * 10 + *at - '0';
        if (number > max) {
            return false;
        }
    }
    bool read = at > *text;
    *text = at;
    *out = number;
    return read;
}

/* "[+-]hh[:mm[:ss]]", in seconds. */
static bool read_time(const char **text, int max_s, int *out)
{
    int sign = **text == '-' ? -1 : 1;
    int part[3] = {0};
    *text += **text == '-' || **text == '+';
    if (!read_number(text, 167, &part[0])) {
        return false;
    }
    for (int i = 1; i < 3 && **text == ':'; i++) {
        ++*text;
        if (!read_number(text, 59, &part[i])) {
            return false;
        }
    }
    int seconds = part[0] * 3600 + part[1] * 60 + part[2];
    *out = sign * seconds;
    return seconds <= max_s;
}

static bool read_rule(const char **text, struct rule *out)
{
    *out = (struct rule){.kind = RULE_DAY, .time_s = 2 * 3600};
    bool read = false;
    if (*(*text)++ != ',') {
        return false;
    }
    if (**text == 'M') {
        ++*text;
        out->kind = RULE_MONTH;
        read = read_number(text, 12, &out->month) && *(*text)++ == '.' &&
               read_number(text, 5, &out->week) && *(*text)++ == '.' &&
               read_number(text, 6, &out->weekday) && out->month > 0 && out->week > 0;
    } else if (**text == 'J') {
        ++*text;
        out->kind = RULE_JULIAN;
        read = read_number(text, 365, &out->day) && out->day > 0;
    } else {
        read = read_number(text, 365, &out->day);
    }
    if (read && **text == '/') {
        ++*text;
        read = read_time(text, RULE_TIME, &out->time_s);
    }
    return read;
}

/* "CET-1CEST,M3.5.0,M10.5.0/3": offsets are west of UTC there. */
static bool read_posix(const char *text, struct zone *zone)
{
    int west = 0;
    if (!read_name(&text, zone->standard_abbr) || !read_time(&text, OFFSET_MAX, &west)) {
        return false;
    }
    zone->standard = (struct zone_type){-west, false, zone->standard_abbr};
    zone->has_footer = true;
    if (!*text) {
        return true;
    }
    west -= 3600;
    if (!read_name(&text, zone->summer_abbr) ||
        (*text != ',' && !read_time(&text, OFFSET_MAX, &west))) {
        return false;
    }
    zone->summer = (struct zone_type){-west, true, zone->summer_abbr};
    zone->has_dst = true;
    return read_rule(&text, &zone->begin) && read_rule(&text, &zone->end) && !*text;
}

/* Between two newlines; an empty one says nothing of the time after the last transition. */
static bool take_footer(struct cursor *cursor, struct zone *zone)
{
    char text[128];
    const unsigned char *start = take(cursor, 1);
    if (!start || *start != '\n') {
        return false;
    }
    const unsigned char *end = memchr(cursor->at, '\n', cursor->left);
    size_t length = end ? (size_t)(end - cursor->at) : 0;
    if (!end || length >= sizeof text || memchr(cursor->at, '\0', length)) {
        return false;
    }
    memcpy(text, cursor->at, length);
    text[length] = '\0';
    return !*text || read_posix(text, zone);
}

/* Leap seconds are refused: such a file ("right/...") counts another time than ours. */
static bool read_zone(struct cursor cursor, struct zone *zone)
{
    struct header first;
    struct header h;
    if (!take_header(&cursor, &first) || !skip_block(&cursor, &first) ||
        !take_header(&cursor, &h)) {
        return false;
    }
    if (h.leaps != 0 || h.times > TRANSITIONS || h.types == 0 || h.types > TYPES || h.chars == 0 ||
        h.chars > ABBR_BYTES || (h.isut != 0 && h.isut != h.types) ||
        (h.isstd != 0 && h.isstd != h.types)) {
        return false;
    }
    return take_times(&cursor, &h, zone) && take_types(&cursor, &h, zone) &&
           take(&cursor, (uint64_t)h.isstd + h.isut) && take_footer(&cursor, zone);
}

static bool load(const char *dir, const char *name, struct zone *zone)
{
    static unsigned char data[FILE_BYTES]; /* at start, on one thread */
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    *zone = (struct zone){.name = name};
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return false;
    }
    size_t bytes = fread(data, 1, sizeof data, file);
    bool whole = bytes < sizeof data && !ferror(file);
    fclose(file);
    return whole && read_zone((struct cursor){data, bytes}, zone);
}

bool zones_load(const char *dir, const char **missing_out)
{
    for (size_t i = 0; i < ZONES; i++) {
        if (!load(dir, zone_names[i], &zones[i])) {
            *missing_out = zone_names[i];
            return false;
        }
    }
    return true;
}

const struct zone *zone_find(const char *name)
{
    for (size_t i = 0; i < ZONES; i++) {
        if (str_equal(zone_names[i], name)) {
            return &zones[i];
        }
    }
    return NULL;
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

/* --- rules of each year ----------------------------------------------------------------------- */

/* Day of a rule in a year, since 1970. */
static int64_t rule_day(const struct rule *rule, int64_t year)
{
    if (rule->kind == RULE_DAY) {
        return days_of(year, 1, 1) + rule->day;
    }
    if (rule->kind == RULE_JULIAN) {
        return days_of(year, 1, 1) + rule->day - 1 + (is_leap(year) && rule->day >= 60);
    }
    struct local_time first;
    int64_t month = days_of(year, rule->month, 1);
    int64_t next = days_of(year, rule->month + 1, 1);
    day_of(month, &first);
    int64_t day = month + (rule->weekday - first.weekday + 7) % 7 + (rule->week - 1) * INT64_C(7);
    return day < next ? day : day - 7;
}

/* A change made by the footer, at UTC seconds. */
struct change {
    int64_t at_s;
    const struct zone_type *before, *after;
};

static struct change footer_change(const struct zone *zone, int64_t year, bool to_summer)
{
    const struct zone_type *before = to_summer ? &zone->standard : &zone->summer;
    const struct zone_type *after = to_summer ? &zone->summer : &zone->standard;
    const struct rule *rule = to_summer ? &zone->begin : &zone->end;
    return (struct change){rule_day(rule, year) * DAY_S + rule->time_s - before->offset_s, before,
                           after};
}

static int64_t year_of(int64_t at_s)
{
    struct local_time local;
    day_of(floor_div(at_s, DAY_S), &local);
    return local.year;
}

/* By the latest change up to then, of the year or the one before. Summer time that ends as it
 * begins again lasts all year, so a beginning goes before an end at the same instant. */
static const struct zone_type *footer_type(const struct zone *zone, int64_t at_s)
{
    const struct zone_type *type = &zone->standard;
    int64_t latest = INT64_MIN;
    int64_t year = year_of(at_s);
    for (int i = 0; zone->has_dst && i < 6; i++) {
        struct change change = footer_change(zone, year - 1 + i / 2, i % 2 == 0);
        bool wins = change.at_s > latest || (change.at_s == latest && change.after->is_dst);
        if (change.at_s <= at_s && wins) {
            latest = change.at_s;
            type = change.after;
        }
    }
    return type;
}

/* Transitions of the table up to this instant. */
static size_t table_before(const struct zone *zone, int64_t at_s)
{
    size_t low = 0;
    size_t high = zone->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->at_s[middle] <= at_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const struct zone_type *type_at(const struct zone *zone, int64_t at_s)
{
    size_t before = table_before(zone, at_s);
    if (before == zone->count && zone->has_footer) {
        return footer_type(zone, at_s);
    }
    return before ? &zone->types[zone->to[before - 1]] : &zone->types[0];
}

/* --- what is asked ---------------------------------------------------------------------------- */

struct local_time zone_local(const struct zone *zone, int64_t at_ms)
{
    int64_t at_s = floor_div(at_ms, 1000);
    const struct zone_type *type = type_at(zone, at_s);
    int64_t local_s = at_s + type->offset_s;
    int64_t days = floor_div(local_s, DAY_S);
    int of_day = (int)(local_s - days * DAY_S);
    struct local_time out = {.hour = of_day / 3600,
                             .minute = of_day / 60 % 60,
                             .second = of_day % 60,
                             .offset_s = type->offset_s,
                             .abbr = type->abbr,
                             .is_dst = type->is_dst};
    day_of(days, &out);
    return out;
}

/* Between a day before and a day after it is at most one change (no zone of ours ever changed twice
 * in two days): one of the two offsets is right, or the time is skipped. */
int64_t zone_instant(const struct zone *zone, const struct local_time *local)
{
    int64_t local_s = days_of(local->year, local->month, local->day) * DAY_S +
                      local->hour * INT64_C(3600) + local->minute * INT64_C(60) + local->second;
    int64_t before_s = local_s - type_at(zone, local_s - DAY_S)->offset_s;
    int64_t after_s = local_s - type_at(zone, local_s + DAY_S)->offset_s;
    bool before_fits = before_s + type_at(zone, before_s)->offset_s == local_s;
    bool after_fits = after_s + type_at(zone, after_s)->offset_s == local_s;
    return 1000 * (!before_fits && after_fits ? after_s : before_s);
}

static int64_t footer_next(const struct zone *zone, int64_t at_s)
{
    int64_t next = INT64_MAX;
    int64_t year = year_of(at_s);
    for (int i = 0; zone->has_dst && i < 8; i++) {
        struct change change = footer_change(zone, year - 1 + i / 2, i % 2 == 0);
        bool changes = change.before->offset_s != change.after->offset_s;
        if (change.at_s > at_s && change.at_s < next && changes) {
            next = change.at_s;
        }
    }
    return next;
}

int64_t zone_next_change(const struct zone *zone, int64_t at_ms)
{
    int64_t at_s = floor_div(at_ms, 1000);
    int32_t offset = type_at(zone, at_s)->offset_s;
    for (size_t i = table_before(zone, at_s); i < zone->count; i++) {
        if (type_at(zone, zone->at_s[i])->offset_s != offset) {
            return zone->at_s[i] * 1000;
        }
    }
    int64_t last = zone->count ? zone->at_s[zone->count - 1] : INT64_MIN;
    int64_t next = zone->has_footer ? footer_next(zone, at_s > last ? at_s : last) : INT64_MAX;
    return next == INT64_MAX ? next : next * 1000;
}

static bool yearly(const struct rule *rule, struct zone_yearly *out)
{
    *out = (struct zone_yearly){rule->month, rule->week, rule->weekday, rule->time_s};
    return rule->kind == RULE_MONTH && rule->time_s >= 0 && rule->time_s < DAY_S;
}

bool zone_yearly(const struct zone *zone, struct zone_yearly *begin_out,
                 struct zone_yearly *end_out)
{
    return zone->has_dst && yearly(&zone->begin, begin_out) && yearly(&zone->end, end_out);
}
