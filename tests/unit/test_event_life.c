/* From publication to archive: event.publish, what an update tells once it is published,
 * event.cancel, event.close. */
#include "announce_fixture.h"

#include <string.h>

#include "base/limits.h"

static int64_t ain(const struct cast *c)
{
    return audience_club(c->f->ain);
}
static int64_t everybody(void)
{
    return audience_pack(AUDIENCE_EVERYBODY, 0);
}
static const char *said_in(struct cast *c, int64_t channel)
{
    fixture_ok(c->f, c->anne, "message.list", "{\"channel\":%lld}", (long long)channel);
    return fixture_text(c->f, "messages");
}
static int64_t cards_of(struct cast *c, int64_t event)
{
    return fixture_count(c->f, "SELECT count(*) FROM message WHERE event = %lld", (long long)event);
}
static int64_t channel_of(struct cast *c, int64_t event)
{
    return fixture_count(c->f, "SELECT channel FROM event WHERE id = %lld", (long long)event);
}

/* Sessions last, however much time passes. */
static void wait_until(struct cast *c, int64_t at_ms)
{
    fixture_sql(c->f, "UPDATE session SET expires_at = %lld", (long long)at_ms + 1);
    c->f->now_ms = at_ms;
}

/* --- event.publish ---------------------------------------------------------------------------- */

static void published_it_is_told_to_whom_it_is_announced(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    assert_int_equal(fixture_told(c.f, ain(&c), "event.changed"), 1);
    assert_string_equal(fixture_told_text(c.f, ain(&c), "event.changed", 0, "event.state"),
                        "published");
    assert_int_equal(event_try_about(&c, c.bob, "event.get", event), ERR_NONE);
    assert_int_equal(event_try_about(&c, c.zoe, "event.get", event), ERR_NOT_FOUND);
    assert_int_equal(event_try_about(&c, c.anne, "event.publish", event), ERR_CONFLICT);
}

static void only_who_runs_it_publishes(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, NULL);
    assert_int_equal(event_try_about(&c, c.bob, "event.publish", event), ERR_NOT_FOUND);
}

static void its_channel_opens_to_its_organisers(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    int64_t channel = channel_of(&c, event);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "access.gained"), 1);
    assert_null(fixture_rights(c.f, c.bob));
    fixture_ok(c.f, c.anne, "channel.get", "{\"channel\":%lld}", (long long)channel);
    assert_string_equal(fixture_text(c.f, "channel.kind"), "event");
    assert_string_equal(fixture_text(c.f, "channel.name"), "Séance d'automne");
}

static void a_card_is_posted_in_the_announcements(void **state)
{
    struct cast c = cast_of(state);
    int64_t event =
        event_published(&c, "\"address\":\"Mairie\",\"commune\":\"Nantua\",\"title\":\"**Une** "
                            "@tous\"");
    int64_t audience = audience_channel(c.announces);
    assert_int_equal(fixture_told_int(c.f, audience, "message.posted", 0, "message.event"), event);
    assert_int_equal(fixture_told_int(c.f, audience, "message.posted", 0, "message.author.id"),
                     c.anne);
    assert_string_equal(
        fixture_told_text(c.f, audience, "message.posted", 0, "message.author.function"),
        "animateur");
    const char *body = fixture_told_text(c.f, audience, "message.posted", 0, "message.body");
    assert_non_null(strstr(body, "**Une** @tous\n"));
    assert_non_null(strstr(body, "3 novembre 2026"));
    assert_non_null(strstr(body, "heure de Paris"));
    assert_non_null(strstr(body, "Mairie, Nantua"));
    assert_non_null(strstr(body, "Club PVD de l'Ain"));
    assert_string_equal(
        fixture_told_text(c.f, audience, "message.posted", 0, "message.nodes.0.c.0"),
        "**Une** @tous");
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM mention"), 0);
}

static void a_card_is_found_by_its_words(void **state)
{
    struct cast c = cast_of(state);
    event_published(&c, "\"title\":\"Réhabiliter une friche\"");
    fixture_ok(c.f, c.bob, "message.search", "{\"query\":\"friches\"}");
    assert_int_equal(fixture_int(c.f, "hits.length"), 1);
    talk_index_is_sound(&c);
}

