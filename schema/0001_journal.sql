-- The journal and what keeps a resend from counting twice. Identities only: no body, title or name.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;
-- head: last number drawn; floor: lowest cursor from which nothing is missing; epoch: 16 hex digits.
INSERT INTO meta (key, value) VALUES ('head', 0), ('floor', 0), ('epoch', lower(hex(randomblob(8))));

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,          -- wall ms
    fact TEXT NOT NULL,
    audience INTEGER NOT NULL,    -- packed, see club/audience.h
    entity INTEGER NOT NULL,
    actor INTEGER NOT NULL        -- person, 0 for the system
) STRICT;
-- Holds all that a resume reads: thousands of rows among millions lie each on a page of its own.
CREATE INDEX journal_by_audience ON journal (audience, seq, fact, entity);

-- Last value per key (read position, draft, level...): the number of its last change.
CREATE TABLE mark (
    person INTEGER NOT NULL,
    fact TEXT NOT NULL,
    entity INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (person, fact, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_by_seq ON mark (person, seq);

-- What a sending already did (law 3): kept 30 days.
CREATE TABLE nonce (
    person INTEGER NOT NULL,
    nonce TEXT NOT NULL,
    command TEXT NOT NULL,
    object INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonce_by_age ON nonce (at);

-- What time will bring: an ordinary command run by the writer at its hour.
CREATE TABLE due (
    command TEXT NOT NULL,
    object INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (command, object)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_by_time ON due (at);
