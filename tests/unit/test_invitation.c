/* Who is let in, by whom, with which link, and what it brings. */
#include "club_fixture.h"

#include <stdio.h>
#include <string.h>

#include "club/password.h"
#include "club/secret.h"

#define GOOD  "trois-grues-sur-la-halle"
#define OTHER "quatre-merles-au-lavoir"

/* --- a town, an animateur -----------------------------------------------------------------------
 */

static int64_t add_town(struct club_fixture *f, const char *key, const char *name,
                        const char *departement)
{
    fixture_sql(f, "INSERT INTO town (key, name, folded) VALUES ('%s', '%s', lower('%s'))", key,
                name, name);
    fixture_sql(f,
                "INSERT INTO commune (insee, name, departement, town)"
                " SELECT '%s', name, '%s', id FROM town WHERE key = '%s'",
                key, departement, key);
    return fixture_count(f, "SELECT id FROM town WHERE key = '%s'", key);
}

static int64_t animateur(struct club_fixture *f)
{
    return fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
}

static enum err invite(struct club_fixture *f, int64_t actor, int64_t club, const char *rest)
{
    return fixture_run(f, actor, "member.invite",
                       "{\"club\":%lld,\"email\":\"Paul@example.fr\",\"name\":\"Paul  Martin\",%s}",
                       (long long)club, rest);
}

/* The secret in the link of the last answer. */
static const char *token(struct club_fixture *f)
{
    const char *hash = strchr(fixture_text(f, "link"), '#');
    assert_non_null(hash);
    return arena_strdup(&f->arena, hash + 1);
}

static const char *invited(struct club_fixture *f, const char *rest)
{
    int64_t anne = animateur(f);
    assert_int_equal(invite(f, anne, f->ain, rest), ERR_NONE);
    return token(f);
}

static enum err accept(struct club_fixture *f, int64_t actor, const char *secret,
                       const char *password)
{
    return fixture_run(f, actor, "invitation.accept", "{\"token\":\"%s\",\"password\":\"%s\"}",
                       secret, password);
}

static int64_t paul(struct club_fixture *f)
{
    return fixture_count(f, "SELECT id FROM person WHERE email = 'paul@example.fr'");
}

static int64_t role_count(struct club_fixture *f, int64_t person, int64_t club, const char *role)
{
    return fixture_count(f,
                         "SELECT count(*) FROM membership WHERE person = %lld AND club = %lld"
                         " AND role = '%s' AND active = 1",
                         (long long)person, (long long)club, role);
}

/* --- inviting -----------------------------------------------------------------------------------
 */

static void an_invitation_is_shown_and_mailed(void **state)
{
    struct club_fixture *f = *state;
    const char *secret = invited(f, "\"role\":\"partenaire\",\"organisation\":\"CAUE de l'Ain\"");
    assert_true(secret_has_form(secret, SECRET_INVITATION));
    assert_int_equal(fixture_int(f, "expires_at"), f->now_ms + 14 * MS_PER_DAY);
    assert_int_equal(fixture_count(f,
                                   "SELECT count(*) FROM mail WHERE recipient = 'paul@example.fr'"
                                   " AND instr(plain, '%s') AND instr(html, '%s')"
                                   " AND instr(plain, 'Club PVD de l''Ain')"
                                   " AND instr(plain, 'Partenaire · CAUE de l''Ain')",
                                   secret, secret),
                     1);
    assert_int_equal(fixture_count(f, "SELECT length(hash) FROM invitation"), 32);
}

static void only_who_manages_the_club_invites(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t elu = fixture_member(f, "Elu", f->ain, ROLE_ELU);
    assert_int_equal(invite(f, elu, f->ain, "\"role\":\"elu\""), ERR_FORBIDDEN);
    assert_int_equal(invite(f, anne, f->reunion, "\"role\":\"elu\""), ERR_NOT_FOUND);
    assert_int_equal(invite(f, FIXTURE_OPERATOR, f->ain, "\"role\":\"elu\""), ERR_NONE);
}

static void a_bad_address_is_refused(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    static const char *const bad[] = {"paul",         "paul@",        "@ain.fr",
                                      "paul@ain",     "p aul@ain.fr", "paul@ain..fr",
                                      "paul@-ain.fr", "<paul@ain.fr>"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(fixture_run(f, anne, "member.invite",
                                     "{\"club\":%lld,\"email\":\"%s\",\"name\":\"P\","
                                     "\"role\":\"elu\"}",
                                     (long long)f->ain, bad[i]),
                         ERR_EMAIL);
    }
}

