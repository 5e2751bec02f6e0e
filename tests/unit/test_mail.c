/* Mail on its way: written in two parts, queued, tried again, given up. */
#include "club_fixture.h"

#include <string.h>

#include "club/mail.h"

static void a_letter_says_the_same_in_both_parts(void **state)
{
    struct club_fixture *f = *state;
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    struct mail mail;
    mail_write(&tx, 0, "a@ain.fr",
               &(struct letter){.subject = "Sujet",
                                .paragraphs = {"Bonjour <Jeanne> & \"Omar\",", "Texte."},
                                .action = "Ouvrir",
                                .link = "http://x/y#z",
                                .after = {"Fin."}});
    assert_true(mail_next(f->db, f->now_ms, &f->arena, &mail));
    assert_string_equal(mail.recipient, "a@ain.fr");
    assert_non_null(strstr(mail.plain, "Bonjour <Jeanne> & \"Omar\",\n\nTexte.\n\nOuvrir :\n"
                                       "http://x/y#z\n\nFin."));
    assert_non_null(strstr(mail.html, "<p>Bonjour &lt;Jeanne&gt; &amp; &quot;Omar&quot;,</p>"));
    assert_non_null(strstr(mail.html, "<a href=\"http://x/y#z\""));
    assert_null(strstr(mail.html, "<Jeanne>"));
}

static int64_t queue_one(struct club_fixture *f)
{
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    mail_write(&tx, 0, "a@ain.fr", &(struct letter){.subject = "s", .paragraphs = {"p"}});
    return fixture_count(f, "SELECT max(id) FROM mail");
}

static void a_sent_mail_is_gone(void **state)
{
    struct club_fixture *f = *state;
    int64_t mail = queue_one(f);
    fixture_ok(f, FIXTURE_OPERATOR, "mail.sent", "{\"mail\":%lld}", (long long)mail);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 0);
    assert_int_equal(mail_next_at(f->db), INT64_MAX);
}

static void a_mail_that_cannot_leave_waits_longer_each_time(void **state)
{
    struct club_fixture *f = *state;
    static const int64_t minutes[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360};
    int64_t mail = queue_one(f);
    assert_int_equal(mail_next_at(f->db), f->now_ms);
    for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++) {
        struct mail next;
        fixture_ok(f, FIXTURE_OPERATOR, "mail.failed", "{\"mail\":%lld}", (long long)mail);
        assert_int_equal(mail_next_at(f->db), f->now_ms + minutes[i] * 60 * MS_PER_SECOND);
        assert_false(mail_next(f->db, f->now_ms, &f->arena, &next));
        f->now_ms = mail_next_at(f->db);
        assert_true(mail_next(f->db, f->now_ms, &f->arena, &next));
        assert_int_equal(next.attempts, (int64_t)i + 1);
    }
}

static void a_mail_is_given_up_after_three_days(void **state)
{
    struct club_fixture *f = *state;
    int64_t mail = queue_one(f);
    f->now_ms += 3 * MS_PER_DAY;
    fixture_ok(f, FIXTURE_OPERATOR, "mail.failed", "{\"mail\":%lld}", (long long)mail);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 0);
    fixture_ok(f, FIXTURE_OPERATOR, "mail.failed", "{\"mail\":%lld}", (long long)mail);
}

static void a_mail_to_nobody_is_given_up_at_once(void **state)
{
    struct club_fixture *f = *state;
    int64_t mail = queue_one(f);
    fixture_ok(f, FIXTURE_OPERATOR, "mail.failed", "{\"mail\":%lld,\"for_good\":true}",
               (long long)mail);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_letter_says_the_same_in_both_parts),
        FIXTURE_TEST(a_sent_mail_is_gone),
        FIXTURE_TEST(a_mail_that_cannot_leave_waits_longer_each_time),
        FIXTURE_TEST(a_mail_is_given_up_after_three_days),
        FIXTURE_TEST(a_mail_to_nobody_is_given_up_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
