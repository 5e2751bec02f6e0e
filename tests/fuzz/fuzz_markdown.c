/* libFuzzer: whatever is typed becomes JSON within the limits, or an exact refusal. */
#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/str.h"
#include "club/markdown.h"
#include "fuzz.h"

static bool knows_person(void *context, int64_t id)
{
    (void)context;
    return id % 2 == 1;
}
static const char *knows_town(void *context, int64_t id)
{
    (void)context;
    return id % 2 == 1 ? "Pont-d'Ain \"centre\"" : NULL;
}

static int depth_of(const json_t *nodes)
{
    int deepest = 0;
    size_t i;
    json_t *node;
    json_array_foreach(nodes, i, node)
    {
        int depth = (json_object_get(node, "c") != NULL) + depth_of(json_object_get(node, "c"));
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest;
}

static void check_hrefs(const json_t *nodes)
{
    size_t i;
    json_t *node;
    json_array_foreach(nodes, i, node)
    {
        const char *href = json_string_value(json_object_get(node, "href"));
        if (href && strncasecmp(href, "http", 4) != 0 && strncasecmp(href, "mailto:", 7) != 0) {
            abort();
        }
        check_hrefs(json_object_get(node, "c"));
    }
}

static void check_nodes(const char *text)
{
    json_error_t error;
    json_t *nodes = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!nodes || strlen(text) > LIMIT_NODES_BYTES || depth_of(nodes) > LIMIT_NODES_DEPTH) {
        abort();
    }
    check_hrefs(nodes);
    json_decref(nodes);
}

/* The same without marks: a text that has none keeps every letter. */
static void check_plain(const char *body, struct arena *arena)
{
    const char *plain = markdown_plain(body, arena);
    size_t bytes = strlen(body);
    check(utf8_valid(plain, strlen(plain)) && strlen(plain) <= 4 * bytes + 64);
    bool is_bare = true;
    size_t letters = 0, kept = 0;
    for (const char *at = body; *at; at++) {
        letters += isalpha((unsigned char)*at) != 0;
        is_bare = is_bare && (isalpha((unsigned char)*at) || *at == ' ' || *at == ',');
    }
    for (const char *at = plain; *at; at++) {
        kept += isalpha((unsigned char)*at) != 0;
    }
    check(!is_bare || kept == letters);
}

int fuzz_markdown(const uint8_t *data, size_t bytes)
{
    static const struct markdown_world world = {.person = knows_person,
                                                .town = knows_town,
                                                .roles = true,
                                                .everybody = true,
                                                .public_url = "https://c.fr"};
    struct arena arena;
    struct markdown markdown = {0};
    struct problem problem = {0};
    arena_init(&arena);
    char *body = arena_memdup(&arena, data, bytes);
    if (markdown_parse(body, "body", &world, &arena, &markdown, &problem) == ERR_NONE) {
        check_nodes(markdown.nodes);
        check_plain(body, &arena);
    } else if (problem.err != ERR_EMPTY && problem.err != ERR_TOO_LONG &&
               problem.err != ERR_CHARACTERS) {
        abort();
    }
    arena_finish(&arena);
    return 0;
}
