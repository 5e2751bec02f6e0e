-- What can be found besides messages, and the words that mean the same.

-- A record as it is looked for: its words, gathered from the rows they lie in by the views below. It
-- follows them in the transaction that changes them (club/entry.c). Of a person there is an entry for
-- each whole membership, because each Club sees its own function of theirs.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'resource', 'person', 'town')),
    ref INTEGER NOT NULL,                          -- row of the event, resource, membership or town
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,                           -- start of an event, publication of a resource; else 0
    UNIQUE (kind, ref)
) STRICT;

-- The index of records, and that of the pages of contents, which are far more and longer: apart, so that
-- how common a word is among the ones says nothing of the others. Both have external content: a row is taken
-- out with the very words it was put in with, before they change. (Triggers cannot: the safe settings let none
-- touch a virtual table.)
CREATE VIRTUAL TABLE entry_fts USING fts5 (
    title, body, content = 'entry', content_rowid = 'id', tokenize = 'french', prefix = '2'
);
INSERT INTO entry_fts (entry_fts, rank) VALUES ('automerge', 0);

-- A page is known to the index by its content and its number, which is below 4096. Its text is not kept
-- twice.
CREATE INDEX blob_page_by_id ON blob_page (blob * 4096 + number);
CREATE VIEW page_text AS SELECT blob * 4096 + number AS id, text FROM blob_page;
CREATE VIRTUAL TABLE page_fts USING fts5 (
    text, content = 'page_text', content_rowid = 'id', tokenize = 'french', prefix = '2'
);
INSERT INTO page_fts (page_fts, rank) VALUES ('automerge', 0);
INSERT INTO page_fts (page_fts) VALUES ('rebuild');

-- The words of each kind: `ref` as in entry, `owner` the row whose change they follow. A part of them is
-- shown where they are found, so Markdown is plain (its tree's texts, a line for each block), what is not
-- said leaves no gap, and what only helps to find comes last.
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
-- Not its source: where it comes from is not what it is about.
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
CREATE VIEW town_entry AS
    SELECT t.id AS ref, t.id AS owner, t.name AS title,
        coalesce((SELECT group_concat(c.name || coalesce(', ' || nullif(c.epci_name, ''), '') || ', ' || d.name
                || ', ' || c.insee, ' · ') FROM commune c JOIN departement d ON d.code = c.departement
                WHERE c.town = t.id) || ' · ', '') || 'PVD' AS body,
        0 AS at
    FROM town t;
INSERT INTO entry (kind, ref, title, body, at) SELECT 'event', ref, title, body, at FROM event_entry;
INSERT INTO entry (kind, ref, title, body, at) SELECT 'resource', ref, title, body, at FROM resource_entry;
INSERT INTO entry (kind, ref, title, body, at) SELECT 'person', ref, title, body, at FROM person_entry;
INSERT INTO entry (kind, ref, title, body, at) SELECT 'town', ref, title, body, at FROM town_entry;
INSERT INTO entry_fts (entry_fts) VALUES ('rebuild');

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
