-- What people say of themselves, and whom to ring at the préfecture.

-- Absent: nothing said, nothing shown but the name and the functions. What is shown is shown to who
-- shares a whole Club with them, and to nobody else.
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

-- Contact card of a Club: the service that runs it. Absent: none yet.
CREATE TABLE club_card (
    club INTEGER PRIMARY KEY REFERENCES club,
    service TEXT NOT NULL,                         -- 'DDT de l''Ain, service urbanisme'
    address TEXT NOT NULL,                         -- as on an envelope, several lines
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    hours TEXT NOT NULL,                           -- 'du lundi au vendredi, 9 h - 12 h'
    changed_at INTEGER NOT NULL
) STRICT;

-- Whom to ask for there; they need no account.
CREATE TABLE club_card_person (
    club INTEGER NOT NULL REFERENCES club,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,                           -- function
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (club, position)
) STRICT, WITHOUT ROWID;

-- The function without case or accents, and people in the order of lists: the directory walks it and
-- stops at the end of a page.
ALTER TABLE membership ADD COLUMN folded TEXT NOT NULL DEFAULT '';
CREATE INDEX person_by_name ON person (substr(folded, 1, 40), id) WHERE state = 'active';
