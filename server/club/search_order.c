/* The order of hits: how well the words fit, in what, and how long ago.
 *
 * The weights were set on the relevance set (tests/relevance), where all that matters is which of
 * two is ahead. */
#include <math.h>
#include <stdlib.h>

#include "club/search.h"

/* By enum hit_kind: a name that is typed is most often meant; a message is one of many. */
static const double priors[HIT_KINDS] = {
    [HIT_MESSAGE] = 0.9, [HIT_EVENT] = 0.95, [HIT_RESOURCE] = 1, [HIT_PERSON] = 1, [HIT_TOWN] = 1.1,
};
static const double page_alone = 0.75, page_beside = 0.35;
static const double old = 0.85; /* what is left of the worth of what is very old */

/* From 1 for what is of today to `old`; half way after a year. Counted in days, so that a page goes
 * on where the one before ended. */
static double freshness(const struct search *search, const struct candidate *candidate)
{
    if (candidate->at == 0) {
        return 1;
    }
    int64_t days = search->tx->now_ms / MS_PER_DAY - candidate->at / MS_PER_DAY;
    return old + (1 - old) * exp2(-fabs((double)days) / 365);
}

static int64_t score_of(const struct search *search, const struct candidate *candidate)
{
    if (search->asked->order == SEARCH_RECENT) {
        return candidate->at;
    }
    double fit = candidate->fit > 0 ? candidate->fit + page_beside * candidate->page_fit
                                    : page_alone * candidate->page_fit;
    return (int64_t)(1e6 * fit * priors[candidate->kind] * freshness(search, candidate));
}

static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score) - (x->score > y->score)
                                : candidate_order(a, b);
}

void search_order(struct search *search)
{
    for (size_t i = 0; i < search->found.count; i++) {
        struct candidate *candidate = &search->found.items[i];
        candidate->score = score_of(search, candidate);
    }
    if (search->found.count > 1) {
        qsort(search->found.items, search->found.count, sizeof *search->found.items, by_score);
    }
}
