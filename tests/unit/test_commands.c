/* The table of commands itself. */
#include "club_fixture.h"

#include <string.h>

static void commands_are_sorted_by_name(void **state)
{
    (void)state;
    for (int i = 0; commands[i] && commands[i + 1]; i++) {
        if (strcmp(commands[i]->name, commands[i + 1]->name) >= 0) {
            fail_msg("%s must come after %s", commands[i]->name, commands[i + 1]->name);
        }
    }
}

static void each_command_is_found_by_its_name(void **state)
{
    (void)state;
    for (int i = 0; commands[i]; i++) {
        assert_ptr_equal(command_find(commands[i]->name), commands[i]);
    }
    assert_null(command_find("no.such"));
}

static void each_command_says_what_it_needs(void **state)
{
    (void)state;
    for (int i = 0; commands[i]; i++) {
        const struct command *command = commands[i];
        bool is_free = command->kind == BREATH && command->right == RIGHT_PERSON;
        if (!command->doc || !command->in || !command->out || command->since < 1 ||
            command->right == RIGHT_NONE || (!command->run && !is_free)) {
            fail_msg("%s is not complete", command->name);
        }
    }
}

static bool is_about_an_object(enum right right)
{
    return right >= RIGHT_CLUB_SEE;
}

static void a_right_about_an_object_finds_its_id_first(void **state)
{
    (void)state;
    for (int i = 0; commands[i]; i++) {
        if (is_about_an_object(commands[i]->right) &&
            (commands[i]->in->type != FIELD_TYPE_ID || commands[i]->in->optional)) {
            fail_msg("the first member of %s is no id", commands[i]->name);
        }
    }
}

static void a_command_with_a_nonce_answers_what_it_made(void **state)
{
    (void)state;
    for (int i = 0; commands[i]; i++) {
        for (const struct field *field = commands[i]->in; field->type != FIELD_TYPE_END; field++) {
            if (strcmp(field->name, "nonce") == 0) {
                assert_string_equal(commands[i]->out[0].name, "id");
                assert_string_equal(commands[i]->out[1].name, "seq");
            }
        }
    }
}

static void each_fact_is_found_by_its_name(void **state)
{
    (void)state;
    for (int i = 0; commands[i]; i++) {
        for (const struct fact *const *fact = commands[i]->facts; fact && *fact; fact++) {
            assert_ptr_equal(fact_find((*fact)->name), *fact);
        }
    }
    assert_null(fact_find("no.such"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_sorted_by_name),
        cmocka_unit_test(each_command_is_found_by_its_name),
        cmocka_unit_test(each_command_says_what_it_needs),
        cmocka_unit_test(a_right_about_an_object_finds_its_id_first),
        cmocka_unit_test(a_command_with_a_nonce_answers_what_it_made),
        cmocka_unit_test(each_fact_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
