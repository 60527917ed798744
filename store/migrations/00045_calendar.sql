-- The calendar looks each minute for what is missing, unshown, filed or about to take effect: few rows, whatever the size of the history.

-- +goose Up

CREATE INDEX source_entries_missing ON source_entries (missing_since) WHERE missing_since IS NOT NULL;
CREATE INDEX changes_unshown ON changes (recorded_at) WHERE act <> '' AND shown_at IS NULL AND latest = 1 AND retracted = '';
CREATE INDEX acts_filed ON acts (filed_on) WHERE status = 'filed';

-- 1 where the act's case says that it is in force
ALTER TABLE acts ADD COLUMN in_force BIGINT NOT NULL DEFAULT 0;
UPDATE acts SET in_force = 1 WHERE EXISTS (SELECT 1 FROM case_stages g WHERE g.case_id = acts.case_id AND g.stage = 'effective');
CREATE INDEX acts_to_come ON acts (effective_on) WHERE in_force = 0 AND effective_on <> '';

-- +goose Down

DROP INDEX acts_to_come;
ALTER TABLE acts DROP COLUMN in_force;
DROP INDEX acts_filed;
DROP INDEX changes_unshown;
DROP INDEX source_entries_missing;
