-- Clubs, who belongs to them and why, and their channels.

CREATE TABLE club (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('national', 'departement')),
    departement TEXT UNIQUE REFERENCES departement,
    name TEXT NOT NULL,                            -- 'Club PVD de l''Ain'
    position INTEGER NOT NULL                      -- order in lists
) STRICT;

-- A post stays when people go: chef de projet of a town, animateur of a Club.
CREATE TABLE post (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    role TEXT NOT NULL CHECK (role IN ('chef_de_projet', 'animateur')),
    town INTEGER REFERENCES town,
    club INTEGER REFERENCES club,
    label TEXT NOT NULL,                           -- 'Chef de projet · Nantua et Montréal-la-Cluse'
    CHECK ((role = 'chef_de_projet') = (town IS NOT NULL)),
    CHECK ((role = 'animateur') = (club IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX post_of_town ON post (town) WHERE town IS NOT NULL;
CREATE UNIQUE INDEX post_of_club ON post (club) WHERE club IS NOT NULL;

-- Who holds a post, from when to when; two may hold it at once.
CREATE TABLE tenure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post INTEGER NOT NULL REFERENCES post,
    person INTEGER NOT NULL REFERENCES person,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,                               -- NULL: open
    state TEXT NOT NULL CHECK (state IN ('planned', 'active', 'ended'))
) STRICT;
CREATE INDEX tenure_by_post ON tenure (post);
CREATE INDEX tenure_by_person ON tenure (person);

-- Why a person may enter: through a tenure, or by invitation into a Club or one channel of it.
-- Rights read only the active rows; a row that ended stays, because messages name it.
CREATE TABLE membership (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person,
    club INTEGER NOT NULL REFERENCES club,
    channel INTEGER REFERENCES channel,            -- NULL: the whole Club
    role TEXT NOT NULL CHECK (role IN ('animateur', 'chef_de_projet', 'elu', 'partenaire', 'lecteur')),
    tenure INTEGER REFERENCES tenure,              -- NULL: invited
    organisation INTEGER REFERENCES organisation,
    label TEXT NOT NULL,                           -- function shown beside the name
    since INTEGER NOT NULL,
    until INTEGER,                                 -- NULL: open
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX membership_of_person ON membership (person, club) WHERE active = 1;
CREATE INDEX membership_of_club ON membership (club, person) WHERE active = 1;
CREATE INDEX membership_of_channel ON membership (channel) WHERE active = 1 AND channel IS NOT NULL;
CREATE INDEX membership_of_tenure ON membership (tenure) WHERE tenure IS NOT NULL;
CREATE INDEX membership_any_of_person ON membership (person);

CREATE TABLE invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB UNIQUE,                              -- of its token; NULL once used or revoked
    club INTEGER NOT NULL REFERENCES club,
    channel INTEGER REFERENCES channel,
    email TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('animateur', 'chef_de_projet', 'elu', 'partenaire', 'lecteur')),
    town INTEGER REFERENCES town,                  -- of a chef de projet
    organisation TEXT,
    invited_by INTEGER REFERENCES person,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'revoked'))
) STRICT;
CREATE INDEX invitation_by_club ON invitation (club, state);
CREATE INDEX invitation_by_email ON invitation (email);

-- A place to talk: of a Club (open or private), or a direct conversation (club NULL).
CREATE TABLE channel (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    club INTEGER REFERENCES club,
    kind TEXT NOT NULL CHECK (kind IN ('open', 'private', 'direct', 'event')),
    posting TEXT NOT NULL DEFAULT 'all' CHECK (posting IN ('all', 'animateurs')),
    name TEXT NOT NULL,                            -- '' for a direct conversation
    purpose TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    archived_at INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((kind = 'direct') = (club IS NULL))
) STRICT;
CREATE UNIQUE INDEX channel_name ON channel (club, name COLLATE NOCASE) WHERE archived_at IS NULL AND club IS NOT NULL;
CREATE INDEX channel_by_club ON channel (club, position);

-- Chosen members of a private channel, people of a direct conversation.
CREATE TABLE channel_member (
    channel INTEGER NOT NULL REFERENCES channel,
    person INTEGER NOT NULL REFERENCES person,
    since INTEGER NOT NULL,
    PRIMARY KEY (channel, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_member_by_person ON channel_member (person);
