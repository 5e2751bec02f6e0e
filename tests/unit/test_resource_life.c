/* The life of a resource: proposed, returned, published now or later, withdrawn; its editions; what
 * it tells, posts and feeds. */
#include "file_fixture.h"
#include "shelf_fixture.h"

#include <string.h>

#define HOUR_MS INT64_C(3600000)

static const char *at(struct cast *c, int64_t at_ms)
{
    return arena_printf(&c->f->arena, ",\"at\":%lld", (long long)at_ms);
}

static int64_t letters(struct cast *c, int64_t person, const char *words)
{
    return fixture_count(c->f, "SELECT count(*) FROM mail WHERE person = %lld AND plain LIKE '%s'",
                         (long long)person, words);
}

static int64_t cards(struct cast *c, int64_t resource)
{
    return fixture_count(c->f, "SELECT count(*) FROM message WHERE resource = %lld",
                         (long long)resource);
}

/* --- proposed and returned -------------------------------------------------------------------- */

static void a_proposal_is_told_to_who_keeps_the_shelf(void **state)
{
    struct cast c = cast_of(state);
    int64_t admin = fixture_administrator(c.f, "Ada");
    int64_t resource = shelf_proposed(&c, NULL);
    assert_string_equal(
        fixture_told_text(c.f, audience_person(c.anne), "notice.added", 0, "notice.kind"),
        "proposed");
    assert_int_equal(
        fixture_told_int(c.f, audience_person(c.anne), "notice.added", 0, "notice.resource.id"),
        resource);
    assert_int_equal(fixture_told(c.f, audience_person(admin), "notice.added"), 0);
    assert_int_equal(letters(&c, c.anne, "%Guide de l''habitat%/ressource/%"), 1);
}

static void who_keeps_the_shelf_no_more_is_not_reminded_of_proposals(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    shelf_do(&c, c.anne, "resource.publish", resource, "");
    fixture_ok(c.f, c.anne, "notice.list", "{}");
    assert_string_equal(fixture_text(c.f, "notices.0.kind"), "proposed");
    fixture_sql(c.f, "UPDATE membership SET role = 'elu' WHERE person = %lld", (long long)c.anne);
    fixture_ok(c.f, c.anne, "notice.list", "{}");
    assert_int_equal(fixture_int(c.f, "notices.length"), 0);
}

static void a_shelf_without_animateur_is_the_administrators_to_look_at(void **state)
{
    struct cast c = cast_of(state);
    int64_t admin = fixture_administrator(c.f, "Ada");
    int64_t resource = shelf_create(&c, c.bob, c.f->national, NULL);
    shelf_do(&c, c.bob, "resource.propose", resource, "");
    assert_int_equal(fixture_told(c.f, audience_person(admin), "notice.added"), 1);
}

static void what_is_asked_for_is_told_to_its_author(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    shelf_do(&c, c.anne, "resource.return", resource, ",\"remark\":\"Citez la source\"");
    fixture_ok(c.f, c.bob, "notice.list", "{}");
    assert_string_equal(fixture_text(c.f, "notices.0.kind"), "returned");
    assert_string_equal(fixture_text(c.f, "notices.0.detail"), "Citez la source");
    assert_string_equal(fixture_text(c.f, "notices.0.resource.state"), "returned");
    assert_false(fixture_has(c.f, "notices.0.event"));
    assert_int_equal(letters(&c, c.bob, "%Citez la source%"), 1);
    shelf_do(&c, c.bob, "resource.get", resource, "");
    assert_string_equal(fixture_text(c.f, "resource.remark"), "Citez la source");
}

static void one_letter_says_that_a_resource_is_proposed_until_it_is_seen(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    for (int i = 0; i < 2; i++) {
        shelf_do(&c, c.anne, "resource.return", resource, ",\"remark\":\"Encore\"");
        shelf_do(&c, c.bob, "resource.propose", resource, "");
    }
    assert_int_equal(letters(&c, c.anne, "%est proposée%"), 1);
    assert_int_equal(letters(&c, c.bob, "%Encore%"), 2);
}

