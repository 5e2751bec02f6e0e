/* Who is registered by whom, and with which answers. */
#include "seat_fixture.h"

/* --- for others ------------------------------------------------------------------------------- */

static void hold_post(struct seats *s, int64_t person, const char *town)
{
    fixture_sql(s->f, "INSERT OR IGNORE INTO town (key, name, folded) VALUES ('%s', '%s', '%s')",
                town, town, town);
    fixture_sql(s->f,
                "INSERT OR IGNORE INTO post (role, town, label) SELECT 'chef_de_projet', id,"
                " name FROM town WHERE key = '%s'",
                town);
    fixture_sql(s->f,
                "INSERT INTO tenure (post, person, starts_at, state) SELECT p.id, %lld, 0,"
                " 'active' FROM post p JOIN town t ON t.id = p.town WHERE t.key = '%s'",
                (long long)person, town);
}

static void a_colleague_of_one_s_town_can_be_registered(void **state)
{
    struct seats s = seats_of(state, 2);
    hold_post(&s, s.bob, "Nantua");
    hold_post(&s, s.chloe, "Nantua");
    assert_int_equal(seat_try_register_for(&s, s.bob, s.chloe), ERR_NONE);
    assert_stands(&s, s.chloe, "seated");
    assert_int_equal(fixture_count(s.f, "SELECT registered_by FROM registration"), s.bob);
    fixture_ok(s.f, s.bob, "colleague.list", "{}");
    assert_int_equal(fixture_int(s.f, "people.0.id"), s.chloe);
    assert_int_equal(fixture_int(s.f, "people.length"), 1);
}

static void somebody_of_another_town_cannot(void **state)
{
    struct seats s = seats_of(state, 2);
    hold_post(&s, s.bob, "Nantua");
    hold_post(&s, s.chloe, "Belley");
    assert_int_equal(seat_try_register_for(&s, s.bob, s.chloe), ERR_FORBIDDEN);
    assert_int_equal(seat_try_register_for(&s, s.bob, s.zoe), ERR_NOT_FOUND);
}

static void a_post_that_ended_makes_no_colleague(void **state)
{
    struct seats s = seats_of(state, 2);
    hold_post(&s, s.bob, "Nantua");
    hold_post(&s, s.chloe, "Nantua");
    fixture_sql(s.f, "UPDATE tenure SET state = 'ended' WHERE person = %lld", (long long)s.bob);
    assert_int_equal(seat_try_register_for(&s, s.bob, s.chloe), ERR_FORBIDDEN);
}

static void who_registered_a_colleague_can_take_it_back(void **state)
{
    struct seats s = seats_of(state, 2);
    hold_post(&s, s.bob, "Nantua");
    hold_post(&s, s.chloe, "Nantua");
    seat_try_register_for(&s, s.bob, s.chloe);
    assert_int_equal(seat_try_for(&s, s.denis, "event.unregister", s.chloe), ERR_FORBIDDEN);
    seat_do_for(&s, s.bob, "event.unregister", s.chloe);
    assert_stands(&s, s.chloe, "cancelled");
}

/* --- answers ---------------------------------------------------------------------------------- */

static int64_t ask(struct seats *s, const char *kind, const char *label, bool required)
{
    fixture_sql(s->f,
                "INSERT INTO question (event, position, kind, label, required, options)"
                " VALUES (%lld, 1, '%s', '%s', %d, '[\"viande\",\"poisson\"]')",
                (long long)s->event, kind, label, required);
    return db_last_id(s->f->db);
}

static enum err register_with(struct seats *s, int64_t question, const char *text)
{
    return fixture_run(s->f, s->bob, "event.register",
                       "{\"event\":%lld,\"nonce\":\"reponses\",\"answers\":"
                       "[{\"question\":%lld,\"text\":\"%s\"}]}",
                       (long long)s->event, (long long)question, text);
}

