/* French search, decided by a table: what a query must find, and what it must not.
 *
 * Owns: one in-memory database per test. Never: reads a file or the clock. */
#include "unit.h"

#include <stdlib.h>

#include "french_text.h"
#include "store/db.h"
#include "store/excerpt.h"

/* --- the table ------------------------------------------------------------------------------- */

struct pair {
    const char *query; /* a final space: the last word is whole, no prefix */
    const char *text;
};

static const struct pair found[] = {
    /* Case, accents, ligatures. */
    {"école ", "ÉCOLE MATERNELLE"},
    {"ECOLE ", "l'école du bourg"},
    {"ecole ", "Les écoles rurales"},
    {"Noël ", "marché de noel"},
    {"noel ", "MARCHÉ DE NOËL"},
    {"naif ", "un regard naïf"},
    {"naïf ", "un regard naif"},
    {"événement ", "un évènement festif"},
    {"évènement ", "Des événements festifs"},
    {"evenements ", "un évènement"},
    {"préfète ", "Madame la Prefete"},
    {"Besançon ", "BESANCON"},
    {"coeur ", "Action cœur de ville"},
    {"cœur ", "au coeur du bourg"},
    {"COEUR ", "CŒUR DE VILLE"},
    {"œuvre ", "la mise en oeuvre"},
    {"oeuvres ", "une œuvre"},
    {"d'œuvre ", "maître d'oeuvre"},
    {"Lætitia ", "Laetitia Martin"},
    {"laetitia ", "LÆTITIA MARTIN"},
    {"ete ", "cet été"},
    {"e\xCC\x81lus ", "les élus"}, /* decomposed, as macOS writes it */
    {"élus ", "les e\xCC\x81lus"},
    {"revitalisation ", "revita\xC2\xADlisation"}, /* a soft hyphen pasted from a document */
    {"finale ", "la ﬁnale"},
    {"bourg ", "centre\xE2\x80\x8B"
               "bourg"}, /* a zero-width space */
    {"m2 ", "local de 80 m²"},
    /* Elision. */
    {"habitat ", "l'habitat"},
    {"l'habitat ", "habitat ancien"},
    {"habitat ", "L’HABITAT"},
    {"l’habitat ", "amélioration de l'habitat"},
    {"l' habitat ", "habitat ancien"},
    {"l‘habitat ", "l'habitat"},
    {"lʼhabitat ", "habitat ancien"},
    {"projet l'habitat ", "habitat : un projet"},
    {"d'agglomération ", "communauté d'agglomération"},
    {"d'agglomération ", "une agglomération"},
    {"\"communauté agglomération\"", "communauté d'agglomération"},
    {"j'arrive ", "arrive demain"},
    {"jusqu’elle ", "elle"},
    {"lorsqu'il ", "il viendra"},
    {"Puisqu'il ", "il faut"},
    {"quoiqu'il ", "il arrive"},
    {"QU'ON ", "on se le dise"},
    {"c'est ", "est voté"},
    {"s'engage ", "la ville engage"},
    {"n'y ", "il y a"},
    {"m'invite ", "le maire invite"},
    {"t'attend ", "on attend"},
    {"bâtiment C ", "le bâtiment 'C' est vide"},
    {"habitat l'", "habitat ancien"},
    {"aujourd'hui ", "AUJOURD’HUI"},
    {"aujourdhui ", "aujourd'hui"},
    {"aujourd'", "dès aujourd'hui"},
    {"quelqu'un ", "avec quelqu’un de la mairie"},
    {"prud'hommes ", "conseil de prud’hommes"},
    {"prudhommes ", "les prud'hommes"},
    {"presqu'île ", "la presqu’ile"},
    {"presquile ", "la presqu'île"},
    {"quelquun ", "quelqu'un"},
    {"grand rue ", "12, Grand'Rue"},
    /* Plurals and feminines. */
    {"élu ", "les élus"},
    {"élus ", "un élu"},
    {"elus ", "une élue"},
    {"élues ", "un élu"},
    {"elu ", "les élues"},
    {"ami ", "les amis du patrimoine"},
    {"abris ", "un abri de bus"},
    {"appui ", "les appuis techniques"},
    {"délai ", "les délais"},
    {"emplois ", "l'emploi"},
    {"loi ", "les lois"},
    {"revenus ", "le revenu"},
    {"menu ", "les menus de la cantine"},
    {"vélo ", "des vélos"},
    {"info ", "les infos"},
    {"agenda ", "nos agendas"},
    {"lieux ", "un tiers-lieu"},
    {"lieu ", "des tiers-lieux"},
    {"enjeu ", "les enjeux"},
    {"bureaux ", "le bureau"},
    {"eau ", "les eaux usées"},
    {"tuyau ", "des tuyaux"},
    {"local ", "les locaux vacants"},
    {"locaux ", "un local vacant"},
    {"municipal ", "les agents municipaux"},
    {"travaux ", "le travail"},
    {"travail ", "les travaux"},
    {"bail ", "les baux commerciaux"},
    {"baux ", "un bail commercial"},
    {"vitrail ", "les vitraux de l'église"},
    {"oeil ", "les yeux"},
    {"ciel ", "les cieux"},
    {"maux ", "le mal"},
    {"émail ", "des emaux"},
    {"émaux ", "un email"},
    {"corail ", "les coraux"},
    {"vantail ", "deux vantaux"},
    {"entraider ", "s'entr’aider"},
    {"genoux ", "le genou"},
    {"français ", "la République française"},
    {"françaises ", "un drapeau français"},
    {"heureux ", "elle est heureuse"},
    {"refus ", "refuser un permis"},
    {"avis ", "l'avis du conseil"},
    {"permis ", "permis de construire"},
    {"marchés ", "le marché"},
    {"associations ", "l'association"},
    /* Families of words, as libstemmer joins them. */
    {"revitaliser ", "revitalisation du centre"},
    {"revitalisation ", "revitaliser le centre"},
    {"revitaliser", "opération de revitalisation de territoire"},
    {"mobilite ", "les mobilités"},
    {"mobilite", "les mobilités"},
    {"mobilités ", "la mobilite"},
    {"mobilités", "plan de mobilité"},
    {"municipalité ", "le conseil municipal"},
    {"municipalite ", "la municipalité"},
    {"municipal ", "les municipalités"},
    {"commerces ", "un commerce"},
    {"commerce ", "des commerces de proximité"},
    {"commerce ", "une commerçante"},
    {"commercant ", "les commerçants"},
    {"maire ", "la mairie"},
    {"financer ", "le financement"},
    {"subventions ", "SUBVENTION"},
    {"rénover ", "la rénovation énergétique"},
    {"energetique ", "rénovation énergétique"},
    /* Hyphens, numbers, codes. */
    {"Saint-Didier-sur-Chalaronne ", "Saint-Didier-sur-Chalaronne (01)"},
    {"saint didier sur chalaronne", "Saint-Didier-sur-Chalaronne"},
    {"saint-didier-sur-chalaronne", "saint didier sur chalaronne"},
    {"chalaronne ", "Saint-Didier-sur-Chalaronne"},
    {"saint-didier-sur-chal", "Saint-Didier-sur-Chalaronne"},
    {"saint di", "Saint-Didier-sur-Chalaronne"},
    {"rendez-vous ", "prendre rendez vous"},
    {"rendez vous ", "le rendez-vous"},
    {"rendez\xE2\x80\x91vous ", "le rendez-vous"}, /* non-breaking hyphen */
    {"chef-lieu ", "les chefs-lieux"},
    {"chefs-lieux", "le chef-lieu du canton"},
    {"chefs-li", "les chefs-lieux"},
    {"bourg ", "le centre-bourg"},
    {"centre-b", "le centre-bourg"},
    {"mairie é", "la mairie et l'école"},
    {"maître-d'œuvre ", "un maître d’oeuvre"},
    {"01200 ", "Bellegarde, 01200"},
    {"012", "Bellegarde, 01200"},
    {"pvd-84-01-1 ", "dossier PVD-84-01-1"},
    {"pvd-84-01", "dossier pvd-84-01-1"},
    {"COVID-19 ", "après la covid 19"},
    {"covid", "COVID-19"},
    {"2A004 ", "2A004 Ajaccio"},
    {"2026 ", "le 22/11/2026"},
    {"04 74 55 ", "04.74.55.12.34"},
    {"jean.dupont@ville.fr ", "Écrire à jean.dupont@ville.fr."},
    {"ville.fr", "https://www.ville.fr/agenda"},
    /* The last word is a beginning. */
    {"bour", "le bourg"},
    {"bourgs", "le bourg"},
    {"revita", "opération de revitalisation"},
    {"RÉVI", "la revitalisation"},
    {"munici", "municipalité"},
    {"œuv", "une oeuvre"},
    {"centre revit", "revitalisation du centre"},
    {"coeur de vil", "Action Cœur de Ville"},
    {"pari", "la Ville de Paris"},
    {"bourg z", "le bourg"}, /* one letter may become any word */
    {"c", "bâtiment C"},
    {"axe 2", "axe 2 du programme"},
    /* Quoted phrases. */
    {"\"petites villes de demain\"", "Petites Villes de Demain"},
    {"\"chef de projet\" revit", "le chef de projet de la revitalisation"},
    {"« maître d'ouvrage »", "le maître d’ouvrage"},
    {"“centre bourg”", "les centres-bourgs"},
    {"\"centre bourg\" \"petite ville\"", "petite ville, centre bourg"},
    {"\"petites villes de dem", "Petites villes de demain"},
    {"\"l'habitat ancien\"", "habitat ancien"},
    /* Words that say little need not be there, outside quotes. */
    {"revitalisation de centre ", "revitalisation du centre"},
    {"la rénovation des écoles ", "rénover une école"},
    {"logement pour les aînés ", "Logements adaptés aux aînés"},
    {"commerces en centre-ville", "un commerce de centre ville"},
    {"vélo et mobilité ", "mobilités douces : le vélo"},
    {"mobilités à la campagne ", "campagne, mobilité"},
    {"LA HALLE AU MARCHÉ ", "halle, marché"},
    {"dès l'été ", "cet été"},
    {"d habitat ancien ", "habitat ancien"}, /* no apostrophe on a telephone */
    {"Comment financer la rénovation d'une halle ?", "Financement de la halle, sa rénovation"},
    {"Qui a déjà réhabilité une friche ?", "Réhabilitation de la friche Dupuy"},
    {"Quelqu’un a-t-il un modèle de convention ?", "modèle, convention"},
    {"Est-ce qu'on peut mutualiser les archives ?", "archives mutualisées"},
    {"Où est la maison France services ?", "Maison France Services, 3 place du Marché"},
    {"comment financer la hal", "financement d'une halle"}, /* the beginning still is one */
    {"maison de sant", "Maisons et pôles de santé"},
    {"centre de la", "un centre pour les langues"},
    {"de la", "de longues années, la mairie"}, /* nothing else to look for */
    {"pour ou contre ", "contre"},
    {"qui ", "qui vient ?"},
    {"\"chef de projet\" et la revit", "chef de projet : revitalisation"},
    {"Grand Est ", "la région Grand Est"},
};

