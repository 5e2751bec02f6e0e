#include "store/rank.h"

#include <math.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "store/fts5.h"

/* Enough to tell the frequency within a tenth. */
enum {
    SAMPLE_ROWS = 100,
    PHRASES = 256, /* that count; a query has fewer, synonyms included, or nearly */
    COLUMNS = 8
};
static const double k1 = 1.2, b = 0.75; /* as usual, and as in FTS5 */

/* Of one search. */
struct fit {
    double rows;
    int columns;
    double column_weights[COLUMNS], words_per_row[COLUMNS];
    double newest; /* rowid */
    int phrases;
    int counted;      /* of these, the first: whether they are in a row or not */
    double weights[]; /* of each phrase, inverse document frequency; 0: not looked at yet */
};

struct sample {
    int64_t rows, last; /* rowid */
};

static int see_row(const Fts5ExtensionApi *api, Fts5Context *context, void *sample_)
{
    struct sample *sample = sample_;
    sample->rows++;
    sample->last = api->xRowid(context);
    return sample->rows < SAMPLE_ROWS ? SQLITE_OK : SQLITE_DONE;
}

/* The first rows that hold a phrase lie as close as the phrase is frequent. */
static int weigh(const Fts5ExtensionApi *api, Fts5Context *context, struct fit *fit, int phrase)
{
    struct sample sample = {0, 0};
    int status = api->xQueryPhrase(context, phrase, &sample, see_row);
    double holding = (double)sample.rows;
    if (sample.rows == SAMPLE_ROWS && sample.last > 0 && (double)sample.last < fit->newest) {
        holding *= fit->newest / (double)sample.last;
    }
    holding = holding < fit->rows ? holding : fit->rows;
    fit->weights[phrase] = log(1 + (fit->rows - holding + 0.5) / (holding + 0.5));
    return status == SQLITE_DONE ? SQLITE_OK : status;
}

/* What FTS5 says of the table, and the SQL of the columns. */
static int fit_read(const Fts5ExtensionApi *api, Fts5Context *context, struct fit *fit, int count,
                    sqlite3_value **values)
{
    sqlite3_int64 rows = 0;
    int status = api->xRowCount(context, &rows);
    int columns = api->xColumnCount(context);
    fit->rows = rows > 0 ? (double)rows : 1;
    fit->newest = count > 0 ? sqlite3_value_double(values[0]) : 0;
    fit->columns = columns < COLUMNS ? columns : COLUMNS;
    for (int i = 0; i < fit->columns && status == SQLITE_OK; i++) {
        sqlite3_int64 words = 0;
        status = api->xColumnTotalSize(context, i, &words);
        fit->words_per_row[i] = words > 0 ? (double)words / fit->rows : 1;
        fit->column_weights[i] = i + 2 < count ? sqlite3_value_double(values[i + 2]) : i == 0;
    }
    return status;
}

static int fit_begin(const Fts5ExtensionApi *api, Fts5Context *context, int count,
                     sqlite3_value **values, struct fit **fit_out)
{
    int phrases = api->xPhraseCount(context);
    phrases = phrases < PHRASES ? phrases : PHRASES;
    size_t bytes = sizeof(struct fit) + (size_t)phrases * sizeof(double);
    struct fit *fit = sqlite3_malloc64(bytes);
    if (!fit) {
        return SQLITE_NOMEM;
    }
    memset(fit, 0, bytes);
    fit->phrases = phrases;
    int missing = count > 1 ? sqlite3_value_int(values[1]) : 0;
    int of_query = api->xPhraseCount(context) - (missing - 1);
    fit->counted = missing == 0 ? 0 : of_query < phrases ? of_query : phrases;
    int status = fit_read(api, context, fit, count, values);
    for (int i = 0; i < fit->counted && status == SQLITE_OK; i++) {
        status = weigh(api, context, fit, i);
    }
    if (status != SQLITE_OK) {
        sqlite3_free(fit);
        return status;
    }
    *fit_out = fit;
    return api->xSetAuxdata(context, fit, sqlite3_free); /* frees it where it fails */
}

/* Adds the uses of each phrase in this row, as their columns weigh. */
static int count_uses(const Fts5ExtensionApi *api, Fts5Context *context, const struct fit *fit,
                      double uses[PHRASES])
{
    double worth[COLUMNS] = {0};
    int count = 0;
    int status = api->xInstCount(context, &count);
    for (int i = 0; i < fit->columns && status == SQLITE_OK; i++) {
        int words = 0;
        status = api->xColumnSize(context, i, &words);
        worth[i] = fit->column_weights[i] / (1 - b + b * (double)words / fit->words_per_row[i]);
    }
    for (int i = 0; i < count && status == SQLITE_OK; i++) {
        int phrase = 0, column = 0, offset = 0;
        status = api->xInst(context, i, &phrase, &column, &offset);
        if (status == SQLITE_OK && phrase < fit->phrases && column < fit->columns) {
            uses[phrase] += worth[column];
        }
    }
    return status;
}

static int score_row(const Fts5ExtensionApi *api, Fts5Context *context, struct fit *fit,
                     double *score_out)
{
    double uses[PHRASES] = {0}, all = 0, score = 0;
    int status = count_uses(api, context, fit, uses);
    for (int i = 0; i < fit->phrases && status == SQLITE_OK; i++) {
        if (uses[i] > 0 && fit->weights[i] <= 0) {
            status = weigh(api, context, fit, i);
        }
        score += fit->weights[i] * (k1 + 1) * uses[i] / (uses[i] + k1);
        all += uses[i] > 0 || i < fit->counted ? fit->weights[i] : 0;
    }
    *score_out = all > 0 ? score / all : 0;
    return status;
}

static void rank_fit(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result,
                     int count, sqlite3_value **values)
{
    struct fit *fit = api->xGetAuxdata(context, 0);
    int status = SQLITE_OK;
    double score = 0;
    if (!fit) {
        status = fit_begin(api, context, count, values, &fit);
    }
    if (status == SQLITE_OK) {
        status = score_row(api, context, fit, &score);
    }
    if (status != SQLITE_OK) {
        sqlite3_result_error_code(result, status);
        return;
    }
    sqlite3_result_int64(result, (sqlite3_int64)(score * 1e6));
}

int rank_register(struct sqlite3 *db)
{
    fts5_api *api = NULL;
    int status = fts5_of(db, &api);
    if (status != SQLITE_OK) {
        return status;
    }
    return api->xCreateFunction(api, "rank_fit", NULL, rank_fit, NULL);
}
