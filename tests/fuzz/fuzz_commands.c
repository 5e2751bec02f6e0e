/* libFuzzer: sequences of any commands by any people, with time that passes, run as the server runs
 * them. No sequence breaks the program (ERR_INTERNAL: a constraint, a statement, a fact that was
 * not declared); a refusal and a question change no row; numbers rise; what is told at once is what
 * a resume would tell; references and search indexes hold.
 *
 * Bytes choose the actor, the command and each of its members from what there is, so that most
 * commands get as far as their work. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "club/command.h"
#include "fuzz.h"
#include "store/journal.h"
#include "wire/json.h"
#include "world.h"

enum { STEPS = 24, ITEMS = 3 };

struct play {
    struct world *world;
    struct bytes bytes;
    int64_t last; /* id that the last command gave */
    int hashed;   /* the step whose refusal is looked at in each row: it takes milliseconds */
    int step;
};

/* --- members ---------------------------------------------------------------------------------- */

/* The n-th of what a member of this name means. */
static int64_t id_named(struct play *play, const char *name, unsigned n)
{
    static const char *const tables[] = {"club",       "channel",      "message",    "event",
                                         "resource",   "person",       "invitation", "town",
                                         "membership", "session",      "theme",      "tenure",
                                         "notice",     "registration", NULL};
    static const struct {
        const char *name, *table;
    } meanings[] = {{"clubs", "club"},    {"people", "person"}, {"thread", "message"},
                    {"themes", "theme"},  {"mail", "mail"},     {"edition", "resource_edition"},
                    {"after", "message"}, {"post", "tenure"},   {"to", "message"}};
    const char *table = NULL;
    for (int i = 0; tables[i]; i++) {
        table = strcmp(tables[i], name) == 0 ? tables[i] : table;
    }
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        table = strcmp(meanings[i].name, name) == 0 ? meanings[i].table : table;
    }
    if (!table) {
        return n + 1;
    }
    int64_t count = fixture_count(play->world->f, "SELECT count(*) FROM %s", table);
    return count > 0 ? fixture_count(play->world->f, "SELECT id FROM %s LIMIT 1 OFFSET %lld", table,
                                     (long long)(n % count))
                     : 1;
}

static int64_t choose_id(struct play *play, const char *name)
{
    unsigned n = bytes_next(&play->bytes);
    if (n >= 0xF0) {
        return n == 0xF0 ? INT64_MAX : n;
    }
    return n >= 0xC0 && play->last ? play->last : id_named(play, name, n);
}

static const char *choose_text(struct play *play, const struct field *field)
{
    static const char *const pieces[] = {"a",           "é",
                                         " ",           "Nantua",
                                         "**",          "@tous",
                                         "#message:1",  "œuvre",
                                         "\n",          "https://",
                                         "\"",          "'",
                                         "\\",          "01269",
                                         "2026-03",     "élus",
                                         "visio.fr",    "@[1]",
                                         "`",           "- ",
                                         "1",           "%",
                                         "*",           "(",
                                         "ü",           "\xF0\x9F\x91\x8D",
                                         "<b>",         "Belley",
                                         "A1",          "mairie",
                                         "@exemple.fr", "NEAR"};
    static const char *const whole[] = {"12345678",         "paul@ain.fr", "Europe/Paris",
                                        "https://a.fr/b",   "01",          "0474000000",
                                        "\xF0\x9F\x91\x8D", "partenaire"};
    unsigned n = bytes_next(&play->bytes);
    struct arena *arena = &play->world->f->arena;
    if (strcmp(field->name, "nonce") == 0) {
        return arena_printf(arena, "nonce-%u", 100 + n % 4);
    }
    if (n < 64) {
        return whole[n % 8];
    }
    struct buf buf;
    buf_init(&buf);
    for (unsigned i = 0; i < n % 12 + 1; i++) {
        buf_text(&buf, pieces[bytes_next(&play->bytes) % 32]);
    }
    const char *text = arena_memdup(arena, buf.data, buf.len);
    buf_finish(&buf);
    return text;
}

static void put_object(struct play *play, struct buf *json, const struct field *fields);

static void put_list(struct play *play, struct buf *json, const struct field *field)
{
    int count = bytes_next(&play->bytes) % ITEMS;
    buf_text(json, "[");
    for (int i = 0; i < count; i++) {
        buf_text(json, i ? "," : "");
        if (field->type == FIELD_TYPE_IDS) {
            json_int(json, choose_id(play, field->name));
        } else if (field->type == FIELD_TYPE_TEXTS) {
            json_text(json, choose_text(play, field));
        } else {
            put_object(play, json, field->fields);
        }
    }
    buf_text(json, "]");
}

static const char *choose_word(struct play *play, const struct choice *choice)
{
    int count = 0;
    while (choice->words[count]) {
        count++;
    }
    return choice->words[bytes_next(&play->bytes) % count];
}

static void put_number(struct play *play, struct buf *json, const struct field *field)
{
    int64_t n = (int8_t)bytes_next(&play->bytes);
    if (field->type == FIELD_TYPE_TIME) {
        n = play->world->f->now_ms + n * (MS_PER_DAY / 4);
    } else if (n < 0) {
        n = n % 2 ? field->min : field->max;
    }
    json_int(json, n);
}

