#include "wire/json.h"

#include <jansson.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

void json_start(void)
{
    json_object_seed(0);
}

/* --- parsing ---------------------------------------------------------------------------------- */

struct outline {
    int deepest;
    int values; /* about: a bracket or a comma each */
};

/* Looked at before parsing, brackets inside strings left aside: jansson recurses, and each value
 * costs it up to a microsecond. */
static struct outline outline_of(const char *text, size_t bytes)
{
    struct outline outline = {0};
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < bytes; i++) {
        if (in_string) {
            if (text[i] == '\\') {
                i++;
            } else if (text[i] == '"') {
                in_string = false;
            }
        } else if (text[i] == '"') {
            in_string = true;
        } else if (text[i] == '[' || text[i] == '{') {
            outline.values++;
            outline.deepest = ++depth > outline.deepest ? depth : outline.deepest;
        } else if (text[i] == ']' || text[i] == '}') {
            depth--;
        } else if (text[i] == ',') {
            outline.values++;
        }
    }
    return outline;
}

/* jansson's own words are English and repeat what was sent; these say what is wrong in both
 * languages. */
struct reason {
    const char *french, *english;
};

static struct reason parse_reason(enum json_error_code code)
{
    switch (code) {
    case json_error_invalid_utf8:
        return (struct reason){"ce n'est pas de l'UTF-8", "it is not UTF-8"};
    case json_error_premature_end_of_input:
        return (struct reason){"il s'arrête trop tôt", "it ends too early"};
    case json_error_end_of_input_expected:
        return (struct reason){"quelque chose suit sa fin", "something follows its end"};
    case json_error_duplicate_key:
        return (struct reason){"un nom y est deux fois", "a name is there twice"};
    case json_error_numeric_overflow:
        return (struct reason){"un nombre y est trop grand", "a number is too large"};
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return (struct reason){"il contient un caractère nul", "it holds a null character"};
    default:
        return (struct reason){"erreur de syntaxe", "syntax error"};
    }
}

enum err json_parse(const char *text, size_t bytes, struct arena *arena, struct json **out,
                    struct problem *problem)
{
    json_error_t error;
    *out = NULL;
    struct outline outline = outline_of(text, bytes);
    if (outline.deepest > LIMIT_JSON_DEPTH) {
        return problem_set(problem, ERR_PARSE, NULL,
                           PHRASE("il est trop imbriqué", "it is nested too deep"));
    }
    if (outline.values > LIMIT_JSON_VALUES) {
        return problem_set(problem, ERR_PARSE, NULL,
                           PHRASE("il contient trop de valeurs", "it holds too many values"));
    }
    json_t *json = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &error);
    if (!json) {
        struct reason reason = parse_reason(json_error_code(&error));
        return problem_set(problem, ERR_PARSE, NULL,
                           arena_printf(arena, PHRASE("%s, à l'octet %d", "%s, at byte %d"),
                                        reason.french, error.position, reason.english,
                                        error.position));
    }
    *out = (struct json *)json;
    return ERR_NONE;
}

void json_release(struct json *json)
{
    json_decref((json_t *)json);
}

/* --- decoding --------------------------------------------------------------------------------- */

struct decoder {
    struct arena *arena;
    struct problem *problem;
};

/* Where the decoder stands, told only when it fails: a member of an object, or an item of a list.
 */
struct path {
    const struct path *parent; /* NULL at the top */
    const char *name;          /* NULL: the item `index` */
    size_t index;
};

static const char *path_text(struct arena *arena, const struct path *path)
{
    if (!path) {
        return "params"; /* the whole of what was sent */
    }
    if (!path->parent) {
        return path->name;
    }
    const char *parent = path_text(arena, path->parent);
    return path->name ? arena_printf(arena, "%s.%s", parent, path->name)
                      : arena_printf(arena, "%s[%zu]", parent, path->index);
}

static enum err refuse(struct decoder *decoder, const struct path *path, enum err err,
                       const char *arg)
{
    return problem_set(decoder->problem, err, path_text(decoder->arena, path), arg);
}