static void a_step_that_does_not_follow_is_refused(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    assert_int_equal(shelf_try(&c, c.bob, "resource.propose", resource, ""), ERR_CONFLICT);
    assert_int_equal(shelf_try(&c, c.bob, "resource.publish", resource, ""), ERR_FORBIDDEN);
    assert_int_equal(shelf_try(&c, c.bob, "resource.return", resource, ",\"remark\":\"X\""),
                     ERR_FORBIDDEN);
    assert_int_equal(shelf_try(&c, c.anne, "resource.withdraw", resource, ""), ERR_CONFLICT);
    shelf_do(&c, c.anne, "resource.publish", resource, "");
    assert_int_equal(shelf_try(&c, c.anne, "resource.publish", resource, ""), ERR_CONFLICT);
    assert_int_equal(shelf_try(&c, c.anne, "resource.return", resource, ",\"remark\":\"X\""),
                     ERR_CONFLICT);
    assert_int_equal(shelf_try(&c, c.anne, "resource.delete", resource, ""), ERR_CONFLICT);
}

static void what_cannot_be_opened_is_not_proposed(void **state)
{
    struct cast c = cast_of(state);
    int64_t empty = shelf_draft(&c, "\"link\":null");
    assert_int_equal(shelf_try(&c, c.bob, "resource.propose", empty, ""), ERR_NO_CONTENT);
    int64_t fiche = shelf_proposed(&c, SHELF_FICHE);
    form_refused(&c, shelf_try_update(&c, c.bob, fiche, "\"kind\":\"guide\""), ERR_NO_CONTENT,
                 "kind");
}

/* --- published -------------------------------------------------------------------------------- */

static void a_publication_is_told_to_its_author_and_posted_in_the_announcements(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_published(&c, "\"themes\":[5]");
    assert_string_equal(
        fixture_told_text(c.f, audience_person(c.bob), "notice.added", 0, "notice.kind"),
        "published");
    int64_t channel = audience_channel(c.announces);
    assert_int_equal(fixture_told_int(c.f, channel, "message.posted", 0, "message.resource"),
                     resource);
    const char *body = fixture_told_text(c.f, channel, "message.posted", 0, "message.body");
    assert_non_null(strstr(body, "Guide de l'habitat\nGuide\nThèmes"));
}

static void a_card_is_not_edited(void **state)
{
    struct cast c = cast_of(state);
    shelf_published(&c, NULL);
    int64_t card =
        fixture_told_int(c.f, audience_channel(c.announces), "message.posted", 0, "message.id");
    assert_int_equal(talk_try_edit(&c, c.anne, card), ERR_CONFLICT);
}

static void a_national_resource_is_announced_where_it_is_about(void **state)
{
    struct cast c = cast_of(state);
    int64_t anct = fixture_member(c.f, "Ines", c.f->national, ROLE_ANIMATEUR);
    shelf_towns(&c);
    int64_t resource = shelf_create(&c, anct, c.f->national,
                                    "\"territories\":[{\"kind\":\"commune\",\"code\":\"01269\"}]");
    shelf_do(&c, anct, "resource.publish", resource, "");
    assert_int_equal(fixture_told(c.f, audience_channel(c.announces), "message.posted"), 1);
    assert_int_equal(cards(&c, resource), 2);
}

static void one_s_own_publication_is_no_news(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_create(&c, c.anne, c.f->ain, NULL);
    shelf_do(&c, c.anne, "resource.publish", resource, "");
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "notice.added"), 0);
}

static void what_a_reviewer_said_is_not_for_the_readers(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    shelf_do(&c, c.anne, "resource.return", resource, ",\"remark\":\"Trop long\"");
    shelf_do(&c, c.anne, "resource.publish", resource, "");
    shelf_do(&c, c.chloe, "resource.get", resource, "");
    assert_false(fixture_has(c.f, "resource.remark"));
}

