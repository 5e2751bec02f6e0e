/* Reading events: what is shared, what is one's own, who is told, and the agenda. */
#include "event_rows_fixture.h"
#include "talk_fixture.h"

#include "club/event.h"

/* --- what is shared --------------------------------------------------------------------------- */

static const char *get(struct cast *c, int64_t person, int64_t event)
{
    return fixture_ok(c->f, person, "event.get", "{\"event\":%lld}", (long long)event);
}

static void an_event_is_told_with_all_that_belongs_to_it(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    long long id = event;
    fixture_announce(c.f, event, c.f->national);
    fixture_ask_role(c.f, event, ROLE_ELU);
    fixture_event_set(c.f, event, "zone = 'Indian/Reunion', capacity = 50, public = 1");
    fixture_sql(c.f, "INSERT INTO event_theme VALUES (%lld, 5)", id);
    fixture_sql(c.f,
                "INSERT INTO event_document (event, position, label, link)"
                " VALUES (%lld, 1, 'Fiche', 'https://a.fr')",
                id);
    fixture_sql(c.f,
                "INSERT INTO question (event, position, kind, label, required, options)"
                " VALUES (%lld, 1, 'choice', 'Repas ?', 1, '[\"Oui\",\"Végétarien\"]')",
                id);
    get(&c, c.bob, event);
    assert_string_equal(fixture_text(c.f, "event.zone"), "Indian/Reunion");
    assert_string_equal(fixture_text(c.f, "event.organiser"), "Club PVD de l'Ain");
    assert_string_equal(fixture_text(c.f, "event.roles.0"), "elu");
    assert_string_equal(fixture_text(c.f, "event.documents.0.link"), "https://a.fr");
    assert_string_equal(fixture_text(c.f, "event.questions.0.options.1"), "Végétarien");
    assert_int_equal(fixture_int(c.f, "event.themes.0"), 5);
    assert_int_equal(fixture_int(c.f, "event.clubs.length"), 2);
    assert_int_equal(fixture_int(c.f, "event.capacity"), 50);
    assert_false(fixture_has(c.f, "event.organisation"));
}

static void a_partner_body_that_organises_is_named(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_sql(c.f, "INSERT INTO organisation (id, name) VALUES (7, 'Cerema')");
    fixture_event_set(c.f, event, "organisation = 7");
    get(&c, c.bob, event);
    assert_string_equal(fixture_text(c.f, "event.organiser"), "Cerema");
    assert_string_equal(fixture_text(c.f, "event.organisation"), "Cerema");
}

/* --- what is one's own ------------------------------------------------------------------------ */

static void a_link_for_those_registered_is_told_to_them_and_who_runs_it_alone(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_event_set(c.f, event, "link = 'https://a.fr', link_shown = 'registered'");
    fixture_seat(c.f, event, c.chloe, "seated");
    get(&c, c.bob, event);
    assert_false(fixture_has(c.f, "event.link"));
    assert_false(fixture_has(c.f, "mine.link"));
    get(&c, c.chloe, event);
    assert_false(fixture_has(c.f, "event.link"));
    assert_string_equal(fixture_text(c.f, "mine.link"), "https://a.fr");
    get(&c, c.anne, event);
    assert_string_equal(fixture_text(c.f, "mine.link"), "https://a.fr");
}

static void a_link_for_all_is_told_to_all(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_event_set(c.f, event, "link = 'https://a.fr'");
    get(&c, c.bob, event);
    assert_string_equal(fixture_text(c.f, "event.link"), "https://a.fr");
    assert_false(fixture_has(c.f, "mine.link"));
}

static void what_one_can_do_comes_as_words(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_ask_role(c.f, event, ROLE_ELU);
    get(&c, c.bob, event);
    assert_int_equal(fixture_int(c.f, "mine.can.length"), 1);
    assert_string_equal(fixture_text(c.f, "mine.can.0"), "see");
    get(&c, c.chloe, event);
    assert_string_equal(fixture_text(c.f, "mine.can.1"), "register");
    get(&c, c.anne, event);
    assert_string_equal(fixture_text(c.f, "mine.can.1"), "manage");
}