static void a_card_says_the_hour_of_paris_where_it_is_another(void **state)
{
    struct cast c = cast_of(state);
    event_published(&c, "\"zone\":\"Indian/Reunion\"");
    const char *said = said_in(&c, c.announces);
    assert_non_null(strstr(said, "heure de La Réunion"));
    assert_non_null(strstr(said, "à Paris"));
}

static void the_network_is_told_in_the_announcements_of_every_club(void **state)
{
    struct cast c = cast_of(state);
    int64_t ada = fixture_administrator(c.f, "Ada");
    assert_int_equal(event_try_create(&c, ada, "\"scope\":\"network\",\"clubs\":[]"), ERR_NONE);
    int64_t event = fixture_int(c.f, "id");
    event_about(&c, ada, "event.publish", event);
    assert_int_equal(fixture_told(c.f, everybody(), "event.changed"), 1);
    assert_int_equal(cards_of(&c, event), 3);
    int64_t there = fixture_channel(c.f, c.f->reunion, "Annonces");
    assert_string_equal(fixture_told_text(c.f, audience_channel(there), "message.posted", 0,
                                          "message.author.function"),
                        "");
}

static void a_club_without_announcements_gets_no_card(void **state)
{
    struct cast c = cast_of(state);
    fixture_ok(c.f, c.anne, "channel.archive", "{\"channel\":%lld,\"archived\":true}",
               (long long)c.announces);
    assert_int_equal(cards_of(&c, event_published(&c, NULL)), 0);
}

static void a_card_is_changed_with_its_event_alone(void **state)
{
    struct cast c = cast_of(state);
    event_published(&c, NULL);
    int64_t card = fixture_count(c.f, "SELECT id FROM message WHERE event IS NOT NULL");
    assert_int_equal(talk_try_edit(&c, c.anne, card), ERR_CONFLICT);
    talk_about(&c, c.anne, "message.delete", card);
    talk_about(&c, c.bob, "message.get", card);
    assert_false(fixture_has(c.f, "message.event"));
}

static void the_past_rings_for_nobody(void **state)
{
    struct cast c = cast_of(state);
    wait_until(&c, SEANCE_END);
    assert_int_equal(cards_of(&c, event_published(&c, NULL)), 0);
    wait_until(&c, SEANCE_END + LIMIT_EVENT_OPEN_DAYS * DAY_MS);
    assert_int_equal(channel_of(&c, event_published(&c, NULL)), -1);
}

static void fill_with_channels(struct cast *c)
{
    fixture_sql(c->f,
                "INSERT INTO channel (club, kind, name, created_at) WITH RECURSIVE n (i) AS"
                " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                " SELECT %lld, 'event', i, 0 FROM n",
                LIMIT_EVENT_CHANNELS, (long long)c->f->ain);
}

static void a_club_has_a_limited_number_of_event_channels(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, NULL);
    fill_with_channels(&c);
    assert_int_equal(event_try_about(&c, c.anne, "event.publish", event), ERR_FULL);
    event_about(&c, c.anne, "event.get", event);
    assert_string_equal(fixture_text(c.f, "event.state"), "draft");
}

/* --- at an hour ------------------------------------------------------------------------------- */

static int64_t publish_at(struct cast *c, int64_t event)
{
    return fixture_count(c->f,
                         "SELECT at FROM due WHERE command = 'event.publish' AND object = %lld",
                         (long long)event);
}

static void at_its_hour_it_is_published_in_the_name_of_who_made_it(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, NULL), at = c.f->now_ms + DAY_MS;
    fixture_ok(c.f, c.anne, "event.publish", "{\"event\":%lld,\"at\":%lld}", (long long)event,
               (long long)at);
    assert_int_equal(
        fixture_told_int(c.f, audience_person(c.anne), "event.changed", 0, "event.publish_at"), at);
    assert_int_equal(publish_at(&c, event), at);
    assert_int_equal(event_try_about(&c, c.bob, "event.get", event), ERR_NOT_FOUND);
    wait_until(&c, at);
    event_about(&c, FIXTURE_OPERATOR, "event.publish", event);
    assert_int_equal(fixture_told_int(c.f, audience_channel(c.announces), "message.posted", 0,
                                      "message.author.id"),
                     c.anne);
    assert_int_equal(publish_at(&c, event), -1);
    event_about(&c, c.bob, "event.get", event);
    assert_false(fixture_has(c.f, "event.publish_at"));
}

