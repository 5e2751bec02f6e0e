/* Keeping a person out for a while, and letting them back: person.suspend, person.return. */
#include "club/entry.h"
#include "club/member.h"
#include "club/person.h"

static const struct fact *const facts[] = {MEMBER_FACTS, NULL};

/* --- person.suspend, person.return ------------------------------------------------------------ */

struct person_suspend {
    int64_t person, until;
};
static const struct field person_suspend_in[] = {
    FIELD_ID(struct person_suspend, person, "Person"),
    FIELD_TIME_OPT(struct person_suspend, until,
                   "When they come back; absent: until person.return"),
    FIELD_END,
};

SQL(suspend, "UPDATE person SET state = 'suspended', suspended_until = ?2 WHERE id = ?1");

static enum err person_suspend_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct person_suspend *asked = in;
    struct account account;
    if (!account_find(tx, asked->person, &account) || account.state == PERSON_ERASED) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    if (asked->person == tx->actor.person) { /* so at least one administrator always remains */
        return tx_fail(tx, ERR_CONFLICT, "person",
                       PHRASE("on ne se suspend pas soi-même", "nobody suspends themselves"));
    }
    if (asked->until && asked->until <= tx->now_ms) {
        return tx_fail(tx, ERR_CONFLICT, "until",
                       PHRASE("cette date est passée", "this date is past"));
    }
    rights_touch(tx, asked->person);
    db_run(tx->db, &suspend, asked->person, db_id(asked->until));
    due_set(tx, &person_return_command, asked->person, asked->until ? asked->until : INT64_MAX);
    sockets_close(tx, asked->person, 0);
    member_note_all(tx, asked->person);
    entry_changed(tx, ENTRY_PERSON, asked->person);
    return ERR_NONE;
}

const struct command person_suspend_command = {
    .name = "person.suspend",
    .doc =
        "Keep a person out, for a time or until person.return: their live sockets are closed, and "
        "nothing of theirs is lost.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = person_suspend_in,
    .in_bytes = sizeof(struct person_suspend),
    .out = no_fields,
    .facts = facts,
    .run = person_suspend_run,
};

struct person_return {
    int64_t person;
};
static const struct field person_return_in[] = {
    FIELD_ID(struct person_return, person, "Suspended person"),
    FIELD_END,
};

SQL(let_back, "UPDATE person SET state = 'active', suspended_until = NULL WHERE id = ?1"
              " AND state = 'suspended'");

static enum err person_return_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct person_return *asked = in;
    rights_touch(tx, asked->person);
    db_run(tx->db, &let_back, asked->person);
    if (db_changed(tx->db) == 0) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    due_set(tx, &person_return_command, asked->person, INT64_MAX);
    member_note_all(tx, asked->person);
    entry_changed(tx, ENTRY_PERSON, asked->person);
    return ERR_NONE;
}

const struct command person_return_command = {
    .name = "person.return",
    .doc = "Let a suspended person back in, with all they had.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = person_return_in,
    .in_bytes = sizeof(struct person_return),
    .out = no_fields,
    .facts = facts,
    .run = person_return_run,
};
