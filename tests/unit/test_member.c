/* Who belongs to a Club and why: lists, roles, posts and their dates. */
#include "club_fixture.h"

#include <stdio.h>
#include <string.h>

/* --- helpers ------------------------------------------------------------------------------------
 */

static int64_t animateur(struct club_fixture *f)
{
    return fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
}

static int64_t add_town(struct club_fixture *f, const char *insee, const char *name,
                        const char *departement)
{
    fixture_sql(f, "INSERT INTO town (key, name, folded) VALUES ('%s', '%s', lower('%s'))", insee,
                name, name);
    fixture_sql(f,
                "INSERT INTO commune (insee, name, departement, town)"
                " SELECT '%s', name, '%s', id FROM town WHERE key = '%s'",
                insee, departement, insee);
    return fixture_count(f, "SELECT id FROM town WHERE key = '%s'", insee);
}

static enum err give(struct club_fixture *f, int64_t actor, int64_t person, int64_t town,
                     const char *dates)
{
    return fixture_run(f, actor, "tenure.give", "{\"club\":%lld,\"person\":%lld,\"town\":%lld%s}",
                       (long long)f->ain, (long long)person, (long long)town, dates);
}

static int64_t active(struct club_fixture *f, int64_t person)
{
    return fixture_count(f, "SELECT count(*) FROM membership WHERE person = %lld AND active = 1",
                         (long long)person);
}

static int64_t due(struct club_fixture *f, const char *command, int64_t object)
{
    return fixture_count(f, "SELECT at FROM due WHERE command = '%s' AND object = %lld", command,
                         (long long)object);
}

/* --- lists --------------------------------------------------------------------------------------
 */

