/* One box: what it finds of each kind, what it must never tell, and that the index follows. */
#include "file_fixture.h"
#include "shelf_fixture.h"

#include <string.h>

#include "base/limits.h"

/* By the words of `query`; `more`: other members, after a comma, or "". */
static void find_more(struct cast *c, int64_t person, const char *query, const char *more)
{
    db_run_deferred(c->f->db);
    fixture_ok(c->f, person, "search.find", "{\"query\":\"%s\"%s}", query, more);
}

static void find(struct cast *c, int64_t person, const char *query)
{
    find_more(c, person, query, "");
}

static int hits(struct cast *c)
{
    return (int)fixture_int(c->f, "hits.length");
}

/* Nothing is found, and nothing is counted. */
static void finds_nothing(struct cast *c, int64_t person, const char *query)
{
    find(c, person, query);
    assert_int_equal(hits(c), 0);
    assert_string_equal(strstr(c->f->result, "\"counts\":"),
                        "\"counts\":{\"kinds\":[],\"types\":[],\"themes\":[],\"territories\":[],"
                        "\"clubs\":[],\"years\":[]}}");
}

static void indexes_are_sound(struct cast *c)
{
    db_run_deferred(c->f->db);
    fixture_sql(c->f, "INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)");
    fixture_sql(c->f, "INSERT INTO page_fts (page_fts, rank) VALUES ('integrity-check', 1)");
}

static int words_in_pages(struct cast *c, const char *word)
{
    return (int)fixture_count(c->f, "SELECT count(*) FROM page_fts('%s')", word);
}

/* --- pages ------------------------------------------------------------------------------------ */

/* A document of this person that has come, and whose text is still to be read; its key. */
static const char *document(struct cast *c, int64_t person, int seed)
{
    const char *key = file_announce(c->f, person, "rapport.pdf", 100);
    file_end(c->f, key, seed, "application/pdf");
    return key;
}

static int64_t content(struct cast *c, const char *key)
{
    return fixture_count(c->f, "SELECT blob FROM file WHERE key = '%s'", key);
}

static void read_piece(struct cast *c, int64_t blob, int number, const char *text, bool first,
                       bool last)
{
    fixture_ok(c->f, FIXTURE_OPERATOR, "blob.read",
               "{\"blob\":%lld,\"unit\":\"page\",\"pages\":[{\"number\":%d,\"text\":\"%s\"}],"
               "\"first\":%s,\"last\":%s}",
               (long long)blob, number, text, first ? "true" : "false", last ? "true" : "false");
}

/* The same with its two pages; the first says `text`. */
static const char *read_document(struct cast *c, int64_t person, int seed, const char *text)
{
    const char *key = document(c, person, seed);
    read_piece(c, content(c, key), 1, "Sommaire", true, false);
    read_piece(c, content(c, key), 2, text, false, true);
    return key;
}

static int64_t post_file(struct cast *c, int64_t person, int64_t channel, const char *key)
{
    fixture_ok(c->f, person, "message.post",
               "{\"channel\":%lld,\"body\":\"\",\"files\":[\"%s\"],\"nonce\":\"%s\"}",
               (long long)channel, key, key);
    return fixture_int(c->f, "id");
}

static void a_word_inside_a_file_finds_its_message_and_its_page(void **state)
{
    struct cast c = cast_of(state);
    const char *key = read_document(&c, c.bob, 1, "La poutre est attaquée par la mérule.");
    int64_t message = post_file(&c, c.bob, c.general, key);
    find(&c, c.chloe, "merule");
    assert_int_equal(hits(&c), 1);
    assert_string_equal(fixture_text(c.f, "hits.0.kind"), "message");
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), message);
    assert_string_equal(fixture_text(c.f, "hits.0.file.key"), key);
    assert_string_equal(fixture_text(c.f, "hits.0.page.unit"), "page");
    assert_int_equal(fixture_int(c.f, "hits.0.page.number"), 2);
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.1"), "mérule");
}

static void a_file_in_a_private_channel_is_found_by_its_members_alone(void **state)
{
    struct cast c = cast_of(state);
    int64_t private = fixture_private(c.f, c.f->ain, "Comité");
    fixture_choose(c.f, private, c.anne);
    post_file(&c, c.anne, private, read_document(&c, c.anne, 1, "La mérule"));
    find(&c, c.anne, "mérule");
    assert_int_equal(hits(&c), 1);
    finds_nothing(&c, c.bob, "mérule");
    finds_nothing(&c, c.zoe, "mérule");
}

