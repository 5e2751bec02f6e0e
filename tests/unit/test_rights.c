/* Gaining and losing: what a person is told when what they may do changes. */
#include "event_rows_fixture.h"

#include <stdio.h>

/* A command that touches, then changes rows, as those of the domain do. */
struct change {
    int64_t person, club, channel; /* to touch before, where not 0 */
    int64_t later;                 /* a person, touched after them */
    char sql[300];
};

static const struct field change_in[] = {FIELD_END};
static struct change the_change;
static struct club_fixture *the_fixture;

static enum err change_run(struct tx *tx, const void *in, void *out)
{
    (void)in, (void)out;
    if (the_change.person) {
        rights_touch(tx, the_change.person);
    }
    if (the_change.club) {
        rights_touch_club(tx, the_change.club);
    }
    if (the_change.channel) {
        rights_touch_channel(tx, the_change.channel);
    }
    if (the_change.later) {
        rights_touch(tx, the_change.later);
    }
    fixture_sql(the_fixture, "%s", the_change.sql);
    return ERR_NONE;
}

static const struct command change_command = {
    .name = "change",
    .doc = "",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = change_in,
    .out = no_fields,
    .facts = (const struct fact *const[]){ACCESS_FACTS, NULL},
    .run = change_run,
};

static void change(struct club_fixture *f, struct change asked)
{
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    struct credential console = {.kind = CREDENTIAL_OPERATOR};
    f->effects = (struct effects){0};
    the_change = asked;
    the_fixture = f;
    assert_int_equal(execute(&tx, &change_command, &console, "", NULL, &f->effects), ERR_NONE);
}

static int gained(struct club_fixture *f, int64_t person)
{
    return fixture_told(f, audience_person(person), "access.gained");
}

static int changed(struct club_fixture *f, int64_t person)
{
    return fixture_told(f, audience_person(person), "access.changed");
}

static int lost(struct club_fixture *f, int64_t person)
{
    return fixture_told(f, audience_person(person), "access.lost");
}

#define JOIN "INSERT INTO membership (person, club, role, label, since)"

static struct change joining(struct club_fixture *f, int64_t person, const char *role)
{
    struct change asked = {.person = person};
    snprintf(asked.sql, sizeof asked.sql, JOIN " VALUES (%lld, %lld, '%s', '', 0)",
             (long long)person, (long long)f->ain, role);
    return asked;
}

static struct change leaving(int64_t person)
{
    struct change asked = {.person = person};
    snprintf(asked.sql, sizeof asked.sql, "UPDATE membership SET active = 0 WHERE person = %lld",
             (long long)person);
    return asked;
}

static void joining_a_club_gains_it_and_its_open_channels(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_person(f, "Anne");
    change(f, joining(f, anne, "elu"));
    assert_int_equal(gained(f, anne), 1 + 9);
    assert_int_equal(lost(f, anne), 0);
    int64_t self = audience_person(anne);
    assert_string_equal(fixture_told_text(f, self, "access.gained", 0, "kind"), "club");
    assert_int_equal(fixture_told_int(f, self, "access.gained", 0, "id"), f->ain);
    assert_string_equal(fixture_told_text(f, self, "access.gained", 0, "can"),
                        "[\"read\",\"write\",\"react\"]");
    assert_string_equal(fixture_told_text(f, self, "access.gained", 1, "kind"), "channel");
}

/* Whatever they were touched by: each thing is told once. */
static void who_is_touched_in_two_ways_is_told_once(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    int64_t bob = fixture_member(f, "Bob", f->ain, ROLE_ELU);
    int64_t general = fixture_channel(f, f->ain, "Général");
    struct change by_club = leaving(anne), by_channel = leaving(bob),
                  by_name = joining(f, anne, "elu");
    by_club.person = 0;
    by_club.club = f->ain;
    by_club.channel = general;
    by_club.later = anne;
    change(f, by_club);
    assert_int_equal(lost(f, anne), 1 + 9);
    assert_int_equal(lost(f, bob), 0);
    by_channel.person = 0;
    by_channel.channel = general;
    by_channel.later = bob;
    change(f, by_channel);
    assert_int_equal(lost(f, bob), 1 + 9);
    by_name.later = bob;
    change(f, by_name);
    assert_int_equal(gained(f, anne), 1 + 9);
    assert_int_equal(gained(f, bob), 0);
}

static void the_hub_learns_the_new_audiences_before_the_facts(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_person(f, "Anne");
    change(f, joining(f, anne, "elu"));
    assert_int_equal(f->effects.items[0].type, EFFECT_RIGHTS);
    const struct effect *rights = fixture_rights(f, anne);
    assert_int_equal(rights->audience_count, 2 + 1 + 9);
    assert_true(fixture_hears(rights, audience_club(f->ain)));
    assert_true(fixture_hears(rights, audience_person(anne)));
    for (size_t i = 1; i < rights->audience_count; i++) {
        assert_true(rights->audiences[i - 1] < rights->audiences[i]);
    }
}