static void members_are_listed_with_their_functions(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    fixture_member(f, "Zoe", f->ain, ROLE_PARTENAIRE);
    fixture_join(f, anne, f->ain, ROLE_ELU);
    fixture_guest(f, fixture_person(f, "Guest"), fixture_channel(f, f->ain, "Général"), ROLE_ELU);
    fixture_ok(f, anne, "member.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "members.length"), 2);
    assert_string_equal(fixture_text(f, "members.0.name"), "Anne");
    assert_string_equal(fixture_text(f, "members.0.roles"), "[\"animateur\",\"elu\"]");
    assert_string_equal(fixture_text(f, "members.0.label"), "animateur");
    assert_int_equal(fixture_int(f, "members.0.memberships.length"), 2);
}

static void members_are_found_as_a_mention_is_typed(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t zoe = fixture_member(f, "Zoé", f->ain, ROLE_PARTENAIRE);
    fixture_sql(f, "UPDATE person SET folded = 'zoe de la tour' WHERE id = %lld", (long long)zoe);
    fixture_sql(f, "UPDATE membership SET label = 'Partenaire · CAUE' WHERE person = %lld",
                (long long)zoe);
    static const char *const typed[] = {"Zo", "ZOÉ", "tour", "caue", "zoé de la t"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        fixture_ok(f, anne, "member.list", "{\"club\":%lld,\"query\":\"%s\"}", (long long)f->ain,
                   typed[i]);
        assert_int_equal(fixture_int(f, "members.length"), 1);
        assert_int_equal(fixture_int(f, "members.0.id"), zoe);
    }
    fixture_ok(f, anne, "member.list", "{\"club\":%lld,\"query\":\"oe\"}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "members.length"), 0);
}

static void members_come_by_pages_in_order_of_name(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    fixture_member(f, "Carla", f->ain, ROLE_ELU);
    fixture_member(f, "Bruno", f->ain, ROLE_ELU);
    fixture_ok(f, anne, "member.list", "{\"club\":%lld,\"limit\":2}", (long long)f->ain);
    assert_string_equal(fixture_text(f, "members.1.name"), "Bruno");
    assert_int_equal(fixture_int(f, "more"), true);
    fixture_ok(f, anne, "member.list", "{\"club\":%lld,\"limit\":2,\"after\":%lld}",
               (long long)f->ain, (long long)fixture_int(f, "members.1.id"));
    assert_int_equal(fixture_int(f, "members.length"), 1);
    assert_string_equal(fixture_text(f, "members.0.name"), "Carla");
}

static void guests_of_channels_are_listed_for_who_manages(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t hidden = fixture_private(f, f->ain, "Secret");
    fixture_guest(f, fixture_person(f, "Guest"), fixture_channel(f, f->ain, "Général"), ROLE_ELU);
    fixture_guest(f, fixture_person(f, "Other"), hidden, ROLE_ELU);
    fixture_ok(f, anne, "guest.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "guests.length"), 1);
    assert_string_equal(fixture_text(f, "guests.0.channel_name"), "Général");
    assert_string_equal(fixture_text(f, "guests.0.member.name"), "Guest");
    fixture_choose(f, hidden, anne);
    fixture_ok(f, anne, "guest.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "guests.length"), 2);
}

/* --- those who were invited ---------------------------------------------------------------------
 */

static void another_role_is_another_membership(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_person(f, "Omar");
    int64_t was = fixture_join(f, omar, f->ain, ROLE_LECTEUR);
    fixture_ok(f, anne, "membership.change",
               "{\"membership\":%lld,\"role\":\"partenaire\",\"organisation\":\"Cerema\"}",
               (long long)was);
    assert_int_not_equal(fixture_int(f, "membership"), was);
    assert_string_equal(
        fixture_told_text(f, audience_club(f->ain), "member.changed", 0, "member.label"),
        "Partenaire · Cerema");
    assert_int_equal(fixture_told(f, audience_club(f->ain), "member.changed"), 1);
    assert_int_equal(fixture_count(f,
                                   "SELECT count(*) FROM membership WHERE id = %lld AND active = 0"
                                   " AND role = 'lecteur'",
                                   (long long)was),
                     1);
    assert_int_equal(fixture_told(f, audience_person(omar), "access.changed"), 10);
}

static void a_role_that_comes_with_a_post_is_not_given_so(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t was = fixture_join(f, fixture_person(f, "Omar"), f->ain, ROLE_LECTEUR);
    assert_int_equal(fixture_run(f, anne, "membership.change",
                                 "{\"membership\":%lld,\"role\":\"animateur\"}", (long long)was),
                     ERR_CONFLICT);
}

static void who_is_removed_hears_nothing_more(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_person(f, "Omar");
    int64_t membership = fixture_join(f, omar, f->ain, ROLE_ELU);
    fixture_ok(f, anne, "membership.end", "{\"membership\":%lld}", (long long)membership);
    assert_false(fixture_hears(fixture_rights(f, omar), audience_club(f->ain)));
    assert_int_equal(fixture_told(f, audience_club(f->ain), "member.left"), 1);
    assert_int_equal(fixture_told_int(f, audience_club(f->ain), "member.left", 0, "person"), omar);
    assert_int_equal(
        fixture_run(f, anne, "membership.end", "{\"membership\":%lld}", (long long)membership),
        ERR_NOT_FOUND);
}

static void only_the_clubs_own_animateur_removes(void **state)
{
    struct club_fixture *f = *state;
    int64_t other = fixture_member(f, "Paul", f->reunion, ROLE_ANIMATEUR);
    int64_t elu = fixture_member(f, "Elu", f->ain, ROLE_ELU);
    int64_t membership = fixture_join(f, fixture_person(f, "Omar"), f->ain, ROLE_ELU);
    assert_int_equal(
        fixture_run(f, other, "membership.end", "{\"membership\":%lld}", (long long)membership),
        ERR_NOT_FOUND);
    assert_int_equal(
        fixture_run(f, elu, "membership.end", "{\"membership\":%lld}", (long long)membership),
        ERR_FORBIDDEN);
}

static void a_membership_ends_on_its_day(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_person(f, "Omar");
    int64_t was = fixture_join(f, omar, f->ain, ROLE_LECTEUR);
    int64_t until = f->now_ms + MS_PER_DAY;
    fixture_ok(f, anne, "membership.change",
               "{\"membership\":%lld,\"role\":\"lecteur\",\"until\":%lld}", (long long)was,
               (long long)until);
    int64_t membership = fixture_int(f, "membership");
    assert_int_equal(due(f, "membership.due", membership), until);
    fixture_ok(f, FIXTURE_OPERATOR, "membership.due", "{\"membership\":%lld}",
               (long long)membership);
    assert_int_equal(active(f, omar), 1); /* too early */
    f->now_ms = until;
    fixture_ok(f, FIXTURE_OPERATOR, "membership.due", "{\"membership\":%lld}",
               (long long)membership);
    assert_int_equal(active(f, omar), 0);
    assert_int_equal(due(f, "membership.due", membership), -1);
}

/* --- posts --------------------------------------------------------------------------------------
 */

static void a_post_brings_into_its_clubs(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    int64_t town = add_town(f, "01269", "Nantua", "01");
    assert_int_equal(give(f, anne, omar, town, ""), ERR_NONE);
    assert_true(fixture_hears(fixture_rights(f, omar), audience_club(f->national)));
    assert_int_equal(active(f, omar), 3);
    assert_int_equal(give(f, anne, omar, town, ""), ERR_EXISTS);
}

static void two_people_hold_a_post_at_once(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t town = add_town(f, "01269", "Nantua", "01");
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    int64_t lea = fixture_member(f, "Lea", f->ain, ROLE_ELU);
    assert_int_equal(give(f, anne, omar, town, ""), ERR_NONE);
    assert_int_equal(give(f, anne, lea, town, ""), ERR_NONE);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM post"), 1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM tenure WHERE state = 'active'"), 2);
}

static void an_animateur_gives_posts_of_their_club_to_people_they_know(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t town = add_town(f, "01269", "Nantua", "01");
    int64_t far = add_town(f, "97411", "Saint-Denis", "974");
    int64_t stranger = fixture_person(f, "Stranger");
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    assert_int_equal(give(f, anne, stranger, town, ""), ERR_NOT_FOUND);
    assert_string_equal(f->problem.field, "person");
    assert_int_equal(give(f, anne, omar, far, ""), ERR_NOT_FOUND);
    assert_string_equal(f->problem.field, "town");
    assert_int_equal(give(f, omar, omar, town, ""), ERR_FORBIDDEN);
}

static void a_post_given_for_later_begins_then_and_ends_then(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    int64_t town = add_town(f, "01269", "Nantua", "01");
    int64_t start = f->now_ms + MS_PER_DAY, end = start + 30 * MS_PER_DAY;
    char dates[80];
    snprintf(dates, sizeof dates, ",\"starts_at\":%lld,\"ends_at\":%lld", (long long)start,
             (long long)end);
    assert_int_equal(give(f, anne, omar, town, dates), ERR_NONE);
    int64_t tenure = fixture_int(f, "tenure");
    assert_int_equal(active(f, omar), 1);
    assert_int_equal(due(f, "tenure.due", tenure), start);
    f->now_ms = start;
    fixture_ok(f, FIXTURE_OPERATOR, "tenure.due", "{\"tenure\":%lld}", (long long)tenure);
    assert_int_equal(active(f, omar), 3);
    assert_int_equal(due(f, "tenure.due", tenure), end);
    f->now_ms = end;
    fixture_ok(f, FIXTURE_OPERATOR, "tenure.due", "{\"tenure\":%lld}", (long long)tenure);
    assert_int_equal(active(f, omar), 1);
    assert_int_equal(fixture_told(f, audience_club(f->national), "member.left"), 1);
    assert_int_equal(fixture_told(f, audience_club(f->ain), "member.changed"), 1); /* still élu */
    assert_int_equal(due(f, "tenure.due", tenure), -1);
}

static void a_post_cannot_end_before_it_begins(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    int64_t town = add_town(f, "01269", "Nantua", "01");
    assert_int_equal(give(f, anne, omar, town, ",\"ends_at\":1"), ERR_CONFLICT);
    assert_int_equal(active(f, omar), 1);
}

static void ending_a_post_removes_from_all_its_clubs(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    int64_t other = fixture_member(f, "Paul", f->reunion, ROLE_ANIMATEUR);
    assert_int_equal(give(f, anne, omar, add_town(f, "01269", "Nantua", "01"), ""), ERR_NONE);
    int64_t tenure = fixture_int(f, "tenure");
    assert_int_equal(fixture_run(f, other, "tenure.end", "{\"tenure\":%lld}", (long long)tenure),
                     ERR_NOT_FOUND);
    fixture_ok(f, anne, "tenure.end", "{\"tenure\":%lld}", (long long)tenure);
    assert_int_equal(active(f, omar), 1);
    assert_false(fixture_hears(fixture_rights(f, omar), audience_club(f->national)));
    assert_int_equal(fixture_run(f, anne, "tenure.end", "{\"tenure\":%lld}", (long long)tenure),
                     ERR_CONFLICT);
}

static void a_post_may_be_ended_at_a_date_to_come(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    assert_int_equal(give(f, anne, omar, add_town(f, "01269", "Nantua", "01"), ""), ERR_NONE);
    int64_t tenure = fixture_int(f, "tenure"), at = f->now_ms + MS_PER_DAY;
    fixture_ok(f, anne, "tenure.end", "{\"tenure\":%lld,\"at\":%lld}", (long long)tenure,
               (long long)at);
    assert_int_equal(active(f, omar), 3);
    assert_int_equal(due(f, "tenure.due", tenure), at);
    assert_null(fixture_rights(f, omar)); /* nothing of what they hear changed */
}

static void a_membership_of_a_post_ends_with_the_post_only(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    assert_int_equal(give(f, anne, omar, add_town(f, "01269", "Nantua", "01"), ""), ERR_NONE);
    int64_t membership = fixture_count(f,
                                       "SELECT id FROM membership WHERE tenure IS NOT NULL"
                                       " AND club = %lld",
                                       (long long)f->ain);
    assert_int_equal(
        fixture_run(f, anne, "membership.end", "{\"membership\":%lld}", (long long)membership),
        ERR_CONFLICT);
}

static void posts_are_listed_with_present_and_past_holders(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t town = add_town(f, "01269", "Nantua", "01");
    add_town(f, "01034", "Belley", "01");
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    int64_t lea = fixture_member(f, "Lea", f->ain, ROLE_ELU);
    assert_int_equal(give(f, anne, omar, town, ""), ERR_NONE);
    fixture_ok(f, anne, "tenure.end", "{\"tenure\":%lld}", (long long)fixture_int(f, "tenure"));
    f->now_ms += MS_PER_DAY;
    assert_int_equal(give(f, anne, lea, town, ""), ERR_NONE);
    fixture_ok(f, omar, "post.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "posts.length"), 3);
    assert_string_equal(fixture_text(f, "posts.0.role"), "animateur");
    assert_string_equal(fixture_text(f, "posts.1.place"), "Belley");
    assert_false(fixture_has(f, "posts.1.id")); /* nobody yet */
    assert_string_equal(fixture_text(f, "posts.2.place"), "Nantua");
    assert_string_equal(fixture_text(f, "posts.2.holders.0.name"), "Lea");
    assert_string_equal(fixture_text(f, "posts.2.holders.0.state"), "active");
    assert_string_equal(fixture_text(f, "posts.2.holders.1.state"), "ended");
}

static void the_successor_may_edit_what_was_written_under_the_post(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t town = add_town(f, "01269", "Nantua", "01");
    int64_t omar = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    int64_t lea = fixture_member(f, "Lea", f->ain, ROLE_ELU);
    assert_int_equal(give(f, anne, omar, town, ""), ERR_NONE);
    int64_t tenure = fixture_int(f, "tenure");
    int64_t message = fixture_message(f, fixture_channel(f, f->ain, "Général"), 0, omar, "Bonjour");
    fixture_sql(f,
                "UPDATE message SET membership = (SELECT id FROM membership WHERE tenure = %lld"
                " AND club = %lld) WHERE id = %lld",
                (long long)tenure, (long long)f->ain, (long long)message);
    fixture_ok(f, anne, "tenure.end", "{\"tenure\":%lld}", (long long)tenure);
    struct tx tx = fixture_tx(f, lea);
    assert_int_equal(may(&tx, RIGHT_MESSAGE_EDIT, message), ERR_FORBIDDEN);
    assert_int_equal(give(f, anne, lea, town, ""), ERR_NONE);
    tx = fixture_tx(f, lea);
    assert_int_equal(may(&tx, RIGHT_MESSAGE_EDIT, message), ERR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(members_are_listed_with_their_functions),
        FIXTURE_TEST(members_are_found_as_a_mention_is_typed),
        FIXTURE_TEST(members_come_by_pages_in_order_of_name),
        FIXTURE_TEST(guests_of_channels_are_listed_for_who_manages),
        FIXTURE_TEST(another_role_is_another_membership),
        FIXTURE_TEST(a_role_that_comes_with_a_post_is_not_given_so),
        FIXTURE_TEST(who_is_removed_hears_nothing_more),
        FIXTURE_TEST(only_the_clubs_own_animateur_removes),
        FIXTURE_TEST(a_membership_ends_on_its_day),
        FIXTURE_TEST(a_post_brings_into_its_clubs),
        FIXTURE_TEST(two_people_hold_a_post_at_once),
        FIXTURE_TEST(an_animateur_gives_posts_of_their_club_to_people_they_know),
        FIXTURE_TEST(a_post_given_for_later_begins_then_and_ends_then),
        FIXTURE_TEST(a_post_cannot_end_before_it_begins),
        FIXTURE_TEST(ending_a_post_removes_from_all_its_clubs),
        FIXTURE_TEST(a_post_may_be_ended_at_a_date_to_come),
        FIXTURE_TEST(a_membership_of_a_post_ends_with_the_post_only),
        FIXTURE_TEST(posts_are_listed_with_present_and_past_holders),
        FIXTURE_TEST(the_successor_may_edit_what_was_written_under_the_post),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
