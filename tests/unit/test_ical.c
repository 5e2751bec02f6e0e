/* Events leave as iCalendar that any calendar reads: lines, times, zones, states. */
#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "base/zone.h"
#include "club/ical.h"
#include "club/markdown.h"

#define MAY_12  INT64_C(1810105200000) /* 2027-05-12 09:00 in Paris */
#define HOURS_2 INT64_C(7200000)

static struct event event;
static struct ical_event ical;
static struct buf out;

static int zone_index(const char *name)
{
    int i = 0;
    while (!str_equal(zone_names[i], name)) {
        i++;
    }
    return i;
}

static int setup(void **state)
{
    (void)state;
    const char *missing = NULL;
    event = (struct event){.id = 7,
                           .title = "Atelier",
                           .organiser = "Club de l'Ain",
                           .starts_at = MAY_12,
                           .ends_at = MAY_12 + HOURS_2,
                           .zone = zone_index("Europe/Paris"),
                           .state = EVENT_PUBLISHED,
                           .sequence = 2,
                           .changed_at = MAY_12 - 3 * HOURS_2};
    ical = (struct ical_event){.event = &event,
                               .url = "https://club.example.fr/evenement/7",
                               .uid = "0b1d2c3e-4f50-4a61-8b72-93a4b5c6d7e8",
                               .plain = "",
                               .stamp_ms = MAY_12 - 2 * HOURS_2};
    buf_init(&out);
    return zones_load("/usr/share/zoneinfo", &missing) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    buf_finish(&out);
    return 0;
}

static const char *text(void)
{
    buf_add(&out, "", 1);
    out.len--;
    return out.data;
}

static const char *calendar(const char *method)
{
    buf_clear(&out);
    ical_begin(&out, method, NULL);
    ical_zones(&out, &ical, 1);
    ical_event(&out, &ical);
    ical_end(&out);
    return text();
}

/* Lines unfolded (RFC 5545 3.1), LF alone between them. */
static const char *unfolded(void)
{
    static char plain[70000];
    size_t count = 0;
    for (const char *at = calendar(NULL); *at; at++) {
        if (strncmp(at, "\r\n ", 3) == 0) {
            at += 2;
        } else if (*at != '\r') {
            plain[count++] = *at;
        }
    }
    plain[count] = '\0';
    return plain;
}

static bool has_line(const char *line)
{
    const char *found = strstr(unfolded(), line);
    return found && found[-1] == '\n' && found[strlen(line)] == '\n';
}

/* --- the whole -------------------------------------------------------------------------------- */

static void an_event_in_paris_is_told_whole(void **state)
{
    (void)state;
    assert_string_equal(calendar(NULL), "BEGIN:VCALENDAR\r\n"
                                        "VERSION:2.0\r\n"
                                        "PRODID:-//Beffroi//Beffroi//FR\r\n"
                                        "BEGIN:VTIMEZONE\r\n"
                                        "TZID:Europe/Paris\r\n"
                                        "BEGIN:DAYLIGHT\r\n"
                                        "DTSTART:20190331T020000\r\n"
                                        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                                        "TZOFFSETFROM:+0100\r\n"
                                        "TZOFFSETTO:+0200\r\n"
                                        "TZNAME:CEST\r\n"
                                        "END:DAYLIGHT\r\n"
                                        "BEGIN:STANDARD\r\n"
                                        "DTSTART:20191027T030000\r\n"
                                        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                                        "TZOFFSETFROM:+0200\r\n"
                                        "TZOFFSETTO:+0100\r\n"
                                        "TZNAME:CET\r\n"
                                        "END:STANDARD\r\n"
                                        "END:VTIMEZONE\r\n"
                                        "BEGIN:VEVENT\r\n"
                                        "UID:0b1d2c3e-4f50-4a61-8b72-93a4b5c6d7e8\r\n"
                                        "DTSTAMP:20270512T030000Z\r\n"
                                        "LAST-MODIFIED:20270512T010000Z\r\n"
                                        "SEQUENCE:2\r\n"
                                        "DTSTART;TZID=Europe/Paris:20270512T090000\r\n"
                                        "DTEND;TZID=Europe/Paris:20270512T110000\r\n"
                                        "SUMMARY:Atelier\r\n"
                                        "DESCRIPTION:https://club.example.fr/evenement/7\r\n"
                                        "URL:https://club.example.fr/evenement/7\r\n"
                                        "STATUS:CONFIRMED\r\n"
                                        "TRANSP:OPAQUE\r\n"
                                        "END:VEVENT\r\n"
                                        "END:VCALENDAR\r\n");
}