static void a_publication_waits_for_its_hour(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    int64_t hour = c.f->now_ms + 2 * HOUR_MS;
    shelf_do(&c, c.anne, "resource.publish", resource, at(&c, hour));
    assert_true(shelf_seen(&c, c.bob, resource));
    assert_string_equal(fixture_text(c.f, "resource.state"), "scheduled");
    assert_int_equal(fixture_int(c.f, "resource.publish_at"), hour);
    assert_false(shelf_seen(&c, c.chloe, resource));
    assert_int_equal(shelf_try_update(&c, c.bob, resource, NULL), ERR_FORBIDDEN);
    assert_int_equal(fixture_count(c.f, "SELECT at FROM due WHERE command = 'resource.publish'"),
                     hour);
    c.f->now_ms = hour;
    shelf_do(&c, FIXTURE_OPERATOR, "resource.publish", resource, "");
    assert_true(shelf_seen(&c, c.chloe, resource));
    assert_int_equal(fixture_int(c.f, "resource.published_at"), hour);
    assert_int_equal(
        fixture_count(c.f, "SELECT author FROM message WHERE resource = %lld", (long long)resource),
        c.bob);
}

static void one_that_is_returned_is_not_published_at_its_hour(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, NULL);
    shelf_do(&c, c.anne, "resource.publish", resource, at(&c, c.f->now_ms + HOUR_MS));
    shelf_do(&c, c.anne, "resource.return", resource, ",\"remark\":\"Attendons\"");
    assert_int_equal(
        fixture_count(c.f, "SELECT count(*) FROM due WHERE command = 'resource.publish'"), 0);
}

static void wednesdays_show_what_is_set_on_them(void **state)
{
    struct cast c = cast_of(state);
    int64_t fiche = shelf_proposed(&c, SHELF_FICHE);
    int64_t waiting = shelf_proposed(&c, NULL);
    fixture_ok(c.f, c.anne, "resource.review", "{\"club\":%lld}", (long long)c.f->ain);
    assert_int_equal(fixture_int(c.f, "slots.length"), 12);
    assert_int_equal(fixture_int(c.f, "proposed.length"), 2);
    assert_string_equal(fixture_text(c.f, "proposed.0.name"), "Bob");
    /* 2026-09-21, a Monday; then Wednesdays, over the change of hour of 25 October. */
    assert_int_equal(fixture_int(c.f, "slots.0.at"), INT64_C(1790150400000));
    assert_int_equal(fixture_int(c.f, "slots.5.at"),
                     INT64_C(1790150400000) + 5 * 7 * 24 * HOUR_MS + HOUR_MS);
    shelf_do(&c, c.anne, "resource.publish", fiche, at(&c, fixture_int(c.f, "slots.1.at")));
    fixture_ok(c.f, c.anne, "resource.review", "{\"club\":%lld}", (long long)c.f->ain);
    assert_int_equal(fixture_int(c.f, "slots.1.resources.0.id"), fiche);
    assert_int_equal(fixture_int(c.f, "slots.0.resources.length"), 0);
    assert_int_equal(fixture_int(c.f, "proposed.0.resource.id"), waiting);
    assert_int_equal(
        fixture_run(c.f, c.bob, "resource.review", "{\"club\":%lld}", (long long)c.f->ain),
        ERR_FORBIDDEN);
}

/* --- withdrawn and deleted -------------------------------------------------------------------- */

static void what_is_withdrawn_is_gone_with_its_cards(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_published(&c, NULL);
    shelf_do(&c, c.anne, "resource.withdraw", resource, ",\"remark\":\"Périmé\"");
    assert_int_equal(fixture_told(c.f, audience_club(c.f->ain), "resource.gone"), 1);
    assert_int_equal(fixture_told(c.f, audience_channel(c.announces), "message.deleted"), 1);
    assert_int_equal(cards(&c, resource), 0);
    assert_false(shelf_seen(&c, c.chloe, resource));
    assert_true(shelf_seen(&c, c.anne, resource));
    assert_true(shelf_seen(&c, c.bob, resource));
    assert_int_equal(letters(&c, c.bob, "%Motif : Périmé%"), 1);
}

