/* The protocol there is, and its documents. */
#include "club/describe.h"

#include "club/breath.h"
#include "club/describe_view.h"
#include "club/session_resume.h"
#include "club/status.h"

static const struct notification notifications[] = {
    {"hello", "The first word on a connection: where things stand, and who one is.", hello_fields},
    {"breath", "Somebody is writing, where one has the channel open. May be lost.", typing_fields},
    {"status",
     "Whether anything can be written, when that changes; after `hello` only where it cannot.",
     status_fields},
    {NULL, NULL, NULL},
};

/* Nodes of a text: a closed list, so that a client builds elements and never parses HTML.
 * markdown.h says what each is; a type added there is added here. */
static const char node_schema[] =
    "{\"oneOf\":[{\"type\":\"string\"},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"enum\":[\"p\",\"ul\",\"li\",\"quote\",\"em\","
    "\"strong\"]},\"c\":{\"$ref\":\"#/components/schemas/Nodes\"}},\"required\":[\"t\",\"c\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"const\":\"h\"},\"level\":{\"type\":\"integer\","
    "\"minimum\":1,\"maximum\":3},\"c\":{\"$ref\":\"#/components/schemas/Nodes\"}},"
    "\"required\":[\"t\",\"level\",\"c\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"const\":\"ol\"},\"start\":{\"type\":\"integer\"}"
    ","
    "\"c\":{\"$ref\":\"#/components/schemas/Nodes\"}},\"required\":[\"t\",\"start\",\"c\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"const\":\"code\"},\"lang\":{\"type\":\"string\"}"
    ","
    "\"text\":{\"type\":\"string\"}},\"required\":[\"t\",\"text\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"const\":\"c\"},\"text\":{\"type\":\"string\"}},"
    "\"required\":[\"t\",\"text\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"const\":\"a\"},\"href\":{\"type\":\"string\"},"
    "\"c\":{\"$ref\":\"#/components/schemas/Nodes\"}},\"required\":[\"t\",\"href\",\"c\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"enum\":[\"person\",\"message\",\"event\"]},"
    "\"id\":{\"type\":\"integer\"}},\"required\":[\"t\",\"id\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"const\":\"town\"},\"id\":{\"type\":\"integer\"},"
    "\"name\":{\"type\":\"string\"}},\"required\":[\"t\",\"id\",\"name\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"const\":\"role\"},"
    "\"name\":{\"$ref\":\"#/components/schemas/Role\"}},\"required\":[\"t\",\"name\"]},"
    "{\"type\":\"object\",\"properties\":{\"t\":{\"enum\":[\"all\",\"hr\",\"br\"]}},"
    "\"required\":[\"t\"]}]}";

static const char node_typescript[] =
    "\n"
    "  | string\n"
    "  | { t: \"p\" | \"ul\" | \"li\" | \"quote\" | \"em\" | \"strong\"; c: Nodes }\n"
    "  | { t: \"h\"; level: number; c: Nodes }\n"
    "  | { t: \"ol\"; start: number; c: Nodes }\n"
    "  | { t: \"code\"; lang?: string; text: string }\n"
    "  | { t: \"c\"; text: string }\n"
    "  | { t: \"a\"; href: string; c: Nodes }\n"
    "  | { t: \"person\" | \"message\" | \"event\"; id: number }\n"
    "  | { t: \"resource\"; id: number; edition?: number }\n"
    "  | { t: \"town\"; id: number; name: string }\n"
    "  | { t: \"role\"; name: Role }\n"
    "  | { t: \"all\" | \"hr\" | \"br\" }";

static const struct json_type json_types[] = {
    {"Nodes", "A text, or a part of one, to be shown.",
     "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Node\"}}", "Node[]"},
    {"Node", "A piece of text: plain, or marked by its type `t`.", node_schema, node_typescript},
    {"PersonData", "What is kept about a person, by kind; to be read by people.",
     "{\"type\":\"object\"}", "Record<string, unknown>"},
    {"PersonMessages", "Messages of a person with all their wordings; to be read by people.",
     "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}", "Record<string, unknown>[]"},
    {NULL, NULL, NULL, NULL},
};

const struct protocol the_protocol = {commands, notifications, json_types};

void describe_openapi(struct buf *buf)
{
    openapi_write(buf, &the_protocol);
}

void describe_asyncapi(struct buf *buf)
{
    asyncapi_write(buf, &the_protocol);
}

void describe_typescript(struct buf *buf)
{
    typescript_write(buf, &the_protocol);
}

void describe_reference(struct buf *buf)
{
    reference_write(buf, &the_protocol);
}
