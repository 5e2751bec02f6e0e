#include "club/notice.h"

#include "club/audience.h"
#include "club/calendar.h"
#include "club/mail.h"
#include "club/when.h"

static const char *const kind_words[] = {"invited",  "asked",     "seated",    "waiting",
                                         "offered",  "lapsed",    "refused",   "unregistered",
                                         "moved",    "cancelled", "reminder",  "proposed",
                                         "returned", "published", "withdrawn", NULL};
const struct choice notice_kind_choice = {"NoticeKind", kind_words};

/* --- the letter ------------------------------------------------------------------------------- */

SQL(person_row, "SELECT email, name FROM person WHERE id = ?1 AND state = 'active'");
SQL(event_row, "SELECT title, starts_at, ends_at, zone, all_day, address, commune, link"
               " FROM event WHERE id = ?1");
SQL(is_seated, "SELECT 1 FROM registration WHERE event = ?1 AND person = ?2 AND state = 'seated'");

static const char *place_of(struct tx *tx, const char *address, const char *commune)
{
    if (!*address || !*commune) {
        return arena_strdup(tx->arena, *address ? address : commune);
    }
    return arena_printf(tx->arena, "%s, %s", address, commune);
}

/* The meeting link is for who comes; in other letters the page shows it to whom it may. */
static bool about_event(struct tx *tx, const struct notice_new *notice, struct notice_about *out)
{
    struct rows rows = db_select(tx->db, &event_row, notice->event);
    if (!rows_next(&rows)) {
        return false;
    }
    const char *zone = rows_text(&rows, 3);
    bool comes = notice->in_calendar && notice->kind != NOTICE_UNREGISTERED &&
                 notice->kind != NOTICE_CANCELLED;
    out->title = rows_copy(&rows, 0, tx->arena);
    out->when = when_words(tx->arena, rows_int(&rows, 1), rows_int(&rows, 2), zone,
                           rows_int(&rows, 4) != 0);
    out->place = place_of(tx, rows_text(&rows, 5), rows_text(&rows, 6));
    out->link = comes ? rows_copy(&rows, 7, tx->arena) : "";
    out->until = notice->held_until ? when_instant(tx->arena, notice->held_until, zone) : NULL;
    rows_end(&rows);
    out->detail = notice->detail ? notice->detail : "";
    out->url = event_url(tx, notice->event);
    return true;
}

SQL(title_of_resource, "SELECT title FROM resource WHERE id = ?1");

static bool about_resource(struct tx *tx, const struct notice_new *notice, struct notice_about *out)
{
    out->title = db_text(tx->db, &title_of_resource, tx->arena, notice->resource);
    out->detail = notice->detail ? notice->detail : "";
    out->url = resource_url(tx, notice->resource);
    return out->title != NULL;
}

/* What the letter does to their calendar (iTIP, RFC 5546); NULL: nothing. */
static const char *method_of(const struct notice_new *notice)
{
    switch (notice->kind) {
    case NOTICE_SEATED:
        return "REQUEST";
    case NOTICE_MOVED:
        return notice->in_calendar ? "REQUEST" : NULL;
    case NOTICE_CANCELLED:
    case NOTICE_UNREGISTERED:
        return notice->in_calendar ? "CANCEL" : NULL;
    default:
        return NULL;
    }
}

static void write_letter(struct tx *tx, const struct notice_new *notice)
{
    struct notice_about about = {0};
    struct letter letter = {0};
    struct rows rows = db_select(tx->db, &person_row, notice->person);
    if (!rows_next(&rows)) {
        return; /* suspended, or erased: nobody reads it */
    }
    const char *email = rows_copy(&rows, 0, tx->arena);
    about.name = rows_copy(&rows, 1, tx->arena);
    rows_end(&rows);
    if (!(notice->event ? about_event(tx, notice, &about) : about_resource(tx, notice, &about))) {
        return;
    }
    notice_letter(tx, notice->kind, &about, &letter);
    const char *method = method_of(notice);
    if (method) {
        mail_write_event(tx, notice->person, email, &letter, method, notice->event);
    } else {
        mail_write(tx, notice->person, email, &letter);
    }
}

/* --- giving ----------------------------------------------------------------------------------- */

SQL(insert_notice, "INSERT INTO notice (id, person, kind, event, resource, detail, at)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
SQL(drop_oldest,
    "DELETE FROM notice WHERE person = ?1 AND id <= (SELECT id FROM notice WHERE person = ?1"
    " ORDER BY id DESC LIMIT 1 OFFSET ?2)");
SQL(is_known, "SELECT 1 FROM notice n WHERE n.person = ?1 AND n.event IS ?2"
              " AND n.resource IS ?3 AND n.kind = ?4"
              " AND n.id > coalesce((SELECT position FROM notice_seen WHERE person = ?1), 0)");

/* One letter says that somebody asks to come, or proposes a resource; those who ask until the
 * organiser has looked add nothing to it, nor does the same resource proposed anew. */
static bool wants_letter(struct tx *tx, const struct notice_new *notice)
{
    bool asks = notice->kind == NOTICE_ASKED || notice->kind == NOTICE_PROPOSED;
    return !asks || !db_int(tx->db, &is_known, 0, notice->person, db_id(notice->event),
                            db_id(notice->resource), kind_words[notice->kind]);
}

void notice_put(struct tx *tx, const struct notice_new *notice)
{
    bool letter = wants_letter(tx, notice);
    int64_t seq = fact_note(tx, &notice_added_fact, audience_person(notice->person), ENTITY_NEW);
    db_run(tx->db, &insert_notice, seq, notice->person, kind_words[notice->kind],
           db_id(notice->event), db_id(notice->resource), notice->detail ? notice->detail : "",
           tx->now_ms);
    db_run(tx->db, &drop_oldest, notice->person, (int64_t)LIMIT_NOTICES);
    if (letter) {
        write_letter(tx, notice);
    }
}

void notice_give(struct tx *tx, int64_t person, enum notice_kind kind, int64_t event,
                 const char *detail)
{
    notice_put(tx, &(struct notice_new){
                       .person = person,
                       .kind = kind,
                       .event = event,
                       .detail = detail,
                       .in_calendar = db_int(tx->db, &is_seated, 0, event, person) != 0,
                   });
}

void notice_give_resource(struct tx *tx, int64_t person, enum notice_kind kind, int64_t resource,
                          const char *detail)
{
    notice_put(tx, &(struct notice_new){
                       .person = person, .kind = kind, .resource = resource, .detail = detail});
}
