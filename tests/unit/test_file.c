/* Files: who sees them, what they take, and what leaves with them. */
#include "event_rows_fixture.h"
#include "file_fixture.h"
#include "talk_fixture.h"

#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "club/access.h"
#include "club/event.h"
#include "club/file.h"
#include "club/file_coming.h"
#include "club/resource.h"

/* --- coming ----------------------------------------------------------------------------------- */

static void a_file_comes_piece_by_piece(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_announce(c.f, c.bob, "Convention.pdf", 100);
    int64_t id = file_id(c.f, key);
    fixture_ok(c.f, FIXTURE_OPERATOR, "file.received", "{\"file\":%lld,\"received\":40}",
               (long long)id);
    fixture_ok(c.f, c.bob, "file.get", "{\"key\":\"%s\"}", key);
    assert_int_equal(fixture_int(c.f, "received"), 40);
    assert_int_equal(fixture_int(c.f, "id"), id);
    assert_int_equal(fixture_int(c.f, "file.bytes"), 100);
    file_end(c.f, key, 1, "application/pdf");
    fixture_ok(c.f, c.bob, "file.get", "{\"key\":\"%s\"}", key);
    assert_int_equal(fixture_int(c.f, "received"), 100);
    assert_false(fixture_has(c.f, "id"));
    assert_string_equal(fixture_text(c.f, "file.type"), "application/pdf");
    assert_string_equal(fixture_text(c.f, "file.name"), "Convention.pdf");
}

static void what_is_lost_on_the_disk_may_be_said_to_be_lost(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_announce(c.f, c.bob, "a", 100);
    for (int received = 60; received >= 0; received -= 60) {
        fixture_ok(c.f, FIXTURE_OPERATOR, "file.received", "{\"file\":%lld,\"received\":%d}",
                   (long long)file_id(c.f, key), received);
        fixture_ok(c.f, c.bob, "file.get", "{\"key\":\"%s\"}", key);
        assert_int_equal(fixture_int(c.f, "received"), received);
    }
    assert_int_equal(fixture_run(c.f, FIXTURE_OPERATOR, "file.received",
                                 "{\"file\":%lld,\"received\":101}", (long long)file_id(c.f, key)),
                     ERR_NOT_FOUND);
}

static enum err try_create(struct cast *c, const char *bytes)
{
    return fixture_run(c->f, c->bob, "file.create", "{\"name\":\"a.pdf\",\"bytes\":%s}", bytes);
}

static void limits_are_said_in_kind_words(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(try_create(&c, "0"), ERR_FILE_EMPTY);
    assert_int_equal(try_create(&c, "2147483649"), ERR_FILE_SIZE);
    assert_string_equal(c.f->problem.arg, FILE_SIZE_TEXT);
    for (int i = 0; i < 9; i++) {
        assert_int_equal(try_create(&c, "2147483648"), ERR_NONE);
    }
    fixture_sql(c.f, "UPDATE file SET bytes = bytes + %lld", (long long)LIMIT_FILE_BYTES / 9);
    assert_int_equal(try_create(&c, "1000"), ERR_FILE_QUOTA);
    fixture_ok(c.f, c.bob, "file.limits", "{}");
    assert_true(fixture_int(c.f, "used_bytes") > fixture_int(c.f, "quota_bytes") - 1000);
}

static void only_so_many_come_at_once(void **state)
{
    struct cast c = cast_of(state);
    for (int i = 0; i < LIMIT_FILES_COMING; i++) {
        file_announce(c.f, c.bob, "a", 10);
    }
    assert_int_equal(try_create(&c, "10"), ERR_FILES_COMING);
    assert_int_equal(fixture_run(c.f, c.chloe, "file.create", "{\"name\":\"a.pdf\",\"bytes\":1}"),
                     ERR_NONE);
}

static void a_content_is_kept_once_and_counted_once(void **state)
{
    struct cast c = cast_of(state);
    file_bring(c.f, c.bob, "a.pdf", 7);
    file_bring(c.f, c.bob, "b.pdf", 7);
    assert_int_equal(file_contents(c.f), 1);
    fixture_ok(c.f, c.bob, "file.limits", "{}");
    assert_int_equal(fixture_int(c.f, "used_bytes"), 100);
}

