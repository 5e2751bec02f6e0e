-- What the Clubs do together: events, who comes, what concerns whom, and the calendars that follow.

CREATE TABLE theme (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    position INTEGER NOT NULL
) STRICT;
-- The programme's seven thematic weeks.
INSERT INTO theme (name, position) VALUES
    ('Engagement et mobilisation', 1),
    ('Bien vieillir', 2),
    ('Commerce et artisanat', 3),
    ('Patrimoine et culture', 4),
    ('Habitat', 5),
    ('Mobilités', 6),
    ('Vivre avec la nature', 7);

-- Where a Club's news are posted; NULL: nowhere. Clubs that are there start with the channel they were
-- given for that.
ALTER TABLE club ADD COLUMN announcements INTEGER REFERENCES channel;
UPDATE club SET announcements = (SELECT c.id FROM channel c
    WHERE c.club = club.id AND c.name = 'Annonces' AND c.archived_at IS NULL);

-- Instants are UTC ms; the zone only says how to show them. A whole day is [midnight, midnight) there.
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
CREATE INDEX event_by_start ON event (starts_at);
CREATE INDEX event_by_end ON event (ends_at);
CREATE INDEX event_by_parent ON event (parent) WHERE parent IS NOT NULL;
CREATE INDEX event_by_channel ON event (channel) WHERE channel IS NOT NULL;

-- To whom it is announced. Every scope is written out as Clubs but 'network', which is everybody.
CREATE TABLE event_club (
    event INTEGER NOT NULL REFERENCES event,
    club INTEGER NOT NULL REFERENCES club,
    PRIMARY KEY (event, club)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_club_by_club ON event_club (club, event);

-- Who among them may register; no row: everybody.
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

-- Documents to read before or after.
CREATE TABLE event_document (
    event INTEGER NOT NULL REFERENCES event,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    link TEXT NOT NULL,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

-- What the organiser asks who registers.
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

-- One row per person and event, whatever becomes of it. Who is erased stays as a role and a place, to be counted.
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
CREATE INDEX registration_by_state ON registration (event, state, turn);
CREATE INDEX registration_by_person ON registration (person, event);

CREATE TABLE answer (
    registration INTEGER NOT NULL REFERENCES registration,
    question INTEGER NOT NULL REFERENCES question,
    text TEXT NOT NULL,
    PRIMARY KEY (registration, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_question ON answer (question);

-- Each tick and each correction of who was there.
CREATE TABLE attendance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    registration INTEGER NOT NULL REFERENCES registration,
    present INTEGER CHECK (present IN (0, 1)),     -- NULL: the tick was taken back
    by INTEGER REFERENCES person,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX attendance_by_registration ON attendance (registration);

-- What concerns a person, kept until they have seen it; the mail of the same text leaves beside it.
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
CREATE INDEX notice_by_person ON notice (person, id);
CREATE INDEX notice_by_event ON notice (event) WHERE event IS NOT NULL;
CREATE INDEX notice_by_resource ON notice (resource) WHERE resource IS NOT NULL;
-- Up to which one the person has seen.
CREATE TABLE notice_seen (
    person INTEGER PRIMARY KEY REFERENCES person,
    position INTEGER NOT NULL
) STRICT;

-- Reminders a person does not want; no row: all three.
CREATE TABLE reminder_refused (
    person INTEGER NOT NULL REFERENCES person,
    stage TEXT NOT NULL CHECK (stage IN ('week', 'day', 'hour')),
    PRIMARY KEY (person, stage)
) STRICT, WITHOUT ROWID;

-- Calendars and shelves to follow by a secret address; only its hash is kept.
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

-- An invitation in the sense of iTIP travels beside the letter's text (RFC 6047).
ALTER TABLE mail ADD COLUMN method TEXT NOT NULL DEFAULT '';     -- 'REQUEST', 'CANCEL' or ''
ALTER TABLE mail ADD COLUMN calendar TEXT NOT NULL DEFAULT '';
-- A message that is the card of an event.
ALTER TABLE message ADD COLUMN event INTEGER REFERENCES event;
CREATE INDEX message_by_event ON message (event) WHERE event IS NOT NULL;

-- Channels of events are named after them, and two events may have the same title.
DROP INDEX channel_name;
CREATE UNIQUE INDEX channel_name ON channel (club, name COLLATE NOCASE)
    WHERE archived_at IS NULL AND club IS NOT NULL AND kind <> 'event';
