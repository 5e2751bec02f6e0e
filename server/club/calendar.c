#include "club/calendar.h"

#include "base/str.h"
#include "club/markdown.h"
#include "store/meta.h"

const char *event_url(struct tx *tx, int64_t event)
{
    return arena_printf(tx->arena, "%s/evenement/%lld", tx->public_url, (long long)event);
}

SQL(theme_names, "SELECT t.name FROM event_theme e JOIN theme t ON t.id = e.theme"
                 " WHERE e.event = ?1 ORDER BY t.position, t.id");

static const char *const *categories(struct tx *tx, int64_t event)
{
    struct {
        const char **items;
        size_t count, capacity;
    } names = {0};
    for (struct rows rows = db_select(tx->db, &theme_names, event); rows_next(&rows);) {
        const char *name = rows_copy(&rows, 0, tx->arena);
        ARENA_PUSH(tx->arena, &names, name);
    }
    ARENA_PUSH(tx->arena, &names, NULL);
    return names.items;
}

SQL(uid_of, "SELECT uid FROM event WHERE id = ?1");

bool calendar_event(struct tx *tx, int64_t person, int64_t event, struct ical_event *out)
{
    struct event *shared = ARENA_NEW(tx->arena, struct event);
    struct event_mine mine;
    if (!event_load(tx, event, shared)) {
        return false;
    }
    event_mine_load(tx, person, event, &mine);
    *out = (struct ical_event){
        .event = shared,
        .link = mine.link ? mine.link : shared->link,
        .url = event_url(tx, event),
        .uid = db_text(tx->db, &uid_of, tx->arena, event),
        .plain = markdown_plain(shared->description, tx->arena),
        .categories = categories(tx, event),
        .stamp_ms = shared->changed_at,
        .tentative = mine.registration == REG_WAITING || mine.registration == REG_OFFERED ||
                     mine.registration == REG_ASKED,
    };
    return true;
}

static const char *write(struct tx *tx, const char *method, const char *name,
                         const struct ical_event *events, size_t count)
{
    struct buf buf;
    buf_init(&buf);
    ical_begin(&buf, method, name);
    ical_zones(&buf, events, count);
    for (size_t i = 0; i < count; i++) {
        ical_event(&buf, &events[i]);
    }
    ical_end(&buf);
    const char *text = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return text;
}

const char *calendar_text(struct tx *tx, const char *name, const struct ical_event *events,
                          size_t count)
{
    return write(tx, NULL, name, events, count);
}

SQL(name_of, "SELECT name FROM person WHERE id = ?1");

const char *calendar_message(struct tx *tx, int64_t person, const char *recipient,
                             const char *method, int64_t event)
{
    struct ical_event ical;
    if (!calendar_event(tx, person, event, &ical)) {
        return "";
    }
    const char *name = db_text(tx->db, &name_of, tx->arena, person);
    ical.organiser_mail = meta_sender(tx->db, tx->arena);
    ical.attendee_mail = recipient;
    ical.attendee_name = name ? name : recipient;
    ical.tentative = false;
    ical.stamp_ms = tx->now_ms;
    ical.leaves = str_equal(method, "CANCEL") && ical.event->state != EVENT_CANCELLED;
    return write(tx, method, NULL, &ical, 1);
}
