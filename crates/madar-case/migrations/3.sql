-- What was done to the case, each entry with a hash over itself and the one before it. Entries hold hashes,
-- numbers and times, and no words of documents.
CREATE TABLE custody (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
    entry  TEXT NOT NULL,        -- JSON
    hash   BLOB NOT NULL         -- BLAKE3 of the hash before and the entry
) STRICT;