static void a_chef_de_projet_needs_a_town_of_the_club(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t far = add_town(f, "97411", "Saint-Denis", "974");
    assert_int_equal(invite(f, anne, f->ain, "\"role\":\"chef_de_projet\""), ERR_MISSING);
    assert_int_equal(fixture_run(f, anne, "member.invite",
                                 "{\"club\":%lld,\"email\":\"p@ain.fr\",\"name\":\"P\","
                                 "\"role\":\"chef_de_projet\",\"town\":%lld}",
                                 (long long)f->ain, (long long)far),
                     ERR_NOT_FOUND);
    assert_string_equal(f->problem.field, "town");
}

static void a_second_invitation_takes_the_place_of_the_first(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    assert_int_equal(invite(f, anne, f->ain, "\"role\":\"elu\""), ERR_NONE);
    const char *first = token(f);
    assert_int_equal(invite(f, anne, f->ain, "\"role\":\"lecteur\""), ERR_NONE);
    const char *second = token(f);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, first, GOOD), ERR_TOKEN);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, second, GOOD), ERR_NONE);
    assert_int_equal(role_count(f, paul(f), f->ain, "lecteur"), 1);
}

static void who_is_there_already_is_not_invited(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t person = fixture_member(f, "Paul", f->ain, ROLE_ELU);
    int64_t general = fixture_channel(f, f->ain, "Général");
    assert_int_equal(invite(f, anne, f->ain, "\"role\":\"elu\""), ERR_EXISTS);
    assert_int_equal(invite(f, anne, f->ain, "\"role\":\"partenaire\""), ERR_NONE);
    assert_int_equal(fixture_run(f, anne, "member.invite",
                                 "{\"club\":%lld,\"channel\":%lld,\"email\":\"paul@example.fr\","
                                 "\"name\":\"P\",\"role\":\"elu\"}",
                                 (long long)f->ain, (long long)general),
                     ERR_EXISTS);
    assert_int_equal(role_count(f, person, f->ain, "elu"), 1);
}

static void a_private_channel_one_does_not_see_cannot_be_invited_into(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t secret = fixture_private(f, f->ain, "Secret");
    char text[200];
    snprintf(text, sizeof text,
             "{\"club\":%lld,\"channel\":%lld,\"email\":\"p@ain.fr\",\"name\":\"P\","
             "\"role\":\"partenaire\"}",
             (long long)f->ain, (long long)secret);
    assert_int_equal(fixture_run(f, anne, "member.invite", "%s", text), ERR_NOT_FOUND);
    fixture_choose(f, secret, anne);
    assert_int_equal(fixture_run(f, anne, "member.invite", "%s", text), ERR_NONE);
}

/* --- looking, accepting -------------------------------------------------------------------------
 */

static void looking_at_an_invitation_uses_nothing_up(void **state)
{
    struct club_fixture *f = *state;
    const char *secret = invited(f, "\"role\":\"elu\",\"organisation\":\"Mairie de Nantua\"");
    for (int i = 0; i < 2; i++) {
        fixture_ok(f, FIXTURE_ANYBODY, "invitation.get", "{\"token\":\"%s\"}", secret);
        assert_string_equal(fixture_text(f, "club"), "Club PVD de l'Ain");
        assert_string_equal(fixture_text(f, "label"), "Élu · Mairie de Nantua");
        assert_string_equal(fixture_text(f, "invited_by"), "Anne");
        assert_string_equal(fixture_text(f, "name"), "Paul Martin");
        assert_int_equal(fixture_int(f, "account"), false);
    }
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, GOOD), ERR_NONE);
}

static void a_new_person_chooses_a_password_and_is_in(void **state)
{
    struct club_fixture *f = *state;
    const char *secret = invited(f, "\"role\":\"partenaire\",\"organisation\":\"CAUE\"");
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, "motdepasse2026"), ERR_PASSWORD_WEAK);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, GOOD), ERR_NONE);
    assert_true(secret_has_form(f->cookie, SECRET_SESSION));
    assert_string_equal(fixture_text(f, "person.name"), "Paul Martin");
    assert_int_equal(fixture_int(f, "club"), f->ain);
    assert_int_equal(role_count(f, paul(f), f->ain, "partenaire"), 1);
    assert_int_equal(role_count(f, paul(f), f->national, "partenaire"), 0);
    assert_int_equal(fixture_told(f, audience_club(f->ain), "member.changed"), 1);
    assert_string_equal(
        fixture_told_text(f, audience_club(f->ain), "member.changed", 0, "member.label"),
        "Partenaire · CAUE");
    assert_true(fixture_hears(fixture_rights(f, paul(f)), audience_club(f->ain)));
    fixture_ok(f, FIXTURE_ANYBODY, "session.open",
               "{\"email\":\"paul@example.fr\",\"password\":\"" GOOD "\"}");
}

