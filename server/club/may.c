/* Who may do what. The rules, read from top to bottom:
 *
 * Reasons (access.c)
 *   suspended, erased   nothing at all, anywhere
 *   membership, active  whole Club: the Club, its open channels, the private ones they were chosen
 *                       for; one channel ("guest"): that channel and the Club's name, nothing else
 *   administrator       as a member of every Club with all an animateur may do; a private channel
 *                       only once chosen: until then it can be entered, which its members are told
 *   registered          has a seat at an event: its channel and the name of the Club that runs it,
 *                       as a guest
 *   event's channel     as a private one; animateurs of its Club read it too
 *   direct              those it was opened with; read-only once two of them share no Club,
 *                       channel or event
 *   operator            (command line, due work) everything that is about accounts, Clubs and
 *                       events, never what is said in a channel
 *
 * Flags, united over all reasons     read  react  write  moderate  manage  broadcast  enter
 *   animateur, administrator          x     x      x       x        x         x
 *   chef de projet, élu, partenaire   x     x      x
 *   lecteur                           x     x
 *   direct, registered                x     x      x
 *   direct, no longer shared          x
 *   administrator, private or event's channel                                           x
 *
 * Objects
 *   event               seen by whom EVENT_SEEN_BY says (event.h), managed by whom EVENT_RUN_BY
 *                       says; who sees it may register with a role that is asked for, held in a
 *                       Club it is announced to or its own (for the network: anywhere), or once
 *                       invited; by invitation only, once invited
 *   resource            seen by whom RESOURCE_SEEN_BY says (resource.h), kept by whom
 *                       RESOURCE_KEPT_BY says; edited by who keeps its shelf, and by its author
 *                       until it is accepted, as long as they may write there
 *   shelf               of a Club: seen by its members, written by whom RESOURCE_WRITTEN_BY says;
 *                       the national one is seen by all
 *   archived channel    may be read, entered, managed (to bring it back); all else is ERR_ARCHIVED;
 *                       an event's is heard no more
 *   posting=animateurs  the main stream is kept to those who manage, answers are free: may_post()
 *   deleted message     may be read (its place is left); all else is ERR_DELETED
 *   editing             its author, and who holds now the post it was written under; they need
 *                       `write`
 *   deleting            the same (here `read` is enough), and who moderates
 *   invitation,         who manages the Club it is about; a chef de projet's post is about the
 *   membership, tenure  departmental Clubs its town lies in
 *   person              to be seen (not suspended): who shares a Club, a channel or an event, and
 *                       administrators; to be changed: oneself and administrators, and to others no
 *                       person exists there
 *
 * What cannot be seen is ERR_NOT_FOUND, what is seen but not allowed ERR_FORBIDDEN. */
#include "club/may.h"

#include "base/str.h"
#include "club/access.h"
#include "club/channel.h"
#include "club/event.h"
#include "club/person.h"
#include "club/resource.h"
#include "store/memo.h"

static const char *const role_words[] = {"animateur",  "chef_de_projet", "elu",
                                         "partenaire", "lecteur",        NULL};
const struct choice role_choice = {"Role", role_words};

static const char *const can_words[] = {"read",   "write",     "react", "moderate",
                                        "manage", "broadcast", "enter", NULL};
const struct choice can_choice = {"Can", can_words};

/* --- rows ------------------------------------------------------------------------------------- */

SQL(club_row, "SELECT id, name, kind FROM club WHERE id = ?1");

bool club_find(struct tx *tx, int64_t id, struct club *out)
{
    const struct memo *memo = memo_row(tx->db, &club_row, id);
    if (!memo) {
        return false;
    }
    *out = (struct club){
        .id = memo_int(memo, 0),
        .name = arena_strdup(tx->arena, memo_text(memo, 1)),
        .national = str_equal(memo_text(memo, 2), "national"),
    };
    return true;
}

SQL(channel_row, "SELECT id, club, kind, posting, name, archived_at FROM channel WHERE id = ?1");

bool channel_find(struct tx *tx, int64_t id, struct channel *out)
{
    const struct memo *memo = memo_row(tx->db, &channel_row, id);
    if (!memo) {
        return false;
    }
    *out = (struct channel){
        .id = memo_int(memo, 0),
        .club = memo_int(memo, 1),
        .kind = (enum channel_kind)choice_index(&channel_kind_choice, memo_text(memo, 2)),
        .posting = str_equal(memo_text(memo, 3), "all") ? POSTING_ALL : POSTING_ANIMATEURS,
        .name = arena_strdup(tx->arena, memo_text(memo, 4)),
        .archived = !memo_is_null(memo, 5),
    };
    return true;
}