static void who_waits_learns_their_place(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_seat(c.f, event, c.anne, "seated");
    fixture_seat(c.f, event, c.bob, "waiting");
    fixture_seat(c.f, event, c.chloe, "waiting");
    get(&c, c.chloe, event);
    assert_int_equal(fixture_int(c.f, "rank"), 2);
    assert_string_equal(fixture_text(c.f, "mine.registration"), "waiting");
    get(&c, c.anne, event);
    assert_false(fixture_has(c.f, "rank"));
}

/* --- the facts -------------------------------------------------------------------------------- */

static void count(struct cast *c, int64_t event)
{
    fixture_ok(c->f, FIXTURE_OPERATOR, "event.count", "{\"event\":%lld}", (long long)event);
}

static void seats_held_are_counted_with_those_taken(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain), ain = audience_club(c.f->ain);
    fixture_seat(c.f, event, c.anne, "seated");
    fixture_seat(c.f, event, c.bob, "offered");
    fixture_seat(c.f, event, c.chloe, "waiting");
    count(&c, event);
    assert_int_equal(fixture_told(c.f, ain, "event.changed"), 1);
    assert_int_equal(fixture_told_int(c.f, ain, "event.changed", 0, "event.seated"), 2);
    assert_int_equal(fixture_told_int(c.f, ain, "event.changed", 0, "event.waiting"), 1);
}

static void seats_that_did_not_change_are_not_told(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_seat(c.f, event, c.bob, "seated");
    count(&c, event);
    count(&c, event);
    assert_int_equal(c.f->effects.count, 0);
}

static void a_count_that_is_due_is_not_put_off(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    struct tx tx = fixture_tx(c.f, c.bob);
    event_count_soon(&tx, event);
    tx.now_ms += 500;
    event_count_soon(&tx, event);
    assert_int_equal(fixture_count(c.f, "SELECT at FROM due WHERE command = 'event.count'"),
                     c.f->now_ms + MS_PER_SECOND);
}

/* Says something new of the event to whoever hears of it. */
static void tell(struct cast *c, int64_t event)
{
    fixture_event_set(c->f, event, "seated = seated + 100");
    count(c, event);
}

static void the_network_is_told_once(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_event_network(c.f, event);
    tell(&c, event);
    assert_int_equal(fixture_told(c.f, audience_pack(AUDIENCE_EVERYBODY, 0), "event.changed"), 1);
    assert_int_equal(c.f->effects.count, 1);
}

static void who_is_registered_from_elsewhere_is_told_apart(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_seat(c.f, event, c.zoe, "invited");
    fixture_seat(c.f, event, c.bob, "seated");
    tell(&c, event);
    assert_int_equal(fixture_told(c.f, audience_club(c.f->ain), "event.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(c.zoe), "event.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(c.bob), "event.changed"), 0);
}

static void who_runs_what_is_announced_to_others_is_told(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_announce(c.f, event, c.f->reunion);
    fixture_sql(c.f, "DELETE FROM event_club WHERE club = %lld", (long long)c.f->ain);
    tell(&c, event);
    assert_int_equal(fixture_told(c.f, audience_club(c.f->reunion), "event.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "event.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_club(c.f->ain), "event.changed"), 0);
}

static void a_draft_is_told_to_those_who_run_it(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain), ada = fixture_administrator(c.f, "Ada");
    fixture_event_set(c.f, event, "state = 'draft'");
    tell(&c, event);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "event.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(ada), "event.changed"), 1);
    assert_int_equal(c.f->effects.count, 2);
}

static bool heard_by(struct cast *c, int64_t audience, int64_t event)
{
    struct tx tx = fixture_tx(c->f, FIXTURE_OPERATOR);
    void *out = arena_alloc(&c->f->arena, event_changed_fact.out_bytes);
    return event_changed_fact.load(&tx, audience, event, out);
}

static void an_audience_that_lost_an_event_does_not_hear_what_became_of_it(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain), everybody = audience_pack(AUDIENCE_EVERYBODY, 0);
    assert_true(heard_by(&c, audience_club(c.f->ain), event));
    assert_true(heard_by(&c, audience_person(c.bob), event));
    assert_false(heard_by(&c, audience_club(c.f->reunion), event));
    assert_false(heard_by(&c, audience_person(c.zoe), event));
    assert_false(heard_by(&c, everybody, event));
    fixture_event_network(c.f, event);
    assert_true(heard_by(&c, everybody, event));
    assert_true(heard_by(&c, audience_person(c.zoe), event));
}

