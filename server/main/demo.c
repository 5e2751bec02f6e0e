/* demo: a living, fictitious Club of the Ain, made by the same commands as people use, each at its
 * hour and by its author. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "club/channel.h"
#include "club/club.h"
#include "club/person.h"
#include "club/secret.h"
#include "club/seed.h"
#include "main/data_dir.h"
#include "main/demo.h"
#include "main/local_call.h"
#include "main/params.h"
#include "main/verbs.h"

extern const struct command channel_create_command, direct_open_command, member_add_command,
    message_post_command, pin_set_command, reaction_set_command, read_set_command,
    town_import_command;

/* The three who can log in, and what they are shown as. */
static const struct {
    const char *key, *email, *title;
} accounts[] = {
    {"anct-direction", "administration@demo.example", "administrateur"},
    {"anim-ddt", "animation@demo.example", "animateur"},
    {"cp-nantua", "nantua@demo.example", "chef de projet"},
};
#define ACCOUNT_COUNT (sizeof accounts / sizeof *accounts)
#define UNREAD_DAYS   3 /* what they have not read yet */

/* --- names ------------------------------------------------------------------------------------ */

void demo_name_set(struct demo *demo, const char *key, int64_t id)
{
    struct demo_name name = {key, id};
    if (*key) {
        ARENA_PUSH(&demo->arena, &demo->names, name);
    }
}

int64_t demo_name_get(struct demo *demo, const char *key)
{
    for (size_t i = demo->names.count; i-- > 0;) {
        if (str_equal(demo->names.items[i].key, key)) {
            return demo->names.items[i].id;
        }
    }
    refuse("%s line %d: \"%s\" is not known", demo->source, demo->line, key);
    demo->failed = true;
    return 0;
}

static const char *channel_key(struct demo *demo, const char *club, const char *channel)
{
    return arena_printf(&demo->arena, "%s/%s", club, channel);
}

/* --- calls ------------------------------------------------------------------------------------ */

/* Runs it; person 0: the operator. Its out struct is in demo->out. */
void demo_call(struct demo *demo, int64_t person, int64_t at_ms, const struct command *command)
{
    struct local_call local = {
        .db = demo->db,
        .credential = {.kind = person ? CREDENTIAL_PERSON : CREDENTIAL_OPERATOR, .person = person},
        .now_ms = at_ms,
        .public_url = "http://127.0.0.1:8080",
    };
    struct problem problem = {0};
    void *out = NULL;
    if (demo->failed) {
        return;
    }
    if (local_call(&local, command, params_end(&demo->params), &demo->arena, &out, &problem)) {
        char text[1024];
        problem_text(&problem, LANG_EN, text, sizeof text);
        refuse("%s line %d: %s: %s", demo->source, demo->line, command->name, text);
        demo->failed = true;
    }
    demo->out = out;
}

int64_t demo_made(const struct demo *demo)
{
    const struct created *created = demo->out;
    return demo->failed ? 0 : created->id;
}

/* --- time ------------------------------------------------------------------------------------- */

/* Paris time: TZ is set by demo_run(). */
static int64_t instant_ms(struct tm *tm)
{
    tm->tm_isdst = -1;
    return (int64_t)mktime(tm) * MS_PER_SECOND;
}

int64_t demo_when_ms(struct demo *demo, const char *when)
{
    time_t now = (time_t)(demo->now_ms / MS_PER_SECOND);
    int year, month, weeks, days;
    int hour = 0;
    int minute = 0;
    struct tm tm;
    localtime_r(&now, &tm);
    tm.tm_sec = 0;
    if (sscanf(when, "%4d-%2d-%2d %2d:%2d", &year, &month, &days, &hour, &minute) >= 3) {
        tm.tm_year = year - 1900;
        tm.tm_mon = month - 1;
        tm.tm_mday = days;
    } else if (sscanf(when, "S%d.%1d %2d:%2d", &weeks, &days, &hour, &minute) >= 2) {
        tm.tm_mday += 7 * weeks + days - (tm.tm_wday + 6) % 7 - 1;
    } else if (sscanf(when, "J%d %2d:%2d", &days, &hour, &minute) >= 1) {
        tm.tm_mday += days;
    } else {
        refuse("%s line %d: \"%s\" is not like J-12 09:41", demo->source, demo->line, when);
        demo->failed = true;
    }
    tm.tm_hour = hour;
    tm.tm_min = minute;
    return instant_ms(&tm);
}

