#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "wire/json.h"

/* --- helpers ---------------------------------------------------------------------------------- */

static struct arena arena;
static struct problem problem;

static int start(void **state)
{
    (void)state;
    arena_init(&arena);
    problem = (struct problem){0};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static enum err decode(const char *text, const struct field *fields, void *out)
{
    struct json *json;
    enum err err = json_parse(text, strlen(text), &arena, &json, &problem);
    if (!err) {
        err = json_decode(json, fields, &arena, out, &problem);
    }
    json_release(json);
    return err;
}

static struct all decoded(const char *text)
{
    struct all all = {0};
    assert_int_equal(decode(text, all_fields, &all), ERR_NONE);
    return all;
}

static const char *english(void)
{
    static char text[1024];
    problem_text(&problem, LANG_EN, text, sizeof text);
    return text;
}

/* --- parsing ---------------------------------------------------------------------------------- */

static void what_is_not_json_is_refused_with_its_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason;
    } refused[] = {
        {"", "it ends too early"},
        {"{", "it ends too early"},
        {"nonsense", "syntax error"},
        {"{\"a\":1,}", "syntax error"},
        {"{a:1}", "syntax error"},
        {"{'a':1}", "syntax error"},
        {"{\"a\":NaN}", "syntax error"},
        {"{\"a\":Infinity}", "syntax error"},
        {"{\"a\":01}", "syntax error"},
        {"{\"a\":+1}", "syntax error"},
        {"{\"a\":.5}", "syntax error"},
        {"{\"a\":0x1}", "syntax error"},
        {"/* a */{}", "syntax error"},
        {"{\"a\":\"line\nbreak\"}", "syntax error"},
        {"{\"a\":\"\\ud800\"}", "syntax error"},
        {"{\"a\":\"\\x41\"}", "syntax error"},
        {"{}{}", "something follows its end"},
        {"{} x", "something follows its end"},
        {"{\"a\":1,\"a\":2}", "a name is there twice"},
        {"{\"a\":1,\"\\u0061\":2}", "a name is there twice"},
        {"{\"a\":9223372036854775808}", "a number is too large"},
        {"{\"a\":1e400}", "a number is too large"},
        {"{\"a\":\"\\u0000\"}", "it holds a null character"},
        {"{\"a\\u0000b\":1}", "it holds a null character"},
        {"{\"a\":\"\xff\"}", "it is not UTF-8"},
        {"{\"a\":\"\xed\xa0\x80\"}", "it is not UTF-8"},
        {"{\"a\":\"\xc0\x80\"}", "it is not UTF-8"},
        {"\xef\xbb\xbf{}", "syntax error"},
        {"1", "syntax error"},
        {"\"text\"", "syntax error"},
        {"null", "syntax error"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct json *json = (struct json *)&json;
        assert_int_equal(
            json_parse(refused[i].text, strlen(refused[i].text), &arena, &json, &problem),
            ERR_PARSE);
        assert_null(json);
        if (!strstr(english(), refused[i].reason)) {
            fail_msg("%s: %s", refused[i].text, english());
        }
    }
}

static void a_nul_byte_is_refused(void **state)
{
    (void)state;
    struct json *json;
    assert_int_equal(json_parse("{}\0", 3, &arena, &json, &problem), ERR_PARSE);
    assert_int_equal(json_parse("{\"a\":\"\0\"}", 9, &arena, &json, &problem), ERR_PARSE);
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    char text[200];
    struct json *json;
    for (int depth = LIMIT_JSON_DEPTH; depth <= LIMIT_JSON_DEPTH + 1; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        enum err err = json_parse(text, (size_t)depth * 2, &arena, &json, &problem);
        assert_int_equal(err, depth > LIMIT_JSON_DEPTH ? ERR_PARSE : ERR_NONE);
        json_release(json);
    }
    assert_string_equal(english(), "This is not valid JSON: it is nested too deep.");
}

static void a_hundred_thousand_brackets_do_not_overflow_the_stack(void **state)
{
    (void)state;
    size_t bytes = 100000;
    char *text = malloc(bytes);
    struct json *json;
    memset(text, '[', bytes);
    assert_int_equal(json_parse(text, bytes, &arena, &json, &problem), ERR_PARSE);
    free(text);
}

