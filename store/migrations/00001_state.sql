-- What was noticed: sources, evidence, legal state, changes and cases. What is told stands in 00002_outbox.sql.
-- Instants are UTC microseconds since 1970; dates of law are 'YYYY-MM-DD', '' where unknown. Ids are made by the application.
-- Booleans are 0 or 1. JSON forms are those of the command line.

-- +goose Up

-- A configured source, known by its name. Every poll commits by compare-and-swap on version; a poll holds the lease, whose token
-- rises with every holder, so that a holder that was thought dead cannot write any more.
CREATE TABLE sources (
    name         TEXT   NOT NULL PRIMARY KEY,
    kind         TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    cursor       TEXT   NOT NULL,            -- validators and marks, JSON
    health       TEXT   NOT NULL,            -- new, ok, held, failed, stale
    health_since BIGINT NOT NULL,
    reason       TEXT   NOT NULL,            -- why it is not ok, for a person
    baseline_at  BIGINT,                     -- when its first look was accepted
    polled_at    BIGINT,                     -- when it was last asked
    succeeded_at BIGINT,                     -- when it last gave an acceptable answer, unchanged or not
    changed_at   BIGINT,                     -- when that answer last held something new
    lease_holder TEXT   NOT NULL,
    lease_token  BIGINT NOT NULL,
    lease_until  BIGINT NOT NULL
);

-- One look at one source, whatever came of it.
CREATE TABLE polls (
    id      TEXT   NOT NULL PRIMARY KEY,
    source  TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    outcome TEXT   NOT NULL,                 -- ok, unchanged, held, failed, stale
    reason  TEXT   NOT NULL,
    changes BIGINT NOT NULL
);
CREATE INDEX polls_source_at ON polls (source, at);

-- The bytes that were read, once each, by what they are.
CREATE TABLE blobs (
    sha256    TEXT   NOT NULL PRIMARY KEY,   -- of the bytes before compression, hex
    size      BIGINT NOT NULL,               -- before compression
    zstd      BLOB   NOT NULL,
    stored_at BIGINT NOT NULL
);

-- One request to an upstream, failed ones included.
CREATE TABLE fetches (
    id             TEXT   NOT NULL PRIMARY KEY,
    poll_id        TEXT   NOT NULL REFERENCES polls (id),
    source         TEXT   NOT NULL,
    url            TEXT   NOT NULL,
    as_of          TEXT   NOT NULL,          -- the date of law that the answer was asked for or says it is true for
    status         BIGINT NOT NULL,          -- 0 where there was no answer
    not_modified   BIGINT NOT NULL,
    headers        TEXT   NOT NULL,          -- JSON
    sha256         TEXT   REFERENCES blobs (sha256),
    parser_version TEXT   NOT NULL,
    error          TEXT   NOT NULL,
    at             BIGINT NOT NULL
);
CREATE INDEX fetches_source_at ON fetches (source, at);
CREATE INDEX fetches_sha256 ON fetches (sha256);

-- What a source last showed of a list, as a whole.
CREATE TABLE source_lists (
    source         TEXT   NOT NULL,
    list           TEXT   NOT NULL,
    as_of          TEXT   NOT NULL,
    baseline_as_of TEXT   NOT NULL,          -- the as-of date of the first accepted snapshot
    taken_at       BIGINT NOT NULL,
    version        BIGINT NOT NULL,          -- counts accepted snapshots; the first is the baseline
    is_primary     BIGINT NOT NULL,
    entries        BIGINT NOT NULL,
    digest         TEXT   NOT NULL,          -- of all entries
    evidence       TEXT   NOT NULL,          -- JSON
    held_since     BIGINT,                   -- a snapshot hold; the entries are still those of the last good look
    held_reason    TEXT   NOT NULL,
    held_digest    TEXT   NOT NULL,          -- of the answer that is held
    released_digest TEXT  NOT NULL,          -- of the answer that a person let through
    PRIMARY KEY (source, list)
);

-- What a source last showed, entry by entry: the ground of the next comparison, not the legal state.
CREATE TABLE source_entries (
    source        TEXT   NOT NULL,
    list          TEXT   NOT NULL,
    key           TEXT   NOT NULL,
    entry_id      TEXT   NOT NULL,
    position      BIGINT NOT NULL,
    entry         TEXT   NOT NULL,           -- JSON
    seen_at       BIGINT NOT NULL,           -- when this text was first shown
    missing_since BIGINT,                    -- an entry hold: not shown any more, and no act says why
    PRIMARY KEY (source, list, key)
);
CREATE INDEX source_entries_entry ON source_entries (entry_id);