static void a_file_that_has_no_place_yet_is_not_found(void **state)
{
    struct cast c = cast_of(state);
    read_document(&c, c.bob, 1, "La mérule");
    finds_nothing(&c, c.bob, "mérule");
}

static void the_same_content_in_two_places_tells_each_only_its_own(void **state)
{
    struct cast c = cast_of(state);
    int64_t private = fixture_private(c.f, c.f->ain, "Comité");
    fixture_choose(c.f, private, c.anne);
    post_file(&c, c.anne, private, read_document(&c, c.anne, 1, "La mérule"));
    int64_t open = post_file(&c, c.bob, c.general, document(&c, c.bob, 1));
    find(&c, c.chloe, "mérule");
    assert_int_equal(hits(&c), 1);
    assert_int_equal(fixture_int(c.f, "hits.0.message.id"), open);
    find(&c, c.anne, "mérule");
    assert_int_equal(hits(&c), 2);
}

static void a_deleted_message_takes_the_words_of_its_file_away(void **state)
{
    struct cast c = cast_of(state);
    int64_t message = post_file(&c, c.bob, c.general, read_document(&c, c.bob, 1, "La mérule"));
    talk_about(&c, c.bob, "message.delete", message);
    assert_int_equal(words_in_pages(&c, "merule"), 0);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM blob_page"), 0);
    indexes_are_sound(&c);
}

static void a_reading_begun_again_replaces_what_was_recorded(void **state)
{
    struct cast c = cast_of(state);
    int64_t blob = content(&c, document(&c, c.bob, 1));
    read_piece(&c, blob, 1, "Mérule", true, false);
    read_piece(&c, blob, 1, "Mérule", true, false);
    read_piece(&c, blob, 2, "Charpente", false, true);
    assert_int_equal(words_in_pages(&c, "merule"), 1);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM blob_page"), 2);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM blob WHERE text = 'read'"), 1);
    indexes_are_sound(&c);
}

static void a_content_that_was_read_is_not_read_twice(void **state)
{
    struct cast c = cast_of(state);
    int64_t blob = content(&c, document(&c, c.bob, 1));
    read_piece(&c, blob, 1, "Mérule", true, true);
    read_piece(&c, blob, 1, "Autre chose", true, true);
    assert_int_equal(words_in_pages(&c, "merule"), 1);
    assert_int_equal(words_in_pages(&c, "autre"), 0);
}

static void what_cannot_be_read_leaves_no_page(void **state)
{
    struct cast c = cast_of(state);
    int64_t blob = content(&c, document(&c, c.bob, 1));
    read_piece(&c, blob, 1, "Mérule", true, false);
    fixture_ok(c.f, FIXTURE_OPERATOR, "blob.read",
               "{\"blob\":%lld,\"unit\":\"none\",\"pages\":[],\"first\":true,\"last\":true,"
               "\"unreadable\":true}",
               (long long)blob);
    assert_int_equal(words_in_pages(&c, "merule"), 0);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM blob WHERE text = 'unreadable'"), 1);
    indexes_are_sound(&c);
}

static void a_content_gone_meanwhile_is_no_matter(void **state)
{
    struct cast c = cast_of(state);
    read_piece(&c, 999, 1, "Mérule", true, true);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM blob_page"), 0);
}

/* --- resources -------------------------------------------------------------------------------- */

#define LAVOIR "\"title\":\"Sauver un lavoir\""

static void a_draft_is_found_by_its_author_alone(void **state)
{
    struct cast c = cast_of(state);
    shelf_draft(&c, LAVOIR);
    find(&c, c.bob, "lavoirs");
    assert_int_equal(hits(&c), 1);
    assert_string_equal(fixture_text(c.f, "hits.0.title"), "Sauver un lavoir");
    finds_nothing(&c, c.anne, "lavoirs");
    finds_nothing(&c, c.chloe, "lavoirs");
}

