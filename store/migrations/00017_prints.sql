-- What a stored entry says, as a fingerprint: the next look reads only the entries that it shows otherwise. The index holds all that is asked
-- of the others, so that their long texts are not passed over either. A row without a print, or with one of another version, is read.

-- +goose Up

ALTER TABLE source_entries ADD COLUMN print BLOB;
CREATE INDEX source_entries_prints ON source_entries (source, list, position, key, entry_id, seen_at, missing_since, print);
ALTER TABLE entry_versions ADD COLUMN print BLOB;
CREATE INDEX entry_versions_prints ON entry_versions (list, entry_id, valid_from, recorded_from, id, valid_to, key, print)
    WHERE recorded_to IS NULL;

-- +goose Down

DROP INDEX entry_versions_prints;
ALTER TABLE entry_versions DROP COLUMN print;
DROP INDEX source_entries_prints;
ALTER TABLE source_entries DROP COLUMN print;
