#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/limits.h"
#include "base/str.h"
#include "club/markdown.h"

/* Persons 1 to 99 may be mentioned, town 7 exists. */
static bool knows_person(void *context, int64_t id)
{
    (void)context;
    return id < 100;
}
static const char *knows_town(void *context, int64_t id)
{
    (void)context;
    return id == 7 ? "Nantua" : NULL;
}
static const struct markdown_world world = {
    .person = knows_person,
    .town = knows_town,
    .roles = true,
    .everybody = true,
    .public_url = "https://club.example.fr",
};

struct parsed {
    struct arena arena;
    struct markdown markdown;
    struct problem problem;
    enum err err;
};

static struct parsed parse(const char *body)
{
    struct parsed parsed = {0};
    arena_init(&parsed.arena);
    parsed.err =
        markdown_parse(body, "body", &world, &parsed.arena, &parsed.markdown, &parsed.problem);
    return parsed;
}

static void expect(const char *body, const char *nodes)
{
    struct parsed parsed = parse(body);
    assert_int_equal(parsed.err, ERR_NONE);
    assert_string_equal(parsed.markdown.nodes, nodes);
    arena_finish(&parsed.arena);
}

static void expect_error(const char *body, enum err err)
{
    struct parsed parsed = parse(body);
    assert_int_equal(parsed.err, err);
    assert_string_equal(parsed.problem.field, "body");
    arena_finish(&parsed.arena);
}

static void broken_utf8_is_refused(void **state)
{
    (void)state;
    expect_error("a\xff\xff", ERR_CHARACTERS);
}

