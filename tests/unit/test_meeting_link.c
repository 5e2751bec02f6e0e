/* A meeting's link is known by its platform, and a host's is refused where all could read it. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "club/meeting_link.h"

#define HASH "30e73d257d74b2983f1f83c5d694d3212611bac7"

static enum err check(const char *url, const char **platform)
{
    struct problem problem = {0};
    *platform = NULL;
    enum err err = meeting_link_check(url, "link", platform, &problem);
    assert_int_equal(problem.err, err);
    if (err) {
        assert_string_equal(problem.field, "link");
    }
    return err;
}

static void knows_each_platform_by_its_links(void **state)
{
    (void)state;
    static const struct {
        const char *url, *platform;
    } table[] = {
        {"https://visio.numerique.gouv.fr/abc-defg-hij", "Visio"},
        {"https://webinaire.numerique.gouv.fr/meeting/signin/invite/45144/hash/" HASH,
         "Webinaire de l'État"},
        {"https://webinaire.numerique.gouv.fr//meeting/signin/362/creator/369/hash/" HASH,
         "Webinaire de l'État"},
        {"https://webconf.numerique.gouv.fr/PvdAin2027Seance1", "Webconf"},
        {"https://teams.microsoft.com/l/meetup-join/19%3ameeting_OTU4%40thread.v2/0"
         "?context=%7b%22Tid%22%3a%224a25%22%2c%22Oid%22%3a%227bd0%22%7d",
         "Teams"},
        {"https://teams.live.com/meet/9312345678901?p=AbCd", "Teams"},
        {"https://events.teams.microsoft.com/event/1234@5678", "Teams"},
        {"https://zoom.us/j/91234567890?pwd=abcdef", "Zoom"},
        {"https://US02WEB.zoom.us/j/91234567890#success", "Zoom"},
        {"https://us06web.zoom.us/webinar/register/WN_abc", "Zoom"},
        {"https://zoom.us:443/w/123?tk=abc", "Zoom"},
        {"https://notzoom.us/j/1", NULL},
        {"https://zoom.us.example.fr/s/1", NULL},
        {"https://www.youtube.com/watch?v=abc", NULL},
        {"https://visio.ain.gouv.fr/meeting/signin/invite/1/creator/2/hash/" HASH, NULL},
        {"https://bbb.example.fr/playback/presentation/2.3/abc", NULL},
        {"https://bbb.example.fr/bigbluebutton/api/join?role=VIEWER&checksum=1", NULL},
        {"https://example.fr/guide/moderateur/start", NULL},
        {"https://example.fr/s/12?zak=1&jwt=2", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *platform;
        assert_int_equal(check(table[i].url, &platform), ERR_NONE);
        assert_true(str_equal(platform, table[i].platform));
        assert_true(str_equal(meeting_link_platform(table[i].url), table[i].platform));
    }
}

/* Of each: the link, and the platform the refusal names. */
static const struct {
    const char *url, *platform;
} hosts[] = {
    {"https://webinaire.numerique.gouv.fr/meeting/signin/moderateur/123/creator/456/hash/" HASH,
     "Webinaire de l'État"},
    {"https://webinaire.numerique.gouv.fr/meeting/signin/moderateur/123/hash/" HASH,
     "Webinaire de l'État"},
    {"https://webinaire.numerique.gouv.fr//meeting//signin/Moderateur/123/hash/" HASH,
     "Webinaire de l'État"},
    {"https://webinaire.numerique.gouv.fr/meeting/signin/%6doderateur/123/hash/" HASH,
     "Webinaire de l'État"},
    {"https://webinaire.numerique.gouv.fr/meeting/join/12/moderateur", "Webinaire de l'État"},
    {"https://webinaire.numerique.gouv.fr/meeting/signinmail/ab/expiration/1/hash/" HASH,
     "Webinaire de l'État"},
    {"https://visio.ain.gouv.fr/meeting/signin/moderateur/1/creator/2/hash/" HASH, "BigBlueButton"},
    {"https://bbb.example.fr/bigbluebutton/api/join?fullName=A&role=MODERATOR&checksum=1",
     "BigBlueButton"},
    {"https://bbb.example.fr/bigbluebutton/api/join?fullName=A&password=mp&checksum=1",
     "BigBlueButton"},
    {"https://bbb.example.fr/bigbluebutton/api/end?meetingID=1&checksum=1", "BigBlueButton"},
    {"https://zoom.us/s/91234567890", "Zoom"},
    {"https://us02web.zoom.us/s/91234567890?zak=eyJ0eXAi", "Zoom"},
    {"https://us02web.zoom.us/j/91234567890?pwd=a&zak=eyJ0eXAi", "Zoom"},
    {"https://zoom.us/start/webmeeting/91234567890", "Zoom"},
    {"https://zoom.us/wc/91234567890/start", "Zoom"},
    {"https://teams.microsoft.com/meetingOptions/?organizerId=a&tenantId=b&threadId=c", "Teams"},
    {"https://teams.microsoft.com/_#/meetingOptions?organizerId=a", "Teams"},
    {"https://webconf.numerique.gouv.fr/PvdAin2027Seance1?jwt=eyJ0", "Webconf"},
    {"https://webconf.numerique.gouv.fr/PvdAin2027Seance1#jwt=eyJ0", "Webconf"},
    {"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fs%2F912&data=1",
     "Zoom"},
};

