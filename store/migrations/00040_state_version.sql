-- The legal state has a version: it rises with each writing to entry_versions, and each row holds the version that last wrote it. So a
-- reader that keeps the state in memory reads only what was written since, whatever the clocks do.

-- +goose Up
CREATE TABLE state_version (
    name TEXT   NOT NULL PRIMARY KEY,
    n    BIGINT NOT NULL
);
INSERT INTO state_version (name, n) VALUES ('entries', 1);
ALTER TABLE entry_versions ADD COLUMN written BIGINT NOT NULL DEFAULT 1;
CREATE INDEX entry_versions_written ON entry_versions (written);
