#include "helper/reader.h"

bool office_read(const struct content *content, const char *type, struct sink *sink)
{
    (void)content;
    (void)type;
    (void)sink;
    return false;
}