static void those_who_hear_of_it_no_more_are_told_it_is_gone(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    struct tx tx = fixture_tx(c.f, FIXTURE_OPERATOR);
    struct ids before = {0};
    fixture_announce(c.f, event, c.f->reunion);
    event_audiences(&tx, event, &before);
    fixture_sql(c.f, "DELETE FROM event_club WHERE club = %lld", (long long)c.f->reunion);
    event_tell_gone(&tx, event, &before);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM journal WHERE fact = 'event.gone'"),
                     1);
    assert_int_equal(fixture_count(c.f, "SELECT audience FROM journal WHERE fact = 'event.gone'"),
                     audience_club(c.f->reunion));
}

/* --- the agenda ------------------------------------------------------------------------------- */

#define list(c, person, ...) fixture_ok((c)->f, (person), "event.list", __VA_ARGS__)

/* Starts on this day from the epoch on, for two hours. */
static int64_t event_on(struct cast *c, int day)
{
    int64_t event = fixture_event(c->f, c->f->ain);
    long long at = day * MS_PER_DAY;
    fixture_sql(c->f, "UPDATE event SET starts_at = %lld, ends_at = %lld WHERE id = %lld", at,
                at + 2 * MS_PER_HOUR, (long long)event);
    return event;
}

static void the_agenda_holds_what_overlaps_by_start(void **state)
{
    struct cast c = cast_of(state);
    int64_t late = event_on(&c, 20), early = event_on(&c, 10), before = event_on(&c, 5);
    long long day = MS_PER_DAY;
    (void)before;
    list(&c, c.bob, "{\"from\":%lld,\"to\":%lld}", 10 * day + MS_PER_HOUR, 21 * day);
    assert_int_equal(fixture_int(c.f, "events.length"), 2);
    assert_int_equal(fixture_int(c.f, "events.0.id"), early);
    assert_int_equal(fixture_int(c.f, "events.1.id"), late);
    assert_int_equal(fixture_int(c.f, "mine.1.event"), late);
    list(&c, c.bob, "{\"from\":%lld,\"to\":%lld}", 10 * day + 2 * MS_PER_HOUR, 20 * day);
    assert_int_equal(fixture_int(c.f, "events.length"), 0);
}

static void the_agenda_holds_only_what_one_sees(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain), draft = fixture_event(c.f, c.f->ain);
    fixture_event_set(c.f, draft, "state = 'draft'");
    list(&c, c.bob, "{\"drafts\":true}");
    assert_int_equal(fixture_int(c.f, "events.length"), 1);
    assert_int_equal(fixture_int(c.f, "events.0.id"), event);
    list(&c, c.zoe, "{}");
    assert_int_equal(fixture_int(c.f, "events.length"), 0);
}

static void drafts_are_listed_to_who_asks_for_them_and_runs_them(void **state)
{
    struct cast c = cast_of(state);
    int64_t draft = fixture_event(c.f, c.f->ain);
    fixture_event_set(c.f, draft, "state = 'draft'");
    list(&c, c.anne, "{}");
    assert_int_equal(fixture_int(c.f, "events.length"), 0);
    list(&c, c.anne, "{\"drafts\":true}");
    assert_int_equal(fixture_int(c.f, "events.length"), 1);
}

static void pages_follow_each_other_even_where_an_event_goes(void **state)
{
    struct cast c = cast_of(state);
    int64_t first = event_on(&c, 10), second = event_on(&c, 10), third = event_on(&c, 11);
    list(&c, c.bob, "{\"limit\":2}");
    assert_int_equal(fixture_int(c.f, "events.length"), 2);
    assert_int_equal(fixture_int(c.f, "events.0.id"), first);
    assert_int_equal(fixture_int(c.f, "events.1.id"), second);
    const char *next = arena_strdup(&c.f->arena, fixture_text(c.f, "next"));
    fixture_sql(c.f, "DELETE FROM event_club WHERE event = %lld", (long long)second);
    fixture_sql(c.f, "DELETE FROM event WHERE id = %lld", (long long)second);
    list(&c, c.bob, "{\"limit\":2,\"cursor\":\"%s\"}", next);
    assert_int_equal(fixture_int(c.f, "events.length"), 1);
    assert_int_equal(fixture_int(c.f, "events.0.id"), third);
    assert_false(fixture_has(c.f, "next"));
}

