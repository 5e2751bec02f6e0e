#include "club/sheet.h"

#include "base/str.h"
#include "club/fold.h"

const char *say(const struct tx *tx, const char *french, const char *english)
{
    return tx->lang == LANG_EN ? english : french;
}

enum err sheet_refuse(struct tx *tx, const char *why)
{
    return tx_fail(tx, ERR_CSV, "csv", why);
}

enum err sheet_read(struct tx *tx, const char *text, struct csv *out)
{
    switch (csv_parse(text, tx->arena, out)) {
    case CSV_OK:
        break;
    case CSV_EMPTY:
        return sheet_refuse(tx, PHRASE("il n'y a aucune ligne sous les titres des colonnes",
                                       "there is no line below the names of the columns"));
    case CSV_UNCLOSED:
        return sheet_refuse(tx, PHRASE("un guillemet ouvert n'est jamais fermé",
                                       "a quotation mark is never closed"));
    case CSV_ONE_COLUMN:
        return sheet_refuse(tx, PHRASE("ses colonnes doivent être séparées par des virgules ou des "
                                       "points-virgules",
                                       "its columns must be separated by commas or semicolons"));
    }
    if (out->count > LIMIT_IMPORT_LINES) {
        return sheet_refuse(tx, PHRASE("il a plus de 20 000 lignes", "it has over 20,000 lines"));
    }
    return ERR_NONE;
}
_Static_assert(LIMIT_IMPORT_LINES == 20000, "as the sentence says");

int sheet_column(struct tx *tx, const struct csv *csv, const char *const *names)
{
    for (; *names; names++) {
        for (size_t i = 0; i < csv->header.count; i++) {
            if (str_equal(fold(csv->header.cells[i], tx->arena), *names)) {
                return (int)i;
            }
        }
    }
    return -1;
}

const char *sheet_cell(const struct csv_row *row, int column)
{
    const char *cell = csv_cell(row, column);
    return *cell ? cell : NULL;
}
