/* The demonstration's events: the lines of one add to the parameters of a single event.create,
 * which `publish` runs, at its hour. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "main/demo.h"
#include "main/verbs.h"
#include "wire/json.h"

extern const struct command attendance_set_command, event_create_command, event_publish_command,
    event_register_command;

const char *demo_next_part(struct demo *demo, const char **texts, char between)
{
    const char *start = *texts + strspn(*texts, " ");
    const char *end = strchr(start, between);
    size_t bytes = end ? (size_t)(end - start) : strlen(start);
    *texts = end ? end + 1 : start + bytes;
    while (bytes > 0 && start[bytes - 1] == ' ') {
        bytes--;
    }
    return bytes ? arena_memdup(&demo->arena, start, bytes) : NULL;
}

void demo_add_texts(struct demo *demo, struct buf *json, const char *texts, char between)
{
    const char *before = "[";
    for (const char *text; (text = demo_next_part(demo, &texts, between)); before = ",") {
        buf_text(json, before);
        json_text(json, text);
    }
    buf_text(json, *before == '[' ? "[]" : "]");
}

static void take_event(struct demo *demo, const struct demo_record *record)
{
    const char *const *f = record->fields;
    demo->event.key = f[1];
    demo->event.author = demo_name_get(demo, f[4]);
    buf_clear(&demo->event.questions);
    params_begin(&demo->params);
    params_number(&demo->params, "club", demo_name_get(demo, f[2]));
    params_text(&demo->params, "kind", f[3]);
    params_text(&demo->params, "title", f[5]);
    params_text(&demo->params, "nonce", arena_printf(&demo->arena, "demonstration-%d", demo->line));
}

/* Days without an hour are whole: from midnight to the midnight after the last. */
static void take_when(struct demo *demo, const struct demo_record *record)
{
    const char *const *f = record->fields;
    bool all_day = !strchr(f[1], ':');
    params_number(&demo->params, "starts_at", demo_when_ms(demo, f[1]));
    params_number(
        &demo->params, "ends_at",
        demo_when_ms(demo, all_day ? arena_printf(&demo->arena, "%s 24:00", f[2]) : f[2]));
    params_text(&demo->params, "zone", f[3]);
    params_flag(&demo->params, "all_day", all_day);
}

static void take_place(struct demo *demo, const struct demo_record *record)
{
    params_text(&demo->params, "address", record->fields[1]);
    params_text(&demo->params, "commune", record->fields[2]);
}

static void take_link(struct demo *demo, const struct demo_record *record)
{
    params_text(&demo->params, "link", record->fields[1]);
    params_text(&demo->params, "link_shown", "registered");
}

SQL(theme_named, "SELECT id FROM theme WHERE name = ?1");

void demo_add_themes(struct demo *demo, const char *names)
{
    struct buf ids;
    buf_init(&ids);
    buf_text(&ids, "[");
    for (const char *name; (name = demo_next_part(demo, &names, ','));) {
        buf_printf(&ids, "%s%lld", ids.len > 1 ? "," : "",
                   (long long)db_int(demo->db, &theme_named, 0, name));
    }
    buf_add(&ids, "]", 2);
    params_json(&demo->params, "themes", ids.data);
    buf_finish(&ids);
}

/* "network", "region Occitanie" or "clubs ain"; "open 40" is for 40 people. */
static void take_for(struct demo *demo, const struct demo_record *record)
{
    const char *scope = record->fields[1];
    const char *mode = record->fields[3];
    int64_t capacity = 0;
    params_text(&demo->params, "scope", demo_next_part(demo, &scope, ' '));
    if (str_starts(record->fields[1], "region")) {
        params_text(&demo->params, "region", scope);
    } else if (*scope) {
        demo_add_people(demo, "clubs", scope, "");
    }
    demo_add_themes(demo, record->fields[2]);
    params_text(&demo->params, "registration", demo_next_part(demo, &mode, ' '));
    if (str_to_int(mode, 1, 10000, &capacity)) {
        params_number(&demo->params, "capacity", capacity);
    }
}

static void take_roles(struct demo *demo, const struct demo_record *record)
{
    struct buf roles;
    buf_init(&roles);
    demo_add_texts(demo, &roles, record->fields[1], ',');
    buf_add(&roles, "", 1);
    params_json(&demo->params, "roles", roles.data);
    buf_finish(&roles);
}

static void take_in(struct demo *demo, const struct demo_record *record)
{
    params_number(&demo->params, "parent", demo_name_get(demo, record->fields[1]));
}

static void take_about(struct demo *demo, const struct demo_record *record)
{
    params_text(&demo->params, "description", record->fields[1]);
}

