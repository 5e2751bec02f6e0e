#include "club/describe_view.h"

#include <string.h>

#include "wire/rpc.h"

unsigned command_surfaces(const struct command *command)
{
    if (command->operator_only) {
        return SURFACE_OPERATOR;
    }
    if (command->socket_only || command->kind == BREATH) {
        return SURFACE_SOCKET;
    }
    return command->http_only ? SURFACE_HTTP : SURFACE_HTTP | SURFACE_SOCKET;
}

const struct command *view_next(const struct view *view, size_t *at)
{
    while (view->protocol->commands[*at]) {
        const struct command *command = view->protocol->commands[(*at)++];
        if (command_surfaces(command) & view->surfaces) {
            return command;
        }
    }
    return NULL;
}

static void add_fact(struct view *view, const struct fact *fact)
{
    for (int i = 0; i < view->fact_count; i++) {
        if (view->facts[i] == fact) {
            return;
        }
        if (strcmp(view->facts[i]->name, fact->name) == 0) {
            view->types.conflict = fact->name;
        }
    }
    if (view->fact_count == VIEW_FACTS) {
        view->types.conflict = fact->name;
        return;
    }
    view->facts[view->fact_count++] = fact;
    schema_collect(&view->types, fact->out, false);
}

/* By any command, of whatever surface: what the operator does is heard on the socket too. */
static void add_heard(struct view *view)
{
    for (const struct command *const *command = view->protocol->commands; *command; command++) {
        for (const struct fact *const *fact = (*command)->facts; fact && *fact; fact++) {
            add_fact(view, *fact);
        }
    }
    for (const struct notification *said = view->protocol->notifications; said->name; said++) {
        schema_collect(&view->types, said->params, false);
    }
}

void view_init(struct view *view, const struct protocol *protocol, unsigned surfaces)
{
    static const struct field problem[] = {
        {.name = "problem",
         .type = FIELD_TYPE_OBJECT,
         .fields = problem_fields,
         .schema = "problem"},
        FIELD_END,
    };
    *view = (struct view){.protocol = protocol, .surfaces = surfaces};
    schema_collect(&view->types, problem, false);
    const struct command *command;
    for (size_t at = 0; (command = view_next(view, &at));) {
        schema_collect(&view->types, command->in, true);
        schema_collect(&view->types, command->out, false);
    }
    if (surfaces & SURFACE_SOCKET) {
        add_heard(view);
    }
}

static bool is_told(const struct protocol *protocol, const char *name)
{
    const struct json_type *type = protocol->json_types;
    while (type->name && strcmp(type->name, name) != 0) {
        type++;
    }
    return type->name != NULL;
}

const char *protocol_fault(const struct protocol *protocol)
{
    struct view view;
    view_init(&view, protocol, SURFACE_HTTP | SURFACE_SOCKET | SURFACE_OPERATOR);
    for (int i = 0; i < view.types.count && !view.types.conflict; i++) {
        const struct schema_named *type = &view.types.items[i];
        bool ready_made = !type->fields && !type->choice;
        if (ready_made != is_told(protocol, type->name)) {
            return type->name;
        }
    }
    return view.types.conflict;
}

void view_schemas(struct buf *buf, const struct view *view)
{
    buf_text(buf, "\"components\":{\"schemas\":{");
    schema_components(buf, &view->types);
    for (const struct json_type *type = view->protocol->json_types; type->name; type++) {
        buf_text(buf, ",");
        json_text(buf, type->name);
        buf_text(buf, ":");
        buf_text(buf, type->schema);
    }
}

const char *right_phrase(enum right right)
{
    switch (right) {
    case RIGHT_NONE:
        return "nobody";
    case RIGHT_ANYBODY:
        return "anybody, without a session";
    case RIGHT_PERSON:
        return "any person logged in";
    case RIGHT_ADMINISTRATOR:
        return "an administrator";
    case RIGHT_OPERATOR:
        return "the operator, from the command line";
    case RIGHT_CLUB_SEE:
        return "who is in the Club, guests of one of its channels included";
    case RIGHT_CLUB_READ:
        return "a member of the Club";
    case RIGHT_CLUB_MANAGE:
        return "who manages the Club: its animateurs, and administrators";
    case RIGHT_CHANNEL_READ:
        return "who may read the channel";
    case RIGHT_CHANNEL_WRITE:
        return "who may write in the channel";
    case RIGHT_CHANNEL_MANAGE:
        return "who manages the channel's Club";
    case RIGHT_CHANNEL_ENTER:
        return "an administrator before a private channel";
    case RIGHT_MESSAGE_READ:
        return "who may read the message";
    case RIGHT_MESSAGE_REACT:
        return "who may read the message, lecteurs included";
    case RIGHT_MESSAGE_EDIT:
        return "the author of the message, or who holds the post it was written under";
    case RIGHT_MESSAGE_DELETE:
        return "the author of the message, who holds its post, or a moderator of its channel";
    case RIGHT_MESSAGE_MODERATE:
        return "a moderator of the message's channel";
    case RIGHT_EVENT_SEE:
        return "who sees the event";
    case RIGHT_EVENT_MANAGE:
        return "who runs the event: animateurs of its Club, and administrators";
    case RIGHT_EVENT_REGISTER:
        return "who sees the event and has a role that is asked for, or was invited";
    case RIGHT_INVITATION_MANAGE:
        return "who manages the Club of the invitation";
    case RIGHT_MEMBERSHIP_MANAGE:
        return "who manages the Club of the membership";
    case RIGHT_TENURE_MANAGE:
        return "who manages the Club of the post";
    case RIGHT_PERSON_SEE:
        return "who shares a Club, a channel or an event with the person";
    case RIGHT_PERSON_SELF:
        return "the person, or an administrator";
    }
    return "nobody";
}

const char *kind_word(enum kind kind)
{
    static const char *const words[] = {
        [QUERY] = "query", [FACT] = "fact", [MARK] = "mark", [BREATH] = "breath"};
    return words[kind];
}

size_t doc_summary(const char *doc)
{
    const char *end = strstr(doc, ". ");
    size_t bytes = end ? (size_t)(end - doc) : strlen(doc);
    return bytes > 0 && doc[bytes - 1] == '.' ? bytes - 1 : bytes;
}

size_t name_family(const char *name)
{
    return strcspn(name, ".");
}

void add_part(struct buf *buf, const char *text, size_t bytes)
{
    struct buf part;
    buf_init(&part);
    buf_add(&part, text, bytes);
    buf_add(&part, "", 1);
    json_text(buf, part.data);
    buf_finish(&part);
}
