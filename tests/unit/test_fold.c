/* Texts as people compare them. */
#include "unit.h"

#include "club/fold.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static void case_accents_and_hyphens_do_not_count(void **state)
{
    (void)state;
    static const char *const alike[] = {
        "Saint-Didier-sur-Chalaronne", "SAINT DIDIER SUR CHALARONNE",
        "  saint  didier-sur - chalaronne ", "Sàint-Dïdier-sûr-Çhalaronne"};
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        assert_string_equal(fold(alike[i], &arena), "saint didier sur chalaronne");
    }
}

static void ligatures_are_two_letters(void **state)
{
    (void)state;
    assert_string_equal(fold("Cœur de Bœuf", &arena), "coeur de boeuf");
    assert_string_equal(fold("Æ ﬁn", &arena), "ae fin");
    assert_string_equal(fold("Ǣ", &arena), "ae");
}

static void apostrophes_part_words(void **state)
{
    (void)state;
    assert_string_equal(fold("L’Haÿ-les-Roses", &arena), "l hay les roses");
    assert_string_equal(fold("Villers d'Ascq", &arena), "villers d ascq");
}

static void what_has_no_letter_folds_to_nothing(void **state)
{
    (void)state;
    assert_string_equal(fold("", &arena), "");
    assert_string_equal(fold(" %_'!? ", &arena), "");
}

static void a_pattern_begins_a_word(void **state)
{
    (void)state;
    assert_string_equal(fold_pattern("cha", &arena), "% cha%");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_accents_and_hyphens_do_not_count),
        cmocka_unit_test(ligatures_are_two_letters),
        cmocka_unit_test(apostrophes_part_words),
        cmocka_unit_test(what_has_no_letter_folds_to_nothing),
        cmocka_unit_test(a_pattern_begins_a_word),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
