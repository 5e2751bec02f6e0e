/* OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0): the commands as POST /api/v1/<name>. */
#include <string.h>

#include "club/describe_view.h"

static const char head[] =
    "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Beffroi\",\"version\":\"1\","
    "\"summary\":\"The Clubs of Petites villes de demain\","
    "\"description\":\"Every command of the server, as a POST of a JSON object. The same commands "
    "are "
    "JSON-RPC 2.0 over the WebSocket, with live facts: see /api/asyncapi.json. Texts of errors "
    "follow "
    "Accept-Language (fr, en).\","
    "\"license\":{\"name\":\"EUPL-1.2\",\"identifier\":\"EUPL-1.2\"}},"
    "\"jsonSchemaDialect\":\"https://json-schema.org/draft/2020-12/schema\","
    "\"servers\":[{\"url\":\"/\"}],\"security\":[{\"cookie\":[]},{\"bearer\":[]}],";

static const char security_and_answers[] =
    ",\"securitySchemes\":{\"cookie\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"__Host-"
    "beffroi\","
    "\"description\":\"Set by session.open and invitation.accept; named beffroi where the server "
    "is "
    "reached without TLS. Origin must be the server's own.\"},"
    "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\","
    "\"description\":\"A token from `beffroi token create`.\"}},"
    "\"responses\":{\"Problem\":{\"description\":\"Refused; nothing was changed.\",\"content\":{"
    "\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}}}}";

static bool has_required(const struct field *fields)
{
    while (fields->type != FIELD_TYPE_END && fields->optional) {
        fields++;
    }
    return fields->type != FIELD_TYPE_END;
}

static void add_facts(struct buf *buf, const struct command *command)
{
    buf_text(buf, ",\"x-facts\":[");
    for (const struct fact *const *fact = command->facts; fact && *fact; fact++) {
        buf_text(buf, fact == command->facts ? "" : ",");
        json_text(buf, (*fact)->name);
    }
    buf_text(buf, "]");
}

static void add_operation(struct buf *buf, const struct command *command)
{
    buf_text(buf, "{\"post\":{\"operationId\":");
    json_text(buf, command->name);
    buf_text(buf, ",\"summary\":");
    add_part(buf, command->doc, doc_summary(command->doc));
    buf_text(buf, ",\"description\":");
    json_text(buf, command->doc);
    buf_text(buf, ",\"tags\":[");
    add_part(buf, command->name, name_family(command->name));
    buf_printf(buf, "],\"x-since\":%d,\"x-kind\":\"%s\",\"x-right\":", command->since,
               kind_word(command->kind));
    json_text(buf, right_phrase(command->right));
    add_facts(buf, command);
    if (command->path) {
        buf_text(buf, ",\"x-file\":");
        json_text(buf, command->path);
    }
    buf_text(buf, command->right == RIGHT_ANYBODY ? ",\"security\":[]" : "");
    buf_printf(buf,
               ",\"requestBody\":{\"required\":%s,\"content\":{\"application/json\":{\"schema\":",
               has_required(command->in) ? "true" : "false");
    schema_object(buf, command->in, true);
    buf_text(buf, "}}},\"responses\":{\"200\":{\"description\":\"Done.\",\"content\":"
                  "{\"application/json\":{\"schema\":");
    schema_object(buf, command->out, false);
    buf_text(buf, "}}},\"4XX\":{\"$ref\":\"#/components/responses/Problem\"},"
                  "\"5XX\":{\"$ref\":\"#/components/responses/Problem\"}}}}");
}

/* One tag per family, in the order of the table, which is by name. */
static void add_tags(struct buf *buf, const struct view *view)
{
    const struct command *command = NULL;
    const struct command *before = NULL;
    buf_text(buf, "\"tags\":[");
    for (size_t at = 0; (command = view_next(view, &at)); before = command) {
        size_t bytes = name_family(command->name);
        if (before && name_family(before->name) == bytes &&
            strncmp(before->name, command->name, bytes) == 0) {
            continue;
        }
        buf_text(buf, before ? ",{\"name\":" : "{\"name\":");
        add_part(buf, command->name, bytes);
        buf_text(buf, "}");
    }
    buf_text(buf, "],");
}

void openapi_write(struct buf *buf, const struct protocol *protocol)
{
    struct view view;
    const struct command *command;
    const char *before = "\"/api/v1/";
    view_init(&view, protocol, SURFACE_HTTP);
    buf_text(buf, head);
    add_tags(buf, &view);
    buf_text(buf, "\"paths\":{");
    for (size_t at = 0; (command = view_next(&view, &at)); before = ",\"/api/v1/") {
        buf_text(buf, before);
        buf_text(buf, command->name);
        buf_text(buf, "\":");
        add_operation(buf, command);
    }
    buf_text(buf, "},");
    view_schemas(buf, &view);
    buf_text(buf, "}");
    buf_text(buf, security_and_answers);
}
