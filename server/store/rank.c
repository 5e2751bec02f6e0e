#include "store/rank.h"

#include <math.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "store/fts5.h"

/* Enough to tell the frequency within a tenth. */
enum { SAMPLE_ROWS = 100, PHRASES = 64 /* that count; a query has fewer words */ };
static const double k1 = 1.2, b = 0.75; /* as usual, and as in FTS5 */

/* Of one search. */
struct fit {
    double rows, words_per_row;
    double newest;    /* rowid */
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

static int fit_begin(const Fts5ExtensionApi *api, Fts5Context *context, int64_t newest,
                     struct fit **fit_out)
{
    int phrases = api->xPhraseCount(context);
    sqlite3_int64 rows = 0, words = 0;
    int status = api->xRowCount(context, &rows);
    if (status == SQLITE_OK) {
        status = api->xColumnTotalSize(context, 0, &words);
    }
    if (status != SQLITE_OK) {
        return status;
    }
    size_t bytes = sizeof(struct fit) + (size_t)phrases * sizeof(double);
    struct fit *fit = sqlite3_malloc64(bytes);
    if (!fit) {
        return SQLITE_NOMEM;
    }
    memset(fit, 0, bytes);
    fit->newest = (double)newest;
    fit->rows = rows > 0 ? (double)rows : 1;
    fit->words_per_row = words > 0 ? (double)words / fit->rows : 1;
    *fit_out = fit;
    return api->xSetAuxdata(context, fit, sqlite3_free); /* frees it where it fails */
}

/* Adds up what each phrase brings, its uses in this row being counted one by one: the k-th use
 * brings the difference between k and k - 1 uses. */
static int score_row(const Fts5ExtensionApi *api, Fts5Context *context, struct fit *fit,
                     double *score_out)
{
    int uses = 0, words = 0;
    int status = api->xInstCount(context, &uses);
    if (status == SQLITE_OK) {
        status = api->xColumnSize(context, 0, &words);
    }
    double room = k1 * (1 - b + b * (double)words / fit->words_per_row);
    int counts[PHRASES] = {0};
    for (int i = 0; i < uses && status == SQLITE_OK; i++) {
        int phrase = 0, column = 0, offset = 0;
        status = api->xInst(context, i, &phrase, &column, &offset);
        if (status != SQLITE_OK || column != 0 || phrase >= PHRASES) {
            continue;
        }
        if (fit->weights[phrase] <= 0) {
            status = weigh(api, context, fit, phrase);
        }
        double before = counts[phrase]++;
        *score_out += fit->weights[phrase] * (k1 + 1) *
                      ((before + 1) / (before + 1 + room) - before / (before + room));
    }
    return status;
}

static void rank_fit(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result,
                     int count, sqlite3_value **values)
{
    struct fit *fit = api->xGetAuxdata(context, 0);
    int status = SQLITE_OK;
    double score = 0;
    if (!fit) {
        status = fit_begin(api, context, count > 0 ? sqlite3_value_int64(values[0]) : 0, &fit);
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
