/* attendance.sheet and attendance.report: the same as files that French Excel opens. */
#include <string.h>

#include "base/csv.h"
#include "base/str.h"
#include "club/attendance.h"
#include "club/document.h"
#include "club/member.h"
#include "club/registration.h"
#include "club/when.h"

#define CSV_TYPE "text/csv; charset=utf-8; header=present"

static const char *const state_words[] = {
    [REG_NONE] = "",
    [REG_INVITED] = "Invité",
    [REG_ASKED] = "Demande à examiner",
    [REG_WAITING] = "Liste d'attente",
    [REG_OFFERED] = "Place à confirmer",
    [REG_SEATED] = "Inscrit",
    [REG_REFUSED] = "Refusé",
    [REG_LAPSED] = "Place non confirmée",
    [REG_CANCELLED] = "Annulé",
};

/* A name that any system takes: what it may not hold becomes '-'. */
static const char *file_name(struct tx *tx, const char *what, const char *of)
{
    enum { NAME_BYTES = 100 };
    char *name = arena_printf(tx->arena, "%s - %s", what, of);
    name[utf8_cut(name, NAME_BYTES)] = '\0';
    for (char *s = name; *s; s++) {
        *s = strchr("/\\:*?\"<>|", *s) ? '-' : *s;
    }
    return arena_printf(tx->arena, "%s.csv", name);
}

/* Ends the file. */
static void keep(struct tx *tx, struct csv_out *csv, const char *name, struct document *out)
{
    *out = (struct document){
        .type = CSV_TYPE,
        .name = name,
        .body = arena_memdup(tx->arena, csv->text.data, csv->text.len),
    };
    csv_finish(csv);
}

static void put_words(struct csv_out *csv, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        csv_put(csv, words[i]);
    }
}
#define PUT_WORDS(csv, words) put_words((csv), (words), sizeof(words) / sizeof *(words))

/* --- attendance.sheet ------------------------------------------------------------------------- */

struct attendance_sheet {
    int64_t event;
};
static const struct field sheet_in[] = {
    FIELD_ID(struct attendance_sheet, event, "Event"),
    FIELD_END,
};

SQL(event_row, "SELECT title, starts_at, zone FROM event WHERE id = ?1");
SQL(questions_of, "SELECT id, label FROM question WHERE event = ?1 ORDER BY position, id");
/* Those who come first, by name; then who waits, in turn; then the others. */
SQL(people_of,
    "SELECT r.id, p.name, (SELECT m.label FROM membership m WHERE m.person = r.person"
    " AND m.role = r.role ORDER BY m.active DESC, m.id DESC LIMIT 1), r.role, d.name, r.state,"
    " CASE WHEN r.state = 'waiting' THEN row_number() OVER (PARTITION BY r.state ORDER BY r.turn)"
    " END, r.present, b.name, r.created_at, r.departement = ''"
    " FROM registration r LEFT JOIN person p ON p.id = r.person"
    " LEFT JOIN departement d ON d.code = r.departement"
    " LEFT JOIN person b ON b.id = r.registered_by WHERE r.event = ?1"
    " ORDER BY CASE r.state WHEN 'seated' THEN 0 WHEN 'offered' THEN 1 WHEN 'waiting' THEN 2"
    " WHEN 'asked' THEN 3 WHEN 'invited' THEN 4 ELSE 5 END,"
    " CASE WHEN r.state = 'waiting' THEN r.turn END, p.folded, r.id");
SQL(answer_text, "SELECT text FROM answer WHERE registration = ?1 AND question = ?2");

