#include "wire/rpc.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

/* --- reading ---------------------------------------------------------------------------------- */

/* The id as JSON text, or NULL where it is no string or integer (JSON-RPC 2.0 section 4 advises
 * against null and fractions). */
static const char *read_id(const json_t *id, struct arena *arena)
{
    if (json_is_integer(id)) {
        return arena_printf(arena, "%lld", (long long)json_integer_value(id));
    }
    if (!json_is_string(id) || utf8_chars(json_string_value(id)) > LIMIT_RPC_ID_CHARS) {
        return NULL;
    }
    struct buf quoted;
    buf_init(&quoted);
    json_text(&quoted, json_string_value(id));
    const char *text = arena_memdup(arena, quoted.data, quoted.len);
    buf_finish(&quoted);
    return text;
}

/* A name like "message.post", so that it can be repeated in an error. */
static bool is_method(const char *name)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t length = name ? strlen(name) : 0;
    return length > 0 && length <= LIMIT_METHOD_CHARS && strspn(name, letters) == length;
}

/* NULL when the envelope is right, else what is wrong with it. */
static const char *envelope_fault(const json_t *root, const struct rpc_call *call)
{
    const json_t *version = json_object_get(root, "jsonrpc");
    const json_t *params = json_object_get(root, "params");
    size_t members = 3 + (params != NULL);
    if (!json_is_string(version) || strcmp(json_string_value(version), "2.0") != 0) {
        return PHRASE("« jsonrpc » doit valoir \"2.0\"", "\"jsonrpc\" must be \"2.0\"");
    }
    if (!call->id) {
        return PHRASE("« id » doit être un nombre entier ou un texte court",
                      "\"id\" must be an integer or a short string");
    }
    if (!is_method(json_string_value(json_object_get(root, "method")))) {
        return PHRASE("« method » doit être le nom d'une commande, comme \"message.post\"",
                      "\"method\" must be the name of a command, like \"message.post\"");
    }
    if (params && !json_is_object(params)) {
        return PHRASE("« params » doit être un objet", "\"params\" must be an object");
    }
    if (json_object_size(root) != members) {
        return PHRASE("seuls « jsonrpc », « id », « method » et « params » sont permis",
                      "only \"jsonrpc\", \"id\", \"method\" and \"params\" are allowed");
    }
    return NULL;
}

static enum err read_envelope(const json_t *root, struct arena *arena, struct rpc_call *call,
                              struct problem *problem)
{
    if (!json_is_object(root)) {
        return problem_set(
            problem, ERR_REQUEST, NULL,
            PHRASE("une requête par trame, pas de tableau", "one request per frame, no array"));
    }
    call->id = read_id(json_object_get(root, "id"), arena);
    const char *fault = envelope_fault(root, call);
    if (fault) {
        return problem_set(problem, ERR_REQUEST, NULL, fault);
    }
    call->method = arena_strdup(arena, json_string_value(json_object_get(root, "method")));
    call->params = (const struct json *)json_object_get(root, "params");
    return ERR_NONE;
}

enum err rpc_parse(const char *frame, size_t bytes, struct arena *arena, struct rpc_call *call,
                   struct problem *problem)
{
    *call = (struct rpc_call){0};
    enum err err = json_parse(frame, bytes, arena, &call->document, problem);
    if (!err) {
        err = read_envelope((const json_t *)call->document, arena, call, problem);
    }
    if (err) {
        json_release(call->document);
        call->document = NULL;
    }
    return err;
}

/* --- writing ---------------------------------------------------------------------------------- */

static void open_reply(struct buf *buf, const char *id)
{
    buf_text(buf, "{\"jsonrpc\":\"2.0\",\"id\":");
    buf_text(buf, id ? id : "null");
}

void rpc_result(struct buf *buf, const char *id, const struct field *fields, const void *out)
{
    open_reply(buf, id);
    buf_text(buf, ",\"result\":");
    json_encode(buf, fields, out);
    buf_text(buf, "}");
}

/* Long enough for every text of the table with a field and a list of choices. */
enum { DETAIL_BYTES = 1024 };

void rpc_error(struct buf *buf, const char *id, const struct problem *problem, enum lang lang)
{
    char text[DETAIL_BYTES];
    problem_text(problem, lang, text, sizeof text);
    open_reply(buf, id);
    buf_text(buf, ",\"error\":{\"code\":");
    json_int(buf, problem->err);
    buf_text(buf, ",\"message\":");
    json_text(buf, text);
    buf_text(buf, ",\"data\":");
    problem_encode(buf, problem, lang);
    buf_text(buf, "}}");
}

