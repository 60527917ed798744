-- Sources that cannot be read, or not as a whole, and what the operators were told of it: one row while it lasts, and until its end is told.

-- +goose Up

CREATE TABLE failing (
    source   TEXT   NOT NULL,
    kind     TEXT   NOT NULL,                -- broken, partly
    since    BIGINT NOT NULL,
    looks    BIGINT NOT NULL,                -- that failed since
    reason   TEXT   NOT NULL,                -- of the last one
    told_at  BIGINT,                         -- null while nobody was told
    ended_at BIGINT,                         -- null while it lasts
    PRIMARY KEY (source, kind)
);

-- the programs before told at once
INSERT INTO failing (source, kind, since, looks, reason, told_at)
    SELECT name, CASE health WHEN 'failed' THEN 'broken' ELSE health END, health_since, 1, reason, health_since FROM sources
    WHERE health IN ('failed', 'partly');

-- +goose Down

DROP TABLE failing;
