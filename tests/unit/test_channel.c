/* Channels: seen, made, arranged, archived, entered. */
#include "club_fixture.h"

#include <string.h>

/* --- seeing ----------------------------------------------------------------------------------- */

static void a_member_lists_the_channels_of_the_club_in_their_order(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    fixture_ok(f, anne, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "channels.length"), 9);
    assert_string_equal(fixture_text(f, "channels.0.name"), "Général");
    assert_string_equal(fixture_text(f, "channels.1.name"), "Annonces");
    assert_string_equal(fixture_text(f, "channels.1.posting"), "animateurs");
    assert_string_equal(fixture_text(f, "channels.8.name"), "Vivre avec la nature");
    assert_string_equal(fixture_text(f, "channels.0.mine.level"), "all");
    assert_string_equal(fixture_text(f, "channels.0.mine.can"), "[\"read\",\"write\",\"react\"]");
}

static void a_guest_lists_the_one_channel(void **state)
{
    struct club_fixture *f = *state;
    int64_t expert = fixture_person(f, "Expert");
    fixture_guest(f, expert, fixture_channel(f, f->ain, "Habitat"), ROLE_PARTENAIRE);
    fixture_ok(f, expert, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "channels.length"), 1);
    assert_string_equal(fixture_text(f, "channels.0.name"), "Habitat");
}

static void members_of_a_channel_come_page_by_page(void **state)
{
    struct club_fixture *f = *state;
    long long channel = fixture_channel(f, f->ain, "Habitat");
    fixture_member(f, "Anne", f->ain, ROLE_ELU);
    long long luc = fixture_member(f, "Luc", f->ain, ROLE_LECTEUR);
    fixture_join(f, luc, f->ain, ROLE_PARTENAIRE);
    fixture_administrator(f, "Zoé");
    fixture_ok(f, luc, "channel.members", "{\"channel\":%lld,\"limit\":2}", channel);
    assert_int_equal(fixture_int(f, "readers"), 3);
    assert_int_equal(fixture_int(f, "members.length"), 2);
    assert_string_equal(fixture_text(f, "members.1.roles"), "[\"partenaire\",\"lecteur\"]");
    fixture_ok(f, luc, "channel.members", "{\"channel\":%lld,\"after\":%lld}", channel, luc);
    assert_int_equal(fixture_int(f, "members.length"), 1);
    assert_string_equal(fixture_text(f, "members.0.name"), "Zoé");
    assert_int_equal(fixture_int(f, "members.0.administrator"), 1);
}

/* --- making ----------------------------------------------------------------------------------- */

static void an_open_channel_is_gained_by_the_club(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t luc = fixture_member(f, "Luc", f->ain, ROLE_LECTEUR);
    int64_t zoe = fixture_member(f, "Zoé", f->reunion, ROLE_LECTEUR);
    fixture_ok(f, anne, "channel.create", "{\"club\":%lld,\"name\":\"Eau\"}", (long long)f->ain);
    int64_t channel = fixture_int(f, "id");
    assert_true(fixture_int(f, "seq") > 0);
    assert_int_equal(fixture_told(f, audience_person(luc), "access.gained"), 1);
    assert_int_equal(fixture_told(f, audience_person(zoe), "access.gained"), 0);
    assert_true(fixture_hears(fixture_rights(f, luc), audience_channel(channel)));
    fixture_ok(f, luc, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    assert_string_equal(fixture_text(f, "channels.9.name"), "Eau");
}

static void a_private_channel_is_gained_by_its_maker_and_the_chosen(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t luc = fixture_member(f, "Luc", f->ain, ROLE_ELU);
    int64_t paul = fixture_member(f, "Paul", f->ain, ROLE_ELU);
    fixture_ok(f, anne, "channel.create",
               "{\"club\":%lld,\"name\":\"Jury\",\"kind\":\"private\",\"members\":[%lld]}",
               (long long)f->ain, (long long)luc);
    assert_int_equal(fixture_told(f, audience_person(anne), "access.gained"), 1);
    assert_int_equal(fixture_told(f, audience_person(luc), "access.gained"), 1);
    assert_int_equal(fixture_told(f, audience_person(paul), "access.gained"), 0);
}

static void only_members_of_the_club_are_chosen(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t zoe = fixture_member(f, "Zoé", f->reunion, ROLE_ELU);
    assert_int_equal(
        fixture_run(f, anne, "channel.create",
                    "{\"club\":%lld,\"name\":\"Jury\",\"kind\":\"private\",\"members\":[%lld]}",
                    (long long)f->ain, (long long)zoe),
        ERR_NOT_FOUND);
    assert_string_equal(f->problem.field, "members");
    assert_int_equal(fixture_run(f, anne, "channel.create",
                                 "{\"club\":%lld,\"name\":\"Jury\",\"members\":[%lld]}",
                                 (long long)f->ain, (long long)anne),
                     ERR_CONFLICT);
}

static void a_name_serves_one_living_channel(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    long long habitat = fixture_channel(f, f->ain, "Habitat"), club = f->ain;
    assert_int_equal(
        fixture_run(f, anne, "channel.create", "{\"club\":%lld,\"name\":\"habitat\"}", club),
        ERR_EXISTS);
    fixture_ok(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":true}", habitat);
    fixture_ok(f, anne, "channel.create", "{\"club\":%lld,\"name\":\"Habitat\"}", club);
    assert_int_equal(
        fixture_run(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":false}", habitat),
        ERR_EXISTS);
    assert_string_equal(f->problem.field, "name");
}

SQL(fill, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)"
          " INSERT INTO channel (club, kind, name, archived_at, created_at)"
          " SELECT ?1, 'open', iif(?3, 'ancien ', 'c') || i, iif(?3, 1, NULL), 1 FROM n");
