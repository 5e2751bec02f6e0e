/* What is a good password, and how one is kept. */
#include "club_fixture.h"

#include <string.h>

#include "club/password.h"

static enum err check(struct club_fixture *f, const char *password)
{
    struct tx tx = fixture_tx(f, FIXTURE_ANYBODY);
    return password_check(&tx, "password", password, "jeanne.dupont@ain.gouv.fr");
}

static void short_ones_are_refused(void **state)
{
    assert_int_equal(check(*state, "x7#Kd!q2Wp9"), ERR_TOO_SHORT);
    assert_int_equal(check(*state, "x7#Kd!q2Wp9z"), ERR_NONE);
    assert_int_equal(check(*state, "éèàùçéèàùçé"), ERR_TOO_SHORT);       /* characters, not bytes */
    assert_int_equal(check(*state, "x7#Kd!q2Wpe\u0301"), ERR_TOO_SHORT); /* é */
}

static void common_ones_are_refused_however_they_are_dressed(void **state)
{
    static const char *const weak[] = {
        "motdepasse123",    "Motdepasse2024!",    "MOT DE PASSE 2026", "M0td3p@ss3!!!",
        "azertyuiop12",     "azertyazerty1",      "qwertyuiop123",     "P@ssw0rdP@ssw0rd",
        "aaaaaaaaaaaaaaa",  "123456789012345",    "abcdefghijklmnop",  "Bienvenue2026",
        "Prefecture01000",  "bourgenbresse01",    "PetitesVilles2026", "Beffroi-Beffroi",
        "Administrateur1!", "soleilsoleilsoleil", "000000000000000",   "Marseille13000!",
    };
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        if (check(*state, weak[i]) != ERR_PASSWORD_WEAK) {
            fail_msg("%s is taken", weak[i]);
        }
    }
}

static void good_ones_need_no_mixture_of_signs(void **state)
{
    static const char *const good[] = {
        "le vélo bleu attend sous le préau",
        "trois-grues-sur-la-halle",
        "kwjzrtdmqhbx",
        "x#9!Kq$2^&*(",
        "b2f8-41c9-77ae-03dd",
        "Ma grand-mère plantait des topinambours",
        "бурёнка пасётся у реки",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (check(*state, good[i]) != ERR_NONE) {
            fail_msg("%s is refused", good[i]);
        }
    }
}

static void ones_own_address_is_refused(void **state)
{
    assert_int_equal(check(*state, "jeannedupont2026"), ERR_PASSWORD_WEAK);
    assert_int_equal(check(*state, "Jeanne.Dupont!01"), ERR_PASSWORD_WEAK);
    assert_int_equal(check(*state, "dupontdupontdupont"), ERR_PASSWORD_WEAK);
}

static void what_is_kept_knows_its_password_and_no_other(void **state)
{
    struct club_fixture *f = *state;
    const char *kept = password_hash(&(struct tx){.arena = &f->arena}, "trois-grues-sur-la-halle");
    assert_true(
        password_matches(&(struct tx){.arena = &f->arena}, "trois-grues-sur-la-halle", kept));
    assert_false(
        password_matches(&(struct tx){.arena = &f->arena}, "trois-grues-sur-la-hallE", kept));
    assert_false(password_matches(&(struct tx){.arena = &f->arena}, "", kept));
}

/* macOS sends "é" as e and an accent, and a space typed with Option as U+00A0. */
static void a_password_is_the_same_however_the_keyboard_writes_it(void **state)
{
    struct club_fixture *f = *state;
    const char *composed = "le v\u00e9lo bleu \u00e0 midi";
    const char *decomposed = "le ve\u0301lo bleu\u00a0a\u0300 midi";
    const char *kept = password_hash(&(struct tx){.arena = &f->arena}, composed);
    assert_true(password_matches(&(struct tx){.arena = &f->arena}, decomposed, kept));
    kept = password_hash(&(struct tx){.arena = &f->arena}, decomposed);
    assert_true(password_matches(&(struct tx){.arena = &f->arena}, composed, kept));
    assert_false(password_matches(&(struct tx){.arena = &f->arena}, "le velo bleu a midi", kept));
}

static void what_is_kept_is_argon2id_as_dear_as_owasp_asks(void **state)
{
    struct club_fixture *f = *state;
    const char *kept = password_hash(&(struct tx){.arena = &f->arena}, "trois-grues-sur-la-halle");
    assert_non_null(strstr(kept, "$argon2id$v=19$m=48128,t=1,p=1$"));
    assert_string_not_equal(
        kept, password_hash(&(struct tx){.arena = &f->arena}, "trois-grues-sur-la-halle"));
}

static void no_password_matches_where_nothing_is_kept(void **state)
{
    struct club_fixture *f = *state;
    assert_false(password_matches(&(struct tx){.arena = &f->arena}, "", NULL));
    assert_false(
        password_matches(&(struct tx){.arena = &f->arena}, "trois-grues-sur-la-halle", NULL));
}

/* argon2 would obey: 4 GiB, for minutes. */
static void a_hash_that_asks_for_too_much_is_not_computed(void **state)
{
    struct club_fixture *f = *state;
    static const char *const dear[] = {
        "$argon2id$v=19$m=4194304,t=1,p=1$bm9ib2R5bm9ib2R5bm9ibw$bm9ib2R5bm9ib2R5bm9ibw",
        "$argon2id$v=19$m=48128,t=9999,p=1$bm9ib2R5bm9ib2R5bm9ibw$bm9ib2R5bm9ib2R5bm9ibw",
        "$argon2id$v=19$m=48128,t=1,p=4000$bm9ib2R5bm9ib2R5bm9ibw$bm9ib2R5bm9ib2R5bm9ibw",
        "bonjour",
    };
    for (size_t i = 0; i < sizeof dear / sizeof *dear; i++) {
        assert_false(password_matches(&(struct tx){.arena = &f->arena}, "trois-grues-sur-la-halle",
                                      dear[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(short_ones_are_refused),
        FIXTURE_TEST(common_ones_are_refused_however_they_are_dressed),
        FIXTURE_TEST(good_ones_need_no_mixture_of_signs),
        FIXTURE_TEST(ones_own_address_is_refused),
        FIXTURE_TEST(what_is_kept_knows_its_password_and_no_other),
        FIXTURE_TEST(a_password_is_the_same_however_the_keyboard_writes_it),
        FIXTURE_TEST(what_is_kept_is_argon2id_as_dear_as_owasp_asks),
        FIXTURE_TEST(no_password_matches_where_nothing_is_kept),
        FIXTURE_TEST(a_hash_that_asks_for_too_much_is_not_computed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