static void a_required_question_must_be_answered(void **state)
{
    struct seats s = seats_of(state, 2);
    int64_t question = ask(&s, "text", "Attentes", true);
    assert_int_equal(seat_try_register(&s, s.bob), ERR_MISSING);
    assert_string_equal(s.f->problem.field, "Attentes");
    assert_int_equal(register_with(&s, question, "  "), ERR_MISSING);
    assert_int_equal(register_with(&s, question, "Des exemples"), ERR_NONE);
    assert_string_equal(fixture_told_text(s.f, audience_person(s.bob), "registration.changed", 0,
                                          "mine.answers.0.text"),
                        "Des exemples");
}

static void who_manages_need_not_answer_for_others(void **state)
{
    struct seats s = seats_of(state, 2);
    ask(&s, "text", "Attentes", true);
    assert_int_equal(seat_try_register_for(&s, s.anne, s.bob), ERR_NONE);
}

static void a_choice_is_one_of_its_options(void **state)
{
    struct seats s = seats_of(state, 2);
    int64_t question = ask(&s, "choice", "Repas", false);
    assert_int_equal(register_with(&s, question, "gibier"), ERR_CHOICE);
    assert_string_equal(s.f->problem.arg, "viande, poisson");
    assert_int_equal(register_with(&s, question, "poisson"), ERR_NONE);
}

static void a_yes_no_is_answered_by_oui_or_non(void **state)
{
    struct seats s = seats_of(state, 2);
    int64_t question = ask(&s, "yes_no", "Déjeuner", false);
    assert_int_equal(register_with(&s, question, "peut-être"), ERR_CHOICE);
    assert_int_equal(register_with(&s, question, "oui"), ERR_NONE);
}

static void only_the_event_s_own_questions_are_answered_once(void **state)
{
    struct seats s = seats_of(state, 2);
    int64_t question = ask(&s, "text", "Attentes", false);
    assert_int_equal(register_with(&s, question + 1, "Oui"), ERR_NOT_FOUND);
    assert_int_equal(fixture_run(s.f, s.bob, "event.register",
                                 "{\"event\":%lld,\"nonce\":\"reponses\",\"answers\":["
                                 "{\"question\":%lld,\"text\":\"a\"},"
                                 "{\"question\":%lld,\"text\":\"b\"}]}",
                                 (long long)s.event, (long long)question, (long long)question),
                     ERR_EXISTS);
}

static enum err answer(struct seats *s, int64_t question, const char *text)
{
    return fixture_run(s->f, s->bob, "event.answer",
                       "{\"event\":%lld,\"answers\":[{\"question\":%lld,\"text\":\"%s\"}]}",
                       (long long)s->event, (long long)question, text);
}

static void answers_can_be_changed_until_the_deadline(void **state)
{
    struct seats s = seats_of(state, 2);
    int64_t question = ask(&s, "text", "Attentes", true);
    assert_int_equal(answer(&s, question, "Trop tôt"), ERR_CONFLICT);
    register_with(&s, question, "Une");
    assert_int_equal(answer(&s, question, "Deux"), ERR_NONE);
    assert_string_equal(fixture_told_text(s.f, audience_person(s.bob), "registration.changed", 0,
                                          "mine.answers.0.text"),
                        "Deux");
    s.f->now_ms += 11 * MS_PER_DAY;
    assert_int_equal(answer(&s, question, "Trop tard"), ERR_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_colleague_of_one_s_town_can_be_registered),
        FIXTURE_TEST(somebody_of_another_town_cannot),
        FIXTURE_TEST(a_post_that_ended_makes_no_colleague),
        FIXTURE_TEST(who_registered_a_colleague_can_take_it_back),
        FIXTURE_TEST(a_required_question_must_be_answered),
        FIXTURE_TEST(who_manages_need_not_answer_for_others),
        FIXTURE_TEST(a_choice_is_one_of_its_options),
        FIXTURE_TEST(a_yes_no_is_answered_by_oui_or_non),
        FIXTURE_TEST(only_the_event_s_own_questions_are_answered_once),
        FIXTURE_TEST(answers_can_be_changed_until_the_deadline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
