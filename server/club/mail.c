#include "club/mail.h"

#include "base/buf.h"
#include "base/log.h"
#include "club/calendar.h"

enum { RETRY_FIRST_S = 60, RETRY_MOST_S = 6 * 3600, GIVE_UP_DAYS = 3 };

/* --- one letter, two parts -------------------------------------------------------------------- */

static void plain_paragraphs(struct buf *buf, const char *const *paragraphs)
{
    for (; *paragraphs; paragraphs++) {
        buf_printf(buf, "%s\n\n", *paragraphs);
    }
}

static const char *plain_part(struct tx *tx, const struct letter *letter)
{
    struct buf buf;
    buf_init(&buf);
    plain_paragraphs(&buf, letter->paragraphs);
    if (letter->link) {
        buf_printf(&buf, "%s :\n%s\n\n", letter->action, letter->link);
    }
    plain_paragraphs(&buf, letter->after);
    buf_printf(&buf, "-- \nLe Club Petites villes de demain\n%s\n", tx->public_url);
    const char *text = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return text;
}

static void html_text(struct buf *buf, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            buf_text(buf, "&amp;");
            break;
        case '<':
            buf_text(buf, "&lt;");
            break;
        case '>':
            buf_text(buf, "&gt;");
            break;
        case '"':
            buf_text(buf, "&quot;");
            break;
        case '\n':
            buf_text(buf, "<br>\n");
            break;
        default:
            buf_add(buf, text, 1);
        }
    }
}

static void html_paragraphs(struct buf *buf, const char *const *paragraphs)
{
    for (; *paragraphs; paragraphs++) {
        buf_text(buf, "<p>");
        html_text(buf, *paragraphs);
        buf_text(buf, "</p>\n");
    }
}

static void html_link(struct buf *buf, const char *link, const char *words, const char *style)
{
    buf_text(buf, "<a href=\"");
    html_text(buf, link);
    buf_printf(buf, "\" style=\"%s\">", style);
    html_text(buf, words);
    buf_text(buf, "</a>");
}

static const char *html_part(struct tx *tx, const struct letter *letter)
{
    struct buf buf;
    buf_init(&buf);
    buf_text(&buf, "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>");
    html_text(&buf, letter->subject);
    buf_text(&buf, "</title></head>\n<body style=\"font-family:sans-serif;font-size:16px;"
                   "line-height:1.5;color:#1b1b1b;background:#ffffff;max-width:36em\">\n");
    html_paragraphs(&buf, letter->paragraphs);
    if (letter->link) {
        buf_text(&buf, "<p>");
        html_link(&buf, letter->link, letter->action,
                  "display:inline-block;padding:10px 18px;border-radius:6px;background:#1f3b63;"
                  "color:#ffffff;text-decoration:none");
        buf_text(&buf, "</p>\n<p>Si le bouton ne répond pas, copiez cette adresse dans votre "
                       "navigateur :<br>");
        html_link(&buf, letter->link, letter->link, "color:#1f3b63;word-break:break-all");
        buf_text(&buf, "</p>\n");
    }
    html_paragraphs(&buf, letter->after);
    buf_text(&buf, "<p style=\"color:#555555\">Le Club Petites villes de demain<br>");
    html_link(&buf, tx->public_url, tx->public_url, "color:#555555");
    buf_text(&buf, "</p>\n</body></html>\n");
    const char *text = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return text;
}

SQL(insert_mail, "INSERT INTO mail (person, recipient, subject, plain, html, method, calendar,"
                 " next_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)");

static void queue(struct tx *tx, int64_t person, const char *recipient, const struct letter *letter,
                  const char *method, const char *calendar)
{
    db_run(tx->db, &insert_mail, db_id(person), recipient, letter->subject, plain_part(tx, letter),
           html_part(tx, letter), method, calendar, tx->now_ms);
    mail_ring(tx);
}

void mail_write(struct tx *tx, int64_t person, const char *recipient, const struct letter *letter)
{
    queue(tx, person, recipient, letter, "", "");
}

void mail_write_event(struct tx *tx, int64_t person, const char *recipient,
                      const struct letter *letter, const char *method, int64_t event)
{
    queue(tx, person, recipient, letter, method,
          calendar_message(tx, person, recipient, method, event));
}

/* --- sending ---------------------------------------------------------------------------------- */