static void a_link_serves_once(void **state)
{
    struct club_fixture *f = *state;
    const char *secret = invited(f, "\"role\":\"elu\"");
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, GOOD), ERR_NONE);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, GOOD), ERR_TOKEN);
    assert_int_equal(
        fixture_run(f, FIXTURE_ANYBODY, "invitation.get", "{\"token\":\"%s\"}", secret), ERR_TOKEN);
}

static void a_link_ends_after_fourteen_days(void **state)
{
    struct club_fixture *f = *state;
    const char *secret = invited(f, "\"role\":\"elu\"");
    f->now_ms += 14 * MS_PER_DAY;
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, GOOD), ERR_TOKEN);
}

/* The link is shown to the animateur: it must not be a way into somebody's account. */
static void a_link_never_opens_an_existing_account(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Paul");
    fixture_sql(f, "UPDATE person SET password = '%s' WHERE id = %lld",
                password_hash(&(struct tx){.arena = &f->arena}, OTHER), (long long)person);
    const char *secret = invited(f, "\"role\":\"elu\"");
    fixture_ok(f, FIXTURE_ANYBODY, "invitation.get", "{\"token\":\"%s\"}", secret);
    assert_int_equal(fixture_int(f, "account"), true);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, GOOD), ERR_CREDENTIALS);
    assert_int_equal(
        fixture_run(f, FIXTURE_ANYBODY, "invitation.accept", "{\"token\":\"%s\"}", secret),
        ERR_MISSING);
    assert_null(f->cookie);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, OTHER), ERR_NONE);
    assert_int_equal(role_count(f, person, f->ain, "elu"), 1);
}

static void an_account_without_password_is_not_taken_over(void **state)
{
    struct club_fixture *f = *state;
    fixture_person(f, "Paul");
    const char *secret = invited(f, "\"role\":\"elu\"");
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, GOOD), ERR_CREDENTIALS);
}

static void who_is_logged_in_accepts_without_password(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Paul");
    const char *secret = invited(f, "\"role\":\"elu\"");
    fixture_ok(f, person, "invitation.get", "{\"token\":\"%s\"}", secret);
    assert_int_equal(fixture_int(f, "mine"), true);
    fixture_ok(f, person, "invitation.accept", "{\"token\":\"%s\"}", secret);
    assert_null(f->cookie);
    assert_int_equal(role_count(f, person, f->ain, "elu"), 1);
}

static void somebody_else_logged_in_does_not_accept_in_my_place(void **state)
{
    struct club_fixture *f = *state;
    fixture_person(f, "Paul");
    int64_t other = fixture_person(f, "Autre");
    const char *secret = invited(f, "\"role\":\"elu\"");
    assert_int_equal(fixture_run(f, other, "invitation.accept", "{\"token\":\"%s\"}", secret),
                     ERR_MISSING);
    assert_int_equal(role_count(f, other, f->ain, "elu"), 0);
}

/* --- what it brings -----------------------------------------------------------------------------
 */

static void a_chef_de_projet_comes_into_the_club_of_the_town_and_the_national_one(void **state)
{
    struct club_fixture *f = *state;
    int64_t town = add_town(f, "01269", "Nantua", "01");
    char rest[80];
    snprintf(rest, sizeof rest, "\"role\":\"chef_de_projet\",\"town\":%lld", (long long)town);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, invited(f, rest), GOOD), ERR_NONE);
    assert_int_equal(role_count(f, paul(f), f->ain, "chef_de_projet"), 1);
    assert_int_equal(role_count(f, paul(f), f->national, "chef_de_projet"), 1);
    assert_int_equal(fixture_told(f, audience_club(f->national), "member.changed"), 1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM membership"
                                      " WHERE label = 'Chef de projet · Nantua'"),
                     2);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM tenure WHERE state = 'active'"), 1);
}

