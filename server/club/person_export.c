/* person.export: all that is kept about a person, as JSON; what they wrote comes page by page.
 *
 * To an administrator it withholds what was said where they may not read: the right to run accounts
 * is no right to read over shoulders. The person and the command line get everything. */
#include "base/buf.h"
#include "club/ids.h"
#include "club/person.h"
#include "wire/json.h"

struct person_export {
    int64_t person, after;
};
static const struct field person_export_in[] = {
    FIELD_ID(struct person_export, person, "Oneself, or anybody for an administrator"),
    FIELD_ID_OPT(struct person_export, after, "Last message of the page before"),
    FIELD_END,
};
struct person_exported {
    const char *about, *messages;
    int64_t withheld, next;
};
static const struct field person_export_out[] = {
    FIELD_JSON(struct person_exported, about, "PersonData",
               "Account, sessions, memberships, posts, drafts...; in the first page only"),
    FIELD_JSON(struct person_exported, messages, "PersonMessages",
               "Messages with all their wordings"),
    FIELD_INT(
        struct person_exported, withheld, 0, INT64_MAX,
        "Messages and drafts left out, from where the reader may not read; in the first page"),
    FIELD_ID_OPT(struct person_exported, next, "There is another page: `after` for it"),
    FIELD_END,
};

/* Each gives one JSON object a row. ?1: the person; ?2: channels that may be read, NULL for all. */
#define READABLE(channel) "(?2 IS NULL OR " channel " IN (SELECT value FROM json_each(?2)))"
SQL(account_rows,
    "SELECT json_object('id', id, 'email', email, 'name', name, 'administrator', administrator,"
    " 'password', CASE WHEN password IS NULL THEN 'none' ELSE 'kept as a hash' END, 'state', state,"
    " 'suspended_until', suspended_until, 'created_at', created_at) FROM person WHERE id = ?1");
SQL(session_rows,
    "SELECT json_object('kind', kind, 'scope', scope, 'label', label, 'created_at', created_at,"
    " 'seen_at', seen_at, 'expires_at', expires_at) FROM session WHERE person = ?1 ORDER BY id");
SQL(membership_rows,
    "SELECT json_object('club', k.name, 'channel', c.name, 'role', m.role, 'function', m.label,"
    " 'organisation', o.name, 'since', m.since, 'until', m.until, 'active', m.active)"
    " FROM membership m JOIN club k ON k.id = m.club LEFT JOIN channel c ON c.id = m.channel"
    " LEFT JOIN organisation o ON o.id = m.organisation WHERE m.person = ?1 ORDER BY m.id");
SQL(tenure_rows,
    "SELECT json_object('post', p.label, 'from', t.starts_at, 'to', t.ends_at, 'state', t.state)"
    " FROM tenure t JOIN post p ON p.id = t.post WHERE t.person = ?1 ORDER BY t.id");
SQL(invitation_rows,
    "SELECT json_object('club', k.name, 'name', i.name, 'role', i.role, 'organisation',"
    " i.organisation, 'created_at', i.created_at, 'state', i.state) FROM invitation i"
    " JOIN club k ON k.id = i.club JOIN person p ON p.email = i.email WHERE p.id = ?1 ORDER BY "
    "i.id");
SQL(draft_rows, "SELECT json_object('channel', channel, 'body', body, 'at', at) FROM draft"
                " WHERE person = ?1 AND " READABLE("channel") " ORDER BY channel");
SQL(saved_rows, "SELECT json_object('message', message, 'at', at) FROM saved WHERE person = ?1"
                " ORDER BY at");
SQL(reaction_rows, "SELECT json_object('message', message, 'emoji', emoji, 'at', at) FROM reaction"
                   " WHERE person = ?1 ORDER BY at");
SQL(reading_rows, "SELECT json_object('channel', r.channel, 'read_up_to', r.position, 'level',"
                  " coalesce(n.level, 'all')) FROM reading r LEFT JOIN notification n"
                  " ON n.person = r.person AND n.channel = r.channel WHERE r.person = ?1"
                  " ORDER BY r.channel");
SQL(following_rows, "SELECT json_object('thread', thread, 'read_up_to', position, 'active', active)"
                    " FROM following WHERE person = ?1 ORDER BY thread");
SQL(conversation_rows, "SELECT json_object('channel', c.id, 'kind', c.kind, 'since', m.since)"
                       " FROM channel_member m JOIN channel c ON c.id = m.channel"
                       " WHERE m.person = ?1 ORDER BY c.id");
