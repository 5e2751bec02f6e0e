/* What may be said of an event, who may say it, and what becomes of it: event.create, event.update,
 * event.duplicate, event.delete. */
#include "announce_fixture.h"

#define CREATE(c, more) event_try_create(&(c), (c).anne, (more))

static const char *with_time(struct cast *c, const char *member, int64_t ms)
{
    return arena_printf(&c->f->arena, "\"%s\":%lld", member, (long long)ms);
}

/* --- drafting --------------------------------------------------------------------------------- */

static void a_draft_is_seen_by_its_organisers_alone(void **state)
{
    struct cast c = cast_of(state);
    int64_t admin = fixture_administrator(c.f, "Ada");
    int64_t event = event_draft(&c, NULL);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "event.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(admin), "event.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_club(c.f->ain), "event.changed"), 0);
    assert_int_equal(event_try_about(&c, c.bob, "event.get", event), ERR_NOT_FOUND);
    assert_int_equal(event_try_about(&c, c.anne, "event.get", event), ERR_NONE);
    assert_string_equal(fixture_text(c.f, "event.state"), "draft");
    assert_string_equal(fixture_text(c.f, "event.title"), "Séance d'automne");
    assert_int_equal(fixture_int(c.f, "event.hold_hours"), 48);
}

static void all_that_is_said_is_kept(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(
        &c, "\"description\":\"**Venez**\",\"organisation\":\"CAUE de l'Ain\",\"themes\":[2,1],"
            "\"roles\":[\"elu\",\"chef_de_projet\"],\"is_public\":true,\"address\":\"Mairie\","
            "\"commune\":\"Nantua\",\"link\":\"https://visio.numerique.gouv.fr/abc-defg-hij\","
            "\"capacity\":50,\"hold_hours\":24,"
            "\"questions\":[{\"kind\":\"choice\",\"label\":\"Repas ?\",\"required\":true,"
            "\"options\":[\"Oui\",\"Non\"]}],"
            "\"documents\":[{\"label\":\"Plan\",\"link\":\"https://exemple.fr/plan.pdf\"}],"
            "\"replay\":\"https://exemple.fr/replay\"");
    event_about(&c, c.anne, "event.get", event);
    assert_string_equal(fixture_text(c.f, "event.nodes.0.c.0.t"), "strong");
    assert_string_equal(fixture_text(c.f, "event.organiser"), "CAUE de l'Ain");
    assert_int_equal(fixture_int(c.f, "event.themes.length"), 2);
    assert_int_equal(fixture_int(c.f, "event.roles.length"), 2);
    assert_int_equal(fixture_int(c.f, "event.is_public"), true);
    assert_string_equal(fixture_text(c.f, "event.commune"), "Nantua");
    assert_string_equal(fixture_text(c.f, "event.platform"), "Visio");
    assert_int_equal(fixture_int(c.f, "event.capacity"), 50);
    assert_int_equal(fixture_int(c.f, "event.hold_hours"), 24);
    assert_string_equal(fixture_text(c.f, "event.questions.0.options.1"), "Non");
    assert_string_equal(fixture_text(c.f, "event.documents.0.label"), "Plan");
    assert_string_equal(fixture_text(c.f, "event.replay"), "https://exemple.fr/replay");
}

static void only_who_runs_the_club_drafts(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(event_try_create(&c, c.bob, NULL), ERR_FORBIDDEN);
    assert_int_equal(event_try_create(&c, c.zoe, NULL), ERR_NOT_FOUND);
}

static void sent_twice_it_is_drafted_once(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, "\"nonce\":\"same-nonce\"");
    assert_int_equal(event_draft(&c, "\"nonce\":\"same-nonce\""), event);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM event"), 1);
}

/* --- when ------------------------------------------------------------------------------------- */

static void the_end_comes_after_the_start(void **state)
{
    struct cast c = cast_of(state);
    form_refused(&c, CREATE(c, with_time(&c, "ends_at", SEANCE_START)), ERR_VALUE, "ends_at");
}