SQL(channels_like, "SELECT count(*) FROM channel WHERE club = ?1"
                   " AND (archived_at IS NOT NULL) = ?2");

/* Until the Club of the Ain has `count` living, or archived, channels. */
static void fill_with_channels(struct club_fixture *f, int64_t count, bool archived)
{
    int64_t there = db_int(f->db, &channels_like, 0, f->ain, (int64_t)archived);
    db_run(f->db, &fill, f->ain, count - there, (int64_t)archived);
    assert_int_equal(db_int(f->db, &channels_like, 0, f->ain, (int64_t)archived), count);
}

static void a_club_has_its_fill_of_channels(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    fill_with_channels(f, LIMIT_CHANNELS_PER_CLUB - 1, false);
    fixture_ok(f, anne, "channel.create", "{\"club\":%lld,\"name\":\"Eau\"}", (long long)f->ain);
    assert_int_equal(fixture_run(f, anne, "channel.create", "{\"club\":%lld,\"name\":\"trop\"}",
                                 (long long)f->ain),
                     ERR_FULL);
}

static void an_archived_channel_makes_room_for_a_living_one(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    long long habitat = fixture_channel(f, f->ain, "Habitat");
    fill_with_channels(f, LIMIT_CHANNELS_PER_CLUB, false);
    fixture_ok(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":true}", habitat);
    fixture_ok(f, anne, "channel.create", "{\"club\":%lld,\"name\":\"Eau\"}", (long long)f->ain);
    fixture_ok(f, anne, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "channels.length"), LIMIT_CHANNELS_PER_CLUB + 1);
}

static void a_channel_comes_back_only_where_there_is_room(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    long long habitat = fixture_channel(f, f->ain, "Habitat");
    long long general = fixture_channel(f, f->ain, "Général");
    fixture_ok(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":true}", habitat);
    fill_with_channels(f, LIMIT_CHANNELS_PER_CLUB, false);
    assert_int_equal(
        fixture_run(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":false}", habitat),
        ERR_FULL);
    fixture_ok(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":true}", general);
    fixture_ok(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":false}", habitat);
}

static void archived_channels_have_their_limit_too(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    fill_with_channels(f, LIMIT_CHANNELS_ARCHIVED, true);
    assert_int_equal(fixture_run(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":true}",
                                 (long long)fixture_channel(f, f->ain, "Habitat")),
                     ERR_FULL);
    fill_with_channels(f, LIMIT_CHANNELS_PER_CLUB, false);
    fixture_ok(f, anne, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "channels.length"),
                     LIMIT_CHANNELS_PER_CLUB + LIMIT_CHANNELS_ARCHIVED);
}

