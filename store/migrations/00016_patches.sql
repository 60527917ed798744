-- +goose Up
-- Of a body that is stored as a patch: the sha256 of the whole one of which it is made; '' where the body is stored whole.
ALTER TABLE blobs ADD COLUMN base TEXT NOT NULL DEFAULT '';
CREATE INDEX fetches_url_at ON fetches (source, url, at);

-- +goose Down
DROP INDEX fetches_url_at;
ALTER TABLE blobs DROP COLUMN base;