static void leaving_loses_all_of_it(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    change(f, leaving(anne));
    assert_int_equal(lost(f, anne), 1 + 9);
    assert_int_equal(gained(f, anne), 0);
    assert_int_equal(fixture_rights(f, anne)->audience_count, 2);
}

static void another_reason_for_the_same_rights_changes_nothing_for_the_hub(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    change(f, joining(f, anne, "partenaire"));
    assert_int_equal(changed(f, anne), 1 + 9); /* her roles are others: mentions count anew */
    assert_int_equal(gained(f, anne), 0);
    assert_null(fixture_rights(f, anne));
}

static void nothing_changed_tells_nothing(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    change(f, joining(f, anne, "elu"));
    assert_int_equal(f->effects.count, 0);
}

static void what_was_said_before_one_came_is_not_unread(void **state)
{
    struct club_fixture *f = *state;
    int64_t luc = fixture_member(f, "Luc", f->ain, ROLE_ELU), anne = fixture_person(f, "Anne");
    long long channel = fixture_channel(f, f->ain, "Habitat");
    fixture_message(f, channel, 0, luc, "avant");
    change(f, joining(f, anne, "elu"));
    fixture_message(f, channel, 0, luc, "après");
    fixture_ok(f, anne, "channel.get", "{\"channel\":%lld}", channel);
    assert_int_equal(fixture_int(f, "channel.mine.unread"), 1);
}

static void who_comes_back_does_not_find_the_time_between_unread(void **state)
{
    struct club_fixture *f = *state;
    int64_t luc = fixture_member(f, "Luc", f->ain, ROLE_ELU), anne = fixture_person(f, "Anne");
    long long channel = fixture_channel(f, f->ain, "Habitat");
    change(f, joining(f, anne, "elu"));
    change(f, leaving(anne));
    fixture_message(f, channel, 0, luc, "entre-temps");
    change(f, joining(f, anne, "elu"));
    fixture_ok(f, anne, "channel.get", "{\"channel\":%lld}", channel);
    assert_int_equal(fixture_int(f, "channel.mine.unread"), 0);
}

static void a_change_of_role_leaves_the_position_where_it_was(void **state)
{
    struct club_fixture *f = *state;
    int64_t luc = fixture_member(f, "Luc", f->ain, ROLE_ELU), anne = fixture_person(f, "Anne");
    long long channel = fixture_channel(f, f->ain, "Habitat");
    change(f, joining(f, anne, "lecteur"));
    fixture_message(f, channel, 0, luc, "à lire");
    change(f, joining(f, anne, "elu"));
    fixture_ok(f, anne, "channel.get", "{\"channel\":%lld}", channel);
    assert_int_equal(fixture_int(f, "channel.mine.unread"), 1);
}

static void all_people_of_a_club_can_be_touched_at_once(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    int64_t luc = fixture_member(f, "Luc", f->ain, ROLE_LECTEUR);
    struct change asked = {.club = f->ain};
    snprintf(asked.sql, sizeof asked.sql, "UPDATE channel SET kind = 'private' WHERE id = %lld",
             (long long)fixture_channel(f, f->ain, "Habitat"));
    change(f, asked);
    assert_int_equal(lost(f, anne), 1);
    assert_int_equal(lost(f, luc), 1);
}

static void people_touched_twice_are_told_once(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    struct change asked = leaving(anne);
    asked.club = f->ain;
    asked.channel = fixture_channel(f, f->ain, "Habitat");
    change(f, asked);
    assert_int_equal(lost(f, anne), 1 + 9);
}

static enum err late_run(struct tx *tx, const void *in, void *out)
{
    (void)in, (void)out;
    rights_touch(tx, the_change.person);
    fixture_sql(the_fixture, "%s", the_change.sql);
    rights_touch_club(tx, the_fixture->ain);
    return ERR_NONE;
}

static void a_wider_touch_after_the_change_does_not_hide_it(void **state)
{
    struct club_fixture *f = *state;
    struct command command = change_command;
    struct credential console = {.kind = CREDENTIAL_OPERATOR};
    int64_t anne = fixture_person(f, "Anne");
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    the_change = joining(f, anne, "elu");
    the_fixture = f;
    command.run = late_run;
    assert_int_equal(execute(&tx, &command, &console, "", NULL, &f->effects), ERR_NONE);
    assert_int_equal(gained(f, anne), 1 + 9);
}

static void when_one_leaves_the_other_loses_writing_in_their_conversation(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    int64_t luc = fixture_member(f, "Luc", f->ain, ROLE_ELU);
    int64_t direct = fixture_direct(f, anne, luc);
    change(f, leaving(anne));
    assert_int_equal(changed(f, luc), 1);
    int64_t self = audience_person(luc);
    assert_int_equal(fixture_told_int(f, self, "access.changed", 0, "id"), direct);
    assert_string_equal(fixture_told_text(f, self, "access.changed", 0, "can"), "[\"read\"]");
    assert_null(fixture_rights(f, luc));
}

