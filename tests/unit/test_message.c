/* Posting, editing, deleting and reading messages. */
#include "talk_fixture.h"

#include <string.h>

#include "base/limits.h"

/* --- posting ---------------------------------------------------------------------------------- */

static void a_post_is_told_to_the_channel_once(void **state)
{
    struct cast c = cast_of(state);
    int64_t audience = audience_channel(c.general);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour **à tous**");
    assert_int_equal(fixture_int(c.f, "seq"), id);
    assert_int_equal(fixture_told(c.f, audience, "message.posted"), 1);
    assert_int_equal(fixture_told_int(c.f, audience, "message.posted", 0, "seq"), id);
    assert_int_equal(fixture_told_int(c.f, audience, "message.posted", 0, "message.id"), id);
    assert_string_equal(fixture_told_text(c.f, audience, "message.posted", 0, "message.body"),
                        "Bonjour **à tous**");
    assert_int_equal(fixture_told_int(c.f, audience, "message.posted", 0, "message.author.id"),
                     c.bob);
    assert_string_equal(
        fixture_told_text(c.f, audience, "message.posted", 0, "message.nodes.0.c.1.t"), "strong");
}

static void a_post_sent_again_is_answered_and_not_doubled(void **state)
{
    struct cast c = cast_of(state);
    int64_t ids[2], seqs[2];
    for (int i = 0; i < 2; i++) {
        fixture_ok(c.f, c.bob, "message.post",
                   "{\"channel\":%lld,\"nonce\":\"same-nonce\",\"body\":\"Bonjour\"}",
                   (long long)c.general);
        ids[i] = fixture_int(c.f, "id");
        seqs[i] = fixture_int(c.f, "seq");
    }
    assert_int_equal(ids[0], ids[1]);
    assert_int_equal(seqs[0], seqs[1]);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM message"), 1);
    assert_int_equal(c.f->effects.count, 0);
}

static void a_post_bears_the_first_function_of_its_author(void **state)
{
    struct cast c = cast_of(state);
    fixture_join(c.f, c.chloe, c.f->ain, ROLE_ANIMATEUR);
    talk_about(&c, c.bob, "message.get", talk_post(&c, c.chloe, c.general, "Bonjour"));
    assert_string_equal(fixture_text(c.f, "message.author.function"), "animateur");
}

static void a_blank_post_is_refused(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(talk_try(&c, c.bob, c.general, " \\n "), ERR_EMPTY);
    assert_string_equal(c.f->problem.field, "body");
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM message"), 0);
}

static void strangers_do_not_find_the_channel(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(talk_try(&c, c.zoe, c.general, "Bonjour"), ERR_NOT_FOUND);
}

static void a_lecteur_does_not_post(void **state)
{
    struct cast c = cast_of(state);
    int64_t luc = fixture_member(c.f, "Luc", c.f->ain, ROLE_LECTEUR);
    assert_int_equal(talk_try(&c, luc, c.general, "Bonjour"), ERR_FORBIDDEN);
}

static void only_animateurs_announce_and_all_may_answer(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(talk_try(&c, c.bob, c.announces, "Bonjour"), ERR_POSTING);
    int64_t root = talk_post(&c, c.anne, c.announces, "Annonce");
    talk_reply(&c, c.bob, root, "Merci");
}

static void an_archived_channel_takes_no_post(void **state)
{
    struct cast c = cast_of(state);
    fixture_sql(c.f, "UPDATE channel SET archived_at = 1 WHERE id = %lld", (long long)c.general);
    assert_int_equal(talk_try(&c, c.bob, c.general, "Bonjour"), ERR_ARCHIVED);
}

/* --- answering -------------------------------------------------------------------------------- */

static void an_answer_tells_the_thread(void **state)
{
    struct cast c = cast_of(state);
    int64_t audience = audience_channel(c.general);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    talk_reply(&c, c.chloe, root, "Réponse");
    assert_int_equal(fixture_told_int(c.f, audience, "message.posted", 0, "message.thread"), root);
    assert_int_equal(fixture_told_int(c.f, audience, "thread.changed", 0, "message"), root);
    assert_int_equal(fixture_told_int(c.f, audience, "thread.changed", 0, "replies"), 1);
    assert_int_equal(fixture_told_int(c.f, audience, "thread.changed", 0, "last_reply"),
                     c.f->now_ms);
}