static void a_cursor_that_is_none_is_refused(void **state)
{
    static const char *const cursors[] = {"a", "12", "12-", "-", "12-3x"};
    struct cast c = cast_of(state);
    for (size_t i = 0; i < sizeof cursors / sizeof cursors[0]; i++) {
        assert_int_equal(fixture_run(c.f, c.bob, "event.list", "{\"cursor\":\"%s\"}", cursors[i]),
                         ERR_TYPE);
        assert_string_equal(c.f->problem.field, "cursor");
    }
}

static void the_agenda_is_narrowed_by_club_theme_and_kind(void **state)
{
    struct cast c = cast_of(state);
    int64_t ours = fixture_event(c.f, c.f->ain), theirs = fixture_event(c.f, c.f->national);
    fixture_event_network(c.f, theirs);
    fixture_event_set(c.f, theirs, "kind = 'webinaire'");
    fixture_sql(c.f, "INSERT INTO event_theme VALUES (%lld, 5)", (long long)theirs);
    list(&c, c.bob, "{\"club\":%lld}", (long long)c.f->ain);
    assert_int_equal(fixture_int(c.f, "events.length"), 1);
    assert_int_equal(fixture_int(c.f, "events.0.id"), ours);
    list(&c, c.bob, "{\"theme\":5}");
    assert_int_equal(fixture_int(c.f, "events.length"), 1);
    assert_int_equal(fixture_int(c.f, "events.0.id"), theirs);
    list(&c, c.bob, "{\"kind\":\"seance\"}");
    assert_int_equal(fixture_int(c.f, "events.length"), 1);
    assert_int_equal(fixture_int(c.f, "events.0.id"), ours);
}

static void ones_own_are_those_one_has_a_part_in(void **state)
{
    struct cast c = cast_of(state);
    int64_t seated = event_on(&c, 10), cancelled = event_on(&c, 11);
    event_on(&c, 12);
    fixture_seat(c.f, seated, c.bob, "seated");
    fixture_seat(c.f, cancelled, c.bob, "cancelled");
    list(&c, c.bob, "{\"mine\":true}");
    assert_int_equal(fixture_int(c.f, "events.length"), 1);
    assert_int_equal(fixture_int(c.f, "events.0.id"), seated);
    assert_string_equal(fixture_text(c.f, "mine.0.registration"), "seated");
}

static void the_seven_themes_come_in_their_order(void **state)
{
    struct cast c = cast_of(state);
    fixture_ok(c.f, c.bob, "theme.list", "{}");
    assert_int_equal(fixture_int(c.f, "themes.length"), 7);
    assert_string_equal(fixture_text(c.f, "themes.0.name"), "Engagement et mobilisation");
    assert_string_equal(fixture_text(c.f, "themes.6.name"), "Vivre avec la nature");
}

/* --- its channel ------------------------------------------------------------------------------ */

static void a_living_channel_of_an_event_is_listed_after_the_others(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain), channel = fixture_event_channel(c.f, event);
    fixture_ok(c.f, c.anne, "channel.list", "{\"club\":%lld}", (long long)c.f->ain);
    assert_int_equal(fixture_int(c.f, "channels.length"), 10);
    assert_int_equal(fixture_int(c.f, "channels.9.id"), channel);
    assert_string_equal(fixture_text(c.f, "channels.9.kind"), "event");
}

static void an_archived_channel_of_an_event_is_read_and_not_listed(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain), channel = fixture_event_channel(c.f, event);
    fixture_seat(c.f, event, c.zoe, "seated");
    fixture_sql(c.f, "UPDATE channel SET archived_at = 1 WHERE id = %lld", (long long)channel);
    fixture_ok(c.f, c.anne, "channel.list", "{\"club\":%lld}", (long long)c.f->ain);
    assert_int_equal(fixture_int(c.f, "channels.length"), 9);
    fixture_ok(c.f, c.zoe, "channel.get", "{\"channel\":%lld}", (long long)channel);
    assert_int_equal(fixture_run(c.f, c.zoe, "club.get", "{\"club\":%lld}", (long long)c.f->ain),
                     ERR_NOT_FOUND);
}

