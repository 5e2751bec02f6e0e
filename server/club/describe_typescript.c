/* The types of the web client (web/src/gen/protocol.ts). */
#include "club/describe_view.h"

static const char head[] = "// The wire, as the server describes itself (`beffroi describe "
                           "typescript`). Not written by hand.\n";

static void add_words(struct buf *buf, const struct choice *choice)
{
    for (int i = 0; choice->words[i]; i++) {
        buf_printf(buf, "%s\"%s\"", i > 0 ? " | " : "", choice->words[i]);
    }
}

static void add_type(struct buf *buf, const struct field *field)
{
    switch (field->type) {
    case FIELD_TYPE_ID:
    case FIELD_TYPE_INT:
    case FIELD_TYPE_TIME:
        buf_text(buf, "number");
        break;
    case FIELD_TYPE_BOOL:
    case FIELD_TYPE_MAYBE:
        buf_text(buf, "boolean");
        break;
    case FIELD_TYPE_LINE:
    case FIELD_TYPE_TEXT:
        buf_text(buf, "string");
        break;
    case FIELD_TYPE_IDS:
        buf_text(buf, "number[]");
        break;
    case FIELD_TYPE_TEXTS:
        buf_text(buf, "string[]");
        break;
    default:
        schema_type_name(buf, field->choice ? field->choice->name : field->schema);
        if (field->type == FIELD_TYPE_LIST || field->type == FIELD_TYPE_WORDS) {
            buf_text(buf, "[]");
        }
    }
}

/* The members of an object, one per line, each under its doc. */
static void add_members(struct buf *buf, const struct field *fields, const char *indent)
{
    for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
        buf_printf(buf, "%s/** %s%s. */\n%s%s%s: ", indent, field->doc,
                   field->type == FIELD_TYPE_TIME ? ", in ms since 1970 UTC" : "", indent,
                   field->name, field->optional ? "?" : "");
        add_type(buf, field);
        buf_text(buf, ";\n");
    }
}

static void add_interface(struct buf *buf, const char *name, const struct field *fields)
{
    buf_text(buf, "\nexport interface ");
    schema_type_name(buf, name);
    buf_text(buf, " {\n");
    add_members(buf, fields, "  ");
    buf_text(buf, "}\n");
}

static void add_types(struct buf *buf, const struct view *view)
{
    for (const struct schema_named *type = view->types.items;
         type < view->types.items + view->types.count; type++) {
        if (type->choice) {
            buf_printf(buf, "\nexport type %s = ", type->name);
            add_words(buf, type->choice);
            buf_text(buf, ";\n");
        }
    }
    for (const struct json_type *type = view->protocol->json_types; type->name; type++) {
        buf_printf(buf, "\n/** %s */\nexport type %s =%s%s;\n", type->doc, type->name,
                   type->typescript[0] == '\n' ? "" : " ", type->typescript);
    }
    for (const struct schema_named *type = view->types.items;
         type < view->types.items + view->types.count; type++) {
        if (type->fields) {
            add_interface(buf, type->name, type->fields);
        }
    }
}

/* `{ ... }` in place, or the type of an object that has no member. */
static void add_object(struct buf *buf, const struct field *fields)
{
    if (fields->type == FIELD_TYPE_END) {
        buf_text(buf, "Record<string, never>");
        return;
    }
    buf_text(buf, "{\n");
    add_members(buf, fields, "      ");
    buf_text(buf, "    }");
}

static void add_commands(struct buf *buf, const struct view *view)
{
    const struct command *command;
    buf_text(buf, "\n/** Every command: what it takes, what it answers. */\n"
                  "export interface Commands {\n");
    for (size_t at = 0; (command = view_next(view, &at));) {
        buf_printf(buf, "  /** %s */\n  \"%s\": [\n    ", command->doc, command->name);
        add_object(buf, command->in);
        buf_text(buf, ",\n    ");
        add_object(buf, command->out);
        buf_text(buf, ",\n  ];\n");
    }
    buf_text(buf, "}\n");
}

static void add_facts(struct buf *buf, const struct view *view)
{
    buf_text(buf, "\n/** Every fact: what it carries beside its number and name. */\n"
                  "export interface Facts {\n");
    for (int i = 0; i < view->fact_count; i++) {
        buf_printf(buf, "  /** %s */\n  \"%s\": ", view->facts[i]->doc, view->facts[i]->name);
        add_object(buf, view->facts[i]->out);
        buf_text(buf, ";\n");
    }
    buf_text(buf,
             "}\n\nexport type Fact = {\n  [Name in keyof Facts]: { seq: number; fact: Name } & "
             "Facts[Name];\n}[keyof Facts];\n");
}

static void add_errors(struct buf *buf)
{
    buf_text(buf, "\n/** `code` of a Problem. */\nexport const errors = {\n");
    for (size_t i = 0; err_at(i) != ERR_NONE; i++) {
        buf_printf(buf, "  %s: %d,\n", err_name(err_at(i)), err_at(i));
    }
    buf_text(buf, "} as const;\n");
}

void typescript_write(struct buf *buf, const struct protocol *protocol)
{
    struct view view;
    view_init(&view, protocol, SURFACE_HTTP | SURFACE_SOCKET);
    buf_text(buf, head);
    add_types(buf, &view);
    for (const struct notification *said = protocol->notifications; said->name; said++) {
        add_interface(buf, said->name, said->params);
    }
    add_commands(buf, &view);
    add_facts(buf, &view);
    add_errors(buf);
}