/* --- arranging -------------------------------------------------------------------------------- */

static void an_update_keeps_what_it_does_not_name(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t id = fixture_channel(f, f->ain, "Annonces");
    fixture_ok(f, anne, "channel.update", "{\"channel\":%lld,\"name\":\"Nouvelles\"}",
               (long long)id);
    int64_t heard = audience_channel(id);
    assert_string_equal(fixture_told_text(f, heard, "channel.changed", 0, "channel.name"),
                        "Nouvelles");
    assert_string_equal(fixture_told_text(f, heard, "channel.changed", 0, "channel.posting"),
                        "animateurs");
    fixture_ok(f, anne, "channel.update", "{\"channel\":%lld,\"purpose\":\"\",\"posting\":\"all\"}",
               (long long)id);
    assert_string_equal(fixture_told_text(f, heard, "channel.changed", 0, "channel.name"),
                        "Nouvelles");
    assert_string_equal(fixture_told_text(f, heard, "channel.changed", 0, "channel.purpose"), "");
    assert_string_equal(fixture_told_text(f, heard, "channel.changed", 0, "channel.posting"),
                        "all");
}

/* Law 2: one frame serves all readers. */
static void what_all_readers_are_told_holds_nothing_of_one(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t id = fixture_channel(f, f->ain, "Annonces");
    fixture_ok(f, anne, "channel.update", "{\"channel\":%lld,\"name\":\"N\"}", (long long)id);
    assert_int_equal(f->effects.count, 1);
    assert_null(strstr(f->effects.items[0].json, "mine"));
}

static const char *name_at(struct club_fixture *f, int64_t person, int place)
{
    fixture_ok(f, person, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    return fixture_text(f, arena_printf(&f->arena, "channels.%d.name", place));
}

static void a_channel_moves_before_another_or_to_the_end(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    long long habitat = fixture_channel(f, f->ain, "Habitat");
    long long general = fixture_channel(f, f->ain, "Général");
    fixture_ok(f, anne, "channel.move", "{\"channel\":%lld,\"before\":%lld}", habitat, general);
    assert_int_equal(f->effects.count, 7); /* Habitat was the seventh; the last two stay */
    assert_string_equal(name_at(f, anne, 0), "Habitat");
    assert_string_equal(name_at(f, anne, 1), "Général");
    fixture_ok(f, anne, "channel.move", "{\"channel\":%lld}", habitat);
    assert_string_equal(name_at(f, anne, 8), "Habitat");
    assert_string_equal(name_at(f, anne, 0), "Général");
}

static void a_channel_does_not_move_into_another_club(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    assert_int_equal(fixture_run(f, anne, "channel.move", "{\"channel\":%lld,\"before\":%lld}",
                                 (long long)fixture_channel(f, f->ain, "Habitat"),
                                 (long long)fixture_channel(f, f->reunion, "Habitat")),
                     ERR_NOT_FOUND);
}

static void moving_to_where_it_is_tells_nothing(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    long long habitat = fixture_channel(f, f->ain, "Habitat");
    fixture_ok(f, anne, "channel.move", "{\"channel\":%lld,\"before\":%lld}", habitat, habitat);
    assert_int_equal(f->effects.count, 0);
    fixture_ok(f, anne, "channel.move", "{\"channel\":%lld,\"before\":%lld}", habitat,
               (long long)fixture_channel(f, f->ain, "Mobilités"));
    assert_int_equal(f->effects.count, 0);
}

static void archiving_twice_tells_it_once(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t id = fixture_channel(f, f->ain, "Habitat");
    fixture_ok(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":true}", (long long)id);
    assert_int_equal(
        fixture_told_int(f, audience_channel(id), "channel.changed", 0, "channel.archived"), 1);
    fixture_ok(f, anne, "channel.archive", "{\"channel\":%lld,\"archived\":true}", (long long)id);
    assert_int_equal(f->effects.count, 0);
}

/* --- private members -------------------------------------------------------------------------- */

struct jury {
    int64_t channel, anne, luc; /* Anne runs it, Luc is to be chosen */
};

static struct jury make_jury(struct club_fixture *f)
{
    struct jury jury = {
        .channel = fixture_private(f, f->ain, "Jury"),
        .anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR),
        .luc = fixture_member(f, "Luc", f->ain, ROLE_ELU),
    };
    fixture_choose(f, jury.channel, jury.anne);
    return jury;
}

