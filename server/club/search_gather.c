#include "club/search.h"
enum err search_gather(struct search *search)
{
    (void)search;
    return ERR_NONE;
}
void search_order(struct search *search)
{
    (void)search;
}
const struct search_counts *search_count(struct search *search)
{
    return ARENA_NEW(search->tx->arena, struct search_counts);
}
enum err search_read_cursor(struct tx *tx, const char *cursor, struct place *out)
{
    (void)tx, (void)cursor, (void)out;
    return ERR_NONE;
}
void search_show(struct search *search, const struct place *after, struct search_found *out)
{
    (void)search, (void)after, (void)out;
}
