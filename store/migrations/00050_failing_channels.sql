-- Channels, and recipients of them, that take nothing for the time being, and what the operators were told of it: one row from the first
-- attempt in vain until something is taken and that is told.

-- +goose Up

CREATE TABLE failing_channels (
    channel   TEXT   NOT NULL,
    recipient TEXT   NOT NULL,
    since     BIGINT NOT NULL,               -- wall clock, as all here: the first attempt in vain
    last_at   BIGINT NOT NULL,               -- the last one
    attempts  BIGINT NOT NULL,
    reason    TEXT   NOT NULL,               -- of the last one
    remedy    TEXT   NOT NULL,
    told_at   BIGINT,                        -- null while nobody was told
    ended_at  BIGINT,                        -- null while it lasts
    PRIMARY KEY (channel, recipient)
);

-- +goose Down

DROP TABLE failing_channels;