static void another_clubs_shelf_is_not_found(void **state)
{
    struct cast c = cast_of(state);
    shelf_published(&c, LAVOIR);
    find(&c, c.chloe, "lavoir");
    assert_string_equal(fixture_text(c.f, "hits.0.kind"), "resource");
    finds_nothing(&c, c.zoe, "lavoir");
}

static void what_was_withdrawn_is_found_no_more(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_published(&c, LAVOIR);
    shelf_do(&c, c.anne, "resource.withdraw", resource, ",\"remark\":\"Périmé\"");
    finds_nothing(&c, c.chloe, "lavoir");
}

static void a_resource_follows_its_words(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_published(&c, LAVOIR);
    db_run_deferred(c.f->db);
    assert_int_equal(shelf_try_update(&c, c.anne, resource, "\"title\":\"Sauver une halle\""),
                     ERR_NONE);
    finds_nothing(&c, c.chloe, "lavoir");
    find(&c, c.chloe, "halles");
    assert_int_equal(hits(&c), 1);
    indexes_are_sound(&c);
}

static void a_part_of_a_summary_is_shown_as_plain_words(void **state)
{
    struct cast c = cast_of(state);
    shelf_published(&c, LAVOIR ",\"summary\":\"## Bassin\\n\\nLa **margelle**, et le"
                               " [toit](https://exemple.fr/toit).\"");
    find(&c, c.chloe, "margelle");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.0"), "Bassin La ");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.1"), "margelle");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.2"), ", et le toit. · guide");
    finds_nothing(&c, c.chloe, "exemple");
    indexes_are_sound(&c);
}

/* A resource that is this person's document. */
static int64_t shelved_document(struct cast *c, int seed, const char *text)
{
    const char *key = read_document(c, c->bob, seed, text);
    return shelf_published(
        c, arena_printf(&c->f->arena, LAVOIR ",\"link\":null,\"file\":\"%s\"", key));
}

static void a_resource_is_one_hit_whatever_of_it_fits(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelved_document(&c, 1, "Le lavoir a un toit. Ce lavoir a un bassin.");
    find(&c, c.chloe, "lavoir");
    assert_int_equal(hits(&c), 1);
    assert_int_equal(fixture_int(c.f, "hits.0.resource"), resource);
    assert_int_equal(fixture_int(c.f, "hits.0.page.number"), 2);
    assert_int_equal(fixture_int(c.f, "counts.kinds.0.count"), 1);
}

static void only_the_edition_in_force_is_found(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelved_document(&c, 1, "La mérule");
    const char *second = read_document(&c, c.anne, 2, "La charpente");
    fixture_ok(c.f, c.anne, "edition.add",
               "{\"resource\":%lld,\"note\":\"Revu\",\"file\":\"%s\",\"nonce\":\"abcdefgh\"}",
               (long long)resource, second);
    finds_nothing(&c, c.chloe, "mérule");
    find(&c, c.chloe, "charpente");
    assert_int_equal(fixture_int(c.f, "hits.0.edition"), 2);
}

/* --- people, towns, messages ------------------------------------------------------------------ */

static void offer(struct cast *c, int64_t person, const char *shows)
{
    fixture_ok(c->f, person, "profile.set",
               "{\"offer\":\"Je connais la mérule\",\"phone\":\"\",\"themes\":[],\"shows\":%s}",
               shows);
}

static void a_person_is_found_by_who_shares_a_club(void **state)
{
    struct cast c = cast_of(state);
    offer(&c, c.bob, "[\"offer\"]");
    find(&c, c.chloe, "mérule");
    assert_int_equal(fixture_int(c.f, "hits.0.person"), c.bob);
    finds_nothing(&c, c.zoe, "mérule");
    finds_nothing(&c, c.zoe, "Bob");
}

static void an_offer_that_is_not_shown_is_not_found(void **state)
{
    struct cast c = cast_of(state);
    offer(&c, c.bob, "[\"offer\"]");
    db_run_deferred(c.f->db);
    offer(&c, c.bob, "[]");
    finds_nothing(&c, c.chloe, "mérule");
    indexes_are_sound(&c);
}