static void what_was_withdrawn_can_come_back(void **state)
{
    struct cast c = cast_of(state);
    int64_t first = c.f->now_ms, resource = shelf_published(&c, NULL);
    shelf_do(&c, c.anne, "resource.withdraw", resource, "");
    c.f->now_ms += HOUR_MS;
    shelf_do(&c, c.anne, "resource.publish", resource, "");
    assert_true(shelf_seen(&c, c.chloe, resource));
    assert_int_equal(fixture_int(c.f, "resource.published_at"), first);
    assert_int_equal(cards(&c, resource), 1);
}

static void a_deleted_proposal_leaves_nothing(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_proposed(&c, SHELF_FICHE ",\"themes\":[1]");
    shelf_do(&c, c.bob, "resource.delete", resource, "");
    assert_int_equal(fixture_told(c.f, audience_person(c.anne), "resource.gone"), 1);
    assert_int_equal(fixture_told(c.f, audience_person(c.bob), "resource.gone"), 1);
    fixture_ok(c.f, c.anne, "notice.list", "{}");
    assert_int_equal(fixture_int(c.f, "notices.length"), 0);
    assert_int_equal(fixture_count(c.f, "SELECT (SELECT count(*) FROM resource)"
                                        " + (SELECT count(*) FROM resource_edition)"
                                        " + (SELECT count(*) FROM resource_theme)"
                                        " + (SELECT count(*) FROM fiche)"),
                     0);
}

/* --- editions --------------------------------------------------------------------------------- */

static void a_new_edition_is_the_one_in_force(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_published(&c, NULL);
    const char *key = file_bring(c.f, c.anne, "Guide 2026.pdf", 1);
    const char *more = arena_printf(
        &c.f->arena, ",\"note\":\"Loi de 2026\",\"file\":\"%s\",\"nonce\":\"edition-2\"", key);
    shelf_do(&c, c.anne, "edition.add", resource, more);
    assert_int_equal(fixture_int(c.f, "id"), 2);
    assert_int_equal(fixture_told(c.f, audience_club(c.f->ain), "resource.changed"), 1);
    shelf_do(&c, c.chloe, "resource.get", resource, "");
    assert_int_equal(fixture_int(c.f, "resource.edition"), 2);
    assert_string_equal(fixture_text(c.f, "resource.editions.0.note"), "Loi de 2026");
    assert_string_equal(fixture_text(c.f, "resource.editions.0.file.name"), "Guide 2026.pdf");
    assert_string_equal(fixture_text(c.f, "resource.editions.1.link"), "https://exemple.fr/guide");
    shelf_do(&c, c.anne, "edition.add", resource, more);
    assert_int_equal(fixture_int(c.f, "id"), 2);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM resource_edition"), 2);
}

static void an_older_edition_can_be_in_force_again(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_published(&c, NULL);
    shelf_do(&c, c.anne, "edition.add", resource,
             ",\"link\":\"https://exemple.fr/2\",\"nonce\":\"edition-2\"");
    shelf_do(&c, c.anne, "edition.use", resource, ",\"number\":1");
    shelf_do(&c, c.chloe, "resource.get", resource, "");
    assert_int_equal(fixture_int(c.f, "resource.edition"), 1);
    assert_int_equal(fixture_int(c.f, "resource.editions.length"), 2);
    assert_int_equal(shelf_try(&c, c.anne, "edition.use", resource, ",\"number\":3"),
                     ERR_NOT_FOUND);
}

