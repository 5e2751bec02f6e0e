/* member.import: people from a table with e-mail, name, post and territory, one line each.
 *
 * Who has an account gets the post or place at once, anybody else is invited by mail. A line that
 * asks for what is already so, or already promised, changes nothing; nobody is removed. */
#include <string.h>

#include "base/str.h"
#include "club/fold.h"
#include "club/import_report.h"
#include "club/invitation.h"
#include "club/member.h"
#include "club/person.h"
#include "club/sheet.h"
#include "club/tenure.h"
#include "club/town.h"

struct member_import {
    const char *csv;
    bool dry_run;
};
static const struct field member_import_in[] = {
    FIELD_CSV(struct member_import, csv),
    FIELD_DRY(struct member_import, dry_run),
    FIELD_END,
};

static const char *const outcome_words[] = {"invited", "given", "unchanged", "refused", NULL};
static const struct choice outcome_choice = {"ImportOutcome", outcome_words};

static const struct field member_line_fields[] = {
    FIELD_INT(struct member_line, line, 1, INT64_MAX, "Line of the file"),
    FIELD_CHOICE(struct member_line, outcome, &outcome_choice, "What becomes of it"),
    FIELD_LINE_OPT(struct member_line, email, 0, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_LINE_OPT(struct member_line, name, 0, LIMIT_NAME_CHARS, "Name"),
    FIELD_LINE_OPT(struct member_line, label, 0, LIMIT_LABEL_CHARS, "Function"),
    FIELD_LINE_OPT(struct member_line, club, 0, LIMIT_NAME_CHARS, "Club"),
    FIELD_LINE_OPT(struct member_line, reason, 0, LIMIT_LABEL_CHARS, "Why it was refused"),
    FIELD_END,
};
static const struct field member_import_out[] = {
    FIELD_INT(struct member_report, invited, 0, INT64_MAX, "Lines that invite somebody"),
    FIELD_INT(struct member_report, given, 0, INT64_MAX, "Lines that give a post or place"),
    FIELD_INT(struct member_report, unchanged, 0, INT64_MAX, "Lines that were so already"),
    FIELD_INT(struct member_report, refused, 0, INT64_MAX, "Lines that could not be followed"),
    FIELD_LIST(struct member_report, lines, member_line, member_line_fields, 0, LIMIT_IMPORT_LINES,
               "Each line of the file"),
    FIELD_END,
};

/* --- columns ---------------------------------------------------------------------------------- */

enum column { EMAIL, NAME, FIRST_NAME, POST, TERRITORY, ORGANISATION, COLUMNS };

static enum err find_columns(struct tx *tx, const struct csv *csv, int *columns)
{
    static const char *const names[COLUMNS][8] = {
        [EMAIL] = {"e mail", "email", "mail", "courriel", "adresse electronique", "adresse mail"},
        [NAME] = {"nom", "nom prenom", "nom et prenom", "prenom nom", "name"},
        [FIRST_NAME] = {"prenom"},
        [POST] = {"poste", "fonction", "role", "post"},
        [TERRITORY] = {"territoire", "pvd", "petite ville", "commune", "departement", "insee",
                       "territory"},
        [ORGANISATION] = {"organisation", "organisme", "structure", "employeur"},
    };
    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = sheet_column(tx, csv, names[i]);
    }
    if (columns[EMAIL] < 0 || columns[NAME] < 0 || columns[POST] < 0 || columns[TERRITORY] < 0) {
        return sheet_refuse(tx, PHRASE("il lui faut les colonnes « e-mail », « nom », « poste » et "
                                       "« territoire »",
                                       "it needs the columns \"email\", \"name\", \"post\" and "
                                       "\"territory\""));
    }
    return ERR_NONE;
}

/* -1 if the words are no role. "Cheffe de projet PVD" is one. */
static int role_in(struct tx *tx, const char *cell)
{
    static const struct {
        const char *begins;
        int role;
    } roles[] = {
        {"chef", ROLE_CHEF_DE_PROJET},
        {"animat", ROLE_ANIMATEUR},
        {"prefecture", ROLE_ANIMATEUR},
        {"elu", ROLE_ELU},
        {"maire", ROLE_ELU},
        {"partenaire", ROLE_PARTENAIRE},
        {"lecteur", ROLE_LECTEUR},
        {"lectrice", ROLE_LECTEUR},
    };
    const char *folded = fold(cell, tx->arena);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (str_starts(folded, roles[i].begins)) {
            return roles[i].role;
        }
    }
    return -1;
}

