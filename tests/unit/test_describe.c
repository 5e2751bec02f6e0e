#include "unit.h"

#include <jansson.h>
#include <string.h>

#include "base/mem.h"
#include "club/describe_view.h"
#include "sample.h"

/* --- a small protocol ------------------------------------------------------------------------- */

static const struct fact added_fact = {.name = "person.added", .doc = "Came.", .out = strict_out};
static const struct fact *const added_facts[] = {&added_fact, NULL};

static const struct command log_in = {
    .name = "login.open",
    .doc = "Logs in. Sets a cookie.",
    .since = 1,
    .right = RIGHT_ANYBODY,
    .kind = FACT,
    .http_only = true,
    .in = person_fields,
    .out = no_fields,
};
static const struct command add_person = {
    .name = "person.add",
    .doc = "Adds \"a\" person.",
    .since = 2,
    .right = RIGHT_ADMINISTRATOR,
    .kind = FACT,
    .in = all_fields,
    .out = strict_out,
    .facts = added_facts,
};
static const struct command erase_person = {
    .name = "person.erase",
    .doc = "Erases.",
    .since = 1,
    .right = RIGHT_OPERATOR,
    .kind = FACT,
    .operator_only = true,
    .in = person_fields,
    .out = no_fields,
};
static const struct command say_typing = {
    .name = "typing.set",
    .doc = "Types.",
    .since = 1,
    .right = RIGHT_PERSON,
    .kind = BREATH,
    .in = no_fields,
    .out = no_fields,
};
static const struct command *const some_commands[] = {&log_in, &add_person, &erase_person,
                                                      &say_typing, NULL};
static const struct notification notifications[] = {
    {"hello", "First word.", person_fields},
    {NULL, NULL, NULL},
};
static const struct json_type json_types[] = {
    {"Nodes", "Parsed text.", "{\"type\":\"array\"}", "unknown[]"},
    {NULL, NULL, NULL, NULL},
};
static const struct protocol sample = {some_commands, notifications, json_types};

/* --- helpers ---------------------------------------------------------------------------------- */

static struct buf buf;
static json_t *document;

static int start(void **state)
{
    (void)state;
    buf_init(&buf);
    document = NULL;
    return 0;
}

static int finish(void **state)
{
    (void)state;
    json_decref(document);
    buf_finish(&buf);
    return 0;
}

static void describe(void (*how)(struct buf *, const struct protocol *))
{
    how(&buf, &sample);
    document = json_loadb(buf.data, buf.len, JSON_REJECT_DUPLICATES, NULL);
    if (!document) {
        fail_msg("%.*s", (int)buf.len, buf.data);
    }
}

/* The value at a path of names, with "|" between them: the names themselves hold "/". */
static const json_t *at(const char *path)
{
    char names[256];
    char *rest = NULL;
    const json_t *value = document;
    strncpy(names, path, sizeof names - 1);
    names[sizeof names - 1] = '\0';
    for (char *name = strtok_r(names, "|", &rest); name; name = strtok_r(NULL, "|", &rest)) {
        value = json_object_get(value, name);
    }
    return value;
}

static bool holds(const char *part)
{
    return memmem(buf.data, buf.len, part, strlen(part)) != NULL;
}

/* Every "$ref" of the document leads somewhere. */
static void check_refs(const json_t *value)
{
    const char *key;
    json_t *member;
    size_t index;
    json_array_foreach(value, index, member)
    {
        check_refs(member);
    }
    json_object_foreach((json_t *)mem_unconst(value), key, member)
    {
        if (strcmp(key, "$ref") == 0) {
            char path[256];
            strncpy(path, json_string_value(member) + 2, sizeof path - 1);
            path[sizeof path - 1] = '\0';
            for (char *slash = path; (slash = strchr(slash, '/'));) {
                *slash = '|';
            }
            if (!at(path)) {
                fail_msg("%s", json_string_value(member));
            }
        }
        check_refs(member);
    }
}

/* --- OpenAPI ---------------------------------------------------------------------------------- */

static void openapi_tells_what_http_can_call(void **state)
{
    (void)state;
    describe(openapi_write);
    assert_int_equal(json_object_size(at("paths")), 2);
    assert_non_null(at("paths|/api/v1/login.open|post"));
    assert_non_null(at("paths|/api/v1/person.add|post"));
}

static void openapi_tells_what_a_command_is(void **state)
{
    (void)state;
    describe(openapi_write);
    const json_t *post = at("paths|/api/v1/person.add|post");
    assert_string_equal(json_string_value(json_object_get(post, "operationId")), "person.add");
    assert_string_equal(json_string_value(json_object_get(post, "summary")), "Adds \"a\" person");
    assert_int_equal(json_integer_value(json_object_get(post, "x-since")), 2);
    assert_string_equal(json_string_value(json_object_get(post, "x-right")), "an administrator");
    assert_string_equal(json_string_value(json_array_get(json_object_get(post, "x-facts"), 0)),
                        "person.added");
}

