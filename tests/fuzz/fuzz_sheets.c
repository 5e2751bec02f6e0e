/* libFuzzer: the official list of towns and lists of members, as files that people bring. Trying
 * one changes nothing and says what doing it says; done twice it changes nothing the second time.
 * The first byte says which. */
#include <string.h>

#include "base/csv.h"
#include "fuzz.h"
#include "wire/json.h"
#include "world.h"

static const char *quoted(struct club_fixture *f, const char *text)
{
    struct buf buf;
    buf_init(&buf);
    json_text(&buf, text);
    const char *json = arena_memdup(&f->arena, buf.data, buf.len);
    buf_finish(&buf);
    return json;
}

static enum err import(struct world *world, const char *command, const char *json, bool is_dry)
{
    enum err err = fixture_run(world->f, FIXTURE_OPERATOR, command, "{\"csv\":%s,\"dry_run\":%s}",
                               json, is_dry ? "true" : "false");
    check(err != ERR_INTERNAL);
    return err;
}

static void import_towns(struct world *world, const char *json)
{
    uint64_t before = world_hash(world);
    enum err dry = import(world, "town.import", json, true);
    const char *said = world->f->result;
    check(world_hash(world) == before);
    enum err err = import(world, "town.import", json, false);
    check(err == dry && strcmp(world->f->result, said) == 0);
    if (!err) {
        check(import(world, "town.import", json, false) == ERR_NONE);
        check(!fixture_has(world->f, "came") || fixture_int(world->f, "came.length") == 0);
        check(!fixture_has(world->f, "left") || fixture_int(world->f, "left.length") == 0);
    }
}

static void import_members(struct world *world, const char *json)
{
    uint64_t before = world_hash(world);
    enum err dry = import(world, "member.import", json, true);
    int64_t refused = dry ? 0 : fixture_int(world->f, "refused");
    check(world_hash(world) == before);
    enum err err = import(world, "member.import", json, false);
    check(err == dry && (err || fixture_int(world->f, "refused") == refused));
    if (!err) {
        int64_t people = fixture_count(world->f, "SELECT count(*) FROM invitation");
        check(import(world, "member.import", json, false) == ERR_NONE);
        check(fixture_int(world->f, "given") == 0);
        check(fixture_count(world->f, "SELECT count(*) FROM invitation") == people);
    }
}

int fuzz_sheets(const uint8_t *data, size_t bytes)
{
    if (bytes == 0) {
        return 0;
    }
    struct world *world = world_begin();
    const char *text = csv_utf8(data + 1, bytes - 1, &world->f->arena);
    if (text && data[0] % 2) {
        import_towns(world, quoted(world->f, text));
    } else if (text) {
        import_members(world, quoted(world->f, text));
    }
    world_check(world);
    return 0;
}
