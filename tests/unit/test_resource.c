/* Resources: who sees them, what may be said of them, how they are listed. */
#include "file_fixture.h"
#include "shelf_fixture.h"

#include <string.h>

#include "base/limits.h"

/* --- who may write, and who sees -------------------------------------------------------------- */

static void a_draft_is_its_author_s_alone(void **state)
{
    struct cast c = cast_of(state);
    int64_t admin = fixture_administrator(c.f, "Ada");
    int64_t resource = shelf_draft(&c, NULL);
    assert_int_equal(fixture_told(c.f, audience_person(c.bob), "resource.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "resource.changed"), 0);
    assert_true(shelf_seen(&c, c.bob, resource));
    assert_string_equal(fixture_text(c.f, "resource.state"), "draft");
    assert_false(shelf_seen(&c, c.anne, resource));
    assert_false(shelf_seen(&c, c.chloe, resource));
    assert_false(shelf_seen(&c, admin, resource));
}

static void a_proposal_is_seen_by_who_keeps_the_shelf(void **state)
{
    struct cast c = cast_of(state);
    int64_t admin = fixture_administrator(c.f, "Ada");
    int64_t resource = shelf_proposed(&c, NULL);
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "resource.changed"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(admin), "resource.changed"), 1);
    assert_true(shelf_seen(&c, c.anne, resource));
    assert_true(shelf_seen(&c, admin, resource));
    assert_false(shelf_seen(&c, c.chloe, resource));
    assert_false(shelf_seen(&c, c.zoe, resource));
}

static void what_is_published_on_a_club_s_shelf_is_its_members_(void **state)
{
    struct cast c = cast_of(state);
    int64_t reader = fixture_member(c.f, "Luc", c.f->ain, ROLE_LECTEUR);
    int64_t resource = shelf_published(&c, NULL);
    assert_int_equal(fixture_told(c.f, audience_club(c.f->ain), "resource.changed"), 1);
    assert_true(shelf_seen(&c, reader, resource));
    assert_false(shelf_seen(&c, c.zoe, resource));
}

static void the_national_shelf_is_everybody_s(void **state)
{
    struct cast c = cast_of(state);
    int64_t anct = fixture_member(c.f, "Ines", c.f->national, ROLE_ANIMATEUR);
    int64_t guest = fixture_person(c.f, "Guy");
    fixture_guest(c.f, guest, c.general, ROLE_PARTENAIRE);
    int64_t resource = shelf_create(&c, c.bob, c.f->national, NULL);
    shelf_do(&c, c.bob, "resource.propose", resource, "");
    assert_false(shelf_seen(&c, c.anne, resource));
    shelf_do(&c, anct, "resource.publish", resource, "");
    assert_int_equal(fixture_told(c.f, audience_pack(AUDIENCE_EVERYBODY, 0), "resource.changed"),
                     1);
    assert_true(shelf_seen(&c, c.zoe, resource));
    assert_true(shelf_seen(&c, guest, resource));
    assert_int_equal(shelf_try_create(&c, guest, c.f->national, NULL), ERR_FORBIDDEN);
}

static void a_public_resource_of_a_club_is_seen_by_all(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_published(&c, NULL);
    assert_int_equal(shelf_try_update(&c, c.anne, resource, "\"is_public\":true"), ERR_NONE);
    assert_int_equal(fixture_told(c.f, audience_pack(AUDIENCE_EVERYBODY, 0), "resource.changed"),
                     1);
    assert_true(shelf_seen(&c, c.zoe, resource));
    assert_int_equal(shelf_try_update(&c, c.anne, resource, NULL), ERR_NONE);
    assert_int_equal(fixture_told(c.f, audience_pack(AUDIENCE_EVERYBODY, 0), "resource.gone"), 1);
    assert_int_equal(fixture_told(c.f, audience_club(c.f->ain), "resource.changed"), 1);
    assert_false(shelf_seen(&c, c.zoe, resource));
}

