/* AsyncAPI 3.0 (asyncapi.com/docs/reference/specification/v3.0.0): the WebSocket, told from the
 * server's side: it receives commands and replies to them, and sends notifications. */
#include "club/describe_view.h"

static const char head[] =
    "{\"asyncapi\":\"3.0.0\",\"info\":{\"title\":\"Beffroi\",\"version\":\"1\","
    "\"description\":\"JSON-RPC 2.0, one object per text frame, subprotocol beffroi.v1. A "
    "connection "
    "hears all the audiences of its person without subscribing. Facts are numbered and rise; "
    "session.resume brings those missed since a cursor.\","
    "\"license\":{\"name\":\"EUPL-1.2\","
    "\"url\":\"https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12\"}},"
    "\"defaultContentType\":\"application/json\","
    "\"servers\":{\"club\":{\"host\":\"{host}\",\"protocol\":\"wss\","
    "\"description\":\"The server's own address; ws where it is reached without TLS.\","
    "\"variables\":{\"host\":{\"default\":\"localhost:8080\"}},"
    "\"security\":[{\"$ref\":\"#/components/securitySchemes/cookie\"},"
    "{\"$ref\":\"#/components/securitySchemes/bearer\"}]}},"
    "\"channels\":{\"socket\":{\"address\":\"/ws\",\"title\":\"The live connection\","
    "\"bindings\":{\"ws\":{\"method\":\"GET\",\"headers\":{\"type\":\"object\",\"properties\":{"
    "\"Sec-WebSocket-Protocol\":{\"type\":\"string\",\"const\":\"beffroi.v1\"}},"
    "\"required\":[\"Sec-WebSocket-Protocol\"]},\"bindingVersion\":\"0.1.0\"}},"
    "\"messages\":{";

static const char security[] =
    ",\"securitySchemes\":{\"cookie\":{\"type\":\"httpApiKey\",\"in\":\"cookie\","
    "\"name\":\"__Host-beffroi\",\"description\":\"With an Origin that is the server's own.\"},"
    "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\","
    "\"description\":\"A token from `beffroi token create`.\"}}}}";

/* Calls `add` for every message of the channel, with what stands between two of them. */
static void each_message(struct buf *buf, const struct view *view,
                         void (*add)(struct buf *buf, const char *name, const char *suffix))
{
    const struct command *command;
    add(buf, "error", "");
    for (size_t at = 0; (command = view_next(view, &at));) {
        buf_text(buf, ",");
        add(buf, command->name, ".request");
        buf_text(buf, ",");
        add(buf, command->name, ".reply");
    }
    for (int i = 0; i < view->fact_count; i++) {
        buf_text(buf, ",");
        add(buf, view->facts[i]->name, ".fact");
    }
    for (const struct notification *said = view->protocol->notifications; said->name; said++) {
        buf_text(buf, ",");
        add(buf, said->name, "");
    }
}

static void add_component_ref(struct buf *buf, const char *name, const char *suffix)
{
    buf_printf(buf, "\"%s%s\":{\"$ref\":\"#/components/messages/%s%s\"}", name, suffix, name,
               suffix);
}

static void add_message_ref(struct buf *buf, const char *name, const char *suffix)
{
    buf_printf(buf, "{\"$ref\":\"#/channels/socket/messages/%s%s\"}", name, suffix);
}

/* --- operations ------------------------------------------------------------------------------- */

static void add_command_operation(struct buf *buf, const struct command *command)
{
    buf_printf(buf,
               ",\"%s\":{\"action\":\"receive\","
               "\"channel\":{\"$ref\":\"#/channels/socket\"},\"summary\":",
               command->name);
    add_part(buf, command->doc, doc_summary(command->doc));
    buf_text(buf, ",\"description\":");
    json_text(buf, command->doc);
    buf_printf(buf, ",\"x-since\":%d,\"x-kind\":\"%s\",\"x-right\":", command->since,
               kind_word(command->kind));
    json_text(buf, right_phrase(command->right));
    buf_text(buf, ",\"messages\":[");
    add_message_ref(buf, command->name, ".request");
    buf_text(buf, "],\"reply\":{\"channel\":{\"$ref\":\"#/channels/socket\"},\"messages\":[");
    add_message_ref(buf, command->name, ".reply");
    buf_text(buf, ",");
    add_message_ref(buf, "error", "");
    buf_text(buf, "]}}");
}

