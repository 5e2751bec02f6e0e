#include "file_fixture.h"

#include "base/arena.h"

const char *file_announce(struct club_fixture *f, int64_t person, const char *name, int64_t bytes)
{
    fixture_ok(f, person, "file.create", "{\"name\":\"%s\",\"bytes\":%lld}", name,
               (long long)bytes);
    return arena_strdup(&f->arena, fixture_text(f, "key"));
}

int64_t file_id(struct club_fixture *f, const char *key)
{
    return fixture_count(f, "SELECT id FROM file WHERE key = '%s'", key);
}

void file_end(struct club_fixture *f, const char *key, int seed, const char *type)
{
    fixture_ok(f, FIXTURE_OPERATOR, "file.finish",
               "{\"file\":%lld,\"blob\":{\"hash\":\"%064x\",\"bytes\":100,\"type\":\"%s\"}}",
               (long long)file_id(f, key), (unsigned)seed, type);
}

const char *file_bring(struct club_fixture *f, int64_t person, const char *name, int seed)
{
    const char *key = file_announce(f, person, name, 100);
    file_end(f, key, seed, "application/octet-stream");
    return key;
}

int64_t file_contents(struct club_fixture *f)
{
    return fixture_count(f, "SELECT count(*) FROM blob");
}

int64_t file_leaving(struct club_fixture *f)
{
    return fixture_count(f, "SELECT count(*) FROM blob_gone");
}