/* --- territory -------------------------------------------------------------------------------- */

SQL(national_club, "SELECT id FROM club WHERE kind = 'national'");
SQL(club_of_departement, "SELECT k.id FROM club k JOIN departement d ON d.code = k.departement"
                         " WHERE d.code = ?1");
SQL(departement_names, "SELECT d.name, k.id, k.name FROM departement d"
                       " JOIN club k ON k.departement = d.code");
SQL(club_of_town, "SELECT k.id FROM commune c JOIN club k ON k.departement = c.departement"
                  " WHERE c.town = ?1 ORDER BY c.left_on IS NOT NULL, c.insee LIMIT 1");

/* "01", "Ain", "Club PVD de l'Ain", "national"; 0 if it is none. */
static int64_t club_in(struct tx *tx, const char *cell)
{
    const char *folded = fold(cell, tx->arena);
    int64_t club = 0;
    if (str_equal(folded, "national") || str_equal(folded, "club national") ||
        str_equal(folded, "france")) {
        return db_int(tx->db, &national_club, 0);
    }
    club = db_int(tx->db, &club_of_departement, 0,
                  strlen(cell) == 1 ? arena_printf(tx->arena, "0%s", cell) : cell);
    if (club) {
        return club;
    }
    for (struct rows rows = db_select(tx->db, &departement_names); rows_next(&rows);) {
        if (str_equal(fold(rows_text(&rows, 0), tx->arena), folded) ||
            str_equal(fold(rows_text(&rows, 2), tx->arena), folded)) {
            club = rows_int(&rows, 1);
        }
    }
    return club;
}

/* The one town of this name, or with one commune of this name or code; NULL with a reason. */
static const struct town *town_in(struct tx *tx, const char *cell, const char **reason)
{
    const char *folded = fold(cell, tx->arena);
    struct list found = town_look_up(tx, cell, LIMIT_TOWNS_FOUND);
    const struct town *towns = found.items, *only = NULL;
    for (size_t i = 0; i < found.count; i++) {
        if (str_equal(fold(towns[i].name, tx->arena), folded)) {
            if (only) {
                *reason = say(tx, "plusieurs petites villes portent ce nom : donnez le code INSEE",
                              "several towns have this name: give the INSEE code");
                return NULL;
            }
            only = &towns[i];
        }
    }
    if (only || found.count == 1) {
        return only ? only : &towns[0];
    }
    *reason = found.count
                  ? say(tx, "ce nom désigne plusieurs petites villes : donnez le code INSEE",
                        "this may be several towns: give the INSEE code")
                  : say(tx, "aucune petite ville de ce nom", "no town of this name");
    return NULL;
}

/* Fills town and club; NULL, or why that cannot be done. */
static const char *find_place(struct tx *tx, const char *cell, struct invitation *out)
{
    const char *reason = NULL;
    if (out->role == ROLE_CHEF_DE_PROJET) {
        const struct town *town = town_in(tx, cell, &reason);
        out->town = town ? town->id : 0;
        out->club = town ? db_int(tx->db, &club_of_town, 0, town->id) : 0;
    } else {
        out->club = club_in(tx, cell);
    }
    if (!out->club && !reason) {
        reason = say(tx, "aucun Club de ce nom ni de ce département",
                     "no Club of this name or département");
    }
    return reason;
}

/* --- one line --------------------------------------------------------------------------------- */