static void whole_days_begin_and_end_at_midnight_there(void **state)
{
    struct cast c = cast_of(state);
    const char *days =
        arena_printf(&c.f->arena, "\"all_day\":true,\"starts_at\":%lld,\"ends_at\":%lld",
                     (long long)SEANCE_MIDNIGHT, (long long)(SEANCE_MIDNIGHT + 2 * DAY_MS));
    const char *there = arena_printf(&c.f->arena, "%s,\"zone\":\"America/Martinique\"", days);
    const char *hours = arena_printf(&c.f->arena, "\"all_day\":true,\"starts_at\":%lld",
                                     (long long)SEANCE_MIDNIGHT);
    assert_int_equal(CREATE(c, days), ERR_NONE);
    form_refused(&c, CREATE(c, there), ERR_VALUE, "starts_at");
    form_refused(&c, CREATE(c, hours), ERR_VALUE, "ends_at");
}

/* --- registration ----------------------------------------------------------------------------- */

static void registrations_end_before_the_start(void **state)
{
    struct cast c = cast_of(state);
    form_refused(&c, CREATE(c, with_time(&c, "deadline_at", SEANCE_START + 1)), ERR_VALUE,
                 "deadline_at");
    assert_int_equal(CREATE(c, with_time(&c, "deadline_at", SEANCE_START)), ERR_NONE);
}

static void without_registration_there_are_no_seats_to_give(void **state)
{
    struct cast c = cast_of(state);
    static const struct {
        const char *member, *field;
    } rows[] = {
        {"\"capacity\":5", "capacity"},
        {"\"deadline_at\":1793600000000", "deadline_at"},
        {"\"questions\":[{\"kind\":\"text\",\"label\":\"Q\",\"required\":false}]", "questions"},
        {"\"link\":\"https://exemple.fr/\",\"link_shown\":\"registered\"", "link_shown"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *more =
            arena_printf(&c.f->arena, "\"registration\":\"none\",%s", rows[i].member);
        form_refused(&c, CREATE(c, more), ERR_VALUE, rows[i].field);
    }
}

static void a_link_for_those_registered_is_there(void **state)
{
    struct cast c = cast_of(state);
    form_refused(&c, CREATE(c, "\"link_shown\":\"registered\""), ERR_VALUE, "link_shown");
}

static void registrations_stay_while_people_are_registered(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    event_seat(&c, event, c.bob);
    form_refused(&c, event_try_update(&c, c.anne, event, "\"registration\":\"none\""), ERR_VALUE,
                 "registration");
}

/* --- questions -------------------------------------------------------------------------------- */

#define QUESTION(rest) "\"questions\":[{\"label\":\"Q\",\"required\":false," rest "}]"

static void a_choice_has_answers_to_choose_from_and_nothing_else_has(void **state)
{
    struct cast c = cast_of(state);
    static const char *const wrong[] = {
        QUESTION("\"kind\":\"choice\""),
        QUESTION("\"kind\":\"choice\",\"options\":[\"Oui\"]"),
        QUESTION("\"kind\":\"choice\",\"options\":[\"Oui\",\"Oui\"]"),
        QUESTION("\"kind\":\"text\",\"options\":[\"Oui\",\"Non\"]"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        form_refused(&c, CREATE(c, wrong[i]), ERR_VALUE, "questions[0]");
    }
}

static int64_t question_of(struct cast *c, int64_t event)
{
    return fixture_count(c->f, "SELECT id FROM question WHERE event = %lld", (long long)event);
}

static void a_question_that_comes_with_an_id_is_the_events_own(void **state)
{
    struct cast c = cast_of(state);
    int64_t first = event_draft(&c, QUESTION("\"kind\":\"text\""));
    int64_t second = event_draft(&c, NULL);
    const char *other = arena_printf(&c.f->arena, QUESTION("\"kind\":\"text\",\"id\":%lld"),
                                     (long long)question_of(&c, first));
    form_refused(&c, event_try_update(&c, c.anne, second, other), ERR_NOT_FOUND, "questions[0].id");
    form_refused(&c, CREATE(c, other), ERR_NOT_FOUND, "questions[0].id");
}

static void answer(struct cast *c, int64_t event, int64_t person)
{
    event_seat(c, event, person);
    fixture_sql(c->f,
                "INSERT INTO answer (registration, question, text) SELECT r.id, q.id, 'Oui'"
                " FROM registration r JOIN question q ON q.event = r.event WHERE r.event = %lld",
                (long long)event);
}

static void an_update_keeps_the_answers_to_questions_that_stay(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, QUESTION("\"kind\":\"text\""));
    int64_t question = question_of(&c, event);
    answer(&c, event, c.bob);
    event_updated(&c, event,
                  arena_printf(&c.f->arena,
                               "\"questions\":[{\"kind\":\"text\",\"label\":\"Neuve\","
                               "\"required\":true},{\"id\":%lld,\"kind\":\"text\","
                               "\"label\":\"Mieux dite\",\"required\":true}]",
                               (long long)question));
    event_about(&c, c.bob, "event.get", event);
    assert_string_equal(fixture_text(c.f, "event.questions.0.label"), "Neuve");
    assert_string_equal(fixture_text(c.f, "event.questions.1.label"), "Mieux dite");
    assert_int_equal(fixture_int(c.f, "mine.answers.length"), 1);
    assert_int_equal(fixture_int(c.f, "mine.answers.0.question"), question);
}

static void a_question_that_goes_takes_its_answers_along(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, QUESTION("\"kind\":\"text\""));
    answer(&c, event, c.bob);
    event_updated(&c, event, NULL);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM answer"), 0);
}