static void values_are_bounded(void **state)
{
    (void)state;
    static char text[2 * LIMIT_JSON_VALUES + 4];
    struct json *json = NULL;
    for (size_t values = LIMIT_JSON_VALUES; values <= LIMIT_JSON_VALUES + 1; values++) {
        memset(text, '1', sizeof text);
        for (size_t i = 0; i < values; i++) {
            text[2 * i] = i == 0 ? '[' : ',';
        }
        text[2 * values] = ']';
        enum err err = json_parse(text, 2 * values + 1, &arena, &json, &problem);
        assert_int_equal(err, values > LIMIT_JSON_VALUES ? ERR_PARSE : ERR_NONE);
        json_release(json);
    }
    assert_string_equal(english(), "This is not valid JSON: it holds too many values.");
}

static void brackets_in_a_text_are_not_nesting(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":\"[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[[[[[[[[[[[[\"}";
    struct json *json;
    assert_int_equal(json_parse(text, strlen(text), &arena, &json, &problem), ERR_NONE);
    json_release(json);
}

/* --- decoding --------------------------------------------------------------------------------- */

static void every_type_is_decoded(void **state)
{
    (void)state;
    struct all all = decoded("{\"id\":12,\"limit\":50,\"at\":1700000000000,\"pinned\":true,"
                             "\"title\":\"Ain\",\"body\":\"a\\n\\tb\",\"color\":\"blue\","
                             "\"author\":{\"id\":1,\"name\":\"Zoé\"},"
                             "\"people\":[{\"id\":2,\"name\":\"b\"},{\"id\":3,\"name\":\"c\"}],"
                             "\"ids\":[7,8],\"words\":[\"x\",\"y\"]}");
    assert_int_equal(all.id, 12);
    assert_int_equal(all.limit, 50);
    assert_true(all.at == INT64_C(1700000000000));
    assert_true(all.pinned);
    assert_string_equal(all.title, "Ain");
    assert_string_equal(all.body, "a\n\tb");
    assert_int_equal(all.color, BLUE);
    assert_string_equal(all.author->name, "Zoé");
    assert_int_equal(all.people.count, 2);
    assert_string_equal(((const struct person *)all.people.items)[1].name, "c");
    assert_int_equal(((const int64_t *)all.ids.items)[1], 8);
    assert_string_equal(((const char *const *)all.words.items)[0], "x");
}

static void absent_optional_members_leave_nothing(void **state)
{
    (void)state;
    struct all all = decoded("{}");
    static const struct all nothing;
    assert_memory_equal(&all, &nothing, sizeof all);
}

struct page {
    int64_t limit;
};
static const struct field page_fields[] = {
    FIELD_INT_OR(struct page, limit, 0, 100, 50, "Items"),
    FIELD_END,
};

static void an_absent_number_means_what_its_field_says(void **state)
{
    (void)state;
    struct page page = {0};
    assert_int_equal(decode("{}", page_fields, &page), ERR_NONE);
    assert_int_equal(page.limit, 50);
    assert_int_equal(decode("{\"limit\":0}", page_fields, &page), ERR_NONE);
    assert_int_equal(page.limit, 0);
}

static void a_boolean_left_unsaid_is_neither(void **state)
{
    (void)state;
    assert_int_equal(decoded("{}").came, MAYBE_UNSAID);
    assert_int_equal(decoded("{\"came\":true}").came, MAYBE_TRUE);
    assert_int_equal(decoded("{\"came\":false}").came, MAYBE_FALSE);
}

static void no_object_at_all_is_an_empty_one(void **state)
{
    (void)state;
    struct strict strict = {0};
    assert_int_equal(json_decode(NULL, no_fields, &arena, &strict, &problem), ERR_NONE);
    assert_int_equal(json_decode(NULL, strict_fields, &arena, &strict, &problem), ERR_MISSING);
    assert_string_equal(problem.field, "channel");
}

static void texts_outlive_the_document(void **state)
{
    (void)state;
    struct json *json;
    struct all all = {0};
    char text[] = "{\"title\":\"abc\"}";
    assert_int_equal(json_parse(text, strlen(text), &arena, &json, &problem), ERR_NONE);
    assert_int_equal(json_decode(json, all_fields, &arena, &all, &problem), ERR_NONE);
    json_release(json);
    memset(text, 'x', sizeof text);
    assert_string_equal(all.title, "abc");
}

