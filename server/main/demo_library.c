/* The demonstration's library: the lines of a resource are the parameters of one resource.create,
 * which the last of them runs, at its hour, together with what becomes of it. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "main/demo.h"
#include "main/demo_pdf.h"
#include "main/verbs.h"
#include "store/blob.h"
#include "wire/json.h"

extern const struct command edition_add_command, file_create_command, file_finish_command,
    message_post_command, resource_create_command, resource_propose_command,
    resource_publish_command, resource_return_command;

/* --- files ------------------------------------------------------------------------------------ */

/* What a file of this name is; the demonstration has no helper to ask. */
static const char *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (str_equal(dot, ".pdf")) {
        return "application/pdf";
    }
    return str_equal(dot, ".csv") ? "text/csv" : "text/plain";
}

static bool write_content(struct demo *demo, const char *key, const struct buf *content,
                          unsigned char hash[BLOB_HASH_BYTES])
{
    struct blob_writer *writer = NULL;
    int64_t bytes = 0;
    bool kept = blob_writer_open(demo->blobs, key, 0, &writer) == ERR_NONE &&
                blob_writer_add(writer, content->data, content->len) == ERR_NONE &&
                blob_writer_keep(writer, hash, &bytes) == ERR_NONE;
    blob_writer_close(writer);
    if (!kept) {
        refuse("nothing can be written to %s/files; is the disk full?", demo->dir.path);
        demo->failed = true;
    }
    return kept;
}

/* The content of a file as its name wants it. */
static void make_content(const char *name, const char *text, struct buf *out)
{
    if (str_equal(type_of(name), "application/pdf")) {
        demo_pdf_write(out, text);
    } else {
        buf_text(out, text);
    }
}

/* Keeps the content of a file that was announced as `id` and `key`. */
static void finish(struct demo *demo, int64_t id, const char *key, const char *name,
                   const struct buf *content)
{
    unsigned char hash[BLOB_HASH_BYTES];
    char digits[BLOB_HEX_BYTES];
    if (demo->failed || !write_content(demo, key, content, hash)) {
        return;
    }
    hex_encode(hash, sizeof hash, digits);
    params_begin(&demo->params);
    params_number(&demo->params, "file", id);
    params_json(&demo->params, "blob",
                arena_printf(&demo->arena, "{\"hash\":\"%s\",\"bytes\":%zu,\"type\":\"%s\"}",
                             digits, content->len, type_of(name)));
    demo_call(demo, 0, demo->library.at_ms, &file_finish_command);
    blob_release(demo->blobs, hash);
}

/* Brings a file for `author`, as the server does when its last byte is in; its key. */
static const char *bring(struct demo *demo, int64_t author, const char *name, const char *text)
{
    struct buf content;
    buf_init(&content);
    make_content(name, text, &content);
    params_begin(&demo->params);
    params_text(&demo->params, "name", name);
    params_number(&demo->params, "bytes", (int64_t)content.len);
    demo_call(demo, author, demo->library.at_ms, &file_create_command);
    const struct created_file {
        int64_t id;
        const char *key;
    } *created = demo->out;
    const char *key = demo->failed ? "" : created->key;
    finish(demo, demo->failed ? 0 : created->id, key, name, &content);
    buf_finish(&content);
    return key;
}

/* --- what is described ------------------------------------------------------------------------ */

/* Lines are kept until the last one says when it happens: a file is brought at that hour. */
static const char *said(const struct demo *demo, const char *kind, int field)
{
    for (size_t i = demo->library.first; i < demo->library.last; i++) {
        const struct demo_record *record = &demo->library.text.items[i];
        if (str_equal(record->fields[0], kind)) {
            return *record->fields[field] ? record->fields[field] : NULL;
        }
    }
    return NULL;
}

/* The file that is described, if one is: its key as the parameter `name`, alone or in a list. */
static const char *brought(struct demo *demo, int64_t author)
{
    const char *name = said(demo, "file", 1);
    return name ? bring(demo, author, name, said(demo, "file", 2)) : NULL;
}