/* When something was said or done: never after now. */
static int64_t past_ms(struct demo *demo, const char *when)
{
    int64_t at_ms = demo_when_ms(demo, when);
    return at_ms < demo->now_ms ? at_ms : demo->now_ms;
}

/* --- territory -------------------------------------------------------------------------------- */

/* "01269 01265", "Nantua et Montréal-la-Cluse": a line of the official list for each commune. */
static void add_communes(struct buf *csv, const struct demo_record *record)
{
    char codes[64];
    char names[256];
    snprintf(codes, sizeof codes, "%s", record->fields[2]);
    snprintf(names, sizeof names, "%s", record->fields[3]);
    char *name = names;
    char *state = NULL;
    for (char *code = strtok_r(codes, " ", &state); code; code = strtok_r(NULL, " ", &state)) {
        char *next = strlen(record->fields[2]) > 5 ? strstr(name, " et ") : NULL;
        if (next) {
            *next = '\0';
        }
        buf_printf(csv, "pvd-%s;%s;%s\n", record->fields[1], code, name);
        name = next ? next + strlen(" et ") : name;
    }
}

static void import_towns(struct demo *demo)
{
    struct buf csv;
    buf_init(&csv);
    buf_text(&csv, "id_pvd;insee_com;lib_com\n");
    for (size_t i = 0; i < demo->text.count; i++) {
        const struct demo_record *record = &demo->text.items[i];
        if (str_equal(record->fields[0], "town")) {
            add_communes(&csv, record);
        }
    }
    buf_add(&csv, "", 1);
    params_begin(&demo->params);
    params_text(&demo->params, "csv", csv.data);
    demo_call(demo, 0, demo->now_ms, &town_import_command);
    buf_finish(&csv);
}

/* The record of this kind with this key. */
static const struct demo_record *record_of(const struct demo *demo, const char *kind,
                                           const char *key)
{
    for (size_t i = 0; i < demo->text.count; i++) {
        const struct demo_record *record = &demo->text.items[i];
        if (str_equal(record->fields[0], kind) && str_equal(record->fields[1], key)) {
            return record;
        }
    }
    return NULL;
}

/* --- people ----------------------------------------------------------------------------------- */

/* Does this person write in that Club? */
static bool writes_in(const struct demo *demo, const char *person, const char *club)
{
    const char *in = "";
    for (size_t i = 0; i < demo->text.count; i++) {
        const char *const *f = demo->text.items[i].fields;
        bool root = str_equal(f[0], "message");
        bool answer = str_equal(f[0], "reply");
        in = root ? f[1] : in;
        if ((root && str_equal(f[1], club) && strncmp(f[4], person, strlen(person) + 1) == 0) ||
            (answer && str_equal(f[3], person) && str_equal(in, club))) {
            return true;
        }
    }
    return false;
}

static const char *email_of(struct demo *demo, const char *key)
{
    for (size_t i = 0; i < ACCOUNT_COUNT; i++) {
        if (str_equal(accounts[i].key, key)) {
            return accounts[i].email;
        }
    }
    return arena_printf(&demo->arena, "%s@demo.example", key);
}

/* Adds the person to one Club; `departement` NULL: the national one. */
static void add_member(struct demo *demo, const struct demo_record *record, const char *departement,
                       const char *insee)
{
    bool administrator = str_equal(record->fields[3], "administrator");
    const struct demo_record *body = record_of(demo, "organisation", record->fields[4]);
    params_begin(&demo->params);
    params_text(&demo->params, "email", email_of(demo, record->fields[1]));
    params_text(&demo->params, "name", record->fields[2]);
    params_text(&demo->params, "role", administrator ? "animateur" : record->fields[3]);
    params_flag(&demo->params, "administrator", administrator);
    params_text(&demo->params, "departement", departement);
    params_text(&demo->params, "insee", insee);
    params_text(&demo->params, "organisation", body ? body->fields[2] : NULL);
    demo_call(demo, 0, past_ms(demo, "J-60 09:00"), &member_add_command);
    demo_name_set(demo, record->fields[1], demo_made(demo));
}

