#include "unit.h"

#include <string.h>

#include "sample.h"
#include "wire/json.h"

static struct arena arena;

static int start(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

/* Encodes into the arena. */
static const char *encoded(const struct field *fields, const void *in)
{
    struct buf buf;
    buf_init(&buf);
    json_encode(&buf, fields, in);
    const char *text = arena_memdup(&arena, buf.data, buf.len);
    buf_finish(&buf);
    return text;
}

static void every_type_is_encoded(void **state)
{
    (void)state;
    static const struct person people[] = {{2, "b"}, {3, "c"}};
    static const int64_t ids[] = {7, -8};
    static const char *const words[] = {"x", "y"};
    struct all all = {.id = 12,
                      .limit = -50,
                      .at = INT64_C(1700000000000),
                      .pinned = true,
                      .title = "Ain",
                      .body = "a\n\tb",
                      .color = BLUE,
                      .author = &people[0],
                      .people = {people, 2},
                      .ids = {ids, 2},
                      .words = {words, 2},
                      .came = MAYBE_FALSE};
    assert_string_equal(encoded(all_fields, &all),
                        "{\"id\":12,\"limit\":-50,\"at\":1700000000000,\"pinned\":true,"
                        "\"title\":\"Ain\",\"body\":\"a\\n\\tb\",\"color\":\"blue\","
                        "\"author\":{\"id\":2,\"name\":\"b\"},"
                        "\"people\":[{\"id\":2,\"name\":\"b\"},{\"id\":3,\"name\":\"c\"}],"
                        "\"ids\":[7,-8],\"words\":[\"x\",\"y\"],\"came\":false}");
}

static void optional_members_without_value_are_left_out(void **state)
{
    (void)state;
    struct all all = {0};
    assert_string_equal(encoded(all_fields, &all), "{}");
    all.color = GREEN;
    assert_string_equal(encoded(all_fields, &all), "{\"color\":\"green\"}");
    all = (struct all){.title = ""};
    assert_string_equal(encoded(all_fields, &all), "{\"title\":\"\"}");
}

static void required_members_are_always_written(void **state)
{
    (void)state;
    struct strict strict = {0};
    assert_string_equal(
        encoded(strict_out, &strict),
        "{\"channel\":0,\"nonce\":\"\",\"people\":[],\"author\":null,\"nodes\":null,\"can\":[]}");
}

static void ready_made_json_goes_out_as_it_is(void **state)
{
    (void)state;
    struct strict strict = {.nodes = "[{\"t\":\"p\"}]"};
    assert_non_null(strstr(encoded(strict_out, &strict), "\"nodes\":[{\"t\":\"p\"}],"));
}

static void bits_go_out_as_words(void **state)
{
    (void)state;
    struct strict strict = {.can = 1u << RED | 1u << BLUE | 1u << 31};
    assert_non_null(strstr(encoded(strict_out, &strict), "\"can\":[\"red\",\"blue\"]}"));
}

static void members_join_an_open_object(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf);
    buf_text(&buf, "{\"seq\":1");
    json_encode_members(&buf, person_fields, &(struct person){2, "b"});
    json_encode_members(&buf, all_fields, &(struct all){0});
    assert_int_equal(buf.len, strlen("{\"seq\":1,\"id\":2,\"name\":\"b\""));
    assert_memory_equal(buf.data, "{\"seq\":1,\"id\":2,\"name\":\"b\"", buf.len);
    buf_finish(&buf);
}

static void texts_are_escaped_no_more_than_needed(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"", "\"\""},
        {"l'été / 5 €", "\"l'été / 5 €\""},
        {"a\"b\\c", "\"a\\\"b\\\\c\""},
        {"\n\r\t\b\x01\x1f", "\"\\n\\r\\t\\u0008\\u0001\\u001f\""},
        {"</script>", "\"</script>\""},
        {"\x7f", "\"\x7f\""},
        {NULL, "null"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct buf buf;
        buf_init(&buf);
        json_text(&buf, pairs[i][0]);
        assert_int_equal(buf.len, strlen(pairs[i][1]));
        assert_memory_equal(buf.data, pairs[i][1], buf.len);
        buf_finish(&buf);
    }
}

static void integers_are_written_to_their_extremes(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf);
    json_int(&buf, INT64_MIN);
    json_int(&buf, INT64_MAX);
    json_int(&buf, 0);
    assert_int_equal(buf.len, 40);
    assert_memory_equal(buf.data, "-922337203685477580892233720368547758070", 40);
    buf_finish(&buf);
}

static void what_is_encoded_decodes_to_the_same(void **state)
{
    (void)state;
    static const char text[] =
        "{\"id\":12,\"title\":\"\\\"\\\\é\",\"body\":\"\\n\",\"color\":\"blue\","
        "\"people\":[{\"id\":2,\"name\":\"b\"}],\"words\":[\"x\",\"y\"]}";
    struct json *json;
    struct problem problem;
    struct all all = {0};
    assert_int_equal(json_parse(text, strlen(text), &arena, &json, &problem), ERR_NONE);
    assert_int_equal(json_decode(json, all_fields, &arena, &all, &problem), ERR_NONE);
    json_release(json);
    assert_string_equal(encoded(all_fields, &all), text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_type_is_encoded),
        TEST(optional_members_without_value_are_left_out),
        TEST(required_members_are_always_written),
        TEST(ready_made_json_goes_out_as_it_is),
        TEST(bits_go_out_as_words),
        TEST(members_join_an_open_object),
        TEST(texts_are_escaped_no_more_than_needed),
        TEST(integers_are_written_to_their_extremes),
        TEST(what_is_encoded_decodes_to_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
