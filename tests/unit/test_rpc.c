#include "unit.h"

#include <string.h>

#include "wire/rpc.h"

static struct arena arena;
static struct problem problem;
static struct rpc_call call;
static struct buf buf;

static int start(void **state)
{
    (void)state;
    arena_init(&arena);
    buf_init(&buf);
    call = (struct rpc_call){0};
    problem = (struct problem){0};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    json_release(call.document);
    buf_finish(&buf);
    arena_finish(&arena);
    return 0;
}

static enum err parse(const char *frame)
{
    json_release(call.document);
    return rpc_parse(frame, strlen(frame), &arena, &call, &problem);
}

static void assert_written(const char *expected)
{
    if (buf.len != strlen(expected) || memcmp(buf.data, expected, buf.len) != 0) {
        fail_msg("%.*s\n%s", (int)buf.len, buf.data, expected);
    }
}

static void a_request_is_read(void **state)
{
    (void)state;
    assert_int_equal(parse("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"message.post\","
                           "\"params\":{\"channel\":1}}"),
                     ERR_NONE);
    assert_string_equal(call.method, "message.post");
    assert_string_equal(call.id, "7");
    assert_non_null(call.params);
    assert_non_null(call.document);
}

static void params_may_be_absent(void **state)
{
    (void)state;
    assert_int_equal(parse("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"club.list\"}"), ERR_NONE);
    assert_null(call.params);
}

static void the_id_comes_back_as_it_was(void **state)
{
    (void)state;
    static const char *const ids[] = {"0", "-3", "9223372036854775807", "\"\"",
                                      "\"a\\\"\\n\\\\é\""};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assert_int_equal(
            parse(arena_printf(&arena, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"a\"}", ids[i])),
            ERR_NONE);
        assert_string_equal(call.id, ids[i]);
    }
}

static void a_frame_that_is_no_request_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *frame, *id, *word;
    } refused[] = {
        {"[]", NULL, "no array"},
        {"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}]", NULL, "no array"},
        {"{}", NULL, "jsonrpc"},
        {"{\"id\":1,\"method\":\"a\"}", "1", "jsonrpc"},
        {"{\"jsonrpc\":2.0,\"id\":1,\"method\":\"a\"}", "1", "jsonrpc"},
        {"{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"a\"}", "1", "jsonrpc"},
        {"{\"jsonrpc\":\"2.0\",\"method\":\"a\"}", NULL, "\"id\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"a\"}", NULL, "\"id\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"a\"}", NULL, "\"id\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"a\"}", NULL, "\"id\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1}", "1", "\"method\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", "1", "\"method\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}", "1", "\"method\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a b\"}", "1", "\"method\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\\u001f\"}", "1", "\"method\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":[]}", "1", "\"params\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":null}", "1", "\"params\""},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"more\":1}", "1", "only"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "1", "\"method\""},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char text[256];
        if (parse(refused[i].frame) != ERR_REQUEST) {
            fail_msg("%s", refused[i].frame);
        }
        problem_text(&problem, LANG_EN, text, sizeof text);
        if (!strstr(text, refused[i].word)) {
            fail_msg("%s: %s", refused[i].frame, text);
        }
        assert_true(refused[i].id ? call.id && strcmp(call.id, refused[i].id) == 0 : !call.id);
        assert_null(call.document);
    }
}

static enum err parse_with(const char *id, const char *method)
{
    return parse(
        arena_printf(&arena, "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"%s\"}", id, method));
}

static void an_overlong_id_or_method_is_refused(void **state)
{
    (void)state;
    char word[66];
    memset(word, 'x', sizeof word);
    word[65] = '\0';
    assert_int_equal(parse_with(word, "a"), ERR_REQUEST);
    assert_int_equal(parse_with("a", word), ERR_REQUEST);
    word[64] = '\0';
    assert_int_equal(parse_with(word, word), ERR_NONE);
}

static void what_is_not_json_has_no_id(void **state)
{
    (void)state;
    assert_int_equal(parse("{\"jsonrpc\":\"2.0\",\"id\":1,"), ERR_PARSE);
    assert_null(call.id);
    assert_null(call.document);
}

struct member {
    int64_t club;
    const char *name;
};
static const struct field member_fields[] = {FIELD_ID(struct member, club, "Club"),
                                             FIELD_LINE(struct member, name, 1, 9, "Name"),
                                             FIELD_END};
static const struct member member = {3, "Zoé"};

static void a_result_carries_its_id(void **state)
{
    (void)state;
    rpc_result(&buf, "\"x\"", member_fields, &member);
    assert_written("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{\"club\":3,\"name\":\"Zoé\"}}");
}