static void names_hide_nothing(void **state)
{
    struct club_fixture *f = *state;
    static const struct {
        const char *from, *to;
    } names[] = {
        {"Convention.pdf", "Convention.pdf"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Mes documents\\Bilan.docx", "Bilan.docx"},
        {"facture\u202Efdp.exe", "facturefdp.exe"},
        {".htaccess", "htaccess"},
        {" été\t2026 .", "été2026"},
        {"/", "fichier"},
        {"...", "fichier"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_string_equal(file_name_safe(&f->arena, names[i].from), names[i].to);
    }
    char lengthy[400];
    memset(lengthy, 'a', sizeof lengthy);
    memcpy(lengthy + 300, ".pdf", 5);
    const char *cut = file_name_safe(&f->arena, lengthy);
    assert_int_equal(utf8_chars(cut), LIMIT_FILE_NAME_CHARS);
    assert_string_equal(cut + strlen(cut) - 5, "a.pdf");
}

static void a_name_that_is_cut_ends_in_no_space(void **state)
{
    struct club_fixture *f = *state;
    char lengthy[400];
    memset(lengthy, 'a', sizeof lengthy);
    memset(lengthy + 150, ' ', 100);
    lengthy[300] = '\0';
    const char *cut = file_name_safe(&f->arena, lengthy);
    assert_int_equal(strlen(cut), 150);
    assert_string_equal(file_name_safe(&f->arena, cut), cut);
}

/* --- going ------------------------------------------------------------------------------------ */

static void a_content_leaves_with_its_last_file(void **state)
{
    struct cast c = cast_of(state);
    const char *first = file_bring(c.f, c.bob, "a.pdf", 7);
    const char *second = file_bring(c.f, c.chloe, "b.pdf", 7);
    fixture_ok(c.f, c.bob, "file.drop", "{\"key\":\"%s\"}", first);
    assert_int_equal(file_contents(c.f), 1);
    assert_int_equal(file_leaving(c.f), 0);
    fixture_ok(c.f, c.chloe, "file.drop", "{\"key\":\"%s\"}", second);
    assert_int_equal(file_contents(c.f), 0);
    assert_int_equal(file_leaving(c.f), 1);
    int64_t at = c.f->now_ms;
    fixture_ok(c.f, FIXTURE_OPERATOR, "blob.forget", "{\"hash\":\"%064x\",\"at\":%lld}", 7U,
               (long long)at - 1);
    assert_int_equal(file_leaving(c.f), 1);
    fixture_ok(c.f, FIXTURE_OPERATOR, "blob.forget", "{\"hash\":\"%064x\",\"at\":%lld}", 7U,
               (long long)at);
    assert_int_equal(file_leaving(c.f), 0);
}

static void one_that_comes_back_does_not_leave(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 7);
    fixture_ok(c.f, c.bob, "file.drop", "{\"key\":\"%s\"}", key);
    file_bring(c.f, c.chloe, "a.pdf", 7);
    assert_int_equal(file_contents(c.f), 1);
    assert_int_equal(file_leaving(c.f), 0);
}

static void bring_image(struct cast *c, const char *key, int seed, int thumbnail)
{
    fixture_ok(c->f, FIXTURE_OPERATOR, "file.finish",
               "{\"file\":%lld,\"blob\":{\"hash\":\"%064x\",\"bytes\":90,\"type\":\"image/png\","
               "\"width\":800,\"height\":600},\"thumbnail\":{\"hash\":\"%064x\",\"bytes\":9,"
               "\"type\":\"image/png\",\"width\":80,\"height\":60}}",
               (long long)file_id(c->f, key), (unsigned)seed, (unsigned)thumbnail);
}

static void an_image_leaves_with_its_small_picture(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_announce(c.f, c.bob, "a.png", 100);
    bring_image(&c, key, 7, 8);
    fixture_ok(c.f, c.bob, "file.get", "{\"key\":\"%s\"}", key);
    assert_true(fixture_has(c.f, "file.has_thumbnail"));
    assert_int_equal(fixture_int(c.f, "file.width"), 800);
    assert_int_equal(fixture_int(c.f, "file.bytes"), 90);
    fixture_ok(c.f, c.bob, "file.open", "{\"key\":\"%s\",\"thumbnail\":true}", key);
    assert_int_equal(fixture_int(c.f, "bytes"), 9);
    assert_int_equal(file_contents(c.f), 2);
    fixture_ok(c.f, c.bob, "file.drop", "{\"key\":\"%s\"}", key);
    assert_int_equal(file_contents(c.f), 0);
    assert_int_equal(file_leaving(c.f), 2);
}

static void the_same_image_again_leaves_no_second_small_picture(void **state)
{
    struct cast c = cast_of(state);
    bring_image(&c, file_announce(c.f, c.bob, "a.png", 100), 7, 8);
    bring_image(&c, file_announce(c.f, c.bob, "b.png", 100), 7, 9);
    assert_int_equal(file_contents(c.f), 2);
    assert_int_equal(file_leaving(c.f), 1);
}

static void a_picture_may_be_its_own_small_one(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_announce(c.f, c.bob, "a.png", 100);
    bring_image(&c, key, 7, 7);
    assert_int_equal(file_contents(c.f), 1);
    fixture_ok(c.f, c.bob, "file.drop", "{\"key\":\"%s\"}", key);
    assert_int_equal(file_contents(c.f), 0);
    assert_int_equal(file_leaving(c.f), 1);
}

static void what_comes_for_a_dropped_file_leaves_again(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_announce(c.f, c.bob, "a.pdf", 100);
    int64_t id = file_id(c.f, key);
    fixture_ok(c.f, c.bob, "file.drop", "{\"key\":\"%s\"}", key);
    fixture_ok(c.f, FIXTURE_OPERATOR, "file.finish",
               "{\"file\":%lld,\"blob\":{\"hash\":\"%064x\",\"bytes\":100,\"type\":\"a/b\"}}",
               (long long)id, 7U);
    assert_string_equal(c.f->result, "{\"kept\":false}");
    assert_int_equal(file_contents(c.f), 0);
    assert_int_equal(file_leaving(c.f), 1);
}

static void what_nobody_placed_is_forgotten_after_a_day(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 7);
    int64_t at = fixture_count(c.f, "SELECT at FROM due WHERE command = 'file.expire'");
    assert_int_equal(at, c.f->now_ms + LIMIT_FILE_HOURS * MS_PER_HOUR);
    fixture_ok(c.f, FIXTURE_OPERATOR, "file.expire", "{\"file\":%lld}",
               (long long)file_id(c.f, key));
    assert_int_equal(file_contents(c.f), 0);
}

