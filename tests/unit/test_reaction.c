/* What people add to a message: reactions, pins, and what they keep for later. */
#include "talk_fixture.h"

#include "base/limits.h"
#include "club/emoji.h"

/* --- emojis ----------------------------------------------------------------------------------- */

static void one_emoji_is_one(void **state)
{
    (void)state;
    static const char *const emojis[] = {"👍",
                                         "❤️",
                                         "❤",
                                         "👍🏽",
                                         "🇫🇷",
                                         "👨‍👩‍👧‍👦",
                                         "1️⃣",
                                         "✅",
                                         "🏳️‍🌈",
                                         "🏴󠁧󠁢󠁥󠁮󠁧󠁿"};
    for (size_t i = 0; i < sizeof emojis / sizeof *emojis; i++) {
        if (!emoji_is_one(emojis[i])) {
            fail_msg("%s should be one emoji", emojis[i]);
        }
    }
}

static void anything_else_is_not(void **state)
{
    (void)state;
    static const char *const others[] = {
        "",   "a",      "1",      "#",       "©",   "👍👍",       "👍 ",      "é",    "🇫", "ok",
        "👍a", "\u200d", "\ufe0f", "👍\u0300", "<b>", "🏽👍", "👍\u200d", "🇫🇷🇫🇷", "é👍"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (emoji_is_one(others[i])) {
            fail_msg("\"%s\" is not one emoji", others[i]);
        }
    }
}

/* --- reactions -------------------------------------------------------------------------------- */

static enum err react(struct cast *c, int64_t person, int64_t message, const char *emoji, bool on)
{
    return fixture_run(c->f, person, "reaction.set",
                       "{\"message\":%lld,\"emoji\":\"%s\",\"on\":%s}", (long long)message, emoji,
                       on ? "true" : "false");
}

static void reactions_come_in_the_order_they_came(void **state)
{
    struct cast c = cast_of(state);
    int64_t audience = audience_channel(c.general);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour");
    assert_int_equal(react(&c, c.chloe, id, "🎉", true), ERR_NONE);
    c.f->now_ms++;
    assert_int_equal(react(&c, c.chloe, id, "👍", true), ERR_NONE);
    c.f->now_ms++;
    assert_int_equal(react(&c, c.anne, id, "🎉", true), ERR_NONE);
    assert_int_equal(fixture_told_int(c.f, audience, "message.reacted", 0, "message"), id);
    assert_string_equal(fixture_told_text(c.f, audience, "message.reacted", 0, "reactions.0.emoji"),
                        "🎉");
    talk_about(&c, c.bob, "message.get", id);
    assert_int_equal(fixture_int(c.f, "message.reactions.length"), 2);
    assert_int_equal(fixture_int(c.f, "message.reactions.0.people.0"), c.chloe);
    assert_int_equal(fixture_int(c.f, "message.reactions.0.people.1"), c.anne);
    assert_string_equal(fixture_text(c.f, "message.reactions.1.emoji"), "👍");
}

static void a_reaction_counts_once_and_can_be_taken_back(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour");
    react(&c, c.chloe, id, "👍", true);
    react(&c, c.chloe, id, "👍", true);
    assert_int_equal(c.f->effects.count, 0);
    react(&c, c.chloe, id, "👍", false);
    assert_int_equal(fixture_told(c.f, audience_channel(c.general), "message.reacted"), 1);
    talk_about(&c, c.bob, "message.get", id);
    assert_false(fixture_has(c.f, "message.reactions"));
}

static void a_lecteur_reacts_with_emojis_only(void **state)
{
    struct cast c = cast_of(state);
    int64_t luc = fixture_member(c.f, "Luc", c.f->ain, ROLE_LECTEUR);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour");
    assert_int_equal(react(&c, luc, id, "👍", true), ERR_NONE);
    assert_int_equal(react(&c, luc, id, "bravo", true), ERR_EMOJI);
    assert_int_equal(react(&c, c.zoe, id, "👍", true), ERR_NOT_FOUND);
}

static void a_message_bears_a_limited_number_of_emojis(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour");
    for (int i = 0; i < LIMIT_REACTIONS_PER_BODY; i++) {
        char emoji[] = "\xF0\x9F\x98\x80"; /* from U+1F600 on */
        emoji[3] = (char)(emoji[3] + i);
        assert_int_equal(react(&c, c.bob, id, emoji, true), ERR_NONE);
    }
    assert_int_equal(react(&c, c.chloe, id, "👍", true), ERR_FULL);
    assert_int_equal(react(&c, c.chloe, id, "😀", true), ERR_NONE);
}

static void the_names_of_those_who_reacted_are_listed(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour");
    react(&c, c.chloe, id, "👍", true);
    fixture_ok(c.f, c.bob, "reaction.list", "{\"message\":%lld,\"emoji\":\"👍\"}", (long long)id);
    assert_int_equal(fixture_int(c.f, "people.length"), 1);
    assert_string_equal(fixture_text(c.f, "people.0.name"), "Chloé");
}

/* --- pins ------------------------------------------------------------------------------------- */

static enum err pin(struct cast *c, int64_t person, int64_t message, bool on)
{
    return fixture_run(c->f, person, "pin.set", "{\"message\":%lld,\"pinned\":%s}",
                       (long long)message, on ? "true" : "false");
}

static void pins(struct cast *c)
{
    fixture_ok(c->f, c->bob, "pin.list", "{\"channel\":%lld}", (long long)c->general);
}

