-- Readings where a row may fill a page: beside their key in an index most of each lay in a page of its own.
CREATE TABLE read_so (
    document BLOB NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
    reader   TEXT NOT NULL,      -- version of the reader
    body     BLOB NOT NULL       -- ReadingWire, JSON under zstd
) STRICT;
INSERT OR REPLACE INTO read_so SELECT document, reader, body FROM readings ORDER BY document;
DROP TABLE readings;
ALTER TABLE read_so RENAME TO readings;
CREATE INDEX readings_by_reader ON readings (reader);

-- What is asked of a whole case, in the form in which it is asked.
CREATE TABLE linked_name_words (
    word   TEXT NOT NULL,        -- folded, of a name
    entity INTEGER NOT NULL,
    PRIMARY KEY (word, entity)
) STRICT, WITHOUT ROWID;
CREATE TABLE linked_outlets (
    outlet  TEXT PRIMARY KEY,    -- of the outlets file, or as it names itself
    claims  INTEGER NOT NULL,    -- claims with a chain through it
    alone   INTEGER NOT NULL,    -- claims that hang on it
    retold  INTEGER NOT NULL     -- claims in which another has the report from it
) STRICT, WITHOUT ROWID;
CREATE TABLE linked_outlet_documents (
    outlet   TEXT NOT NULL,
    document INTEGER NOT NULL,
    claims   INTEGER NOT NULL,   -- that it tells through it
    PRIMARY KEY (outlet, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE linked_sums (
    value    INTEGER NOT NULL,   -- sums of money that no fact tells, in thousandths
    currency TEXT NOT NULL,
    document INTEGER NOT NULL,   -- in the order of ids, though the file's numbers are signed
    amount   INTEGER NOT NULL,
    PRIMARY KEY (value, currency, document, amount)
) STRICT, WITHOUT ROWID;
DELETE FROM projection;