static char *repeat(const char *text, size_t bytes)
{
    char *out = calloc(1, bytes + 1);
    for (size_t i = 0; i < bytes; i++) {
        out[i] = text[i % strlen(text)];
    }
    return out;
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

/* --- what is written -------------------------------------------------------------------------- */

static void single_line_breaks_are_kept(void **state)
{
    (void)state;
    expect("Bonjour,\nmerci.", "[{\"t\":\"p\",\"c\":[\"Bonjour,\",{\"t\":\"br\"},\"merci.\"]}]");
}

/* A line that is taken for prose is the same line once a break, which says nothing at the end of a
 * text, has it go through cmark. */
static void prose_is_what_commonmark_makes_of_it(void **state)
{
    (void)state;
    static const char *const pieces[] = {"Bonjour",     " ",         "  ",       "à",
                                         "tous",        " :",        "?",        ".",
                                         ",",           "1.",        "-",        "+",
                                         "=",           "#",         "~~",       "@tous",
                                         "@[12]",       "http:/",    "/a.b/c?d", "https://e",
                                         "\xc2\xa0",    "« été »",   "'",        "\"x\"",
                                         "(",           ")",         "|",        "$x^2",
                                         "a_b",         "#message:", "12",       "mailto:a@b.fr",
                                         "\xef\xbb\xbf"};
    srand(1);
    for (int round = 0; round < 20000; round++) {
        char body[400] = "", broken[402];
        for (int left = 1 + rand() % 8; left > 0; left--) {
            strcat(body, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
        }
        snprintf(broken, sizeof broken, "%s\n", body);
        struct parsed line = parse(body), text = parse(broken);
        assert_int_equal(line.err, text.err);
        if (!line.err) {
            assert_string_equal(line.markdown.nodes, text.markdown.nodes);
        }
        arena_finish(&line.arena);
        arena_finish(&text.arena);
    }
}

static void emphasis_code_and_headings_become_nodes(void **state)
{
    (void)state;
    expect("*a* **b** `c<d`", "[{\"t\":\"p\",\"c\":[{\"t\":\"em\",\"c\":[\"a\"]},\" \","
                              "{\"t\":\"strong\",\"c\":[\"b\"]},\" \","
                              "{\"t\":\"c\",\"text\":\"c<d\"}]}]");
    expect("##### Titre", "[{\"t\":\"h\",\"level\":3,\"c\":[\"Titre\"]}]");
    expect("```c\nint a;\n```", "[{\"t\":\"code\",\"lang\":\"c\",\"text\":\"int a;\\n\"}]");
    expect("```\"><x\nint a;\n```", "[{\"t\":\"code\",\"text\":\"int a;\\n\"}]");
}

static void lists_keep_their_start_and_their_tightness(void **state)
{
    (void)state;
    expect("- a\n- b", "[{\"t\":\"ul\",\"c\":[{\"t\":\"li\",\"c\":[\"a\"]},"
                       "{\"t\":\"li\",\"c\":[\"b\"]}]}]");
    expect("3. a\n\n4. b", "[{\"t\":\"ol\",\"start\":3,\"c\":["
                           "{\"t\":\"li\",\"c\":[{\"t\":\"p\",\"c\":[\"a\"]}]},"
                           "{\"t\":\"li\",\"c\":[{\"t\":\"p\",\"c\":[\"b\"]}]}]}]");
}

static void french_typography_is_left_alone(void **state)
{
    (void)state;
    const char *text = "« L'élu » : 12\u202f000 € -- \"oui\"... d’accord\u00a0!";
    expect(text, "[{\"t\":\"p\",\"c\":[\"« L'élu » : 12\u202f000 € -- \\\"oui\\\"... "
                 "d’accord\u00a0!\"]}]");
}

static void raw_html_is_shown_as_text(void **state)
{
    (void)state;
    expect("<script>alert(1)</script>", "[{\"t\":\"p\",\"c\":[\"<script>alert(1)</script>\"]}]");
    expect("a <b onclick=x>c</b>", "[{\"t\":\"p\",\"c\":[\"a <b onclick=x>c</b>\"]}]");
}

static void images_become_links(void **state)
{
    (void)state;
    expect("![plan](https://a.fr/p.png)", "[{\"t\":\"p\",\"c\":[{\"t\":\"a\",\"href\":"
                                          "\"https://a.fr/p.png\",\"c\":[\"plan\"]}]}]");
    expect("![](https://a.fr/p.png)", "[{\"t\":\"p\",\"c\":[{\"t\":\"a\",\"href\":"
                                      "\"https://a.fr/p.png\",\"c\":[\"https://a.fr/p.png\"]}]}]");
}

static void a_definition_of_a_link_alone_is_shown(void **state)
{
    (void)state;
    expect("[a]: /b", "[{\"t\":\"p\",\"c\":[\"[a]: /b\"]}]");
}

/* --- links ------------------------------------------------------------------------------------ */

static void expect_bare_link(const char *before, const char *address, const char *after)
{
    char body[512], nodes[1024], start[256] = "", end[256] = "";
    snprintf(body, sizeof body, "%s%s%s", before, address, after);
    if (*before) {
        snprintf(start, sizeof start, "\"%s\",", before);
    }
    if (*after) {
        snprintf(end, sizeof end, ",\"%s\"", after);
    }
    snprintf(nodes, sizeof nodes,
             "[{\"t\":\"p\",\"c\":[%s{\"t\":\"a\",\"href\":\"%s\",\"c\":[\"%s\"]}%s]}]", start,
             address, address, end);
    expect(body, nodes);
}

static void bare_links_leave_french_punctuation_out(void **state)
{
    (void)state;
    expect_bare_link("voir ", "https://a.fr/b?c=d&e=f#g", "");
    expect_bare_link("(voir ", "https://a.fr/b", ").");
    expect_bare_link("« ", "https://a.fr/b", " »");
    expect_bare_link("«\u202f", "https://a.fr/b", "\u202f».");
    expect_bare_link("«", "https://a.fr/b", "»");
    expect_bare_link("d’", "http://a.fr", "…");
    expect_bare_link("", "https://a.fr/b", "\u00a0! Merci");
    expect_bare_link("", "https://fr.wikipedia.org/wiki/Ain_(département)", "");
    expect_bare_link("", "https://a.fr/b_c_d", ", et");
}

static void a_word_that_only_looks_like_a_link_stays_text(void **state)
{
    (void)state;
    expect("https:// et xhttps://a.fr", "[{\"t\":\"p\",\"c\":[\"https:// et xhttps://a.fr\"]}]");
    expect("ftp://a.fr", "[{\"t\":\"p\",\"c\":[\"ftp://a.fr\"]}]");
}

static void only_safe_schemes_are_linked_to(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "[x](javascript:alert(1))",  "[x](JaVaScRiPt:alert(1))", "[x](vbscript:a)",
        "[x](data:text/html,a)",     "[x](//evil.fr)",           "[x](java&#10;script:a)",
        "[x](&#x01;javascript:a)",   "[x](file:///etc/passwd)",  "[x](/relative)",
        "![x](javascript:alert(1))",
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        expect(hostile[i], "[{\"t\":\"p\",\"c\":[\"x\"]}]");
    }
    expect("<mailto:a@b.fr>", "[{\"t\":\"p\",\"c\":[{\"t\":\"a\",\"href\":\"mailto:a@b.fr\","
                              "\"c\":[\"mailto:a@b.fr\"]}]}]");
}

static void links_do_not_nest(void **state)
{
    (void)state;
    expect("[![a](https://b.fr) @tous https://c.fr](https://d.fr)",
           "[{\"t\":\"p\",\"c\":[{\"t\":\"a\",\"href\":\"https://d.fr\","
           "\"c\":[\"a\",\" @tous https://c.fr\"]}]}]");
}

static void addresses_of_ours_become_chips(void **state)
{
    (void)state;
    const char *chip = "[{\"t\":\"p\",\"c\":[{\"t\":\"message\",\"id\":42}]}]";
    expect("https://club.example.fr/message/42", chip);
    expect("<https://club.example.fr/message/42>", chip);
    expect("#message:42", chip);
    expect("[](#message:42)", chip);
    expect("#pvd:7.",
           "[{\"t\":\"p\",\"c\":[{\"t\":\"town\",\"id\":7,\"name\":\"Nantua\"},\".\"]}]");
    expect("https://club.example.fr/pvd/7",
           "[{\"t\":\"p\",\"c\":[{\"t\":\"town\",\"id\":7,\"name\":\"Nantua\"}]}]");
    expect("Voir https://club.example.fr/evenement/7.",
           "[{\"t\":\"p\",\"c\":[\"Voir \",{\"t\":\"event\",\"id\":7},\".\"]}]");
    expect("Voir https://club.example.fr/ressource/7.",
           "[{\"t\":\"p\",\"c\":[\"Voir \",{\"t\":\"resource\",\"id\":7},\".\"]}]");
    expect("https://club.example.fr/ressource/7?edition=2",
           "[{\"t\":\"p\",\"c\":[{\"t\":\"resource\",\"id\":7,\"edition\":2}]}]");
    expect("#pvd:8", "[{\"t\":\"p\",\"c\":[\"#pvd:8\"]}]");
}

static void a_named_link_to_ours_keeps_its_name(void **state)
{
    (void)state;
    expect("[ici](https://club.example.fr/message/42)",
           "[{\"t\":\"p\",\"c\":[{\"t\":\"a\",\"href\":\"https://club.example.fr/message/42\","
           "\"c\":[\"ici\"]}]}]");
}

/* --- mentions --------------------------------------------------------------------------------- */

static void mentions_are_found_and_listed_once(void **state)
{
    (void)state;
    struct parsed parsed = parse("@[12], @[12] et @Préfecture, @chefs-de-projet : @tous !");
    assert_string_equal(parsed.markdown.nodes,
                        "[{\"t\":\"p\",\"c\":[{\"t\":\"person\",\"id\":12},\", \","
                        "{\"t\":\"person\",\"id\":12},\" et \","
                        "{\"t\":\"role\",\"name\":\"animateur\"},\", \","
                        "{\"t\":\"role\",\"name\":\"chef_de_projet\"},\" : \","
                        "{\"t\":\"all\"},\" !\"]}]");
    const struct mention *mentions = parsed.markdown.mentions.items;
    assert_int_equal(parsed.markdown.mentions.count, 4);
    assert_int_equal(mentions[0].person, 12);
    assert_int_equal(mentions[1].role, ROLE_ANIMATEUR);
    assert_int_equal(mentions[2].role, ROLE_CHEF_DE_PROJET);
    assert_int_equal(mentions[3].kind, MENTION_ALL);
    arena_finish(&parsed.arena);
}

static void expect_no_mention(const char *body)
{
    struct parsed parsed = parse(body);
    assert_int_equal(parsed.err, ERR_NONE);
    assert_int_equal(parsed.markdown.mentions.count, 0);
    arena_finish(&parsed.arena);
}

static void what_only_looks_like_a_mention_mentions_nobody(void **state)
{
    (void)state;
    static const char *const others[] = {
        "a@tous.fr", "@toussaint", "@tous-les-jours", "@[100]", "@[x]", "@[0]",
        "\\@tous",   "\\@[12]",    "`@tous`",         "@ tous", "@",    "    @tous",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        expect_no_mention(others[i]);
    }
}

static void an_escape_is_not_shown(void **state)
{
    (void)state;
    expect("\\@tous", "[{\"t\":\"p\",\"c\":[\"@tous\"]}]");
}

static void too_many_mentions_are_refused(void **state)
{
    (void)state;
    char body[1024] = "";
    for (int i = 1; i <= LIMIT_MENTIONS_PER_BODY + 1; i++) {
        snprintf(body + strlen(body), sizeof body - strlen(body), "@[%d] ", i);
    }
    expect_error(body, ERR_TOO_LONG);
}

static void a_backslash_stays_in_code(void **state)
{
    (void)state;
    expect("`\\@a`", "[{\"t\":\"p\",\"c\":[{\"t\":\"c\",\"text\":\"\\\\@a\"}]}]");
}

/* --- hostile texts ---------------------------------------------------------------------------- */

static void a_blank_text_is_empty(void **state)
{
    (void)state;
    expect_error("", ERR_EMPTY);
    expect_error(" \n\t\u00a0\u200b", ERR_EMPTY);
}

static void a_text_of_too_many_bytes_is_refused(void **state)
{
    (void)state;
    char *body = repeat("a", LIMIT_BODY_BYTES + 1);
    expect_error(body, ERR_TOO_LONG);
    free(body);
}

/* Whatever is written: an exact refusal, or JSON within the limits. */
static void expect_bounded(const char *pattern)
{
    char *body = repeat(pattern, LIMIT_BODY_BYTES);
    struct parsed parsed = parse(body);
    if (parsed.err == ERR_NONE) {
        json_t *nodes = json_loads(parsed.markdown.nodes, 0, NULL);
        assert_non_null(nodes);
        assert_true(strlen(parsed.markdown.nodes) <= LIMIT_NODES_BYTES);
        assert_true(depth_of(nodes) <= LIMIT_NODES_DEPTH);
        json_decref(nodes);
    } else {
        assert_true(parsed.err == ERR_TOO_LONG);
    }
    arena_finish(&parsed.arena);
    free(body);
}

static void growing_texts_stay_within_the_limits(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        ">",
        "> > > > > > > > > > > > > > > >\n\n",
        ">>>>>>>>>>>>\n\n",
        "* ",
        "- - - a\n\n",
        "*a **b",
        "[",
        "![[]()",
        "\"",
        "a\n",
        "@[1] ",
        "@[1000]",
        "#pvd:8 ",
        "#pvd:7 ",
        "https://a",
        "https://a(",
        ")",
        "http://a]})",
        "http://(",
        "<b>",
        "<!--",
        "&#1;",
        "\\@",
        "`",
        "1) ",
        "    > ",
        "_*_",
        "[a](b",
        "<",
        "\u00e9",
        "@tous ",
        "h",
        "https://",
        "# ",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        expect_bounded(patterns[i]);
    }
}