static void a_town_is_found_by_its_commune_or_its_epci(void **state)
{
    struct cast c = cast_of(state);
    fixture_ok(c.f, FIXTURE_OPERATOR, "town.import",
               "{\"csv\":\"id_pvd;lib_com;insee_com;siren_epci;lib_epci\\n"
               "p1;Nantua;01269;1;Haut-Bugey Agglomération\\n"
               "p1;Montréal-la-Cluse;01265;1;Haut-Bugey Agglomération\\n\"}");
    find(&c, c.zoe, "montreal cluse");
    assert_string_equal(fixture_text(c.f, "hits.0.title"), "Nantua et Montréal-la-Cluse");
    assert_string_equal(fixture_text(c.f, "hits.0.snippet.4"),
                        ", Haut-Bugey Agglomération, Ain, 01265 · "
                        "Nantua, Haut-Bugey Agglomération, Ain, 01269 · PVD");
    find(&c, c.zoe, "haut bugey");
    assert_string_equal(fixture_text(c.f, "hits.0.kind"), "town");
}

static void a_message_of_a_private_channel_is_not_found_nor_counted(void **state)
{
    struct cast c = cast_of(state);
    int64_t private = fixture_private(c.f, c.f->ain, "Comité");
    fixture_choose(c.f, private, c.anne);
    talk_post(&c, c.anne, private, "La mérule");
    find(&c, c.anne, "mérule");
    assert_int_equal(hits(&c), 1);
    finds_nothing(&c, c.bob, "mérule");
}

static void the_card_of_a_resource_is_not_a_hit_beside_it(void **state)
{
    struct cast c = cast_of(state);
    shelf_published(&c, LAVOIR);
    find(&c, c.chloe, "lavoir");
    assert_int_equal(hits(&c), 1);
}

/* --- the wish --------------------------------------------------------------------------------- */

static void who_holds_most_words_comes_where_none_holds_all(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Le permis de louer existe depuis janvier");
    find(&c, c.chloe, "qui a déjà instauré un permis de louer");
    assert_int_equal(hits(&c), 1);
}

static void the_last_word_may_be_half_typed(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Covoiturage vers Genève");
    find(&c, c.chloe, "covoit");
    assert_int_equal(hits(&c), 1);
    finds_nothing(&c, c.chloe, "covoit ");
}

static void a_query_without_a_word_is_refused(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(fixture_run(c.f, c.bob, "search.find", "{\"query\":\"?!\"}"), ERR_EMPTY);
}

static void a_club_that_is_not_ones_own_does_not_exist(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(fixture_run(c.f, c.bob, "search.find", "{\"query\":\"mérule\",\"club\":%lld}",
                                 (long long)c.f->reunion),
                     ERR_NOT_FOUND);
}

static void kinds_are_counted_as_if_none_were_asked_for(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Un lavoir");
    shelf_published(&c, LAVOIR);
    find_more(&c, c.chloe, "lavoir", ",\"kinds\":[\"message\"]");
    assert_int_equal(hits(&c), 1);
    assert_string_equal(fixture_text(c.f, "hits.0.kind"), "message");
    assert_int_equal(fixture_int(c.f, "counts.kinds.length"), 2);
}

static void a_theme_leaves_the_others_out_of_every_other_count(void **state)
{
    struct cast c = cast_of(state);
    shelf_published(&c, LAVOIR ",\"themes\":[1]");
    shelf_published(&c, LAVOIR ",\"themes\":[2]");
    find_more(&c, c.chloe, "lavoir", ",\"theme\":2");
    assert_int_equal(hits(&c), 1);
    assert_int_equal(fixture_int(c.f, "counts.kinds.0.count"), 1);
    assert_int_equal(fixture_int(c.f, "counts.themes.length"), 2);
}

static int about(struct cast *c, const char *kind, const char *code)
{
    find_more(
        c, c->chloe, "lavoir",
        arena_printf(&c->f->arena, ",\"territory\":{\"kind\":\"%s\",\"code\":\"%s\"}", kind, code));
    return hits(c);
}