static void the_suspended_lose_everything_they_heard(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    struct change asked = {.person = anne, .sql = "UPDATE person SET state = 'suspended'"};
    change(f, asked);
    assert_int_equal(lost(f, anne), 1 + 9);
    assert_int_equal(fixture_rights(f, anne)->audience_count, 0);
}

static void what_was_lost_since_is_not_told_as_gained(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_person(f, "Anne");
    change(f, joining(f, anne, "elu"));
    change(f, leaving(anne));
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    struct buf frame;
    buf_init(&frame);
    int64_t club = audience_club(f->ain), self = audience_person(anne);
    assert_false(fact_render(&tx, 1, fact_find("access.gained"), self, club, &frame));
    assert_true(fact_render(&tx, 1, fact_find("access.lost"), self, club, &frame));
    buf_finish(&frame);
}

/* --- events ----------------------------------------------------------------------------------- */

static struct change seating(int64_t person, int64_t event, const char *state)
{
    struct change asked = {.person = person};
    snprintf(asked.sql, sizeof asked.sql,
             "INSERT INTO registration (event, person, state, role, created_at, changed_at)"
             " VALUES (%lld, %lld, '%s', 'elu', 0, 0)"
             " ON CONFLICT DO UPDATE SET state = excluded.state",
             (long long)event, (long long)person, state);
    return asked;
}

static void a_seat_gains_the_channel_of_the_event_and_nothing_else(void **state)
{
    struct club_fixture *f = *state;
    int64_t expert = fixture_person(f, "Expert"), event = fixture_event(f, f->ain);
    int64_t channel = fixture_event_channel(f, event);
    change(f, seating(expert, event, "waiting"));
    assert_int_equal(gained(f, expert), 0);
    change(f, seating(expert, event, "seated"));
    assert_int_equal(gained(f, expert), 1);
    assert_int_equal(fixture_told_int(f, audience_person(expert), "access.gained", 0, "id"),
                     channel);
    assert_true(fixture_hears(fixture_rights(f, expert), audience_channel(channel)));
    change(f, seating(expert, event, "cancelled"));
    assert_int_equal(lost(f, expert), 1);
}

static void the_channel_of_an_event_is_lost_when_it_is_archived(void **state)
{
    struct club_fixture *f = *state;
    int64_t expert = fixture_person(f, "Expert"), event = fixture_event(f, f->ain);
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    struct change archiving = {.channel = fixture_event_channel(f, event)};
    fixture_seat(f, event, expert, "seated");
    snprintf(archiving.sql, sizeof archiving.sql,
             "UPDATE channel SET archived_at = 1 WHERE id = %lld", (long long)archiving.channel);
    change(f, archiving);
    assert_int_equal(lost(f, expert), 1);
    assert_int_equal(lost(f, anne), 1);
    assert_false(fixture_hears(fixture_rights(f, expert), audience_channel(archiving.channel)));
}

static void who_comes_to_run_a_club_gains_its_living_events_alone(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    int64_t past = fixture_event_channel(f, fixture_event(f, f->ain));
    int64_t next = fixture_event_channel(f, fixture_event(f, f->ain));
    fixture_sql(f, "UPDATE channel SET archived_at = 1 WHERE id = %lld", (long long)past);
    change(f, joining(f, anne, "animateur"));
    assert_int_equal(gained(f, anne), 1);
    assert_int_equal(fixture_told_int(f, audience_person(anne), "access.gained", 0, "id"), next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(joining_a_club_gains_it_and_its_open_channels),
        FIXTURE_TEST(who_is_touched_in_two_ways_is_told_once),
        FIXTURE_TEST(the_hub_learns_the_new_audiences_before_the_facts),
        FIXTURE_TEST(leaving_loses_all_of_it),
        FIXTURE_TEST(another_reason_for_the_same_rights_changes_nothing_for_the_hub),
        FIXTURE_TEST(nothing_changed_tells_nothing),
        FIXTURE_TEST(what_was_said_before_one_came_is_not_unread),
        FIXTURE_TEST(who_comes_back_does_not_find_the_time_between_unread),
        FIXTURE_TEST(a_change_of_role_leaves_the_position_where_it_was),
        FIXTURE_TEST(all_people_of_a_club_can_be_touched_at_once),
        FIXTURE_TEST(people_touched_twice_are_told_once),
        FIXTURE_TEST(a_wider_touch_after_the_change_does_not_hide_it),
        FIXTURE_TEST(when_one_leaves_the_other_loses_writing_in_their_conversation),
        FIXTURE_TEST(the_suspended_lose_everything_they_heard),
        FIXTURE_TEST(what_was_lost_since_is_not_told_as_gained),
        FIXTURE_TEST(a_seat_gains_the_channel_of_the_event_and_nothing_else),
        FIXTURE_TEST(the_channel_of_an_event_is_lost_when_it_is_archived),
        FIXTURE_TEST(who_comes_to_run_a_club_gains_its_living_events_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