static void a_question_that_was_answered_stays_of_its_kind(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, QUESTION("\"kind\":\"text\""));
    const char *other = arena_printf(&c.f->arena, QUESTION("\"kind\":\"yes_no\",\"id\":%lld"),
                                     (long long)question_of(&c, event));
    assert_int_equal(event_try_update(&c, c.anne, event, other), ERR_NONE);
    answer(&c, event, c.bob);
    const char *back = arena_printf(&c.f->arena, QUESTION("\"kind\":\"text\",\"id\":%lld"),
                                    (long long)question_of(&c, event));
    form_refused(&c, event_try_update(&c, c.anne, event, back), ERR_VALUE, "questions[0]");
}

/* --- links ------------------------------------------------------------------------------------ */

#define HOST_LINK  "https://us02web.zoom.us/s/123456789?zak=abc"
#define PLAIN_LINK "http://exemple.fr/"

static void links_are_https(void **state)
{
    struct cast c = cast_of(state);
    form_refused(&c, CREATE(c, "\"link\":\"" PLAIN_LINK "\""), ERR_LINK, "link");
    form_refused(&c, CREATE(c, "\"replay\":\"" PLAIN_LINK "\""), ERR_LINK, "replay");
    form_refused(&c, CREATE(c, "\"documents\":[{\"label\":\"D\",\"link\":\"" PLAIN_LINK "\"}]"),
                 ERR_LINK, "documents[0].link");
}

static void a_hosts_link_is_refused_wherever_it_would_be_read(void **state)
{
    struct cast c = cast_of(state);
    form_refused(&c, CREATE(c, "\"link\":\"" HOST_LINK "\""), ERR_HOST_LINK, "link");
    form_refused(&c, CREATE(c, "\"replay\":\"" HOST_LINK "\""), ERR_HOST_LINK, "replay");
    form_refused(&c, CREATE(c, "\"documents\":[{\"label\":\"D\",\"link\":\"" HOST_LINK "\"}]"),
                 ERR_HOST_LINK, "documents[0].link");
    form_refused(&c, CREATE(c, "\"description\":\"Voir " HOST_LINK "\""), ERR_HOST_LINK,
                 "description");
}

/* --- the week it is part of ------------------------------------------------------------------- */

static int64_t week(struct cast *c)
{
    return event_draft(c, arena_printf(&c->f->arena,
                                       "\"kind\":\"semaine\",\"all_day\":true,\"starts_at\":%lld,"
                                       "\"ends_at\":%lld",
                                       (long long)SEANCE_MIDNIGHT,
                                       (long long)(SEANCE_MIDNIGHT + 5 * DAY_MS)));
}

static const char *within(struct cast *c, int64_t parent, const char *more)
{
    return arena_printf(&c->f->arena, "\"parent\":%lld%s", (long long)parent, more);
}

static void a_week_contains_events_of_its_club(void **state)
{
    struct cast c = cast_of(state);
    int64_t parent = week(&c), other = event_draft(&c, NULL);
    assert_int_equal(CREATE(c, within(&c, parent, "")), ERR_NONE);
    form_refused(&c, CREATE(c, within(&c, other, "")), ERR_VALUE, "parent");
    form_refused(&c, CREATE(c, within(&c, parent, ",\"kind\":\"semaine\"")), ERR_VALUE, "parent");
    form_refused(&c, CREATE(c, within(&c, 999, "")), ERR_NOT_FOUND, "parent");
    fixture_sql(c.f, "UPDATE event SET club = %lld WHERE id = %lld", (long long)c.f->reunion,
                (long long)parent);
    form_refused(&c, CREATE(c, within(&c, parent, "")), ERR_NOT_FOUND, "parent");
}

