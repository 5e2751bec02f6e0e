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

static const char *const right_phrases[] = {
    [RIGHT_NONE] = "nobody",
    [RIGHT_ANYBODY] = "anybody, without a session",
    [RIGHT_PERSON] = "any person logged in",
    [RIGHT_ADMINISTRATOR] = "an administrator",
    [RIGHT_OPERATOR] = "the operator, from the command line",
    [RIGHT_CLUB_SEE] = "who is in the Club, guests of one of its channels included",
    [RIGHT_CLUB_READ] = "a member of the Club",
    [RIGHT_CLUB_MANAGE] = "who manages the Club: its animateurs, and administrators",
    [RIGHT_CHANNEL_READ] = "who may read the channel",
    [RIGHT_CHANNEL_WRITE] = "who may write in the channel",
    [RIGHT_CHANNEL_MANAGE] = "who manages the channel's Club",
    [RIGHT_CHANNEL_ENTER] = "an administrator before a private channel",
    [RIGHT_MESSAGE_READ] = "who may read the message",
    [RIGHT_MESSAGE_REACT] = "who may read the message, lecteurs included",
    [RIGHT_MESSAGE_EDIT] = "the author of the message, or who holds the post it was written under",
    [RIGHT_MESSAGE_DELETE] =
        "the author of the message, who holds its post, or a moderator of its channel",
    [RIGHT_MESSAGE_MODERATE] = "a moderator of the message's channel",
    [RIGHT_EVENT_SEE] = "who sees the event",
    [RIGHT_EVENT_MANAGE] = "who runs the event: animateurs of its Club, and administrators",
    [RIGHT_EVENT_REGISTER] = "who sees the event and has a role that is asked for, or was invited",
    [RIGHT_RESOURCE_SEE] = "who sees the resource",
    [RIGHT_RESOURCE_EDIT] = "its author until it is accepted, and who keeps its shelf",
    [RIGHT_RESOURCE_KEEP] = "who keeps its shelf",
    [RIGHT_SHELF_WRITE] = "who may write on the shelf of the Club",
    [RIGHT_SHELF_KEEP] = "who keeps the shelf of the Club",
    [RIGHT_INVITATION_MANAGE] = "who manages the Club of the invitation",
    [RIGHT_MEMBERSHIP_MANAGE] = "who manages the Club of the membership",
    [RIGHT_TENURE_MANAGE] = "who manages the Club of the post",
    [RIGHT_PERSON_SEE] = "who shares a Club, a channel or an event with the person",
    [RIGHT_PERSON_SELF] = "the person, or an administrator",
};

const char *right_phrase(enum right right)
{
    return right_phrases[right];
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
