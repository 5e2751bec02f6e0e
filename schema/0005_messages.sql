-- What is said, and what each person keeps of it.

-- id is the journal's number of its posting: rising, never used twice.
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
) STRICT;
-- What an unread count looks at is in it, so that a thousand messages are counted without reading one.
CREATE INDEX message_root ON message (channel, id, author, deleted_at, thread) WHERE thread IS NULL;
CREATE INDEX message_reply ON message (thread, id) WHERE thread IS NOT NULL;
CREATE INDEX message_by_author ON message (author);

-- Earlier wordings of an edited message; they go with it.
CREATE TABLE message_version (
    message INTEGER NOT NULL REFERENCES message,
    number INTEGER NOT NULL,                       -- 1 = as first posted
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;

-- A mention as its target, never expanded: a person, a role of the Club, or everybody.
CREATE TABLE mention (
    message INTEGER NOT NULL REFERENCES message,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'role', 'all')),
    target TEXT NOT NULL,                          -- person id, role name, or ''
    PRIMARY KEY (message, kind, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_target ON mention (kind, target, message);

CREATE TABLE reaction (
    message INTEGER NOT NULL REFERENCES message,
    emoji TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person,
    at INTEGER NOT NULL,
    PRIMARY KEY (message, emoji, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX reaction_by_person ON reaction (person);

CREATE TABLE pin (
    message INTEGER PRIMARY KEY REFERENCES message,
    channel INTEGER NOT NULL REFERENCES channel,
    person INTEGER REFERENCES person,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX pin_by_channel ON pin (channel, at);

CREATE TABLE saved (
    person INTEGER NOT NULL REFERENCES person,
    message INTEGER NOT NULL REFERENCES message,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_by_message ON saved (message);

CREATE TABLE draft (
    person INTEGER NOT NULL REFERENCES person,
    channel INTEGER NOT NULL REFERENCES channel,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, channel)
) STRICT, WITHOUT ROWID;

-- Up to which message of the main stream a person has read. The row is made when the right to read
-- begins, at the head of that moment: what came before does not count as unread.
CREATE TABLE reading (
    person INTEGER NOT NULL REFERENCES person,
    channel INTEGER NOT NULL REFERENCES channel,
    position INTEGER NOT NULL,
    PRIMARY KEY (person, channel)
) STRICT, WITHOUT ROWID;

-- Threads a person follows (author, replier, mentioned, by choice), each with its own position.
CREATE TABLE following (
    person INTEGER NOT NULL REFERENCES person,
    thread INTEGER NOT NULL REFERENCES message,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    PRIMARY KEY (person, thread)
) STRICT, WITHOUT ROWID;
CREATE INDEX following_by_thread ON following (thread);

-- An absent row means 'all'.
CREATE TABLE notification (
    person INTEGER NOT NULL REFERENCES person,
    channel INTEGER NOT NULL REFERENCES channel,
    level TEXT NOT NULL CHECK (level IN ('all', 'mentions', 'none')),
    PRIMARY KEY (person, channel)
) STRICT, WITHOUT ROWID;

-- Full text of what may be searched. External content: the row is removed with the very words it was
-- added with, in the transaction that changes them. `scope` holds the channel as a token ("c12").
-- Beginnings of words are gathered from the words themselves, from three letters on: an index of two
-- letters took more than a third of all of it.
CREATE VIEW message_text AS
    SELECT id, body, 'c' || channel AS scope FROM message WHERE deleted_at IS NULL;
CREATE VIRTUAL TABLE message_fts USING fts5 (
    body, scope, content = 'message_text', content_rowid = 'id', tokenize = 'french'
);
INSERT INTO message_fts (message_fts, rank) VALUES ('automerge', 0);