static void a_known_content_gets_the_type_of_a_name_that_fits(void **state)
{
    struct cast c = cast_of(state);
    file_end(c.f, file_announce(c.f, c.bob, "a", 100), 7, "application/octet-stream");
    const char *key = file_announce(c.f, c.bob, "a.pdf", 100);
    file_end(c.f, key, 7, "application/pdf");
    fixture_ok(c.f, c.bob, "file.open", "{\"key\":\"%s\"}", key);
    assert_string_equal(fixture_text(c.f, "type"), "application/pdf");
    file_end(c.f, file_announce(c.f, c.bob, "b", 100), 7, "application/octet-stream");
    fixture_ok(c.f, c.bob, "file.open", "{\"key\":\"%s\"}", key);
    assert_string_equal(fixture_text(c.f, "type"), "application/pdf");
}

/* --- who sees it ------------------------------------------------------------------------------ */

static bool opens(struct cast *c, int64_t person, const char *key)
{
    return fixture_run(c->f, person, "file.open", "{\"key\":\"%s\"}", key) == ERR_NONE;
}

static void without_a_place_it_is_its_bringers_alone(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 7);
    int64_t root = fixture_administrator(c.f, "Root");
    assert_true(opens(&c, c.bob, key));
    assert_false(opens(&c, c.anne, key));
    assert_false(opens(&c, root, key));
    assert_false(opens(&c, FIXTURE_ANYBODY, key));
    assert_int_equal(fixture_run(c.f, c.anne, "file.get", "{\"key\":\"%s\"}", key), ERR_NOT_FOUND);
    assert_int_equal(fixture_run(c.f, c.anne, "file.drop", "{\"key\":\"%s\"}", key), ERR_NOT_FOUND);
}