static void openapi_asks_no_session_of_the_anonymous_alone(void **state)
{
    (void)state;
    describe(openapi_write);
    assert_int_equal(json_array_size(at("paths|/api/v1/login.open|post|security")), 0);
    assert_true(json_is_array(at("paths|/api/v1/login.open|post|security")));
    assert_null(at("paths|/api/v1/person.add|post|security"));
    assert_int_equal(json_array_size(at("security")), 2);
}

static void openapi_requires_a_body_where_a_member_is_required(void **state)
{
    (void)state;
    describe(openapi_write);
    assert_true(json_is_true(at("paths|/api/v1/login.open|post|requestBody|required")));
    assert_true(json_is_false(at("paths|/api/v1/person.add|post|requestBody|required")));
}

static void openapi_references_lead_somewhere(void **state)
{
    (void)state;
    describe(openapi_write);
    check_refs(document);
    assert_non_null(at("components|schemas|Nodes"));
    assert_non_null(at("components|schemas|Problem"));
}

static void openapi_has_one_tag_per_family(void **state)
{
    (void)state;
    describe(openapi_write);
    assert_int_equal(json_array_size(at("tags")), 2);
}

/* --- AsyncAPI --------------------------------------------------------------------------------- */

static void asyncapi_tells_what_the_socket_can_call(void **state)
{
    (void)state;
    describe(asyncapi_write);
    assert_non_null(at("operations|person.add"));
    assert_non_null(at("operations|typing.set"));
    assert_null(at("operations|login.open"));
    assert_null(at("operations|person.erase"));
}

static void asyncapi_tells_what_is_sent_unasked(void **state)
{
    (void)state;
    describe(asyncapi_write);
    assert_int_equal(json_array_size(at("operations|notify|messages")), 2);
    assert_non_null(at("components|messages|hello|payload"));
    assert_non_null(at("components|messages|person.added.fact|payload"));
}

static void asyncapi_references_lead_somewhere(void **state)
{
    (void)state;
    describe(asyncapi_write);
    check_refs(document);
}

/* --- TypeScript and the reference ------------------------------------------------------------- */

static void typescript_has_types_commands_and_facts(void **state)
{
    (void)state;
    typescript_write(&buf, &sample);
    assert_true(holds("export type Color = \"red\" | \"green\" | \"blue\";"));
    assert_true(holds("export interface Person {\n  /** Person. */\n  id: number;\n"));
    assert_true(holds("export type Nodes = unknown[];"));
    assert_true(holds("  \"login.open\": [\n    {\n"));
    assert_true(holds("    Record<string, never>,\n  ];"));
    assert_true(holds("      people?: Person[];\n"));
    assert_true(holds("  can: Color[];\n"));
    assert_true(holds("  \"person.added\": {\n"));
    assert_true(holds("export interface Hello {\n"));
    assert_true(holds("  NOT_FOUND: 1105,\n"));
    assert_false(holds("person.erase"));
}

static void the_reference_tells_members_and_bounds(void **state)
{
    (void)state;
    reference_write(&buf, &sample);
    assert_true(holds("### person.add\n"));
    assert_true(holds("| `limit` *optional* | integer, 1 to 100 | Limit |\n"));
    assert_true(holds("| `color` *optional* | [Color](#color) | Color |\n"));
    assert_true(holds("| `people` *optional* | list of [Person](#person), 1 to 3 | People |\n"));
    assert_true(holds("over HTTP only"));
    assert_true(holds("| 1105 | NOT_FOUND | 404 |"));
    assert_false(holds("person.erase"));
}

/* --- faults ----------------------------------------------------------------------------------- */

static void a_sound_protocol_has_no_fault(void **state)
{
    (void)state;
    assert_null(protocol_fault(&sample));
}

static void a_json_type_nobody_told_is_a_fault(void **state)
{
    (void)state;
    struct protocol protocol = sample;
    protocol.json_types = &json_types[1];
    assert_string_equal(protocol_fault(&protocol), "Nodes");
}

static void two_facts_of_one_name_are_a_fault(void **state)
{
    (void)state;
    static const struct fact other_fact = {
        .name = "person.added", .doc = "Other.", .out = no_fields};
    static const struct fact *const other_facts[] = {&other_fact, NULL};
    struct command other = say_typing;
    other.facts = other_facts;
    const struct command *const both[] = {&add_person, &other, NULL};
    struct protocol protocol = sample;
    protocol.commands = both;
    assert_string_equal(protocol_fault(&protocol), "person.added");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(openapi_tells_what_http_can_call),
        TEST(openapi_tells_what_a_command_is),
        TEST(openapi_asks_no_session_of_the_anonymous_alone),
        TEST(openapi_requires_a_body_where_a_member_is_required),
        TEST(openapi_references_lead_somewhere),
        TEST(openapi_has_one_tag_per_family),
        TEST(asyncapi_tells_what_the_socket_can_call),
        TEST(asyncapi_tells_what_is_sent_unasked),
        TEST(asyncapi_references_lead_somewhere),
        TEST(typescript_has_types_commands_and_facts),
        TEST(the_reference_tells_members_and_bounds),
        TEST(a_sound_protocol_has_no_fault),
        TEST(a_json_type_nobody_told_is_a_fault),
        TEST(two_facts_of_one_name_are_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
