/* club.card_set: the contact card of a Club, written anew by who manages it. */
#include "base/str.h"
#include "club/audience.h"
#include "club/club_card.h"
#include "club/profile.h"

struct card_set {
    int64_t club;
    const char *service, *address, *phone, *email, *hours;
    struct list people;
};
static const struct field set_in[] = {
    FIELD_ID(struct card_set, club, "Club"),
    FIELD_LINE_OPT(struct card_set, service, 0, LIMIT_TITLE_CHARS,
                   "Service that runs the Club; absent, as all the rest: no card any more"),
    FIELD_TEXT_OPT(struct card_set, address, 0, LIMIT_PLACE_CHARS, "Postal address, in lines"),
    FIELD_LINE_OPT(struct card_set, phone, 0, LIMIT_PHONE_CHARS, "Telephone"),
    FIELD_LINE_OPT(struct card_set, email, 0, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_LINE_OPT(struct card_set, hours, 0, LIMIT_HOURS_CHARS, "When it answers"),
    FIELD_LIST_OPT(struct card_set, people, card_person, card_person_fields, 0, LIMIT_CARD_PEOPLE,
                   "Whom to ask for"),
    FIELD_END,
};

/* "" for nothing; tx_fail() where it is no number, or no address. */
static enum err read_reach(struct tx *tx, const char *phone, const char *email,
                           const char **phone_out, const char **email_out)
{
    *phone_out = phone_number(tx, phone);
    *email_out = str_is_blank(email) ? "" : person_email(tx, email);
    if (!*phone_out) {
        return tx_fail(tx, ERR_PHONE, "phone", NULL);
    }
    return *email_out ? ERR_NONE : tx_fail(tx, ERR_EMAIL, "email", NULL);
}

static const char *line_of(struct tx *tx, const char *typed)
{
    return str_is_blank(typed) ? "" : person_name(tx, typed);
}

SQL(drop_card, "DELETE FROM club_card WHERE club = ?1");
SQL(drop_people, "DELETE FROM club_card_person WHERE club = ?1");
SQL(keep_card, "INSERT INTO club_card (club, service, address, phone, email, hours, changed_at)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
SQL(keep_person, "INSERT INTO club_card_person (club, position, name, label, phone, email)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

static enum err keep_people(struct tx *tx, const struct card_set *in)
{
    const struct card_person *people = in->people.items;
    for (size_t i = 0; i < in->people.count; i++) {
        const char *phone, *email;
        enum err err = read_reach(tx, people[i].phone, people[i].email, &phone, &email);
        if (err) {
            return err;
        }
        db_run(tx->db, &keep_person, in->club, (int64_t)i, person_name(tx, people[i].name),
               line_of(tx, people[i].label), phone, email);
    }
    return ERR_NONE;
}

static bool is_nothing(const struct card_set *in)
{
    return str_is_blank(in->address) && str_is_blank(in->phone) && str_is_blank(in->email) &&
           str_is_blank(in->hours) && in->people.count == 0;
}

static enum err keep(struct tx *tx, const struct card_set *in)
{
    const char *phone, *email;
    if (str_is_blank(in->service)) {
        return is_nothing(in) ? ERR_NONE : tx_fail(tx, ERR_CARD_SERVICE, "service", NULL);
    }
    enum err err = read_reach(tx, in->phone, in->email, &phone, &email);
    if (err) {
        return err;
    }
    db_run(tx->db, &keep_card, in->club, line_of(tx, in->service),
           str_is_blank(in->address) ? "" : in->address, phone, email, line_of(tx, in->hours),
           tx->now_ms);
    return keep_people(tx, in);
}

static enum err set_run(struct tx *tx, const void *in_, void *out)
{
    (void)out;
    const struct card_set *in = in_;
    db_run(tx->db, &drop_people, in->club);
    db_run(tx->db, &drop_card, in->club);
    enum err err = keep(tx, in);
    if (err) {
        return err;
    }
    fact_note(tx, &club_card_changed_fact, audience_club(in->club), in->club);
    return ERR_NONE;
}

static const struct fact *const facts[] = {&club_card_changed_fact, NULL};

const struct command club_card_set_command = {
    .name = "club.card_set",
    .doc = "Write the contact card of a Club, all of it anew; with nothing in it, take it away.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = set_in,
    .in_bytes = sizeof(struct card_set),
    .out = no_fields,
    .facts = facts,
    .run = set_run,
};