SQL(mail_rows, "SELECT json_object('subject', subject, 'created_at', created_at) FROM mail"
               " WHERE person = ?1 ORDER BY id");
SQL(registration_rows,
    "SELECT json_object('event', e.title, 'starts_at', e.starts_at, 'state', r.state, 'role', "
    "r.role,"
    " 'departement', r.departement, 'invited', r.invited, 'present', r.present, 'held_until',"
    " r.held_until, 'created_at', r.created_at, 'changed_at', r.changed_at, 'answers',"
    " (SELECT json_group_array(json_object('question', q.label, 'answer', a.text)) FROM answer a"
    " JOIN question q ON q.id = a.question WHERE a.registration = r.id), 'ticks',"
    " (SELECT json_group_array(json_object('present', t.present, 'at', t.at)) FROM attendance t"
    " WHERE t.registration = r.id)) FROM registration r JOIN event e ON e.id = r.event"
    " WHERE r.person = ?1 ORDER BY r.id");
SQL(resource_rows,
    "SELECT json_object('title', r.title, 'kind', r.kind, 'club', k.name, 'state', r.state,"
    " 'summary', r.summary, 'created_at', r.created_at, 'published_at', r.published_at)"
    " FROM resource r JOIN club k ON k.id = r.club WHERE r.created_by = ?1 ORDER BY r.id");
SQL(edition_rows,
    "SELECT json_object('resource', r.title, 'number', e.number, 'note', e.note, 'link', e.link,"
    " 'at', e.at) FROM resource_edition e JOIN resource r ON r.id = e.resource WHERE e.person = ?1"
    " ORDER BY e.id");
SQL(notice_rows, "SELECT json_object('kind', n.kind, 'event', e.title, 'resource', r.title,"
                 " 'detail', n.detail, 'at',"
                 " n.at, 'seen', n.id <= coalesce((SELECT position FROM notice_seen"
                 " WHERE person = ?1), 0)) FROM notice n LEFT JOIN event e ON e.id = n.event"
                 " LEFT JOIN resource r ON r.id = n.resource"
                 " WHERE n.person = ?1 ORDER BY n.id");
SQL(refused_rows, "SELECT json_object('reminder', stage) FROM reminder_refused WHERE person = ?1"
                  " ORDER BY stage");
SQL(feed_rows, "SELECT json_object('kind', f.kind, 'club', k.name, 'theme', t.name, 'created_at',"
               " f.created_at) FROM feed f LEFT JOIN club k ON k.id = f.club"
               " LEFT JOIN theme t ON t.id = f.theme WHERE f.person = ?1 ORDER BY f.id");
SQL(file_rows,
    "SELECT json_object('key', f.key, 'name', f.name, 'type', b.type, 'bytes', f.bytes,"
    " 'received', f.received, 'created_at', f.created_at, 'message', f.message,"
    " 'event', e.title, 'resource', r.title) FROM file f"
    " LEFT JOIN blob b ON b.id = f.blob LEFT JOIN message m ON m.id = f.message"
    " LEFT JOIN event e ON e.id = f.event LEFT JOIN resource_edition v"
    " ON v.id = f.edition LEFT JOIN resource r ON r.id = v.resource"
    " WHERE f.person = ?1 AND (f.message IS NULL OR " READABLE("m.channel") ")"
                                                                            " ORDER BY f.id");

SQL(profile_rows,
    "SELECT json_object('offer', p.offer, 'phone', p.phone, 'shows_offer', p.shows_offer,"
    " 'shows_themes', p.shows_themes, 'shows_email', p.shows_email, 'shows_phone', p.shows_phone,"
    " 'themes', (SELECT json_group_array(t.name) FROM profile_theme x JOIN theme t ON t.id = "
    "x.theme"
    " WHERE x.person = p.person)) FROM profile p WHERE p.person = ?1");
SQL(card_rows, "SELECT json_object('club', k.name, 'name', c.name, 'function', c.label, 'phone',"
               " c.phone, 'email', c.email) FROM club_card_person c JOIN club k ON k.id = c.club"
               " JOIN person p ON p.id = ?1 WHERE c.email = p.email COLLATE NOCASE"
               " OR c.name = p.name COLLATE NOCASE ORDER BY c.club, c.position");