static void add_person(struct demo *demo, const struct demo_record *record)
{
    const struct demo_record *town = record_of(demo, "town", record->fields[4]);
    if (str_equal(record->fields[3], "chef_de_projet") && town) {
        char insee[8];
        snprintf(insee, sizeof insee, "%.5s", town->fields[2]);
        add_member(demo, record, NULL, arena_strdup(&demo->arena, insee));
        return;
    }
    if (!str_equal(record->fields[3], "partenaire") && !str_equal(record->fields[3], "elu") &&
        !str_equal(record->fields[3], "lecteur")) {
        /* An animateur of a Club is in the national one by that post. */
        add_member(demo, record, str_equal(record->fields[4], "anct") ? NULL : "01", NULL);
        return;
    }
    bool national = writes_in(demo, record->fields[1], "national");
    if (national) {
        add_member(demo, record, NULL, NULL);
    }
    if (!national || writes_in(demo, record->fields[1], "ain")) {
        add_member(demo, record, "01", NULL);
    }
}

/* --- conversations ---------------------------------------------------------------------------- */

/* `@[key]` becomes `@[id]`. */
static const char *with_ids(struct demo *demo, const char *text)
{
    struct buf out;
    buf_init(&out);
    for (const char *at; (at = strstr(text, "@[")); text = strchr(at, ']')) {
        size_t bytes = (size_t)(strchr(at, ']') - at) - 2;
        char *key = arena_memdup(&demo->arena, at + 2, bytes);
        buf_add(&out, text, (size_t)(at - text) + 2);
        buf_printf(&out, "%lld", (long long)demo_name_get(demo, key));
    }
    buf_add(&out, text, strlen(text) + 1);
    const char *result = arena_strdup(&demo->arena, out.data);
    buf_finish(&out);
    return result;
}

static void post(struct demo *demo, int64_t channel, int64_t thread, const char *author,
                 const char *when, const char *text, const char *key)
{
    int64_t at_ms = past_ms(demo, when);
    demo_library_until(demo, at_ms);
    params_begin(&demo->params);
    params_number(&demo->params, "channel", channel);
    params_text(&demo->params, "body", with_ids(demo, text));
    params_text(&demo->params, "nonce", arena_printf(&demo->arena, "demonstration-%d", demo->line));
    if (thread) {
        params_number(&demo->params, "thread", thread);
    }
    demo_call(demo, demo_name_get(demo, author), at_ms, &message_post_command);
    demo_name_set(demo, key, demo_made(demo));
    if (at_ms < demo->now_ms - UNREAD_DAYS * MS_PER_DAY) {
        demo->read_up_to = demo_made(demo);
    }
}

static void take_message(struct demo *demo, const struct demo_record *record)
{
    /* message | club | channel | key | author | when and text: the last field holds both */
    const char *rest = strstr(record->fields[5], " | ");
    char when[32];
    snprintf(when, sizeof when, "%.*s", (int)(rest - record->fields[5]), record->fields[5]);
    const char *channel = channel_key(demo, record->fields[1], record->fields[2]);
    post(demo, demo_name_get(demo, channel), 0, record->fields[4], when, rest + 3,
         record->fields[3]);
    demo_name_set(demo, arena_printf(&demo->arena, "in:%lld", (long long)demo_made(demo)),
                  demo_name_get(demo, channel));
}

static void take_reply(struct demo *demo, const struct demo_record *record)
{
    int64_t thread = demo_name_get(demo, record->fields[1]);
    const char *in = arena_printf(&demo->arena, "in:%lld", (long long)thread);
    post(demo, demo_name_get(demo, in), thread, record->fields[3], record->fields[4],
         record->fields[5], record->fields[2]);
}

void demo_add_people(struct demo *demo, const char *name, const char *keys, const char *except)
{
    char copy[512];
    char *state = NULL;
    struct buf ids;
    buf_init(&ids);
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *key = strtok_r(copy, " ", &state); key; key = strtok_r(NULL, " ", &state)) {
        if (!str_equal(key, except)) {
            buf_printf(&ids, "%s%lld", ids.len ? "," : "[", (long long)demo_name_get(demo, key));
        }
    }
    buf_add(&ids, "]", 2);
    params_json(&demo->params, name, ids.data);
    buf_finish(&ids);
}

