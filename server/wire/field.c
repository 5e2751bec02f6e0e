#include "wire/field.h"

#include "base/str.h"

const struct field no_fields[] = {FIELD_END};

int choice_index(const struct choice *choice, const char *word)
{
    int index = 0;
    while (choice->words[index + 1] && !str_equal(choice->words[index], word)) {
        index++;
    }
    return index;
}
