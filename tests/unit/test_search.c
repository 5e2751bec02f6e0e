/* Searching messages: what is found, and what must never be. */
#include "talk_fixture.h"

#include <string.h>

#include "base/limits.h"

static void search(struct cast *c, int64_t person, const char *query)
{
    fixture_ok(c->f, person, "message.search", "{\"query\":\"%s\"}", query);
}

static void search_more(struct cast *c, int64_t person, const char *query, const char *more)
{
    fixture_ok(c->f, person, "message.search", "{\"query\":\"%s\",%s}", query, more);
}

static int hits(struct cast *c)
{
    return (int)fixture_int(c->f, "hits.length");
}

static const char *with(struct cast *c, const char *name, int64_t value)
{
    return arena_printf(&c->f->arena, "\"%s\":%lld", name, (long long)value);
}

/* --- French ----------------------------------------------------------------------------------- */

static void french_words_are_found_in_all_their_forms(void **state)
{
    struct cast c = cast_of(state);
    static const char *const pairs[][2] = {
        {"Plan pour l'habitat ancien", "habitat"},
        {"Améliorer habitat et commerce", "l'habitat"},
        {"Une élue du conseil", "élus"},
        {"Réunion des élus lundi", "élu"},
        {"Un évènement au marché", "événement"},
        {"Un événement à la gare", "evenement"},
        {"Revitaliser la rue", "revitalisation"},
        {"La revitalisation avance", "revitaliser"},
        {"Au coeur du bourg", "cœur"},
        {"Le cœur de ville", "coeur"},
        {"Les mobilités douces", "mobilite"},
        {"La mobilité rurale", "mobilités"},
        {"Les travaux du théâtre", "thea"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int64_t id = talk_post(&c, c.bob, c.general, pairs[i][0]);
        search(&c, c.chloe, pairs[i][1]);
        if (hits(&c) == 0 || fixture_int(c.f, "hits.0.message.id") != id) {
            fail_msg("%s does not find: %s", pairs[i][1], pairs[i][0]);
        }
    }
}

static void a_longer_word_is_looked_for_from_three_letters_on(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Les travaux du théâtre");
    search(&c, c.chloe, "thé");
    assert_int_equal(hits(&c), 1);
    search(&c, c.chloe, "th");
    assert_int_equal(hits(&c), 0);
}

static void a_beginning_finds_every_word_that_begins_so(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "La boulangerie rouvre");
    talk_post(&c, c.bob, c.general, "Un terrain de boules");
    talk_post(&c, c.bob, c.general, "Le boulodrome, près du Saint-Boulonnais");
    talk_post(&c, c.bob, c.general, "Un bouleau, un bout de bois");
    search(&c, c.chloe, "boul");
    assert_int_equal(hits(&c), 4);
    assert_string_equal(fixture_text(c.f, "hits.2.snippet.1"), "boules");
    search(&c, c.chloe, "boulang");
    assert_int_equal(hits(&c), 1);
    search(&c, c.chloe, "saint-boul");
    assert_int_equal(hits(&c), 1);
    search(&c, c.chloe, "boulz");
    assert_int_equal(hits(&c), 0);
}

static void a_beginning_of_very_many_words_finds_them_all(void **state)
{
    struct cast c = cast_of(state);
    fixture_sql(c.f,
                "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299)"
                " INSERT INTO message (id, channel, author, body, nodes, at)"
                " SELECT 1000 + i, %lld, %lld, 'gare' || char(97 + i / 26, 97 + i %% 26), '[]', 1"
                " FROM n",
                (long long)c.general, (long long)c.bob);
    fixture_sql(c.f, "INSERT INTO message_fts (message_fts) VALUES ('rebuild')");
    search_more(&c, c.chloe, "gar", "\"limit\":100");
    assert_int_equal(hits(&c), 100);
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), 1299);
    search(&c, c.chloe, "garea");
    assert_int_equal(hits(&c), 20);
}

static void a_longer_word_is_not_looked_for_beside_one_in_a_thousand_messages(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Un belvédère sur la hallebarde");
    search(&c, c.chloe, "belvédère halle");
    assert_int_equal(hits(&c), 1);
    fixture_sql(c.f,
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                " INSERT INTO message (id, channel, author, body, nodes, at)"
                " SELECT 1000 + i, %lld, %lld, 'halle', '[]', 1 FROM n",
                (long long)c.general, (long long)c.bob);
    fixture_sql(c.f, "INSERT INTO message_fts (message_fts) VALUES ('rebuild')");
    search(&c, c.chloe, "belvédère halle");
    assert_int_equal(hits(&c), 0);
}