static void only_a_message_of_the_main_stream_is_answered(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    int64_t answer = talk_reply(&c, c.chloe, root, "Réponse");
    assert_int_equal(talk_try_reply(&c, c.bob, c.general, answer), ERR_NOT_FOUND);
    assert_string_equal(c.f->problem.field, "thread");
    assert_int_equal(talk_try_reply(&c, c.anne, c.announces, root), ERR_NOT_FOUND);
}

/* --- mentions --------------------------------------------------------------------------------- */

static void a_mention_names_those_who_read_the_channel(void **state)
{
    struct cast c = cast_of(state);
    const char *body = arena_printf(&c.f->arena, "%s %s @prefecture", talk_name(&c, c.chloe),
                                    talk_name(&c, c.zoe));
    talk_about(&c, c.anne, "message.get", talk_post(&c, c.bob, c.general, body));
    assert_int_equal(fixture_int(c.f, "message.mentions.length"), 2);
    assert_string_equal(fixture_text(c.f, "message.mentions.0.kind"), "person");
    assert_string_equal(fixture_text(c.f, "message.mentions.1.target"), "animateur");
    assert_int_equal(fixture_int(c.f, "message.people.length"), 1);
    assert_int_equal(fixture_int(c.f, "message.people.0.id"), c.chloe);
    assert_string_equal(fixture_text(c.f, "message.people.0.name"), "Chloé");
}

static void add_people(struct club_fixture *f, int count, enum role role)
{
    for (int i = 0; i < count; i++) {
        fixture_member(f, arena_printf(&f->arena, "Membre%u-%d", role, i), f->ain, role);
    }
}

static void calling_too_many_people_is_for_animateurs(void **state)
{
    struct cast c = cast_of(state);
    add_people(c.f, LIMIT_BROADCAST_PEOPLE - 2, ROLE_CHEF_DE_PROJET);
    talk_post(&c, c.bob, c.general, "@tous bonjour"); /* Anne, Chloé and 98 others */
    add_people(c.f, 1, ROLE_ELU);
    assert_int_equal(talk_try(&c, c.bob, c.general, "@tous bonjour"), ERR_BROADCAST);
    assert_int_equal(talk_try(&c, c.bob, c.general, "@chefs-de-projet bonjour"), ERR_NONE);
    assert_int_equal(talk_try(&c, c.anne, c.general, "@tous bonjour"), ERR_NONE);
}

static void a_role_means_nobody_in_a_direct_conversation(void **state)
{
    struct cast c = cast_of(state);
    int64_t direct = fixture_direct(c.f, c.bob, c.chloe);
    talk_about(&c, c.bob, "message.get", talk_post(&c, c.bob, direct, "@prefecture @tous"));
    assert_int_equal(fixture_int(c.f, "message.mentions.length"), 1);
    assert_string_equal(fixture_text(c.f, "message.mentions.0.kind"), "all");
}

/* --- editing ---------------------------------------------------------------------------------- */

static void an_edit_keeps_the_old_wording(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Avant");
    c.f->now_ms += 1000;
    talk_edit(&c, c.bob, id, "Après");
    assert_int_equal(fixture_told(c.f, audience_channel(c.general), "message.edited"), 1);
    talk_about(&c, c.chloe, "message.get", id);
    assert_string_equal(fixture_text(c.f, "message.body"), "Après");
    assert_int_equal(fixture_int(c.f, "message.edited"), c.f->now_ms);
    assert_int_equal(fixture_int(c.f, "message.versions"), 2);
    talk_about(&c, c.chloe, "message.history", id);
    assert_int_equal(fixture_int(c.f, "versions.length"), 2);
    assert_string_equal(fixture_text(c.f, "versions.0.body"), "Après");
    assert_string_equal(fixture_text(c.f, "versions.1.body"), "Avant");
    assert_int_equal(fixture_int(c.f, "versions.1.at"), c.f->now_ms - 1000);
    assert_string_equal(fixture_text(c.f, "versions.1.nodes.0.t"), "p");
    talk_index_is_sound(&c);
}