static const char *type_phrase(enum field_type type)
{
    switch (type) {
    case FIELD_TYPE_ID:
        return PHRASE("un identifiant (nombre entier positif)", "an identifier (positive integer)");
    case FIELD_TYPE_INT:
        return PHRASE("un nombre entier", "an integer");
    case FIELD_TYPE_TIME:
        return PHRASE("un instant en millisecondes depuis 1970 (nombre entier)",
                      "an instant in milliseconds since 1970 (integer)");
    case FIELD_TYPE_BOOL:
    case FIELD_TYPE_MAYBE:
        return PHRASE("true ou false", "true or false");
    case FIELD_TYPE_LINE:
    case FIELD_TYPE_TEXT:
        return PHRASE("un texte", "a string");
    case FIELD_TYPE_OBJECT:
        return PHRASE("un objet", "an object");
    case FIELD_TYPE_LIST:
        return PHRASE("une liste d'objets", "a list of objects");
    case FIELD_TYPE_IDS:
        return PHRASE("une liste d'identifiants", "a list of identifiers");
    case FIELD_TYPE_TEXTS:
        return PHRASE("une liste de textes", "a list of strings");
    default:
        return PHRASE("d'un autre type", "of another type");
    }
}

static enum err refuse_type(struct decoder *decoder, const struct path *path, enum field_type type)
{
    return refuse(decoder, path, ERR_TYPE, type_phrase(type));
}

static enum err decode_int(struct decoder *decoder, const struct path *path, const json_t *value,
                           enum field_type type, int64_t min, int64_t max, int64_t *out)
{
    if (!json_is_integer(value)) {
        return refuse_type(decoder, path, type);
    }
    int64_t number = json_integer_value(value);
    if (number < min || number > max) {
        const char *arg =
            arena_printf(decoder->arena, PHRASE("%lld et %lld", "%lld and %lld"), (long long)min,
                         (long long)max, (long long)min, (long long)max);
        return refuse(decoder, path, ERR_RANGE, arg);
    }
    *out = number;
    return ERR_NONE;
}

static enum err decode_id(struct decoder *decoder, const struct path *path, const json_t *value,
                          int64_t *out)
{
    if (!json_is_integer(value) || json_integer_value(value) <= 0) {
        return refuse_type(decoder, path, FIELD_TYPE_ID);
    }
    *out = json_integer_value(value);
    return ERR_NONE;
}

static enum err decode_bool(struct decoder *decoder, const struct path *path, const json_t *value,
                            bool *out)
{
    if (!json_is_boolean(value)) {
        return refuse_type(decoder, path, FIELD_TYPE_BOOL);
    }
    *out = json_is_true(value);
    return ERR_NONE;
}

static enum err decode_maybe(struct decoder *decoder, const struct path *path, const json_t *value,
                             int *out)
{
    bool said = false;
    enum err err = decode_bool(decoder, path, value, &said);
    *out = said ? MAYBE_TRUE : MAYBE_FALSE;
    return err;
}

static enum err decode_choice(struct decoder *decoder, const struct path *path, const json_t *value,
                              const struct choice *choice, int *out)
{
    const char *word = json_string_value(value);
    const char *list = choice->words[0];
    for (int i = 0; choice->words[i]; i++) {
        if (word && strcmp(word, choice->words[i]) == 0) {
            *out = i;
            return ERR_NONE;
        }
    }
    for (int i = 1; choice->words[i]; i++) {
        list = arena_printf(decoder->arena, "%s, %s", list, choice->words[i]);
    }
    return refuse(decoder, path, ERR_CHOICE, list);
}

static enum err decode_words(struct decoder *decoder, const struct path *path, json_t *value,
                             const struct choice *choice, uint32_t *out)
{
    if (!json_is_array(value)) {
        return refuse_type(decoder, path, FIELD_TYPE_TEXTS);
    }
    enum err err = ERR_NONE;
    for (size_t i = 0; i < json_array_size(value) && !err; i++) {
        int word = 0;
        err = decode_choice(decoder, path, json_array_get(value, i), choice, &word);
        *out |= UINT32_C(1) << word;
    }
    return err;
}

/* A character that has no place in a text: C0, DEL and C1 controls (line breaks and tabs where
 * `lines`), U+2028 and U+2029, and the direction overrides U+202A-202E and U+2066-2069, which can
 * make a text read as another. `s` ends with a NUL. */
static bool is_forbidden(const unsigned char *s, bool lines)
{
    switch (s[0]) {
    case '\n':
    case '\t':
        return !lines;
    case '\r':
        return !lines || s[1] != '\n';
    case 0x7F:
        return true;
    case 0xC2:
        return s[1] < 0xA0;
    case 0xE2:
        return (s[1] == 0x80 && s[2] >= 0xA8 && s[2] <= 0xAE) ||
               (s[1] == 0x81 && s[2] >= 0xA6 && s[2] <= 0xA9);
    default:
        return s[0] < 0x20;
    }
}

