-- Lists as they stood on a day. A snapshot is never changed; several of one list stand side by side.
CREATE TABLE snapshots (
    number  INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
    hash    BLOB NOT NULL,       -- BLAKE3 over its files
    list    TEXT NOT NULL,
    day     TEXT NOT NULL,       -- 2026-02-27
    basis   TEXT NOT NULL,       -- who says that it is of that day
    source  TEXT,                -- where the user has it from
    format  TEXT NOT NULL,
    entries INTEGER NOT NULL,
    names   INTEGER NOT NULL,
    broken  INTEGER NOT NULL,    -- records that could not be read
    body    BLOB NOT NULL,       -- EntryWire, JSON under zstd
    UNIQUE (list, hash)
) STRICT;