static const char *read_line(struct tx *tx, const struct csv_row *row, const int *columns,
                             struct invitation *out)
{
    const char *email = sheet_cell(row, columns[EMAIL]), *name = sheet_cell(row, columns[NAME]);
    const char *first = sheet_cell(row, columns[FIRST_NAME]);
    const char *post = sheet_cell(row, columns[POST]);
    const char *territory = sheet_cell(row, columns[TERRITORY]);
    out->email = email ? person_email(tx, email) : NULL;
    out->name =
        name ? person_name(tx, first ? arena_printf(tx->arena, "%s %s", first, name) : name) : NULL;
    out->role = post ? role_in(tx, post) : -1;
    out->organisation = sheet_cell(row, columns[ORGANISATION]);
    if (!out->email) {
        return say(tx, "ce n'est pas une adresse électronique", "this is no e-mail address");
    }
    if (!out->name || utf8_chars(out->name) > LIMIT_NAME_CHARS ||
        (out->organisation && utf8_chars(out->organisation) > LIMIT_NAME_CHARS)) {
        return say(tx, "le nom manque ou est trop long", "the name is missing or too long");
    }
    if (out->role < 0) {
        return say(tx, "poste inconnu : chef de projet, animateur, élu, partenaire ou lecteur",
                   "unknown post: chef de projet, animateur, élu, partenaire or lecteur");
    }
    return territory ? find_place(tx, territory, out)
                     : say(tx, "le territoire manque", "the territory is missing");
}

static bool said_before(const struct invitation *asked, const struct invitation *earlier,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(earlier[i].email, asked->email) && earlier[i].role == asked->role &&
            earlier[i].club == asked->club && earlier[i].town == asked->town) {
            return true;
        }
    }
    return false;
}

static int outcome_of(struct tx *tx, const struct invitation *asked, const struct account *account)
{
    if (account->id && invitation_is_given(tx, asked, account->id)) {
        return UNCHANGED;
    }
    if (account->id) {
        return GIVEN;
    }
    return invitation_is_open(tx, asked) ? UNCHANGED : INVITED;
}

static void follow(struct tx *tx, int outcome, struct invitation *asked,
                   const struct account *account)
{
    if (outcome == GIVEN) {
        invitation_give(tx, asked, account->id);
    } else if (outcome == INVITED) {
        invitation_send(tx, asked);
    }
}

static void count(struct member_report *report, int outcome)
{
    report->invited += outcome == INVITED;
    report->given += outcome == GIVEN;
    report->unchanged += outcome == UNCHANGED;
    report->refused += outcome == REFUSED;
}

static struct member_line take_line(struct tx *tx, const struct csv_row *row, const int *columns,
                                    struct invitation *asked, size_t earlier, bool dry_run)
{
    struct account account = {0};
    struct club club = {0};
    struct invitation *invited = &asked[earlier];
    struct member_line line = {.line = row->line, .outcome = REFUSED};
    line.reason = read_line(tx, row, columns, invited);
    line.email = invited->email;
    line.name = invited->name;
    if (line.reason) {
        return line;
    }
    club_find(tx, invited->club, &club);
    line.club = club.name;
    line.label = invitation_label(tx, invited);
    account_by_email(tx, invited->email, &account);
    line.outcome =
        said_before(invited, asked, earlier) ? UNCHANGED : outcome_of(tx, invited, &account);
    if (!dry_run) {
        follow(tx, line.outcome, invited, &account);
    }
    return line;
}

static enum err member_import_run(struct tx *tx, const void *in, void *out)
{
    const struct member_import *asked = in;
    struct member_report *report = out;
    struct csv csv;
    int columns[COLUMNS];
    enum err err = sheet_read(tx, asked->csv, &csv);
    err = err ? err : find_columns(tx, &csv, columns);
    if (err) {
        return err;
    }
    struct member_line *lines = ARENA_ARRAY(tx->arena, struct member_line, csv.count);
    struct invitation *wanted = ARENA_ARRAY(tx->arena, struct invitation, csv.count);
    for (size_t i = 0; i < csv.count; i++) {
        lines[i] = take_line(tx, &csv.rows[i], columns, wanted, i, asked->dry_run);
        count(report, lines[i].outcome);
    }
    report->lines = (struct list){lines, csv.count};
    return ERR_NONE;
}

static const struct fact *const facts[] = {MEMBER_FACTS, NULL};

const struct command member_import_command = {
    .name = "member.import",
    .doc =
        "Bring people in from a table: those with an account get their post or place, others are "
        "invited. Says what becomes of each line; nobody is removed.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = member_import_in,
    .in_bytes = sizeof(struct member_import),
    .out = member_import_out,
    .out_bytes = sizeof(struct member_report),
    .facts = facts,
    .run = member_import_run,
};
