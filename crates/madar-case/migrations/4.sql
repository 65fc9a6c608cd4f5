-- What linking found: derived from what stands above and from nothing else, and made anew whenever it does not
-- fit. Numbers of documents are places in the order of their ids.
CREATE TABLE projection (
    part  TEXT PRIMARY KEY,      -- what it was made from, and of which version; ids of the documents; ties
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE linked_entities (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL,
    body   BLOB NOT NULL         -- LinkedEntityWire, postcard
) STRICT;
CREATE INDEX linked_entities_by_id ON linked_entities (id);
CREATE TABLE linked_names (
    number INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL,
    text   TEXT NOT NULL
) STRICT;
CREATE TABLE linked_name_keys (
    key  INTEGER NOT NULL,       -- of the index of names
    name INTEGER NOT NULL,
    PRIMARY KEY (key, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE linked_claims (
    number INTEGER PRIMARY KEY,  -- in the order of their ids
    id     TEXT NOT NULL,
    body   BLOB NOT NULL         -- LinkedClaimWire, postcard
) STRICT;
CREATE INDEX linked_claims_by_id ON linked_claims (id);
CREATE TABLE linked_places (
    document INTEGER PRIMARY KEY,
    body     BLOB NOT NULL       -- PlacesWire, postcard
) STRICT;
CREATE TABLE linked_words (
    folded TEXT PRIMARY KEY,
    stands TEXT NOT NULL         -- as it stands in the first document that has it
) STRICT, WITHOUT ROWID;

-- Words of documents, for finding those that may hold a passage; a document's row goes with it.
CREATE TABLE searched (
    number   INTEGER PRIMARY KEY,
    document BLOB NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE
) STRICT;
CREATE VIRTUAL TABLE terms USING fts5 (
    words,
    content = '', contentless_delete = 1, detail = 'none',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TRIGGER searched_gone AFTER DELETE ON searched BEGIN
    DELETE FROM terms WHERE rowid = old.number;
END;

CREATE INDEX documents_of_text ON documents (text_hash);
