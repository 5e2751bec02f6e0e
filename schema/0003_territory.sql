-- Where they come from. A PVD ("town") is one commune or several; it may span two départements.

CREATE TABLE departement (
    code TEXT PRIMARY KEY,                         -- '01', '2A', '974'
    name TEXT NOT NULL,                            -- 'Ain'
    of_name TEXT NOT NULL,                         -- 'de l''Ain', 'de La Réunion', 'des Landes'
    region TEXT NOT NULL                           -- 'Auvergne-Rhône-Alpes'
) STRICT, WITHOUT ROWID;

CREATE TABLE town (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,                      -- id_pvd, or the INSEE code of a commune alone
    name TEXT NOT NULL,                            -- 'Nantua et Montréal-la-Cluse'
    folded TEXT NOT NULL,                          -- the name without case or accents, for look-ups
    signed_on TEXT,                                -- date of the convention, ISO 8601
    left_on TEXT                                   -- date it left the official list
) STRICT;

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
CREATE INDEX commune_by_town ON commune (town);