static void a_pin_is_told_and_listed(void **state)
{
    struct cast c = cast_of(state);
    int64_t first = talk_post(&c, c.bob, c.general, "Un");
    int64_t second = talk_post(&c, c.bob, c.general, "Deux");
    assert_int_equal(pin(&c, c.anne, second, true), ERR_NONE);
    assert_int_equal(
        fixture_told_int(c.f, audience_channel(c.general), "message.pinned", 0, "pinned"), true);
    c.f->now_ms++;
    assert_int_equal(pin(&c, c.anne, first, true), ERR_NONE);
    pins(&c);
    assert_int_equal(fixture_int(c.f, "messages.length"), 2);
    assert_int_equal(fixture_int(c.f, "messages.0.id"), first);
    assert_int_equal(fixture_int(c.f, "messages.0.pinned"), true);
    assert_int_equal(pin(&c, c.anne, first, false), ERR_NONE);
    assert_int_equal(pin(&c, c.anne, first, false), ERR_NONE);
    assert_int_equal(c.f->effects.count, 0);
    pins(&c);
    assert_int_equal(fixture_int(c.f, "messages.length"), 1);
}

static void only_moderators_pin(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Un");
    assert_int_equal(pin(&c, c.bob, id, true), ERR_FORBIDDEN);
    assert_int_equal(pin(&c, c.zoe, id, true), ERR_NOT_FOUND);
}

static void a_deletion_takes_reactions_and_pin_along(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Un");
    react(&c, c.chloe, id, "👍", true);
    pin(&c, c.anne, id, true);
    talk_about(&c, c.bob, "message.delete", id);
    pins(&c);
    assert_int_equal(fixture_int(c.f, "messages.length"), 0);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM reaction"), 0);
}

/* --- kept for later --------------------------------------------------------------------------- */

static enum err save(struct cast *c, int64_t person, int64_t message, bool on)
{
    return fixture_run(c->f, person, "saved.set", "{\"message\":%lld,\"saved\":%s}",
                       (long long)message, on ? "true" : "false");
}

static void what_is_kept_is_told_to_oneself_alone(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Un");
    assert_int_equal(save(&c, c.chloe, id, true), ERR_NONE);
    assert_int_equal(c.f->effects.count, 1);
    int64_t chloe = audience_person(c.chloe);
    assert_int_equal(fixture_told_int(c.f, chloe, "saved.changed", 0, "saved"), true);
    fixture_ok(c.f, c.chloe, "saved.list", "{}");
    assert_int_equal(fixture_int(c.f, "messages.0.id"), id);
    fixture_ok(c.f, c.bob, "saved.list", "{}");
    assert_int_equal(fixture_int(c.f, "messages.length"), 0);
    assert_int_equal(save(&c, c.chloe, id, false), ERR_NONE);
    assert_int_equal(fixture_told_int(c.f, chloe, "saved.changed", 0, "saved"), false);
}

static void what_is_kept_goes_page_by_page(void **state)
{
    struct cast c = cast_of(state);
    int64_t ids[3];
    for (int i = 0; i < 3; i++) {
        ids[i] = talk_post(&c, c.bob, c.general, "Un");
        save(&c, c.chloe, ids[i], true);
    }
    fixture_ok(c.f, c.chloe, "saved.list", "{\"limit\":2}");
    assert_int_equal(fixture_int(c.f, "messages.1.id"), ids[1]);
    assert_int_equal(fixture_int(c.f, "more"), true);
    fixture_ok(c.f, c.chloe, "saved.list", "{\"limit\":2,\"before\":%lld}", (long long)ids[1]);
    assert_int_equal(fixture_int(c.f, "messages.0.id"), ids[0]);
    assert_int_equal(fixture_int(c.f, "more"), false);
}

static void a_deleted_message_is_kept_no_more(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Un");
    save(&c, c.chloe, id, true);
    talk_about(&c, c.bob, "message.delete", id);
    assert_int_equal(fixture_told_int(c.f, audience_person(c.chloe), "saved.changed", 0, "saved"),
                     false);
    fixture_ok(c.f, c.chloe, "saved.list", "{}");
    assert_int_equal(fixture_int(c.f, "messages.length"), 0);
    assert_int_equal(save(&c, c.chloe, id, true), ERR_DELETED);
}

static void what_can_no_longer_be_read_is_not_listed(void **state)
{
    struct cast c = cast_of(state);
    save(&c, c.chloe, talk_post(&c, c.bob, c.general, "Un"), true);
    fixture_sql(c.f, "UPDATE membership SET active = 0 WHERE person = %lld", (long long)c.chloe);
    fixture_ok(c.f, c.chloe, "saved.list", "{}");
    assert_int_equal(fixture_int(c.f, "messages.length"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_emoji_is_one),
        cmocka_unit_test(anything_else_is_not),
        FIXTURE_TEST(reactions_come_in_the_order_they_came),
        FIXTURE_TEST(a_reaction_counts_once_and_can_be_taken_back),
        FIXTURE_TEST(a_lecteur_reacts_with_emojis_only),
        FIXTURE_TEST(a_message_bears_a_limited_number_of_emojis),
        FIXTURE_TEST(the_names_of_those_who_reacted_are_listed),
        FIXTURE_TEST(a_pin_is_told_and_listed),
        FIXTURE_TEST(only_moderators_pin),
        FIXTURE_TEST(a_deletion_takes_reactions_and_pin_along),
        FIXTURE_TEST(what_is_kept_is_told_to_oneself_alone),
        FIXTURE_TEST(what_is_kept_goes_page_by_page),
        FIXTURE_TEST(a_deleted_message_is_kept_no_more),
        FIXTURE_TEST(what_can_no_longer_be_read_is_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