struct refusal {
    const char *text;
    enum err err;
    const char *field, *english;
};

static void check_refusals(const struct refusal *refusals, size_t count, const struct field *fields)
{
    for (size_t i = 0; i < count; i++) {
        union {
            struct all all;
            struct strict strict;
        } out = {0};
        enum err err = decode(refusals[i].text, fields, &out);
        if (err != refusals[i].err) {
            fail_msg("%s: %s", refusals[i].text, err_name(err));
        }
        assert_int_equal(problem.err, err);
        assert_string_equal(problem.field, refusals[i].field);
        if (refusals[i].english) {
            assert_string_equal(english(), refusals[i].english);
        }
    }
}
#define CHECK_REFUSALS(list, fields) check_refusals((list), sizeof(list) / sizeof *(list), (fields))

static void missing_and_unknown_members_are_named(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"{}", ERR_MISSING, "channel", "\"channel\" is missing."},
        {"{\"channel\":1}", ERR_MISSING, "nonce", "\"nonce\" is missing."},
        {"{\"channel\":1,\"nonce\":\"12345678\",\"body\":1}", ERR_UNKNOWN, "body",
         "\"body\" is not a parameter of this command."},
        {"{\"channel\":1,\"nonce\":\"12345678\",\"\":1}", ERR_UNKNOWN, "", NULL},
        {"{\"channel\":1,\"nonce\":\"12345678\",\"__proto__\":{}}", ERR_UNKNOWN, "__proto__", NULL},
        {"{\"channel\":1,\"nonce\":\"12345678\",\"Channel\":2}", ERR_UNKNOWN, "Channel", NULL},
        {"[]", ERR_TYPE, "params", "\"params\" must be an object."},
    };
    CHECK_REFUSALS(refusals, strict_fields);
}

static void a_long_unknown_name_is_cut_in_the_error(void **state)
{
    (void)state;
    struct strict strict = {0};
    char text[400] = "{\"channel\":1,\"nonce\":\"12345678\",\"";
    size_t start_of_name = strlen(text);
    memset(text + start_of_name, 'n', 300);
    strcpy(text + start_of_name + 300, "\":1}");
    assert_int_equal(decode(text, strict_fields, &strict), ERR_UNKNOWN);
    assert_int_equal(strlen(problem.field), LIMIT_ECHO_BYTES);
}

static void identifiers_are_whole_positive_integers(void **state)
{
    (void)state;
    static const char said[] = "\"id\" must be an identifier (positive integer).";
    static const struct refusal refusals[] = {
        {"{\"id\":0}", ERR_TYPE, "id", said},     {"{\"id\":-1}", ERR_TYPE, "id", said},
        {"{\"id\":1.0}", ERR_TYPE, "id", said},   {"{\"id\":1e3}", ERR_TYPE, "id", said},
        {"{\"id\":\"1\"}", ERR_TYPE, "id", said}, {"{\"id\":null}", ERR_TYPE, "id", said},
        {"{\"id\":true}", ERR_TYPE, "id", said},  {"{\"id\":[1]}", ERR_TYPE, "id", said},
        {"{\"id\":{}}", ERR_TYPE, "id", said},
    };
    CHECK_REFUSALS(refusals, all_fields);
    assert_true(decoded("{\"id\":9223372036854775807}").id == INT64_MAX);
}

static void integers_keep_to_their_bounds(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"{\"limit\":0}", ERR_RANGE, "limit", "\"limit\" must be between 1 and 100."},
        {"{\"limit\":101}", ERR_RANGE, "limit", NULL},
        {"{\"limit\":-9223372036854775808}", ERR_RANGE, "limit", NULL},
        {"{\"limit\":1.5}", ERR_TYPE, "limit", "\"limit\" must be an integer."},
        {"{\"at\":-1}", ERR_RANGE, "at", NULL},
        {"{\"at\":253402300800000}", ERR_RANGE, "at", NULL},
        {"{\"at\":\"2026-01-01\"}", ERR_TYPE, "at", NULL},
        {"{\"pinned\":1}", ERR_TYPE, "pinned", "\"pinned\" must be true or false."},
        {"{\"pinned\":null}", ERR_TYPE, "pinned", NULL},
        {"{\"came\":1}", ERR_TYPE, "came", "\"came\" must be true or false."},
    };
    CHECK_REFUSALS(refusals, all_fields);
    assert_int_equal(decoded("{\"limit\":1}").limit, 1);
    assert_int_equal(decoded("{\"limit\":100}").limit, 100);
}

