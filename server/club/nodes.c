#include "club/nodes.h"

#include <string.h>

#include "wire/json.h"

#define LOOKUPS_MAX (2 * LIMIT_MENTIONS_PER_BODY) /* further people and towns stay text */

void nodes_init(struct nodes *out, const struct markdown_world *world, struct arena *arena)
{
    *out = (struct nodes){.world = world, .arena = arena};
    buf_init(&out->json);
    buf_init(&out->text);
}

void nodes_finish(struct nodes *out)
{
    buf_finish(&out->json);
    buf_finish(&out->text);
}

/* --- writing nodes ---------------------------------------------------------------------------- */

static void next_item(struct nodes *out)
{
    if (out->started[out->depth]) {
        buf_add(&out->json, ",", 1);
    }
    out->started[out->depth] = true;
    out->too_large = out->too_large || out->json.len > LIMIT_NODES_BYTES;
}

void nodes_begin(struct nodes *out, const char *type)
{
    next_item(out);
    buf_text(&out->json, "{\"t\":\"");
    buf_text(&out->json, type);
    buf_add(&out->json, "\"", 1);
}

void nodes_text(struct nodes *out, const char *name, const char *text)
{
    buf_text(&out->json, ",\"");
    buf_text(&out->json, name);
    buf_text(&out->json, "\":");
    json_text(&out->json, text);
}

void nodes_int(struct nodes *out, const char *name, int64_t value)
{
    buf_text(&out->json, ",\"");
    buf_text(&out->json, name);
    buf_text(&out->json, "\":");
    json_int(&out->json, value);
}

void nodes_end(struct nodes *out)
{
    buf_add(&out->json, "}", 1);
}

void nodes_open(struct nodes *out)
{
    buf_text(&out->json, ",\"c\":[");
    out->started[++out->depth] = false;
}

void nodes_close(struct nodes *out)
{
    buf_add(&out->json, "]}", 2);
    out->depth--;
}

/* --- plain text ------------------------------------------------------------------------------- */

void nodes_break(struct nodes *out)
{
    nodes_begin(out, "br");
    nodes_end(out);
}

/* A string of `text`, lines apart by br, without the marks of escapes. */
static void write_plain(struct nodes *out, const char *text, size_t bytes)
{
    char *line = arena_alloc(out->arena, bytes + 1);
    size_t length = 0;
    for (size_t i = 0; i <= bytes; i++) {
        if (i < bytes && text[i] != '\n') {
            line[length] = text[i];
            length += text[i] != SPAN_ESCAPE;
            continue;
        }
        line[length] = '\0';
        if (length > 0) {
            next_item(out);
            json_text(&out->json, line);
        }
        if (i < bytes) {
            nodes_break(out);
        }
        length = 0;
    }
}

static void add_mention(struct nodes *out, struct mention mention)
{
    for (size_t i = 0; i < out->mentions.count; i++) {
        const struct mention *known = &out->mentions.items[i];
        if (known->kind == mention.kind && known->person == mention.person &&
            known->role == mention.role) {
            return;
        }
    }
    ARENA_PUSH(out->arena, &out->mentions, mention);
}

bool nodes_resolve(struct nodes *out, const char *text, const struct span *span,
                   struct node_target *target)
{
    const struct markdown_world *world = out->world;
    switch (span->kind) {
    case SPAN_LINK:
        target->text = arena_memdup(out->arena, text + span->start, span->end - span->start);
        return out->depth < LIMIT_NODES_DEPTH;
    case SPAN_PERSON:
        target->mention = (struct mention){.kind = MENTION_PERSON, .person = span->id};
        return world->person && out->lookups++ < LOOKUPS_MAX &&
               world->person(world->context, span->id);
    case SPAN_ROLE:
        target->mention = (struct mention){.kind = MENTION_ROLE, .role = span->role};
        return world->roles;
    case SPAN_ALL:
        target->mention = (struct mention){.kind = MENTION_ALL};
        return world->everybody;
    case SPAN_MESSAGE:
    case SPAN_EVENT:
    case SPAN_RESOURCE:
        return true;
    case SPAN_TOWN:
        target->text = world->town && out->lookups++ < LOOKUPS_MAX
                           ? world->town(world->context, span->id)
                           : NULL;
        return target->text != NULL;
    }
    return false;
}

static void write_link(struct nodes *out, const char *address)
{
    nodes_begin(out, "a");
    nodes_text(out, "href", address);
    nodes_open(out);
    next_item(out);
    json_text(&out->json, address);
    nodes_close(out);
}

static void write_chip(struct nodes *out, const char *type, int64_t id, const char *name)
{
    nodes_begin(out, type);
    if (id) {
        nodes_int(out, "id", id);
    }
    if (name) {
        nodes_text(out, "name", name);
    }
    nodes_end(out);
}

static void write_resource(struct nodes *out, int64_t id, int64_t edition)
{
    nodes_begin(out, "resource");
    nodes_int(out, "id", id);
    if (edition) {
        nodes_int(out, "edition", edition);
    }
    nodes_end(out);
}

void nodes_target(struct nodes *out, const struct span *span, const struct node_target *target)
{
    switch (span->kind) {
    case SPAN_LINK:
        write_link(out, target->text);
        break;
    case SPAN_PERSON:
        add_mention(out, target->mention);
        write_chip(out, "person", span->id, NULL);
        break;
    case SPAN_ROLE:
        add_mention(out, target->mention);
        write_chip(out, "role", 0, role_choice.words[span->role]);
        break;
    case SPAN_ALL:
        add_mention(out, target->mention);
        write_chip(out, "all", 0, NULL);
        break;
    case SPAN_MESSAGE:
        write_chip(out, "message", span->id, NULL);
        break;
    case SPAN_EVENT:
        write_chip(out, "event", span->id, NULL);
        break;
    case SPAN_RESOURCE:
        write_resource(out, span->id, span->edition);
        break;
    case SPAN_TOWN:
        write_chip(out, "town", span->id, target->text);
        break;
    }
}

void nodes_flush(struct nodes *out)
{
    if (out->text.len == 0) {
        return;
    }
    buf_add(&out->text, "", 1);
    const char *text = out->text.data;
    size_t length = out->text.len - 1, written = 0;
    struct span span = {0};
    while (out->links == 0 && !out->too_large &&
           span_find(text, span.end, out->world->public_url, &span)) {
        struct node_target target = {0};
        if (nodes_resolve(out, text, &span, &target)) {
            write_plain(out, text + written, span.start - written);
            nodes_target(out, &span, &target);
            written = span.end;
        }
    }
    write_plain(out, text + written, length - written);
    buf_clear(&out->text);
}

void nodes_collect(struct nodes *out, const char *text)
{
    const char *kept = text; /* start of what is not in the text yet */
    for (; *text; text++) {
        if ((unsigned char)*text < ' ' && *text != '\t' && *text != '\n' && *text != SPAN_ESCAPE) {
            buf_add(&out->text, kept, (size_t)(text - kept));
            kept = text + 1;
        }
    }
    buf_add(&out->text, kept, (size_t)(text - kept));
}
