-- What cannot be computed again. Entities, claims and counts are a projection and are not kept.
CREATE TABLE documents (
    id        BLOB PRIMARY KEY,  -- DocumentId
    text_hash BLOB NOT NULL,     -- TextHash
    bytes     BLOB NOT NULL,     -- BytesHash of the capture that is kept
    origin    TEXT,              -- where it was read from
    title     TEXT,
    body      BLOB NOT NULL      -- DocumentWire, JSON under zstd
) STRICT, WITHOUT ROWID;

-- The same text may have come in several wrappings.
CREATE TABLE captures (
    bytes    BLOB PRIMARY KEY,   -- BytesHash
    document BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    origin   TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX captures_of_document ON captures (document);

CREATE TABLE readings (
    document BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    reader   TEXT NOT NULL,      -- version of the reader
    body     BLOB NOT NULL,      -- ReadingWire, JSON under zstd
    PRIMARY KEY (document, reader)
) STRICT, WITHOUT ROWID;

-- What the last run could not read.
CREATE TABLE failures (
    origin TEXT NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Append-only: taking a decision back is a further row.
CREATE TABLE decisions (
    number   INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
    decision TEXT NOT NULL       -- JSON
) STRICT;