static void choices_are_words_of_the_list(void **state)
{
    (void)state;
    static const char said[] = "\"color\" must be one of: red, green, blue.";
    static const struct refusal refusals[] = {
        {"{\"color\":\"pink\"}", ERR_CHOICE, "color", said},
        {"{\"color\":\"Red\"}", ERR_CHOICE, "color", said},
        {"{\"color\":\"\"}", ERR_CHOICE, "color", said},
        {"{\"color\":0}", ERR_CHOICE, "color", said},
        {"{\"color\":null}", ERR_CHOICE, "color", said},
    };
    CHECK_REFUSALS(refusals, all_fields);
    assert_int_equal(decoded("{\"color\":\"green\"}").color, GREEN);
}

static void lengths_are_in_characters(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"{\"title\":\"éééééé\"}", ERR_TOO_LONG, "title",
         "\"title\" is too long: at most 5 characters."},
        {"{\"body\":\"123456789\"}", ERR_TOO_LONG, "body", NULL},
    };
    CHECK_REFUSALS(refusals, all_fields);
    static const struct refusal short_nonce[] = {
        {"{\"channel\":1,\"nonce\":\"1234567\"}", ERR_TOO_SHORT, "nonce",
         "\"nonce\" is too short: at least 8 characters."},
    };
    CHECK_REFUSALS(short_nonce, strict_fields);
    assert_string_equal(decoded("{\"title\":\"ééééé\"}").title, "ééééé");
    assert_string_equal(decoded("{\"title\":\"\\ud83d\\ude00\xf0\x9f\x98\x80___\"}").title,
                        "\xf0\x9f\x98\x80\xf0\x9f\x98\x80___");
}

static void a_text_that_shows_nothing_is_empty(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"{\"title\":\"\"}", ERR_EMPTY, "title", "\"title\" is empty."},
        {"{\"title\":\"   \"}", ERR_EMPTY, "title", NULL},
        {"{\"title\":\"\\u00a0\\u202f\"}", ERR_EMPTY, "title", NULL},
        {"{\"title\":\"\\u200b\"}", ERR_EMPTY, "title", NULL},
    };
    CHECK_REFUSALS(refusals, all_fields);
    assert_string_equal(decoded("{\"body\":\"\"}").body, "");
    assert_string_equal(decoded("{\"body\":\" \\n\"}").body, " \n");
}

static void controls_and_overrides_are_refused_in_a_line(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\\n",     "\\t",     "\\r",     "\\r\\n",  "\\u0001", "\\u001f", "\\u007f", "\x7f",
        "\\u0080", "\\u0085", "\\u009f", "\\u2028", "\\u2029", "\\u202a", "\\u202b", "\\u202c",
        "\\u202d", "\\u202e", "\\u2066", "\\u2067", "\\u2068", "\\u2069"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct all all = {0};
        const char *text = arena_printf(&arena, "{\"title\":\"a%sb\"}", bad[i]);
        if (decode(text, all_fields, &all) != ERR_CHARACTERS) {
            fail_msg("%s", text);
        }
        assert_string_equal(problem.field, "title");
    }
}

static void controls_and_overrides_are_refused_in_a_text(void **state)
{
    (void)state;
    static const char *const bad[] = {"\\r",     "\\r\\r",  "\\n\\r",  "\\u0000b", "\\u0008",
                                      "\\u000b", "\\u000c", "\\u007f", "\\u0085",  "\\u2028",
                                      "\\u2029", "\\u202e", "\\u2066"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct all all = {0};
        const char *text = arena_printf(&arena, "{\"body\":\"a%sb\"}", bad[i]);
        enum err err = decode(text, all_fields, &all);
        if (err != ERR_CHARACTERS && err != ERR_PARSE) {
            fail_msg("%s", text);
        }
    }
}

