/* profile.get: a person, as the one who asks may see them; profile.mine: what I wrote and show. */
#include "club/ids.h"
#include "club/person.h"
#include "club/profile.h"
#include "store/journal.h"

/* --- profile.get ------------------------------------------------------------------------------ */

static const char *const can_words[] = {"write", "edit", NULL};
static const struct choice profile_can_choice = {"ProfileCan", can_words};
enum { PROFILE_CAN_WRITE = 1 << 0, PROFILE_CAN_EDIT = 1 << 1 };

struct profile_get {
    int64_t person;
};
static const struct field get_in[] = {
    FIELD_ID(struct profile_get, person, "Person"),
    FIELD_END,
};
struct profile_got {
    int64_t seq;
    const struct profile *profile;
    uint32_t can;
};
static const struct field get_out[] = {
    FIELD_INT(struct profile_got, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_OBJECT(struct profile_got, profile, profile, profile_fields, "The person"),
    FIELD_WORDS(struct profile_got, can, &profile_can_choice,
                "write: begin a direct conversation; edit: it is one's own"),
    FIELD_END,
};

static enum err get_run(struct tx *tx, const void *in_, void *out_)
{
    const struct profile_get *in = in_;
    struct profile_got *out = out_;
    struct profile *profile = ARENA_NEW(tx->arena, struct profile);
    profile_load(tx, in->person, profile);
    out->profile = profile;
    if (tx->actor.person == in->person) {
        out->can = PROFILE_CAN_EDIT;
    } else if (people_share(tx, tx->actor.person, in->person)) {
        out->can = PROFILE_CAN_WRITE;
    }
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command profile_get_command = {
    .name = "profile.get",
    .doc = "A person: functions, themes, what they can help with, and how to reach them, as far as "
           "they show it to the one who asks. One's own comes as others see it.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON_SEE,
    .in = get_in,
    .in_bytes = sizeof(struct profile_get),
    .out = get_out,
    .out_bytes = sizeof(struct profile_got),
    .run = get_run,
};

/* --- profile.mine ----------------------------------------------------------------------------- */

struct profile_mine {
    int64_t seq;
    const char *offer, *phone, *email;
    struct list themes;
    uint32_t shows;
};
static const struct field mine_out[] = {
    FIELD_INT(struct profile_mine, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_TEXT(struct profile_mine, offer, 0, LIMIT_OFFER_CHARS, "What I can help with"),
    FIELD_LINE(struct profile_mine, phone, 0, LIMIT_PHONE_CHARS, "My telephone"),
    FIELD_LINE(struct profile_mine, email, 0, LIMIT_EMAIL_CHARS, "Address of my account"),
    FIELD_IDS(struct profile_mine, themes, 0, LIMIT_PROFILE_THEMES, "Themes I work on"),
    FIELD_WORDS(struct profile_mine, shows, &shown_choice, "What people of my Clubs see"),
    FIELD_END,
};

SQL(mine, "SELECT offer, phone, shows_offer, shows_themes, shows_email, shows_phone FROM profile"
          " WHERE person = ?1");
SQL(my_themes, "SELECT theme FROM profile_theme WHERE person = ?1 ORDER BY theme");

static enum err mine_run(struct tx *tx, const void *in, void *out_)
{
    struct profile_mine *out = out_;
    struct account account;
    struct ids themes = {0};
    (void)in;
    *out = (struct profile_mine){.offer = "", .phone = "", .shows = SHOWN_OFFER | SHOWN_THEMES};
    struct rows rows = db_select(tx->db, &mine, tx->actor.person);
    if (rows_next(&rows)) {
        out->offer = rows_copy(&rows, 0, tx->arena);
        out->phone = rows_copy(&rows, 1, tx->arena);
        out->shows = 0;
        for (int i = 0; shown_choice.words[i]; i++) {
            out->shows |= rows_int(&rows, 2 + i) ? UINT32_C(1) << i : 0;
        }
        rows_end(&rows);
    }
    ids_read(tx, db_select(tx->db, &my_themes, tx->actor.person), &themes);
    out->themes = (struct list){themes.items, themes.count};
    out->email = account_find(tx, tx->actor.person, &account) && account.email ? account.email : "";
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command profile_mine_command = {
    .name = "profile.mine",
    .doc = "What I wrote of myself and what of it I show, to change it.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = mine_out,
    .out_bytes = sizeof(struct profile_mine),
    .run = mine_run,
};