static void an_edition_that_cannot_be_opened_is_not_put_in_force(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_draft(&c, "\"link\":null");
    shelf_do(&c, c.bob, "edition.add", resource,
             ",\"link\":\"https://exemple.fr/2\",\"nonce\":\"edition-2\"");
    shelf_do(&c, c.bob, "resource.propose", resource, "");
    assert_int_equal(shelf_try(&c, c.bob, "edition.use", resource, ",\"number\":1"),
                     ERR_NO_CONTENT);
    assert_int_equal(shelf_try(&c, c.bob, "edition.add", resource, ",\"nonce\":\"edition-3\""),
                     ERR_MISSING);
}

static void there_are_so_many_editions_and_no_more(void **state)
{
    struct cast c = cast_of(state);
    int64_t resource = shelf_draft(&c, NULL);
    fixture_sql(c.f, "UPDATE resource_edition SET number = %d", LIMIT_EDITIONS);
    assert_int_equal(shelf_try(&c, c.bob, "edition.add", resource,
                               ",\"link\":\"https://exemple.fr/2\",\"nonce\":\"edition-2\""),
                     ERR_FULL);
}

/* --- feeds ------------------------------------------------------------------------------------ */

static enum err public_feed(struct cast *c)
{
    return fixture_run(c->f, FIXTURE_ANYBODY, "shelf.atom", "{\"club\":%lld}",
                       (long long)c->f->ain);
}

static void a_shelf_has_a_public_feed_while_all_on_it_is_public(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(public_feed(&c), ERR_NOT_FOUND);
    int64_t shown = shelf_published(&c, NULL);
    assert_int_equal(public_feed(&c), ERR_NOT_FOUND);
    assert_int_equal(shelf_try_update(&c, c.anne, shown, "\"is_public\":true"), ERR_NONE);
    shelf_proposed(&c, NULL);
    assert_int_equal(public_feed(&c), ERR_NONE);
    const char *body = fixture_text(c.f, "body");
    assert_non_null(strstr(body, "<title>Guide de l'habitat</title>"));
    assert_non_null(strstr(body, "href=\"https://exemple.fr/guide\""));
    shelf_published(&c, NULL);
    assert_int_equal(public_feed(&c), ERR_NOT_FOUND);
}

static const char *secret_of(struct cast *c, int64_t person, const char *kind)
{
    fixture_ok(c->f, person, "feed.create", "{\"kind\":\"%s\",\"club\":%lld}", kind,
               (long long)c->f->ain);
    return strstr(fixture_text(c->f, "url"), "bff_");
}

static enum err secret_feed(struct cast *c, const char *command, const char *token)
{
    const char *end = strpbrk(token, ".");
    return fixture_run(c->f, FIXTURE_ANYBODY, command, "{\"token\":\"%.*s\"}", (int)(end - token),
                       token);
}

static void a_secret_feed_shows_what_its_person_sees(void **state)
{
    struct cast c = cast_of(state);
    shelf_published(&c, "\"title\":\"Aménager <les> places & rues\"");
    shelf_proposed(&c, "\"title\":\"Proposée\"");
    const char *token = secret_of(&c, c.chloe, "shelf");
    assert_int_equal(secret_feed(&c, "shelf.feed", token), ERR_NONE);
    const char *body = fixture_text(c.f, "body");
    assert_non_null(strstr(body, "<title>Aménager &lt;les&gt; places &amp; rues</title>"));
    assert_non_null(strstr(body, "/ressource/"));
    assert_null(strstr(body, "Proposée"));
    fixture_sql(c.f, "UPDATE membership SET active = 0 WHERE person = %lld", (long long)c.chloe);
    assert_int_equal(secret_feed(&c, "shelf.feed", token), ERR_NONE);
    assert_null(strstr(fixture_text(c.f, "body"), "Aménager"));
}

static void a_secret_of_a_calendar_opens_no_shelf(void **state)
{
    struct cast c = cast_of(state);
    const char *calendar = secret_of(&c, c.bob, "club"), *shelf = secret_of(&c, c.bob, "shelf");
    assert_int_equal(secret_feed(&c, "shelf.feed", calendar), ERR_NOT_FOUND);
    assert_int_equal(secret_feed(&c, "calendar.feed", shelf), ERR_NOT_FOUND);
    assert_int_equal(fixture_run(c.f, c.zoe, "feed.create", "{\"kind\":\"shelf\",\"club\":%lld}",
                                 (long long)c.f->ain),
                     ERR_NOT_FOUND);
}