static void a_suspended_person_sees_nothing(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 7);
    fixture_sql(c.f, "UPDATE person SET state = 'suspended' WHERE id = %lld", (long long)c.bob);
    assert_false(opens(&c, c.bob, key));
}

SQL(seen, "SELECT " FILE_SEEN_BY " FROM file f WHERE f.id = ?2");

/* Of every person and every channel, what may.c says and what the condition says. */
static int compare_all(struct cast *c, int64_t file)
{
    struct tx tx = fixture_tx(c->f, FIXTURE_OPERATOR);
    struct ids people = {0}, channels = {0};
    int read = 0;
    SQL(all_people, "SELECT id FROM person");
    SQL(all_channels, "SELECT id FROM channel");
    ids_read(&tx, db_select(c->f->db, &all_people), &people);
    ids_read(&tx, db_select(c->f->db, &all_channels), &channels);
    for (size_t i = 0; i < channels.count; i++) {
        struct channel channel;
        assert_true(channel_find(&tx, channels.items[i], &channel));
        int64_t message = fixture_message(c->f, channel.id, 0, c->bob, "x");
        fixture_sql(c->f, "UPDATE file SET message = %lld WHERE id = %lld", (long long)message,
                    (long long)file);
        for (size_t j = 0; j < people.count; j++) {
            bool may = (person_in_channel(&tx, people.items[j], &channel) & CAN_READ) != 0;
            bool sees = db_int(c->f->db, &seen, 0, people.items[j], file) != 0;
            if (may != sees) {
                fail_msg("person %lld, channel %lld (%s): may read %d, sees the file %d",
                         (long long)people.items[j], (long long)channel.id, channel.name, may,
                         sees);
            }
            read += may;
        }
    }
    return read;
}

static void who_reads_the_channel_sees_its_files_and_nobody_else(void **state)
{
    struct cast c = cast_of(state);
    struct club_fixture *f = c.f;
    int64_t private_one = fixture_private(f, f->ain, "Privé");
    int64_t archived = fixture_channel(f, f->ain, "Annonces");
    int64_t guest = fixture_person(f, "Gilles"), root = fixture_administrator(f, "Root");
    int64_t chosen_root = fixture_administrator(f, "Rita");
    int64_t reader = fixture_member(f, "Léa", f->ain, ROLE_LECTEUR);
    int64_t seated = fixture_member(f, "Sam", f->reunion, ROLE_ELU);
    int64_t suspended = fixture_member(f, "Sully", f->ain, ROLE_ELU);
    fixture_guest(f, guest, private_one, ROLE_PARTENAIRE);
    fixture_choose(f, private_one, c.chloe);
    fixture_choose(f, private_one, guest);
    fixture_choose(f, private_one, chosen_root);
    fixture_sql(f, "UPDATE channel SET archived_at = 1 WHERE id = %lld", (long long)archived);
    fixture_direct(f, c.bob, c.anne);
    fixture_direct(f, c.bob, c.zoe);
    int64_t event = fixture_event(f, f->ain);
    fixture_event_network(f, event);
    fixture_event_channel(f, event);
    fixture_seat(f, event, seated, "seated");
    fixture_seat(f, event, c.chloe, "waiting");
    fixture_sql(f, "UPDATE person SET state = 'suspended' WHERE id = %lld", (long long)suspended);
    (void)root, (void)reader;
    const char *key = file_bring(f, c.bob, "a.pdf", 7);
    assert_true(compare_all(&c, file_id(f, key)) > 30);
}