static void a_territory_finds_what_is_about_those_that_lie_in_it(void **state)
{
    struct cast c = cast_of(state);
    shelf_towns(&c);
    shelf_published(&c, LAVOIR ",\"territories\":[{\"kind\":\"departement\",\"code\":\"01\"}]");
    shelf_published(&c, LAVOIR ",\"territories\":[{\"kind\":\"epci\",\"code\":\"200042935\"}]");
    shelf_published(&c, LAVOIR ",\"territories\":[{\"kind\":\"town\",\"code\":\"21A\"}]");
    shelf_published(&c, LAVOIR ",\"territories\":[{\"kind\":\"commune\",\"code\":\"01269\"}]");
    assert_int_equal(about(&c, "departement", "01"), 4);
    assert_int_equal(about(&c, "epci", "200042935"), 3);
    assert_int_equal(about(&c, "town", "21A"), 2);
    assert_int_equal(about(&c, "commune", "01269"), 1);
}

static void pages_follow_each_other_without_gap_or_repeat(void **state)
{
    struct cast c = cast_of(state);
    int64_t seen[7] = {0};
    int count = 0;
    for (int i = 0; i < 7; i++) {
        talk_post(&c, c.bob, c.general, "Un lavoir");
    }
    const char *more = ",\"limit\":3";
    for (bool next = true; next;) {
        find_more(&c, c.chloe, "lavoir", more);
        for (int i = 0; i < hits(&c); i++) {
            const char *path = arena_printf(&c.f->arena, "hits.%d.message.id", i);
            assert_true(count < 7);
            seen[count++] = fixture_int(c.f, path);
        }
        next = fixture_has(c.f, "next");
        more = next ? arena_printf(&c.f->arena, ",\"limit\":3,\"cursor\":\"%s\"",
                                   fixture_text(c.f, "next"))
                    : more;
    }
    assert_int_equal(count, 7);
    for (int i = 1; i < 7; i++) {
        assert_int_not_equal(seen[i], seen[i - 1]);
    }
}

static void a_cursor_that_is_none_is_refused(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(
        fixture_run(c.f, c.bob, "search.find", "{\"query\":\"lavoir\",\"cursor\":\"12-99-1\"}"),
        ERR_TYPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_word_inside_a_file_finds_its_message_and_its_page),
        FIXTURE_TEST(a_file_in_a_private_channel_is_found_by_its_members_alone),
        FIXTURE_TEST(a_file_that_has_no_place_yet_is_not_found),
        FIXTURE_TEST(the_same_content_in_two_places_tells_each_only_its_own),
        FIXTURE_TEST(a_deleted_message_takes_the_words_of_its_file_away),
        FIXTURE_TEST(a_reading_begun_again_replaces_what_was_recorded),
        FIXTURE_TEST(a_content_that_was_read_is_not_read_twice),
        FIXTURE_TEST(what_cannot_be_read_leaves_no_page),
        FIXTURE_TEST(a_content_gone_meanwhile_is_no_matter),
        FIXTURE_TEST(a_draft_is_found_by_its_author_alone),
        FIXTURE_TEST(another_clubs_shelf_is_not_found),
        FIXTURE_TEST(what_was_withdrawn_is_found_no_more),
        FIXTURE_TEST(a_resource_follows_its_words),
        FIXTURE_TEST(a_part_of_a_summary_is_shown_as_plain_words),
        FIXTURE_TEST(a_resource_is_one_hit_whatever_of_it_fits),
        FIXTURE_TEST(only_the_edition_in_force_is_found),
        FIXTURE_TEST(a_person_is_found_by_who_shares_a_club),
        FIXTURE_TEST(an_offer_that_is_not_shown_is_not_found),
        FIXTURE_TEST(a_town_is_found_by_its_commune_or_its_epci),
        FIXTURE_TEST(a_message_of_a_private_channel_is_not_found_nor_counted),
        FIXTURE_TEST(the_card_of_a_resource_is_not_a_hit_beside_it),
        FIXTURE_TEST(who_holds_most_words_comes_where_none_holds_all),
        FIXTURE_TEST(the_last_word_may_be_half_typed),
        FIXTURE_TEST(a_query_without_a_word_is_refused),
        FIXTURE_TEST(a_club_that_is_not_ones_own_does_not_exist),
        FIXTURE_TEST(kinds_are_counted_as_if_none_were_asked_for),
        FIXTURE_TEST(a_theme_leaves_the_others_out_of_every_other_count),
        FIXTURE_TEST(a_territory_finds_what_is_about_those_that_lie_in_it),
        FIXTURE_TEST(pages_follow_each_other_without_gap_or_repeat),
        FIXTURE_TEST(a_cursor_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
