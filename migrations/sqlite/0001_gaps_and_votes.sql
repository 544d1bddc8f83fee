-- Portable SQL: SQLite and PostgreSQL take every line of it. Times are Unix seconds. A server is Discord's id, and 0 stands
-- for none (a direct message), because a NULL would never conflict with another in a unique key.

-- Questions that had no answer. Those of one group_key ask for the same; done_at is when a curator dealt with it.
CREATE TABLE gaps (
    server     BIGINT NOT NULL,
    question   TEXT   NOT NULL,
    group_key  TEXT   NOT NULL,
    example    TEXT   NOT NULL,
    asked      BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    done_at    BIGINT,
    PRIMARY KEY (server, question)
);
CREATE INDEX gaps_by_group ON gaps (group_key);
CREATE INDEX gaps_by_age ON gaps (last_seen);

-- How members judged an entry's answer; the member is a keyed hash of their id.
CREATE TABLE votes (
    entry    TEXT    NOT NULL,
    member   TEXT    NOT NULL,
    helpful  BOOLEAN NOT NULL,
    server   BIGINT  NOT NULL,
    voted_at BIGINT  NOT NULL,
    PRIMARY KEY (entry, member)
);
CREATE INDEX votes_by_member ON votes (member);
CREATE INDEX votes_by_age ON votes (voted_at);

-- What the key of the hashes looks like through itself: votes under another key could never be changed or forgotten.
CREATE TABLE member_key (
    id          SMALLINT PRIMARY KEY CHECK (id = 1),
    fingerprint TEXT NOT NULL
);