static void all_words_must_be_there(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Habitat ancien");
    search(&c, c.chloe, "habitat ancien");
    assert_int_equal(hits(&c), 1);
    search(&c, c.chloe, "habitat neuf");
    assert_int_equal(hits(&c), 0);
}

static void what_is_no_word_is_refused(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(fixture_run(c.f, c.bob, "message.search", "{\"query\":\"?!\"}"), ERR_EMPTY);
    assert_string_equal(c.f->problem.field, "query");
}

static void operators_and_quotes_are_only_text(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Habitat");
    static const char *const hostile[] = {
        "habitat OR zzz", "\\\"habitat", "habitat) OR (scope:c1", "scope:c1", "habitat*\\\"*",
        "NEAR(habitat)",  "-habitat",    "habitat AND NOT zzz",   "'habitat", "c1",
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        assert_int_equal(
            fixture_run(c.f, c.bob, "message.search", "{\"query\":\"%s\"}", hostile[i]), ERR_NONE);
    }
    search(&c, c.bob, arena_printf(&c.f->arena, "c%lld", (long long)c.general));
    assert_int_equal(hits(&c), 0);
}

/* --- rights ----------------------------------------------------------------------------------- */

/* The word is said in all kinds of places; each person finds it where they read, and nowhere else.
 */
static void nothing_is_found_where_one_may_not_read(void **state)
{
    struct cast c = cast_of(state);
    int64_t secret = fixture_private(c.f, c.f->ain, "Secret");
    fixture_choose(c.f, secret, c.anne);
    int64_t direct = fixture_direct(c.f, c.anne, c.bob);
    int64_t elsewhere = fixture_channel(c.f, c.f->reunion, "Général");
    int64_t luc = fixture_person(c.f, "Luc");
    fixture_guest(c.f, luc, c.announces, ROLE_PARTENAIRE);
    int64_t ida = fixture_administrator(c.f, "Ida");
    talk_post(&c, c.bob, c.general, "Belvédère ici");
    talk_post(&c, c.anne, c.announces, "Belvédère annoncé");
    talk_post(&c, c.anne, secret, "Belvédère secret");
    talk_post(&c, c.anne, direct, "Belvédère direct");
    talk_post(&c, c.zoe, elsewhere, "Belvédère ailleurs");
    struct {
        int64_t person;
        int hits;
    } expected[] = {{c.anne, 4}, {c.bob, 3}, {c.chloe, 2}, {c.zoe, 1}, {luc, 1}, {ida, 3}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        search(&c, expected[i].person, "belvédère");
        assert_int_equal(hits(&c), expected[i].hits);
        search_more(&c, expected[i].person, "belvédère", "\"order\":\"relevant\"");
        assert_int_equal(hits(&c), expected[i].hits);
    }
    search(&c, c.chloe, "secret");
    assert_string_equal(strstr(c.f->result, "\"hits\":[]") ? "empty" : c.f->result, "empty");
}

static void a_place_one_may_not_read_is_not_found(void **state)
{
    struct cast c = cast_of(state);
    int64_t secret = fixture_private(c.f, c.f->ain, "Secret");
    assert_int_equal(fixture_run(c.f, c.bob, "message.search", "{\"query\":\"a\",\"channel\":%lld}",
                                 (long long)secret),
                     ERR_NOT_FOUND);
    assert_int_equal(fixture_run(c.f, c.bob, "message.search", "{\"query\":\"a\",\"club\":%lld}",
                                 (long long)c.f->reunion),
                     ERR_NOT_FOUND);
    assert_int_equal(
        fixture_run(c.f, c.bob, "message.search", "{\"query\":\"a\",\"channel\":99999}"),
        ERR_NOT_FOUND);
}

static void one_who_reads_nothing_finds_nothing(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Belvédère");
    search(&c, fixture_person(c.f, "Personne"), "belvédère");
    assert_int_equal(hits(&c), 0);
}

static void rights_hold_beyond_thirty_channels(void **state)
{
    struct cast c = cast_of(state);
    for (int i = 0; i < 40; i++) {
        int64_t channel = fixture_private(c.f, c.f->ain, arena_printf(&c.f->arena, "Canal %d", i));
        fixture_choose(c.f, channel, c.anne);
        talk_post(&c, c.anne, channel, "Belvédère");
    }
    talk_post(&c, c.zoe, fixture_channel(c.f, c.f->reunion, "Général"), "Belvédère");
    search_more(&c, c.anne, "belvédère", "\"limit\":100");
    assert_int_equal(hits(&c), 40);
    search_more(&c, c.bob, "belvédère", "\"limit\":100");
    assert_int_equal(hits(&c), 0);
}