static const struct pair not_found[] = {
    {"bus ", "mon but"},
    {"but ", "le bus"},
    {"bus", "mon but"},
    {"bus ", "il a bu"},
    {"Paris ", "un pari risqué"},
    {"pari ", "la Ville de Paris"},
    {"Paris", "la parité"},
    {"plu ", "il n'y en a plus"},
    {"PLU ", "un peu plus"},
    {"plus ", "le PLU"},
    {"moi ", "ce mois"},
    {"foi ", "une fois"},
    {"mois ", "avec moi"},
    {"sou ", "sous le pont"},
    {"pré ", "près de la gare"},
    {"mare ", "en mars"},
    {"pays ", "la paye"},
    {"ver ", "vers la gare"},
    {"habitat ", "les habitants"},
    {"commune ", "la communauté"},
    {"travail ", "traverser la rue"},
    {"taux ", "les étaux"},
    {"port ", "le rapport"},
    {"maire ", "le marais"},
    {"bourg ", "le bourgeon"},
    {"écol", "l'économie"},
    {"revit ", "la revitalisation"}, /* whole: not the beginning of a word */
    {"munici ", "la municipalité"},
    {"evit", "la revitalisation"}, /* a beginning, not a middle */
    {"centre revit ", "revitalisation du centre"},
    {"mairie école ", "la mairie"},
    {"commerc mairie", "la mairie"},
    {"bour mairie", "la mairie du bourg"},
    {"1200 ", "01200"},
    {"lot2s ", "lot2"}, /* a code has no plural */
    {"01200 ", "1200"},
    {"pvd-84-01-2 ", "pvd-84-01-1"},
    {"pvd-84-01-1 ", "01-84 pvd 1"},
    {"saint-didier ", "Saint Jean et Didier"},
    {"rendez-vous ", "vous vous rendez"},
    {"rendez\xE2\x80\x91vous ", "vous vous rendez"},
    {"\"villes petites\"", "petites villes"},
    {"\"petites villes\"", "petites et moyennes villes"},
    {"b", "le bourg"}, /* one letter is no beginning */
    {"axe 2", "axe 21"},
    {"bourg 2", "le bourg"},
    {"\"centre b\"", "centre bourg"},
    {"elu AND OR NOT ", "les élus"},
    {"mairie NOT école ", "la mairie"},
    {"bour* ", "le bourg"},
    {"body:mairie ", "la mairie"},
    {"l'habitat ", "l'habit"},
    {"hui ", "aujourd'hui"},
    {"commerc", "une commune"},
    {"mobilité", "le mobilier urbain"}, /* a beginning is not looked up among stems */
    {"\"revitalisation de centre\"", "revitalisation du centre"},
    {"« chef de projet »", "chef, projet"},
    {"“maison de santé”", "maison santé"},
    {"\"de\" mairie ", "la mairie"},
    {"\"la halle\" rénover ", "rénover une halle"},
    {"chef-de-projet ", "chef projet"}, /* held together: a phrase */
    {"saint-didier-sur-chalaronne ", "Saint Didier Chalaronne"},
    {"a-t-il ", "il a"},
    {"la halle ", "la mairie"},
    {"de la ", "le lendemain du marché"}, /* words that say little, but the only ones */
    {"centre de la", "un centre"},        /* being typed: "la" is no article yet */
    {"grand est ", "un grand terrain"},
    {"sans subvention ", "sans"},
    {"qui a un tiers-lieu ", "qui a un lieu ?"},
};