void rpc_fact(struct buf *buf, int64_t seq, const char *fact, const struct field *fields,
              const void *payload)
{
    buf_text(buf, "{\"jsonrpc\":\"2.0\",\"method\":\"fact\",\"params\":{\"seq\":");
    json_int(buf, seq);
    buf_text(buf, ",\"fact\":");
    json_text(buf, fact);
    json_encode_members(buf, fields, payload);
    buf_text(buf, "}}");
}

void rpc_notify(struct buf *buf, const char *method, const struct field *fields, const void *params)
{
    buf_text(buf, "{\"jsonrpc\":\"2.0\",\"method\":");
    json_text(buf, method);
    buf_text(buf, ",\"params\":");
    json_encode(buf, fields, params);
    buf_text(buf, "}");
}

const struct field problem_fields[] = {
    FIELD_LINE(struct problem_details, type, 0, 0, "Which error, as a relative reference"),
    FIELD_LINE(struct problem_details, title, 0, 0, "Its name in words; does not vary"),
    FIELD_INT(struct problem_details, status, 400, 599, "HTTP status"),
    FIELD_INT(struct problem_details, code, -32768, 99999, "Number of the error; never changes"),
    FIELD_LINE_OPT(struct problem_details, field, 0, 0, "Parameter at fault, as a path"),
    FIELD_LINE(struct problem_details, detail, 0, 0,
               "What happened and what to do, for the person"),
    FIELD_END,
};

/* "NOT_FOUND" as a word of a URL or of a title. */
static void write_lower(char *out, size_t out_bytes, const char *before, const char *name,
                        char separator)
{
    size_t start = strlen(before);
    snprintf(out, out_bytes, "%s%s", before, name);
    for (char *c = out + start; *c; c++) {
        *c = *c == '_' ? separator : (char)tolower((unsigned char)*c);
    }
}

void problem_encode(struct buf *buf, const struct problem *problem, enum lang lang)
{
    char type[64], title[64], detail[DETAIL_BYTES];
    write_lower(type, sizeof type, "/errors/", err_name(problem->err), '_');
    write_lower(title, sizeof title, "", err_name(problem->err), ' ');
    problem_text(problem, lang, detail, sizeof detail);
    struct problem_details details = {
        type, title, problem->field, detail, err_status(problem->err), problem->err};
    json_encode(buf, problem_fields, &details);
}

/* --- language --------------------------------------------------------------------------------- */

/* Weight in thousandths of the range that ends at `end`: "en;q=0.8" (RFC 9110 12.4.2); -1 if
 * malformed. */
static int weight_of(const char *at, const char *end)
{
    int weight = 0, scale = 1000;
    at += strspn(at, " \t");
    if (at == end) {
        return 1000;
    }
    if (*at != ';') {
        return -1;
    }
    at++;
    at += strspn(at, " \t");
    if (strncasecmp(at, "q=", 2) != 0 || (at[2] != '0' && at[2] != '1')) {
        return -1;
    }
    for (at += 2; at < end && (isdigit((unsigned char)*at) || *at == '.'); at++) {
        if (*at != '.') {
            weight += (*at - '0') * scale;
            scale /= 10;
        }
    }
    return weight > 1000 ? 1000 : weight;
}

enum lang lang_of(const char *accept_language)
{
    int french = -1, english = -1, any = 0; /* -1: not named */
    for (const char *at = accept_language; at && *at;) {
        at += strspn(at, ", \t");
        const char *end = at + strcspn(at, ",");
        size_t tag = strcspn(at, ",;- \t");
        const char *after = at + strcspn(at, ",; \t");
        int weight = weight_of(after, end);
        if (tag == 2 && strncasecmp(at, "fr", 2) == 0) {
            french = weight > french ? weight : french;
        } else if (tag == 2 && strncasecmp(at, "en", 2) == 0) {
            english = weight > english ? weight : english;
        } else if (tag == 1 && *at == '*') {
            any = weight > any ? weight : any;
        }
        at = end;
    }
    return (english < 0 ? any : english) > (french < 0 ? any : french) ? LANG_EN : LANG_FR;
}