static void the_same_wording_is_no_edit(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Avant");
    talk_edit(&c, c.bob, id, "Avant");
    assert_int_equal(c.f->effects.count, 0);
    talk_about(&c, c.bob, "message.get", id);
    assert_int_equal(fixture_int(c.f, "message.versions"), 1);
}

static void others_do_not_edit(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Avant");
    assert_int_equal(talk_try_edit(&c, c.anne, id), ERR_FORBIDDEN);
}

static void a_message_has_a_limited_number_of_wordings(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Avant");
    for (int i = 2; i <= LIMIT_VERSIONS; i++) {
        talk_edit(&c, c.bob, id, arena_printf(&c.f->arena, "Texte %d", i));
    }
    assert_int_equal(talk_try_edit(&c, c.bob, id), ERR_FULL);
}

static void the_holder_of_the_post_edits_too(void **state)
{
    struct cast c = cast_of(state);
    fixture_sql(c.f, "INSERT INTO post (id, role, club, label) VALUES (50, 'animateur', %lld, 'x')",
                (long long)c.f->ain);
    fixture_sql(c.f,
                "INSERT INTO tenure (id, post, person, starts_at, state) VALUES"
                " (60, 50, %lld, 1, 'active'), (61, 50, %lld, 1, 'active')",
                (long long)c.anne, (long long)c.bob);
    fixture_sql(c.f, "UPDATE membership SET tenure = 60 WHERE person = %lld", (long long)c.anne);
    int64_t id = talk_post(&c, c.anne, c.general, "Avant");
    assert_int_equal(fixture_told_int(c.f, audience_channel(c.general), "message.posted", 0,
                                      "message.author.post"),
                     50);
    talk_edit(&c, c.bob, id, "Après");
    talk_about(&c, c.bob, "message.get", id);
    assert_int_equal(fixture_int(c.f, "message.author.id"), c.anne);
}

static void an_edit_that_mentions_tells_the_count(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour");
    talk_edit(&c, c.bob, id, arena_printf(&c.f->arena, "Bonjour %s", talk_name(&c, c.chloe)));
    int64_t chloe = audience_person(c.chloe);
    assert_int_equal(fixture_told(c.f, chloe, "read.moved"), 1);
    assert_int_equal(fixture_told_int(c.f, chloe, "read.moved", 0, "mentions"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "read.moved"), 0);
    talk_edit(&c, c.bob, id, "Bonjour");
    assert_int_equal(fixture_told_int(c.f, chloe, "read.moved", 0, "mentions"), 0);
}

static void an_edit_tells_no_count_to_those_who_have_read(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour");
    fixture_ok(c.f, c.chloe, "read.set", "{\"channel\":%lld,\"position\":%lld}",
               (long long)c.general, (long long)id);
    talk_edit(&c, c.bob, id, arena_printf(&c.f->arena, "Bonjour %s", talk_name(&c, c.chloe)));
    assert_int_equal(fixture_told(c.f, audience_person(c.chloe), "read.moved"), 0);
}

/* --- deleting --------------------------------------------------------------------------------- */

static void a_deletion_leaves_a_place_and_no_word(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Secret @tous");
    db_run_deferred(c.f->db);
    talk_edit(&c, c.bob, id, "Confidentiel @tous");
    talk_about(&c, c.bob, "message.delete", id);
    talk_about(&c, c.chloe, "message.get", id);
    assert_string_equal(fixture_text(c.f, "message.body"), "");
    assert_int_equal(fixture_int(c.f, "message.nodes.length"), 0);
    assert_int_equal(fixture_int(c.f, "message.deleted"), c.f->now_ms);
    assert_int_equal(fixture_int(c.f, "message.author.id"), c.bob);
    assert_false(fixture_has(c.f, "message.mentions"));
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM message_version"), 0);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM message_fts('confidentiel')"), 0);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM message_fts('secret')"), 0);
    talk_about(&c, c.chloe, "message.history", id);
    assert_int_equal(fixture_int(c.f, "versions.length"), 0);
    talk_index_is_sound(&c);
}