static void lecteurs_and_strangers_do_not_write_on_a_shelf(void **state)
{
    struct cast c = cast_of(state);
    int64_t reader = fixture_member(c.f, "Luc", c.f->ain, ROLE_LECTEUR);
    assert_int_equal(shelf_try_create(&c, reader, c.f->ain, NULL), ERR_FORBIDDEN);
    assert_int_equal(shelf_try_create(&c, reader, c.f->national, NULL), ERR_FORBIDDEN);
    assert_int_equal(shelf_try_create(&c, c.zoe, c.f->ain, NULL), ERR_NOT_FOUND);
    assert_int_equal(shelf_try_create(&c, c.zoe, c.f->national, NULL), ERR_NONE);
    assert_int_equal(shelf_try_create(&c, FIXTURE_ANYBODY, c.f->ain, NULL), ERR_LOGIN);
}

static void an_author_edits_until_it_is_accepted(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    assert_int_equal(shelf_try_update(&c, c.bob, resource, NULL), ERR_NONE);
    shelf_do(&c, c.anne, "resource.publish", resource, "");
    assert_int_equal(shelf_try_update(&c, c.bob, resource, NULL), ERR_FORBIDDEN);
    assert_int_equal(shelf_try_update(&c, c.anne, resource, NULL), ERR_NONE);
    assert_int_equal(shelf_try_update(&c, c.chloe, resource, NULL), ERR_FORBIDDEN);
    assert_int_equal(shelf_try_update(&c, c.zoe, resource, NULL), ERR_NOT_FOUND);
}

static void who_left_the_club_reads_their_proposal_and_edits_it_no_more(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    fixture_sql(c.f, "UPDATE membership SET active = 0 WHERE person = %lld", (long long)c.bob);
    assert_true(shelf_seen(&c, c.bob, resource));
    assert_int_equal(shelf_try_update(&c, c.bob, resource, NULL), ERR_FORBIDDEN);
    shelf_do(&c, c.anne, "resource.publish", resource, "");
    assert_int_equal(fixture_told(c.f, audience_person(c.bob), "resource.changed"), 1);
}

static void what_one_can_do_is_said_to_oneself_alone(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    shelf_do(&c, c.bob, "resource.get", resource, "");
    assert_int_equal(fixture_int(c.f, "can.length"), 2);
    assert_string_equal(fixture_text(c.f, "can.1"), "edit");
    shelf_do(&c, c.anne, "resource.get", resource, "");
    assert_string_equal(fixture_text(c.f, "can.2"), "keep");
    assert_string_equal(fixture_text(c.f, "author.name"), "Bob");
    assert_false(fixture_has(c.f, "resource.author"));
}

/* --- what is said of it ----------------------------------------------------------------------- */

static void all_that_is_said_is_kept(void **state)
{
    struct cast c = cast_of(state);
    shelf_towns(&c);
    int64_t resource = shelf_draft(
        &c, "\"summary\":\"**À lire** #pvd:1\",\"organisation\":\"CAUE de l'Ain\",\"themes\":[5,2],"
            "\"territories\":[{\"kind\":\"epci\",\"code\":\"200042935\"},"
            "{\"kind\":\"town\",\"code\":\"21A\"}],\"dated_on\":\"2026-03\",\"licence\":\"cc_by\","
            "\"source\":\"Cerema\",\"source_link\":\"https://www.cerema.fr/x\"");
    shelf_do(&c, c.bob, "resource.get", resource, "");
    assert_string_equal(fixture_text(c.f, "resource.organisation"), "CAUE de l'Ain");
    assert_string_equal(fixture_text(c.f, "resource.nodes.0.c.0.t"), "strong");
    assert_int_equal(fixture_int(c.f, "resource.themes.0"), 2);
    assert_int_equal(fixture_int(c.f, "resource.themes.1"), 5);
    assert_string_equal(fixture_text(c.f, "resource.territories.0.name"), "CA Haut-Bugey");
    assert_string_equal(fixture_text(c.f, "resource.territories.1.name"),
                        "Nantua et Montréal-la-Cluse");
    assert_string_equal(fixture_text(c.f, "resource.dated_on"), "2026-03");
    assert_string_equal(fixture_text(c.f, "resource.licence"), "cc_by");
    assert_string_equal(fixture_text(c.f, "resource.source"), "Cerema");
    assert_string_equal(fixture_text(c.f, "resource.editions.0.link"), "https://exemple.fr/guide");
}