static void add_territories(struct demo *demo)
{
    struct buf json;
    const char *texts = said(demo, "for", 2);
    buf_init(&json);
    for (const char *text; texts && (text = demo_next_part(demo, &texts, ' '));) {
        const char *code = strchr(text, ':');
        buf_printf(&json, "%s{\"kind\":\"%.*s\",\"code\":\"%s\"}", json.len ? "," : "[",
                   (int)(code - text), text, code + 1);
    }
    if (json.len) {
        buf_add(&json, "]", 2);
        params_json(&demo->params, "territories", json.data);
    }
    buf_finish(&json);
}

/* "Anah 12000; Commune": a number at the end is an amount. */
static void add_funder(struct buf *json, const char *text)
{
    const char *space = strrchr(text, ' ');
    int64_t amount = 0;
    bool has_amount = space && str_to_int(space + 1, 1, INT64_MAX, &amount);
    size_t bytes = has_amount ? (size_t)(space - text) : strlen(text);
    char name[LIMIT_NAME_CHARS];
    snprintf(name, sizeof name, "%.*s", (int)bytes, text);
    buf_text(json, "{\"name\":");
    json_text(json, name);
    if (has_amount) {
        buf_printf(json, ",\"amount\":%lld", (long long)amount);
    }
    buf_text(json, "}");
}

static void add_member(struct buf *json, const char *name, const char *text)
{
    buf_printf(json, ",\"%s\":", name);
    json_text(json, text ? text : "");
}

SQL(post_of_town, "SELECT p.id FROM post p JOIN town t ON t.id = p.town WHERE t.key = ?1");

static void add_fiche(struct demo *demo)
{
    const char *funders = said(demo, "fiche", 2);
    const char *before = "[";
    const char *key = arena_printf(&demo->arena, "pvd-%s", said(demo, "lessons", 2));
    struct buf json;
    buf_init(&json);
    buf_printf(&json, "{\"cost\":%s,\"post\":%lld,\"funders\":", said(demo, "fiche", 1),
               (long long)db_int(demo->db, &post_of_town, 0, key));
    for (const char *text; (text = demo_next_part(demo, &funders, ';')); before = ",") {
        buf_text(&json, before);
        add_funder(&json, text);
    }
    buf_text(&json, "]");
    add_member(&json, "calendar", said(demo, "fiche", 3));
    add_member(&json, "partners", said(demo, "fiche", 4));
    add_member(&json, "lessons", said(demo, "lessons", 1));
    buf_add(&json, "}", 2);
    params_json(&demo->params, "fiche", json.data);
    buf_finish(&json);
}

static void nonce(struct demo *demo)
{
    params_text(&demo->params, "nonce", arena_printf(&demo->arena, "bibliotheque-%d", demo->line));
}

/* The resource that the lines describe, as a draft of its author's. */
static int64_t create(struct demo *demo, bool is_public)
{
    int64_t author = demo_name_get(demo, said(demo, "resource", 4));
    const char *file = brought(demo, author);
    params_begin(&demo->params);
    params_number(&demo->params, "club", demo_name_get(demo, said(demo, "resource", 2)));
    params_text(&demo->params, "kind", said(demo, "resource", 3));
    params_text(&demo->params, "title", said(demo, "resource", 5));
    params_text(&demo->params, "summary", said(demo, "about", 1));
    params_text(&demo->params, "organisation", said(demo, "by", 1));
    params_text(&demo->params, "dated_on", said(demo, "by", 2));
    params_text(&demo->params, "licence", said(demo, "by", 3));
    params_text(&demo->params, "source", said(demo, "source", 1));
    params_text(&demo->params, "source_link", said(demo, "source", 2));
    params_text(&demo->params, "link", said(demo, "link", 1));
    params_text(&demo->params, "file", file);
    params_flag(&demo->params, "is_public", is_public);
    demo_add_themes(demo, said(demo, "for", 1));
    add_territories(demo);
    if (said(demo, "fiche", 1)) {
        add_fiche(demo);
    }
    nonce(demo);
    demo_call(demo, author, demo->library.at_ms, &resource_create_command);
    int64_t resource = demo_made(demo);
    demo_name_set(demo, said(demo, "resource", 1), resource);
    return resource;
}

/* --- what becomes of it ----------------------------------------------------------------------- */