static void check_pairs(const struct pair *pairs, size_t count, bool expected)
{
    sqlite3 *db = open_db();
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        add(db, pairs[i].text);
        if (finds(db, pairs[i].query) != expected) {
            print_error("%s: [%s] in [%s]\n", expected ? "missed" : "found", pairs[i].query,
                        pairs[i].text);
            wrong++;
        }
        clear(db);
    }
    check_integrity(db);
    sqlite3_close(db);
    assert_int_equal(wrong, 0);
}

static void finds_what_the_table_says(void **state)
{
    (void)state;
    check_pairs(found, sizeof(found) / sizeof(found[0]), true);
}

static void does_not_find_what_the_table_excludes(void **state)
{
    (void)state;
    check_pairs(not_found, sizeof(not_found) / sizeof(not_found[0]), false);
}

/* --- offsets --------------------------------------------------------------------------------- */

static void assert_highlight(const char *text, const char *query, const char *expected)
{
    sqlite3 *db = open_db();
    add(db, text);
    char expression[FRENCH_MATCH_BYTES];
    char shown[512] = "";
    assert_int_equal(french_match(query, expression, sizeof(expression)), FRENCH_MATCH_OK);
    select_first(db, "SELECT highlight(f, 0, '[', ']') FROM f WHERE f MATCH ?1", expression, shown,
                 sizeof(shown));
    assert_string_equal(shown, expected);
    select_first(db, "SELECT snippet(f, 0, '[', ']', '…', 64) FROM f WHERE f MATCH ?1", expression,
                 shown, sizeof(shown));
    assert_string_equal(shown, expected);
    sqlite3_close(db);
}