static void a_deletion_is_told_without_words(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Secret");
    talk_about(&c, c.anne, "message.delete", id);
    assert_string_equal(
        fixture_told_text(c.f, audience_channel(c.general), "message.deleted", 0, "message.body"),
        "");
}

static void a_deletion_tells_the_mentioned_their_count(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "@elus bonjour");
    talk_about(&c, c.bob, "message.delete", id);
    int64_t chloe = audience_person(c.chloe);
    assert_int_equal(fixture_told_int(c.f, chloe, "read.moved", 0, "mentions"), 0);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "read.moved"), 0);
}

static void a_deleted_answer_counts_no_more(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    int64_t answer = talk_reply(&c, c.chloe, root, "Réponse");
    talk_about(&c, c.chloe, "message.delete", answer);
    int64_t audience = audience_channel(c.general);
    assert_int_equal(fixture_told_int(c.f, audience, "thread.changed", 0, "replies"), 0);
    talk_about(&c, c.bob, "message.get", root);
    assert_false(fixture_has(c.f, "message.replies"));
}

static void a_deleted_message_is_left_alone(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Secret");
    talk_about(&c, c.bob, "message.delete", id);
    assert_int_equal(talk_try_about(&c, c.bob, "message.delete", id), ERR_DELETED);
    assert_int_equal(talk_try_edit(&c, c.bob, id), ERR_DELETED);
    assert_int_equal(talk_try_reply(&c, c.bob, c.general, id), ERR_DELETED);
}

static void only_author_and_moderators_delete(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Secret");
    assert_int_equal(talk_try_about(&c, c.chloe, "message.delete", id), ERR_FORBIDDEN);
    assert_int_equal(talk_try_about(&c, c.zoe, "message.delete", id), ERR_NOT_FOUND);
    talk_about(&c, c.anne, "message.delete", id);
}

/* --- listing ---------------------------------------------------------------------------------- */

static void list(struct cast *c, const char *more)
{
    fixture_ok(c->f, c->bob, "message.list", "{\"channel\":%lld%s}", (long long)c->general, more);
}

/* Ten messages of the main stream, and an answer below the first. */
static void fill(struct cast *c, int64_t *ids)
{
    for (int i = 0; i < 10; i++) {
        ids[i] = talk_post(c, c->bob, c->general, arena_printf(&c->f->arena, "Message %d", i));
    }
    talk_reply(c, c->chloe, ids[0], "Réponse");
}

static void expect_page(struct cast *c, int64_t first, int count, bool before, bool after)
{
    assert_int_equal(fixture_int(c->f, "messages.length"), count);
    assert_int_equal(fixture_int(c->f, "messages.0.id"), first);
    assert_int_equal(fixture_int(c->f, "more_before"), before);
    assert_int_equal(fixture_int(c->f, "more_after"), after);
}

static const char *with_id(struct cast *c, const char *name, int64_t id, int limit)
{
    return arena_printf(&c->f->arena, ",\"%s\":%lld,\"limit\":%d", name, (long long)id, limit);
}

static void a_list_gives_the_last_messages_oldest_first(void **state)
{
    struct cast c = cast_of(state);
    int64_t ids[10];
    fill(&c, ids);
    list(&c, ",\"limit\":4");
    expect_page(&c, ids[6], 4, true, false);
    assert_int_equal(fixture_int(c.f, "messages.3.id"), ids[9]);
    list(&c, "");
    expect_page(&c, ids[0], 10, false, false);
    assert_int_equal(fixture_int(c.f, "messages.0.replies"), 1);
}

static void a_list_goes_back_and_forth(void **state)
{
    struct cast c = cast_of(state);
    int64_t ids[10];
    fill(&c, ids);
    list(&c, with_id(&c, "before", ids[6], 4));
    expect_page(&c, ids[2], 4, true, true);
    list(&c, with_id(&c, "after", ids[6], 4));
    expect_page(&c, ids[7], 3, true, false);
    list(&c, with_id(&c, "after", 0, 4));
    expect_page(&c, ids[0], 4, false, true);
    list(&c, with_id(&c, "around", ids[5], 5));
    expect_page(&c, ids[3], 5, true, true);
}

