#include "club/invitation.h"

#include "base/str.h"
#include "club/mail.h"
#include "club/member.h"
#include "club/person.h"
#include "club/secret.h"
#include "club/tenure.h"
#include "club/town.h"

extern const struct command invitation_forget_command;

enum { FORGET_DAYS = 30 }; /* after its end; then its address is nobody's business */

/* --- rows ------------------------------------------------------------------------------------- */

#define INVITATION                                                                                 \
    "SELECT id, club, channel, email, name, role, town, organisation, invited_by, created_at,"     \
    " expires_at FROM invitation WHERE state = 'open' AND "
SQL(of_hash, INVITATION "hash = ?1 AND expires_at > ?2");
SQL(of_id, INVITATION "id = ?1");

static bool read_invitation(struct tx *tx, struct rows rows, struct invitation *out)
{
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct invitation){
        .id = rows_int(&rows, 0),
        .club = rows_int(&rows, 1),
        .channel = rows_int(&rows, 2),
        .email = rows_copy(&rows, 3, tx->arena),
        .name = rows_copy(&rows, 4, tx->arena),
        .role = role_of(rows_text(&rows, 5)),
        .town = rows_int(&rows, 6),
        .organisation = rows_copy(&rows, 7, tx->arena),
        .invited_by = rows_int(&rows, 8),
        .created_at = rows_int(&rows, 9),
        .expires_at = rows_int(&rows, 10),
    };
    rows_end(&rows);
    return true;
}

bool invitation_by_token(struct tx *tx, const char *token, struct invitation *out)
{
    uint8_t hash[32];
    if (!secret_has_form(token, SECRET_INVITATION)) {
        return false;
    }
    secret_hash(token, hash);
    return read_invitation(tx, db_select(tx->db, &of_hash, db_blob(hash, sizeof hash), tx->now_ms),
                           out);
}

bool invitation_find(struct tx *tx, int64_t id, struct invitation *out)
{
    return read_invitation(tx, db_select(tx->db, &of_id, id), out);
}

/* --- sending ---------------------------------------------------------------------------------- */

const char *invitation_label(struct tx *tx, const struct invitation *invitation)
{
    struct town town;
    struct club club;
    if (invitation->role == ROLE_CHEF_DE_PROJET && town_find(tx, invitation->town, &town)) {
        return member_label(tx, invitation->role, town.name);
    }
    if (invitation->role == ROLE_ANIMATEUR && club_find(tx, invitation->club, &club)) {
        return member_label(tx, invitation->role, club.name);
    }
    return member_label(tx, invitation->role, invitation->organisation);
}

static void write_letter(struct tx *tx, const struct invitation *invitation, const char *link)
{
    struct club club;
    struct account by = {0};
    club_find(tx, invitation->club, &club);
    bool somebody = account_find(tx, invitation->invited_by, &by) && by.name;
    const char *place = arena_printf(tx->arena, "%s vous invite à rejoindre le %s, comme : %s.",
                                     somebody ? by.name : "L'équipe du Club", club.name,
                                     invitation_label(tx, invitation));
    mail_write(tx, 0, invitation->email,
               &(struct letter){
                   .subject = arena_printf(tx->arena, "Invitation : %s", club.name),
                   .paragraphs = {arena_printf(tx->arena, "Bonjour %s,", invitation->name), place,
                                  "Le Club est le lieu où les petites villes de demain échangent "
                                  "entre elles et avec leurs partenaires."},
                   .action = "Accepter l'invitation",
                   .link = link,
                   .after = {"Ce lien est pour vous, sert une seule fois et reste valable quatorze "
                             "jours.",
                             "Si vous ne connaissez pas ce Club, ignorez ce message."},
               });
}

SQL(open_link, "UPDATE invitation SET hash = ?2, expires_at = ?3 WHERE id = ?1");
_Static_assert(LIMIT_INVITATION_DAYS == 14, "as the letter says");

const char *invitation_renew(struct tx *tx, struct invitation *invitation)
{
    struct secret secret = secret_draw(SECRET_INVITATION, tx->arena);
    /* After the #: it reaches neither the logs of a server nor another site. */
    const char *link = arena_printf(tx->arena, "%s/invitation#%s", tx->public_url, secret.text);
    invitation->expires_at = tx->now_ms + LIMIT_INVITATION_DAYS * MS_PER_DAY;
    db_run(tx->db, &open_link, invitation->id, db_blob(secret.hash, sizeof secret.hash),
           invitation->expires_at);
    due_set(tx, &invitation_forget_command, invitation->id,
            invitation->expires_at + FORGET_DAYS * MS_PER_DAY);
    write_letter(tx, invitation, link);
    return link;
}

/* Somebody may be invited to the posts of several towns. */
SQL(replace, "UPDATE invitation SET state = 'revoked', hash = NULL WHERE state = 'open'"
             " AND club = ?1 AND channel IS ?2 AND email = ?3 AND (town IS NULL OR town IS ?4)");
SQL(insert_invitation,
    "INSERT INTO invitation (club, channel, email, name, role, town, organisation, invited_by,"
    " created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)");

const char *invitation_send(struct tx *tx, struct invitation *invitation)
{
    const struct invitation *i = invitation;
    db_run(tx->db, &replace, i->club, db_id(i->channel), i->email, db_id(i->town));
    db_run(tx->db, &insert_invitation, i->club, db_id(i->channel), i->email, i->name,
           role_word(i->role), db_id(i->town), i->organisation, db_id(tx->actor.person),
           tx->now_ms);
    invitation->id = db_last_id(tx->db);
    invitation->invited_by = tx->actor.person;
    invitation->created_at = tx->now_ms;
    return invitation_renew(tx, invitation);
}

