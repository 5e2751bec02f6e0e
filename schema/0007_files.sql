-- What is brought in: contents stored once by what they are, and the files that name them.

-- A content, at DIR/files/ab/ab12...: written, synced and renamed before its row is committed. Of an
-- image it is what the helper drew anew, never the bytes as they came (no EXIF, no position).
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
CREATE INDEX blob_to_read ON blob (id) WHERE text = 'waiting';
CREATE INDEX blob_by_thumbnail ON blob (thumbnail) WHERE thumbnail IS NOT NULL;

-- The text inside, page by page; where a format has no pages, in stretches of some thousand bytes.
CREATE TABLE blob_page (
    blob INTEGER NOT NULL REFERENCES blob,
    number INTEGER NOT NULL,                       -- from 1
    name TEXT NOT NULL DEFAULT '',                 -- of a sheet
    text TEXT NOT NULL,
    PRIMARY KEY (blob, number)
) STRICT, WITHOUT ROWID;

-- Contents no file names any more; their bytes leave the disk after the commit.
CREATE TABLE blob_gone (
    hash BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody brought, under a name of theirs, known outside by an opaque key. It is coming until
-- its blob is there. It belongs to one place, whose rights are its rights; to none yet, it is its
-- bringer's alone, for a day.
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
CREATE INDEX file_by_message ON file (message) WHERE message IS NOT NULL;
CREATE INDEX file_by_event ON file (event) WHERE event IS NOT NULL;
CREATE INDEX file_by_edition ON file (edition) WHERE edition IS NOT NULL;
CREATE INDEX file_by_person ON file (person);

-- 1: the document is a file; those of an event come in the order of these documents.
ALTER TABLE event_document ADD COLUMN file INTEGER NOT NULL DEFAULT 0 CHECK (file IN (0, 1));
