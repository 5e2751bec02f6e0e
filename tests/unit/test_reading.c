/* Positions, unread and mention counts, drafts and levels: always what SQL says. */
#include "club_fixture.h"

#include "store/journal.h"

/* Anne reads; Luc writes, in Habitat of the Ain. */
struct room {
    struct club_fixture *f;
    int64_t anne, luc, channel;
};

static struct room make_room(void **state)
{
    struct club_fixture *f = *state;
    return (struct room){
        .f = f,
        .anne = fixture_member(f, "Anne", f->ain, ROLE_CHEF_DE_PROJET),
        .luc = fixture_member(f, "Luc", f->ain, ROLE_ELU),
        .channel = fixture_channel(f, f->ain, "Habitat"),
    };
}

static int64_t count(const struct room *room, const char *what)
{
    fixture_ok(room->f, room->anne, "channel.get", "{\"channel\":%lld}", (long long)room->channel);
    return fixture_int(room->f, arena_printf(&room->f->arena, "channel.mine.%s", what));
}

static int64_t post(const struct room *room, int64_t author)
{
    return fixture_message(room->f, room->channel, 0, author, "texte");
}

static void read_to(const struct room *room, int64_t position)
{
    fixture_ok(room->f, room->anne, "read.set", "{\"channel\":%lld,\"position\":%lld}",
               (long long)room->channel, (long long)position);
}

/* --- unread ----------------------------------------------------------------------------------- */

static void messages_of_others_are_unread(void **state)
{
    struct room room = make_room(state);
    post(&room, room.luc);
    post(&room, room.luc);
    post(&room, room.anne);
    assert_int_equal(count(&room, "unread"), 2);
}

static void what_an_erased_person_wrote_is_unread_too(void **state)
{
    struct room room = make_room(state);
    post(&room, 0);
    assert_int_equal(count(&room, "unread"), 1);
}

static void deleted_messages_are_not_unread(void **state)
{
    struct room room = make_room(state);
    int64_t message = post(&room, room.luc);
    fixture_sql(room.f, "UPDATE message SET deleted_at = 1 WHERE id = %lld", (long long)message);
    assert_int_equal(count(&room, "unread"), 0);
}

static void replies_do_not_count_in_the_main_stream(void **state)
{
    struct room room = make_room(state);
    int64_t root = post(&room, room.luc);
    fixture_message(room.f, room.channel, root, room.luc, "réponse");
    assert_int_equal(count(&room, "unread"), 1);
}

static void another_channel_does_not_count(void **state)
{
    struct room room = make_room(state);
    fixture_message(room.f, fixture_channel(room.f, room.f->ain, "Général"), 0, room.luc, "là");
    assert_int_equal(count(&room, "unread"), 0);
}

static void counting_ends_at_its_limit(void **state)
{
    struct room room = make_room(state);
    for (int i = 0; i < LIMIT_UNREAD + 3; i++) {
        post(&room, room.luc);
    }
    assert_int_equal(count(&room, "unread"), LIMIT_UNREAD);
}

/* --- reading on ------------------------------------------------------------------------------- */

static void reading_on_leaves_what_is_above_the_position(void **state)
{
    struct room room = make_room(state);
    int64_t first = post(&room, room.luc);
    post(&room, room.luc);
    read_to(&room, first);
    assert_int_equal(fixture_int(room.f, "unread"), 1);
    int64_t self = audience_person(room.anne);
    assert_int_equal(fixture_told_int(room.f, self, "read.moved", 0, "channel"), room.channel);
    assert_int_equal(fixture_told_int(room.f, self, "read.moved", 0, "position"), first);
    assert_int_equal(fixture_told_int(room.f, self, "read.moved", 0, "unread"), 1);
    assert_int_equal(count(&room, "unread"), 1);
}

static void moving_back_marks_as_unread_from_there(void **state)
{
    struct room room = make_room(state);
    int64_t first = post(&room, room.luc);
    read_to(&room, post(&room, room.luc));
    read_to(&room, first - 1);
    assert_int_equal(count(&room, "unread"), 2);
}