static void add_operations(struct buf *buf, const struct view *view)
{
    const struct command *command;
    const char *before = "";
    buf_text(buf, "\"operations\":{\"notify\":{\"action\":\"send\","
                  "\"channel\":{\"$ref\":\"#/channels/socket\"},"
                  "\"summary\":\"What the server says unasked\",\"messages\":[");
    for (int i = 0; i < view->fact_count; i++, before = ",") {
        buf_text(buf, before);
        add_message_ref(buf, view->facts[i]->name, ".fact");
    }
    for (const struct notification *said = view->protocol->notifications; said->name; said++) {
        buf_text(buf, before);
        add_message_ref(buf, said->name, "");
        before = ",";
    }
    buf_text(buf, "]}");
    for (size_t at = 0; (command = view_next(view, &at));) {
        add_command_operation(buf, command);
    }
    buf_text(buf, "},");
}

/* --- messages --------------------------------------------------------------------------------- */

/* The start of a message and of its payload's properties. */
static void open_message(struct buf *buf, const char *name, const char *suffix, const char *doc)
{
    buf_printf(buf, ",\"%s%s\":{\"name\":\"%s%s\",\"summary\":", name, suffix, name, suffix);
    add_part(buf, doc, doc_summary(doc));
    buf_text(buf, ",\"payload\":{\"type\":\"object\",\"properties\":{"
                  "\"jsonrpc\":{\"type\":\"string\",\"const\":\"2.0\"}");
}

static const char id_schema[] = ",\"id\":{\"type\":[\"integer\",\"string\"],"
                                "\"description\":\"Chosen by the client, given back as it came\"}";

static void add_method(struct buf *buf, const char *method)
{
    buf_printf(buf, ",\"method\":{\"type\":\"string\",\"const\":\"%s\"},\"params\":", method);
}

static void add_exchange(struct buf *buf, const struct command *command)
{
    open_message(buf, command->name, ".request", command->doc);
    buf_text(buf, id_schema);
    add_method(buf, command->name);
    schema_object(buf, command->in, true);
    buf_text(buf,
             "},\"required\":[\"jsonrpc\",\"id\",\"method\"],\"additionalProperties\":false}}");
    open_message(buf, command->name, ".reply", command->doc);
    buf_text(buf, id_schema);
    buf_text(buf, ",\"result\":");
    schema_object(buf, command->out, false);
    buf_text(buf, "},\"required\":[\"jsonrpc\",\"id\",\"result\"]}}");
}

static void add_fact(struct buf *buf, const struct fact *fact)
{
    open_message(buf, fact->name, ".fact", fact->doc);
    add_method(buf, "fact");
    buf_printf(buf,
               "{\"allOf\":[{\"type\":\"object\",\"properties\":{\"seq\":{\"type\":\"integer\","
               "\"description\":\"Its number: facts rise\"},"
               "\"fact\":{\"type\":\"string\",\"const\":\"%s\"}},\"required\":[\"seq\",\"fact\"]},",
               fact->name);
    schema_object(buf, fact->out, false);
    buf_text(buf, "]}},\"required\":[\"jsonrpc\",\"method\",\"params\"]}}");
}

static void add_notification(struct buf *buf, const struct notification *said)
{
    open_message(buf, said->name, "", said->doc);
    add_method(buf, said->name);
    schema_object(buf, said->params, false);
    buf_text(buf, "},\"required\":[\"jsonrpc\",\"method\",\"params\"]}}");
}

static const char error_message[] =
    "\"error\":{\"name\":\"error\",\"summary\":\"A refusal; nothing was changed\","
    "\"payload\":{\"type\":\"object\",\"properties\":{"
    "\"jsonrpc\":{\"type\":\"string\",\"const\":\"2.0\"},"
    "\"id\":{\"type\":[\"integer\",\"string\",\"null\"],\"description\":\"null: it could not be "
    "read\"},"
    "\"error\":{\"type\":\"object\",\"properties\":{\"code\":{\"type\":\"integer\"},"
    "\"message\":{\"type\":\"string\"},\"data\":{\"$ref\":\"#/components/schemas/Problem\"}},"
    "\"required\":[\"code\",\"message\",\"data\"]}},\"required\":[\"jsonrpc\",\"id\",\"error\"]}}";

static void add_messages(struct buf *buf, const struct view *view)
{
    const struct command *command;
    buf_text(buf, "},\"messages\":{");
    buf_text(buf, error_message);
    for (size_t at = 0; (command = view_next(view, &at));) {
        add_exchange(buf, command);
    }
    for (int i = 0; i < view->fact_count; i++) {
        add_fact(buf, view->facts[i]);
    }
    for (const struct notification *said = view->protocol->notifications; said->name; said++) {
        add_notification(buf, said);
    }
    buf_text(buf, "}");
}

void asyncapi_write(struct buf *buf, const struct protocol *protocol)
{
    struct view view;
    view_init(&view, protocol, SURFACE_SOCKET);
    buf_text(buf, head);
    each_message(buf, &view, add_component_ref);
    buf_text(buf, "}}},");
    add_operations(buf, &view);
    view_schemas(buf, &view);
    add_messages(buf, &view);
    buf_text(buf, security);
}
