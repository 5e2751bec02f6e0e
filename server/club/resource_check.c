/* The rules a resource keeps to, whoever makes it. */
#include <string.h>

#include "base/str.h"
#include "club/edition.h"
#include "club/markdown.h"
#include "club/member.h"
#include "club/mentions.h"
#include "club/person.h"
#include "club/resource_form.h"
#include "club/territory.h"
#include "club/theme.h"

static enum err misfit(struct tx *tx, const char *field, const char *why)
{
    return tx_fail(tx, ERR_VALUE, field, why);
}

/* --- its date --------------------------------------------------------------------------------- */

static bool number_in(const char *text, size_t digits, int64_t min, int64_t max, int64_t *out)
{
    char part[5] = "";
    memcpy(part, text, digits);
    return str_to_int(part, min, max, out);
}

static int64_t days_in(int64_t year, int64_t month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601) of a day that is in the calendar. */
static bool is_date(const char *text)
{
    int64_t year = 0;
    int64_t month = 0;
    int64_t day = 0;
    size_t length = strlen(text);
    if ((length != 4 && length != 7 && length != 10) || !number_in(text, 4, 1000, 9999, &year)) {
        return false;
    }
    if (length > 4 && (text[4] != '-' || !number_in(text + 5, 2, 1, 12, &month))) {
        return false;
    }
    return length < 10 || (text[7] == '-' && number_in(text + 8, 2, 1, days_in(year, month), &day));
}

/* --- words ------------------------------------------------------------------------------------ */

static enum err check_summary(struct tx *tx, const struct resource_form *form,
                              struct resource_plan *plan)
{
    struct markdown_world world = mentions_nobody(tx);
    struct markdown text = {.nodes = "[]"};
    enum err err = ERR_NONE;
    if (!str_is_blank(form->summary)) {
        err = markdown_parse(form->summary, "summary", &world, tx->arena, &text, tx->problem);
    }
    plan->nodes = text.nodes;
    return err;
}

SQL(post_is_known, "SELECT 1 FROM post WHERE id = ?1");

static enum err check_fiche(struct tx *tx, const struct resource_form *form)
{
    if (!form->fiche) {
        return ERR_NONE;
    }
    if (form->kind != RESOURCE_FICHE_PROJET) {
        return misfit(tx, "fiche",
                      PHRASE("ce n'est pas une fiche-projet", "this is no fiche-projet"));
    }
    bool known = !form->fiche->post || db_int(tx->db, &post_is_known, 0, form->fiche->post);
    return known ? ERR_NONE : tx_fail(tx, ERR_NOT_FOUND, "fiche.post", NULL);
}

static enum err check_public(struct tx *tx, const struct resource_form *form, bool keeps,
                             bool was_public)
{
    if (form->is_public && !keeps && !was_public) {
        return tx_fail(tx, ERR_FORBIDDEN, "is_public", NULL);
    }
    return form->is_public && form->licence == LICENCE_INTERNE
               ? misfit(tx, "is_public",
                        PHRASE("sa licence est « usage interne »", "its licence is internal use"))
               : ERR_NONE;
}

enum err resource_check(struct tx *tx, const struct resource_form *form, bool keeps,
                        bool was_public, struct resource_plan *plan)
{
    *plan = (struct resource_plan){0};
    enum err err = check_summary(tx, form, plan);
    if (!err && form->dated_on && !is_date(form->dated_on)) {
        err = tx_fail(tx, ERR_DATE, "dated_on", NULL);
    }
    if (!err) {
        err = edition_check_link(tx, "source_link", form->source_link);
    }
    if (!err) {
        err = check_fiche(tx, form);
    }
    if (!err) {
        err = check_public(tx, form, keeps, was_public);
    }
    if (!err) {
        err = themes_check(tx, &form->themes);
    }
    if (!err) {
        err = territories_check(tx, &form->territories);
    }
    if (!err) {
        plan->organisation =
            organisation_of(tx, form->organisation ? person_name(tx, form->organisation) : NULL);
    }
    return err;
}
