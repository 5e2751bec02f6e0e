/* profile.set: what I say of myself, and what of it I show. */
#include "base/str.h"
#include "club/entry.h"
#include "club/fold.h"
#include "club/ids.h"
#include "club/profile.h"

struct profile_set {
    const char *offer, *phone;
    struct list themes;
    uint32_t shows;
};
static const struct field set_in[] = {
    FIELD_TEXT_OPT(struct profile_set, offer, 0, LIMIT_OFFER_CHARS, "What I can help with"),
    FIELD_LINE_OPT(struct profile_set, phone, 0, LIMIT_PHONE_CHARS, "My telephone"),
    FIELD_IDS(struct profile_set, themes, 0, LIMIT_PROFILE_THEMES, "Themes I work on"),
    FIELD_WORDS(struct profile_set, shows, &shown_choice,
                "What people of my Clubs see; the rest nobody does"),
    FIELD_END,
};

SQL(unknown_theme, "SELECT 1 FROM json_each(?1) WHERE value NOT IN (SELECT id FROM theme) LIMIT 1");
SQL(keep, "INSERT INTO profile (person, offer, folded, phone, shows_offer, shows_themes,"
          " shows_email, shows_phone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
          " ON CONFLICT DO UPDATE SET offer = excluded.offer, folded = excluded.folded,"
          " phone = excluded.phone, shows_offer = excluded.shows_offer,"
          " shows_themes = excluded.shows_themes, shows_email = excluded.shows_email,"
          " shows_phone = excluded.shows_phone");
SQL(no_themes, "DELETE FROM profile_theme WHERE person = ?1");
SQL(add_themes, "INSERT INTO profile_theme (person, theme)"
                " SELECT DISTINCT ?1, value FROM json_each(?2)");

static enum err set_run(struct tx *tx, const void *in_, void *out)
{
    (void)out;
    const struct profile_set *in = in_;
    int64_t me = tx->actor.person;
    struct ids ids = {0};
    ids_add(tx, &in->themes, &ids);
    const char *themes = ids_json(tx, &ids), *phone = phone_number(tx, in->phone);
    const char *offer = str_is_blank(in->offer) ? "" : in->offer;
    if (!phone) {
        return tx_fail(tx, ERR_PHONE, "phone", NULL);
    }
    if (db_int(tx->db, &unknown_theme, 0, themes)) {
        return tx_fail(tx, ERR_NOT_FOUND, "themes", NULL);
    }
    db_run(tx->db, &keep, me, offer, fold(offer, tx->arena), phone, (in->shows & SHOWN_OFFER) != 0,
           (in->shows & SHOWN_THEMES) != 0, (in->shows & SHOWN_EMAIL) != 0,
           (in->shows & SHOWN_PHONE) != 0);
    db_run(tx->db, &no_themes, me);
    db_run(tx->db, &add_themes, me, themes);
    profile_note(tx, me);
    entry_changed(tx, ENTRY_PERSON, me);
    return ERR_NONE;
}

static const struct fact *const facts[] = {&profile_changed_fact, NULL};

const struct command profile_set_command = {
    .name = "profile.set",
    .doc = "What I say of myself, all of it anew, and what of it people of my Clubs see.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = set_in,
    .in_bytes = sizeof(struct profile_set),
    .out = no_fields,
    .facts = facts,
    .run = set_run,
};
