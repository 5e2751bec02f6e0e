/* People from a table: what becomes of each line. */
#include "club_fixture.h"

#include <stdio.h>

#include "wire/json.h"

#define HEADER "e-mail;nom;poste;territoire;organisation\n"

static const char *quoted(struct club_fixture *f, const char *text)
{
    struct buf buf;
    buf_init(&buf);
    json_text(&buf, text);
    const char *json = arena_memdup(&f->arena, buf.data, buf.len);
    buf_finish(&buf);
    return json;
}

static int with_towns(void **state)
{
    int status = fixture_setup(state);
    fixture_ok(*state, FIXTURE_OPERATOR, "town.import", "{\"csv\":%s}",
               quoted(*state, "insee_com;nom;id_pvd\n01269;Nantua;p1\n01265;Montréal-la-Cluse;p1\n"
                              "01034;Belley;\n01004;Saint-Denis;\n97411;Saint-Denis;\n"));
    return status;
}
#define TOWNS_TEST(test) cmocka_unit_test_setup_teardown(test, with_towns, fixture_teardown)

static const char *import(struct club_fixture *f, const char *csv)
{
    return fixture_ok(f, FIXTURE_OPERATOR, "member.import", "{\"csv\":%s}", quoted(f, csv));
}

static const char *dry(struct club_fixture *f, const char *csv)
{
    return fixture_ok(f, FIXTURE_OPERATOR, "member.import", "{\"csv\":%s,\"dry_run\":true}",
                      quoted(f, csv));
}

static int64_t count(struct club_fixture *f, const char *table)
{
    return fixture_count(f, "SELECT count(*) FROM %s", table);
}

static void who_has_no_account_is_invited(void **state)
{
    struct club_fixture *f = *state;
    import(f, HEADER "paul@ain.fr;Paul Martin;Chef de projet PVD;Belley;\n"
                     "lea@caue.fr;Léa Roux;Partenaire;Ain;CAUE de l'Ain\n");
    assert_int_equal(fixture_int(f, "invited"), 2);
    assert_string_equal(fixture_text(f, "lines.0.label"), "Chef de projet · Belley");
    assert_string_equal(fixture_text(f, "lines.0.club"), "Club PVD de l'Ain");
    assert_string_equal(fixture_text(f, "lines.1.label"), "Partenaire · CAUE de l'Ain");
    assert_int_equal(count(f, "invitation"), 2);
    assert_int_equal(count(f, "mail"), 2);
    assert_int_equal(count(f, "person"), 0);
}

static void who_has_an_account_gets_the_post_at_once(void **state)
{
    struct club_fixture *f = *state;
    int64_t paul = fixture_person(f, "Paul");
    import(f, HEADER "paul@example.fr;Paul;Cheffe de projet;01034;\n");
    assert_int_equal(fixture_int(f, "given"), 1);
    assert_true(fixture_hears(fixture_rights(f, paul), audience_club(f->ain)));
    assert_true(fixture_hears(fixture_rights(f, paul), audience_club(f->national)));
    assert_int_equal(count(f, "mail"), 0);
}

static void territories_are_understood_as_people_write_them(void **state)
{
    struct club_fixture *f = *state;
    import(f, HEADER "a@ain.fr;A;animateur;ain;\n"
                     "b@ain.fr;B;Animatrice;01;\n"
                     "c@ain.fr;C;animateur;1;\n"
                     "d@ain.fr;D;élu;Club PVD de l'Ain;\n"
                     "e@ain.fr;E;lecteur;National;\n"
                     "f@ain.fr;F;chef de projet;nantua ET montreal la cluse;\n"
                     "g@ain.fr;G;chef de projet;01265;\n"
                     "h@ain.fr;H;chef de projet;p1;\n"
                     "i@ain.fr;I;élue;La Réunion;\n");
    assert_int_equal(fixture_int(f, "invited"), 9);
    assert_string_equal(fixture_text(f, "lines.4.club"), "Club national");
    for (int i = 5; i < 8; i++) {
        char path[40];
        snprintf(path, sizeof path, "lines.%d.label", i);
        assert_string_equal(fixture_text(f, path), "Chef de projet · Nantua et Montréal-la-Cluse");
    }
}