static void without_room_at_its_hour_it_is_tried_again_the_next_day(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, NULL), at = c.f->now_ms + DAY_MS;
    fixture_ok(c.f, c.anne, "event.publish", "{\"event\":%lld,\"at\":%lld}", (long long)event,
               (long long)at);
    fill_with_channels(&c);
    wait_until(&c, at);
    event_about(&c, FIXTURE_OPERATOR, "event.publish", event);
    assert_int_equal(publish_at(&c, event), at + DAY_MS);
    assert_int_equal(channel_of(&c, event), -1);
    fixture_sql(c.f, "UPDATE channel SET archived_at = 1 WHERE kind = 'event'");
    wait_until(&c, at + DAY_MS);
    event_about(&c, FIXTURE_OPERATOR, "event.publish", event);
    assert_true(channel_of(&c, event) > 0);
}

static void the_hour_can_be_taken_back(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, NULL);
    fixture_ok(c.f, c.anne, "event.publish", "{\"event\":%lld,\"at\":%lld}", (long long)event,
               (long long)(c.f->now_ms + DAY_MS));
    fixture_ok(c.f, c.anne, "event.publish", "{\"event\":%lld,\"hold\":true}", (long long)event);
    assert_int_equal(publish_at(&c, event), -1);
    event_about(&c, c.anne, "event.get", event);
    assert_string_equal(fixture_text(c.f, "event.state"), "draft");
    assert_false(fixture_has(c.f, "event.publish_at"));
}

static void an_hour_after_its_end_is_refused(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, NULL);
    form_refused(&c,
                 fixture_run(c.f, c.anne, "event.publish", "{\"event\":%lld,\"at\":%lld}",
                             (long long)event, (long long)SEANCE_END),
                 ERR_VALUE, "at");
}

static void who_may_not_announce_to_all_its_clubs_does_not_publish(void **state)
{
    struct cast c = cast_of(state);
    int64_t ada = fixture_administrator(c.f, "Ada");
    assert_int_equal(event_try_create(&c, ada, "\"scope\":\"network\",\"clubs\":[]"), ERR_NONE);
    int64_t event = fixture_int(c.f, "id");
    form_refused(&c, event_try_about(&c, c.anne, "event.publish", event), ERR_FORBIDDEN, "scope");
    event_about(&c, ada, "event.publish", event);
}

/* --- event.update once published -------------------------------------------------------------- */

static const char *notice_of(struct cast *c, int64_t person)
{
    fixture_ok(c->f, person, "notice.list", "{}");
    return fixture_has(c->f, "notices.0") ? fixture_text(c->f, "notices.0.detail") : "";
}

static int64_t sequence_of(struct cast *c, int64_t event)
{
    return fixture_count(c->f, "SELECT sequence FROM event WHERE id = %lld", (long long)event);
}