/* Whether an excerpt marks what FTS5, which is asked here as the judge, marks in a short text. */
static bool marks_as_fts5(sqlite3 *db, struct db *words, const struct pair *pair)
{
    char expression[FRENCH_MATCH_BYTES];
    char shown[512] = "";
    struct arena arena;
    arena_init(&arena);
    add(db, pair->text);
    assert_int_equal(french_match(pair->query, expression, sizeof(expression)), FRENCH_MATCH_OK);
    select_first(db, "SELECT highlight(f, 0, char(2), char(3)) FROM f WHERE f MATCH ?1", expression,
                 shown, sizeof(shown));
    const char *text = excerpt_of(excerpts_create(words, &arena, expression), pair->text);
    bool same = strcmp(text, shown) == 0;
    if (!same) {
        print_error("[%s]: excerpt [%s], highlight [%s]\n", pair->query, text, shown);
    }
    arena_finish(&arena);
    clear(db);
    return same;
}

static void an_excerpt_marks_what_fts5_marks(void **state)
{
    (void)state;
    sqlite3 *db = open_db();
    struct db *words = db_open(NULL, DB_MEMORY);
    int wrong = 0;
    for (size_t i = 0; i < sizeof(found) / sizeof(found[0]); i++) {
        wrong += !marks_as_fts5(db, words, &found[i]);
    }
    db_close(words);
    sqlite3_close(db);
    assert_int_equal(wrong, 0);
}