static void the_chosen_gains_the_channel_and_its_members_are_told(void **state)
{
    struct club_fixture *f = *state;
    struct jury jury = make_jury(f);
    long long channel = jury.channel, luc = jury.luc;
    for (int again = 0; again < 2; again++) {
        fixture_ok(f, jury.anne, "channel.member_add", "{\"channel\":%lld,\"person\":%lld}",
                   channel, luc);
        int expected = again ? 0 : 1;
        int64_t heard = audience_channel(channel);
        assert_int_equal(fixture_told(f, heard, "channel.member_added"), expected);
        assert_int_equal(fixture_told(f, audience_person(luc), "access.gained"), expected);
    }
}

static void who_is_taken_out_loses_the_channel(void **state)
{
    struct club_fixture *f = *state;
    struct jury jury = make_jury(f);
    fixture_choose(f, jury.channel, jury.luc);
    fixture_ok(f, jury.anne, "channel.member_remove", "{\"channel\":%lld,\"person\":%lld}",
               (long long)jury.channel, (long long)jury.luc);
    assert_int_equal(fixture_told(f, audience_person(jury.luc), "access.lost"), 1);
    assert_false(fixture_hears(fixture_rights(f, jury.luc), audience_channel(jury.channel)));
    int64_t heard = audience_channel(jury.channel);
    assert_int_equal(fixture_told_int(f, heard, "channel.member_removed", 0, "person"), jury.luc);
}

static void anybody_may_leave_but_not_take_another_out(void **state)
{
    struct club_fixture *f = *state;
    struct jury jury = make_jury(f);
    fixture_choose(f, jury.channel, jury.luc);
    assert_int_equal(fixture_run(f, jury.luc, "channel.member_remove",
                                 "{\"channel\":%lld,\"person\":%lld}", (long long)jury.channel,
                                 (long long)jury.anne),
                     ERR_FORBIDDEN);
    fixture_ok(f, jury.luc, "channel.member_remove", "{\"channel\":%lld,\"person\":%lld}",
               (long long)jury.channel, (long long)jury.luc);
    assert_int_equal(fixture_told(f, audience_person(jury.luc), "access.lost"), 1);
}

static void an_open_channel_has_no_chosen_members(void **state)
{
    struct club_fixture *f = *state;
    struct jury jury = make_jury(f);
    assert_int_equal(
        fixture_run(f, jury.anne, "channel.member_add", "{\"channel\":%lld,\"person\":%lld}",
                    (long long)fixture_channel(f, f->ain, "Habitat"), (long long)jury.luc),
        ERR_FORBIDDEN);
}

static void an_administrator_enters_and_its_members_are_told(void **state)
{
    struct club_fixture *f = *state;
    struct jury jury = make_jury(f);
    int64_t zoe = fixture_administrator(f, "Zoé");
    fixture_ok(f, zoe, "channel.enterable", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "channels.length"), 1);
    fixture_ok(f, zoe, "channel.enter", "{\"channel\":%lld}", (long long)jury.channel);
    int64_t heard = audience_channel(jury.channel);
    assert_string_equal(fixture_told_text(f, heard, "channel.entered", 0, "name"), "Zoé");
    assert_int_equal(fixture_told(f, audience_person(zoe), "access.gained"), 1);
    fixture_ok(f, zoe, "channel.get", "{\"channel\":%lld}", (long long)jury.channel);
    fixture_ok(f, zoe, "channel.enter", "{\"channel\":%lld}", (long long)jury.channel);
    assert_int_equal(f->effects.count, 0);
}

/* --- Clubs ------------------------------------------------------------------------------------ */

static void a_person_lists_the_clubs_they_belong_to(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_CHEF_DE_PROJET);
    fixture_join(f, anne, f->national, ROLE_CHEF_DE_PROJET);
    fixture_member(f, "Luc", f->ain, ROLE_ELU);
    fixture_ok(f, anne, "club.list", "{}");
    assert_int_equal(fixture_int(f, "clubs.length"), 2);
    assert_string_equal(fixture_text(f, "clubs.0.name"), "Club national");
    assert_string_equal(fixture_text(f, "clubs.1.name"), "Club PVD de l'Ain");
    assert_string_equal(fixture_text(f, "clubs.1.departement"), "01");
    assert_string_equal(fixture_text(f, "clubs.1.roles"), "[\"chef_de_projet\"]");
    assert_int_equal(fixture_int(f, "clubs.1.members"), 2);
}

