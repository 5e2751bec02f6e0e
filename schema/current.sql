-- Made by `make generate` from the migrations; not read by the program.
-- Version 12.

CREATE TABLE answer (
    registration INTEGER NOT NULL REFERENCES registration,
    question INTEGER NOT NULL REFERENCES question,
    text TEXT NOT NULL,
    PRIMARY KEY (registration, question)
) STRICT, WITHOUT ROWID;

CREATE INDEX answer_by_question ON answer (question);

CREATE TABLE attendance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    registration INTEGER NOT NULL REFERENCES registration,
    present INTEGER CHECK (present IN (0, 1)),     -- NULL: the tick was taken back
    by INTEGER REFERENCES person,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX attendance_by_registration ON attendance (registration);

CREATE TABLE blob (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,                     -- SHA-256 of the bytes
    bytes INTEGER NOT NULL,
    type TEXT NOT NULL,                            -- media type, one of base/media.def
    thumbnail INTEGER REFERENCES blob,             -- of an image
    width INTEGER, height INTEGER,                 -- of an image, px
    text TEXT NOT NULL CHECK (text IN ('none', 'waiting', 'read', 'unreadable')),
    unit TEXT NOT NULL DEFAULT '' CHECK (unit IN ('', 'page', 'slide', 'sheet')), -- what its pages are
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX blob_by_thumbnail ON blob (thumbnail) WHERE thumbnail IS NOT NULL;

CREATE INDEX blob_to_read ON blob (id) WHERE text = 'waiting';

CREATE TABLE blob_gone (
    hash BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blob_page (
    blob INTEGER NOT NULL REFERENCES blob,
    number INTEGER NOT NULL,                       -- from 1
    name TEXT NOT NULL DEFAULT '',                 -- of a sheet
    text TEXT NOT NULL,
    PRIMARY KEY (blob, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX blob_page_by_id ON blob_page (blob * 4096 + number);

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

CREATE INDEX channel_by_club ON channel (club, position);

CREATE UNIQUE INDEX channel_name ON channel (club, name COLLATE NOCASE)
    WHERE archived_at IS NULL AND club IS NOT NULL AND kind <> 'event';

CREATE TABLE channel_member (
    channel INTEGER NOT NULL REFERENCES channel,
    person INTEGER NOT NULL REFERENCES person,
    since INTEGER NOT NULL,
    PRIMARY KEY (channel, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX channel_member_by_person ON channel_member (person);

CREATE TABLE club (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('national', 'departement')),
    departement TEXT UNIQUE REFERENCES departement,
    name TEXT NOT NULL,                            -- 'Club PVD de l''Ain'
    position INTEGER NOT NULL                      -- order in lists
, announcements INTEGER REFERENCES channel) STRICT;

CREATE TABLE club_card (
    club INTEGER PRIMARY KEY REFERENCES club,
    service TEXT NOT NULL,                         -- 'DDT de l''Ain, service urbanisme'
    address TEXT NOT NULL,                         -- as on an envelope, several lines
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    hours TEXT NOT NULL,                           -- 'du lundi au vendredi, 9 h - 12 h'
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE club_card_person (
    club INTEGER NOT NULL REFERENCES club,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,                           -- function
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (club, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE commune (
    insee TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    departement TEXT NOT NULL REFERENCES departement,
    epci TEXT,                                     -- SIREN
    epci_name TEXT,
    population INTEGER,
    town INTEGER NOT NULL REFERENCES town,
    left_on TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX commune_by_epci ON commune (epci);

CREATE INDEX commune_by_town ON commune (town);

CREATE TABLE departement (
    code TEXT PRIMARY KEY,                         -- '01', '2A', '974'
    name TEXT NOT NULL,                            -- 'Ain'
    of_name TEXT NOT NULL,                         -- 'de l''Ain', 'de La Réunion', 'des Landes'
    region TEXT NOT NULL                           -- 'Auvergne-Rhône-Alpes'
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    person INTEGER NOT NULL REFERENCES person,
    channel INTEGER NOT NULL REFERENCES channel,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE due (
    command TEXT NOT NULL,
    object INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (command, object)
) STRICT, WITHOUT ROWID;

CREATE INDEX due_by_time ON due (at);

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'resource', 'person', 'town')),
    ref INTEGER NOT NULL,                          -- row of the event, resource, membership or town
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,                           -- start of an event, publication of a resource; else 0
    UNIQUE (kind, ref)
) STRICT;

CREATE VIRTUAL TABLE entry_fts USING fts5 (
    title, body, content = 'entry', content_rowid = 'id', tokenize = 'french', prefix = '2'
);

CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,                      -- UUID: what calendars know it by (RFC 7986 5.3)
    club INTEGER NOT NULL REFERENCES club,         -- whose animateurs run it; the national one: the ANCT
    kind TEXT NOT NULL CHECK (kind IN ('webinaire', 'semaine', 'formation_initiale',
        'formation_approfondissement', 'formation_complementaire', 'atelier', 'voyage',
        'rencontre_regionale', 'rencontre_nationale', 'seance')),
    parent INTEGER REFERENCES event,               -- the semaine thématique it is part of
    title TEXT NOT NULL,
    description TEXT NOT NULL,                     -- Markdown as typed
    nodes TEXT NOT NULL,                           -- its tree as JSON
    organisation INTEGER REFERENCES organisation,  -- partner body that organises it; NULL: the Club
    scope TEXT NOT NULL CHECK (scope IN ('network', 'region', 'clubs')),
    region TEXT,                                   -- of scope 'region'
    public INTEGER NOT NULL DEFAULT 0 CHECK (public IN (0, 1)), -- told to everybody, in the public feed
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    zone TEXT NOT NULL,                            -- 'Europe/Paris'
    all_day INTEGER NOT NULL DEFAULT 0 CHECK (all_day IN (0, 1)),
    address TEXT NOT NULL DEFAULT '',
    commune TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    link_shown TEXT NOT NULL DEFAULT 'all' CHECK (link_shown IN ('all', 'registered')),
    registration TEXT NOT NULL CHECK (registration IN ('none', 'open', 'approval', 'invitation')),
    capacity INTEGER,                              -- NULL: no limit
    deadline_at INTEGER,                           -- of registrations; NULL: its start
    hold_hours INTEGER NOT NULL DEFAULT 48,        -- how long a freed seat is held for who was waiting
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'cancelled')),
    publish_at INTEGER,                            -- of a draft: when it will be published
    published_at INTEGER,
    reason TEXT NOT NULL DEFAULT '',               -- why it was cancelled
    sequence INTEGER NOT NULL DEFAULT 0,           -- of its changes that matter to a calendar (RFC 5546 2.1.4)
    seated INTEGER NOT NULL DEFAULT 0,             -- as last told (event.count), not as counted now
    waiting INTEGER NOT NULL DEFAULT 0,
    channel INTEGER REFERENCES channel,            -- opened when it is published
    replay TEXT NOT NULL DEFAULT '',               -- link to the recording
    created_by INTEGER REFERENCES person,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK ((scope = 'region') = (region IS NOT NULL)),
    CHECK (ends_at > starts_at)
) STRICT;

CREATE INDEX event_by_channel ON event (channel) WHERE channel IS NOT NULL;

CREATE INDEX event_by_end ON event (ends_at);

CREATE INDEX event_by_parent ON event (parent) WHERE parent IS NOT NULL;

CREATE INDEX event_by_start ON event (starts_at);

CREATE TABLE event_club (
    event INTEGER NOT NULL REFERENCES event,
    club INTEGER NOT NULL REFERENCES club,
    PRIMARY KEY (event, club)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_club_by_club ON event_club (club, event);

CREATE TABLE event_document (
    event INTEGER NOT NULL REFERENCES event,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    link TEXT NOT NULL, file INTEGER NOT NULL DEFAULT 0 CHECK (file IN (0, 1)),
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

CREATE VIEW event_entry AS
    SELECT e.id AS ref, e.id AS owner, e.title AS title,
        ltrim(coalesce((SELECT group_concat(CASE
                    WHEN j.key = 't' THEN iif(j.atom IN ('p', 'h', 'li', 'quote', 'code', 'br', 'hr'), char(10), '')
                    WHEN j.type = 'text' AND (typeof(j.key) = 'integer' OR j.key IN ('text', 'name')) THEN j.atom END, '')
                FROM json_tree(e.nodes) j), '')
            || coalesce(' · ' || nullif(trim(e.commune || ' ' || e.address), ''), '')
            || coalesce(' · ' || (SELECT name FROM organisation WHERE id = e.organisation), '')
            || ' · ' || replace(e.kind, '_', ' '), ' ·' || char(10)) AS body,
        e.starts_at AS at
    FROM event e;

CREATE TABLE event_role (
    event INTEGER NOT NULL REFERENCES event,
    role TEXT NOT NULL CHECK (role IN ('animateur', 'chef_de_projet', 'elu', 'partenaire', 'lecteur')),
    PRIMARY KEY (event, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_theme (
    event INTEGER NOT NULL REFERENCES event,
    theme INTEGER NOT NULL REFERENCES theme,
    PRIMARY KEY (event, theme)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_theme_by_theme ON event_theme (theme, event);

CREATE TABLE feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person,
    hash BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('mine', 'club', 'theme', 'shelf')),
    club INTEGER REFERENCES club,
    theme INTEGER REFERENCES theme,
    created_at INTEGER NOT NULL,
    CHECK ((kind IN ('club', 'shelf')) = (club IS NOT NULL)),
    CHECK ((kind = 'theme') = (theme IS NOT NULL))
) STRICT;

CREATE INDEX feed_by_person ON feed (person);

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

CREATE TABLE file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,                      -- 26 characters of base32: 128 random bits
    person INTEGER REFERENCES person,              -- who brought it; NULL once erased
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,                        -- as announced, then of the blob
    received INTEGER NOT NULL DEFAULT 0,           -- synced so far: what a cut cannot take back
    blob INTEGER REFERENCES blob,                  -- NULL: still coming
    message INTEGER REFERENCES message,
    event INTEGER REFERENCES event,
    edition INTEGER REFERENCES resource_edition,
    position INTEGER NOT NULL DEFAULT 0,           -- among those of its place
    created_at INTEGER NOT NULL,
    CHECK ((message IS NOT NULL) + (event IS NOT NULL) + (edition IS NOT NULL) <= 1)
) STRICT;

CREATE INDEX file_by_blob ON file (blob) WHERE blob IS NOT NULL;

CREATE INDEX file_by_edition ON file (edition) WHERE edition IS NOT NULL;

CREATE INDEX file_by_event ON file (event) WHERE event IS NOT NULL;

CREATE INDEX file_by_message ON file (message) WHERE message IS NOT NULL;

CREATE INDEX file_by_person ON file (person);

CREATE TABLE following (
    person INTEGER NOT NULL REFERENCES person,
    thread INTEGER NOT NULL REFERENCES message,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    PRIMARY KEY (person, thread)
) STRICT, WITHOUT ROWID;

CREATE INDEX following_by_thread ON following (thread);

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

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,          -- wall ms
    fact TEXT NOT NULL,
    audience INTEGER NOT NULL,    -- packed, see club/audience.h
    entity INTEGER NOT NULL,
    actor INTEGER NOT NULL        -- person, 0 for the system
) STRICT;

CREATE INDEX journal_by_audience ON journal (audience, seq, fact, entity);

CREATE TABLE mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER REFERENCES person,              -- NULL: not (yet) a person
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    plain TEXT NOT NULL,
    html TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,                      -- not before this instant
    created_at INTEGER NOT NULL
, method TEXT NOT NULL DEFAULT '', calendar TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX mail_by_person ON mail (person);

CREATE INDEX mail_by_time ON mail (next_at);

CREATE TABLE mark (
    person INTEGER NOT NULL,
    fact TEXT NOT NULL,
    entity INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (person, fact, entity)
) STRICT, WITHOUT ROWID;

CREATE INDEX mark_by_seq ON mark (person, seq);

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
, folded TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX membership_any_of_person ON membership (person);

CREATE INDEX membership_of_channel ON membership (channel) WHERE active = 1 AND channel IS NOT NULL;

CREATE INDEX membership_of_club ON membership (club, person) WHERE active = 1;

CREATE INDEX membership_of_person ON membership (person, club) WHERE active = 1;

CREATE INDEX membership_of_tenure ON membership (tenure) WHERE tenure IS NOT NULL;

CREATE TABLE mention (
    message INTEGER NOT NULL REFERENCES message,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'role', 'all')),
    target TEXT NOT NULL,                          -- person id, role name, or ''
    PRIMARY KEY (message, kind, target)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_by_target ON mention (kind, target, message);

CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channel,
    thread INTEGER REFERENCES message,             -- root it answers; NULL in the main stream
    author INTEGER REFERENCES person,              -- NULL once the person is erased
    membership INTEGER REFERENCES membership,      -- under which it was written
    body TEXT NOT NULL,                            -- Markdown as typed; '' once deleted
    nodes TEXT NOT NULL,                           -- its tree as JSON; '[]' once deleted
    at INTEGER NOT NULL,
    edited_at INTEGER,
    deleted_at INTEGER
, event INTEGER REFERENCES event, resource INTEGER REFERENCES resource) STRICT;

CREATE INDEX message_by_author ON message (author);

CREATE INDEX message_by_event ON message (event) WHERE event IS NOT NULL;

CREATE INDEX message_by_resource ON message (resource) WHERE resource IS NOT NULL;

CREATE INDEX message_reply ON message (thread, id) WHERE thread IS NOT NULL;

CREATE INDEX message_root ON message (channel, id, author, deleted_at, thread) WHERE thread IS NULL;

CREATE VIRTUAL TABLE message_fts USING fts5 (
    body, scope, content = 'message_text', content_rowid = 'id', tokenize = 'french'
);

CREATE VIRTUAL TABLE message_fts_words USING fts5vocab (message_fts, instance);

CREATE VIEW message_text AS
    SELECT id, body, 'c' || channel AS scope FROM message WHERE deleted_at IS NULL;

CREATE TABLE message_version (
    message INTEGER NOT NULL REFERENCES message,
    number INTEGER NOT NULL,                       -- 1 = as first posted
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE "nonce" (
    nonce TEXT NOT NULL,
    person INTEGER NOT NULL,
    command TEXT NOT NULL,
    object INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (nonce, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX nonce_by_age ON nonce (at);

CREATE TABLE notice (
    id INTEGER PRIMARY KEY,                        -- number of the fact that told it
    person INTEGER NOT NULL REFERENCES person,
    kind TEXT NOT NULL,
    event INTEGER REFERENCES event,
    resource INTEGER REFERENCES resource,
    detail TEXT NOT NULL DEFAULT '',               -- what changed, the reason
    at INTEGER NOT NULL,
    CHECK ((event IS NULL) <> (resource IS NULL))
) STRICT;

CREATE INDEX notice_by_event ON notice (event) WHERE event IS NOT NULL;

CREATE INDEX notice_by_person ON notice (person, id);

CREATE INDEX notice_by_resource ON notice (resource) WHERE resource IS NOT NULL;

CREATE TABLE notice_seen (
    person INTEGER PRIMARY KEY REFERENCES person,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE notification (
    person INTEGER NOT NULL REFERENCES person,
    channel INTEGER NOT NULL REFERENCES channel,
    level TEXT NOT NULL CHECK (level IN ('all', 'mentions', 'none')),
    PRIMARY KEY (person, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE page (
    slug TEXT PRIMARY KEY CHECK (slug IN ('mentions-legales', 'donnees-personnelles', 'accessibilite')),
    body TEXT NOT NULL,
    nodes TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE page_fts USING fts5 (
    text, content = 'page_text', content_rowid = 'id', tokenize = 'french', prefix = '2'
);

CREATE VIEW page_text AS SELECT blob * 4096 + number AS id, text FROM blob_page;

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT UNIQUE COLLATE NOCASE,              -- NULL once erased
    name TEXT,                                     -- NULL once erased
    folded TEXT NOT NULL DEFAULT '',               -- the name without case or accents, for look-ups
    administrator INTEGER NOT NULL DEFAULT 0 CHECK (administrator IN (0, 1)),
    password TEXT,                                 -- argon2id, encoded; NULL until chosen
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'erased')),
    suspended_until INTEGER,                       -- NULL: until an administrator says so
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX person_by_name ON person (substr(folded, 1, 40), id) WHERE state = 'active';

CREATE VIEW person_entry AS
    SELECT m.id AS ref, p.id AS owner, p.name AS title,
        ltrim(m.label
            || coalesce(' · ' || (SELECT name FROM organisation WHERE id = m.organisation), '')
            || coalesce(' · ' || nullif((SELECT f.offer FROM profile f
                WHERE f.person = p.id AND f.shows_offer = 1), ''), '')
            || coalesce(' · ' || (SELECT group_concat(h.name, ', ') FROM profile f
                JOIN profile_theme x ON x.person = f.person JOIN theme h ON h.id = x.theme
                WHERE f.person = p.id AND f.shows_themes = 1), ''), ' ·' || char(10)) AS body,
        0 AS at
    FROM membership m JOIN person p ON p.id = m.person
    WHERE m.active = 1 AND m.channel IS NULL AND p.state = 'active' AND p.name IS NOT NULL;

CREATE TABLE pin (
    message INTEGER PRIMARY KEY REFERENCES message,
    channel INTEGER NOT NULL REFERENCES channel,
    person INTEGER REFERENCES person,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX pin_by_channel ON pin (channel, at);

CREATE TABLE post (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    role TEXT NOT NULL CHECK (role IN ('chef_de_projet', 'animateur')),
    town INTEGER REFERENCES town,
    club INTEGER REFERENCES club,
    label TEXT NOT NULL,                           -- 'Chef de projet · Nantua et Montréal-la-Cluse'
    CHECK ((role = 'chef_de_projet') = (town IS NOT NULL)),
    CHECK ((role = 'animateur') = (club IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX post_of_club ON post (club) WHERE club IS NOT NULL;

CREATE UNIQUE INDEX post_of_town ON post (town) WHERE town IS NOT NULL;

CREATE TABLE profile (
    person INTEGER PRIMARY KEY REFERENCES person,
    offer TEXT NOT NULL DEFAULT '',                -- 'Je peux aider sur...'
    folded TEXT NOT NULL DEFAULT '',               -- the same without case or accents, for look-ups
    phone TEXT NOT NULL DEFAULT '',
    shows_offer INTEGER NOT NULL CHECK (shows_offer IN (0, 1)),
    shows_themes INTEGER NOT NULL CHECK (shows_themes IN (0, 1)),
    shows_email INTEGER NOT NULL CHECK (shows_email IN (0, 1)), -- that of the account
    shows_phone INTEGER NOT NULL CHECK (shows_phone IN (0, 1))
) STRICT;

CREATE TABLE profile_theme (
    person INTEGER NOT NULL REFERENCES person,
    theme INTEGER NOT NULL REFERENCES theme,
    PRIMARY KEY (person, theme)
) STRICT, WITHOUT ROWID;

CREATE INDEX profile_theme_by_theme ON profile_theme (theme, person);

CREATE TABLE question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event INTEGER NOT NULL REFERENCES event,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'choice', 'yes_no')),
    label TEXT NOT NULL,
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    options TEXT NOT NULL DEFAULT '[]'             -- of a choice: a JSON array of texts
) STRICT;

CREATE INDEX question_by_event ON question (event, position);

CREATE TABLE reaction (
    message INTEGER NOT NULL REFERENCES message,
    emoji TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person,
    at INTEGER NOT NULL,
    PRIMARY KEY (message, emoji, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX reaction_by_person ON reaction (person);

CREATE TABLE reading (
    person INTEGER NOT NULL REFERENCES person,
    channel INTEGER NOT NULL REFERENCES channel,
    position INTEGER NOT NULL,
    PRIMARY KEY (person, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE registration (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event INTEGER NOT NULL REFERENCES event,
    person INTEGER REFERENCES person,              -- NULL once erased
    state TEXT NOT NULL CHECK (state IN ('invited', 'asked', 'waiting', 'offered', 'seated', 'refused',
        'lapsed', 'cancelled')),
    turn INTEGER NOT NULL DEFAULT 0,               -- of the fact that brought it into its state: no rank gets worse
    held_until INTEGER,                            -- of an offered seat
    invited INTEGER NOT NULL DEFAULT 0 CHECK (invited IN (0, 1)), -- was, whatever came of it
    registered_by INTEGER REFERENCES person,       -- a colleague or an organiser; NULL: oneself
    role TEXT NOT NULL,                            -- as the person came: counted even once they are gone
    departement TEXT NOT NULL DEFAULT '',          -- code of their Club's; '' for the national one's
    present INTEGER CHECK (present IN (0, 1)),     -- NULL: not ticked
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (event, person)
) STRICT;

CREATE INDEX registration_by_person ON registration (person, event);

CREATE INDEX registration_by_state ON registration (event, state, turn);

CREATE TABLE reminder_refused (
    person INTEGER NOT NULL REFERENCES person,
    stage TEXT NOT NULL CHECK (stage IN ('week', 'day', 'hour')),
    PRIMARY KEY (person, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE reset (
    hash BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reset_by_person ON reset (person);

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

CREATE INDEX resource_by_author ON resource (created_by);

CREATE INDEX resource_by_shelf ON resource (club, state, published_at);

CREATE INDEX resource_by_time ON resource (state, published_at);

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

CREATE VIEW resource_entry AS
    SELECT r.id AS ref, r.id AS owner, r.title AS title,
        ltrim(coalesce((SELECT group_concat(CASE
                    WHEN j.key = 't' THEN iif(j.atom IN ('p', 'h', 'li', 'quote', 'code', 'br', 'hr'), char(10), '')
                    WHEN j.type = 'text' AND (typeof(j.key) = 'integer' OR j.key IN ('text', 'name')) THEN j.atom END, '')
                FROM json_tree(r.nodes) j), '')
            || coalesce(' · ' || (SELECT name FROM organisation WHERE id = r.organisation), '')
            || coalesce(' · ' || (SELECT group_concat(CASE t.kind
                    WHEN 'town' THEN (SELECT name FROM town WHERE key = t.code)
                    WHEN 'commune' THEN (SELECT name FROM commune WHERE insee = t.code)
                    WHEN 'epci' THEN (SELECT epci_name FROM commune WHERE epci = t.code LIMIT 1)
                    ELSE (SELECT name FROM departement WHERE code = t.code) END, ', ')
                FROM resource_territory t WHERE t.resource = r.id), '')
            || coalesce(' · ' || (SELECT group_concat(name, ', ') FROM fiche_funder WHERE resource = r.id), '')
            || coalesce((SELECT coalesce(' · ' || nullif(f.calendar, ''), '')
                    || coalesce(' · ' || nullif(f.partners, ''), '') || coalesce(' · ' || nullif(f.lessons, ''), '')
                FROM fiche f WHERE f.resource = r.id), '')
            || coalesce(' · ' || (SELECT x.name FROM resource_edition d JOIN file x ON x.edition = d.id
                WHERE d.resource = r.id AND d.number = r.edition LIMIT 1), '')
            || ' · ' || replace(r.kind, '_', '-'), ' ·' || char(10)) AS body,
        coalesce(r.published_at, 0) AS at
    FROM resource r;

CREATE TABLE resource_territory (
    resource INTEGER NOT NULL REFERENCES resource,
    kind TEXT NOT NULL CHECK (kind IN ('town', 'commune', 'epci', 'departement')),
    code TEXT NOT NULL,                            -- town.key, INSEE code, SIREN, departement.code
    PRIMARY KEY (resource, kind, code)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_territory_by_code ON resource_territory (kind, code, resource);

CREATE TABLE resource_theme (
    resource INTEGER NOT NULL REFERENCES resource,
    theme INTEGER NOT NULL REFERENCES theme,
    PRIMARY KEY (resource, theme)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_theme_by_theme ON resource_theme (theme, resource);

CREATE TABLE saved (
    person INTEGER NOT NULL REFERENCES person,
    message INTEGER NOT NULL REFERENCES message,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, message)
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_by_message ON saved (message);

CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person,
    hash BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('browser', 'token')),
    scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'read')),
    label TEXT NOT NULL DEFAULT '',                -- browser and system, or the token's name
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,                      -- to the hour, to spare the disk
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX session_by_person ON session (person);

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE synonym (
    id INTEGER PRIMARY KEY AUTOINCREMENT
) STRICT;

CREATE TABLE synonym_term (
    folded TEXT PRIMARY KEY,                       -- without case or accents
    synonym INTEGER NOT NULL REFERENCES synonym,
    position INTEGER NOT NULL,
    term TEXT NOT NULL                             -- as it was written
) STRICT, WITHOUT ROWID;

CREATE INDEX synonym_term_by_group ON synonym_term (synonym, position);

CREATE TABLE tenure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post INTEGER NOT NULL REFERENCES post,
    person INTEGER NOT NULL REFERENCES person,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,                               -- NULL: open
    state TEXT NOT NULL CHECK (state IN ('planned', 'active', 'ended'))
) STRICT;

CREATE INDEX tenure_by_person ON tenure (person);

CREATE INDEX tenure_by_post ON tenure (post);

CREATE TABLE theme (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE town (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,                      -- id_pvd, or the INSEE code of a commune alone
    name TEXT NOT NULL,                            -- 'Nantua et Montréal-la-Cluse'
    folded TEXT NOT NULL,                          -- the name without case or accents, for look-ups
    signed_on TEXT,                                -- date of the convention, ISO 8601
    left_on TEXT                                   -- date it left the official list
) STRICT;

CREATE VIEW town_entry AS
    SELECT t.id AS ref, t.id AS owner, t.name AS title,
        coalesce((SELECT group_concat(c.name || coalesce(', ' || nullif(c.epci_name, ''), '') || ', ' || d.name
                || ', ' || c.insee, ' · ') FROM commune c JOIN departement d ON d.code = c.departement
                WHERE c.town = t.id) || ' · ', '') || 'PVD' AS body,
        0 AS at
    FROM town t;
