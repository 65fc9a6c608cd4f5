-- What linking found, so that a case which grows writes what has changed and nothing else. Numbers of documents,
-- entities and claims are the beginnings of their ids, so that a record stays as it is when others come and go.
DROP TABLE linked_entities;
DROP TABLE linked_names;
DROP TABLE linked_name_keys;
DROP TABLE linked_claims;
DROP TABLE linked_places;
DROP TABLE linked_words;
DELETE FROM projection;

CREATE TABLE linked_entities (
    number INTEGER PRIMARY KEY,
    body   BLOB NOT NULL         -- LinkedEntityWire, postcard
) STRICT;
CREATE TABLE linked_names (
    entity INTEGER NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (entity, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE linked_name_keys (
    key    INTEGER NOT NULL,     -- of the index of names
    entity INTEGER NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (key, entity, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE linked_claims (
    number INTEGER PRIMARY KEY,
    body   BLOB NOT NULL         -- LinkedClaimWire, postcard
) STRICT;
CREATE TABLE linked_places (
    document INTEGER PRIMARY KEY,
    body     BLOB NOT NULL       -- PlacesWire, postcard
) STRICT;
CREATE TABLE linked_words (
    folded   TEXT PRIMARY KEY,
    document INTEGER NOT NULL,   -- the first that has it
    stands   TEXT NOT NULL       -- as it stands there
) STRICT, WITHOUT ROWID;

-- What is needed to link again with further documents.
CREATE TABLE known_documents (
    document INTEGER PRIMARY KEY,
    digest   BLOB NOT NULL,      -- DigestWire, postcard
    sketch   BLOB NOT NULL,      -- hashes of its words, in order, four bytes each
    mark     BLOB NOT NULL       -- MarkWire, postcard
) STRICT;
CREATE TABLE known_reports (
    document INTEGER PRIMARY KEY,
    body     BLOB NOT NULL       -- ReportWire, several, postcard
) STRICT;
CREATE TABLE known_spellings (
    number INTEGER PRIMARY KEY,
    body   BLOB NOT NULL         -- SpellingWire, postcard
) STRICT;