static void refuses_the_link_of_a_host(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        struct problem problem = {0};
        const char *platform;
        assert_int_equal(meeting_link_check(hosts[i].url, "link", &platform, &problem),
                         ERR_HOST_LINK);
        assert_string_equal(problem.arg, hosts[i].platform);
    }
}

static void refuses_what_is_no_https_address(void **state)
{
    (void)state;
    static const char *const table[] = {
        "",
        "zoom.us/j/1",
        "http://zoom.us/j/1",
        "javascript:alert(1)",
        "https://",
        "https://localhost/",
        "https:///zoom.us/j/1",
        "https://zoom.us@example.fr/j/1",
        "https://zoom.us:44x/j/1",
        "https://zoom.us/j/1 2",
        "https://zoom.us/j/%0A1",
        "https://zoom.us/a/../s/1",
        "https://zoom.us/%2e%2e/s/1",
        "https://zoom.us\\s\\1",
        "https://zoom.us/j\\1",
        "https://zoom.us/j\n1",
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *platform;
        assert_int_equal(check(table[i], &platform), ERR_LINK);
    }
}

static void finds_the_link_of_a_host_anywhere_in_a_text(void **state)
{
    (void)state;
    static const char *const around[] = {"%s", "Lien : %s.", "Voir [la salle](%s) avant", "<%s>",
                                         "**%s**, à 10 h\nMerci"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        for (size_t j = 0; j < 5; j++) {
            struct problem problem = {0};
            char text[512];
            const char *at = strstr(around[j], "%s");
            snprintf(text, sizeof text, "%.*s%s%s", (int)(at - around[j]), around[j], hosts[i].url,
                     at + 2);
            assert_int_equal(meeting_link_check_text(text, "description", &problem), ERR_HOST_LINK);
            assert_string_equal(problem.field, "description");
        }
    }
}

static void finds_a_link_written_without_its_scheme(void **state)
{
    (void)state;
    struct problem problem = {0};
    assert_int_equal(
        meeting_link_check_text("ouvrir zoom.us/s/912 à 10 h", "description", &problem),
        ERR_HOST_LINK);
}

/* Whoever opens a link takes it to the next space. */
static void finds_the_link_of_a_host_with_a_comma_in_it(void **state)
{
    (void)state;
    struct problem problem = {0};
    assert_int_equal(meeting_link_check_text("ici : https://zoom.us/wc/9,12/start?zak=abc.",
                                             "description", &problem),
                     ERR_HOST_LINK);
}

static void leaves_an_ordinary_text_alone(void **state)
{
    (void)state;
    struct problem problem = {0};
    static const char *const table[] = {"",
                                        "et/ou : les élus et/ou moderateur",
                                        "https://zoom.us/j/912, code 1234.",
                                        "/meeting/signin/moderateur",
                                        "Le 1/2 à 10 h https://",
                                        "((([[[//"};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(meeting_link_check_text(table[i], "description", &problem), ERR_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_each_platform_by_its_links),
        cmocka_unit_test(refuses_the_link_of_a_host),
        cmocka_unit_test(refuses_what_is_no_https_address),
        cmocka_unit_test(finds_the_link_of_a_host_anywhere_in_a_text),
        cmocka_unit_test(finds_a_link_written_without_its_scheme),
        cmocka_unit_test(finds_the_link_of_a_host_with_a_comma_in_it),
        cmocka_unit_test(leaves_an_ordinary_text_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
