/* The départements and Clubs a new server starts with. */
#include "club_fixture.h"

#include "club/seed.h"

static void seed(struct club_fixture *f)
{
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    club_seed(&tx);
    assert_int_equal(db_error(f->db), ERR_NONE);
}

static void there_is_a_club_per_departement_and_the_national_one(void **state)
{
    struct club_fixture *f = *state;
    seed(f);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM departement"), 101);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM club WHERE kind = 'departement'"), 101);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM club WHERE kind = 'national'"), 1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM channel"), 102 * 9);
}

static void seeding_again_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    seed(f);
    fixture_sql(f, "UPDATE channel SET name = 'Logement' WHERE id = %lld",
                (long long)fixture_channel(f, f->ain, "Habitat"));
    int64_t changes = fixture_count(f, "SELECT total_changes()");
    seed(f);
    assert_int_equal(fixture_count(f, "SELECT total_changes()"), changes);
}

static void clubs_come_in_the_order_of_codes_after_the_national_one(void **state)
{
    struct club_fixture *f = *state;
    seed(f);
    assert_int_equal(fixture_count(f, "SELECT position FROM club WHERE kind = 'national'"), 0);
    assert_int_equal(fixture_count(f, "SELECT position FROM club WHERE departement = '01'"), 1);
    assert_int_equal(fixture_count(f, "SELECT position FROM club WHERE departement = '976'"), 101);
}

/* Each kind of article and elision; overseas names; those that hold their own article. */
static const struct {
    const char *code, *name, *region;
} names[] = {
    {"01", "Club PVD de l''Ain", "Auvergne-Rhône-Alpes"},
    {"07", "Club PVD de l''Ardèche", "Auvergne-Rhône-Alpes"},
    {"21", "Club PVD de la Côte-d''Or", "Bourgogne-Franche-Comté"},
    {"22", "Club PVD des Côtes-d''Armor", "Bretagne"},
    {"28", "Club PVD d''Eure-et-Loir", "Centre-Val de Loire"},
    {"2A", "Club PVD de la Corse-du-Sud", "Corse"},
    {"34", "Club PVD de l''Hérault", "Occitanie"},
    {"35", "Club PVD d''Ille-et-Vilaine", "Bretagne"},
    {"40", "Club PVD des Landes", "Nouvelle-Aquitaine"},
    {"49", "Club PVD de Maine-et-Loire", "Pays de la Loire"},
    {"59", "Club PVD du Nord", "Hauts-de-France"},
    {"67", "Club PVD du Bas-Rhin", "Grand Est"},
    {"74", "Club PVD de la Haute-Savoie", "Auvergne-Rhône-Alpes"},
    {"75", "Club PVD de Paris", "Île-de-France"},
    {"78", "Club PVD des Yvelines", "Île-de-France"},
    {"89", "Club PVD de l''Yonne", "Bourgogne-Franche-Comté"},
    {"90", "Club PVD du Territoire de Belfort", "Bourgogne-Franche-Comté"},
    {"971", "Club PVD de la Guadeloupe", "Guadeloupe"},
    {"973", "Club PVD de la Guyane", "Guyane"},
    {"974", "Club PVD de La Réunion", "La Réunion"},
    {"976", "Club PVD de Mayotte", "Mayotte"},
};

static void names_have_their_article(void **state)
{
    struct club_fixture *f = *state;
    seed(f);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        int64_t found =
            fixture_count(f,
                          "SELECT 1 FROM club k JOIN departement d ON d.code = k.departement"
                          " WHERE d.code = '%s' AND k.name = '%s' AND d.region = '%s'",
                          names[i].code, names[i].name, names[i].region);
        if (found != 1) {
            fail_msg("%s is not \"%s\", in %s", names[i].code, names[i].name, names[i].region);
        }
    }
}

static void annonces_is_written_by_animateurs(void **state)
{
    struct club_fixture *f = *state;
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM channel WHERE posting = 'animateurs'"),
                     3);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM channel WHERE posting = 'animateurs'"
                                      " AND name = 'Annonces'"),
                     3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(there_is_a_club_per_departement_and_the_national_one),
        FIXTURE_TEST(seeding_again_changes_nothing),
        FIXTURE_TEST(clubs_come_in_the_order_of_codes_after_the_national_one),
        FIXTURE_TEST(names_have_their_article),
        FIXTURE_TEST(annonces_is_written_by_animateurs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