SQL(message_row, "SELECT id, channel, thread, author, membership, deleted_at FROM message"
                 " WHERE id = ?1");

bool message_find(struct tx *tx, int64_t id, struct message_head *out)
{
    struct rows rows = db_select(tx->db, &message_row, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct message_head){
        .id = rows_int(&rows, 0),
        .channel = rows_int(&rows, 1),
        .thread = rows_int(&rows, 2),
        .author = rows_int(&rows, 3),
        .membership = rows_int(&rows, 4),
        .deleted = !rows_is_null(&rows, 5),
    };
    rows_end(&rows);
    return true;
}

#define REGISTERS                                                                                  \
    "(e.registration <> 'none' AND (EXISTS (SELECT 1 FROM registration r WHERE r.event = e.id"     \
    " AND r.person = ?1 AND r.invited = 1)"                                                        \
    " OR e.registration <> 'invitation' AND (NOT EXISTS (SELECT 1 FROM event_role o"               \
    " WHERE o.event = e.id) OR EXISTS (SELECT 1 FROM event_role o JOIN membership x"               \
    " ON x.role = o.role WHERE o.event = e.id AND x.person = ?1 AND x.active = 1"                  \
    " AND (e.scope = 'network' OR x.channel IS NULL AND (x.club = e.club"                          \
    " OR x.club IN (SELECT a.club FROM event_club a WHERE a.event = e.id)))))))"
#define ACTIVE "EXISTS (SELECT 1 FROM person WHERE id = ?1 AND state = 'active')"
SQL(event_row,
    "SELECT e.club, e.channel, e.state, e.starts_at, e.ends_at, " ACTIVE " AND " EVENT_SEEN_BY
    ", " REGISTERS ", " EVENT_RUN_BY " FROM event e WHERE e.id = ?2");

static uint32_t event_can(const struct rows *rows)
{
    uint32_t can = 0;
    if (rows_int(rows, 5)) {
        can |= EVENT_CAN_SEE;
        can |= rows_int(rows, 6) ? EVENT_CAN_REGISTER : 0;
        can |= rows_int(rows, 7) ? EVENT_CAN_MANAGE : 0;
    }
    return can;
}

bool event_find(struct tx *tx, int64_t person, int64_t id, struct event_head *out)
{
    struct rows rows = db_select(tx->db, &event_row, person, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct event_head){
        .id = id,
        .club = rows_int(&rows, 0),
        .channel = rows_int(&rows, 1),
        .state = (enum event_state)choice_index(&event_state_choice, rows_text(&rows, 2)),
        .starts_at = rows_int(&rows, 3),
        .ends_at = rows_int(&rows, 4),
        .can = event_can(&rows),
    };
    rows_end(&rows);
    return true;
}

SQL(resource_row,
    "SELECT r.club, r.created_by, r.state, r.published_at IS NOT NULL, " ACTIVE
    " AND " RESOURCE_SEEN_BY ", " RESOURCE_KEPT_BY ", r.created_by = ?1 AND r.state IN"
    " ('draft', 'proposed', 'returned') AND " RESOURCE_WRITTEN_BY " FROM resource r"
    " WHERE r.id = ?2");

static uint32_t resource_can(const struct rows *rows)
{
    bool seen = rows_int(rows, 4) != 0, kept = rows_int(rows, 5) != 0, own = rows_int(rows, 6) != 0;
    if (!seen) {
        return 0;
    }
    return RESOURCE_CAN_SEE | (kept || own ? RESOURCE_CAN_EDIT : 0U) |
           (kept ? RESOURCE_CAN_KEEP : 0U);
}

bool resource_find(struct tx *tx, int64_t person, int64_t id, struct resource_head *out)
{
    struct rows rows = db_select(tx->db, &resource_row, person, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct resource_head){
        .id = id,
        .club = rows_int(&rows, 0),
        .author = rows_int(&rows, 1),
        .state = (enum resource_state)choice_index(&resource_state_choice, rows_text(&rows, 2)),
        .was_published = rows_int(&rows, 3) != 0,
        .can = resource_can(&rows),
    };
    rows_end(&rows);
    return true;
}

/* --- flags ------------------------------------------------------------------------------------ */

SQL(is_administrator,
    "SELECT 1 FROM person WHERE id = ?1 AND administrator = 1 AND state = 'active'");

uint32_t person_in_channel(struct tx *tx, int64_t person, const struct channel *channel)
{
    uint32_t can = reasons_can(reasons_in_channel(tx, person, channel->id));
    bool chosen = channel->kind == CHANNEL_PRIVATE || channel->kind == CHANNEL_EVENT;
    if (can == 0 && chosen && db_int(tx->db, &is_administrator, 0, person)) {
        return CAN_ENTER;
    }
    return can;
}