static void an_error_carries_code_text_and_problem(void **state)
{
    (void)state;
    problem_set(&problem, ERR_MISSING, "club", NULL);
    rpc_error(&buf, "7", &problem, LANG_FR);
    assert_written("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":1001,"
                   "\"message\":\"Il manque « club ».\",\"data\":{\"type\":\"/errors/missing\","
                   "\"title\":\"missing\",\"status\":400,\"code\":1001,\"field\":\"club\","
                   "\"detail\":\"Il manque « club ».\"}}}");
}

static void an_error_without_a_readable_id_answers_null(void **state)
{
    (void)state;
    problem_set(&problem, ERR_NOT_FOUND, NULL, NULL);
    rpc_error(&buf, NULL, &problem, LANG_EN);
    static const char start_of_it[] = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1105,";
    assert_memory_equal(buf.data, start_of_it, strlen(start_of_it));
    assert_null(memmem(buf.data, buf.len, "\"field\"", 7));
    assert_non_null(memmem(buf.data, buf.len, "\"title\":\"not found\"", 19));
}

static void a_fact_carries_its_number_and_members(void **state)
{
    (void)state;
    rpc_fact(&buf, 42, "member.added", member_fields, &member);
    assert_written("{\"jsonrpc\":\"2.0\",\"method\":\"fact\",\"params\":{\"seq\":42,"
                   "\"fact\":\"member.added\",\"club\":3,\"name\":\"Zoé\"}}");
}

static void a_fact_may_have_no_member(void **state)
{
    (void)state;
    rpc_fact(&buf, 1, "x", no_fields, NULL);
    assert_written(
        "{\"jsonrpc\":\"2.0\",\"method\":\"fact\",\"params\":{\"seq\":1,\"fact\":\"x\"}}");
}

static void a_notification_has_no_id(void **state)
{
    (void)state;
    rpc_notify(&buf, "breath", member_fields, &member);
    assert_written("{\"jsonrpc\":\"2.0\",\"method\":\"breath\","
                   "\"params\":{\"club\":3,\"name\":\"Zoé\"}}");
}

static void every_error_s_text_fits_with_a_long_detail(void **state)
{
    (void)state;
    char longest[400];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    for (size_t i = 0; err_at(i) != ERR_NONE; i++) {
        buf_clear(&buf);
        problem_set(&problem, err_at(i), longest, NULL);
        problem_encode(&buf, &problem, LANG_FR);
        assert_memory_equal(buf.data + buf.len - 3, ".\"}", 3);
    }
}

static void languages_are_weighed(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum lang lang;
    } cases[] = {
        {NULL, LANG_FR},
        {"", LANG_FR},
        {"fr", LANG_FR},
        {"en", LANG_EN},
        {"EN-us", LANG_EN},
        {"en-US,en;q=0.9,fr;q=0.8", LANG_EN},
        {"fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7", LANG_FR},
        {"de, en;q=0.5", LANG_EN},
        {"de", LANG_FR},
        {"*", LANG_FR},
        {"fr;q=0.5, *;q=0.8", LANG_EN},
        {"en, fr", LANG_FR},
        {"fr;q=0, en;q=0.001", LANG_EN},
        {"fr ; q=0.1 , en ; q=0.9", LANG_EN},
        {"en;q=0", LANG_FR},
        {"en;q=5", LANG_FR},
        {"en;level=1", LANG_FR},
        {"eng", LANG_FR},
        {"e", LANG_FR},
        {",,,;;;,", LANG_FR},
        {";q=1", LANG_FR},
        {"en;q=0.99999999999999999999, fr;q=0.1", LANG_EN},
        {"en;q=1.....", LANG_EN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (lang_of(cases[i].header) != cases[i].lang) {
            fail_msg("%s", cases[i].header);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_request_is_read),
        TEST(params_may_be_absent),
        TEST(the_id_comes_back_as_it_was),
        TEST(a_frame_that_is_no_request_is_refused),
        TEST(an_overlong_id_or_method_is_refused),
        TEST(what_is_not_json_has_no_id),
        TEST(a_result_carries_its_id),
        TEST(an_error_carries_code_text_and_problem),
        TEST(an_error_without_a_readable_id_answers_null),
        TEST(a_fact_carries_its_number_and_members),
        TEST(a_fact_may_have_no_member),
        TEST(a_notification_has_no_id),
        TEST(every_error_s_text_fits_with_a_long_detail),
        TEST(languages_are_weighed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