static void a_town_of_two_departements_brings_into_both_clubs(void **state)
{
    struct club_fixture *f = *state;
    int64_t town = add_town(f, "01269", "Deux Rives", "01");
    fixture_sql(f,
                "INSERT INTO commune (insee, name, departement, town) VALUES"
                " ('97402', 'Autre Rive', '974', %lld)",
                (long long)town);
    char rest[80];
    snprintf(rest, sizeof rest, "\"role\":\"chef_de_projet\",\"town\":%lld", (long long)town);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, invited(f, rest), GOOD), ERR_NONE);
    assert_int_equal(role_count(f, paul(f), f->ain, "chef_de_projet"), 1);
    assert_int_equal(role_count(f, paul(f), f->reunion, "chef_de_projet"), 1);
    assert_int_equal(role_count(f, paul(f), f->national, "chef_de_projet"), 1);
}

static void an_animateur_runs_one_club_and_talks_in_the_national_one(void **state)
{
    struct club_fixture *f = *state;
    assert_int_equal(accept(f, FIXTURE_ANYBODY, invited(f, "\"role\":\"animateur\""), GOOD),
                     ERR_NONE);
    assert_int_equal(role_count(f, paul(f), f->ain, "animateur"), 1);
    assert_int_equal(role_count(f, paul(f), f->national, "partenaire"), 1);
    assert_int_equal(role_count(f, paul(f), f->national, "animateur"), 0);
    assert_int_equal(invite(f, paul(f), f->ain, "\"role\":\"lecteur\""), ERR_NONE);
    assert_int_equal(invite(f, paul(f), f->national, "\"role\":\"lecteur\""), ERR_FORBIDDEN);
}

static void a_guest_hears_one_channel_and_nothing_else(void **state)
{
    struct club_fixture *f = *state;
    int64_t general = fixture_channel(f, f->ain, "Général");
    char rest[80];
    snprintf(rest, sizeof rest, "\"role\":\"partenaire\",\"channel\":%lld", (long long)general);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, invited(f, rest), GOOD), ERR_NONE);
    const struct effect *rights = fixture_rights(f, paul(f));
    assert_true(fixture_hears(rights, audience_channel(general)));
    assert_false(fixture_hears(rights, audience_club(f->ain)));
    assert_int_equal(fixture_told(f, audience_channel(general), "member.changed"), 1);
    assert_int_equal(fixture_told(f, audience_club(f->ain), "member.changed"), 0);
    assert_int_equal(fixture_run(f, paul(f), "member.list", "{\"club\":%lld}", (long long)f->ain),
                     ERR_NOT_FOUND);
}

static void one_link_is_enough_for_two_towns_of_a_club(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = animateur(f);
    int64_t towns[] = {add_town(f, "01269", "Nantua", "01"), add_town(f, "01034", "Belley", "01")};
    for (int i = 0; i < 2; i++) {
        char rest[80];
        snprintf(rest, sizeof rest, "\"role\":\"chef_de_projet\",\"town\":%lld",
                 (long long)towns[i]);
        assert_int_equal(invite(f, anne, f->ain, rest), ERR_NONE);
    }
    assert_int_equal(accept(f, FIXTURE_ANYBODY, token(f), GOOD), ERR_NONE);
    assert_int_equal(role_count(f, paul(f), f->ain, "chef_de_projet"), 2);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM tenure WHERE state = 'active'"), 2);
}

static void a_link_of_one_club_does_not_open_another(void **state)
{
    struct club_fixture *f = *state;
    int64_t omar = fixture_member(f, "Omar", f->reunion, ROLE_ANIMATEUR);
    assert_int_equal(invite(f, omar, f->reunion, "\"role\":\"elu\""), ERR_NONE);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, invited(f, "\"role\":\"elu\""), GOOD), ERR_NONE);
    assert_int_equal(role_count(f, paul(f), f->ain, "elu"), 1);
    assert_int_equal(role_count(f, paul(f), f->reunion, "elu"), 0);
}

/* --- managing -----------------------------------------------------------------------------------
 */