static void put_person(struct tx *tx, struct csv_out *csv, const struct rows *rows,
                       const char *zone)
{
    static const char *const presence[] = {
        [MAYBE_UNSAID] = "", [MAYBE_TRUE] = "oui", [MAYBE_FALSE] = "non"};
    bool erased = rows_is_null(rows, 1);
    csv_put(csv, erased ? "(compte effacé)" : rows_text(rows, 1));
    csv_put(csv, rows_text(rows, 2));
    csv_put(csv, member_label(tx, role_of(rows_text(rows, 3)), NULL));
    csv_put(csv, rows_int(rows, 10) ? "Club national" : rows_text(rows, 4));
    csv_put(csv, state_words[choice_index(&registration_state_choice, rows_text(rows, 5))]);
    if (rows_is_null(rows, 6)) {
        csv_put(csv, NULL);
    } else {
        csv_put_int(csv, rows_int(rows, 6));
    }
    csv_put(csv, presence[presence_at(rows, 7)]);
    csv_put(csv, rows_text(rows, 8));
    csv_put(csv, when_cell(tx->arena, rows_int(rows, 9), zone));
}

static void put_header(struct tx *tx, struct csv_out *csv, int64_t event, struct ids *questions)
{
    static const char *const columns[] = {"Nom",  "Fonction", "Rôle",        "Département", "État",
                                          "Rang", "Présent",  "Inscrit par", "Inscrit le"};
    PUT_WORDS(csv, columns);
    for (struct rows rows = db_select(tx->db, &questions_of, event); rows_next(&rows);) {
        ARENA_PUSH(tx->arena, questions, rows_int(&rows, 0));
        csv_put(csv, rows_text(&rows, 1));
    }
    csv_end_row(csv);
}

static void put_people(struct tx *tx, struct csv_out *csv, int64_t event, const char *zone)
{
    struct ids questions = {0};
    put_header(tx, csv, event, &questions);
    for (struct rows rows = db_select(tx->db, &people_of, event); rows_next(&rows);) {
        put_person(tx, csv, &rows, zone);
        for (size_t i = 0; i < questions.count; i++) {
            csv_put(csv, db_text(tx->db, &answer_text, tx->arena, rows_int(&rows, 0),
                                 questions.items[i]));
        }
        csv_end_row(csv);
    }
}

static enum err sheet_run(struct tx *tx, const void *in_, void *out)
{
    const struct attendance_sheet *in = in_;
    struct csv_out csv;
    struct rows rows = db_select(tx->db, &event_row, in->event);
    if (!rows_next(&rows)) {
        return tx_fail(tx, ERR_NOT_FOUND, "event", NULL);
    }
    const char *title = rows_copy(&rows, 0, tx->arena), *zone = rows_copy(&rows, 2, tx->arena);
    rows_end(&rows);
    csv_begin(&csv);
    put_people(tx, &csv, in->event, zone);
    keep(tx, &csv, file_name(tx, "Présences", title), out);
    return ERR_NONE;
}

const struct command attendance_sheet_command = {
    .name = "attendance.sheet",
    .doc = "Who is registered for an event and who was there, with the answers, as a CSV file.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = sheet_in,
    .in_bytes = sizeof(struct attendance_sheet),
    .out = document_fields,
    .out_bytes = sizeof(struct document),
    .path = "/evenement/{event}/presents.csv",
    .run = sheet_run,
};

/* --- attendance.report ------------------------------------------------------------------------ */

struct attendance_report {
    int64_t club;
};
static const struct field report_in[] = {
    FIELD_ID(struct attendance_report, club, "Club"),
    FIELD_END,
};

SQL(events_of,
    "SELECT " ATTENDANCE_COUNTS ", e.title, e.kind, e.state, e.starts_at, e.ends_at, e.zone,"
    " e.commune, e.capacity,"
    " count(*) FILTER (WHERE r.present = 1 AND r.role = 'animateur'),"
    " count(*) FILTER (WHERE r.present = 1 AND r.role = 'chef_de_projet'),"
    " count(*) FILTER (WHERE r.present = 1 AND r.role = 'elu'),"
    " count(*) FILTER (WHERE r.present = 1 AND r.role = 'partenaire'),"
    " count(*) FILTER (WHERE r.present = 1 AND r.role = 'lecteur'),"
    " count(DISTINCT r.departement) FILTER (WHERE r.present = 1 AND r.departement <> '')"
    " FROM event e LEFT JOIN registration r ON r.event = e.id"
    " WHERE e.club = ?1 AND e.state <> 'draft' GROUP BY e.id ORDER BY e.starts_at, e.id");