static const struct {
    const char *name;
    const struct sql *rows;
    bool by_channel; /* takes ?2 */
} parts[] = {
    {"account", &account_rows, false},
    {"profile", &profile_rows, false},
    {"contact_cards", &card_rows, false},
    {"sessions", &session_rows, false},
    {"memberships", &membership_rows, false},
    {"posts", &tenure_rows, false},
    {"invitations", &invitation_rows, false},
    {"drafts", &draft_rows, true},
    {"saved", &saved_rows, false},
    {"reactions", &reaction_rows, false},
    {"reading", &reading_rows, false},
    {"threads", &following_rows, false},
    {"conversations", &conversation_rows, false},
    {"waiting_mail", &mail_rows, false},
    {"registrations", &registration_rows, false},
    {"resources", &resource_rows, false},
    {"editions", &edition_rows, false},
    {"notices", &notice_rows, false},
    {"refused_reminders", &refused_rows, false},
    {"calendar_feeds", &feed_rows, false},
    {"files", &file_rows, true},
};

static void add_rows(struct buf *buf, struct rows rows)
{
    const char *comma = "";
    buf_text(buf, "[");
    while (rows_next(&rows)) {
        buf_text(buf, comma);
        buf_text(buf, rows_text(&rows, 0));
        comma = ",";
    }
    buf_text(buf, "]");
}

static const char *about(struct tx *tx, int64_t person, const char *readable)
{
    struct buf buf;
    buf_init(&buf);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_text(&buf, i ? "," : "{");
        json_text(&buf, parts[i].name);
        buf_text(&buf, ":");
        add_rows(&buf, parts[i].by_channel ? db_select(tx->db, parts[i].rows, person, readable)
                                           : db_select(tx->db, parts[i].rows, person));
    }
    buf_text(&buf, "}");
    const char *json = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return json;
}

SQL(message_rows,
    "SELECT json_object('id', m.id, 'channel', m.channel, 'channel_name', c.name, 'club', k.name,"
    " 'thread', m.thread, 'body', m.body, 'at', m.at, 'edited_at', m.edited_at,"
    " 'deleted_at', m.deleted_at, 'earlier', (SELECT json_group_array(json_object('body', v.body,"
    " 'at', v.at)) FROM message_version v WHERE v.message = m.id)), m.id"
    " FROM message m JOIN channel c ON c.id = m.channel LEFT JOIN club k ON k.id = c.club"
    " WHERE m.author = ?1 AND m.id > ?3 AND " READABLE("m.channel") " ORDER BY m.id LIMIT ?4");

/* A page; `*next` is its last message where there is another. */
static const char *messages(struct tx *tx, int64_t person, const char *readable, int64_t after,
                            int64_t *next)
{
    struct buf buf;
    int64_t count = 0, last = 0;
    /* The command line writes a file; a browser holds the page. */
    int64_t limit = tx->actor.is_operator ? LIMIT_EXPORT_MESSAGES : LIMIT_LIST_MAX;
    buf_init(&buf);
    buf_text(&buf, "[");
    struct rows rows = db_select(tx->db, &message_rows, person, readable, after, limit + 1);
    while (rows_next(&rows)) {
        if (++count > limit) {
            *next = last;
            rows_end(&rows);
            break;
        }
        buf_text(&buf, count > 1 ? "," : "");
        buf_text(&buf, rows_text(&rows, 0));
        last = rows_int(&rows, 1);
    }
    buf_text(&buf, "]");
    const char *json = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return json;
}

SQL(count_withheld, "SELECT (SELECT count(*) FROM message WHERE author = ?1 AND NOT"
                    " " READABLE("channel") ") + (SELECT count(*) FROM draft WHERE person = ?1"
                                            " AND NOT " READABLE("channel") ")");

static enum err person_export_run(struct tx *tx, const void *in, void *out)
{
    const struct person_export *asked = in;
    struct person_exported *exported = out;
    struct ids ids = {0};
    const char *readable = NULL;
    if (!tx->actor.is_operator && tx->actor.person != asked->person) {
        ids_of_readable(tx, 0, &ids);
        readable = ids_json(tx, &ids);
    }
    exported->about = asked->after ? "{}" : about(tx, asked->person, readable);
    exported->messages = messages(tx, asked->person, readable, asked->after, &exported->next);
    if (!asked->after) {
        exported->withheld = db_int(tx->db, &count_withheld, 0, asked->person, readable);
    }
    return ERR_NONE;
}

const struct command person_export_command = {
    .name = "person.export",
    .doc = "All that is kept about a person; what they wrote comes page by page.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON_SELF,
    .in = person_export_in,
    .in_bytes = sizeof(struct person_export),
    .out = person_export_out,
    .out_bytes = sizeof(struct person_exported),
    .run = person_export_run,
};