static void a_thread_lists_its_answers(void **state)
{
    struct cast c = cast_of(state);
    int64_t ids[10];
    fill(&c, ids);
    list(&c, with_id(&c, "thread", ids[0], 5));
    assert_int_equal(fixture_int(c.f, "messages.length"), 1);
    assert_int_equal(fixture_int(c.f, "messages.0.thread"), ids[0]);
    assert_int_equal(fixture_run(c.f, c.bob, "message.list", "{\"channel\":%lld,\"thread\":%lld}",
                                 (long long)c.announces, (long long)ids[0]),
                     ERR_NOT_FOUND);
}

static void ways_through_a_list_exclude_each_other(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(fixture_run(c.f, c.bob, "message.list",
                                 "{\"channel\":%lld,\"after\":0,\"before\":3}",
                                 (long long)c.general),
                     ERR_CONFLICT);
}

static void a_page_of_long_messages_is_cut_short(void **state)
{
    struct cast c = cast_of(state);
    char *body = arena_alloc(&c.f->arena, LIMIT_BODY_CHARS + 1);
    memset(body, 'a', LIMIT_BODY_CHARS);
    for (int i = 0; i < 20; i++) {
        talk_post(&c, c.bob, c.general, body);
    }
    list(&c, "");
    assert_true(fixture_int(c.f, "messages.length") < 10);
    assert_true(fixture_int(c.f, "more_before"));
    assert_true(strlen(c.f->result) < 2 * LIMIT_PAGE_BYTES);
}

static void an_erased_author_leaves_the_function(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Bonjour");
    fixture_sql(c.f, "UPDATE message SET author = NULL");
    talk_about(&c, c.anne, "message.get", id);
    assert_false(fixture_has(c.f, "message.author.id"));
    assert_false(fixture_has(c.f, "message.author.name"));
    assert_string_equal(fixture_text(c.f, "message.author.function"), "chef_de_projet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_post_is_told_to_the_channel_once),
        FIXTURE_TEST(a_post_sent_again_is_answered_and_not_doubled),
        FIXTURE_TEST(a_post_bears_the_first_function_of_its_author),
        FIXTURE_TEST(a_blank_post_is_refused),
        FIXTURE_TEST(strangers_do_not_find_the_channel),
        FIXTURE_TEST(a_lecteur_does_not_post),
        FIXTURE_TEST(only_animateurs_announce_and_all_may_answer),
        FIXTURE_TEST(an_archived_channel_takes_no_post),
        FIXTURE_TEST(an_answer_tells_the_thread),
        FIXTURE_TEST(only_a_message_of_the_main_stream_is_answered),
        FIXTURE_TEST(a_mention_names_those_who_read_the_channel),
        FIXTURE_TEST(calling_too_many_people_is_for_animateurs),
        FIXTURE_TEST(a_role_means_nobody_in_a_direct_conversation),
        FIXTURE_TEST(an_edit_keeps_the_old_wording),
        FIXTURE_TEST(the_same_wording_is_no_edit),
        FIXTURE_TEST(others_do_not_edit),
        FIXTURE_TEST(a_message_has_a_limited_number_of_wordings),
        FIXTURE_TEST(the_holder_of_the_post_edits_too),
        FIXTURE_TEST(an_edit_that_mentions_tells_the_count),
        FIXTURE_TEST(an_edit_tells_no_count_to_those_who_have_read),
        FIXTURE_TEST(a_deletion_leaves_a_place_and_no_word),
        FIXTURE_TEST(a_deletion_is_told_without_words),
        FIXTURE_TEST(a_deletion_tells_the_mentioned_their_count),
        FIXTURE_TEST(a_deleted_answer_counts_no_more),
        FIXTURE_TEST(a_deleted_message_is_left_alone),
        FIXTURE_TEST(only_author_and_moderators_delete),
        FIXTURE_TEST(a_list_gives_the_last_messages_oldest_first),
        FIXTURE_TEST(a_list_goes_back_and_forth),
        FIXTURE_TEST(a_thread_lists_its_answers),
        FIXTURE_TEST(ways_through_a_list_exclude_each_other),
        FIXTURE_TEST(a_page_of_long_messages_is_cut_short),
        FIXTURE_TEST(an_erased_author_leaves_the_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
