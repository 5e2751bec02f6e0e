/* feed.create, feed.list, feed.revoke: the secret addresses of calendars and shelves. */
#include "club/feed.h"

#include "base/str.h"
#include "club/rows.h"
#include "club/secret.h"

static const char *const kind_words[] = {"mine", "club", "theme", "shelf", NULL};
const struct choice feed_kind_choice = {"FeedKind", kind_words};

SQL(club_name, "SELECT name FROM club WHERE id = ?1");
SQL(theme_name, "SELECT name FROM theme WHERE id = ?1");

const char *feed_name(struct tx *tx, enum feed_kind kind, int64_t club, int64_t theme)
{
    if (kind == FEED_MINE) {
        return "Mes événements";
    }
    const char *of = kind == FEED_THEME ? db_text(tx->db, &theme_name, tx->arena, theme)
                                        : db_text(tx->db, &club_name, tx->arena, club);
    return arena_printf(tx->arena, "%s\u00a0: %s", kind == FEED_SHELF ? "Bibliothèque" : "Agenda",
                        text_or_empty(of));
}

SQL(feed_by_hash, "SELECT f.person, f.kind, f.club, f.theme FROM feed f"
                  " JOIN person p ON p.id = f.person WHERE f.hash = ?1 AND p.state = 'active'");

bool feed_find(struct tx *tx, const char *token, struct feed_source *out)
{
    uint8_t hash[32];
    if (!secret_has_form(token, SECRET_FEED)) {
        return false;
    }
    secret_hash(token, hash);
    struct rows rows = db_select(tx->db, &feed_by_hash, db_blob(hash, sizeof hash));
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct feed_source){
        .person = rows_int(&rows, 0),
        .kind = (enum feed_kind)choice_index(&feed_kind_choice, rows_text(&rows, 1)),
        .club = rows_int(&rows, 2),
        .theme = rows_int(&rows, 3),
    };
    rows_end(&rows);
    return true;
}

const char *feed_cut(struct tx *tx, const char *plain)
{
    size_t bytes = utf8_cut(plain, LIMIT_FEED_PLAIN_BYTES);
    const char *shown = arena_memdup(tx->arena, plain, bytes);
    return plain[bytes] ? arena_printf(tx->arena, "%s…", shown) : shown;
}

/* --- feed.create ------------------------------------------------------------------------------ */

struct feed_create {
    enum feed_kind kind;
    int64_t club, theme;
};
static const struct field create_in[] = {
    FIELD_CHOICE(struct feed_create, kind, &feed_kind_choice,
                 "Events one is registered for or waits for, a Club's, a theme's; or a shelf"),
    FIELD_ID_OPT(struct feed_create, club, "Of kind \"club\" or \"shelf\": which"),
    FIELD_ID_OPT(struct feed_create, theme, "Of kind \"theme\": which"),
    FIELD_END,
};
struct feed_created {
    int64_t id;
    const char *url;
};
static const struct field create_out[] = {
    FIELD_ID(struct feed_created, id, "Feed, for feed.revoke"),
    FIELD_LINE(struct feed_created, url, 1, LIMIT_ITEM_CHARS, "The secret address, told only now"),
    FIELD_END,
};

