/* shelf.atom and shelf.feed: what was published on a shelf, as an Atom feed. For everybody where
 * all that is on it is public, else at a secret address for one person. */
#include "club/atom.h"
#include "club/feed.h"
#include "club/ids.h"
#include "club/markdown.h"
#include "club/resource.h"

/* --- entries ---------------------------------------------------------------------------------- */

SQL(uid_of, "SELECT uid FROM resource WHERE id = ?1");
SQL(themes_of, "SELECT t.name FROM resource_theme x JOIN theme t ON t.id = x.theme"
               " WHERE x.resource = ?1 ORDER BY t.position, t.id");

static const struct edition *in_force(const struct resource *resource)
{
    const struct edition *editions = resource->editions.items;
    for (size_t i = 0; i < resource->editions.count; i++) {
        if (editions[i].number == resource->edition) {
            return &editions[i];
        }
    }
    return NULL;
}

/* Where it is to be read: its page, which asks for a session; in a public feed, what it is. */
static void add_links(struct tx *tx, struct buf *out, const struct resource *resource,
                      bool is_public)
{
    const struct edition *edition = in_force(resource);
    const struct file *file = edition ? edition->file : NULL;
    const char *link = edition ? edition->link : NULL;
    const char *href =
        file ? arena_printf(tx->arena, "%s/fichier/%s", tx->public_url, file->key) : link;
    if (!is_public || !href) {
        atom_link(out, "alternate", "text/html", resource_url(tx, resource->id));
    } else {
        atom_link(out, "alternate", file ? file->type : "text/html", href);
    }
    if (is_public && file) {
        atom_link(out, "enclosure", file->type, href);
    }
}

static void add_entry(struct tx *tx, struct buf *out, int64_t id, bool is_public)
{
    struct resource resource;
    if (!resource_load(tx, id, &resource)) {
        return;
    }
    atom_entry(out, db_text(tx->db, &uid_of, tx->arena, id), resource.title, resource.changed_at,
               resource.published_at);
    add_links(tx, out, &resource, is_public);
    atom_category(out, resource_kind_name(resource.kind));
    for (struct rows rows = db_select(tx->db, &themes_of, id); rows_next(&rows);) {
        atom_category(out, rows_text(&rows, 0));
    }
    atom_element(out, "content", feed_cut(tx, markdown_plain(resource.summary, tx->arena)));
    buf_text(out, "</entry>\n");
}

static struct document write_feed(struct tx *tx, const struct atom_feed *feed,
                                  const struct ids *ids)
{
    struct buf buf;
    buf_init(&buf);
    atom_begin(&buf, feed);
    for (size_t i = 0; i < ids->count; i++) {
        add_entry(tx, &buf, ids->items[i], feed->is_public);
    }
    return atom_end(tx, &buf, feed);
}

/* What has left it counts too: a feed that has lost an entry has changed. */
SQL(changed_at,
    "SELECT max(changed_at) FROM resource WHERE club = ?1 AND published_at IS NOT NULL");
SQL(national_club, "SELECT id FROM club WHERE kind = 'national'");

static struct atom_feed feed_of(struct tx *tx, int64_t club)
{
    const char *home = club == db_int(tx->db, &national_club, 0)
                           ? arena_printf(tx->arena, "%s/ressources", tx->public_url)
                           : arena_printf(tx->arena, "%s/ressources?etagere=%lld", tx->public_url,
                                          (long long)club);
    return (struct atom_feed){
        .home = home,
        .title = feed_name(tx, FEED_SHELF, club, 0),
        .updated = db_int(tx->db, &changed_at, 0, club),
    };
}

/* --- shelf.atom ------------------------------------------------------------------------------- */

struct shelf_atom {
    int64_t club;
};
static const struct field atom_in[] = {
    FIELD_ID(struct shelf_atom, club, "Club whose shelf it is"),
    FIELD_END,
};

SQL(has_hidden, "SELECT 1 FROM resource WHERE club = ?1 AND state = 'published' AND public = 0"
                " LIMIT 1");
SQL(public_ones, "SELECT id FROM resource WHERE club = ?1 AND state = 'published' AND public = 1"
                 " ORDER BY published_at DESC, id DESC LIMIT ?2");

static enum err atom_run(struct tx *tx, const void *in_, void *out_)
{
    const struct shelf_atom *in = in_;
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &public_ones, in->club, (int64_t)LIMIT_LIST_MAX), &ids);
    if (ids.count == 0 || db_int(tx->db, &has_hidden, 0, in->club)) {
        return tx_fail(tx, ERR_NOT_FOUND, NULL, NULL);
    }
    struct atom_feed feed = feed_of(tx, in->club);
    feed.self =
        arena_printf(tx->arena, "%s/bibliotheque/%lld.atom", tx->public_url, (long long)in->club);
    feed.is_public = true;
    *(struct document *)out_ = write_feed(tx, &feed, &ids);
    return ERR_NONE;
}

const struct command shelf_atom_command = {
    .name = "shelf.atom",
    .doc = "The shelf of a Club as an Atom feed, the last published first. Not found unless all "
           "that is published there is public.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = atom_in,
    .in_bytes = sizeof(struct shelf_atom),
    .out = document_fields,
    .out_bytes = sizeof(struct document),
    .http_only = true,
    .path = "/bibliotheque/{club}.atom",
    .run = atom_run,
};

/* --- shelf.feed ------------------------------------------------------------------------------- */

struct shelf_feed {
    const char *token;
};
static const struct field feed_in[] = {
    FIELD_LINE(struct shelf_feed, token, 1, LIMIT_NAME_CHARS, "Secret of the address"),
    FIELD_END,
};

SQL(seen_ones, "SELECT r.id FROM resource r WHERE r.club = ?2 AND r.state = 'published'"
               " AND " RESOURCE_SEEN_BY " ORDER BY r.published_at DESC, r.id DESC LIMIT ?3");

static enum err feed_run(struct tx *tx, const void *in_, void *out_)
{
    const struct shelf_feed *in = in_;
    struct feed_source source;
    struct ids ids = {0};
    if (!feed_find(tx, in->token, &source) || source.kind != FEED_SHELF) {
        return tx_fail(tx, ERR_NOT_FOUND, NULL, NULL);
    }
    ids_read(tx, db_select(tx->db, &seen_ones, source.person, source.club, (int64_t)LIMIT_LIST_MAX),
             &ids);
    struct atom_feed feed = feed_of(tx, source.club);
    feed.self =
        arena_printf(tx->arena, "%s/bibliotheque/secret/%s.atom", tx->public_url, in->token);
    *(struct document *)out_ = write_feed(tx, &feed, &ids);
    return ERR_NONE;
}

const struct command shelf_feed_command = {
    .name = "shelf.feed",
    .doc = "The shelf at a secret address, as its person sees it now, the last published first. "
           "Unknown, revoked or its person suspended: not found.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = feed_in,
    .in_bytes = sizeof(struct shelf_feed),
    .out = document_fields,
    .out_bytes = sizeof(struct document),
    .http_only = true,
    .path = "/bibliotheque/secret/{token}.atom",
    .run = feed_run,
};
