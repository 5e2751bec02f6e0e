/* member.invite, invitation.resend, invitation.revoke, invitation.list: what an animateur does to
 * let people into their Club. */
#include "club/invitation.h"
#include "club/member.h"
#include "club/person.h"
#include "club/town.h"

/* The answer: the link, to be copied, and its end. */
struct invitation_link {
    int64_t invitation;
    const char *link;
    int64_t expires_at;
};
static const struct field invitation_link_fields[] = {
    FIELD_ID(struct invitation_link, invitation, "Invitation"),
    FIELD_LINE(struct invitation_link, link, 1, LIMIT_QUERY_CHARS, "Link, shown only now"),
    FIELD_TIME(struct invitation_link, expires_at, "When it ends"),
    FIELD_END,
};

/* --- member.invite ---------------------------------------------------------------------------- */

struct member_invite {
    int64_t club, channel;
    const char *email, *name;
    int role;
    int64_t town;
    const char *organisation;
};
static const struct field member_invite_in[] = {
    FIELD_ID(struct member_invite, club, "Club"),
    FIELD_ID_OPT(struct member_invite, channel, "One channel of it; absent: the whole Club"),
    FIELD_LINE(struct member_invite, email, 1, LIMIT_EMAIL_CHARS, "Whom: e-mail address"),
    FIELD_LINE(struct member_invite, name, 1, LIMIT_NAME_CHARS, "Whom: name"),
    FIELD_CHOICE(struct member_invite, role, &role_choice, "Role"),
    FIELD_ID_OPT(struct member_invite, town, "Town, of a chef de projet"),
    FIELD_LINE_OPT(struct member_invite, organisation, 1, LIMIT_NAME_CHARS,
                   "Organisation, of an élu, partenaire or lecteur"),
    FIELD_END,
};

static enum err check_channel(struct tx *tx, const struct member_invite *asked)
{
    struct channel channel;
    if (!asked->channel) {
        return ERR_NONE;
    }
    if (!channel_find(tx, asked->channel, &channel) || channel.club != asked->club ||
        !(may_in_channel(tx, &channel) & (CAN_READ | CAN_ENTER))) {
        return tx_fail(tx, ERR_NOT_FOUND, "channel", NULL);
    }
    if (channel.archived) {
        return tx_fail(tx, ERR_ARCHIVED, "channel", NULL);
    }
    if (asked->role == ROLE_CHEF_DE_PROJET || asked->role == ROLE_ANIMATEUR) {
        return tx_fail(tx, ERR_CONFLICT, "role",
                       PHRASE("ce rôle vaut pour tout le Club", "this role is for the whole Club"));
    }
    return ERR_NONE;
}

static enum err check_town(struct tx *tx, const struct member_invite *asked)
{
    struct town town;
    if (asked->role != ROLE_CHEF_DE_PROJET) {
        return asked->town ? tx_fail(tx, ERR_CONFLICT, "town",
                                     PHRASE("seul un chef de projet a une petite ville",
                                            "only a chef de projet has a town"))
                           : ERR_NONE;
    }
    if (!asked->town) {
        return tx_fail(tx, ERR_MISSING, "town", NULL);
    }
    bool fits = town_find(tx, asked->town, &town) &&
                (tx->club.national || town_is_of_club(tx, asked->town, asked->club));
    return fits ? ERR_NONE : tx_fail(tx, ERR_NOT_FOUND, "town", NULL);
}

static enum err member_invite_run(struct tx *tx, const void *in, void *out)
{
    const struct member_invite *asked = in;
    struct invitation_link *made = out;
    struct invitation invitation = {
        .club = asked->club,
        .channel = asked->channel,
        .email = person_email(tx, asked->email),
        .name = person_name(tx, asked->name),
        .role = asked->role,
        .town = asked->town,
        .organisation = asked->organisation ? person_name(tx, asked->organisation) : NULL,
    };
    enum err err = invitation.email ? check_channel(tx, asked) : ERR_EMAIL;
    if (err == ERR_EMAIL) {
        return tx_fail(tx, ERR_EMAIL, "email", NULL);
    }
    err = err ? err : check_town(tx, asked);
    err = err ? err : invitation_check(tx, &invitation);
    if (!err) {
        made->link = invitation_send(tx, &invitation);
        made->invitation = invitation.id;
        made->expires_at = invitation.expires_at;
    }
    return err;
}

const struct command member_invite_command = {
    .name = "member.invite",
    .doc = "Invite somebody into a Club or one channel of it, by a link that is mailed and shown.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = member_invite_in,
    .in_bytes = sizeof(struct member_invite),
    .out = invitation_link_fields,
    .out_bytes = sizeof(struct invitation_link),
    .run = member_invite_run,
};

/* --- invitation.resend, invitation.revoke ----------------------------------------------------- */

struct invitation_one {
    int64_t invitation;
};
static const struct field invitation_one_in[] = {
    FIELD_ID(struct invitation_one, invitation, "Invitation not answered yet"),
    FIELD_END,
};

static enum err invitation_resend_run(struct tx *tx, const void *in, void *out)
{
    const struct invitation_one *asked = in;
    struct invitation_link *made = out;
    struct invitation invitation;
    if (!invitation_find(tx, asked->invitation, &invitation)) {
        return tx_fail(tx, ERR_NOT_FOUND, "invitation", NULL);
    }
    made->invitation = invitation.id;
    made->link = invitation_renew(tx, &invitation);
    made->expires_at = invitation.expires_at;
    return ERR_NONE;
}

