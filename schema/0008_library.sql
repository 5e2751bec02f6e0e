-- The library: resources on the shelf of a Club (the national Club's is the national library), and
-- their editions.

CREATE TABLE resource (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,                      -- UUID: what feeds know it by
    club INTEGER NOT NULL REFERENCES club,         -- its shelf
    kind TEXT NOT NULL CHECK (kind IN ('reference', 'modele', 'guide', 'fiche_projet', 'podcast', 'replay',
        'lien', 'publication')),
    title TEXT NOT NULL,
    summary TEXT NOT NULL,                         -- Markdown as typed
    nodes TEXT NOT NULL,                           -- its tree as JSON
    organisation INTEGER REFERENCES organisation,  -- that made it; NULL: the Club
    dated_on TEXT NOT NULL DEFAULT '',             -- of the work itself: 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'
    licence TEXT NOT NULL CHECK (licence IN ('lo_2_0', 'cc0', 'cc_by', 'cc_by_sa', 'cc_by_nc', 'cc_by_nc_sa',
        'cc_by_nd', 'cc_by_nc_nd', 'interne', 'inconnue')),
    source TEXT NOT NULL DEFAULT '',               -- where it comes from, in words
    source_link TEXT NOT NULL DEFAULT '',
    source_message INTEGER REFERENCES message,     -- the conversation it was taken from
    public INTEGER NOT NULL DEFAULT 0 CHECK (public IN (0, 1)), -- shown to everybody, without a session
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'proposed', 'returned', 'scheduled',
        'published', 'withdrawn')),
    remark TEXT NOT NULL DEFAULT '',               -- what a reviewer asks for, or why it was withdrawn
    proposed_at INTEGER,                           -- last time
    publish_at INTEGER,                            -- of state 'scheduled'
    published_at INTEGER,
    edition INTEGER NOT NULL DEFAULT 1,            -- number of the one in force
    created_by INTEGER REFERENCES person,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX resource_by_shelf ON resource (club, state, published_at);
CREATE INDEX resource_by_time ON resource (state, published_at);
CREATE INDEX resource_by_author ON resource (created_by);

-- A version with its note: a file (file.edition) or a link, never both.
CREATE TABLE resource_edition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resource INTEGER NOT NULL REFERENCES resource,
    number INTEGER NOT NULL,                       -- from 1
    note TEXT NOT NULL DEFAULT '',                 -- what changed
    link TEXT NOT NULL DEFAULT '',
    person INTEGER REFERENCES person,
    at INTEGER NOT NULL,
    UNIQUE (resource, number)
) STRICT;

CREATE TABLE resource_theme (
    resource INTEGER NOT NULL REFERENCES resource,
    theme INTEGER NOT NULL REFERENCES theme,
    PRIMARY KEY (resource, theme)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_theme_by_theme ON resource_theme (theme, resource);

-- Where it is about; none: everywhere.
CREATE TABLE resource_territory (
    resource INTEGER NOT NULL REFERENCES resource,
    kind TEXT NOT NULL CHECK (kind IN ('town', 'commune', 'epci', 'departement')),
    code TEXT NOT NULL,                            -- town.key, INSEE code, SIREN, departement.code
    PRIMARY KEY (resource, kind, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_territory_by_code ON resource_territory (kind, code, resource);
CREATE INDEX commune_by_epci ON commune (epci);

-- What a fiche-projet says besides. Its PVD are its territories of kind 'town'.
CREATE TABLE fiche (
    resource INTEGER PRIMARY KEY REFERENCES resource,
    cost INTEGER,                                  -- euros, all taxes out; NULL: not said
    calendar TEXT NOT NULL DEFAULT '',             -- steps with their dates, in words
    partners TEXT NOT NULL DEFAULT '',
    lessons TEXT NOT NULL DEFAULT '',              -- what they would do again, and what not
    post INTEGER REFERENCES post                   -- whom to ask: who holds it changes
) STRICT;
CREATE TABLE fiche_funder (
    resource INTEGER NOT NULL REFERENCES resource,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    amount INTEGER,                                -- euros; NULL: not said
    PRIMARY KEY (resource, position)
) STRICT, WITHOUT ROWID;

-- A message that is the card of a resource.
ALTER TABLE message ADD COLUMN resource INTEGER REFERENCES resource;
CREATE INDEX message_by_resource ON message (resource) WHERE resource IS NOT NULL;