uint32_t person_roles(struct tx *tx, int64_t person, int64_t club)
{
    return reasons_in_club(tx, person, club) & REASON_ROLES;
}

uint32_t may_in_club(struct tx *tx, int64_t club)
{
    if (tx->actor.is_operator) {
        return CAN_READ | CAN_MANAGE;
    }
    return reasons_can(reasons_in_club(tx, tx->actor.person, club));
}

uint32_t may_in_channel(struct tx *tx, const struct channel *channel)
{
    if (tx->actor.is_operator) {
        return channel->kind == CHANNEL_DIRECT ? 0 : CAN_MANAGE;
    }
    return person_in_channel(tx, tx->actor.person, channel);
}

SQL(shelf_row, "SELECT " RESOURCE_WRITTEN_BY ", " RESOURCE_KEPT_BY ", r.national FROM"
               " (SELECT id AS club, kind = 'national' AS national FROM club WHERE id = ?2) r");

uint32_t may_on_shelf(struct tx *tx, int64_t club)
{
    bool seen = (may_in_club(tx, club) & CAN_READ) != 0;
    struct rows rows = db_select(tx->db, &shelf_row, tx->actor.person, club);
    if (!rows_next(&rows)) {
        return 0;
    }
    bool writes = rows_int(&rows, 0) != 0, keeps = rows_int(&rows, 1) != 0;
    seen = seen || rows_int(&rows, 2) != 0;
    rows_end(&rows);
    if (tx->actor.is_operator) {
        return SHELF_CAN_SEE | SHELF_CAN_WRITE | SHELF_CAN_KEEP;
    }
    return (seen ? SHELF_CAN_SEE : 0U) | (writes ? SHELF_CAN_WRITE : 0U) |
           (keeps ? SHELF_CAN_KEEP : 0U);
}

/* --- one decision per kind of object ---------------------------------------------------------- */

static enum err refuse(struct tx *tx, enum err err)
{
    return tx_fail(tx, err, NULL, NULL);
}

/* `need`: one of these flags is enough. */
static enum err decide(struct tx *tx, uint32_t seen, uint32_t need)
{
    if ((tx->can & seen) == 0) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    return tx->can & need ? ERR_NONE : refuse(tx, ERR_FORBIDDEN);
}

static enum err may_club(struct tx *tx, enum right right, int64_t id)
{
    if (!club_find(tx, id, &tx->club)) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    tx->can = may_in_club(tx, id);
    if (right == RIGHT_CLUB_SEE && club_entered(tx, tx->actor.person, id)) {
        return ERR_NONE;
    }
    return decide(tx, CAN_READ, right == RIGHT_CLUB_MANAGE ? CAN_MANAGE : CAN_READ);
}

/* Finds the channel and its Club, and what the actor can there. */
static bool find_channel(struct tx *tx, int64_t id)
{
    if (!channel_find(tx, id, &tx->channel)) {
        return false;
    }
    if (tx->channel.club) {
        club_find(tx, tx->channel.club, &tx->club);
    }
    tx->can = may_in_channel(tx, &tx->channel);
    return true;
}

static enum err may_channel(struct tx *tx, enum right right, int64_t id)
{
    static const uint32_t need[] = {
        [RIGHT_CHANNEL_READ] = CAN_READ,
        [RIGHT_CHANNEL_WRITE] = CAN_WRITE,
        [RIGHT_CHANNEL_MANAGE] = CAN_MANAGE,
        [RIGHT_CHANNEL_ENTER] = CAN_ENTER | CAN_READ, /* again does no harm */
    };
    if (!find_channel(tx, id)) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    enum err err = decide(tx, CAN_READ | CAN_ENTER | CAN_MANAGE, need[right]);
    if (!err && right == RIGHT_CHANNEL_ENTER && !tx->actor.administrator) {
        return refuse(tx, ERR_FORBIDDEN);
    }
    if (!err && right == RIGHT_CHANNEL_WRITE && tx->channel.archived) {
        return refuse(tx, ERR_ARCHIVED);
    }
    return err;
}

SQL(holds_post, "SELECT 1 FROM membership m JOIN tenure w ON w.id = m.tenure"
                " JOIN tenure t ON t.post = w.post"
                " WHERE m.id = ?1 AND t.person = ?2 AND t.state = 'active'");

static bool owns_message(struct tx *tx)
{
    const struct message_head *message = &tx->message;
    return message->author == tx->actor.person ||
           db_int(tx->db, &holds_post, 0, message->membership, tx->actor.person);
}