static void who_is_registered_is_told_what_moved(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    event_seat(&c, event, c.bob);
    const char *later =
        arena_printf(&c.f->arena, "\"starts_at\":%lld,\"ends_at\":%lld,\"commune\":\"Nantua\"",
                     (long long)(SEANCE_START + DAY_MS), (long long)(SEANCE_END + DAY_MS));
    event_updated(&c, event, later);
    assert_int_equal(fixture_told(c.f, ain(&c), "event.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(c.bob), "notice.added"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(c.chloe), "notice.added"), 0);
    const char *detail = notice_of(&c, c.bob);
    assert_non_null(strstr(detail, "Nouvelle date\u00a0: mercredi 4 novembre 2026"));
    assert_non_null(strstr(detail, "\nNouveau lieu\u00a0: Nantua"));
    assert_int_equal(sequence_of(&c, event), 1);
    assert_int_equal(
        fixture_count(c.f, "SELECT count(*) FROM mail WHERE person = %lld", (long long)c.bob), 1);
}

static void a_new_link_is_told_and_not_shown(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, "\"link\":\"https://a.fr/\",\"link_shown\":\"registered\"");
    event_seat(&c, event, c.bob);
    event_updated(&c, event, "\"link\":\"https://b.fr/\",\"link_shown\":\"registered\"");
    assert_string_equal(notice_of(&c, c.bob), "Le lien de la visioconférence a changé");
    assert_int_equal(sequence_of(&c, event), 1);
}

static void other_changes_are_told_to_nobody_by_name(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    event_seat(&c, event, c.bob);
    event_updated(&c, event, "\"description\":\"Plus de détails\",\"capacity\":10");
    assert_int_equal(fixture_told(c.f, ain(&c), "event.changed"), 1);
    assert_string_equal(notice_of(&c, c.bob), "");
    assert_int_equal(sequence_of(&c, event), 0);
}

static void a_draft_moves_without_a_word(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_draft(&c, NULL);
    event_updated(&c, event, "\"commune\":\"Nantua\"");
    assert_int_equal(sequence_of(&c, event), 0);
    assert_int_equal(fixture_told(c.f, ain(&c), "event.changed"), 0);
}

static void a_new_title_names_the_channel_anew(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    int64_t channel = channel_of(&c, event);
    event_updated(&c, event, "\"title\":\"Séance d'hiver\"");
    assert_string_equal(
        fixture_told_text(c.f, audience_channel(channel), "channel.changed", 0, "channel.name"),
        "Séance d'hiver");
}

static void more_seats_are_offered_to_who_waits(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, "\"capacity\":1");
    event_seat(&c, event, c.bob);
    fixture_ok(c.f, c.chloe, "event.register", "{\"event\":%lld,\"nonce\":\"chloe-registers\"}",
               (long long)event);
    event_updated(&c, event, "\"capacity\":2");
    assert_string_equal(fixture_told_text(c.f, audience_person(c.chloe), "registration.changed", 0,
                                          "mine.registration"),
                        "offered");
}

/* Ada announces to both Clubs, then to that of the Ain alone. */
static int64_t for_both(struct cast *c, int64_t ada)
{
    const char *both = arena_printf(&c->f->arena, "\"clubs\":[%lld,%lld]", (long long)c->f->ain,
                                    (long long)c->f->reunion);
    assert_int_equal(event_try_create(c, ada, both), ERR_NONE);
    int64_t event = fixture_int(c->f, "id");
    event_about(c, ada, "event.publish", event);
    return event;
}

static void who_it_is_no_longer_announced_to_is_told_it_is_gone(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = for_both(&c, fixture_administrator(c.f, "Ada"));
    int64_t reunion = audience_club(c.f->reunion);
    int64_t there = fixture_channel(c.f, c.f->reunion, "Annonces");
    assert_int_equal(cards_of(&c, event), 2);
    event_updated(&c, event, NULL);
    assert_int_equal(fixture_told_int(c.f, reunion, "event.gone", 0, "event"), event);
    assert_int_equal(fixture_told(c.f, reunion, "event.changed"), 0);
    assert_int_equal(fixture_told(c.f, ain(&c), "event.gone"), 0);
    assert_int_equal(fixture_told(c.f, audience_channel(there), "message.deleted"), 1);
    assert_int_equal(cards_of(&c, event), 1);
    assert_int_equal(event_try_about(&c, c.zoe, "event.get", event), ERR_NOT_FOUND);
}

static void who_is_registered_keeps_what_is_no_longer_announced(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = for_both(&c, fixture_administrator(c.f, "Ada"));
    event_seat(&c, event, c.zoe);
    event_updated(&c, event, NULL);
    assert_int_equal(fixture_told(c.f, audience_person(c.zoe), "event.changed"), 1);
    assert_int_equal(event_try_about(&c, c.zoe, "event.get", event), ERR_NONE);
}

static void gone_comes_before_what_is_told_again(void **state)
{
    struct cast c = cast_of(state);
    int64_t ada = fixture_administrator(c.f, "Ada");
    assert_int_equal(event_try_create(&c, ada, "\"scope\":\"network\",\"clubs\":[]"), ERR_NONE);
    int64_t event = fixture_int(c.f, "id");
    event_about(&c, ada, "event.publish", event);
    event_updated(&c, event, NULL);
    int64_t gone = fixture_told_int(c.f, everybody(), "event.gone", 0, "event");
    assert_int_equal(gone, event);
    assert_true(fixture_told_int(c.f, everybody(), "event.gone", 0, "seq") <
                fixture_told_int(c.f, ain(&c), "event.changed", 0, "seq"));
}

