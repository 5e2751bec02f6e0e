#include "club/club_card.h"

#include "base/str.h"
#include "club/audience.h"
#include "club/ids.h"
#include "store/journal.h"

const struct field card_person_fields[] = {
    FIELD_LINE(struct card_person, name, 1, LIMIT_NAME_CHARS, "Name"),
    FIELD_LINE_OPT(struct card_person, label, 0, LIMIT_LABEL_CHARS, "Function"),
    FIELD_LINE_OPT(struct card_person, phone, 0, LIMIT_PHONE_CHARS, "Telephone"),
    FIELD_LINE_OPT(struct card_person, email, 0, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_END,
};
const struct field club_card_fields[] = {
    FIELD_ID(struct club_card, club, "Club"),
    FIELD_LINE_OPT(struct club_card, service, 1, LIMIT_TITLE_CHARS,
                   "Service that runs the Club; absent: there is no card yet"),
    FIELD_TEXT_OPT(struct club_card, address, 1, LIMIT_PLACE_CHARS, "Postal address, in lines"),
    FIELD_LINE_OPT(struct club_card, phone, 1, LIMIT_PHONE_CHARS, "Telephone"),
    FIELD_LINE_OPT(struct club_card, email, 1, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_LINE_OPT(struct club_card, hours, 1, LIMIT_HOURS_CHARS, "When it answers"),
    FIELD_LIST(struct club_card, people, card_person, card_person_fields, 0, LIMIT_CARD_PEOPLE,
               "Whom to ask for"),
    FIELD_TIME_OPT(struct club_card, changed_at, "When it was last written"),
    FIELD_END,
};

/* --- rows ------------------------------------------------------------------------------------- */

SQL(card, "SELECT service, nullif(address, ''), nullif(phone, ''), nullif(email, ''),"
          " nullif(hours, ''), changed_at FROM club_card WHERE club = ?1");
SQL(people, "SELECT name, nullif(label, ''), nullif(phone, ''), nullif(email, '')"
            " FROM club_card_person WHERE club = ?1 ORDER BY position");

void club_card_load(struct tx *tx, int64_t club, struct club_card *out)
{
    struct {
        struct card_person *items;
        size_t count, capacity;
    } found = {0};
    *out = (struct club_card){.club = club};
    struct rows rows = db_select(tx->db, &card, club);
    if (rows_next(&rows)) {
        out->service = rows_copy(&rows, 0, tx->arena);
        out->address = rows_copy(&rows, 1, tx->arena);
        out->phone = rows_copy(&rows, 2, tx->arena);
        out->email = rows_copy(&rows, 3, tx->arena);
        out->hours = rows_copy(&rows, 4, tx->arena);
        out->changed_at = rows_int(&rows, 5);
        rows_end(&rows);
    }
    for (rows = db_select(tx->db, &people, club); rows_next(&rows);) {
        struct card_person person = {
            .name = rows_copy(&rows, 0, tx->arena),
            .label = rows_copy(&rows, 1, tx->arena),
            .phone = rows_copy(&rows, 2, tx->arena),
            .email = rows_copy(&rows, 3, tx->arena),
        };
        ARENA_PUSH(tx->arena, &found, person);
    }
    out->people = (struct list){found.items, found.count};
}

#define NAMED " WHERE email = ?1 COLLATE NOCASE OR name = ?2 COLLATE NOCASE"
SQL(clubs_naming, "SELECT DISTINCT club FROM club_card_person" NAMED);
SQL(unname, "DELETE FROM club_card_person" NAMED);

void club_cards_erase(struct tx *tx, const struct account *account)
{
    struct ids clubs = {0};
    ids_read(tx, db_select(tx->db, &clubs_naming, account->email, account->name), &clubs);
    db_run(tx->db, &unname, account->email, account->name);
    for (size_t i = 0; i < clubs.count; i++) {
        fact_note(tx, &club_card_changed_fact, audience_club(clubs.items[i]), clubs.items[i]);
    }
}

/* --- the fact --------------------------------------------------------------------------------- */

struct club_card_changed {
    const struct club_card *card;
};
static const struct field changed_out[] = {
    FIELD_OBJECT(struct club_card_changed, card, club_card, club_card_fields, "The card, whole"),
    FIELD_END,
};

static bool changed_load(struct tx *tx, int64_t audience, int64_t entity, void *out)
{
    (void)audience;
    struct club_card *loaded = ARENA_NEW(tx->arena, struct club_card);
    club_card_load(tx, entity, loaded);
    ((struct club_card_changed *)out)->card = loaded;
    return true;
}

const struct fact club_card_changed_fact = {
    .name = "club.card_changed",
    .doc = "The contact card of a Club was written anew.",
    .out = changed_out,
    .out_bytes = sizeof(struct club_card_changed),
    .load = changed_load,
};

/* --- club.card_get ---------------------------------------------------------------------------- */

struct card_get {
    int64_t club;
};
static const struct field get_in[] = {
    FIELD_ID(struct card_get, club, "Club"),
    FIELD_END,
};
struct card_got {
    int64_t seq;
    const struct club_card *card;
};
static const struct field get_out[] = {
    FIELD_INT(struct card_got, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_OBJECT(struct card_got, card, club_card, club_card_fields, "The card"),
    FIELD_END,
};

static enum err get_run(struct tx *tx, const void *in, void *out_)
{
    struct card_got *out = out_;
    struct club_card *loaded = ARENA_NEW(tx->arena, struct club_card);
    club_card_load(tx, ((const struct card_get *)in)->club, loaded);
    out->card = loaded;
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command club_card_get_command = {
    .name = "club.card_get",
    .doc = "Contact card of the service that runs a Club.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_READ,
    .in = get_in,
    .in_bytes = sizeof(struct card_get),
    .out = get_out,
    .out_bytes = sizeof(struct card_got),
    .run = get_run,
};