static void an_event_lies_within_its_week(void **state)
{
    struct cast c = cast_of(state);
    int64_t parent = week(&c);
    const char *later = arena_printf(&c.f->arena, ",\"ends_at\":%lld",
                                     (long long)(SEANCE_MIDNIGHT + 5 * DAY_MS + 1));
    form_refused(&c, CREATE(c, within(&c, parent, later)), ERR_VALUE, "parent");
}

static void a_week_goes_on_holding_its_events(void **state)
{
    struct cast c = cast_of(state);
    int64_t parent = week(&c);
    event_draft(&c, within(&c, parent, ""));
    form_refused(&c, event_try_update(&c, c.anne, parent, NULL), ERR_VALUE, "kind");
    const char *shorter = arena_printf(&c.f->arena, "\"kind\":\"semaine\",\"ends_at\":%lld",
                                       (long long)(SEANCE_START + HOUR_MS));
    form_refused(&c, event_try_update(&c, c.anne, parent, shorter), ERR_VALUE, "ends_at");
}

/* --- to whom ---------------------------------------------------------------------------------- */

static void a_scope_comes_with_what_it_needs(void **state)
{
    struct cast c = cast_of(state);
    int64_t ada = fixture_administrator(c.f, "Ada");
    static const struct {
        const char *more;
        enum err err;
        const char *field;
    } rows[] = {
        {"\"clubs\":[]", ERR_MISSING, "clubs"},
        {"\"scope\":\"network\"", ERR_VALUE, "clubs"},
        {"\"scope\":\"region\",\"clubs\":[]", ERR_MISSING, "region"},
        {"\"region\":\"La Réunion\"", ERR_VALUE, "region"},
        {"\"scope\":\"region\",\"clubs\":[],\"region\":\"Atlantide\"", ERR_NOT_FOUND, "region"},
        {"\"clubs\":[999]", ERR_NOT_FOUND, "clubs"},
        {"\"themes\":[999]", ERR_NOT_FOUND, "themes"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        form_refused(&c, event_try_create(&c, ada, rows[i].more), rows[i].err, rows[i].field);
    }
}

static void a_region_is_written_out_as_its_clubs(void **state)
{
    struct cast c = cast_of(state);
    int64_t nadia = fixture_member(c.f, "Nadia", c.f->national, ROLE_ANIMATEUR);
    const char *more = arena_printf(&c.f->arena,
                                    "\"club\":%lld,\"scope\":\"region\",\"clubs\":[],"
                                    "\"region\":\"La Réunion\"",
                                    (long long)c.f->national);
    assert_int_equal(event_try_create(&c, nadia, more), ERR_NONE);
    event_about(&c, nadia, "event.get", fixture_int(c.f, "id"));
    assert_int_equal(fixture_int(c.f, "event.clubs.length"), 1);
    assert_int_equal(fixture_int(c.f, "event.clubs.0"), c.f->reunion);
}

static void one_announces_to_clubs_one_manages(void **state)
{
    struct cast c = cast_of(state);
    const char *both = arena_printf(&c.f->arena, "\"clubs\":[%lld,%lld]", (long long)c.f->ain,
                                    (long long)c.f->reunion);
    form_refused(&c, CREATE(c, both), ERR_NOT_FOUND, "clubs");
    fixture_join(c.f, c.anne, c.f->reunion, ROLE_ELU);
    form_refused(&c, CREATE(c, both), ERR_FORBIDDEN, "clubs");
    fixture_join(c.f, c.anne, c.f->reunion, ROLE_ANIMATEUR);
    assert_int_equal(CREATE(c, both), ERR_NONE);
    form_refused(&c, CREATE(c, "\"scope\":\"network\",\"clubs\":[]"), ERR_FORBIDDEN, "scope");
}

static void a_region_is_announced_to_by_who_manages_all_its_clubs(void **state)
{
    struct cast c = cast_of(state);
    static const char region[] = "\"scope\":\"region\",\"clubs\":[],\"region\":\"La Réunion\"";
    form_refused(&c, CREATE(c, region), ERR_FORBIDDEN, "region");
    fixture_join(c.f, c.anne, c.f->reunion, ROLE_ANIMATEUR);
    assert_int_equal(CREATE(c, region), ERR_NONE);
}

static void who_runs_the_national_club_announces_to_all(void **state)
{
    struct cast c = cast_of(state);
    fixture_join(c.f, c.anne, c.f->national, ROLE_ANIMATEUR);
    assert_int_equal(CREATE(c, "\"scope\":\"network\",\"clubs\":[]"), ERR_NONE);
}

static void what_was_announced_needs_no_right_to_be_kept(void **state)
{
    struct cast c = cast_of(state);
    int64_t ada = fixture_administrator(c.f, "Ada");
    const char *both = arena_printf(&c.f->arena, "\"clubs\":[%lld,%lld]", (long long)c.f->ain,
                                    (long long)c.f->reunion);
    assert_int_equal(event_try_create(&c, ada, both), ERR_NONE);
    int64_t event = fixture_int(c.f, "id");
    assert_int_equal(event_try_update(&c, c.anne, event, both), ERR_NONE);
    form_refused(&c, event_try_update(&c, c.anne, event, "\"scope\":\"network\",\"clubs\":[]"),
                 ERR_FORBIDDEN, "scope");
}

/* --- updating --------------------------------------------------------------------------------- */

static void an_update_replaces_all_of_it(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, "\"description\":\"A\",\"commune\":\"Nantua\",\"capacity\":5,"
                                    "\"themes\":[1],\"roles\":[\"elu\"],\"organisation\":\"CAUE\","
                                    "\"documents\":[{\"label\":\"D\",\"link\":\"https://a.fr/\"}]");
    event_updated(&c, event, "\"title\":\"Autre\"");
    event_about(&c, c.anne, "event.get", event);
    assert_string_equal(fixture_text(c.f, "event.title"), "Autre");
    static const char *const gone[] = {"event.commune", "event.capacity", "event.themes",
                                       "event.organisation", "event.documents"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        assert_false(fixture_has(c.f, gone[i]));
    }
    assert_int_equal(fixture_int(c.f, "event.roles.length"), 0);
}