static void reading_to_the_same_place_tells_nothing(void **state)
{
    struct room room = make_room(state);
    int64_t first = post(&room, room.luc);
    read_to(&room, first);
    int64_t head = journal_head(room.f->db);
    read_to(&room, first);
    assert_int_equal(room.f->effects.count, 0);
    assert_int_equal(journal_head(room.f->db), head);
}

static void nobody_reads_what_is_not_written_yet(void **state)
{
    struct room room = make_room(state);
    long long after = journal_head(room.f->db) + 1;
    assert_int_equal(fixture_run(room.f, room.anne, "read.set",
                                 "{\"channel\":%lld,\"position\":%lld}", (long long)room.channel,
                                 after),
                     ERR_RANGE);
    assert_string_equal(room.f->problem.field, "position");
}

static void a_mark_of_a_channel_lost_since_is_not_told(void **state)
{
    struct room room = make_room(state);
    read_to(&room, post(&room, room.luc));
    fixture_sql(room.f, "UPDATE membership SET active = 0 WHERE person = %lld",
                (long long)room.anne);
    struct tx tx = fixture_tx(room.f, FIXTURE_OPERATOR);
    struct buf frame;
    buf_init(&frame);
    int64_t self = audience_person(room.anne);
    assert_false(fact_render(&tx, 1, fact_find("read.moved"), self, room.channel, &frame));
    assert_false(fact_render(&tx, 1, fact_find("draft.changed"), self, room.channel, &frame));
    assert_false(
        fact_render(&tx, 1, fact_find("notification.changed"), self, room.channel, &frame));
    buf_finish(&frame);
}

/* --- mentions --------------------------------------------------------------------------------- */

static void mention(const struct room *room, int64_t message, const char *kind, const char *target)
{
    fixture_sql(room->f, "INSERT INTO mention (message, kind, target) VALUES (%lld, '%s', '%s')",
                (long long)message, kind, target);
}

static const char *number(const struct room *room, int64_t n)
{
    return arena_printf(&room->f->arena, "%lld", (long long)n);
}

static void a_mention_of_the_person_counts(void **state)
{
    struct room room = make_room(state);
    int64_t message = post(&room, room.luc);
    mention(&room, message, "person", number(&room, room.anne));
    mention(&room, post(&room, room.luc), "person", number(&room, room.luc));
    assert_int_equal(count(&room, "mentions"), 1);
    read_to(&room, message);
    assert_int_equal(count(&room, "mentions"), 0);
}

static void a_mention_of_everybody_counts(void **state)
{
    struct room room = make_room(state);
    mention(&room, post(&room, room.luc), "all", "");
    assert_int_equal(count(&room, "mentions"), 1);
}

static void a_mention_of_a_role_counts_for_those_who_hold_it_here(void **state)
{
    struct room room = make_room(state);
    fixture_join(room.f, room.anne, room.f->reunion, ROLE_ANIMATEUR);
    mention(&room, post(&room, room.luc), "role", "chef_de_projet");
    mention(&room, post(&room, room.luc), "role", "animateur");
    assert_int_equal(count(&room, "mentions"), 1);
}

static void a_guest_is_mentioned_by_the_role_held_in_the_channel(void **state)
{
    struct room room = make_room(state);
    room.anne = fixture_person(room.f, "Expert");
    fixture_guest(room.f, room.anne, room.channel, ROLE_PARTENAIRE);
    mention(&room, post(&room, room.luc), "role", "partenaire");
    assert_int_equal(count(&room, "mentions"), 1);
    fixture_sql(room.f, "UPDATE membership SET channel = %lld WHERE person = %lld",
                (long long)room.channel + 1, (long long)room.anne);
    room.channel++;
    assert_int_equal(count(&room, "mentions"), 0);
}

static void a_message_that_mentions_twice_counts_once(void **state)
{
    struct room room = make_room(state);
    int64_t message = post(&room, room.luc);
    mention(&room, message, "all", "");
    mention(&room, message, "role", "chef_de_projet");
    assert_int_equal(count(&room, "mentions"), 1);
}

