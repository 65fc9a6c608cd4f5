-- How far readers have been told what is new: the last entry of the log and the last snapshot of a list by then.
CREATE TABLE marks (
    number   INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
    entry    INTEGER NOT NULL,
    snapshot INTEGER NOT NULL,
    at       TEXT                -- when, as the program that set it says
) STRICT;