/* --- filters, order, pages -------------------------------------------------------------------- */

static void filters_narrow_a_search(void **state)
{
    struct cast c = cast_of(state);
    int64_t start = c.f->now_ms;
    talk_post(&c, c.anne, c.announces, "Belvédère un");
    c.f->now_ms += 3 * MS_PER_DAY;
    int64_t later = talk_post(&c, c.bob, c.general, "Belvédère deux");
    search_more(&c, c.bob, "belvédère", with(&c, "channel", c.general));
    assert_int_equal(hits(&c), 1);
    search_more(&c, c.bob, "belvédère", with(&c, "author", c.bob));
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), later);
    search_more(&c, c.bob, "belvédère", with(&c, "after", start + 1));
    assert_int_equal(hits(&c), 1);
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), later);
    search_more(&c, c.bob, "belvédère", with(&c, "before", start + 1));
    assert_int_equal(hits(&c), 1);
    assert_true(fixture_int(c.f, "hits.0.message.id") < later);
    search_more(&c, c.bob, "belvédère", with(&c, "club", c.f->ain));
    assert_int_equal(hits(&c), 2);
}

static void the_last_come_first_page_by_page(void **state)
{
    struct cast c = cast_of(state);
    int64_t ids[5];
    for (int i = 0; i < 5; i++) {
        ids[i] = talk_post(&c, c.bob, c.general, "Belvédère");
    }
    search_more(&c, c.bob, "belvédère", "\"limit\":2");
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), ids[4]);
    int64_t next = fixture_int(c.f, "next");
    search_more(&c, c.bob, "belvédère",
                arena_printf(&c.f->arena, "\"limit\":3,\"cursor\":%lld", (long long)next));
    assert_int_equal(hits(&c), 3);
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), ids[2]);
    assert_false(fixture_has(c.f, "next"));
}

static void what_fits_best_comes_first_if_asked(void **state)
{
    struct cast c = cast_of(state);
    int64_t best = talk_post(&c, c.bob, c.general, "Belvédère, belvédère, belvédère");
    for (int i = 0; i < 3; i++) {
        talk_post(&c, c.bob, c.general, "On parle de tout et de rien, et puis d'un belvédère");
    }
    search_more(&c, c.bob, "belvédère", "\"order\":\"relevant\",\"limit\":2");
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), best);
    assert_int_equal(fixture_int(c.f, "next"), 2);
    assert_int_equal(fixture_int(c.f, "cut"), false);
    search_more(&c, c.bob, "belvédère", "\"order\":\"relevant\",\"limit\":2,\"cursor\":2");
    assert_int_equal(hits(&c), 2);
    assert_false(fixture_has(c.f, "next"));
}

/* Over more messages than are looked at one by one. */
static void what_is_rare_among_much_is_found(void **state)
{
    struct cast c = cast_of(state);
    int64_t old = talk_post(&c, c.anne, c.announces, "Belvédère");
    fixture_sql(c.f,
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                " INSERT INTO message (id, channel, author, body, nodes, at)"
                " SELECT 1000 + i, %lld, %lld, 'belvédère', '[]', 1 FROM n",
                (long long)c.general, (long long)c.bob);
    fixture_sql(c.f, "INSERT INTO message_fts (message_fts) VALUES ('rebuild')");
    static const char *const orders[] = {"recent", "relevant"};
    for (int i = 0; i < 2; i++) {
        search_more(&c, c.anne, "belvédère",
                    arena_printf(&c.f->arena, "\"order\":\"%s\",\"channel\":%lld", orders[i],
                                 (long long)c.announces));
        assert_int_equal(hits(&c), 1);
        assert_int_equal(fixture_int(c.f, "hits.0.message.id"), old);
        assert_int_equal(fixture_int(c.f, "hits.0.snippet.length"), 3);
        search_more(&c, c.anne, "belvédère",
                    arena_printf(&c.f->arena, "\"order\":\"%s\",\"author\":%lld", orders[i],
                                 (long long)c.anne));
        assert_int_equal(hits(&c), 1);
        assert_int_equal(fixture_int(c.f, "hits.0.message.id"), old);
    }
}

static void a_rare_word_counts_for_more_than_a_common_one(void **state)
{
    struct cast c = cast_of(state);
    for (int i = 0; i < 30; i++) {
        talk_post(&c, c.bob, c.general, "Le projet de la commune avance");
    }
    int64_t rare = talk_post(&c, c.bob, c.general, "Un projet, belvédère et belvédère ici");
    talk_post(&c, c.bob, c.general, "Un projet, projet et belvédère ici");
    search_more(&c, c.bob, "projet belvédère", "\"order\":\"relevant\"");
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), rare);
}