static void a_fiche_says_what_it_cost_and_who_to_ask(void **state)
{
    struct cast c = cast_of(state);
    fixture_sql(c.f,
                "INSERT INTO post (id, role, club, label)"
                " VALUES (900, 'animateur', %lld, 'Animateur · Ain')"
                " ON CONFLICT DO UPDATE SET id = 900",
                (long long)c.f->ain);
    int64_t resource = shelf_draft(
        &c, SHELF_FICHE ",\"fiche\":{\"cost\":412000,\"funders\":[{\"name\":\"DETR\","
                        "\"amount\":120000},{\"name\":\"Région\"}],\"calendar\":\"2024 : étude\","
                        "\"lessons\":\"Associer tôt.\",\"post\":900}");
    shelf_do(&c, c.bob, "resource.get", resource, "");
    assert_int_equal(fixture_int(c.f, "resource.fiche.cost"), 412000);
    assert_string_equal(fixture_text(c.f, "resource.fiche.funders.1.name"), "Région");
    assert_false(fixture_has(c.f, "resource.fiche.funders.1.amount"));
    assert_int_equal(fixture_int(c.f, "resource.fiche.post"), 900);
    assert_true(fixture_has(c.f, "resource.fiche.post_label"));
    assert_int_equal(shelf_try_update(&c, c.bob, resource, SHELF_FICHE), ERR_NONE);
    shelf_do(&c, c.bob, "resource.get", resource, "");
    assert_false(fixture_has(c.f, "resource.fiche.funders"));
}

static void a_resource_keeps_to_its_rules(void **state)
{
    struct cast c = cast_of(state);
#define REFUSED(more, err, field)                                                                  \
    form_refused(&c, shelf_try_create(&c, c.bob, c.f->ain, more), err, field)
    REFUSED("\"dated_on\":\"2026-02-29\"", ERR_DATE, "dated_on");
    REFUSED("\"dated_on\":\"2026-1\"", ERR_DATE, "dated_on");
    REFUSED("\"dated_on\":\"20260317\"", ERR_DATE, "dated_on");
    REFUSED("\"link\":\"http://exemple.fr/\"", ERR_LINK, "link");
    REFUSED("\"source_link\":\"javascript:alert(1)\"", ERR_LINK, "source_link");
    REFUSED("\"fiche\":{\"cost\":1}", ERR_VALUE, "fiche");
    REFUSED("\"kind\":\"fiche_projet\",\"fiche\":{\"post\":999}", ERR_NOT_FOUND, "fiche.post");
    REFUSED("\"themes\":[99]", ERR_NOT_FOUND, "themes");
    REFUSED("\"territories\":[{\"kind\":\"departement\",\"code\":\"01\"},"
            "{\"kind\":\"commune\",\"code\":\"99999\"}]",
            ERR_TERRITORY, "territories[1].code");
    REFUSED("\"is_public\":true", ERR_FORBIDDEN, "is_public");
    REFUSED("\"file\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\"", ERR_FILE_AND_LINK, "link");
#undef REFUSED
    form_refused(
        &c, shelf_try_create(&c, c.anne, c.f->ain, "\"is_public\":true,\"licence\":\"interne\""),
        ERR_VALUE, "is_public");
}

static void an_author_does_not_take_the_keeper_s_word_back_by_editing(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    assert_int_equal(shelf_try_update(&c, c.anne, resource, "\"is_public\":true"), ERR_NONE);
    assert_int_equal(shelf_try_update(&c, c.bob, resource, "\"is_public\":true"), ERR_NONE);
}

static void only_so_many_wait_to_be_published(void **state)
{
    struct cast c = cast_of(state);
    for (int i = 0; i < LIMIT_RESOURCES_OPEN; i++) {
        shelf_draft(&c, NULL);
    }
    assert_int_equal(shelf_try_create(&c, c.bob, c.f->ain, NULL), ERR_FULL);
    assert_int_equal(shelf_try_create(&c, c.chloe, c.f->ain, NULL), ERR_NONE);
}

/* --- where it comes from ---------------------------------------------------------------------- */

