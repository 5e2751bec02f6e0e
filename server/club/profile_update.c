/* profile.update: what I am called. */
#include "club/entry.h"
#include "club/fold.h"
#include "club/person.h"
#include "club/profile.h"

struct profile_update {
    const char *name;
};
static const struct field profile_update_in[] = {
    FIELD_LINE(struct profile_update, name, 1, LIMIT_NAME_CHARS, "Name"),
    FIELD_END,
};

SQL(name_person, "UPDATE person SET name = ?2, folded = ?3 WHERE id = ?1 AND name IS NOT ?2");

static enum err profile_update_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct profile_update *asked = in;
    const char *name = person_name(tx, asked->name);
    db_run(tx->db, &name_person, tx->actor.person, name, fold(name, tx->arena));
    if (db_changed(tx->db)) {
        person_note(tx, &person_changed_fact, tx->actor.person);
        profile_note(tx, tx->actor.person);
        entry_changed(tx, ENTRY_PERSON, tx->actor.person);
    }
    return ERR_NONE;
}

static const struct fact *const facts[] = {&person_changed_fact, &profile_changed_fact, NULL};

const struct command profile_update_command = {
    .name = "profile.update",
    .doc = "Change my name, wherever it is or was shown.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = profile_update_in,
    .in_bytes = sizeof(struct profile_update),
    .out = no_fields,
    .facts = facts,
    .run = profile_update_run,
};