SQL(revoke, "UPDATE invitation SET state = 'revoked', hash = NULL WHERE id = ?1");

void invitation_revoke(struct tx *tx, int64_t id)
{
    db_run(tx->db, &revoke, id);
}

/* --- is it of use? ---------------------------------------------------------------------------- */

/* A guest of one channel gains nothing where the whole Club is open to them. */
SQL(is_there, "SELECT 1 FROM membership WHERE person = ?1 AND club = ?2 AND active = 1"
              " AND ((channel IS NULL AND (role = ?4 OR ?3 IS NOT NULL)) OR channel = ?3)");

bool invitation_is_given(struct tx *tx, const struct invitation *invitation, int64_t person)
{
    if (invitation->role == ROLE_CHEF_DE_PROJET || invitation->role == ROLE_ANIMATEUR) {
        return post_is_held_by(tx, post_find(tx, invitation->town, invitation->club), person);
    }
    return db_int(tx->db, &is_there, 0, person, invitation->club, db_id(invitation->channel),
                  role_word(invitation->role)) != 0;
}

SQL(count_open, "SELECT count(*) FROM invitation WHERE club = ?1 AND state = 'open'"
                " AND expires_at > ?2");

enum err invitation_check(struct tx *tx, const struct invitation *invitation)
{
    struct account account;
    if (account_by_email(tx, invitation->email, &account) &&
        invitation_is_given(tx, invitation, account.id)) {
        return tx_fail(tx, ERR_EXISTS, "email", NULL);
    }
    if (db_int(tx->db, &count_open, 0, invitation->club, tx->now_ms) >=
        LIMIT_INVITATIONS_PER_CLUB) {
        return tx_fail(tx, ERR_FULL, NULL,
                       PHRASE("trop d'invitations attendent une réponse dans ce Club",
                              "too many invitations of this Club wait for an answer"));
    }
    return ERR_NONE;
}

SQL(same_open, "SELECT 1 FROM invitation WHERE state = 'open' AND expires_at > ?6 AND club = ?1"
               " AND channel IS ?2 AND email = ?3 AND role = ?4 AND town IS ?5");

bool invitation_is_open(struct tx *tx, const struct invitation *invitation)
{
    return db_int(tx->db, &same_open, 0, invitation->club, db_id(invitation->channel),
                  invitation->email, role_word(invitation->role), db_id(invitation->town),
                  tx->now_ms) != 0;
}

/* --- keeping the promise ---------------------------------------------------------------------- */

static void give_post(struct tx *tx, const struct invitation *invitation, int64_t person)
{
    int64_t post = post_of(tx, invitation->town, invitation->club);
    if (!post_is_held_by(tx, post, person)) {
        tenure_start(tx, post, person, tx->now_ms, 0);
    }
}

static void give_membership(struct tx *tx, const struct invitation *invitation, int64_t person)
{
    if (invitation_is_given(tx, invitation, person)) {
        return;
    }
    membership_start(tx, &(struct membership){
                             .person = person,
                             .club = invitation->club,
                             .channel = invitation->channel,
                             .role = invitation->role,
                             .organisation_id = organisation_of(tx, invitation->organisation),
                             .label = invitation_label(tx, invitation),
                             .since = tx->now_ms,
                         });
    member_note(tx, person, invitation->club, invitation->channel);
}

SQL(close_same, "UPDATE invitation SET state = 'accepted', hash = NULL WHERE state = 'open'"
                " AND club = ?1 AND channel IS ?2 AND email = ?3 AND role = ?4 AND town IS ?5");

void invitation_give(struct tx *tx, const struct invitation *invitation, int64_t person)
{
    db_run(tx->db, &close_same, invitation->club, db_id(invitation->channel), invitation->email,
           role_word(invitation->role), db_id(invitation->town));
    if (invitation->role == ROLE_CHEF_DE_PROJET || invitation->role == ROLE_ANIMATEUR) {
        give_post(tx, invitation, person);
    } else {
        give_membership(tx, invitation, person);
    }
}

SQL(others, INVITATION "email = ?1 AND club = ?2 AND expires_at > ?3 ORDER BY id");

/* One link is enough for all that the Club promised this address: a chef de projet may have several
 * towns. What other Clubs promised needs their own link, which this one's animateur has not seen.
 */
void invitation_grant(struct tx *tx, const struct invitation *invitation, int64_t person)
{
    struct invitation next = *invitation;
    do {
        invitation_give(tx, &next, person);
    } while (read_invitation(
        tx, db_select(tx->db, &others, invitation->email, invitation->club, tx->now_ms), &next));
}

/* --- forgetting ------------------------------------------------------------------------------- */

struct invitation_forget {
    int64_t invitation;
};
static const struct field invitation_forget_in[] = {
    FIELD_ID(struct invitation_forget, invitation, "Invitation long over"),
    FIELD_END,
};

SQL(forget, "DELETE FROM invitation WHERE id = ?1");

static enum err invitation_forget_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct invitation_forget *asked = in;
    db_run(tx->db, &forget, asked->invitation);
    return ERR_NONE;
}

const struct command invitation_forget_command = {
    .name = "invitation.forget",
    .doc = "An invitation has been over for a month: its address is forgotten.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = invitation_forget_in,
    .in_bytes = sizeof(struct invitation_forget),
    .out = no_fields,
    .operator_only = true,
    .run = invitation_forget_run,
};
