/* Who was there: ticked by who manages the event, each tick and correction kept.
 *
 * Everything that is counted is counted from registrations, whatever became of who they are of.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_ATTENDANCE_H
#define BEFFROI_CLUB_ATTENDANCE_H

#include "club/event.h"

/* Of a column that is NULL (not ticked), 0 or 1, and back. */
enum maybe presence_at(const struct rows *rows, int column);
struct db_value presence_value(enum maybe present);

struct attendance_counts {
    int64_t invited;    /* whatever came of it */
    int64_t asked;      /* wait for approval */
    int64_t registered; /* have a seat, or one is held for them */
    int64_t waiting;
    int64_t present;
};
extern const struct field attendance_counts_fields[]; /* "AttendanceCounts" */

/* Columns of a statement over r, registrations, as attendance_counts_at() reads them. */
#define ATTENDANCE_COUNTS                                                                          \
    "count(*) FILTER (WHERE r.invited = 1), count(*) FILTER (WHERE r.state = 'asked'),"            \
    " count(*) FILTER (WHERE r.state IN ('offered', 'seated')),"                                   \
    " count(*) FILTER (WHERE r.state = 'waiting'), count(*) FILTER (WHERE r.present = 1)"
#define ATTENDANCE_COUNT_COLUMNS 5
struct attendance_counts attendance_counts_at(const struct rows *rows, int column);
/* Of one event. */
struct attendance_counts attendance_counts_of(struct tx *tx, int64_t event);

/* To each of those who run the event. */
extern const struct fact attendance_changed_fact;

#endif
