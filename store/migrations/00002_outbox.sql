-- What is told: deliveries, acknowledgements, digests, and what routing knows besides what was noticed (00001). The same rules hold.

-- +goose Up

-- The outbox. The natural key keeps anything from being told twice; seq is the order of writing, which is kept within a case for each
-- recipient. A leased row whose lease ends was perhaps sent: doubtful stays 1 until an attempt's outcome is recorded.
CREATE TABLE deliveries (
    id           TEXT   NOT NULL PRIMARY KEY,
    seq          BIGINT NOT NULL UNIQUE,
    channel      TEXT   NOT NULL,
    recipient    TEXT   NOT NULL,
    kind         TEXT   NOT NULL,            -- alert, update, retraction, digest, operator, news, reminder, sample
    case_id      TEXT   NOT NULL,            -- a case, or the id of what else is told
    stage        TEXT   NOT NULL,
    revision     BIGINT NOT NULL,
    part         BIGINT NOT NULL,
    rules        TEXT   NOT NULL,            -- JSON
    severity     TEXT   NOT NULL,
    message      TEXT   NOT NULL,            -- JSON
    state        TEXT   NOT NULL,            -- pending, failed, sent, dead
    attempts     BIGINT NOT NULL,
    doubtful     BIGINT NOT NULL,
    lease_owner  TEXT   NOT NULL,
    lease_until  BIGINT NOT NULL,            -- wall clock; 0 where nobody holds it
    not_before   BIGINT NOT NULL,            -- wall clock; 0 at once
    muted_until  BIGINT NOT NULL,            -- scenario clock; 0 not muted
    created_at   BIGINT NOT NULL,
    first_try_at BIGINT,
    sent_at      BIGINT,
    receipt      TEXT   NOT NULL,            -- JSON, '' until it is sent
    error        TEXT   NOT NULL,            -- of the last attempt
    UNIQUE (channel, recipient, kind, case_id, stage, revision, part)
);
CREATE INDEX deliveries_waiting ON deliveries (channel, seq) WHERE state IN ('pending', 'failed');
CREATE INDEX deliveries_case ON deliveries (case_id, channel, recipient, seq);

-- Cases that somebody must acknowledge, and who did.
CREATE TABLE acknowledgements (
    case_id      TEXT   NOT NULL PRIMARY KEY,
    rule         TEXT   NOT NULL,
    due_at       BIGINT,                     -- scenario clock; null where nobody was asked
    escalate     TEXT   NOT NULL,            -- channels, JSON
    message      TEXT   NOT NULL,            -- what was alerted, JSON; '' where nobody was asked
    escalated_at BIGINT,
    acked_by     TEXT   NOT NULL,
    acked_at     BIGINT
);

-- The ends of each digest's periods; the first row is when it began.
CREATE TABLE digest_cuts (
    digest TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (digest, at)
);

-- What each digest has covered. Commits may come later than the time they are stamped with, so a period alone would lose some.
CREATE TABLE digest_items (
    digest TEXT   NOT NULL,
    item   TEXT   NOT NULL,                  -- 'id@revision' of a change, or the id of a news alert
    at     BIGINT NOT NULL,
    PRIMARY KEY (digest, item)
);

-- What enriching found for one reading of a change. A change without a row waits a little before it is told.
CREATE TABLE enrichments (
    change_id   TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    hits        TEXT   NOT NULL,             -- our counterparties that it touches, JSON
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (change_id, revision)
);

-- Reports related to a case.
CREATE TABLE case_news (
    case_id TEXT   NOT NULL,
    news_id TEXT   NOT NULL,
    report  TEXT   NOT NULL,                 -- JSON
    at      BIGINT NOT NULL,
    PRIMARY KEY (case_id, news_id)
);

-- Reports that name listed parties, to be told by the rules about news.
CREATE TABLE news_alerts (
    id          TEXT   NOT NULL PRIMARY KEY,
    alert       TEXT   NOT NULL,             -- JSON
    recorded_at BIGINT NOT NULL,
    routed_at   BIGINT
);
CREATE INDEX news_alerts_unrouted ON news_alerts (recorded_at) WHERE routed_at IS NULL;

-- +goose Down

DROP TABLE news_alerts;
DROP TABLE case_news;
DROP TABLE enrichments;
DROP TABLE digest_items;
DROP TABLE digest_cuts;
DROP TABLE acknowledgements;
DROP TABLE deliveries;