static void take_private(struct demo *demo, const struct demo_record *record)
{
    params_begin(&demo->params);
    params_number(&demo->params, "club", demo_name_get(demo, record->fields[1]));
    params_text(&demo->params, "name", record->fields[2]);
    params_text(&demo->params, "purpose", record->fields[3]);
    params_text(&demo->params, "kind", "private");
    demo_add_people(demo, "members", record->fields[4], "anim-ddt");
    demo_call(demo, demo_name_get(demo, "anim-ddt"), past_ms(demo, "J-50 10:00"),
              &channel_create_command);
    demo_name_set(demo, channel_key(demo, record->fields[1], record->fields[2]), demo_made(demo));
}

static void take_direct(struct demo *demo, const struct demo_record *record)
{
    params_begin(&demo->params);
    demo_add_people(demo, "people", record->fields[1], record->fields[2]);
    demo_call(demo, demo_name_get(demo, record->fields[2]), past_ms(demo, record->fields[3]),
              &direct_open_command);
    post(demo, demo_made(demo), 0, record->fields[2], record->fields[3], record->fields[4], "");
}

static void take_reaction(struct demo *demo, const struct demo_record *record)
{
    params_begin(&demo->params);
    params_number(&demo->params, "message", demo_name_get(demo, record->fields[1]));
    params_text(&demo->params, "emoji", record->fields[3]);
    params_flag(&demo->params, "on", true);
    demo_call(demo, demo_name_get(demo, record->fields[2]), demo->now_ms, &reaction_set_command);
}

static void take_pin(struct demo *demo, const struct demo_record *record)
{
    params_begin(&demo->params);
    params_number(&demo->params, "message", demo_name_get(demo, record->fields[1]));
    params_flag(&demo->params, "pinned", true);
    demo_call(demo, demo_name_get(demo, "anct-direction"), demo->now_ms, &pin_set_command);
}

static const struct {
    const char *kind;
    void (*take)(struct demo *demo, const struct demo_record *record);
} kinds[] = {
    {"private", take_private}, {"message", take_message},   {"reply", take_reply},
    {"direct", take_direct},   {"reaction", take_reaction}, {"pin", take_pin},
};

static void take_conversation(struct demo *demo, const struct demo_record *record)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (str_equal(kinds[k].kind, record->fields[0])) {
            kinds[k].take(demo, record);
        }
    }
}

/* People first, since Clubs and channels are named as they see them; then all the rest in order. */
static void take_records(struct demo *demo, bool people)
{
    for (size_t i = 0; i < demo->text.count && !demo->failed; i++) {
        const struct demo_record *record = &demo->text.items[i];
        demo->line = record->line;
        if (people && str_equal(record->fields[0], "person")) {
            add_person(demo, record);
        }
        if (!people && !demo_event_take(demo, record) && !demo_people_take(demo, record)) {
            take_conversation(demo, record);
        }
    }
}

/* --- the three accounts ----------------------------------------------------------------------- */

/* What came in the last days is left unread, so that there is something to come back to. */
static void leave_unread(struct demo *demo, int64_t person, int64_t club)
{
    struct problem problem = {0};
    struct tx tx = {
        .db = demo->db, .arena = &demo->arena, .now_ms = demo->now_ms, .problem = &problem};
    struct channel_views views = {0};
    channels_of_club(&tx, person, club, &views);
    for (size_t i = 0; i < views.count; i++) {
        params_begin(&demo->params);
        params_number(&demo->params, "channel", views.items[i].shared.id);
        params_number(&demo->params, "position", demo->read_up_to);
        demo_call(demo, person, demo->now_ms, &read_set_command);
    }
}

static void open_account(struct demo *demo, size_t which, FILE *notice)
{
    int64_t person = demo_name_get(demo, accounts[which].key);
    const char *password = secret_password(&demo->arena);
    leave_unread(demo, person, demo_name_get(demo, "ain"));
    leave_unread(demo, person, demo_name_get(demo, "national"));
    params_begin(&demo->params);
    params_number(&demo->params, "person", person);
    params_text(&demo->params, "password", password);
    demo_call(demo, 0, demo->now_ms, &user_password_command);
    fprintf(notice, "%-15s %-28s %s\n", accounts[which].title, accounts[which].email, password);
}