SQL(count_feeds, "SELECT count(*) FROM feed WHERE person = ?1");
SQL(insert_feed, "INSERT INTO feed (person, hash, kind, club, theme, created_at)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

static enum err check(struct tx *tx, const struct feed_create *in)
{
    bool of_shelf = in->kind == FEED_SHELF, of_theme = in->kind == FEED_THEME;
    bool of_club = in->kind == FEED_CLUB || of_shelf;
    if (of_club != (in->club != 0)) {
        return tx_fail(tx, of_club ? ERR_MISSING : ERR_UNKNOWN, "club", NULL);
    }
    if (of_theme != (in->theme != 0)) {
        return tx_fail(tx, of_theme ? ERR_MISSING : ERR_UNKNOWN, "theme", NULL);
    }
    bool seen = of_shelf ? (may_on_shelf(tx, in->club) & SHELF_CAN_SEE) != 0
                         : (may_in_club(tx, in->club) & CAN_READ) != 0;
    if (of_club && !seen) {
        return tx_fail(tx, ERR_NOT_FOUND, "club", NULL);
    }
    if (of_theme && !db_text(tx->db, &theme_name, tx->arena, in->theme)) {
        return tx_fail(tx, ERR_NOT_FOUND, "theme", NULL);
    }
    if (db_int(tx->db, &count_feeds, 0, tx->actor.person) >= LIMIT_FEEDS_PER_PERSON) {
        return tx_fail(tx, ERR_FULL, NULL, PHRASE("vingt agendas", "twenty feeds"));
    }
    return ERR_NONE;
}

static enum err create_run(struct tx *tx, const void *in_, void *out_)
{
    const struct feed_create *in = in_;
    struct feed_created *out = out_;
    enum err err = check(tx, in);
    if (err) {
        return err;
    }
    struct secret secret = secret_draw(SECRET_FEED, tx->arena);
    db_run(tx->db, &insert_feed, tx->actor.person, db_blob(secret.hash, sizeof secret.hash),
           kind_words[in->kind], db_id(in->club), db_id(in->theme), tx->now_ms);
    out->id = db_last_id(tx->db);
    out->url =
        in->kind == FEED_SHELF
            ? arena_printf(tx->arena, "%s/bibliotheque/secret/%s.atom", tx->public_url, secret.text)
            : arena_printf(tx->arena, "%s/calendrier/%s.ics", tx->public_url, secret.text);
    return ERR_NONE;
}

const struct command feed_create_command = {
    .name = "feed.create",
    .doc = "Make a calendar or a shelf to follow; its secret address is shown once, only its hash "
           "is kept.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = create_in,
    .in_bytes = sizeof(struct feed_create),
    .out = create_out,
    .out_bytes = sizeof(struct feed_created),
    .run = create_run,
};

/* --- feed.list -------------------------------------------------------------------------------- */

struct feed {
    int64_t id;
    enum feed_kind kind;
    int64_t club, theme;
    const char *name;
    int64_t created_at;
};
static const struct field feed_fields[] = {
    FIELD_ID(struct feed, id, "Feed"),
    FIELD_CHOICE(struct feed, kind, &feed_kind_choice, "What it follows"),
    FIELD_ID_OPT(struct feed, club, "Club it follows"),
    FIELD_ID_OPT(struct feed, theme, "Theme it follows"),
    FIELD_LINE(struct feed, name, 1, LIMIT_LABEL_CHARS, "As a calendar shows it"),
    FIELD_TIME(struct feed, created_at, "When it was made"),
    FIELD_END,
};
struct feed_page {
    struct list feeds;
};
static const struct field list_out[] = {
    FIELD_LIST(struct feed_page, feeds, feed, feed_fields, 0, LIMIT_FEEDS_PER_PERSON, "Feeds"),
    FIELD_END,
};

SQL(feeds_of, "SELECT id, kind, club, theme, created_at FROM feed WHERE person = ?1 ORDER BY id");

static enum err list_run(struct tx *tx, const void *in, void *out)
{
    (void)in;
    struct feed_page *page = out;
    struct {
        struct feed *items;
        size_t count, capacity;
    } found = {0};
    for (struct rows rows = db_select(tx->db, &feeds_of, tx->actor.person); rows_next(&rows);) {
        struct feed feed = {
            .id = rows_int(&rows, 0),
            .kind = (enum feed_kind)choice_index(&feed_kind_choice, rows_text(&rows, 1)),
            .club = rows_int(&rows, 2),
            .theme = rows_int(&rows, 3),
            .created_at = rows_int(&rows, 4),
        };
        ARENA_PUSH(tx->arena, &found, feed);
    }
    for (size_t i = 0; i < found.count; i++) {
        struct feed *feed = &found.items[i];
        feed->name = feed_name(tx, feed->kind, feed->club, feed->theme);
    }
    page->feeds = (struct list){found.items, found.count};
    return ERR_NONE;
}

const struct command feed_list_command = {
    .name = "feed.list",
    .doc = "Calendars and shelves to follow that the person made.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = list_out,
    .out_bytes = sizeof(struct feed_page),
    .run = list_run,
};

/* --- feed.revoke ------------------------------------------------------------------------------ */

struct feed_revoke {
    int64_t feed;
};
static const struct field revoke_in[] = {
    FIELD_ID(struct feed_revoke, feed, "Feed of one's own"),
    FIELD_END,
};

SQL(delete_feed, "DELETE FROM feed WHERE id = ?1 AND person = ?2");

static enum err revoke_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct feed_revoke *asked = in;
    db_run(tx->db, &delete_feed, asked->feed, tx->actor.person);
    return db_changed(tx->db) ? ERR_NONE : tx_fail(tx, ERR_NOT_FOUND, "feed", NULL);
}

const struct command feed_revoke_command = {
    .name = "feed.revoke",
    .doc = "End a calendar or a shelf to follow: its address answers no more.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = revoke_in,
    .in_bytes = sizeof(struct feed_revoke),
    .out = no_fields,
    .run = revoke_run,
};