static void a_feed_has_a_name_and_a_rhythm(void **state)
{
    (void)state;
    ical_begin(&out, NULL, "Club de l'Ain, agenda");
    assert_non_null(strstr(text(), "\r\nNAME:Club de l'Ain\\, agenda\r\n"));
    assert_non_null(strstr(text(), "\r\nX-WR-CALNAME:Club de l'Ain\\, agenda\r\n"));
    assert_non_null(strstr(text(), "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"));
}

/* --- lines ------------------------------------------------------------------------------------ */

static void lines_are_folded_between_characters(void **state)
{
    (void)state;
    static char title[2000];
    static const char *const pieces[] = {"é", "aé", "€", "🏛", "a🏛", "x"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        title[0] = '\0';
        for (int n = 0; n < 200; n++) {
            memcpy(title + (size_t)n * strlen(pieces[i]), pieces[i], strlen(pieces[i]) + 1);
        }
        event.title = title;
        for (const char *line = calendar(NULL); *line; line = strstr(line, "\r\n") + 2) {
            size_t bytes = (size_t)(strstr(line, "\r\n") - line);
            assert_true(bytes <= 75);
            assert_true(utf8_valid(line, bytes));
        }
        assert_non_null(strstr(unfolded(), title));
    }
}

static void texts_are_escaped(void **state)
{
    (void)state;
    event.title = "a,b;c\\d\nsuite";
    assert_true(has_line("SUMMARY:a\\,b\\;c\\\\d\\nsuite"));
}

static void no_text_can_begin_a_line_of_its_own(void **state)
{
    (void)state;
    event.title = "a\r\nATTENDEE:mailto:x@y\rEND:VEVENT";
    ical.link = "https://zoom.us/j/1\r\nATTENDEE:mailto:x@y";
    calendar(NULL);
    assert_null(strstr(out.data, "\nATTENDEE"));
    assert_null(strstr(out.data, "\rEND:VEVENT\rE"));
    assert_int_equal(strstr(strstr(out.data, "END:VEVENT") + 1, "END:VEVENT\r\n") != NULL, 1);
}

static void a_place_is_the_location_else_the_link(void **state)
{
    (void)state;
    ical.link = "https://visio.numerique.gouv.fr/abc-defg-hij";
    assert_true(has_line("LOCATION:https://visio.numerique.gouv.fr/abc-defg-hij"));
    assert_true(has_line("CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"Visio\":"
                         "https://visio.numerique.gouv.fr/abc-defg-hij"));
    event.address = "Mairie, place d'Armes";
    event.commune = "Nantua";
    assert_true(has_line("LOCATION:Mairie\\, place d'Armes\\, Nantua"));
    event.address = NULL;
    assert_true(has_line("LOCATION:Nantua"));
}

static void themes_are_categories(void **state)
{
    (void)state;
    static const char *const names[] = {"Habitat", "Commerce, artisanat", NULL};
    ical.categories = names;
    assert_true(has_line("CATEGORIES:Habitat,Commerce\\, artisanat"));
}

/* --- times ------------------------------------------------------------------------------------ */

static void whole_days_have_no_hour(void **state)
{
    (void)state;
    event.all_day = true;
    event.starts_at = MAY_12 - 9 * HOURS_2 / 2;
    event.ends_at = event.starts_at + 5 * 12 * HOURS_2;
    assert_true(has_line("DTSTART;VALUE=DATE:20270512"));
    assert_true(has_line("DTEND;VALUE=DATE:20270517"));
    assert_true(has_line("TRANSP:TRANSPARENT"));
    assert_null(strstr(unfolded(), "VTIMEZONE"));
}

static void an_hour_that_comes_twice_is_told_in_utc(void **state)
{
    (void)state;
    event.starts_at = INT64_C(1792886400000); /* 2026-10-25 02:00 in Paris, the first */
    event.ends_at = event.starts_at + HOURS_2 / 2;
    assert_true(has_line("DTSTART:20261025T000000Z"));
    assert_true(has_line("DTEND:20261025T010000Z"));
    event.starts_at--;
    event.ends_at += HOURS_2 / 2;
    assert_true(has_line("DTSTART;TZID=Europe/Paris:20261025T015959"));
    assert_true(has_line("DTEND;TZID=Europe/Paris:20261025T030000"));
}

static void utc_needs_no_zone(void **state)
{
    (void)state;
    event.zone = zone_index("UTC");
    assert_true(has_line("DTSTART:20270512T070000Z"));
    assert_null(strstr(unfolded(), "VTIMEZONE"));
}