static void highlight_marks_the_source(void **state)
{
    (void)state;
    assert_highlight("Mise en Œuvre à l’été", "oeuvre ", "Mise en [Œuvre] à l’été");
    assert_highlight("La ﬁnale des élus", "finale elu ", "La [ﬁnale] des [élus]");
    assert_highlight("Pour l’habitat, ici", "habitat ", "Pour l’[habitat], ici");
    assert_highlight("dès AUJOURD’HUI !", "aujourdhui ", "dès [AUJOURD’HUI] !");
    assert_highlight("À Saint-Didier-sur-Chalaronne", "saint-didier",
                     "À [Saint-Didier]-sur-Chalaronne");
    assert_highlight("les e\xCC\x81lus votent", "élu ", "les [e\xCC\x81lus] votent");
    assert_highlight("😀 la mobilité \xFF douce", "mobilites douc", "😀 la [mobilité] \xFF [douce]");
    assert_highlight("maître d'œuvre", "\"maitre oeuvre\"", "[maître d'œuvre]");
}

/* --- what the builder writes ----------------------------------------------------------------- */

static void assert_match(const char *query, enum french_match expected, const char *expression)
{
    char out[FRENCH_MATCH_BYTES];
    assert_int_equal(french_match(query, out, sizeof(out)), expected);
    assert_string_equal(out, expression);
}

