#include "helper/sniff.h"

#include <magic.h>
#include <string.h>

static magic_t tables;

bool sniff_open(void)
{
    /* Nothing is unpacked and no program started to look inside. */
    tables = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS |
                        MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF);
    return tables && magic_load(tables, NULL) == 0;
}

const char *sniff_type(int fd)
{
    return magic_descriptor(tables, fd);
}
