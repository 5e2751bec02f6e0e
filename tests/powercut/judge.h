/* Looks at what a power cut left: does the server start on it as it always does, and is there all
 * that was acknowledged, once, and nothing by halves?
 *
 * Threads: the caller's; one at a time. */
#ifndef BEFFROI_POWERCUT_JUDGE_H
#define BEFFROI_POWERCUT_JUDGE_H

#include "story.h"

/* `root` as it was found after `position` operations of the story's log. NULL: all is well; or what
 * is wrong, borrowed until the next call. `thorough`: looks for erased words, and checks backups,
 * too. Changes what is there. */
const char *judge(const struct story *story, const char *root, size_t position, bool thorough);

/* Counts of what was looked at. */
struct judge_counts {
    int64_t points, nothing_yet, behind; /* behind: the commit on its way was not there */
    int64_t resent, answers, letters, erasures, backups, cleans, anew;
};
const struct judge_counts *judge_counts(void);

#endif