static void a_source_is_shown_to_who_reads_the_conversation(void **state)
{
    struct cast c = cast_of(state);
    int64_t secret = fixture_private(c.f, c.f->ain, "Bureau");
    fixture_choose(c.f, secret, c.bob);
    int64_t message = talk_post(&c, c.bob, secret, "Le guide");
    int64_t resource = shelf_published(
        &c, arena_printf(&c.f->arena, "\"source_message\":%lld", (long long)message));
    assert_null(strstr(c.f->effects.items[0].json, "source_"));
    shelf_do(&c, c.bob, "resource.get", resource, "");
    assert_int_equal(fixture_int(c.f, "source_message"), message);
    assert_int_equal(fixture_int(c.f, "source_channel"), secret);
    shelf_do(&c, c.chloe, "resource.get", resource, "");
    assert_false(fixture_has(c.f, "source_message"));
    assert_false(fixture_has(c.f, "source_channel"));
}

static void a_source_that_was_deleted_is_shown_no_more(void **state)
{
    struct cast c = cast_of(state);
    int64_t message = talk_post(&c, c.bob, c.general, "Le guide");
    const char *source = arena_printf(&c.f->arena, "\"source_message\":%lld", (long long)message);
    int64_t resource = shelf_published(&c, source);
    talk_about(&c, c.bob, "message.delete", message);
    shelf_do(&c, c.bob, "resource.get", resource, "");
    assert_false(fixture_has(c.f, "source_message"));
    form_refused(&c, shelf_try_create(&c, c.bob, c.f->ain, source), ERR_NOT_FOUND,
                 "source_message");
}

static void a_source_one_may_not_read_is_as_none(void **state)
{
    struct cast c = cast_of(state);
    int64_t secret = fixture_private(c.f, c.f->ain, "Bureau");
    fixture_choose(c.f, secret, c.bob);
    int64_t message = talk_post(&c, c.bob, secret, "Le guide");
    form_refused(
        &c,
        shelf_try_create(&c, c.chloe, c.f->ain,
                         arena_printf(&c.f->arena, "\"source_message\":%lld", (long long)message)),
        ERR_NOT_FOUND, "source_message");
}

static void a_file_of_a_conversation_is_copied_into_the_library(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.chloe, "Fiche.pdf", 1);
    int64_t message = talk_post(&c, c.chloe, c.general, "Voici");
    fixture_sql(c.f, "UPDATE file SET message = %lld WHERE key = '%s'", (long long)message, key);
    int64_t resource = shelf_published(
        &c, arena_printf(&c.f->arena, "\"link\":null,\"file\":\"%s\",\"source_message\":%lld", key,
                         (long long)message));
    shelf_do(&c, c.bob, "resource.get", resource, "");
    assert_string_equal(fixture_text(c.f, "resource.editions.0.file.name"), "Fiche.pdf");
    const char *copy = fixture_text(c.f, "resource.editions.0.file.key");
    assert_string_not_equal(copy, key);
    fixture_sql(c.f, "DELETE FROM file WHERE key = '%s'", key);
    assert_int_equal(fixture_run(c.f, c.bob, "file.get", "{\"key\":\"%s\"}", copy), ERR_NONE);
}

/* --- lists ------------------------------------------------------------------------------------ */

static int64_t listed(struct cast *c, int64_t person, const char *members)
{
    fixture_ok(c->f, person, "resource.list", "{%s}", members);
    return fixture_int(c->f, "resources.length");
}

static void a_list_holds_what_the_person_sees(void **state)
{
    struct cast c = cast_of(state);
    int64_t anct = fixture_member(c.f, "Ines", c.f->national, ROLE_ANIMATEUR);
    shelf_draft(&c, NULL);
    shelf_proposed(&c, NULL);
    shelf_published(&c, NULL);
    int64_t national = shelf_create(&c, anct, c.f->national, NULL);
    shelf_do(&c, anct, "resource.publish", national, "");
    const char *ain = arena_printf(&c.f->arena, "\"club\":%lld", (long long)c.f->ain);
    const char *both = arena_printf(&c.f->arena, "%s,\"national\":true", ain);
    assert_int_equal(listed(&c, c.chloe, ain), 1);
    assert_int_equal(listed(&c, c.chloe, both), 2);
    assert_int_equal(listed(&c, c.chloe, "\"national\":true"), 1);
    assert_int_equal(listed(&c, c.zoe, both), 1);
    assert_int_equal(listed(&c, c.zoe, ""), 1);
    assert_int_equal(listed(&c, c.bob, "\"mine\":true,\"state\":\"any\""), 3);
    assert_int_equal(listed(&c, c.anne, "\"state\":\"proposed\""), 1);
    assert_int_equal(listed(&c, c.anne, "\"state\":\"draft\""), 0);
}