const struct command invitation_resend_command = {
    .name = "invitation.resend",
    .doc = "Send an invitation again with another link; the one before no longer serves.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_INVITATION_MANAGE,
    .in = invitation_one_in,
    .in_bytes = sizeof(struct invitation_one),
    .out = invitation_link_fields,
    .out_bytes = sizeof(struct invitation_link),
    .run = invitation_resend_run,
};

static enum err invitation_revoke_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct invitation_one *asked = in;
    struct invitation invitation;
    if (!invitation_find(tx, asked->invitation, &invitation)) {
        return tx_fail(tx, ERR_NOT_FOUND, "invitation", NULL);
    }
    invitation_revoke(tx, invitation.id);
    return ERR_NONE;
}

const struct command invitation_revoke_command = {
    .name = "invitation.revoke",
    .doc = "Take an invitation back: its link no longer serves.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_INVITATION_MANAGE,
    .in = invitation_one_in,
    .in_bytes = sizeof(struct invitation_one),
    .out = no_fields,
    .run = invitation_revoke_run,
};

/* --- invitation.list -------------------------------------------------------------------------- */

struct invitation_shown {
    int64_t id;
    const char *email, *name;
    int role;
    const char *label, *channel_name, *invited_by;
    int64_t channel, created_at, expires_at;
    bool expired;
};
static const struct field invitation_shown_fields[] = {
    FIELD_ID(struct invitation_shown, id, "Invitation"),
    FIELD_LINE(struct invitation_shown, email, 1, LIMIT_EMAIL_CHARS, "Whom: e-mail address"),
    FIELD_LINE(struct invitation_shown, name, 1, LIMIT_NAME_CHARS, "Whom: name"),
    FIELD_CHOICE(struct invitation_shown, role, &role_choice, "Role it gives"),
    FIELD_LINE(struct invitation_shown, label, 1, LIMIT_LABEL_CHARS, "Function it gives"),
    FIELD_ID_OPT(struct invitation_shown, channel, "The one channel it is for"),
    FIELD_LINE_OPT(struct invitation_shown, channel_name, 0, LIMIT_NAME_CHARS, "Its name"),
    FIELD_LINE_OPT(struct invitation_shown, invited_by, 0, LIMIT_NAME_CHARS, "Who invites"),
    FIELD_TIME(struct invitation_shown, created_at, "When it was made"),
    FIELD_TIME(struct invitation_shown, expires_at, "When its link ends"),
    FIELD_BOOL_OPT(struct invitation_shown, expired, "Its link has ended; it can be sent again"),
    FIELD_END,
};

struct invitation_list {
    int64_t club;
};
static const struct field invitation_list_in[] = {
    FIELD_ID(struct invitation_list, club, "Club"),
    FIELD_END,
};
struct invitation_page {
    struct list invitations;
};
static const struct field invitation_list_out[] = {
    FIELD_LIST(struct invitation_page, invitations, invitation_shown, invitation_shown_fields, 0,
               LIMIT_INVITATIONS_PER_CLUB, "Those not answered yet, the latest first"),
    FIELD_END,
};

SQL(open_ids, "SELECT id FROM invitation WHERE club = ?1 AND state = 'open'"
              " ORDER BY created_at DESC, id DESC LIMIT ?2");

/* Those into private channels are for those who may see the channel. */
static bool show(struct tx *tx, int64_t id, struct invitation_shown *out)
{
    struct invitation found;
    struct channel channel = {0};
    struct account by = {0};
    if (!invitation_find(tx, id, &found)) {
        return false;
    }
    if (found.channel && (!channel_find(tx, found.channel, &channel) ||
                          !(may_in_channel(tx, &channel) & (CAN_READ | CAN_ENTER)))) {
        return false;
    }
    account_find(tx, found.invited_by, &by);
    *out = (struct invitation_shown){
        .id = found.id,
        .email = found.email,
        .name = found.name,
        .role = found.role,
        .label = invitation_label(tx, &found),
        .channel = found.channel,
        .channel_name = channel.name,
        .invited_by = by.name,
        .created_at = found.created_at,
        .expires_at = found.expires_at,
        .expired = found.expires_at <= tx->now_ms,
    };
    return true;
}

static enum err invitation_list_run(struct tx *tx, const void *in, void *out)
{
    const struct invitation_list *asked = in;
    struct invitation_page *page = out;
    struct {
        int64_t *items;
        size_t count, capacity;
    } ids = {0};
    struct rows rows = db_select(tx->db, &open_ids, asked->club, LIMIT_INVITATIONS_PER_CLUB);
    while (rows_next(&rows)) {
        ARENA_PUSH(tx->arena, &ids, rows_int(&rows, 0));
    }
    struct invitation_shown *shown = ARENA_ARRAY(tx->arena, struct invitation_shown, ids.count);
    size_t count = 0;
    for (size_t i = 0; i < ids.count; i++) {
        count += show(tx, ids.items[i], &shown[count]);
    }
    page->invitations = (struct list){shown, count};
    return ERR_NONE;
}

const struct command invitation_list_command = {
    .name = "invitation.list",
    .doc = "Invitations of a Club that wait for an answer.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = invitation_list_in,
    .in_bytes = sizeof(struct invitation_list),
    .out = invitation_list_out,
    .out_bytes = sizeof(struct invitation_page),
    .run = invitation_list_run,
};