static void who_has_a_seat_loads_the_channel_and_the_name_of_the_club(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain), channel = fixture_event_channel(c.f, event);
    fixture_seat(c.f, event, c.zoe, "seated");
    fixture_ok(c.f, c.zoe, "state.get", "{}");
    assert_int_equal(fixture_int(c.f, "clubs.length"), 2);
    assert_int_equal(fixture_int(c.f, "clubs.0.id"), c.f->ain);
    assert_int_equal(fixture_int(c.f, "clubs.0.can.length"), 0);
    assert_int_equal(fixture_int(c.f, "channels.0.id"), channel);
    assert_int_equal(fixture_int(c.f, "channels.length"), 1 + 9);
}

static void who_writes_there_from_elsewhere_is_shown_under_a_function_of_theirs(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain), channel = fixture_event_channel(c.f, event);
    fixture_seat(c.f, event, c.zoe, "seated");
    int64_t message = talk_post(&c, c.zoe, channel, "Bonjour de La Réunion");
    fixture_ok(c.f, c.anne, "message.get", "{\"message\":%lld}", (long long)message);
    assert_string_equal(fixture_text(c.f, "message.author.role"), "animateur");
}

static void an_event_channel_is_arranged_with_its_event_alone(void **state)
{
    struct cast c = cast_of(state);
    long long channel = fixture_event_channel(c.f, fixture_event(c.f, c.f->ain));
    assert_int_equal(fixture_run(c.f, c.anne, "channel.archive",
                                 "{\"channel\":%lld,\"archived\":true}", channel),
                     ERR_CONFLICT);
    assert_int_equal(fixture_run(c.f, c.anne, "channel.move", "{\"channel\":%lld}", channel),
                     ERR_CONFLICT);
    assert_int_equal(fixture_run(c.f, c.anne, "channel.member_add",
                                 "{\"channel\":%lld,\"person\":%lld}", channel, (long long)c.bob),
                     ERR_FORBIDDEN);
}

static void an_administrator_enters_an_event_channel_and_leaves_it(void **state)
{
    struct cast c = cast_of(state);
    int64_t ada = fixture_administrator(c.f, "Ada");
    long long channel = fixture_event_channel(c.f, fixture_event(c.f, c.f->ain));
    fixture_ok(c.f, ada, "channel.enterable", "{\"club\":%lld}", (long long)c.f->ain);
    assert_int_equal(fixture_int(c.f, "channels.0.id"), channel);
    fixture_ok(c.f, ada, "channel.enter", "{\"channel\":%lld}", channel);
    assert_int_equal(fixture_told(c.f, audience_channel(channel), "channel.entered"), 1);
    fixture_ok(c.f, ada, "channel.get", "{\"channel\":%lld}", channel);
    fixture_ok(c.f, ada, "channel.member_remove", "{\"channel\":%lld,\"person\":%lld}", channel,
               (long long)ada);
    assert_int_equal(fixture_run(c.f, ada, "channel.get", "{\"channel\":%lld}", channel),
                     ERR_FORBIDDEN);
}

static void who_has_a_seat_loses_the_channel_as_the_event_closes(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = event_on(&c, 10), channel = fixture_event_channel(c.f, event);
    fixture_seat(c.f, event, c.zoe, "seated");
    c.f->now_ms = (10 + 61) * MS_PER_DAY;
    fixture_ok(c.f, FIXTURE_OPERATOR, "event.close", "{\"event\":%lld}", (long long)event);
    assert_int_equal(fixture_told_int(c.f, audience_person(c.zoe), "access.lost", 0, "id"),
                     channel);
    assert_false(fixture_hears(fixture_rights(c.f, c.zoe), audience_channel(channel)));
}

