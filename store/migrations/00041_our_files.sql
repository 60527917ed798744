-- What was last read of each file of counterparties, for those who ask another process than the daemon.

-- +goose Up
CREATE TABLE our_files (
    name         TEXT   NOT NULL PRIMARY KEY,
    file         TEXT   NOT NULL,
    parties      BIGINT NOT NULL,            -- that are screened
    unread       BIGINT NOT NULL,            -- rows that were not taken
    problem      TEXT   NOT NULL,            -- the first of these, for a person
    read_at      BIGINT,                     -- of the reading in use; null where there is none
    broken       TEXT   NOT NULL,            -- why the file as it is now cannot be read; '' where it can
    broken_since BIGINT
);