static void a_zone_without_summer_time_has_one_rule(void **state)
{
    (void)state;
    event.zone = zone_index("Pacific/Marquesas");
    assert_true(has_line("DTSTART;TZID=Pacific/Marquesas:20270511T213000"));
    assert_non_null(strstr(calendar(NULL), "TZID:Pacific/Marquesas\r\n"
                                           "BEGIN:STANDARD\r\n"
                                           "DTSTART:20181231T143000\r\n"
                                           "TZOFFSETFROM:-0930\r\n"
                                           "TZOFFSETTO:-0930\r\n"
                                           "TZNAME:-0930\r\n"
                                           "END:STANDARD\r\n"
                                           "END:VTIMEZONE\r\n"));
}

static void each_zone_is_told_once(void **state)
{
    (void)state;
    struct event other = event;
    other.zone = zone_index("Indian/Reunion");
    struct ical_event events[] = {ical, ical, ical};
    events[1].event = &other;
    ical_zones(&out, events, 3);
    const char *first = strstr(text(), "TZID:Europe/Paris");
    assert_non_null(first);
    assert_null(strstr(first + 1, "TZID:Europe/Paris"));
    assert_non_null(strstr(text(), "TZID:Indian/Reunion"));
}

/* --- states ----------------------------------------------------------------------------------- */

static void states_are_told(void **state)
{
    (void)state;
    ical.tentative = true;
    assert_true(has_line("STATUS:TENTATIVE"));
    event.state = EVENT_CANCELLED;
    event.reason = "Neige";
    assert_true(has_line("STATUS:CANCELLED"));
    assert_non_null(strstr(unfolded(), "DESCRIPTION:Annulé\u00a0: Neige\\n\\n"));
}

static void who_leaves_is_not_told_that_it_is_cancelled(void **state)
{
    (void)state;
    ical.leaves = true;
    assert_null(strstr(calendar("CANCEL"), "STATUS"));
    assert_non_null(strstr(calendar("CANCEL"), "METHOD:CANCEL\r\n"));
}

static void an_invitation_names_who_invites_and_who_comes(void **state)
{
    (void)state;
    ical.organiser_mail = "club@example.fr";
    ical.attendee_mail = "anne@example.fr";
    ical.attendee_name = "Anne \"Nan\" ^Petit";
    assert_true(has_line("ORGANIZER;CN=\"Club de l'Ain\":mailto:club@example.fr"));
    assert_true(has_line("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;"
                         "RSVP=FALSE;CN=\"Anne ^'Nan^' ^^Petit\":mailto:anne@example.fr"));
}

/* --- descriptions ----------------------------------------------------------------------------- */

static void markdown_becomes_plain_text(void **state)
{
    (void)state;
    static const struct {
        const char *markdown, *plain;
    } table[] = {
        {"", ""},
        {"Un *mot* et **deux**.", "Un mot et deux."},
        {"# Titre\nTexte\nsuite\n\nFin", "Titre\n\nTexte\nsuite\n\nFin"},
        {"- un\n- deux\n  - trois\n\nFin", "- un\n- deux\n  - trois\n\nFin"},
        {"3. un\n4. deux", "3. un\n4. deux"},
        {"- un\n\n- deux", "- un\n\n- deux"},
        {"- un\n  suite", "- un\n  suite"},
        {"[Ordre du jour](https://a.fr/x)", "Ordre du jour (https://a.fr/x)"},
        {"<https://a.fr/x>", "https://a.fr/x"},
        {"> cité", "cité"},
        {"```\na\n  b\n```\nfin", "a\n  b\n\nfin"},
        {"a `code` & <b>", "a code & <b>"},
        {"***\nfin", "---\n\nfin"},
        {"\\@tous", "@tous"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_string_equal(markdown_plain(table[i].markdown, &arena), table[i].plain);
    }
    arena_finish(&arena);
}

#define ICAL_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ICAL_TEST(an_event_in_paris_is_told_whole),
        ICAL_TEST(a_feed_has_a_name_and_a_rhythm),
        ICAL_TEST(lines_are_folded_between_characters),
        ICAL_TEST(texts_are_escaped),
        ICAL_TEST(no_text_can_begin_a_line_of_its_own),
        ICAL_TEST(a_place_is_the_location_else_the_link),
        ICAL_TEST(themes_are_categories),
        ICAL_TEST(whole_days_have_no_hour),
        ICAL_TEST(an_hour_that_comes_twice_is_told_in_utc),
        ICAL_TEST(utc_needs_no_zone),
        ICAL_TEST(a_zone_without_summer_time_has_one_rule),
        ICAL_TEST(each_zone_is_told_once),
        ICAL_TEST(states_are_told),
        ICAL_TEST(who_leaves_is_not_told_that_it_is_cancelled),
        ICAL_TEST(an_invitation_names_who_invites_and_who_comes),
        ICAL_TEST(markdown_becomes_plain_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