static void french_typography_passes(void **state)
{
    (void)state;
    assert_string_equal(decoded("{\"title\":\"«\u00a0É\u202f»\"}").title, "«\u00a0É\u202f»");
    assert_string_equal(decoded("{\"title\":\"\u200eœ\u2019\u2065\u2027\"}").title,
                        "\u200eœ\u2019\u2065\u2027");
}

static void line_ends_become_lf_and_count_for_one(void **state)
{
    (void)state;
    assert_string_equal(decoded("{\"body\":\"1\\r\\n2\\r\\n3\\r\\n4\\n\"}").body, "1\n2\n3\n4\n");
}

static void errors_inside_lists_and_objects_have_a_path(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"{\"author\":{\"id\":1}}", ERR_MISSING, "author.name", NULL},
        {"{\"author\":{\"id\":1,\"name\":\"a\",\"x\":1}}", ERR_UNKNOWN, "author.x", NULL},
        {"{\"author\":7}", ERR_TYPE, "author", "\"author\" must be an object."},
        {"{\"author\":null}", ERR_TYPE, "author", NULL},
        {"{\"people\":{}}", ERR_TYPE, "people", "\"people\" must be a list of objects."},
        {"{\"people\":[{\"id\":1,\"name\":\"a\"},3]}", ERR_TYPE, "people[1]", NULL},
        {"{\"people\":[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\" \"}]}", ERR_EMPTY,
         "people[1].name", NULL},
        {"{\"ids\":[1,2.0]}", ERR_TYPE, "ids[1]", NULL},
        {"{\"ids\":7}", ERR_TYPE, "ids", "\"ids\" must be a list of identifiers."},
        {"{\"words\":[\"a\",\"b\\n\"]}", ERR_CHARACTERS, "words[1]", NULL},
        {"{\"words\":[\"a\",null]}", ERR_TYPE, "words[1]", NULL},
    };
    CHECK_REFUSALS(refusals, all_fields);
}

static void lists_keep_to_their_bounds(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"{\"ids\":[1,2,3,4]}", ERR_TOO_LONG, "ids", "\"ids\" is too long: at most 3 items."},
        {"{\"people\":[]}", ERR_TOO_SHORT, "people", "\"people\" is too short: at least 1 item."},
        {"{\"words\":[\"a\"]}", ERR_TOO_SHORT, "words", NULL},
    };
    CHECK_REFUSALS(refusals, all_fields);
    assert_int_equal(decoded("{\"ids\":[]}").ids.count, 0);
}

static void ready_made_json_does_not_come_in(void **state)
{
    (void)state;
    struct strict strict = {0};
    static const struct field fields[] = {FIELD_JSON_OPT(struct strict, nodes, "Nodes", "Body"),
                                          FIELD_END};
    assert_int_equal(decode("{\"nodes\":\"[]\"}", fields, &strict), ERR_UNKNOWN);
    assert_null(strict.nodes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_not_json_is_refused_with_its_reason),
        TEST(a_nul_byte_is_refused),
        TEST(nesting_is_bounded),
        TEST(values_are_bounded),
        TEST(a_hundred_thousand_brackets_do_not_overflow_the_stack),
        TEST(brackets_in_a_text_are_not_nesting),
        TEST(every_type_is_decoded),
        TEST(absent_optional_members_leave_nothing),
        TEST(an_absent_number_means_what_its_field_says),
        TEST(a_boolean_left_unsaid_is_neither),
        TEST(no_object_at_all_is_an_empty_one),
        TEST(texts_outlive_the_document),
        TEST(missing_and_unknown_members_are_named),
        TEST(a_long_unknown_name_is_cut_in_the_error),
        TEST(identifiers_are_whole_positive_integers),
        TEST(integers_keep_to_their_bounds),
        TEST(choices_are_words_of_the_list),
        TEST(lengths_are_in_characters),
        TEST(a_text_that_shows_nothing_is_empty),
        TEST(controls_and_overrides_are_refused_in_a_line),
        TEST(controls_and_overrides_are_refused_in_a_text),
        TEST(french_typography_passes),
        TEST(line_ends_become_lf_and_count_for_one),
        TEST(errors_inside_lists_and_objects_have_a_path),
        TEST(lists_keep_to_their_bounds),
        TEST(ready_made_json_does_not_come_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