static void a_guest_sees_the_name_of_the_club_and_may_nothing_there(void **state)
{
    struct club_fixture *f = *state;
    int64_t expert = fixture_person(f, "Expert");
    fixture_guest(f, expert, fixture_channel(f, f->ain, "Habitat"), ROLE_PARTENAIRE);
    fixture_ok(f, expert, "club.get", "{\"club\":%lld}", (long long)f->ain);
    assert_string_equal(fixture_text(f, "club.name"), "Club PVD de l'Ain");
    assert_string_equal(fixture_text(f, "club.can"), "[]");
}

static void the_whole_state_is_that_of_one_person(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_CHEF_DE_PROJET);
    int64_t luc = fixture_member(f, "Luc", f->ain, ROLE_ELU);
    fixture_direct(f, anne, luc);
    fixture_ok(f, anne, "state.get", "{}");
    assert_int_equal(fixture_int(f, "clubs.length"), 1);
    assert_int_equal(fixture_int(f, "channels.length"), 10);
    assert_string_equal(fixture_text(f, "channels.9.kind"), "direct");
    assert_int_equal(fixture_int(f, "channels.9.people.length"), 2);
    assert_false(fixture_has(f, "channels.9.club"));
    assert_string_equal(fixture_text(f, "people.1.name"), "Luc");
}

static void an_administrator_starts_with_all_clubs_and_the_channels_of_none(void **state)
{
    struct club_fixture *f = *state;
    int64_t zoe = fixture_administrator(f, "Zoé");
    fixture_ok(f, zoe, "state.get", "{}");
    assert_int_equal(fixture_int(f, "clubs.length"), 3);
    assert_int_equal(fixture_int(f, "channels.length"), 0);
    fixture_ok(f, zoe, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "channels.length"), 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_member_lists_the_channels_of_the_club_in_their_order),
        FIXTURE_TEST(a_guest_lists_the_one_channel),
        FIXTURE_TEST(members_of_a_channel_come_page_by_page),
        FIXTURE_TEST(an_open_channel_is_gained_by_the_club),
        FIXTURE_TEST(a_private_channel_is_gained_by_its_maker_and_the_chosen),
        FIXTURE_TEST(only_members_of_the_club_are_chosen),
        FIXTURE_TEST(a_name_serves_one_living_channel),
        FIXTURE_TEST(a_club_has_its_fill_of_channels),
        FIXTURE_TEST(an_archived_channel_makes_room_for_a_living_one),
        FIXTURE_TEST(a_channel_comes_back_only_where_there_is_room),
        FIXTURE_TEST(archived_channels_have_their_limit_too),
        FIXTURE_TEST(an_update_keeps_what_it_does_not_name),
        FIXTURE_TEST(what_all_readers_are_told_holds_nothing_of_one),
        FIXTURE_TEST(a_channel_moves_before_another_or_to_the_end),
        FIXTURE_TEST(a_channel_does_not_move_into_another_club),
        FIXTURE_TEST(moving_to_where_it_is_tells_nothing),
        FIXTURE_TEST(archiving_twice_tells_it_once),
        FIXTURE_TEST(the_chosen_gains_the_channel_and_its_members_are_told),
        FIXTURE_TEST(who_is_taken_out_loses_the_channel),
        FIXTURE_TEST(anybody_may_leave_but_not_take_another_out),
        FIXTURE_TEST(an_open_channel_has_no_chosen_members),
        FIXTURE_TEST(an_administrator_enters_and_its_members_are_told),
        FIXTURE_TEST(a_person_lists_the_clubs_they_belong_to),
        FIXTURE_TEST(a_guest_sees_the_name_of_the_club_and_may_nothing_there),
        FIXTURE_TEST(the_whole_state_is_that_of_one_person),
        FIXTURE_TEST(an_administrator_starts_with_all_clubs_and_the_channels_of_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