/* Counts the characters of a valid text, CR LF for one; false where one is forbidden. */
static bool measure_text(const char *text, bool lines, size_t *chars_out, bool *crlf_out)
{
    size_t chars = 0;
    bool crlf = false;
    for (const unsigned char *s = (const unsigned char *)text; *s; s++) {
        if (*s >= ' ' && *s < 0x7F) { /* nearly all of them */
            chars++;
            continue;
        }
        if (is_forbidden(s, lines)) {
            return false;
        }
        crlf = crlf || *s == '\r';
        chars += (*s & 0xC0) != 0x80 && *s != '\r';
    }
    *chars_out = chars;
    *crlf_out = crlf;
    return true;
}

static void drop_returns(char *text)
{
    char *out = text;
    for (; *text; text++) {
        if (*text != '\r') {
            *out++ = *text;
        }
    }
    *out = '\0';
}

enum unit { CHARACTERS, ITEMS };

static enum err refuse_length(struct decoder *decoder, const struct path *path, enum err err,
                              int64_t bound, enum unit unit)
{
    struct arena *arena = decoder->arena;
    long long count = bound;
    const char *french = count < 2 ? "" : "s", *english = count == 1 ? "" : "s";
    const char *arg = unit == ITEMS
                          ? arena_printf(arena, PHRASE("%lld élément%s", "%lld item%s"), count,
                                         french, count, english)
                          : arena_printf(arena, PHRASE("%lld caractère%s", "%lld character%s"),
                                         count, french, count, english);
    return refuse(decoder, path, err, arg);
}

static enum err check_length(struct decoder *decoder, const struct path *path, size_t length,
                             int64_t min, int64_t max, enum unit unit)
{
    if ((int64_t)length < min) {
        return refuse_length(decoder, path, ERR_TOO_SHORT, min, unit);
    }
    if (max > 0 && (int64_t)length > max) { /* 0: a table for writing, which bounds nothing */
        return refuse_length(decoder, path, ERR_TOO_LONG, max, unit);
    }
    return ERR_NONE;
}

static enum err decode_text(struct decoder *decoder, const struct path *path, const json_t *value,
                            enum field_type type, int64_t min, int64_t max, const char **out)
{
    size_t chars;
    bool crlf;
    const char *text = json_string_value(value);
    if (!text) {
        return refuse_type(decoder, path, type);
    }
    if (!measure_text(text, type == FIELD_TYPE_TEXT, &chars, &crlf)) {
        return refuse(decoder, path, ERR_CHARACTERS, NULL);
    }
    if (min > 0 && str_is_blank(text)) {
        return refuse(decoder, path, ERR_EMPTY, NULL);
    }
    enum err err = check_length(decoder, path, chars, min, max, CHARACTERS);
    if (err) {
        return err;
    }
    char *copy = arena_memdup(decoder->arena, text, json_string_length(value));
    if (crlf) {
        drop_returns(copy);
    }
    *out = copy;
    return ERR_NONE;
}

static enum err decode_object(struct decoder *decoder, const struct path *path, json_t *object,
                              const struct field *fields, void *out);

/* One item of a list, into its place in the array. */
static enum err decode_item(struct decoder *decoder, const struct path *path, json_t *value,
                            const struct field *field, void *out)
{
    switch (field->type) {
    case FIELD_TYPE_IDS:
        return decode_id(decoder, path, value, out);
    case FIELD_TYPE_TEXTS:
        return decode_text(decoder, path, value, FIELD_TYPE_LINE, 1, LIMIT_ITEM_CHARS, out);
    default:
        return decode_object(decoder, path, value, field->fields, out);
    }
}

static size_t item_bytes(const struct field *field)
{
    switch (field->type) {
    case FIELD_TYPE_IDS:
        return sizeof(int64_t);
    case FIELD_TYPE_TEXTS:
        return sizeof(const char *);
    default:
        return field->item_bytes;
    }
}