static void a_list_says_what_one_can_do_on_its_shelf(void **state)
{
    struct cast c = cast_of(state);
    const char *ain = arena_printf(&c.f->arena, "\"club\":%lld", (long long)c.f->ain);
    listed(&c, c.anne, ain);
    assert_string_equal(fixture_text(c.f, "can.2"), "keep");
    listed(&c, c.bob, ain);
    assert_string_equal(fixture_text(c.f, "can.1"), "write");
    assert_int_equal(fixture_int(c.f, "can.length"), 2);
    listed(&c, c.zoe, ain);
    assert_int_equal(fixture_int(c.f, "can.length"), 0);
}

static void a_list_is_narrowed_by_kind_theme_and_place(void **state)
{
    struct cast c = cast_of(state);
    shelf_published(&c, "\"themes\":[5]");
    shelf_published(&c,
                    SHELF_FICHE ",\"territories\":[{\"kind\":\"departement\",\"code\":\"01\"}]");
    assert_int_equal(listed(&c, c.chloe, "\"kind\":\"guide\""), 1);
    assert_int_equal(listed(&c, c.chloe, "\"theme\":5"), 1);
    assert_int_equal(listed(&c, c.chloe, "\"theme\":6"), 0);
    assert_int_equal(
        listed(&c, c.chloe, "\"territory\":{\"kind\":\"departement\",\"code\":\"01\"}"), 1);
    assert_int_equal(
        listed(&c, c.chloe, "\"territory\":{\"kind\":\"departement\",\"code\":\"02\"}"), 0);
}

static int64_t about(struct cast *c, const char *kind, const char *code)
{
    return listed(
        c, c->chloe,
        arena_printf(&c->f->arena, "\"territory\":{\"kind\":\"%s\",\"code\":\"%s\"}", kind, code));
}

static void a_territory_brings_what_is_about_those_that_lie_in_it(void **state)
{
    struct cast c = cast_of(state);
    shelf_towns(&c);
    shelf_published(&c, "\"territories\":[{\"kind\":\"departement\",\"code\":\"01\"}]");
    shelf_published(&c, "\"territories\":[{\"kind\":\"epci\",\"code\":\"200042935\"}]");
    shelf_published(&c, "\"territories\":[{\"kind\":\"town\",\"code\":\"21A\"}]");
    shelf_published(&c, "\"territories\":[{\"kind\":\"commune\",\"code\":\"01269\"}]");
    assert_int_equal(about(&c, "departement", "01"), 4);
    assert_int_equal(about(&c, "epci", "200042935"), 3);
    assert_int_equal(about(&c, "town", "21A"), 2);
    assert_int_equal(about(&c, "commune", "01269"), 1);
    assert_int_equal(about(&c, "commune", "01265"), 0);
    assert_int_equal(about(&c, "departement", "974"), 0);
}

static void a_list_goes_page_by_page_whatever_comes_meanwhile(void **state)
{
    struct cast c = cast_of(state);
    int64_t first = 0;
    for (int i = 0; i < 5; i++) {
        c.f->now_ms += 1000;
        int64_t id = shelf_published(&c, NULL);
        first = first ? first : id;
    }
    assert_int_equal(listed(&c, c.chloe, "\"limit\":3"), 3);
    assert_int_equal(fixture_int(c.f, "resources.2.id"), first + 2);
    const char *next = fixture_text(c.f, "next");
    c.f->now_ms += 1000;
    shelf_published(&c, NULL);
    assert_int_equal(listed(&c, c.chloe, arena_printf(&c.f->arena, "\"cursor\":\"%s\"", next)), 2);
    assert_int_equal(fixture_int(c.f, "resources.0.id"), first + 1);
    assert_false(fixture_has(c.f, "next"));
    assert_int_equal(fixture_run(c.f, c.chloe, "resource.list", "{\"cursor\":\"x\"}"), ERR_TYPE);
}