/* --- when a person is erased ------------------------------------------------------------------ */

static void who_is_erased_leaves_what_they_shared_and_takes_their_drafts(void **state)
{
    struct cast c = cast_of(state);
    int64_t admin = fixture_administrator(c.f, "Ada");
    int64_t draft = shelf_draft(&c, NULL), published = shelf_published(&c, NULL);
    fixture_ok(c.f, admin, "person.erase", "{\"person\":%lld,\"messages\":\"keep\"}",
               (long long)c.bob);
    assert_int_equal(
        fixture_count(c.f, "SELECT count(*) FROM resource WHERE id = %lld", (long long)draft), 0);
    assert_true(shelf_seen(&c, c.chloe, published));
    assert_false(fixture_has(c.f, "author"));
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM resource_edition WHERE person IS"
                                        " NOT NULL"),
                     0);
}

static void an_export_tells_what_was_proposed(void **state)
{
    struct cast c = cast_of(state);
    shelf_published(&c, NULL);
    fixture_ok(c.f, c.bob, "person.export", "{\"person\":%lld}", (long long)c.bob);
    assert_string_equal(fixture_text(c.f, "about.resources.0.title"), "Guide de l'habitat");
    assert_int_equal(fixture_int(c.f, "about.editions.0.number"), 1);
    assert_string_equal(fixture_text(c.f, "about.notices.0.resource"), "Guide de l'habitat");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_proposal_is_told_to_who_keeps_the_shelf),
        FIXTURE_TEST(who_keeps_the_shelf_no_more_is_not_reminded_of_proposals),
        FIXTURE_TEST(a_shelf_without_animateur_is_the_administrators_to_look_at),
        FIXTURE_TEST(what_is_asked_for_is_told_to_its_author),
        FIXTURE_TEST(one_letter_says_that_a_resource_is_proposed_until_it_is_seen),
        FIXTURE_TEST(a_step_that_does_not_follow_is_refused),
        FIXTURE_TEST(what_cannot_be_opened_is_not_proposed),
        FIXTURE_TEST(a_publication_is_told_to_its_author_and_posted_in_the_announcements),
        FIXTURE_TEST(a_card_is_not_edited),
        FIXTURE_TEST(a_national_resource_is_announced_where_it_is_about),
        FIXTURE_TEST(one_s_own_publication_is_no_news),
        FIXTURE_TEST(what_a_reviewer_said_is_not_for_the_readers),
        FIXTURE_TEST(a_publication_waits_for_its_hour),
        FIXTURE_TEST(one_that_is_returned_is_not_published_at_its_hour),
        FIXTURE_TEST(wednesdays_show_what_is_set_on_them),
        FIXTURE_TEST(what_is_withdrawn_is_gone_with_its_cards),
        FIXTURE_TEST(what_was_withdrawn_can_come_back),
        FIXTURE_TEST(a_deleted_proposal_leaves_nothing),
        FIXTURE_TEST(a_new_edition_is_the_one_in_force),
        FIXTURE_TEST(an_older_edition_can_be_in_force_again),
        FIXTURE_TEST(an_edition_that_cannot_be_opened_is_not_put_in_force),
        FIXTURE_TEST(there_are_so_many_editions_and_no_more),
        FIXTURE_TEST(a_shelf_has_a_public_feed_while_all_on_it_is_public),
        FIXTURE_TEST(a_secret_feed_shows_what_its_person_sees),
        FIXTURE_TEST(a_secret_of_a_calendar_opens_no_shelf),
        FIXTURE_TEST(who_is_erased_leaves_what_they_shared_and_takes_their_drafts),
        FIXTURE_TEST(an_export_tells_what_was_proposed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