/* --- the whole -------------------------------------------------------------------------------- */

/* Clubs and their channels get their names: "ain", "ain/Habitat". */
static void name_club(struct demo *demo, struct tx *tx, const struct club_view *club)
{
    const char *name = club->departement ? "ain" : "national";
    struct channel_views views = {0};
    channels_of_club(tx, demo_name_get(demo, "anct-direction"), club->id, &views);
    demo_name_set(demo, name, club->id);
    for (size_t i = 0; i < views.count; i++) {
        const struct channel_shared *channel = &views.items[i].shared;
        demo_name_set(demo, channel_key(demo, name, channel->name), channel->id);
    }
}

static void name_clubs(struct demo *demo, struct tx *tx)
{
    struct club_views views = {0};
    clubs_of(tx, demo_name_get(demo, "anct-direction"), false, &views);
    for (size_t i = 0; i < views.count; i++) {
        const char *departement = views.items[i].departement;
        if (!departement || str_equal(departement, "01")) {
            name_club(demo, tx, &views.items[i]);
        }
    }
}

/* Nobody reads mail at demo.example. */
SQL(drop_letters, "DELETE FROM mail");

static void fill(struct demo *demo, FILE *notice)
{
    struct problem problem = {0};
    struct tx tx = {
        .db = demo->db, .arena = &demo->arena, .now_ms = demo->now_ms, .problem = &problem};
    club_seed(&tx);
    import_towns(demo);
    take_records(demo, true);
    name_clubs(demo, &tx);
    take_records(demo, false);
    demo_library_until(demo, demo->now_ms);
    for (size_t i = 0; i < ACCOUNT_COUNT; i++) {
        open_account(demo, i, notice);
    }
    db_run(demo->db, &drop_letters);
}

/* All in one transaction: there is a whole demonstration or none. Contents without it are swept by
 * the next server. */
static bool make(struct demo *demo)
{
    char path[4096];
    data_dir_path(&demo->dir, "demo.txt", path, sizeof path);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *notice = fd < 0 ? NULL : fdopen(fd, "w");
    if (!notice) {
        refuse("cannot write %s", path);
        return false;
    }
    demo->text = demo_text_read(&demo->arena);
    demo->library.text = demo_library_read(&demo->arena);
    demo->failed = db_begin_write(demo->db) != ERR_NONE;
    fill(demo, notice);
    demo->failed = fclose(notice) != 0 || demo->failed || db_error(demo->db);
    if (demo->failed) {
        db_rollback(demo->db);
        return false;
    }
    return db_commit(demo->db) == ERR_NONE;
}

static int print_notice(const struct data_dir *dir)
{
    char path[4096];
    char line[256];
    data_dir_path(dir, "demo.txt", path, sizeof path);
    FILE *notice = fopen(path, "re");
    while (notice && fgets(line, sizeof line, notice)) {
        fputs(line, stdout);
    }
    return notice ? fclose(notice) : 0;
}

int demo_run(const struct verb *verb, int argc, char **argv)
{
    const char *data = NULL;
    const struct option options[] = {{"data", &data, NULL}, {NULL, NULL, NULL}};
    struct demo demo = {.now_ms = clock_wall_ms(), .source = "demo.txt"};
    if (!options_parse(verb, argc, argv, options, NULL, 0)) {
        return EXIT_USAGE;
    }
    if (!data) {
        return usage_error(verb, "--data is missing");
    }
    if (!data_dir_lock_empty(&demo.dir, data)) {
        return EXIT_REFUSED;
    }
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    arena_init(&demo.arena);
    buf_init(&demo.event.questions);
    demo.db = data_dir_open(&demo.dir, true);
    demo.blobs = blob_store_open(demo.dir.path);
    bool made_it = demo.db && demo.blobs && make(&demo);
    db_close(demo.db);
    blob_store_close(demo.blobs);
    made_it = made_it && data_dir_done(&demo.dir);
    if (made_it) {
        print_notice(&demo.dir);
    } else {
        data_dir_discard(&demo.dir);
    }
    params_finish(&demo.params);
    buf_finish(&demo.event.questions);
    arena_finish(&demo.arena);
    data_dir_unlock(&demo.dir);
    return made_it ? EXIT_OK : EXIT_REFUSED;
}
