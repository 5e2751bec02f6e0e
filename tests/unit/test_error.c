#include "unit.h"

#include <string.h>

#include "base/error.h"
#include "base/str.h"

static const char *text_of(struct problem problem, enum lang lang)
{
    static char text[512];
    problem_text(&problem, lang, text, sizeof text);
    return text;
}

static void codes_names_and_statuses_come_from_the_table(void **state)
{
    (void)state;
    assert_int_equal(ERR_NOT_FOUND, 1105);
    assert_int_equal(err_status(ERR_NOT_FOUND), 404);
    assert_string_equal(err_name(ERR_NOT_FOUND), "NOT_FOUND");
    assert_int_equal(err_status(ERR_NONE), 200);
}

static void an_unknown_error_is_internal(void **state)
{
    (void)state;
    assert_string_equal(err_name((enum err)424242), "INTERNAL");
    assert_int_equal(err_status((enum err)424242), 500);
}

static void codes_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; err_at(i) != ERR_NONE; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(err_at(i), err_at(j));
        }
    }
}

static void statuses_are_those_of_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; err_at(i) != ERR_NONE; i++) {
        assert_in_range(err_status(err_at(i)), 400, 599);
    }
}

static void field_and_detail_take_their_places(void **state)
{
    (void)state;
    struct problem problem;
    assert_int_equal(problem_set(&problem, ERR_RANGE, "limit", PHRASE("1 et 100", "1 and 100")),
                     ERR_RANGE);
    assert_string_equal(text_of(problem, LANG_FR), "« limit » doit être entre 1 et 100.");
    assert_string_equal(text_of(problem, LANG_EN), "\"limit\" must be between 1 and 100.");
}

static void a_detail_of_one_language_goes_into_both(void **state)
{
    (void)state;
    struct problem problem = {ERR_VERB, NULL, "POST"};
    assert_string_equal(text_of(problem, LANG_FR), "Cette adresse s'emploie avec POST.");
    assert_string_equal(text_of(problem, LANG_EN), "This address is used with POST.");
}

static void braces_in_a_detail_are_left_alone(void **state)
{
    (void)state;
    struct problem problem = {ERR_METHOD, NULL, "{field}{arg}{"};
    assert_string_equal(text_of(problem, LANG_EN), "There is no command \"{field}{arg}{\".");
}

static void a_missing_detail_leaves_its_place_empty(void **state)
{
    (void)state;
    struct problem problem = {ERR_METHOD, NULL, NULL};
    assert_string_equal(text_of(problem, LANG_EN), "There is no command \"\".");
}

static void no_error_has_no_text(void **state)
{
    (void)state;
    assert_string_equal(text_of((struct problem){0}, LANG_FR), "");
}

static void a_text_is_cut_on_a_character_s_edge(void **state)
{
    (void)state;
    struct problem problem = {ERR_EMPTY, "été", NULL};
    for (size_t room = 1; room < 40; room++) {
        char text[40];
        memset(text, 'x', sizeof text);
        problem_text(&problem, LANG_FR, text, room);
        size_t length = strnlen(text, sizeof text);
        assert_true(length < room);
        assert_true(utf8_valid(text, length));
        assert_memory_equal(text, "« été » est vide.", length);
    }
    char untouched = 'x';
    problem_text(&problem, LANG_FR, &untouched, 0);
    assert_int_equal(untouched, 'x');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_names_and_statuses_come_from_the_table),
        cmocka_unit_test(an_unknown_error_is_internal),
        cmocka_unit_test(codes_are_unique),
        cmocka_unit_test(statuses_are_those_of_an_error),
        cmocka_unit_test(field_and_detail_take_their_places),
        cmocka_unit_test(a_detail_of_one_language_goes_into_both),
        cmocka_unit_test(braces_in_a_detail_are_left_alone),
        cmocka_unit_test(a_missing_detail_leaves_its_place_empty),
        cmocka_unit_test(no_error_has_no_text),
        cmocka_unit_test(a_text_is_cut_on_a_character_s_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