static void take_question(struct demo *demo, const struct demo_record *record)
{
    const char *const *f = record->fields;
    struct buf *json = &demo->event.questions;
    buf_printf(json, "%s{\"kind\":\"%s\",\"required\":%s,\"label\":", json->len ? "," : "[", f[1],
               str_equal(f[2], "yes") ? "true" : "false");
    json_text(json, f[3]);
    if (*f[4]) {
        buf_text(json, ",\"options\":");
        demo_add_texts(demo, json, f[4], ';');
    }
    buf_text(json, "}");
}

static void take_publish(struct demo *demo, const struct demo_record *record)
{
    struct demo_event *event = &demo->event;
    int64_t at_ms = demo_when_ms(demo, record->fields[1]);
    demo_library_until(demo, at_ms);
    if (event->questions.len) {
        buf_add(&event->questions, "]", 2);
        params_json(&demo->params, "questions", event->questions.data);
    }
    demo_call(demo, event->author, at_ms, &event_create_command);
    demo_name_set(demo, event->key, demo_made(demo));
    params_begin(&demo->params);
    params_number(&demo->params, "event", demo_name_get(demo, event->key));
    demo_call(demo, event->author, at_ms, &event_publish_command);
}

/* --- who comes -------------------------------------------------------------------------------- */

/* Answers vary with the person. */
SQL(answers_to, "SELECT id, CASE kind WHEN 'yes_no' THEN iif(?2 % 2, 'oui', 'non')"
                " WHEN 'choice' THEN json_extract(options, '$[' ||"
                " (?2 % json_array_length(options)) || ']') ELSE 'Depuis la rentrée' END"
                " FROM question WHERE event = ?1 AND required = 1 ORDER BY position");

static void add_answers(struct demo *demo, int64_t event, int64_t person)
{
    struct buf json;
    buf_init(&json);
    for (struct rows rows = db_select(demo->db, &answers_to, event, person); rows_next(&rows);) {
        buf_printf(&json, "%s{\"question\":%lld,\"text\":", json.len ? "," : "[",
                   (long long)rows_int(&rows, 0));
        json_text(&json, rows_text(&rows, 1));
        buf_text(&json, "}");
    }
    if (json.len) {
        buf_add(&json, "]", 2);
        params_json(&demo->params, "answers", json.data);
    }
    buf_finish(&json);
}

static void register_one(struct demo *demo, int64_t event, const char *key, int64_t at_ms)
{
    int64_t person = demo_name_get(demo, key);
    params_begin(&demo->params);
    params_number(&demo->params, "event", event);
    params_text(&demo->params, "nonce", arena_printf(&demo->arena, "demonstration-%d", demo->line));
    add_answers(demo, event, person);
    demo_call(demo, person, at_ms, &event_register_command);
}

static void take_register(struct demo *demo, const struct demo_record *record)
{
    const char *keys = record->fields[3];
    int64_t event = demo_name_get(demo, record->fields[1]);
    int64_t at_ms = demo_when_ms(demo, record->fields[2]);
    for (const char *key; (key = demo_next_part(demo, &keys, ' ')); at_ms += MS_PER_HOUR) {
        register_one(demo, event, key, at_ms);
    }
}

static void take_attendance(struct demo *demo, const struct demo_record *record)
{
    const char *keys = record->fields[2];
    int64_t event = demo_name_get(demo, record->fields[1]);
    for (const char *key; (key = demo_next_part(demo, &keys, ' '));) {
        params_begin(&demo->params);
        params_number(&demo->params, "event", event);
        params_number(&demo->params, "person", demo_name_get(demo, key));
        params_json(&demo->params, "present",
                    str_equal(record->fields[0], "present") ? "true" : "false");
        demo_call(demo, demo_name_get(demo, "anim-ddt"), demo->now_ms, &attendance_set_command);
    }
}

static const struct {
    const char *kind;
    void (*take)(struct demo *demo, const struct demo_record *record);
} kinds[] = {
    {"event", take_event},
    {"when", take_when},
    {"place", take_place},
    {"link", take_link},
    {"for", take_for},
    {"for_roles", take_roles},
    {"in", take_in},
    {"about", take_about},
    {"question", take_question},
    {"publish", take_publish},
    {"register", take_register},
    {"present", take_attendance},
    {"absent", take_attendance},
};

bool demo_event_take(struct demo *demo, const struct demo_record *record)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_equal(kinds[i].kind, record->fields[0])) {
            kinds[i].take(demo, record);
            return true;
        }
    }
    return false;
}