static void a_club_that_comes_to_it_gets_its_card(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    fixture_join(c.f, c.anne, c.f->reunion, ROLE_ANIMATEUR);
    event_updated(&c, event,
                  arena_printf(&c.f->arena, "\"clubs\":[%lld,%lld]", (long long)c.f->ain,
                               (long long)c.f->reunion));
    int64_t there = fixture_channel(c.f, c.f->reunion, "Annonces");
    assert_int_equal(fixture_told(c.f, audience_channel(there), "message.posted"), 1);
    assert_int_equal(fixture_told(c.f, audience_channel(c.announces), "message.posted"), 0);
}

/* --- event.cancel ----------------------------------------------------------------------------- */

static enum err cancel(struct cast *c, int64_t person, int64_t event)
{
    return fixture_run(c->f, person, "event.cancel", "{\"event\":%lld,\"reason\":\"Neige\"}",
                       (long long)event);
}

static void cancelled_it_is_told_why(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    event_seat(&c, event, c.bob);
    assert_int_equal(cancel(&c, c.bob, event), ERR_FORBIDDEN);
    assert_int_equal(cancel(&c, c.anne, event), ERR_NONE);
    assert_string_equal(fixture_told_text(c.f, ain(&c), "event.changed", 0, "event.state"),
                        "cancelled");
    assert_string_equal(fixture_told_text(c.f, ain(&c), "event.changed", 0, "event.reason"),
                        "Neige");
    assert_string_equal(notice_of(&c, c.bob), "Neige");
    assert_int_equal(sequence_of(&c, event), 1);
}

static void only_what_is_published_and_not_over_is_cancelled(void **state)
{
    struct cast c = cast_of(state);
    int64_t draft = event_draft(&c, NULL), event = event_published(&c, NULL);
    assert_int_equal(cancel(&c, c.anne, draft), ERR_CONFLICT);
    wait_until(&c, SEANCE_END);
    assert_int_equal(cancel(&c, c.anne, event), ERR_CONFLICT);
    wait_until(&c, SEANCE_END - 1);
    assert_int_equal(cancel(&c, c.anne, event), ERR_NONE);
    assert_int_equal(cancel(&c, c.anne, event), ERR_CONFLICT);
    assert_int_equal(event_try_update(&c, c.anne, event, NULL), ERR_CONFLICT);
}

static int64_t remind_at(struct cast *c, int64_t event)
{
    return fixture_count(c->f,
                         "SELECT at FROM due WHERE command = 'event.remind' AND object = %lld",
                         (long long)event);
}

static void reminders_follow_the_event(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    assert_int_equal(remind_at(&c, event), SEANCE_START - 7 * DAY_MS);
    event_updated(
        &c, event,
        arena_printf(&c.f->arena, "\"starts_at\":%lld", (long long)(SEANCE_START - HOUR_MS)));
    assert_int_equal(remind_at(&c, event), SEANCE_START - HOUR_MS - 7 * DAY_MS);
    assert_int_equal(cancel(&c, c.anne, event), ERR_NONE);
    assert_int_equal(remind_at(&c, event), -1);
}

/* --- event.close ------------------------------------------------------------------------------ */

static int64_t close_at(struct cast *c, int64_t event)
{
    return fixture_count(c->f, "SELECT at FROM due WHERE command = 'event.close' AND object = %lld",
                         (long long)event);
}

static void its_channel_is_archived_sixty_days_after_its_end(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL);
    int64_t channel = channel_of(&c, event);
    assert_int_equal(close_at(&c, event), SEANCE_END + 60 * DAY_MS);
    wait_until(&c, close_at(&c, event));
    event_about(&c, FIXTURE_OPERATOR, "event.close", event);
    assert_int_equal(
        fixture_told_int(c.f, audience_channel(channel), "channel.changed", 0, "channel.archived"),
        true);
    assert_int_equal(talk_try(&c, c.anne, channel, "Bonjour"), ERR_ARCHIVED);
}

/* A wrong year: what was published as long over opened no channel and rang nowhere. */
static void corrected_to_what_is_to_come_it_is_announced_after_all(void **state)
{
    struct cast c = cast_of(state);
    int64_t event =
        event_published(&c, arena_printf(&c.f->arena, "\"starts_at\":%lld,\"ends_at\":%lld",
                                         (long long)(SEANCE_START - 365 * DAY_MS),
                                         (long long)(SEANCE_END - 365 * DAY_MS)));
    assert_int_equal(channel_of(&c, event), -1);
    event_updated(&c, event, NULL);
    assert_true(channel_of(&c, event) > 0);
    assert_int_equal(cards_of(&c, event), 1);
    assert_int_equal(talk_try(&c, c.anne, channel_of(&c, event), "Bonjour"), ERR_NONE);
    event_updated(&c, event, "\"title\":\"Autre titre\"");
    assert_int_equal(cards_of(&c, event), 1);
}

