/* The reference documentation (docs/PROTOCOL.md). */
#include <string.h>

#include "club/describe_view.h"

static const char head[] =
    "# The protocol\n\n"
    "Generated from the command table (`beffroi describe reference`); not written by hand. The "
    "same is\n"
    "told for machines at `/api/openapi.json` and `/api/asyncapi.json`.\n\n"
    "A command is called in either of two ways:\n\n"
    "- `POST /api/v1/<name>` with a JSON object, answered by its result, or by problem details\n"
    "  (RFC 9457) in the language of `Accept-Language` (fr, en);\n"
    "- over the WebSocket `/ws`, subprotocol `beffroi.v1`, as JSON-RPC 2.0: one object per text "
    "frame,\n"
    "  no arrays, always an `id`. An error has the same problem details as its `data`.\n\n"
    "Who calls is told by the session cookie with the server's own `Origin`, or by\n"
    "`Authorization: Bearer` and a token from `beffroi token create`.\n\n"
    "```\n"
    "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"message.post\",\"params\":{\"channel\":7,"
    "\"body\":\"Bonjour\",\"nonce\":\"5f1c0f9e2b\"}}\n"
    "< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"id\":42,\"seq\":42}}\n"
    "< "
    "{\"jsonrpc\":\"2.0\",\"method\":\"fact\",\"params\":{\"seq\":42,\"fact\":\"message.posted\",.."
    ".}}\n"
    "```\n\n"
    "A member that is optional is left out rather than sent as null; null is refused, and so is a "
    "member\n"
    "that is not listed here. Times are milliseconds since 1970 UTC. Lengths are in characters.\n\n"
    "**Facts** are numbered by `seq`, which rises. A client keeps the number of the last one it "
    "took in,\n"
    "with the `epoch` of `hello`: that is its cursor. After a break it calls `session.resume` with "
    "it.\n\n"
    "**Sending twice.** A command with a `nonce` may be sent again after a break, for 30 days: it "
    "is done\n"
    "once and answered the same. One that begins with the time of its drawing is the cheapest to "
    "keep.\n\n"
    "**Kinds.** A *query* reads. A *fact* is durable and in order. A *mark* is the durable last "
    "value of\n"
    "something of one's own. A *breath* is held in memory only and over the WebSocket only.\n";

static void add_type(struct buf *buf, const struct field *field)
{
    static const char *const words[] = {
        [FIELD_TYPE_ID] = "id",
        [FIELD_TYPE_INT] = "integer",
        [FIELD_TYPE_TIME] = "time",
        [FIELD_TYPE_BOOL] = "boolean",
        [FIELD_TYPE_MAYBE] = "boolean",
        [FIELD_TYPE_LINE] = "line",
        [FIELD_TYPE_TEXT] = "text",
        [FIELD_TYPE_IDS] = "list of ids",
        [FIELD_TYPE_TEXTS] = "list of lines",
    };
    bool bare = field->type == FIELD_TYPE_OBJECT || field->type == FIELD_TYPE_CHOICE ||
                field->type == FIELD_TYPE_JSON;
    if (!bare && field->type != FIELD_TYPE_LIST && field->type != FIELD_TYPE_WORDS) {
        buf_text(buf, words[field->type]);
        return;
    }
    buf_text(buf, bare ? "[" : "list of [");
    schema_type_name(buf, field->choice ? field->choice->name : field->schema);
    buf_text(buf, "](#");
    size_t start = buf->len; /* the anchor of a heading is in lower case */
    schema_type_name(buf, field->choice ? field->choice->name : field->schema);
    for (size_t i = start; i < buf->len; i++) {
        buf->data[i] =
            (char)(buf->data[i] >= 'A' && buf->data[i] <= 'Z' ? buf->data[i] + 32 : buf->data[i]);
    }
    buf_text(buf, ")");
}

static void add_bounds(struct buf *buf, const struct field *field)
{
    if (field->min == 0 && field->max == 0) {
        return;
    }
    if (field->max >= INT32_MAX) {
        buf_printf(buf, ", from %lld", (long long)field->min);
    } else {
        buf_printf(buf, ", %lld to %lld", (long long)field->min, (long long)field->max);
    }
}