static void bad_input_changes_nothing(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    event_about(&c, c.anne, "event.get", event);
    const char *before = fixture_text(c.f, "event");
    const char *bad = "\"title\":\"Autre\",\"description\":\"A\",\"themes\":[999]";
    assert_int_equal(event_try_update(&c, c.anne, event, bad), ERR_NOT_FOUND);
    event_about(&c, c.anne, "event.get", event);
    assert_string_equal(fixture_text(c.f, "event"), before);
}

static void who_sees_but_does_not_run_it_may_not_change_it(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    assert_int_equal(event_try_update(&c, c.bob, event, NULL), ERR_FORBIDDEN);
    assert_int_equal(event_try_update(&c, c.zoe, event, NULL), ERR_NOT_FOUND);
}

/* --- duplicating and deleting ----------------------------------------------------------------- */

static enum err duplicate(struct cast *c, int64_t person, int64_t event)
{
    return fixture_run(c->f, person, "event.duplicate",
                       "{\"event\":%lld,\"nonce\":\"duplicate-%lld\"}", (long long)event,
                       (long long)person);
}

static void a_duplicate_is_a_draft_with_the_same_content(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(
        &c, "\"description\":\"*A*\",\"themes\":[1],\"roles\":[\"elu\"],\"commune\":\"Nantua\","
            "\"link\":\"https://exemple.fr/\",\"link_shown\":\"registered\","
            "\"replay\":\"https://exemple.fr/replay\"," QUESTION("\"kind\":\"yes_no\""));
    answer(&c, event, c.bob);
    assert_int_equal(duplicate(&c, c.anne, event), ERR_NONE);
    int64_t copy = fixture_int(c.f, "id");
    assert_int_equal(fixture_told(c.f, audience_club(c.f->ain), "event.changed"), 0);
    event_about(&c, c.anne, "event.get", copy);
    assert_string_equal(fixture_text(c.f, "event.state"), "draft");
    assert_string_equal(fixture_text(c.f, "event.title"), "Séance d'automne");
    assert_int_equal(fixture_int(c.f, "event.starts_at"), SEANCE_START);
    assert_int_equal(fixture_int(c.f, "event.clubs.0"), c.f->ain);
    assert_string_equal(fixture_text(c.f, "event.questions.0.kind"), "yes_no");
    assert_string_equal(fixture_text(c.f, "mine.link"), "https://exemple.fr/");
    assert_false(fixture_has(c.f, "event.channel"));
    assert_false(fixture_has(c.f, "event.replay"));
    assert_int_equal(fixture_count(c.f, "SELECT count(DISTINCT uid) FROM event"), 2);
    assert_int_equal(
        fixture_count(c.f, "SELECT count(*) FROM registration WHERE event = %lld", (long long)copy),
        0);
    assert_int_equal(duplicate(&c, c.bob, event), ERR_FORBIDDEN);
}