SQL(next_mail, "SELECT id, recipient, subject, plain, html, attempts, created_at, method, calendar"
               " FROM mail WHERE next_at <= ?1 ORDER BY next_at, id LIMIT 1");

bool mail_next(struct db *db, int64_t now_ms, struct arena *arena, struct mail *out)
{
    struct rows rows = db_select(db, &next_mail, now_ms);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct mail){
        .id = rows_int(&rows, 0),
        .recipient = rows_copy(&rows, 1, arena),
        .subject = rows_copy(&rows, 2, arena),
        .plain = rows_copy(&rows, 3, arena),
        .html = rows_copy(&rows, 4, arena),
        .attempts = rows_int(&rows, 5),
        .created_at = rows_int(&rows, 6),
        .method = rows_copy(&rows, 7, arena),
        .calendar = rows_copy(&rows, 8, arena),
    };
    rows_end(&rows);
    return true;
}

SQL(next_mail_at, "SELECT next_at FROM mail ORDER BY next_at LIMIT 1");

int64_t mail_next_at(struct db *db)
{
    return db_int(db, &next_mail_at, INT64_MAX);
}

SQL(has_address, "SELECT 1 FROM person WHERE email = ?1 COLLATE NOCASE UNION ALL"
                 " SELECT 1 FROM invitation WHERE email = ?1 COLLATE NOCASE LIMIT 1");

bool mail_is_somebody(struct db *db, const char *address)
{
    return db_int(db, &has_address, 0, address) != 0;
}

struct mail_in {
    int64_t mail;
};
static const struct field mail_in[] = {FIELD_ID(struct mail_in, mail, "Mail that was tried"),
                                       FIELD_END};

SQL(delete_mail, "DELETE FROM mail WHERE id = ?1");

static enum err mail_sent_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct mail_in *asked = in;
    db_run(tx->db, &delete_mail, asked->mail);
    return ERR_NONE;
}

const struct command mail_sent_command = {
    .name = "mail.sent",
    .doc = "A mail server took this mail: it leaves the queue.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = mail_in,
    .in_bytes = sizeof(struct mail_in),
    .out = no_fields,
    .operator_only = true,
    .run = mail_sent_run,
};

struct mail_failed_in {
    int64_t mail;
    bool for_good;
};
static const struct field mail_failed_in[] = {
    FIELD_ID(struct mail_failed_in, mail, "Mail that was tried"),
    FIELD_BOOL_OPT(struct mail_failed_in, for_good,
                   "true: there is nobody of that address, it leaves the queue"),
    FIELD_END};

static int64_t retry_ms(int64_t attempts)
{
    int64_t wait_s = RETRY_FIRST_S;
    while (attempts-- > 0 && wait_s < RETRY_MOST_S) {
        wait_s *= 2;
    }
    return (wait_s < RETRY_MOST_S ? wait_s : RETRY_MOST_S) * MS_PER_SECOND;
}

SQL(tried, "SELECT attempts, created_at FROM mail WHERE id = ?1");
SQL(delay, "UPDATE mail SET attempts = attempts + 1, next_at = ?2 WHERE id = ?1");

static enum err mail_failed_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct mail_failed_in *asked = in;
    struct rows rows = db_select(tx->db, &tried, asked->mail);
    if (!rows_next(&rows)) {
        return ERR_NONE; /* its person was erased meanwhile */
    }
    int64_t attempts = rows_int(&rows, 0), created_at = rows_int(&rows, 1);
    rows_end(&rows);
    if (asked->for_good || tx->now_ms - created_at >= GIVE_UP_DAYS * MS_PER_DAY) {
        log_event(LOG_MAIL, LOG_W("step", "given_up"), LOG_N("attempts", attempts + 1));
        db_run(tx->db, &delete_mail, asked->mail);
    } else {
        db_run(tx->db, &delay, asked->mail, tx->now_ms + retry_ms(attempts));
    }
    return ERR_NONE;
}

const struct command mail_failed_command = {
    .name = "mail.failed",
    .doc = "No mail server took this mail yet: it waits longer, and is given up after 3 days.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = mail_failed_in,
    .in_bytes = sizeof(struct mail_failed_in),
    .out = no_fields,
    .operator_only = true,
    .run = mail_failed_run,
};
