/* Erasing a person (law 6): person.erase, and erasure.replay after a restore.
 *
 * Their row stays without name or address, so that what others wrote around them keeps its sense:
 * the places of their messages, their reactions, mentions of them. Posts go on without them. */
#include "base/str.h"
#include "club/club_card.h"
#include "club/entry.h"
#include "club/file.h"
#include "club/ids.h"
#include "club/member.h"
#include "club/message.h"
#include "club/person.h"
#include "club/profile.h"
#include "club/registration.h"
#include "club/resource_delete.h"
#include "club/saved.h"
#include "club/session.h"
#include "club/store_clean.h"
#include "club/tenure.h"
#include "club/thread.h"
#include "club/unread.h"
#include "store/ledger.h"

static const char *const messages_words[] = {"keep", "remove", NULL};
static const struct choice messages_choice = {"ErasedMessages", messages_words};
enum { MESSAGES_KEEP, MESSAGES_REMOVE };

/* --- the fact --------------------------------------------------------------------------------- */

struct person_erased {
    int64_t person;
};
static const struct field person_erased_out[] = {
    FIELD_ID(struct person_erased, person, "Who has no name any more, and is author of nothing"),
    FIELD_END,
};

static bool person_erased_load(struct tx *tx, int64_t audience, int64_t entity, void *out)
{
    (void)tx, (void)audience;
    ((struct person_erased *)out)->person = entity;
    return true;
}

static const struct fact person_erased_fact = {
    .name = "person.erased",
    .doc = "A person was erased: take their name off, and them off the messages they wrote.",
    .out = person_erased_out,
    .out_bytes = sizeof(struct person_erased),
    .load = person_erased_load,
};

static const struct fact *const facts[] = {
    MEMBER_FACTS,         &person_erased_fact,     &profile_changed_fact,
    MESSAGE_REMOVE_FACTS, &event_changed_fact,     &registration_changed_fact,
    &notice_added_fact,   &club_card_changed_fact, NULL};

/* --- erasing ---------------------------------------------------------------------------------- */

SQL(living_messages, "SELECT id FROM message WHERE author = ?1 AND deleted_at IS NULL ORDER BY id");
SQL(own_memberships, "SELECT id FROM membership WHERE person = ?1 AND active = 1");

static void remove_messages(struct tx *tx, int64_t person)
{
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &living_messages, person), &ids);
    for (size_t i = 0; i < ids.count; i++) {
        struct message_head message;
        if (message_find(tx, ids.items[i], &message)) {
            message_remove(tx, &message);
        }
    }
}

static void end_memberships(struct tx *tx, int64_t person)
{
    struct ids ids = {0};
    tenure_end_all(tx, person);
    ids_read(tx, db_select(tx->db, &own_memberships, person), &ids);
    for (size_t i = 0; i < ids.count; i++) {
        struct membership membership;
        if (membership_find(tx, ids.items[i], &membership)) {
            membership_stop(tx, &membership);
            member_note(tx, person, membership.club, membership.channel);
        }
    }
}

/* What is theirs alone: files in a place follow it, a message that stays keeps its own. Direct
 * conversations keep their people: the others must know with whom. */
SQL(drop_drafts, "DELETE FROM draft WHERE person = ?1");
SQL(drop_saved, "DELETE FROM saved WHERE person = ?1");
SQL(drop_reading, "DELETE FROM reading WHERE person = ?1");
SQL(drop_following, "DELETE FROM following WHERE person = ?1");
SQL(drop_levels, "DELETE FROM notification WHERE person = ?1");
SQL(drop_marks, "DELETE FROM mark WHERE person = ?1");
/* They lie in the order of time, so all are looked at: 60 ms of CPU for a million (ADR 17). */
SQL(drop_nonces, "DELETE FROM nonce WHERE person = ?1");
SQL(drop_resets, "DELETE FROM reset WHERE person = ?1");
SQL(drop_chosen, "DELETE FROM channel_member WHERE person = ?1"
                 " AND channel IN (SELECT id FROM channel WHERE kind IN ('private', 'event'))");
SQL(drop_mail, "DELETE FROM mail WHERE person = ?1 OR recipient = ?2 COLLATE NOCASE");
SQL(drop_invitations, "DELETE FROM invitation WHERE email = ?1");
SQL(forget_inviter, "UPDATE invitation SET invited_by = NULL WHERE invited_by = ?1");
SQL(forget_pinner, "UPDATE pin SET person = NULL WHERE person = ?1");
SQL(forget_bringer, "UPDATE file SET person = NULL WHERE person = ?1");
SQL(forget_author, "UPDATE message SET author = NULL WHERE author = ?1");
SQL(forget_person, "UPDATE person SET email = NULL, name = NULL, folded = '', password = NULL,"
                   " administrator = 0, state = 'erased', suspended_until = NULL WHERE id = ?1");