static void put_value(struct play *play, struct buf *json, const struct field *field)
{
    switch (field->type) {
    case FIELD_TYPE_ID:
        json_int(json, choose_id(play, field->name));
        break;
    case FIELD_TYPE_INT:
    case FIELD_TYPE_TIME:
        put_number(play, json, field);
        break;
    case FIELD_TYPE_BOOL:
    case FIELD_TYPE_MAYBE:
        buf_text(json, bytes_next(&play->bytes) % 2 ? "true" : "false");
        break;
    case FIELD_TYPE_LINE:
    case FIELD_TYPE_TEXT:
        json_text(json, choose_text(play, field));
        break;
    case FIELD_TYPE_CHOICE:
        json_text(json, choose_word(play, field->choice));
        break;
    case FIELD_TYPE_WORDS:
        buf_text(json, "[");
        json_text(json, choose_word(play, field->choice));
        buf_text(json, "]");
        break;
    case FIELD_TYPE_OBJECT:
        put_object(play, json, field->fields);
        break;
    default:
        put_list(play, json, field);
    }
}

static void put_object(struct play *play, struct buf *json, const struct field *fields)
{
    bool is_first = true;
    buf_text(json, "{");
    for (; fields->type != FIELD_TYPE_END; fields++) {
        if (fields->optional && bytes_next(&play->bytes) % 3 == 0) {
            continue;
        }
        buf_text(json, is_first ? "" : ",");
        is_first = false;
        json_text(json, fields->name);
        buf_text(json, ":");
        put_value(play, json, fields);
    }
    buf_text(json, "}");
}

/* --- what holds ------------------------------------------------------------------------------- */

static void check_json(struct club_fixture *f, const char *text)
{
    struct json *json = NULL;
    struct problem problem = {0};
    check(utf8_valid(text, strlen(text)));
    check(json_parse(text, strlen(text), &f->arena, &json, &problem) == ERR_NONE);
    json_release(json);
}

SQL(row_of, "SELECT fact, audience, entity FROM journal WHERE seq = ?1");

/* The frame that leaves now is the one who was away will get. */
static void check_frame(struct club_fixture *f, const struct effect *effect)
{
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    struct buf buf;
    buf_init(&buf);
    struct rows rows = db_select(f->db, &row_of, effect->seq);
    if (rows_next(&rows)) {
        const struct fact *fact = fact_find(rows_text(&rows, 0));
        int64_t audience = rows_int(&rows, 1), entity = rows_int(&rows, 2);
        rows_end(&rows);
        check(fact && fact_render(&tx, effect->seq, fact, audience, entity, &buf));
        check(buf.len == effect->bytes && memcmp(buf.data, effect->json, buf.len) == 0);
    }
    buf_finish(&buf);
}

static void check_effects(struct club_fixture *f, int64_t head)
{
    for (size_t i = 0; i < f->effects.count; i++) {
        const struct effect *effect = &f->effects.items[i];
        if (effect->type == EFFECT_FACT) {
            check(effect->seq > head && effect->seq <= journal_head(f->db));
            head = effect->seq;
            check_json(f, arena_memdup(&f->arena, effect->json, effect->bytes));
            check_frame(f, effect);
        }
    }
}

/* --- a step ----------------------------------------------------------------------------------- */

static const struct command *choose_command(struct play *play)
{
    size_t count = 0;
    while (commands[count]) {
        count++;
    }
    const struct command *command = commands[bytes_next(&play->bytes) % count];
    /* A password's hash takes too long here, and a breath without work needs no database. */
    return command->prepare || !command->run ? NULL : command;
}

static void run(struct play *play, const struct command *command, int64_t actor, const char *params)
{
    struct club_fixture *f = play->world->f;
    int64_t head = journal_head(f->db);
    db_run_deferred(f->db);
    bool is_hashed = play->hashed == play->step;
    uint64_t hash = is_hashed ? world_hash(play->world) : 0;
    int64_t changes = world_changes(play->world);
    enum err err = fixture_run(f, actor, command->name, "%s", params);
    check(err != ERR_INTERNAL && err == f->problem.err && db_error(f->db) == ERR_NONE);
    check(journal_head(f->db) >= head);
    if (command->kind == QUERY || command->kind == BREATH) {
        check(world_changes(play->world) == changes && journal_head(f->db) == head);
    }
    if (err) {
        check(!is_hashed || world_hash(play->world) == hash);
        return;
    }
    check_json(f, f->result);
    check_effects(f, head);
    play->last = fixture_has(f, "id") ? fixture_int(f, "id") : play->last;
}

static void step(struct play *play)
{
    struct club_fixture *f = play->world->f;
    unsigned who = bytes_next(&play->bytes);
    int64_t actor = who < 0xF0 ? play->world->people[who % WORLD_PEOPLE] : FIXTURE_ANYBODY;
    if (who % 16 == 15) {
        f->now_ms += MS_PER_HOUR * (who / 16) * 20;
        seat_due(&play->world->seats);
    }
    const struct command *command = choose_command(play);
    if (command) {
        struct buf json;
        buf_init(&json);
        put_object(play, &json, command->in);
        run(play, command, actor, arena_memdup(&f->arena, json.data, json.len));
        buf_finish(&json);
    }
}

int fuzz_commands(const uint8_t *data, size_t bytes)
{
    struct play play = {.world = world_begin(), .bytes = {data, bytes}};
    play.hashed = bytes_next(&play.bytes) % STEPS;
    for (; play.step < STEPS && play.bytes.left > 0; play.step++) {
        step(&play);
    }
    world_check(play.world);
    return 0;
}
