-- The tables of ../sqlite/, as they are after all its changes. Times are Unix seconds. A server is Discord's id, and 0
-- stands for none (a direct message). COLLATE "C" puts texts in the order of SQLite, whatever the database's language is.

-- Questions that had no answer. Those of one group_key ask for the same; done_at is when a curator dealt with it.
CREATE TABLE gaps (
    server     BIGINT NOT NULL,
    question   TEXT   COLLATE "C" NOT NULL,
    group_key  TEXT   COLLATE "C" NOT NULL,
    example    TEXT   COLLATE "C" NOT NULL,
    asked      BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    done_at    BIGINT,
    PRIMARY KEY (server, question)
);
-- Has all that the list of a server's groups needs, so that it reads nothing else.
CREATE INDEX gaps_by_group ON gaps (server, group_key, done_at, asked, first_seen, last_seen);
CREATE INDEX gaps_by_age ON gaps (last_seen);

-- How members judged an entry's answer; the member is a keyed hash of their id.
CREATE TABLE votes (
    member   BYTEA   NOT NULL,
    entry    TEXT    COLLATE "C" NOT NULL,
    helpful  BOOLEAN NOT NULL,
    server   BIGINT  NOT NULL,
    voted_at BIGINT  NOT NULL,
    PRIMARY KEY (member, entry)
);
CREATE INDEX votes_by_age ON votes (voted_at);

-- What the key of the hashes looks like through itself: votes under another key could never be changed or forgotten.
CREATE TABLE member_key (
    id          SMALLINT PRIMARY KEY CHECK (id = 1),
    fingerprint TEXT NOT NULL
);

-- The members who asked the questions of a group, since it was last marked as done, and for which wording each was counted.
CREATE TABLE gap_askers (
    server    BIGINT NOT NULL,
    group_key TEXT   COLLATE "C" NOT NULL,
    asker     BYTEA  NOT NULL,
    question  TEXT   COLLATE "C" NOT NULL,
    PRIMARY KEY (server, group_key, asker)
);

-- How many new questions a member has asked on a day. The hash is different each day, and only today's rows are kept.
CREATE TABLE gap_quota (
    day    BIGINT NOT NULL,
    member BYTEA  NOT NULL,
    gaps   BIGINT NOT NULL,
    PRIMARY KEY (day, member)
);

-- What the retention may still delete of a table on a day, so that a restart gives it nothing more.
CREATE TABLE retention (
    kind    TEXT   NOT NULL PRIMARY KEY,
    day     BIGINT NOT NULL,
    allowed BIGINT NOT NULL
);