static void a_search_that_was_cut_says_so(void **state)
{
    struct cast c = cast_of(state);
    fixture_sql(c.f,
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                " INSERT INTO message (id, channel, author, body, nodes, at)"
                " SELECT 1000 + i, %lld, %lld, 'belvédère', '[]', 1 FROM n",
                LIMIT_SEARCH_CANDIDATES, (long long)c.general, (long long)c.bob);
    fixture_sql(c.f, "INSERT INTO message_fts (message_fts) VALUES ('rebuild')");
    search_more(&c, c.bob, "belvédère", "\"order\":\"relevant\"");
    assert_int_equal(fixture_int(c.f, "cut"), true);
    search(&c, c.bob, "belvédère");
    assert_int_equal(fixture_int(c.f, "cut"), false);
}

/* --- what is shown ---------------------------------------------------------------------------- */

static void a_snippet_tells_what_was_found(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general,
              arena_printf(&c.f->arena, "%s : les **élus** du\\nbourg", talk_name(&c, c.chloe)));
    search(&c, c.anne, "élu");
    assert_int_equal(fixture_int(c.f, "hits.0.snippet.length"), 3);
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.0"), "@Chloé : les ");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.1"), "élus");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.2"), " du bourg");
    assert_string_equal(fixture_text(c.f, "hits.0.channel_name"), "Général");
    assert_int_equal(fixture_int(c.f, "hits.0.club"), c.f->ain);
}

static void a_snippet_has_no_mark_of_markdown(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general,
              "## Bilan\\n\\n> Lire le [guide des *élus*](https://exemple.fr/a) [joint]\\n\\nFin");
    search(&c, c.anne, "élu");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.0"), "Bilan Lire le guide des ");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.1"), "élus");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.2"), " [joint] Fin");
}

static void an_edited_message_is_found_by_its_new_words(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Belvédère");
    talk_edit(&c, c.bob, id, "Panorama");
    search(&c, c.bob, "belvédère");
    assert_int_equal(hits(&c), 0);
    search(&c, c.bob, "panorama");
    assert_int_equal(hits(&c), 1);
    talk_index_is_sound(&c);
}

static void a_deleted_message_is_not_found(void **state)
{
    struct cast c = cast_of(state);
    talk_about(&c, c.bob, "message.delete", talk_post(&c, c.bob, c.general, "Belvédère"));
    search(&c, c.bob, "belvédère");
    assert_int_equal(hits(&c), 0);
}

static void answers_are_found_too(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    talk_reply(&c, c.chloe, root, "Belvédère");
    search(&c, c.bob, "belvédère");
    assert_int_equal(fixture_int(c.f, "hits.0.message.thread"), root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(french_words_are_found_in_all_their_forms),
        FIXTURE_TEST(a_longer_word_is_looked_for_from_three_letters_on),
        FIXTURE_TEST(a_beginning_finds_every_word_that_begins_so),
        FIXTURE_TEST(a_beginning_of_very_many_words_finds_them_all),
        FIXTURE_TEST(a_longer_word_is_not_looked_for_beside_one_in_a_thousand_messages),
        FIXTURE_TEST(all_words_must_be_there),
        FIXTURE_TEST(what_is_no_word_is_refused),
        FIXTURE_TEST(operators_and_quotes_are_only_text),
        FIXTURE_TEST(nothing_is_found_where_one_may_not_read),
        FIXTURE_TEST(a_place_one_may_not_read_is_not_found),
        FIXTURE_TEST(one_who_reads_nothing_finds_nothing),
        FIXTURE_TEST(rights_hold_beyond_thirty_channels),
        FIXTURE_TEST(filters_narrow_a_search),
        FIXTURE_TEST(the_last_come_first_page_by_page),
        FIXTURE_TEST(what_fits_best_comes_first_if_asked),
        FIXTURE_TEST(what_is_rare_among_much_is_found),
        FIXTURE_TEST(a_rare_word_counts_for_more_than_a_common_one),
        FIXTURE_TEST(a_search_that_was_cut_says_so),
        FIXTURE_TEST(a_snippet_tells_what_was_found),
        FIXTURE_TEST(a_snippet_has_no_mark_of_markdown),
        FIXTURE_TEST(an_edited_message_is_found_by_its_new_words),
        FIXTURE_TEST(a_deleted_message_is_not_found),
        FIXTURE_TEST(answers_are_found_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