static enum err may_touch_message(struct tx *tx, enum right right)
{
    switch (right) {
    case RIGHT_MESSAGE_REACT:
        return decide(tx, CAN_READ, CAN_REACT);
    case RIGHT_MESSAGE_MODERATE:
        return decide(tx, CAN_READ, CAN_MODERATE);
    case RIGHT_MESSAGE_EDIT:
        return owns_message(tx) ? decide(tx, CAN_READ, CAN_WRITE) : refuse(tx, ERR_FORBIDDEN);
    default:
        return owns_message(tx) ? ERR_NONE : decide(tx, CAN_READ, CAN_MODERATE);
    }
}

static enum err may_message(struct tx *tx, enum right right, int64_t id)
{
    tx->can = 0;
    if (message_find(tx, id, &tx->message)) {
        find_channel(tx, tx->message.channel);
    }
    if ((tx->can & CAN_READ) == 0) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    if (right == RIGHT_MESSAGE_READ) {
        return ERR_NONE;
    }
    enum err err = may_touch_message(tx, right);
    if (err) {
        return err;
    }
    if (tx->channel.archived) {
        return refuse(tx, ERR_ARCHIVED);
    }
    return tx->message.deleted ? refuse(tx, ERR_DELETED) : ERR_NONE;
}

/* --- events ----------------------------------------------------------------------------------- */

static enum err may_event(struct tx *tx, enum right right, int64_t id)
{
    static const uint32_t need[] = {
        [RIGHT_EVENT_SEE] = EVENT_CAN_SEE,
        [RIGHT_EVENT_MANAGE] = EVENT_CAN_MANAGE,
        [RIGHT_EVENT_REGISTER] = EVENT_CAN_REGISTER,
    };
    struct event_head *event = &tx->event;
    if (!event_find(tx, tx->actor.person, id, event)) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    if (tx->actor.is_operator) {
        event->can = EVENT_CAN_SEE | EVENT_CAN_MANAGE;
    }
    if (!(event->can & EVENT_CAN_SEE)) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    club_find(tx, event->club, &tx->club);
    return event->can & need[right] ? ERR_NONE : refuse(tx, ERR_FORBIDDEN);
}

/* --- the library ------------------------------------------------------------------------------ */

static enum err may_resource(struct tx *tx, enum right right, int64_t id)
{
    static const uint32_t need[] = {
        [RIGHT_RESOURCE_SEE] = RESOURCE_CAN_SEE,
        [RIGHT_RESOURCE_EDIT] = RESOURCE_CAN_EDIT,
        [RIGHT_RESOURCE_KEEP] = RESOURCE_CAN_KEEP,
    };
    struct resource_head *resource = &tx->resource;
    if (!resource_find(tx, tx->actor.person, id, resource)) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    if (tx->actor.is_operator) {
        resource->can = RESOURCE_CAN_SEE | RESOURCE_CAN_EDIT | RESOURCE_CAN_KEEP;
    }
    if (!(resource->can & RESOURCE_CAN_SEE)) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    club_find(tx, resource->club, &tx->club);
    return resource->can & need[right] ? ERR_NONE : refuse(tx, ERR_FORBIDDEN);
}

static enum err may_shelf(struct tx *tx, enum right right, int64_t club)
{
    uint32_t can = may_on_shelf(tx, club);
    if (!(can & SHELF_CAN_SEE)) {
        return refuse(tx, ERR_NOT_FOUND);
    }
    club_find(tx, club, &tx->club);
    return can & (right == RIGHT_SHELF_KEEP ? SHELF_CAN_KEEP : SHELF_CAN_WRITE)
               ? ERR_NONE
               : refuse(tx, ERR_FORBIDDEN);
}

/* --- objects of a Club ------------------------------------------------------------------------ */

SQL(clubs_of_invitation, "SELECT club FROM invitation WHERE id = ?1");
SQL(clubs_of_membership, "SELECT club FROM membership WHERE id = ?1");
SQL(clubs_of_tenure,
    "SELECT p.club FROM tenure t JOIN post p ON p.id = t.post"
    " WHERE t.id = ?1 AND p.club IS NOT NULL"
    " UNION SELECT k.id FROM tenure t JOIN post p ON p.id = t.post"
    " JOIN commune c ON c.town = p.town JOIN club k ON k.departement = c.departement"
    " WHERE t.id = ?1");