static void moved_after_its_archive_its_channel_opens_again(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL), channel = channel_of(&c, event);
    wait_until(&c, close_at(&c, event));
    event_about(&c, FIXTURE_OPERATOR, "event.close", event);
    event_updated(&c, event,
                  arena_printf(&c.f->arena, "\"starts_at\":%lld,\"ends_at\":%lld",
                               (long long)(SEANCE_START + 365 * DAY_MS),
                               (long long)(SEANCE_END + 365 * DAY_MS)));
    assert_int_equal(channel_of(&c, event), channel);
    assert_int_equal(talk_try(&c, c.anne, channel, "Bonjour"), ERR_NONE);
    assert_int_equal(close_at(&c, event), SEANCE_END + 425 * DAY_MS);
}

static void a_move_puts_the_archive_off(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_published(&c, NULL), before = close_at(&c, event);
    event_updated(&c, event,
                  arena_printf(&c.f->arena, "\"ends_at\":%lld", (long long)(SEANCE_END + DAY_MS)));
    assert_int_equal(close_at(&c, event), before + DAY_MS);
    wait_until(&c, before);
    event_about(&c, FIXTURE_OPERATOR, "event.close", event);
    assert_int_equal(c.f->effects.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(published_it_is_told_to_whom_it_is_announced),
        FIXTURE_TEST(only_who_runs_it_publishes),
        FIXTURE_TEST(its_channel_opens_to_its_organisers),
        FIXTURE_TEST(a_card_is_posted_in_the_announcements),
        FIXTURE_TEST(a_card_is_found_by_its_words),
        FIXTURE_TEST(a_card_says_the_hour_of_paris_where_it_is_another),
        FIXTURE_TEST(the_network_is_told_in_the_announcements_of_every_club),
        FIXTURE_TEST(a_club_without_announcements_gets_no_card),
        FIXTURE_TEST(a_card_is_changed_with_its_event_alone),
        FIXTURE_TEST(the_past_rings_for_nobody),
        FIXTURE_TEST(a_club_has_a_limited_number_of_event_channels),
        FIXTURE_TEST(at_its_hour_it_is_published_in_the_name_of_who_made_it),
        FIXTURE_TEST(without_room_at_its_hour_it_is_tried_again_the_next_day),
        FIXTURE_TEST(the_hour_can_be_taken_back),
        FIXTURE_TEST(an_hour_after_its_end_is_refused),
        FIXTURE_TEST(who_may_not_announce_to_all_its_clubs_does_not_publish),
        FIXTURE_TEST(who_is_registered_is_told_what_moved),
        FIXTURE_TEST(a_new_link_is_told_and_not_shown),
        FIXTURE_TEST(other_changes_are_told_to_nobody_by_name),
        FIXTURE_TEST(a_draft_moves_without_a_word),
        FIXTURE_TEST(a_new_title_names_the_channel_anew),
        FIXTURE_TEST(more_seats_are_offered_to_who_waits),
        FIXTURE_TEST(who_it_is_no_longer_announced_to_is_told_it_is_gone),
        FIXTURE_TEST(who_is_registered_keeps_what_is_no_longer_announced),
        FIXTURE_TEST(gone_comes_before_what_is_told_again),
        FIXTURE_TEST(a_club_that_comes_to_it_gets_its_card),
        FIXTURE_TEST(cancelled_it_is_told_why),
        FIXTURE_TEST(only_what_is_published_and_not_over_is_cancelled),
        FIXTURE_TEST(reminders_follow_the_event),
        FIXTURE_TEST(its_channel_is_archived_sixty_days_after_its_end),
        FIXTURE_TEST(corrected_to_what_is_to_come_it_is_announced_after_all),
        FIXTURE_TEST(moved_after_its_archive_its_channel_opens_again),
        FIXTURE_TEST(a_move_puts_the_archive_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