static void a_query_is_quoted_words(void **state)
{
    (void)state;
    assert_match("centre bourg ", FRENCH_MATCH_OK, "\"centre\" AND \"bourg\"");
    assert_match("centre bou", FRENCH_MATCH_OK, "\"centre\" AND (\"bou\" OR \"bou\"*)");
    assert_match("chef-lieu", FRENCH_MATCH_OK, "(\"chef\" + \"lieu\" OR \"chef\" + \"lieu\"*)");
    assert_match("\"chef de projet\" x ", FRENCH_MATCH_OK,
                 "\"chef\" + \"de\" + \"projet\" AND \"x\"");
    assert_match("l'été ?", FRENCH_MATCH_OK, "\"été\"");
}

static void a_query_drops_words_that_say_little(void **state)
{
    (void)state;
    assert_match("la halle du bourg ", FRENCH_MATCH_OK, "\"halle\" AND \"bourg\"");
    assert_match("la halle de", FRENCH_MATCH_OK, "\"halle\" AND (\"de\" OR \"de\"*)");
    assert_match("a-t-on une halle ", FRENCH_MATCH_OK, "\"halle\"");
    assert_match("la \"mise en valeur\" ", FRENCH_MATCH_OK, "\"mise\" + \"en\" + \"valeur\"");
    assert_match("de la ", FRENCH_MATCH_OK, "\"de\" AND \"la\"");
    assert_match("de la", FRENCH_MATCH_OK, "(\"la\" OR \"la\"*)");
}

static void a_letter_being_typed_is_no_beginning(void **state)
{
    (void)state;
    assert_match("halle r", FRENCH_MATCH_OK, "\"halle\"");
    assert_match("halle ré", FRENCH_MATCH_OK, "\"halle\" AND (\"ré\" OR \"ré\"*)");
    assert_match("centre-é", FRENCH_MATCH_OK, "\"centre\"");
    assert_match("r", FRENCH_MATCH_OK, "\"r\"");
    assert_match("axe 2", FRENCH_MATCH_OK, "\"axe\" AND \"2\"");
    assert_match("bâtiment C ", FRENCH_MATCH_OK, "\"bâtiment\" AND \"C\"");
}

static void a_query_without_a_word_is_empty(void **state)
{
    (void)state;
    static const char *const queries[] = {"",  " ",    "\"\"", "!!",  "'",  "l'",          "« »",
                                          "*", "\xFF", "😀",    "^-:", "\"", "\xEF\xBE\x9E"};
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        assert_match(queries[i], FRENCH_MATCH_EMPTY, "");
    }
}

static void words_past_the_cap_are_ignored(void **state)
{
    (void)state;
    sqlite3 *db = open_db();
    add(db, "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
            "seize");
    assert_true(finds(db, "un deux trois quatre cinq six sept huit neuf dix onze douze treize "
                          "quatorze quinze seize absent"));
    assert_false(finds(db, "un deux trois quatre cinq six sept huit neuf dix onze douze treize "
                           "quatorze quinze absent"));
    sqlite3_close(db);
}

static void the_longest_query_fits(void **state)
{
    (void)state;
    char query[FRENCH_MATCH_WORDS * 301 + 1];
    size_t used = 0;
    for (int i = 0; i < FRENCH_MATCH_WORDS; i++) {
        memset(query + used, 'a', 300);
        used += 300;
        query[used++] = '-';
    }
    query[used - 1] = '\0';
    char out[FRENCH_MATCH_BYTES];
    assert_int_equal(french_match(query, out, sizeof(out)), FRENCH_MATCH_OK);
    assert_int_equal(french_match(query, out, 100), FRENCH_MATCH_TOO_LONG);
    assert_string_equal(out, "");
    assert_int_equal(french_match(query, out, 1), FRENCH_MATCH_TOO_LONG);
    assert_int_equal(french_match(query, NULL, 0), FRENCH_MATCH_TOO_LONG);
    sqlite3 *db = open_db();
    add(db, query);
    assert_true(finds(db, query));
    sqlite3_close(db);
}