/* --- drafts and levels ------------------------------------------------------------------------ */

static void a_draft_is_found_on_another_device_and_goes_when_empty(void **state)
{
    struct room room = make_room(state);
    long long channel = room.channel;
    fixture_ok(room.f, room.anne, "draft.set", "{\"channel\":%lld,\"body\":\"Bonjour\\nà\"}",
               channel);
    int64_t self = audience_person(room.anne);
    assert_string_equal(fixture_told_text(room.f, self, "draft.changed", 0, "body"), "Bonjour\nà");
    fixture_ok(room.f, room.anne, "channel.get", "{\"channel\":%lld}", channel);
    assert_string_equal(fixture_text(room.f, "channel.mine.draft"), "Bonjour\nà");
    fixture_ok(room.f, room.anne, "draft.set", "{\"channel\":%lld,\"body\":\"\"}", channel);
    assert_string_equal(fixture_told_text(room.f, self, "draft.changed", 0, "body"), "");
    fixture_ok(room.f, room.anne, "channel.get", "{\"channel\":%lld}", channel);
    assert_false(fixture_has(room.f, "channel.mine.draft"));
    assert_int_equal(fixture_count(room.f, "SELECT count(*) FROM draft"), 0);
}

static void a_draft_is_seen_by_its_author_alone(void **state)
{
    struct room room = make_room(state);
    fixture_ok(room.f, room.anne, "draft.set", "{\"channel\":%lld,\"body\":\"x\"}",
               (long long)room.channel);
    assert_int_equal(fixture_told(room.f, audience_channel(room.channel), "draft.changed"), 0);
    fixture_ok(room.f, room.luc, "channel.get", "{\"channel\":%lld}", (long long)room.channel);
    assert_false(fixture_has(room.f, "channel.mine.draft"));
}

static void a_level_is_told_when_it_changes(void **state)
{
    struct room room = make_room(state);
    long long channel = room.channel;
    int64_t self = audience_person(room.anne);
    fixture_ok(room.f, room.anne, "notification.set", "{\"channel\":%lld,\"level\":\"all\"}",
               channel);
    assert_int_equal(room.f->effects.count, 0);
    fixture_ok(room.f, room.anne, "notification.set", "{\"channel\":%lld,\"level\":\"none\"}",
               channel);
    assert_string_equal(fixture_told_text(room.f, self, "notification.changed", 0, "level"),
                        "none");
    fixture_ok(room.f, room.anne, "channel.get", "{\"channel\":%lld}", channel);
    assert_string_equal(fixture_text(room.f, "channel.mine.level"), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(messages_of_others_are_unread),
        FIXTURE_TEST(what_an_erased_person_wrote_is_unread_too),
        FIXTURE_TEST(deleted_messages_are_not_unread),
        FIXTURE_TEST(replies_do_not_count_in_the_main_stream),
        FIXTURE_TEST(another_channel_does_not_count),
        FIXTURE_TEST(counting_ends_at_its_limit),
        FIXTURE_TEST(reading_on_leaves_what_is_above_the_position),
        FIXTURE_TEST(moving_back_marks_as_unread_from_there),
        FIXTURE_TEST(reading_to_the_same_place_tells_nothing),
        FIXTURE_TEST(nobody_reads_what_is_not_written_yet),
        FIXTURE_TEST(a_mark_of_a_channel_lost_since_is_not_told),
        FIXTURE_TEST(a_mention_of_the_person_counts),
        FIXTURE_TEST(a_mention_of_everybody_counts),
        FIXTURE_TEST(a_mention_of_a_role_counts_for_those_who_hold_it_here),
        FIXTURE_TEST(a_guest_is_mentioned_by_the_role_held_in_the_channel),
        FIXTURE_TEST(a_message_that_mentions_twice_counts_once),
        FIXTURE_TEST(a_draft_is_found_on_another_device_and_goes_when_empty),
        FIXTURE_TEST(a_draft_is_seen_by_its_author_alone),
        FIXTURE_TEST(a_level_is_told_when_it_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
