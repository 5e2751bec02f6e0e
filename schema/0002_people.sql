-- Who comes in: people, their sessions and tokens, the links that let them in, the mail that leaves.

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

-- A browser's session or a script's token; only the SHA-256 of the secret is kept.
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

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

-- A new password's link: single use, only the hash of its token.
CREATE TABLE reset (
    hash BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reset_by_person ON reset (person);

-- Outgoing mail: queued in the transaction that decided it, gone once delivered.
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
) STRICT;
CREATE INDEX mail_by_time ON mail (next_at);
CREATE INDEX mail_by_person ON mail (person);

-- Pages the operator writes: mentions légales, données personnelles, accessibilité.
CREATE TABLE page (
    slug TEXT PRIMARY KEY CHECK (slug IN ('mentions-legales', 'donnees-personnelles', 'accessibilite')),
    body TEXT NOT NULL,
    nodes TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
