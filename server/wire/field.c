#include "wire/field.h"

const struct field no_fields[] = {FIELD_END};