static void deep_nesting_is_flattened_and_nothing_is_lost(void **state)
{
    (void)state;
    struct parsed parsed = parse(">>>>>>>>>>>>>>>>>>>>>>>> - - - - fond **gras *deux***");
    assert_int_equal(parsed.err, ERR_NONE);
    json_t *nodes = json_loads(parsed.markdown.nodes, 0, NULL);
    assert_non_null(nodes);
    assert_int_equal(depth_of(nodes), LIMIT_NODES_DEPTH);
    assert_non_null(strstr(parsed.markdown.nodes, "fond "));
    assert_non_null(strstr(parsed.markdown.nodes, "deux"));
    json_decref(nodes);
    arena_finish(&parsed.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_line_breaks_are_kept),
        cmocka_unit_test(prose_is_what_commonmark_makes_of_it),
        cmocka_unit_test(emphasis_code_and_headings_become_nodes),
        cmocka_unit_test(lists_keep_their_start_and_their_tightness),
        cmocka_unit_test(french_typography_is_left_alone),
        cmocka_unit_test(raw_html_is_shown_as_text),
        cmocka_unit_test(images_become_links),
        cmocka_unit_test(a_definition_of_a_link_alone_is_shown),
        cmocka_unit_test(bare_links_leave_french_punctuation_out),
        cmocka_unit_test(a_word_that_only_looks_like_a_link_stays_text),
        cmocka_unit_test(only_safe_schemes_are_linked_to),
        cmocka_unit_test(links_do_not_nest),
        cmocka_unit_test(addresses_of_ours_become_chips),
        cmocka_unit_test(a_named_link_to_ours_keeps_its_name),
        cmocka_unit_test(mentions_are_found_and_listed_once),
        cmocka_unit_test(what_only_looks_like_a_mention_mentions_nobody),
        cmocka_unit_test(an_escape_is_not_shown),
        cmocka_unit_test(a_backslash_stays_in_code),
        cmocka_unit_test(too_many_mentions_are_refused),
        cmocka_unit_test(broken_utf8_is_refused),
        cmocka_unit_test(a_blank_text_is_empty),
        cmocka_unit_test(a_text_of_too_many_bytes_is_refused),
        cmocka_unit_test(growing_texts_stay_within_the_limits),
        cmocka_unit_test(deep_nesting_is_flattened_and_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
