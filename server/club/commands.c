/* The one table of all commands, by name (commands.def; a unit test sees to its order). */
#include "club/command.h"

#include <stdlib.h>
#include <string.h>

#define COMMAND(name) extern const struct command name##_command;
#include "club/commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &name##_command,
#include "club/commands.def"
#undef COMMAND
    NULL,
};
#define COMMAND_COUNT (sizeof commands / sizeof commands[0] - 1)

static int name_order(const void *name, const void *item)
{
    const struct command *const *command = item;
    return strcmp(name, (*command)->name);
}

const struct command *command_find(const char *name)
{
    const struct command *const *found =
        bsearch(name, commands, COMMAND_COUNT, sizeof commands[0], name_order);
    return found ? *found : NULL;
}

const struct fact *fact_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        for (const struct fact *const *fact = commands[i]->facts; fact && *fact; fact++) {
            if (strcmp((*fact)->name, name) == 0) {
                return *fact;
            }
        }
    }
    return NULL;
}

const struct field created_fields[] = {
    FIELD_ID(struct created, id, "What was made"),
    FIELD_INT(struct created, seq, 0, INT64_MAX, "Number of the fact that tells it"),
    FIELD_END,
};