-- The legal state in two times: valid (dates of law) and recorded (ours). Rows are only added; the one thing ever written to a row
-- again is recorded_to, when a later row replaces it.
CREATE TABLE entry_versions (
    id            TEXT   NOT NULL PRIMARY KEY,
    entry_id      TEXT   NOT NULL,
    list          TEXT   NOT NULL,
    key           TEXT   NOT NULL,
    country       TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    entry         TEXT   NOT NULL,           -- JSON
    valid_from    TEXT   NOT NULL,           -- '' where it was in force before monitoring began
    valid_to      TEXT   NOT NULL,           -- the first day on which it is no longer in force; '' where none is known
    recorded_from BIGINT NOT NULL,
    recorded_to   BIGINT,                    -- null while we still believe it
    change_id     TEXT   NOT NULL,           -- the Change that began it, '' for a baseline
    ended_by      TEXT   NOT NULL,           -- the Change that ended it, '' while nothing did
    source        TEXT   NOT NULL
);
CREATE INDEX entry_versions_entry ON entry_versions (entry_id, recorded_from);
CREATE INDEX entry_versions_list ON entry_versions (list, recorded_to);

-- Everything about one legal action.
CREATE TABLE cases (
    id          TEXT   NOT NULL PRIMARY KEY,
    title       TEXT   NOT NULL,
    status      TEXT   NOT NULL,             -- open, confirmed, disputed, withdrawn
    act         TEXT   NOT NULL,             -- document number as shown, '' without one
    source      TEXT   NOT NULL,
    merged_into TEXT   NOT NULL,
    problems    TEXT   NOT NULL,             -- JSON
    opened_at   BIGINT NOT NULL,
    version     BIGINT NOT NULL
);

