/* import towns, import members: CSV files from the command line, and what became of each line. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/limits.h"
#include "club/import_report.h"
#include "main/verbs.h"
#include "main/work.h"

/* The file as UTF-8 text, in the arena; NULL if it cannot be had, said why. */
static const char *read_csv(struct work *work)
{
    FILE *file = fopen(work->word, "re");
    if (!file) {
        refuse("cannot read %s: %s", work->word, strerror(errno));
        return NULL;
    }
    struct buf bytes;
    buf_init(&bytes);
    size_t got = 0;
    do {
        got = fread(buf_reserve(&bytes, 65536), 1, 65536, file);
        bytes.len += got;
    } while (got && bytes.len <= LIMIT_ADMIN_BODY_BYTES);
    const char *text = csv_utf8(bytes.data, bytes.len, &work->arena);
    if (ferror(file) || !text) {
        refuse("%s is not a text file (save it as CSV). Nothing was changed.", work->word);
        text = NULL;
    }
    buf_finish(&bytes);
    fclose(file);
    return text;
}

/* Runs the import of the file named on the command line; NULL if refused, said why. */
static const void *import(struct work *work, const struct command *command)
{
    const char *csv = read_csv(work);
    if (!csv) {
        return NULL;
    }
    params_begin(&work->params);
    params_text(&work->params, "csv", csv);
    params_flag(&work->params, "dry_run", work->dry_run);
    return work_call(work, command);
}

/* --- towns ------------------------------------------------------------------------------------ */

static void print_communes(const char *sign, const struct list *list)
{
    static const char *const parts[] = {"name", "town", "epci", "population"};
    const struct imported *items = list->items;
    for (size_t i = 0; i < list->count; i++) {
        printf("%s %s %s", sign, items[i].insee, items[i].name);
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
            if (items[i].changed & (1U << part)) {
                printf(" [%s]", parts[part]);
            }
        }
        putchar('\n');
    }
}

static void print_towns(const struct work *work, const struct import_report *report)
{
    const struct unplaced *unplaced = report->unplaced.items;
    print_communes("+", &report->came);
    print_communes("-", &report->left);
    print_communes("~", &report->changed);
    for (size_t i = 0; i < report->unplaced.count; i++) {
        printf("! line %lld: %s (%s)\n", (long long)unplaced[i].line, unplaced[i].reason,
               unplaced[i].text);
    }
    printf("%lld communes, %lld towns: %zu came, %zu left, %zu changed, %zu lines not placed%s\n",
           (long long)report->communes, (long long)report->towns, report->came.count,
           report->left.count, report->changed.count, report->unplaced.count,
           work->dry_run ? " (dry run: nothing was changed)" : "");
}

int import_towns_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = work_begin(verb, argc, argv, &work, 1);
    if (code != EXIT_OK) {
        return code;
    }
    const struct import_report *report = import(&work, &town_import_command);
    if (report) {
        print_towns(&work, report);
    }
    return work_end(&work, report != NULL);
}

/* --- members ---------------------------------------------------------------------------------- */

static void print_member(const struct member_line *line)
{
    static const char signs[] = {
        [INVITED] = '+', [GIVEN] = '+', [UNCHANGED] = '=', [REFUSED] = '!'};
    printf("%c line %lld: %s", signs[line->outcome], (long long)line->line,
           line->email ? line->email : "");
    if (line->reason) {
        printf(" (%s)", line->reason);
    } else {
        printf(", %s, %s%s", line->label ? line->label : "", line->club ? line->club : "",
               line->outcome == INVITED ? ", invited" : "");
    }
    putchar('\n');
}

int import_members_run(const struct verb *verb, int argc, char **argv)
{
    struct work work = {0};
    int code = work_begin(verb, argc, argv, &work, 1);
    if (code != EXIT_OK) {
        return code;
    }
    const struct member_report *report = import(&work, &member_import_command);
    const struct member_line *lines = report ? report->lines.items : NULL;
    for (size_t i = 0; report && i < report->lines.count; i++) {
        print_member(&lines[i]);
    }
    if (report) {
        printf("%lld invited, %lld given, %lld unchanged, %lld refused%s\n",
               (long long)report->invited, (long long)report->given, (long long)report->unchanged,
               (long long)report->refused, work.dry_run ? " (dry run: nothing was changed)" : "");
    }
    return work_end(&work, report != NULL);
}