static void words_met_again_have_the_same_forms(void **state)
{
    (void)state;
    static const char *const endings[] = {"é", "ées", "aux", "ation", "erait", "2", "eux", "-les"};
    sqlite3 *db = open_db();
    run(db, "CREATE VIRTUAL TABLE v USING fts5vocab(f, 'row'); BEGIN");
    for (int twice = 0; twice < 2; twice++) { /* far more words than are kept */
        for (unsigned i = 0; i < 20000; i++) {
            char word[100];
            unsigned n = twice ? 19999 - i : i;
            char letters[4] = {(char)('a' + n % 26), (char)('a' + n / 26 % 26),
                               (char)('a' + n / 676 % 30), '\0'};
            snprintf(word, sizeof(word), "%s%s%s", n % 97 ? "" : "anticonstitutionnellement",
                     letters, endings[n % 8]);
            add(db, word);
        }
    }
    run(db, "COMMIT");
    char odd[64] = "";
    assert_false(select_first(db, "SELECT term FROM v WHERE doc % 2 <> 0 OR ?1 IS NULL", "", odd,
                              sizeof(odd)));
    sqlite3_close(db);
}

static void the_last_word_of_a_query_may_be_a_beginning(void **state)
{
    (void)state;
    char out[FRENCH_MATCH_BYTES];
    assert_int_equal(french_match_last("place de la hâl", out, sizeof out), 3);
    assert_string_equal(out, "\"hâl\"");
    assert_int_equal(french_match_last("place de la hâl ", out, sizeof out), 0);
    assert_string_equal(out, "");
    assert_int_equal(french_match_last("", out, sizeof out), 0);
}

static void a_beginning_is_folded_as_the_words_of_the_index_are(void **state)
{
    (void)state;
    char out[FRENCH_WORD_BYTES];
    french_beginning("place de la Hâl", out);
    assert_string_equal(out, "hal");
    french_beginning("place de la Hâl ", out);
    assert_string_equal(out, "");
    french_beginning("", out);
    assert_string_equal(out, "");
}

static void words_that_begin_so_stand_for_a_beginning(void **state)
{
    (void)state;
    static const char *const longer[] = {"halle", "halles"};
    const struct french_synonyms known = {.longer = longer, .longer_count = 2};
    char out[FRENCH_MATCH_BYTES];
    assert_int_equal(french_match_how("place hal", &known, FRENCH_ALL, out, sizeof out),
                     FRENCH_MATCH_OK);
    assert_string_equal(out, "\"place\" AND (\"hal\" OR \"halle\" OR \"halles\")");
    assert_int_equal(french_match_how("place-hal", &known, FRENCH_ALL, out, sizeof out),
                     FRENCH_MATCH_OK);
    assert_string_equal(out, "(\"place\" + \"hal\" OR \"place\" + \"halle\""
                             " OR \"place\" + \"halles\")");
    assert_int_equal(french_match_how("place hal ", &known, FRENCH_ALL, out, sizeof out),
                     FRENCH_MATCH_OK);
    assert_string_equal(out, "\"place\" AND \"hal\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_the_table_says),
        cmocka_unit_test(does_not_find_what_the_table_excludes),
        cmocka_unit_test(an_excerpt_marks_what_fts5_marks),
        cmocka_unit_test(highlight_marks_the_source),
        cmocka_unit_test(a_query_is_quoted_words),
        cmocka_unit_test(a_query_drops_words_that_say_little),
        cmocka_unit_test(a_letter_being_typed_is_no_beginning),
        cmocka_unit_test(the_last_word_of_a_query_may_be_a_beginning),
        cmocka_unit_test(a_beginning_is_folded_as_the_words_of_the_index_are),
        cmocka_unit_test(words_that_begin_so_stand_for_a_beginning),
        cmocka_unit_test(a_query_without_a_word_is_empty),
        cmocka_unit_test(words_past_the_cap_are_ignored),
        cmocka_unit_test(the_longest_query_fits),
        cmocka_unit_test(words_met_again_have_the_same_forms),
    };
    return cmocka_run_group_tests_name("french", tests, NULL, NULL);
}
