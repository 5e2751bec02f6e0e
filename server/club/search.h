/* One search over everything: what may be found, in which order, and how it is shown.
 *
 * In steps, each in a file: search_gather.c finds what holds the words, as far as the actor may see
 * it; search_order.c puts it in order; search_count.c counts it; search_show.c loads one page of
 * it.
 *
 * Threads: the tx's; all lives in its arena. */
#ifndef BEFFROI_CLUB_SEARCH_H
#define BEFFROI_CLUB_SEARCH_H

#include "club/ids.h"
#include "club/resource.h"

#define SEARCH_PAGE 20

enum hit_kind { HIT_MESSAGE, HIT_EVENT, HIT_RESOURCE, HIT_PERSON, HIT_TOWN, HIT_KINDS };
extern const struct choice hit_kind_choice, page_unit_choice;

struct search_find {
    const char *query;
    uint32_t kinds;       /* bit per enum hit_kind; 0: all */
    int kind_of_resource; /* 0: any; else enum resource_kind + 1 */
    int64_t theme, club;
    const struct territory *territory; /* NULL: any */
    int64_t after, before;             /* wall ms, 0: open */
    enum { SEARCH_RELEVANT, SEARCH_RECENT } order;
    const char *cursor;
    int64_t limit;
};

struct found_page {
    enum { PAGE_PAGE, PAGE_SLIDE, PAGE_SHEET, PAGE_PART } unit;
    int64_t number;
    const char *name;
};
struct search_hit {
    enum hit_kind kind;
    const char *title, *label;
    struct list snippet; /* texts */
    int64_t at, club, channel;
    const char *club_name, *channel_name;
    const struct message *message;
    int64_t event, resource, edition, person, town;
    const char *type;
    const struct file *file;
    const struct found_page *page;
};
struct facet_value {
    const char *value, *kind, *name;
    int64_t count;
};
struct search_counts {
    struct list kinds, types, themes, territories, clubs, years; /* struct facet_value */
};
struct search_found {
    int64_t seq;
    struct list hits;
    const char *next;
    bool cut;
    const struct search_counts *counts;
};

enum facet { FACET_KIND, FACET_TYPE, FACET_THEME, FACET_TERRITORY, FACET_CLUB, FACET_YEAR, FACETS };

/* What holds the words: once, whatever of it does. */
struct candidate {
    enum hit_kind kind;
    int64_t id;
    int64_t at;        /* wall ms; 0: of no time */
    double fit;        /* 0 to 2.2: how well its own words fit; 0: only those of a page do */
    const char *match; /* FTS5 expression by which they were found */
    int64_t row;       /* of them in entry_fts or message_fts */
    int64_t channel;   /* of a message */
    double page_fit;   /* of the page that fits best */
    const char *page_match;
    int64_t page, file; /* its rowid in page_fts, and the file it was found in; 0: none */
    int64_t score;      /* by which it is placed, the greatest first */
    uint32_t missed;    /* bit per enum facet whose filter it does not pass */
};
struct search {
    struct tx *tx;
    const struct search_find *asked;
    struct candidates {
        struct candidate *items;
        size_t count, capacity;
    } found;  /* by kind and id until search_order() */
    bool cut; /* there is more than was looked at */
};

/* Finds the candidates; ERR_EMPTY: no word is in the query, ERR_NOT_FOUND: no such Club. */
enum err search_gather(struct search *search);
/* The part of that which finds pages, by one expression; returns how many. `missing`: words that are
 * not there count against a page. `worth`: what it is multiplied by. */
size_t search_pages(struct search *search, const char *match, bool missing, double worth);
/* Says of each which filters it misses, and counts. */
const struct search_counts *search_count(struct search *search);
/* Gives each its score, and sorts them. */
void search_order(struct search *search);
/* By kind and id, as qsort(3) wants it. */
int candidate_order(const void *a, const void *b);
/* The ids of those of a kind, as JSON. */
const char *candidates_json(const struct search *search, enum hit_kind kind);
/* NULL: none such. While they are by kind and id. */
struct candidate *candidate_find(struct search *search, enum hit_kind kind, int64_t id);

/* A place in the order: the last hit of the page before. */
struct place {
    int64_t score;
    enum hit_kind kind;
    int64_t id;
};
enum err search_read_cursor(struct tx *tx, const char *cursor, struct place *out);
/* Fills the page after that place. */
void search_show(struct search *search, const struct place *after, struct search_found *out);

#endif
