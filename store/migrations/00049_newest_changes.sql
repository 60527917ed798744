-- The newest changes of a long history are read in their order, and no further than is asked for.

-- +goose Up

DROP INDEX changes_recorded;
CREATE INDEX changes_recorded ON changes (recorded_at, id);

-- +goose Down

DROP INDEX changes_recorded;
CREATE INDEX changes_recorded ON changes (recorded_at);
