/* Words that mean the same: in groups, and in searches. */
#include "talk_fixture.h"

#include "club/synonym.h"

static int64_t group(struct cast *c, const char *terms)
{
    fixture_ok(c->f, FIXTURE_OPERATOR, "synonym.set", "{\"terms\":[%s]}", terms);
    return fixture_int(c->f, "id");
}

static enum err try_group(struct cast *c, const char *terms)
{
    return fixture_run(c->f, FIXTURE_OPERATOR, "synonym.set", "{\"terms\":[%s]}", terms);
}

/* How many messages Chloé finds. */
static int found(struct cast *c, const char *query)
{
    db_run_deferred(c->f->db);
    fixture_ok(c->f, c->chloe, "message.search", "{\"query\":\"%s\"}", query);
    return (int)fixture_int(c->f, "hits.length");
}

#define OPAH "\"OPAH\",\"opération programmée d'amélioration de l'habitat\""

static void an_acronym_finds_what_it_stands_for(void **state)
{
    struct cast c = cast_of(state);
    group(&c, OPAH);
    talk_post(&c, c.bob, c.general, "Une opération programmée d'amélioration de l'habitat débute");
    assert_int_equal(found(&c, "opah"), 1);
    assert_int_equal(found(&c, "OPAH débute"), 1);
    assert_int_equal(found(&c, "OPAH finit "), 0);
}

static void the_expression_finds_its_acronym(void **state)
{
    struct cast c = cast_of(state);
    group(&c, OPAH);
    talk_post(&c, c.bob, c.general, "L'OPAH est signée");
    assert_int_equal(found(&c, "operation programmee d'amelioration de l'habitat"), 1);
    assert_int_equal(found(&c, "opération programmée "), 0);
}

static void a_plural_is_still_the_expression(void **state)
{
    struct cast c = cast_of(state);
    group(&c, "\"CdP\",\"chef de projet\"");
    talk_post(&c, c.bob, c.general, "La CdP de Nantua");
    assert_int_equal(found(&c, "chefs de projet"), 1);
    assert_int_equal(found(&c, "chefs de projets Nantua"), 1);
}

static void words_of_an_expression_are_still_found_apart(void **state)
{
    struct cast c = cast_of(state);
    group(&c, "\"CdP\",\"chef de projet\"");
    talk_post(&c, c.bob, c.general, "Ce projet a une cheffe ou un chef");
    assert_int_equal(found(&c, "chef de projet"), 1);
}

static void between_quotes_an_expression_has_its_synonyms(void **state)
{
    struct cast c = cast_of(state);
    group(&c, "\"CdP\",\"chef de projet\"");
    talk_post(&c, c.bob, c.general, "La CdP de Nantua");
    assert_int_equal(found(&c, "«chef de projet»"), 1);
}

static void a_forgotten_group_means_nothing_any_more(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = group(&c, OPAH);
    talk_post(&c, c.bob, c.general, "L'OPAH est signée");
    fixture_ok(c.f, FIXTURE_OPERATOR, "synonym.delete", "{\"synonym\":%lld}", (long long)id);
    assert_int_equal(found(&c, "opération programmée d'amélioration de l'habitat"), 0);
    assert_int_equal(
        fixture_run(c.f, FIXTURE_OPERATOR, "synonym.delete", "{\"synonym\":%lld}", (long long)id),
        ERR_NOT_FOUND);
}

static void a_term_belongs_to_one_group(void **state)
{
    struct cast c = cast_of(state);
    group(&c, OPAH);
    assert_int_equal(try_group(&c, "\"Opah\",\"autre chose\""), ERR_SYNONYM_TAKEN);
}

static void a_group_has_two_terms_that_differ(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(try_group(&c, "\"PVD\""), ERR_SYNONYM_ALONE);
    assert_int_equal(try_group(&c, "\"PVD\",\"pvd\""), ERR_SYNONYM_ALONE);
    assert_int_equal(try_group(&c, "\"PVD\",\"--\""), ERR_SYNONYM_EMPTY);
}

static void a_group_is_changed_whole(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = group(&c, OPAH);
    fixture_ok(c.f, FIXTURE_OPERATOR, "synonym.set",
               "{\"synonym\":%lld,\"terms\":[\"OPAH\",\"OPAH-RU\"]}", (long long)id);
    fixture_ok(c.f, c.bob, "synonym.list", "{}");
    assert_int_equal(fixture_int(c.f, "synonyms.length"), 1);
    assert_string_equal(fixture_text(c.f, "synonyms.0.terms.1"), "OPAH-RU");
}

static void the_groups_of_the_trade_are_all_accepted(void **state)
{
    struct cast c = cast_of(state);
    struct tx tx = fixture_tx(c.f, c.anne);
    synonyms_seed(&tx);
    fixture_ok(c.f, c.bob, "synonym.list", "{}");
    assert_true(fixture_int(c.f, "synonyms.length") >= 60);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM synonym_term WHERE folded = 'zrr'"),
                     1);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM synonym_term WHERE term = 'aînés'"),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(an_acronym_finds_what_it_stands_for),
        FIXTURE_TEST(the_expression_finds_its_acronym),
        FIXTURE_TEST(a_plural_is_still_the_expression),
        FIXTURE_TEST(words_of_an_expression_are_still_found_apart),
        FIXTURE_TEST(between_quotes_an_expression_has_its_synonyms),
        FIXTURE_TEST(a_forgotten_group_means_nothing_any_more),
        FIXTURE_TEST(a_term_belongs_to_one_group),
        FIXTURE_TEST(a_group_has_two_terms_that_differ),
        FIXTURE_TEST(a_group_is_changed_whole),
        FIXTURE_TEST(the_groups_of_the_trade_are_all_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