static void drop_own(struct tx *tx, const struct account *account)
{
    static const struct sql *const by_person[] = {
        &drop_drafts,   &drop_saved,    &drop_reading,   &drop_following, &drop_levels,
        &drop_marks,    &drop_nonces,   &drop_resets,    &drop_chosen,    &forget_inviter,
        &forget_pinner, &forget_author, &forget_bringer,
    };
    files_drop_unplaced(tx, account->id);
    for (size_t i = 0; i < sizeof by_person / sizeof *by_person; i++) {
        db_run(tx->db, by_person[i], account->id);
    }
    db_run(tx->db, &drop_mail, account->id, account->email);
    db_run(tx->db, &drop_invitations, account->email);
    session_end_all(tx, account->id, 0, SESSION_BROWSERS_AND_TOKENS);
    due_set(tx, &person_return_command, account->id, INT64_MAX);
    db_run(tx->db, &forget_person, account->id);
}

/* All in this transaction; the ledger last, when nothing else can refuse. */
static enum err erase(struct tx *tx, const struct account *account, int messages)
{
    rights_touch(tx, account->id);
    person_note(tx, &person_erased_fact, account->id); /* while it is known where they are shown */
    if (messages == MESSAGES_REMOVE) {
        remove_messages(tx, account->id);
    }
    end_memberships(tx, account->id);
    registrations_erase(tx, account->id);
    profile_erase(tx, account->id);
    profile_note(tx, account->id);
    club_cards_erase(tx, account);
    resources_erase(tx, account->id);
    sockets_close(tx, account->id, 0);
    drop_own(tx, account);
    entry_changed(tx, ENTRY_PERSON, account->id);
    store_clean_soon(tx);
    enum err err = db_error(tx->db);
    err = err ? err
              : ledger_append(tx->ledger_path,
                              &(struct ledger_entry){tx->now_ms, "person", account->id,
                                                     messages_words[messages]});
    return err ? tx_fail(tx, err, NULL, NULL) : ERR_NONE;
}

static enum err find(struct tx *tx, int64_t person, struct account *out)
{
    if (!account_find(tx, person, out) || out->state == PERSON_ERASED) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    return ERR_NONE;
}

/* --- person.erase ----------------------------------------------------------------------------- */

struct person_erase {
    int64_t person;
    int messages;
};
static const struct field person_erase_in[] = {
    FIELD_ID(struct person_erase, person, "Person"),
    FIELD_CHOICE(struct person_erase, messages, &messages_choice,
                 "Their messages keep their place without name, or go"),
    FIELD_END,
};

static enum err person_erase_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct person_erase *asked = in;
    struct account account;
    enum err err = find(tx, asked->person, &account);
    if (!err && account.id == tx->actor.person) { /* so an administrator always remains */
        return tx_fail(
            tx, ERR_CONFLICT, "person",
            PHRASE("demandez-le à un autre administrateur", "ask another administrator for that"));
    }
    return err ? err : erase(tx, &account, asked->messages);
}

const struct command person_erase_command = {
    .name = "person.erase",
    .doc = "Erase a person: name, address, sessions, drafts, unsent mail, and with \"remove\" all "
           "they "
           "wrote. It cannot be undone, and is done again after a restore.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = person_erase_in,
    .in_bytes = sizeof(struct person_erase),
    .out = no_fields,
    .facts = facts,
    .run = person_erase_run,
};

/* --- erasure.replay --------------------------------------------------------------------------- */

static const char *const kind_words[] = {"message", "person", NULL};
static const struct choice kind_choice = {"ErasureKind", kind_words};
enum { KIND_MESSAGE, KIND_PERSON };

struct erasure_replay {
    int64_t id;
    int kind, messages;
    int64_t at;
};
static const struct field erasure_replay_in[] = {
    FIELD_ID(struct erasure_replay, id, "Message or person"),
    FIELD_CHOICE(struct erasure_replay, kind, &kind_choice, "Which of the two"),
    FIELD_CHOICE_OPT(struct erasure_replay, messages, &messages_choice, "As in person.erase"),
    FIELD_TIME(struct erasure_replay, at, "When it was erased"),
    FIELD_END,
};

SQL(message_was_there, "SELECT 1 FROM message WHERE id = ?1 AND at <= ?2 AND deleted_at IS NULL");
SQL(person_was_there, "SELECT 1 FROM person WHERE id = ?1 AND created_at <= ?2");

/* After a restore numbers are given again: what is younger than the entry is not what it is about.
 */
static enum err erasure_replay_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct erasure_replay *asked = in;
    int64_t until_ms = asked->at + MS_PER_SECOND; /* the ledger counts in seconds */
    struct account account;
    struct message_head message;
    if (asked->kind == KIND_PERSON && db_int(tx->db, &person_was_there, 0, asked->id, until_ms) &&
        account_find(tx, asked->id, &account) && account.state != PERSON_ERASED) {
        return erase(tx, &account, asked->messages);
    }
    if (asked->kind == KIND_MESSAGE && db_int(tx->db, &message_was_there, 0, asked->id, until_ms) &&
        message_find(tx, asked->id, &message)) {
        message_remove(tx, &message);
        store_clean_soon(tx);
    }
    return ERR_NONE;
}

const struct command erasure_replay_command = {
    .name = "erasure.replay",
    .doc = "Do again, after a restore, what the ledger of erasures says.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = erasure_replay_in,
    .in_bytes = sizeof(struct erasure_replay),
    .out = no_fields,
    .facts = facts,
    .operator_only = true,
    .run = erasure_replay_run,
};
