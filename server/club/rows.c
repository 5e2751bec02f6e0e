#include "club/rows.h"

#include "club/ids.h"

const char *rows_some(struct tx *tx, const struct rows *rows, int column)
{
    const char *text = rows_copy(rows, column, tx->arena);
    return text && text[0] ? text : NULL;
}

const char *text_or_empty(const char *text)
{
    return text ? text : "";
}

int rows_word(const struct rows *rows, int column, const struct choice *choice)
{
    return choice_index(choice, rows_text(rows, column));
}

struct list rows_ids(struct tx *tx, struct rows rows)
{
    struct ids ids = {0};
    ids_read(tx, rows, &ids);
    return (struct list){ids.items, ids.count};
}