static void add_members(struct buf *buf, const struct field *fields)
{
    if (fields->type == FIELD_TYPE_END) {
        return;
    }
    buf_text(buf, "\n| member | type | |\n|---|---|---|\n");
    for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
        buf_printf(buf, "| `%s`%s | ", field->name, field->optional ? " *optional*" : "");
        add_type(buf, field);
        add_bounds(buf, field);
        buf_printf(buf, " | %s |\n", field->doc);
    }
}

static void add_how(struct buf *buf, const struct command *command)
{
    unsigned surfaces = command_surfaces(command);
    buf_printf(buf, "\n%s\n\nA %s, for %s%s.", command->doc, kind_word(command->kind),
               right_phrase(command->right),
               surfaces == SURFACE_HTTP     ? "; over HTTP only"
               : surfaces == SURFACE_SOCKET ? "; over the WebSocket only"
                                            : "");
    if (command->path) {
        buf_printf(buf, " As a file: `GET %s`.", command->path);
    }
    for (const struct fact *const *fact = command->facts; fact && *fact; fact++) {
        buf_printf(buf, "%s`%s`", fact == command->facts ? " Notes " : ", ", (*fact)->name);
    }
    buf_text(buf, command->facts && *command->facts ? ".\n" : "\n");
}

static void add_command(struct buf *buf, const struct command *command)
{
    buf_printf(buf, "\n### %s\n", command->name);
    add_how(buf, command);
    add_members(buf, command->in);
    if (command->out->type != FIELD_TYPE_END) {
        buf_text(buf, "\nAnswers:\n");
        add_members(buf, command->out);
    }
}

static void add_types(struct buf *buf, const struct view *view)
{
    buf_text(buf, "\n## Types\n");
    for (const struct schema_named *type = view->types.items;
         type < view->types.items + view->types.count; type++) {
        if (!type->fields && !type->choice) {
            continue;
        }
        buf_text(buf, "\n### ");
        schema_type_name(buf, type->name);
        buf_text(buf, "\n");
        if (type->fields) {
            add_members(buf, type->fields);
            continue;
        }
        for (int i = 0; type->choice->words[i]; i++) {
            buf_printf(buf, "%s`%s`", i > 0 ? " · " : "\n", type->choice->words[i]);
        }
        buf_text(buf, "\n");
    }
    for (const struct json_type *type = view->protocol->json_types; type->name; type++) {
        buf_printf(buf, "\n### %s\n\n%s\n\n```ts\n%s\n```\n", type->name, type->doc,
                   type->typescript);
    }
}

static void add_errors(struct buf *buf)
{
    buf_text(buf, "\n## Errors\n\n| code | name | HTTP | |\n|---|---|---|---|\n");
    for (size_t i = 0; err_at(i) != ERR_NONE; i++) {
        char text[512];
        struct problem problem = {err_at(i), "...", "..."};
        problem_text(&problem, LANG_EN, text, sizeof text);
        buf_printf(buf, "| %d | %s | %d | %s |\n", problem.err, err_name(problem.err),
                   err_status(problem.err), text);
    }
}

static void add_heard(struct buf *buf, const struct view *view)
{
    buf_text(buf,
             "\n## Notifications\n\nBeside these: `fact`, whose `params` hold `seq`, `fact` (its "
             "name) and the members told below.\n");
    for (const struct notification *said = view->protocol->notifications; said->name; said++) {
        buf_printf(buf, "\n### %s\n\n%s\n", said->name, said->doc);
        add_members(buf, said->params);
    }
    buf_text(buf, "\n## Facts\n");
    for (int i = 0; i < view->fact_count; i++) {
        buf_printf(buf, "\n### %s\n\n%s\n", view->facts[i]->name, view->facts[i]->doc);
        add_members(buf, view->facts[i]->out);
    }
}

void reference_write(struct buf *buf, const struct protocol *protocol)
{
    struct view view;
    const struct command *command;
    view_init(&view, protocol, SURFACE_HTTP | SURFACE_SOCKET);
    buf_text(buf, head);
    buf_text(buf, "\n## Commands\n");
    for (size_t at = 0; (command = view_next(&view, &at));) {
        add_command(buf, command);
    }
    add_heard(buf, &view);
    add_types(buf, &view);
    add_errors(buf);
}