-- The set of stage times of a case. routed_at is null until the telling half has taken the row; a row that nobody is to hear of
-- (the stage at which the case's own Changes are first told) is written with routed_at set.
CREATE TABLE case_stages (
    case_id     TEXT   NOT NULL REFERENCES cases (id),
    stage       TEXT   NOT NULL,
    at          BIGINT NOT NULL,             -- the stage's own time; midnight Eastern for a date of law
    source      TEXT   NOT NULL,
    evidence    TEXT   NOT NULL,             -- JSON
    recorded_at BIGINT NOT NULL,
    routed_at   BIGINT,
    PRIMARY KEY (case_id, stage)
);
CREATE INDEX case_stages_unrouted ON case_stages (recorded_at) WHERE routed_at IS NULL;

-- What those who heard of a case must be told besides its stages and Changes.
CREATE TABLE case_notes (
    id          TEXT   NOT NULL PRIMARY KEY,
    case_id     TEXT   NOT NULL REFERENCES cases (id),
    kind        TEXT   NOT NULL,             -- read_this, withdrawn, never_published, overdue, merged
    lists       TEXT   NOT NULL,             -- JSON array of list ids
    text        TEXT   NOT NULL,
    recorded_at BIGINT NOT NULL,
    routed_at   BIGINT
);
CREATE INDEX case_notes_unrouted ON case_notes (recorded_at) WHERE routed_at IS NULL;
CREATE INDEX case_notes_case ON case_notes (case_id);

-- Legal documents, by their folded number.
CREATE TABLE acts (
    number          TEXT   NOT NULL PRIMARY KEY,
    document_number TEXT   NOT NULL,
    case_id         TEXT   NOT NULL REFERENCES cases (id),
    source          TEXT   NOT NULL,
    status          TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    filed_on        TEXT   NOT NULL,
    published_on    TEXT   NOT NULL,
    effective_on    TEXT   NOT NULL,
    correction_of   TEXT   NOT NULL,         -- folded number
    act             TEXT   NOT NULL,         -- JSON
    text            TEXT   NOT NULL,         -- fingerprint of the document's text
    amendments      TEXT   NOT NULL,         -- JSON
    evidence        TEXT   NOT NULL,         -- JSON
    fingerprint     TEXT   NOT NULL,         -- of everything that matters in it
    revision        BIGINT NOT NULL,         -- 0 at first reading
    standing        TEXT   NOT NULL,         -- waiting (for a baseline), applied, background (older than the baseline), withdrawn
    seen_at         BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL
);
CREATE INDEX acts_case ON acts (case_id);
CREATE INDEX acts_standing ON acts (standing);

-- Differences made to entries. A later reading is a further row with the same id and the next revision, superseding the one
-- before. Routing takes the rows whose routed_at is null; rows that nobody is to hear of are written with routed_at set.
CREATE TABLE changes (
    id           TEXT   NOT NULL,
    revision     BIGINT NOT NULL,
    supersedes   TEXT   NOT NULL,            -- 'id@revision' of the row that this one replaces, '' for a first telling
    case_id      TEXT   NOT NULL REFERENCES cases (id),
    list         TEXT   NOT NULL,
    entry_id     TEXT   NOT NULL,
    key          TEXT   NOT NULL,
    kind         TEXT   NOT NULL,            -- added, removed, amended, renamed, discrepancy
    substantive  BIGINT NOT NULL,
    unconfirmed  BIGINT NOT NULL,
    country      TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    act          TEXT   NOT NULL,            -- folded document number, '' without one
    source       TEXT   NOT NULL,
    stage        TEXT   NOT NULL,
    effective_on TEXT   NOT NULL,
    detected_at  BIGINT NOT NULL,
    change       TEXT   NOT NULL,            -- the whole Change, JSON
    evidence     TEXT   NOT NULL,            -- JSON
    retracted    TEXT   NOT NULL,            -- why this row takes the Change back, '' where it does not
    latest       BIGINT NOT NULL,            -- 1 for the newest row of the id
    shown_at     BIGINT,                     -- when the list's primary source showed it
    recorded_at  BIGINT NOT NULL,
    routed_at    BIGINT,
    PRIMARY KEY (id, revision)
);
CREATE INDEX changes_unrouted ON changes (recorded_at) WHERE routed_at IS NULL;
CREATE INDEX changes_case ON changes (case_id);
CREATE INDEX changes_act ON changes (act);
CREATE INDEX changes_entry ON changes (entry_id);
CREATE INDEX changes_list ON changes (list, latest);
CREATE INDEX changes_recorded ON changes (recorded_at);

-- Which sources show which Changes, so that each difference is explained once.
CREATE TABLE sightings (
    change_id TEXT   NOT NULL,
    source    TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (change_id, source)
);

-- What the operators are told, once: a source that is held, failed or stale, and its recovery.
CREATE TABLE notices (
    id        TEXT   NOT NULL PRIMARY KEY,
    kind      TEXT   NOT NULL,               -- held, broken, recovered, missing, released, problem
    source    TEXT   NOT NULL,
    list      TEXT   NOT NULL,
    text      TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    routed_at BIGINT
);
CREATE INDEX notices_unrouted ON notices (at) WHERE routed_at IS NULL;

-- Reports of the news feeds, once each.
CREATE TABLE news_items (
    id           TEXT   NOT NULL PRIMARY KEY,
    source       TEXT   NOT NULL,
    item         TEXT   NOT NULL,            -- JSON
    published_at BIGINT,
    seen_at      BIGINT NOT NULL,
    baseline     BIGINT NOT NULL,            -- 1 where it stood in the feed at the first look
    scanned_at   BIGINT                      -- when it was searched for listed parties
);
CREATE INDEX news_items_unscanned ON news_items (seen_at) WHERE scanned_at IS NULL;

-- Everything that was decided, chained by hash from the first row: hash = sha256(prev_hash || canonical_json), hex.
CREATE TABLE audit (
    seq            BIGINT NOT NULL PRIMARY KEY,
    at             BIGINT NOT NULL,
    canonical_json TEXT   NOT NULL,
    prev_hash      TEXT   NOT NULL,
    hash           TEXT   NOT NULL
);

-- +goose Down

DROP TABLE audit;
DROP TABLE news_items;
DROP TABLE notices;
DROP TABLE sightings;
DROP TABLE changes;
DROP TABLE acts;
DROP TABLE case_notes;
DROP TABLE case_stages;
DROP TABLE cases;
DROP TABLE entry_versions;
DROP TABLE source_entries;
DROP TABLE source_lists;
DROP TABLE fetches;
DROP TABLE blobs;
DROP TABLE polls;
DROP TABLE sources;