/* Runs a command about one resource, by who keeps the shelf unless it is the author's own. */
static void tell(struct demo *demo, const struct command *command, int64_t resource,
                 const char *person)
{
    params_number(&demo->params, "resource", resource);
    demo_call(demo, demo_name_get(demo, person), demo->library.at_ms, command);
}

static void take_publish(struct demo *demo, const struct demo_record *record)
{
    int64_t resource = create(demo, str_equal(record->fields[2], "public"));
    params_begin(&demo->params);
    tell(demo, &resource_publish_command, resource, said(demo, "resource", 4));
}

static void take_draft(struct demo *demo, const struct demo_record *record)
{
    int64_t resource = create(demo, false);
    params_begin(&demo->params);
    if (str_equal(record->fields[0], "propose")) {
        tell(demo, &resource_propose_command, resource, said(demo, "resource", 4));
    }
}

#define KEEPER "anct-ressources" /* of the national shelf */

static void take_schedule(struct demo *demo, const struct demo_record *record)
{
    params_begin(&demo->params);
    params_number(&demo->params, "at", demo_when_ms(demo, record->fields[3]));
    tell(demo, &resource_publish_command, demo_name_get(demo, record->fields[1]), KEEPER);
}

static void take_return(struct demo *demo, const struct demo_record *record)
{
    params_begin(&demo->params);
    params_text(&demo->params, "remark", record->fields[3]);
    tell(demo, &resource_return_command, demo_name_get(demo, record->fields[1]), KEEPER);
}

static void take_edition(struct demo *demo, const struct demo_record *record)
{
    const char *file = brought(demo, demo_name_get(demo, KEEPER));
    params_begin(&demo->params);
    params_text(&demo->params, "note", record->fields[3]);
    params_text(&demo->params, "file", file);
    params_text(&demo->params, "link", said(demo, "link", 1));
    nonce(demo);
    tell(demo, &edition_add_command, demo_name_get(demo, record->fields[1]), KEEPER);
}

static void take_said(struct demo *demo, const struct demo_record *record)
{
    int64_t author = demo_name_get(demo, record->fields[2]);
    const char *file = brought(demo, author);
    params_begin(&demo->params);
    params_number(&demo->params, "channel", demo_name_get(demo, record->fields[1]));
    params_text(&demo->params, "body", record->fields[4]);
    params_json(&demo->params, "files", arena_printf(&demo->arena, "[\"%s\"]", file));
    nonce(demo);
    demo_call(demo, author, demo->library.at_ms, &message_post_command);
}

/* What ends a description, and the field that says when. */
static const struct {
    const char *kind;
    int when;
    void (*take)(struct demo *demo, const struct demo_record *record);
} ends[] = {
    {"publish", 1, take_publish}, {"propose", 1, take_draft}, {"draft", 1, take_draft},
    {"edition", 2, take_edition}, {"return", 2, take_return}, {"schedule", 2, take_schedule},
    {"said", 3, take_said},
};

/* The next description: its last line is at library.last. false: there is none. */
static bool find_next(struct demo *demo, size_t *end_out)
{
    struct demo_library *library = &demo->library;
    for (size_t i = library->first; i < library->text.count; i++) {
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
            if (str_equal(library->text.items[i].fields[0], ends[e].kind)) {
                library->last = i;
                *end_out = e;
                return true;
            }
        }
    }
    return false;
}

/* Another record may be half described: its parameters are left alone. */
void demo_library_until(struct demo *demo, int64_t at_ms)
{
    struct demo_library *library = &demo->library;
    struct params params = demo->params;
    int line = demo->line;
    demo->params = (struct params){0};
    for (size_t end = 0; !demo->failed && find_next(demo, &end);
         library->first = library->last + 1) {
        const struct demo_record *record = &library->text.items[library->last];
        demo->source = "demo_library.txt";
        demo->line = record->line;
        library->at_ms = demo_when_ms(demo, record->fields[ends[end].when]);
        if (library->at_ms > at_ms) {
            break;
        }
        ends[end].take(demo, record);
    }
    params_finish(&demo->params);
    demo->params = params;
    demo->source = "demo.txt";
    demo->line = line;
}
