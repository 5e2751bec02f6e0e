#include "unit.h"

#include "base/mem.h"
#include "main/options.h"

static const struct verb verb = {"test", "--data DIR", "Tests.", NULL, NULL};

struct line {
    const char *data, *file;
    bool dry, yes;
    const char *words[2];
};

/* Parses words ended by NULL as a command line. */
static bool parse(struct line *line, const char **words)
{
    const struct option options[] = {{"data", &line->data, NULL},
                                     {"data-file", &line->file, NULL},
                                     {"dry-run", NULL, &line->dry},
                                     {"yes", NULL, &line->yes},
                                     {NULL, NULL, NULL}};
    int count = 0;
    while (words[count]) {
        count++;
    }
    *line = (struct line){0};
    return options_parse(&verb, count, mem_unconst(words), options, line->words, 2);
}
#define PARSE(line, ...) parse(&(line), (const char *[]){__VA_ARGS__, NULL})

static void a_value_follows_its_option_or_an_equals_sign(void **state)
{
    (void)state;
    struct line line;
    assert_true(PARSE(line, "--data", "var", "--data-file=a=b"));
    assert_string_equal(line.data, "var");
    assert_string_equal(line.file, "a=b");
}

static void flags_and_words_come_in_any_order(void **state)
{
    (void)state;
    struct line line;
    assert_true(PARSE(line, "one", "--dry-run", "two"));
    assert_true(line.dry);
    assert_false(line.yes);
    assert_string_equal(line.words[0], "one");
    assert_string_equal(line.words[1], "two");
}

static void an_unknown_option_is_refused_its_beginning_too(void **state)
{
    (void)state;
    struct line line;
    assert_false(PARSE(line, "--nothing"));
    assert_false(PARSE(line, "--dat", "var"));
    assert_false(PARSE(line, "--data-", "var"));
}

static void an_option_without_its_value_is_refused(void **state)
{
    (void)state;
    struct line line;
    assert_false(PARSE(line, "--data"));
}

static void one_word_too_many_is_refused(void **state)
{
    (void)state;
    struct line line;
    assert_false(PARSE(line, "one", "two", "three"));
}

static void a_single_hyphen_is_a_word(void **state)
{
    (void)state;
    struct line line;
    assert_true(PARSE(line, "-"));
    assert_string_equal(line.words[0], "-");
}

static void a_flag_takes_no_value(void **state)
{
    (void)state;
    struct line line;
    assert_false(PARSE(line, "--dry-run=no"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_follows_its_option_or_an_equals_sign),
        cmocka_unit_test(flags_and_words_come_in_any_order),
        cmocka_unit_test(an_unknown_option_is_refused_its_beginning_too),
        cmocka_unit_test(an_option_without_its_value_is_refused),
        cmocka_unit_test(one_word_too_many_is_refused),
        cmocka_unit_test(a_single_hyphen_is_a_word),
        cmocka_unit_test(a_flag_takes_no_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
