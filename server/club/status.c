/* What is said of the server itself. */
#include "club/status.h"

const struct field status_fields[] = {
    FIELD_BOOL(struct status, writable,
               "false: the disk is full or failing; commands that write are refused (1303)"),
    FIELD_END,
};