static void who_sees_the_event_sees_its_files_and_nobody_else(void **state)
{
    struct cast c = cast_of(state);
    struct club_fixture *f = c.f;
    static const char *const states[] = {"state = 'draft'", "state = 'published'",
                                         "state = 'cancelled'"};
    int64_t event = fixture_event(f, f->ain);
    int64_t people[] = {c.anne, c.bob, c.zoe, fixture_administrator(f, "Root"),
                        fixture_member(f, "Sam", f->reunion, ROLE_ELU)};
    int64_t file = file_id(f, file_bring(f, c.bob, "a.pdf", 7));
    fixture_seat(f, event, people[4], "waiting");
    fixture_sql(f, "UPDATE file SET event = %lld WHERE id = %lld", (long long)event,
                (long long)file);
    int sees_count = 0;
    for (size_t i = 0; i < 6; i++) {
        struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
        fixture_event_set(f, event, states[i % 3]);
        if (i == 3) {
            fixture_event_network(f, event);
        }
        for (size_t j = 0; j < sizeof people / sizeof *people; j++) {
            struct event_head head;
            assert_true(event_find(&tx, people[j], event, &head));
            bool sees = db_int(f->db, &seen, 0, people[j], file) != 0;
            assert_int_equal((head.can & EVENT_CAN_SEE) != 0, sees);
            sees_count += sees;
        }
        assert_int_equal(db_int(f->db, &seen, 0, 0, file), 0);
    }
    assert_true(sees_count > 10 && sees_count < 30);
}

static void a_resource_shows_its_files_as_itself(void **state)
{
    struct cast c = cast_of(state);
    struct club_fixture *f = c.f;
    const char *key = file_bring(f, c.bob, "a.pdf", 7);
    fixture_sql(f,
                "INSERT INTO resource (id, uid, club, kind, title, summary, nodes, licence,"
                " created_by, created_at, changed_at)"
                " VALUES (1, 'u', %lld, 'guide', 't', '', '[]', 'interne', %lld, 1, 1)",
                (long long)f->ain, (long long)c.bob);
    fixture_sql(f, "INSERT INTO resource_edition (id, resource, number, at) VALUES (1, 1, 1, 1)");
    fixture_sql(f, "UPDATE file SET edition = 1");
    assert_true(opens(&c, c.bob, key));
    assert_false(opens(&c, c.anne, key));
    fixture_sql(f, "UPDATE resource SET state = 'proposed'");
    assert_true(opens(&c, c.anne, key));
    assert_false(opens(&c, c.chloe, key));
    fixture_sql(f, "UPDATE resource SET state = 'published'");
    assert_true(opens(&c, c.chloe, key));
    assert_false(opens(&c, c.zoe, key));
    fixture_sql(f, "UPDATE resource SET public = 1");
    assert_true(opens(&c, c.zoe, key));
    assert_true(opens(&c, FIXTURE_ANYBODY, key));
    assert_string_equal(fixture_text(f, "name"), "a.pdf");
    fixture_sql(f, "UPDATE resource SET state = 'withdrawn'");
    assert_false(opens(&c, FIXTURE_ANYBODY, key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_file_comes_piece_by_piece),
        FIXTURE_TEST(what_is_lost_on_the_disk_may_be_said_to_be_lost),
        FIXTURE_TEST(limits_are_said_in_kind_words),
        FIXTURE_TEST(only_so_many_come_at_once),
        FIXTURE_TEST(a_content_is_kept_once_and_counted_once),
        FIXTURE_TEST(names_hide_nothing),
        FIXTURE_TEST(a_name_that_is_cut_ends_in_no_space),
        FIXTURE_TEST(a_content_leaves_with_its_last_file),
        FIXTURE_TEST(one_that_comes_back_does_not_leave),
        FIXTURE_TEST(an_image_leaves_with_its_small_picture),
        FIXTURE_TEST(the_same_image_again_leaves_no_second_small_picture),
        FIXTURE_TEST(a_picture_may_be_its_own_small_one),
        FIXTURE_TEST(what_comes_for_a_dropped_file_leaves_again),
        FIXTURE_TEST(what_nobody_placed_is_forgotten_after_a_day),
        FIXTURE_TEST(a_known_content_gets_the_type_of_a_name_that_fits),
        FIXTURE_TEST(without_a_place_it_is_its_bringers_alone),
        FIXTURE_TEST(a_suspended_person_sees_nothing),
        FIXTURE_TEST(who_reads_the_channel_sees_its_files_and_nobody_else),
        FIXTURE_TEST(who_sees_the_event_sees_its_files_and_nobody_else),
        FIXTURE_TEST(a_resource_shows_its_files_as_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