static void open_invitations_are_listed_for_who_manages(void **state)
{
    struct club_fixture *f = *state;
    invited(f, "\"role\":\"elu\"");
    int64_t anne = fixture_count(f, "SELECT id FROM person WHERE name = 'Anne'");
    fixture_ok(f, anne, "invitation.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "invitations.length"), 1);
    assert_string_equal(fixture_text(f, "invitations.0.email"), "paul@example.fr");
    assert_false(fixture_has(f, "invitations.0.expired"));
    f->now_ms += 14 * MS_PER_DAY;
    fixture_ok(f, anne, "invitation.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_int(f, "invitations.0.expired"), true);
}

static void resending_makes_another_link_even_after_the_end(void **state)
{
    struct club_fixture *f = *state;
    const char *first = invited(f, "\"role\":\"elu\"");
    int64_t id = fixture_int(f, "invitation");
    int64_t anne = fixture_count(f, "SELECT id FROM person WHERE name = 'Anne'");
    f->now_ms += 20 * MS_PER_DAY;
    fixture_ok(f, anne, "invitation.resend", "{\"invitation\":%lld}", (long long)id);
    const char *second = token(f);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 2);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, first, GOOD), ERR_TOKEN);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, second, GOOD), ERR_NONE);
    assert_int_equal(
        fixture_run(f, anne, "invitation.resend", "{\"invitation\":%lld}", (long long)id),
        ERR_NOT_FOUND);
}

static void a_revoked_link_no_longer_serves(void **state)
{
    struct club_fixture *f = *state;
    const char *secret = invited(f, "\"role\":\"elu\"");
    int64_t id = fixture_int(f, "invitation");
    int64_t anne = fixture_count(f, "SELECT id FROM person WHERE name = 'Anne'");
    int64_t other = fixture_member(f, "Omar", f->reunion, ROLE_ANIMATEUR);
    assert_int_equal(
        fixture_run(f, other, "invitation.revoke", "{\"invitation\":%lld}", (long long)id),
        ERR_NOT_FOUND);
    fixture_ok(f, anne, "invitation.revoke", "{\"invitation\":%lld}", (long long)id);
    assert_int_equal(accept(f, FIXTURE_ANYBODY, secret, GOOD), ERR_TOKEN);
}

static void an_address_is_forgotten_a_month_after(void **state)
{
    struct club_fixture *f = *state;
    invited(f, "\"role\":\"elu\"");
    int64_t id = fixture_int(f, "invitation");
    assert_int_equal(fixture_count(f,
                                   "SELECT at FROM due WHERE command = 'invitation.forget'"
                                   " AND object = %lld",
                                   (long long)id),
                     f->now_ms + 44 * MS_PER_DAY);
    fixture_ok(f, FIXTURE_OPERATOR, "invitation.forget", "{\"invitation\":%lld}", (long long)id);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM invitation"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(an_invitation_is_shown_and_mailed),
        FIXTURE_TEST(only_who_manages_the_club_invites),
        FIXTURE_TEST(a_bad_address_is_refused),
        FIXTURE_TEST(a_chef_de_projet_needs_a_town_of_the_club),
        FIXTURE_TEST(a_second_invitation_takes_the_place_of_the_first),
        FIXTURE_TEST(who_is_there_already_is_not_invited),
        FIXTURE_TEST(a_private_channel_one_does_not_see_cannot_be_invited_into),
        FIXTURE_TEST(looking_at_an_invitation_uses_nothing_up),
        FIXTURE_TEST(a_new_person_chooses_a_password_and_is_in),
        FIXTURE_TEST(a_link_serves_once),
        FIXTURE_TEST(a_link_ends_after_fourteen_days),
        FIXTURE_TEST(a_link_never_opens_an_existing_account),
        FIXTURE_TEST(an_account_without_password_is_not_taken_over),
        FIXTURE_TEST(who_is_logged_in_accepts_without_password),
        FIXTURE_TEST(somebody_else_logged_in_does_not_accept_in_my_place),
        FIXTURE_TEST(a_chef_de_projet_comes_into_the_club_of_the_town_and_the_national_one),
        FIXTURE_TEST(a_town_of_two_departements_brings_into_both_clubs),
        FIXTURE_TEST(an_animateur_runs_one_club_and_talks_in_the_national_one),
        FIXTURE_TEST(a_guest_hears_one_channel_and_nothing_else),
        FIXTURE_TEST(one_link_is_enough_for_two_towns_of_a_club),
        FIXTURE_TEST(a_link_of_one_club_does_not_open_another),
        FIXTURE_TEST(open_invitations_are_listed_for_who_manages),
        FIXTURE_TEST(resending_makes_another_link_even_after_the_end),
        FIXTURE_TEST(a_revoked_link_no_longer_serves),
        FIXTURE_TEST(an_address_is_forgotten_a_month_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