static enum err decode_list(struct decoder *decoder, const struct path *path, json_t *value,
                            const struct field *field, struct list *out)
{
    if (!json_is_array(value)) {
        return refuse_type(decoder, path, field->type);
    }
    size_t count = json_array_size(value);
    enum err err = check_length(decoder, path, count, field->min, field->max, ITEMS);
    if (err) {
        return err;
    }
    char *items = arena_alloc(decoder->arena, count * item_bytes(field));
    for (size_t i = 0; i < count && !err; i++) {
        struct path item = {.parent = path, .index = i};
        err = decode_item(decoder, &item, json_array_get(value, i), field,
                          items + i * item_bytes(field));
    }
    *out = (struct list){items, count};
    return err;
}

static enum err decode_inner(struct decoder *decoder, const struct path *path, json_t *value,
                             const struct field *field, const void **out)
{
    void *inner = arena_alloc(decoder->arena, field->item_bytes);
    *out = inner;
    return decode_object(decoder, path, value, field->fields, inner);
}

static enum err decode_value(struct decoder *decoder, const struct path *path, json_t *value,
                             const struct field *field, void *out)
{
    switch (field->type) {
    case FIELD_TYPE_ID:
        return decode_id(decoder, path, value, out);
    case FIELD_TYPE_INT:
        return decode_int(decoder, path, value, field->type, field->min, field->max, out);
    case FIELD_TYPE_TIME:
        return decode_int(decoder, path, value, field->type, 0, LIMIT_TIME_MS, out);
    case FIELD_TYPE_BOOL:
        return decode_bool(decoder, path, value, out);
    case FIELD_TYPE_MAYBE:
        return decode_maybe(decoder, path, value, out);
    case FIELD_TYPE_LINE:
    case FIELD_TYPE_TEXT:
        return decode_text(decoder, path, value, field->type, field->min, field->max, out);
    case FIELD_TYPE_CHOICE:
        return decode_choice(decoder, path, value, field->choice, out);
    case FIELD_TYPE_OBJECT:
        return decode_inner(decoder, path, value, field, out);
    case FIELD_TYPE_LIST:
    case FIELD_TYPE_IDS:
    case FIELD_TYPE_TEXTS:
        return decode_list(decoder, path, value, field, out);
    case FIELD_TYPE_WORDS:
        return decode_words(decoder, path, value, field->choice, out);
    case FIELD_TYPE_JSON: /* going out only */
    case FIELD_TYPE_END:
        break;
    }
    return refuse(decoder, path, ERR_UNKNOWN, NULL);
}

/* Names the first member that is in no row of the table; a long name is cut. */
static enum err refuse_unknown(struct decoder *decoder, const struct path *path, json_t *object,
                               const struct field *fields)
{
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
        const char *key = json_object_iter_key(at);
        const struct field *field = fields;
        while (field->type != FIELD_TYPE_END && strcmp(field->name, key) != 0) {
            field++;
        }
        if (field->type == FIELD_TYPE_END) {
            size_t bytes = utf8_cut(key, LIMIT_ECHO_BYTES);
            struct path member = {path, arena_memdup(decoder->arena, key, bytes), 0};
            return refuse(decoder, &member, ERR_UNKNOWN, NULL);
        }
    }
    return ERR_NONE;
}

static enum err decode_object(struct decoder *decoder, const struct path *path, json_t *object,
                              const struct field *fields, void *out)
{
    size_t known = 0;
    if (!json_is_object(object)) {
        return refuse_type(decoder, path, FIELD_TYPE_OBJECT);
    }
    for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
        struct path member = {.parent = path, .name = field->name};
        json_t *value = json_object_get(object, field->name);
        void *member_out = (char *)out + field->offset;
        if (!value && !field->optional) {
            return refuse(decoder, &member, ERR_MISSING, NULL);
        }
        if (!value) {
            if (field->absent) {
                *(int64_t *)member_out = field->absent;
            }
            continue;
        }
        known++;
        enum err err = decode_value(decoder, &member, value, field, member_out);
        if (err) {
            return err;
        }
    }
    return known == json_object_size(object) ? ERR_NONE
                                             : refuse_unknown(decoder, path, object, fields);
}

enum err json_decode(const struct json *object, const struct field *fields, struct arena *arena,
                     void *out, struct problem *problem)
{
    struct decoder decoder = {arena, problem};
    json_t *members = object ? json_incref(mem_unconst(object)) : json_object();
    enum err err = decode_object(&decoder, NULL, members, fields, out);
    json_decref(members);
    return err;
}