static void a_list_by_date_puts_a_year_behind_its_months(void **state)
{
    struct cast c = cast_of(state);
    int64_t day = shelf_published(&c, "\"dated_on\":\"2025-03-17\"");
    int64_t year = shelf_published(&c, "\"dated_on\":\"2025\"");
    int64_t month = shelf_published(&c, "\"dated_on\":\"2025-03\"");
    int64_t never = shelf_published(&c, NULL);
    int64_t order[] = {day, month, year, never};
    assert_int_equal(listed(&c, c.chloe, "\"order\":\"dated\""), 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(fixture_int(c.f, arena_printf(&c.f->arena, "resources.%d.id", i)),
                         order[i]);
    }
}

/* --- territories ------------------------------------------------------------------------------ */

static void territories_are_found_by_their_words_and_codes(void **state)
{
    struct cast c = cast_of(state);
    shelf_towns(&c);
    fixture_ok(c.f, c.bob, "territory.find", "{\"query\":\"montreal\"}");
    assert_int_equal(fixture_int(c.f, "territories.length"), 2);
    assert_string_equal(fixture_text(c.f, "territories.0.kind"), "commune");
    assert_string_equal(fixture_text(c.f, "territories.1.kind"), "town");
    fixture_ok(c.f, c.bob, "territory.find", "{\"query\":\"Haut-Bu\"}");
    assert_string_equal(fixture_text(c.f, "territories.0.code"), "200042935");
    fixture_ok(c.f, c.bob, "territory.find", "{\"query\":\"01\"}");
    assert_string_equal(fixture_text(c.f, "territories.0.name"), "Ain");
    fixture_ok(c.f, c.bob, "territory.find", "{\"query\":\"-\"}");
    assert_int_equal(fixture_int(c.f, "territories.length"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_draft_is_its_author_s_alone),
        FIXTURE_TEST(a_proposal_is_seen_by_who_keeps_the_shelf),
        FIXTURE_TEST(what_is_published_on_a_club_s_shelf_is_its_members_),
        FIXTURE_TEST(the_national_shelf_is_everybody_s),
        FIXTURE_TEST(a_public_resource_of_a_club_is_seen_by_all),
        FIXTURE_TEST(lecteurs_and_strangers_do_not_write_on_a_shelf),
        FIXTURE_TEST(an_author_edits_until_it_is_accepted),
        FIXTURE_TEST(who_left_the_club_reads_their_proposal_and_edits_it_no_more),
        FIXTURE_TEST(what_one_can_do_is_said_to_oneself_alone),
        FIXTURE_TEST(all_that_is_said_is_kept),
        FIXTURE_TEST(a_fiche_says_what_it_cost_and_who_to_ask),
        FIXTURE_TEST(a_resource_keeps_to_its_rules),
        FIXTURE_TEST(an_author_does_not_take_the_keeper_s_word_back_by_editing),
        FIXTURE_TEST(only_so_many_wait_to_be_published),
        FIXTURE_TEST(a_source_is_shown_to_who_reads_the_conversation),
        FIXTURE_TEST(a_source_that_was_deleted_is_shown_no_more),
        FIXTURE_TEST(a_source_one_may_not_read_is_as_none),
        FIXTURE_TEST(a_file_of_a_conversation_is_copied_into_the_library),
        FIXTURE_TEST(a_list_holds_what_the_person_sees),
        FIXTURE_TEST(a_list_says_what_one_can_do_on_its_shelf),
        FIXTURE_TEST(a_list_is_narrowed_by_kind_theme_and_place),
        FIXTURE_TEST(a_territory_brings_what_is_about_those_that_lie_in_it),
        FIXTURE_TEST(a_list_goes_page_by_page_whatever_comes_meanwhile),
        FIXTURE_TEST(a_list_by_date_puts_a_year_behind_its_months),
        FIXTURE_TEST(territories_are_found_by_their_words_and_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
