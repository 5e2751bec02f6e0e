-- What can be found besides messages, and the words that mean the same.

-- A record as it is looked for: its words, gathered from the rows they lie in. It follows them in the
-- transaction that changes them (club/entry.c).
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'resource', 'person', 'town')),
    ref INTEGER NOT NULL,                          -- row of that kind
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,                           -- of an event its start, of a resource its publication; else 0
    UNIQUE (kind, ref)
) STRICT;

-- The index of records, and that of the pages of contents, which are far more and longer: apart, so that
-- how common a word is among the ones says nothing of the others. Both have external content, and the
-- triggers take each row out with the very words it was put in with, however it changes.
CREATE VIRTUAL TABLE entry_fts USING fts5 (
    title, body, content = 'entry', content_rowid = 'id', tokenize = 'french', prefix = '2'
);
INSERT INTO entry_fts (entry_fts, rank) VALUES ('automerge', 0);
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
    INSERT INTO entry_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER entry_worded AFTER UPDATE OF title, body ON entry BEGIN
    INSERT INTO entry_fts (entry_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
    INSERT INTO entry_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
    INSERT INTO entry_fts (entry_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;

-- A page is known to the index by its content and its number, of which there are fewer than 4096. Its text
-- is not kept twice.
CREATE VIEW page_text AS SELECT blob * 4096 + number AS id, text FROM blob_page;
CREATE VIRTUAL TABLE page_fts USING fts5 (
    text, content = 'page_text', content_rowid = 'id', tokenize = 'french', prefix = '2'
);
INSERT INTO page_fts (page_fts, rank) VALUES ('automerge', 0);
CREATE TRIGGER page_added AFTER INSERT ON blob_page BEGIN
    INSERT INTO page_fts (rowid, text) VALUES (new.blob * 4096 + new.number, new.text);
END;
CREATE TRIGGER page_removed AFTER DELETE ON blob_page BEGIN
    INSERT INTO page_fts (page_fts, rowid, text) VALUES ('delete', old.blob * 4096 + old.number, old.text);
END;

-- Words that mean the same; a term belongs to one group.
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
