/* What must hold for every command and fact there is. */
#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "club/describe_view.h"

static void the_description_has_no_fault(void **state)
{
    (void)state;
    const char *fault = protocol_fault(&the_protocol);
    if (fault) {
        fail_msg("%s", fault);
    }
}

/* A sentence, in one line, that can stand in a table. */
static void check_doc(const char *of, const char *doc, bool whole)
{
    bool fine = doc && *doc && !strpbrk(doc, "\n|") && !strstr(doc, "*/") &&
                (!whole || doc[strlen(doc) - 1] == '.');
    if (!fine) {
        fail_msg("%s: %s", of, doc ? doc : "no doc");
    }
}

static void check_members(const char *of, const struct field *fields)
{
    if (!fields) {
        fail_msg("%s has no table: no_fields says that there is none", of);
        return;
    }
    for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
        check_doc(field->name, field->doc, false);
        if (field->fields && field->fields != fields) {
            check_members(field->name, field->fields);
        }
    }
}

static void every_command_says_what_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; commands[i]; i++) {
        const struct command *command = commands[i];
        check_doc(command->name, command->doc, true);
        check_members(command->name, command->in);
        check_members(command->name, command->out);
        assert_true(command->since >= 1);
        if (command->right == RIGHT_NONE) {
            fail_msg("%s has no right", command->name);
        }
    }
}

static void every_fact_says_what_it_is(void **state)
{
    (void)state;
    struct view view;
    view_init(&view, &the_protocol, SURFACE_SOCKET);
    for (int i = 0; i < view.fact_count; i++) {
        check_doc(view.facts[i]->name, view.facts[i]->doc, true);
        check_members(view.facts[i]->name, view.facts[i]->out);
    }
}

static void who_has_no_session_calls_over_http_only(void **state)
{
    (void)state;
    for (size_t i = 0; commands[i]; i++) {
        if (commands[i]->right == RIGHT_ANYBODY && !commands[i]->http_only) {
            fail_msg("%s", commands[i]->name);
        }
    }
}

static void texts_and_lists_that_come_in_have_an_upper_bound(void **state)
{
    (void)state;
    for (size_t i = 0; commands[i]; i++) {
        for (const struct field *field = commands[i]->in; field->type != FIELD_TYPE_END; field++) {
            bool bounded = field->type == FIELD_TYPE_LINE || field->type == FIELD_TYPE_TEXT ||
                           field->type == FIELD_TYPE_LIST || field->type == FIELD_TYPE_IDS ||
                           field->type == FIELD_TYPE_TEXTS;
            if (bounded && (field->max <= 0 || field->max > LIMIT_ADMIN_BODY_BYTES)) {
                fail_msg("%s %s", commands[i]->name, field->name);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_description_has_no_fault),
        cmocka_unit_test(every_command_says_what_it_is),
        cmocka_unit_test(every_fact_says_what_it_is),
        cmocka_unit_test(who_has_no_session_calls_over_http_only),
        cmocka_unit_test(texts_and_lists_that_come_in_have_an_upper_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