static void a_line_that_cannot_be_followed_says_why(void **state)
{
    struct club_fixture *f = *state;
    import(f, HEADER "paul;Paul;élu;Ain;\n"
                     "b@ain.fr;;élu;Ain;\n"
                     "c@ain.fr;C;jardinier;Ain;\n"
                     "d@ain.fr;D;élu;;\n"
                     "e@ain.fr;E;élu;Atlantide;\n"
                     "f@ain.fr;F;chef de projet;Atlantide;\n"
                     "g@ain.fr;G;chef de projet;Saint-Denis;\n"
                     "h@ain.fr;H;chef de projet;Belley;\n");
    assert_int_equal(fixture_int(f, "refused"), 7);
    assert_int_equal(fixture_int(f, "invited"), 1);
    assert_int_equal(fixture_int(f, "lines.0.line"), 2);
    assert_string_equal(fixture_text(f, "lines.5.reason"), "aucune petite ville de ce nom");
    assert_string_equal(fixture_text(f, "lines.6.reason"),
                        "plusieurs petites villes portent ce nom : donnez le code INSEE");
    assert_int_equal(count(f, "invitation"), 1);
}

static void twice_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    static const char csv[] = HEADER "paul@example.fr;Paul;chef de projet;Belley;\n"
                                     "lea@caue.fr;Léa;partenaire;Ain;CAUE\n"
                                     "lea@caue.fr;Léa;partenaire;Ain;CAUE\n";
    fixture_person(f, "Paul");
    import(f, csv);
    assert_int_equal(fixture_int(f, "given"), 1);
    assert_int_equal(fixture_int(f, "invited"), 1);
    assert_int_equal(fixture_int(f, "unchanged"), 1);
    import(f, csv);
    assert_int_equal(fixture_int(f, "unchanged"), 3);
    assert_int_equal(f->effects.count, 0);
    assert_int_equal(count(f, "mail"), 1);
    assert_int_equal(count(f, "tenure"), 1);
}

static void a_dry_run_says_the_same_and_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    static const char csv[] = HEADER "paul@example.fr;Paul;chef de projet;Belley;\n"
                                     "lea@caue.fr;Léa;partenaire;Ain;CAUE\n"
                                     "x;X;élu;Ain;\n";
    fixture_person(f, "Paul");
    const char *said = dry(f, csv);
    assert_int_equal(
        count(f, "invitation") + count(f, "tenure") + count(f, "mail") + count(f, "post"), 0);
    assert_string_equal(import(f, csv), said);
}

static void one_person_may_have_two_towns(void **state)
{
    struct club_fixture *f = *state;
    import(f, HEADER "paul@ain.fr;Paul;chef de projet;Belley;\n"
                     "paul@ain.fr;Paul;chef de projet;Nantua et Montréal-la-Cluse;\n");
    assert_int_equal(fixture_int(f, "invited"), 2);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM invitation WHERE state = 'open'"), 2);
}

static void a_post_given_closes_the_invitation_to_it(void **state)
{
    struct club_fixture *f = *state;
    static const char csv[] = HEADER "paul@example.fr;Paul;chef de projet;Belley;\n";
    import(f, csv);
    fixture_person(f, "Paul");
    import(f, csv);
    assert_int_equal(fixture_int(f, "given"), 1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM invitation WHERE state = 'open'"), 0);
}

static void nobody_is_removed(void **state)
{
    struct club_fixture *f = *state;
    fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    import(f, HEADER "paul@ain.fr;Paul;chef de projet;Belley;\n");
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM membership WHERE active = 1"), 1);
}

static void a_table_without_these_columns_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    assert_int_equal(fixture_run(f, FIXTURE_OPERATOR, "member.import",
                                 "{\"csv\":\"courriel;nom\\na@ain.fr;A\\n\"}"),
                     ERR_CSV);
    assert_int_equal(count(f, "invitation"), 0);
}

static void only_administrators_import(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t admin = fixture_administrator(f, "Admin");
    const char *csv = quoted(f, HEADER "a@ain.fr;A;élu;Ain;\n");
    assert_int_equal(fixture_run(f, anne, "member.import", "{\"csv\":%s}", csv), ERR_FORBIDDEN);
    assert_int_equal(fixture_run(f, admin, "member.import", "{\"csv\":%s}", csv), ERR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOWNS_TEST(who_has_no_account_is_invited),
        TOWNS_TEST(who_has_an_account_gets_the_post_at_once),
        TOWNS_TEST(territories_are_understood_as_people_write_them),
        TOWNS_TEST(a_line_that_cannot_be_followed_says_why),
        TOWNS_TEST(twice_changes_nothing),
        TOWNS_TEST(a_dry_run_says_the_same_and_changes_nothing),
        TOWNS_TEST(one_person_may_have_two_towns),
        TOWNS_TEST(a_post_given_closes_the_invitation_to_it),
        TOWNS_TEST(nobody_is_removed),
        TOWNS_TEST(a_table_without_these_columns_changes_nothing),
        TOWNS_TEST(only_administrators_import),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