static void a_draft_can_be_deleted(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, QUESTION("\"kind\":\"text\""));
    assert_int_equal(event_try_about(&c, c.bob, "event.delete", event), ERR_NOT_FOUND);
    event_about(&c, c.anne, "event.delete", event);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "event.gone"), 1);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM event"), 0);
    event = event_published(&c, NULL);
    assert_int_equal(event_try_about(&c, c.anne, "event.delete", event), ERR_CONFLICT);
}

static void a_deleted_draft_is_gone_for_administrators(void **state)
{
    struct cast c = cast_of(state);
    int64_t ada = fixture_administrator(c.f, "Ada");
    int64_t event = event_draft(&c, NULL);
    event_about(&c, c.anne, "event.delete", event);
    assert_int_equal(fixture_told(c.f, audience_person(ada), "event.gone"), 1);
}

static void events_go_on_without_the_week_that_is_deleted(void **state)
{
    struct cast c = cast_of(state);
    int64_t parent = week(&c), child = event_draft(&c, within(&c, parent, ""));
    event_about(&c, c.anne, "event.delete", parent);
    assert_int_equal(fixture_told_int(c.f, audience_person(c.anne), "event.changed", 0, "event.id"),
                     child);
    event_about(&c, c.anne, "event.get", child);
    assert_false(fixture_has(c.f, "event.parent"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_draft_is_seen_by_its_organisers_alone),
        FIXTURE_TEST(all_that_is_said_is_kept),
        FIXTURE_TEST(only_who_runs_the_club_drafts),
        FIXTURE_TEST(sent_twice_it_is_drafted_once),
        FIXTURE_TEST(the_end_comes_after_the_start),
        FIXTURE_TEST(whole_days_begin_and_end_at_midnight_there),
        FIXTURE_TEST(registrations_end_before_the_start),
        FIXTURE_TEST(without_registration_there_are_no_seats_to_give),
        FIXTURE_TEST(a_link_for_those_registered_is_there),
        FIXTURE_TEST(registrations_stay_while_people_are_registered),
        FIXTURE_TEST(a_choice_has_answers_to_choose_from_and_nothing_else_has),
        FIXTURE_TEST(a_question_that_comes_with_an_id_is_the_events_own),
        FIXTURE_TEST(an_update_keeps_the_answers_to_questions_that_stay),
        FIXTURE_TEST(a_question_that_goes_takes_its_answers_along),
        FIXTURE_TEST(a_question_that_was_answered_stays_of_its_kind),
        FIXTURE_TEST(links_are_https),
        FIXTURE_TEST(a_hosts_link_is_refused_wherever_it_would_be_read),
        FIXTURE_TEST(a_week_contains_events_of_its_club),
        FIXTURE_TEST(an_event_lies_within_its_week),
        FIXTURE_TEST(a_week_goes_on_holding_its_events),
        FIXTURE_TEST(a_scope_comes_with_what_it_needs),
        FIXTURE_TEST(a_region_is_written_out_as_its_clubs),
        FIXTURE_TEST(one_announces_to_clubs_one_manages),
        FIXTURE_TEST(a_region_is_announced_to_by_who_manages_all_its_clubs),
        FIXTURE_TEST(who_runs_the_national_club_announces_to_all),
        FIXTURE_TEST(what_was_announced_needs_no_right_to_be_kept),
        FIXTURE_TEST(an_update_replaces_all_of_it),
        FIXTURE_TEST(bad_input_changes_nothing),
        FIXTURE_TEST(who_sees_but_does_not_run_it_may_not_change_it),
        FIXTURE_TEST(a_duplicate_is_a_draft_with_the_same_content),
        FIXTURE_TEST(a_draft_can_be_deleted),
        FIXTURE_TEST(a_deleted_draft_is_gone_for_administrators),
        FIXTURE_TEST(events_go_on_without_the_week_that_is_deleted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