/* The actor manages one of the Clubs the object is about; tx->club becomes that one. */
static enum err may_clubs(struct tx *tx, const struct sql *clubs, int64_t id)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } found = {0};
    for (struct rows rows = db_select(tx->db, clubs, id); rows_next(&rows);) {
        ARENA_PUSH(tx->arena, &found, rows_int(&rows, 0));
    }
    uint32_t best = 0;
    for (size_t i = 0; i < found.count && !(best & CAN_MANAGE); i++) {
        best |= may_in_club(tx, found.items[i]);
        club_find(tx, found.items[i], &tx->club);
    }
    tx->can = best;
    return decide(tx, CAN_READ, CAN_MANAGE);
}

SQL(person_row, "SELECT 1 FROM person WHERE id = ?1");

static enum err may_person(struct tx *tx, int64_t id)
{
    bool known =
        tx->actor.person == id || (tx->actor.administrator && db_int(tx->db, &person_row, 0, id));
    return known ? ERR_NONE : refuse(tx, ERR_NOT_FOUND);
}

SQL(person_is_active, "SELECT 1 FROM person WHERE id = ?1 AND state = 'active'");

static enum err may_see_person(struct tx *tx, int64_t id)
{
    bool seen = db_int(tx->db, &person_is_active, 0, id) && person_visible(tx, id);
    return seen ? ERR_NONE : refuse(tx, ERR_NOT_FOUND);
}

/* --- may -------------------------------------------------------------------------------------- */

static enum err may_object(struct tx *tx, enum right right, int64_t object)
{
    switch (right) {
    case RIGHT_CLUB_SEE:
    case RIGHT_CLUB_READ:
    case RIGHT_CLUB_MANAGE:
        return may_club(tx, right, object);
    case RIGHT_CHANNEL_READ:
    case RIGHT_CHANNEL_WRITE:
    case RIGHT_CHANNEL_MANAGE:
    case RIGHT_CHANNEL_ENTER:
        return may_channel(tx, right, object);
    case RIGHT_MESSAGE_READ:
    case RIGHT_MESSAGE_REACT:
    case RIGHT_MESSAGE_EDIT:
    case RIGHT_MESSAGE_DELETE:
    case RIGHT_MESSAGE_MODERATE:
        return may_message(tx, right, object);
    case RIGHT_EVENT_SEE:
    case RIGHT_EVENT_MANAGE:
    case RIGHT_EVENT_REGISTER:
        return may_event(tx, right, object);
    case RIGHT_RESOURCE_SEE:
    case RIGHT_RESOURCE_EDIT:
    case RIGHT_RESOURCE_KEEP:
        return may_resource(tx, right, object);
    case RIGHT_SHELF_WRITE:
    case RIGHT_SHELF_KEEP:
        return may_shelf(tx, right, object);
    case RIGHT_INVITATION_MANAGE:
        return may_clubs(tx, &clubs_of_invitation, object);
    case RIGHT_MEMBERSHIP_MANAGE:
        return may_clubs(tx, &clubs_of_membership, object);
    case RIGHT_TENURE_MANAGE:
        return may_clubs(tx, &clubs_of_tenure, object);
    case RIGHT_PERSON_SEE:
        return may_see_person(tx, object);
    case RIGHT_PERSON_SELF:
        return may_person(tx, object);
    default:
        return refuse(tx, ERR_FORBIDDEN);
    }
}

enum err may(struct tx *tx, enum right right, int64_t object)
{
    const struct actor *actor = &tx->actor;
    if (right == RIGHT_ANYBODY) {
        return ERR_NONE;
    }
    if (right == RIGHT_NONE) {
        return refuse(tx, ERR_FORBIDDEN);
    }
    if (!actor->person && (!actor->is_operator || right == RIGHT_PERSON)) {
        return refuse(tx, ERR_LOGIN);
    }
    switch (right) {
    case RIGHT_PERSON:
        return ERR_NONE;
    case RIGHT_ADMINISTRATOR:
        return actor->administrator ? ERR_NONE : refuse(tx, ERR_FORBIDDEN);
    case RIGHT_OPERATOR:
        return actor->is_operator ? ERR_NONE : refuse(tx, ERR_FORBIDDEN);
    default:
        return may_object(tx, right, object);
    }
}

enum err may_post(struct tx *tx, int64_t thread)
{
    struct message_head root;
    if (thread == 0) {
        bool kept = tx->channel.posting == POSTING_ANIMATEURS && !(tx->can & CAN_MANAGE);
        return kept ? refuse(tx, ERR_POSTING) : ERR_NONE;
    }
    if (!message_find(tx, thread, &root) || root.channel != tx->channel.id || root.thread) {
        return tx_fail(tx, ERR_NOT_FOUND, "thread", NULL);
    }
    return root.deleted ? tx_fail(tx, ERR_DELETED, "thread", NULL) : ERR_NONE;
}
