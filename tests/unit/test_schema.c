#include "unit.h"

#include <string.h>

#include "sample.h"
#include "wire/schema.h"

static struct buf buf;
static struct schema_set set;

static int start(void **state)
{
    (void)state;
    buf_init(&buf);
    set = (struct schema_set){0};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    buf_finish(&buf);
    return 0;
}

static void assert_written(const char *expected)
{
    if (buf.len != strlen(expected) || memcmp(buf.data, expected, buf.len) != 0) {
        fail_msg("%.*s\n%s", (int)buf.len, buf.data, expected);
    }
}

static bool holds(const char *part)
{
    return memmem(buf.data, buf.len, part, strlen(part)) != NULL;
}

static void no_fields_are_a_closed_empty_object(void **state)
{
    (void)state;
    schema_object(&buf, no_fields, true);
    assert_written("{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");
}

static void required_members_are_listed(void **state)
{
    (void)state;
    schema_object(&buf, person_fields, false);
    assert_written("{\"type\":\"object\",\"properties\":{"
                   "\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9007199254740991,"
                   "\"description\":\"Person\"},"
                   "\"name\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":10,"
                   "\"description\":\"Name\"}},\"required\":[\"id\",\"name\"]}");
}

static void every_type_has_its_schema(void **state)
{
    (void)state;
    schema_object(&buf, all_fields, true);
    static const char *const parts[] = {
        "\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,",
        "\"at\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":253402300799999,"
        "\"description\":\"Time (milliseconds since 1970 UTC)\"}",
        "\"pinned\":{\"type\":\"boolean\",",
        "\"body\":{\"type\":\"string\",\"maxLength\":8,",
        "\"color\":{\"$ref\":\"#/components/schemas/Color\",\"description\":\"Color\","
        "\"default\":\"red\"}",
        "\"author\":{\"$ref\":\"#/components/schemas/Person\",",
        "\"people\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":3,"
        "\"items\":{\"$ref\":\"#/components/schemas/Person\"},",
        "\"ids\":{\"type\":\"array\",\"maxItems\":3,\"items\":{\"type\":\"integer\",\"minimum\":1,",
        "\"words\":{\"type\":\"array\",\"minItems\":2,\"maxItems\":3,"
        "\"items\":{\"type\":\"string\",\"minLength\":1,",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!holds(parts[i])) {
            fail_msg("%s\nnot in %.*s", parts[i], (int)buf.len, buf.data);
        }
    }
    assert_false(holds("\"required\""));
}

static void words_are_an_array_of_the_choice(void **state)
{
    (void)state;
    schema_object(&buf, strict_out, false);
    assert_true(holds("\"can\":{\"type\":\"array\","
                      "\"items\":{\"$ref\":\"#/components/schemas/Color\"},"));
    assert_true(holds("\"nodes\":{\"$ref\":\"#/components/schemas/Nodes\","));
}

static void named_types_are_collected_once(void **state)
{
    (void)state;
    schema_collect(&set, all_fields, true);
    schema_collect(&set, strict_out, false);
    assert_null(set.conflict);
    assert_int_equal(set.count, 3); /* Color, Person, Nodes */
    assert_int_equal(schema_components(&buf, &set), 2);
    assert_true(holds("\"Color\":{\"type\":\"string\",\"enum\":[\"red\",\"green\",\"blue\"]}"));
    assert_true(holds("\"Person\":{\"type\":\"object\""));
    assert_false(holds("Nodes"));
}

static void a_type_sent_by_clients_is_closed_whatever_met_it_first(void **state)
{
    (void)state;
    schema_collect(&set, strict_out, false);
    schema_collect(&set, all_fields, true);
    schema_components(&buf, &set);
    assert_true(holds("\"required\":[\"id\",\"name\"],\"additionalProperties\":false}"));
}

static void two_types_of_one_name_are_a_conflict(void **state)
{
    (void)state;
    static const struct field other_person[] = {FIELD_ID(struct person, id, "Person"), FIELD_END};
    static const struct field fields[] = {
        FIELD_OBJECT(struct strict, author, person, other_person, "Author"), FIELD_END};
    schema_collect(&set, strict_out, false);
    schema_collect(&set, fields, false);
    assert_string_equal(set.conflict, "person");
}

struct node {
    int64_t id;
    struct list children;
};
static const struct field node_fields[] = {
    FIELD_ID(struct node, id, "Node"),
    FIELD_LIST(struct node, children, node, node_fields, 0, 9, "Children"),
    FIELD_END,
};

static void a_type_that_holds_itself_is_collected(void **state)
{
    (void)state;
    schema_collect(&set, node_fields, true);
    assert_int_equal(set.count, 1);
}

static void type_names_are_in_pascal_case(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"person", "Person"}, {"channel_view", "ChannelView"}, {"Role", "Role"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buf_clear(&buf);
        schema_type_name(&buf, names[i][0]);
        assert_written(names[i][1]);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_fields_are_a_closed_empty_object),
        TEST(required_members_are_listed),
        TEST(every_type_has_its_schema),
        TEST(words_are_an_array_of_the_choice),
        TEST(named_types_are_collected_once),
        TEST(a_type_sent_by_clients_is_closed_whatever_met_it_first),
        TEST(two_types_of_one_name_are_a_conflict),
        TEST(a_type_that_holds_itself_is_collected),
        TEST(type_names_are_in_pascal_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