static void an_administrator_who_made_the_event_is_in_its_channel(void **state)
{
    struct cast c = cast_of(state);
    int64_t ada = fixture_administrator(c.f, "Ada"), event = fixture_event(c.f, c.f->ain);
    fixture_event_set(c.f, event, "state = 'draft'");
    fixture_sql(c.f, "UPDATE event SET created_by = %lld", (long long)ada);
    fixture_ok(c.f, ada, "event.publish", "{\"event\":%lld}", (long long)event);
    get(&c, ada, event);
    fixture_ok(c.f, ada, "channel.get", "{\"channel\":%lld}",
               (long long)fixture_int(c.f, "event.channel"));
}

static void a_club_has_so_many_living_channels_of_events(void **state)
{
    struct cast c = cast_of(state);
    int64_t event = fixture_event(c.f, c.f->ain);
    fixture_event_set(c.f, event, "state = 'draft'");
    fixture_sql(c.f,
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                " INSERT INTO channel (club, kind, name, created_at)"
                " SELECT %lld, 'event', 'Séance', 0 FROM n",
                LIMIT_EVENT_CHANNELS, (long long)c.f->ain);
    assert_int_equal(
        fixture_run(c.f, c.anne, "event.publish", "{\"event\":%lld}", (long long)event), ERR_FULL);
    fixture_sql(c.f, "UPDATE channel SET archived_at = 1 WHERE id = (SELECT max(id) FROM channel)");
    fixture_ok(c.f, c.anne, "event.publish", "{\"event\":%lld}", (long long)event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(an_event_is_told_with_all_that_belongs_to_it),
        FIXTURE_TEST(a_partner_body_that_organises_is_named),
        FIXTURE_TEST(a_link_for_those_registered_is_told_to_them_and_who_runs_it_alone),
        FIXTURE_TEST(a_link_for_all_is_told_to_all),
        FIXTURE_TEST(what_one_can_do_comes_as_words),
        FIXTURE_TEST(who_waits_learns_their_place),
        FIXTURE_TEST(seats_held_are_counted_with_those_taken),
        FIXTURE_TEST(seats_that_did_not_change_are_not_told),
        FIXTURE_TEST(a_count_that_is_due_is_not_put_off),
        FIXTURE_TEST(the_network_is_told_once),
        FIXTURE_TEST(who_is_registered_from_elsewhere_is_told_apart),
        FIXTURE_TEST(who_runs_what_is_announced_to_others_is_told),
        FIXTURE_TEST(a_draft_is_told_to_those_who_run_it),
        FIXTURE_TEST(an_audience_that_lost_an_event_does_not_hear_what_became_of_it),
        FIXTURE_TEST(those_who_hear_of_it_no_more_are_told_it_is_gone),
        FIXTURE_TEST(the_agenda_holds_what_overlaps_by_start),
        FIXTURE_TEST(the_agenda_holds_only_what_one_sees),
        FIXTURE_TEST(drafts_are_listed_to_who_asks_for_them_and_runs_them),
        FIXTURE_TEST(pages_follow_each_other_even_where_an_event_goes),
        FIXTURE_TEST(a_cursor_that_is_none_is_refused),
        FIXTURE_TEST(the_agenda_is_narrowed_by_club_theme_and_kind),
        FIXTURE_TEST(ones_own_are_those_one_has_a_part_in),
        FIXTURE_TEST(the_seven_themes_come_in_their_order),
        FIXTURE_TEST(a_living_channel_of_an_event_is_listed_after_the_others),
        FIXTURE_TEST(an_archived_channel_of_an_event_is_read_and_not_listed),
        FIXTURE_TEST(who_has_a_seat_loads_the_channel_and_the_name_of_the_club),
        FIXTURE_TEST(who_writes_there_from_elsewhere_is_shown_under_a_function_of_theirs),
        FIXTURE_TEST(an_event_channel_is_arranged_with_its_event_alone),
        FIXTURE_TEST(an_administrator_enters_an_event_channel_and_leaves_it),
        FIXTURE_TEST(who_has_a_seat_loses_the_channel_as_the_event_closes),
        FIXTURE_TEST(an_administrator_who_made_the_event_is_in_its_channel),
        FIXTURE_TEST(a_club_has_so_many_living_channels_of_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