static const char *const kind_words[] = {
    [EVENT_WEBINAIRE] = "Webinaire de décryptage",
    [EVENT_SEMAINE] = "Semaine thématique",
    [EVENT_FORMATION_INITIALE] = "Formation initiale",
    [EVENT_FORMATION_APPROFONDISSEMENT] = "Formation d'approfondissement",
    [EVENT_FORMATION_COMPLEMENTAIRE] = "Formation complémentaire labellisée",
    [EVENT_ATELIER] = "Atelier in situ",
    [EVENT_VOYAGE] = "Voyage d'études",
    [EVENT_RENCONTRE_REGIONALE] = "Rencontre régionale",
    [EVENT_RENCONTRE_NATIONALE] = "Rencontre nationale",
    [EVENT_SEANCE] = "Séance de club départemental",
};

enum { COLUMN_TITLE = ATTENDANCE_COUNT_COLUMNS, COLUMN_CAPACITY = COLUMN_TITLE + 7 };

static void put_event(struct tx *tx, struct csv_out *csv, const struct rows *rows)
{
    struct attendance_counts counts = attendance_counts_at(rows, 0);
    const char *zone = rows_text(rows, COLUMN_TITLE + 5);
    csv_put(csv, when_cell(tx->arena, rows_int(rows, COLUMN_TITLE + 3), zone));
    csv_put(csv, when_cell(tx->arena, rows_int(rows, COLUMN_TITLE + 4), zone));
    csv_put(csv, rows_text(rows, COLUMN_TITLE));
    csv_put(csv, kind_words[choice_index(&event_kind_choice, rows_text(rows, COLUMN_TITLE + 1))]);
    csv_put(csv, rows_text(rows, COLUMN_TITLE + 6));
    csv_put(csv, str_equal(rows_text(rows, COLUMN_TITLE + 2), "cancelled") ? "Annulé" : "Publié");
    if (rows_is_null(rows, COLUMN_CAPACITY)) {
        csv_put(csv, NULL);
    } else {
        csv_put_int(csv, rows_int(rows, COLUMN_CAPACITY));
    }
    csv_put_int(csv, counts.invited);
    csv_put_int(csv, counts.asked);
    csv_put_int(csv, counts.registered);
    csv_put_int(csv, counts.waiting);
    csv_put_int(csv, counts.present);
    for (int i = 1; i <= 6; i++) {
        csv_put_int(csv, rows_int(rows, COLUMN_CAPACITY + i));
    }
    csv_end_row(csv);
}

static enum err report_run(struct tx *tx, const void *in_, void *out)
{
    static const char *const columns[] = {"Début",
                                          "Fin",
                                          "Titre",
                                          "Type",
                                          "Commune",
                                          "État",
                                          "Places",
                                          "Invités",
                                          "Demandes",
                                          "Inscrits",
                                          "Liste d'attente",
                                          "Présents",
                                          "Présents animateurs",
                                          "Présents chefs de projet",
                                          "Présents élus",
                                          "Présents partenaires",
                                          "Présents lecteurs",
                                          "Départements présents"};
    const struct attendance_report *in = in_;
    struct csv_out csv;
    csv_begin(&csv);
    PUT_WORDS(&csv, columns);
    csv_end_row(&csv);
    for (struct rows rows = db_select(tx->db, &events_of, in->club); rows_next(&rows);) {
        put_event(tx, &csv, &rows);
    }
    keep(tx, &csv, file_name(tx, "Événements", tx->club.name), out);
    return ERR_NONE;
}

const struct command attendance_report_command = {
    .name = "attendance.report",
    .doc = "The events of a Club with what each counted, as a CSV file.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = report_in,
    .in_bytes = sizeof(struct attendance_report),
    .out = document_fields,
    .out_bytes = sizeof(struct document),
    .path = "/club/{club}/evenements.csv",
    .run = report_run,
};
