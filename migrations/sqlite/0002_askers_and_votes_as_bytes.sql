-- Who asked is a keyed hash that is different for each group, so that nothing shows which questions come from the same
-- member. PostgreSQL has BYTEA for BLOB, and no WITHOUT ROWID, which saves SQLite a second copy of a key.

-- The members who asked the questions of a group, since it was last marked as done, and for which wording each was counted.
CREATE TABLE gap_askers (
    server    BIGINT NOT NULL,
    group_key TEXT   NOT NULL,
    asker     BLOB   NOT NULL,
    question  TEXT   NOT NULL,
    PRIMARY KEY (server, group_key, asker)
) WITHOUT ROWID;

-- How many new questions a member has asked on a day. The hash is different each day, and only today's rows are kept.
CREATE TABLE gap_quota (
    day    BIGINT NOT NULL,
    member BLOB   NOT NULL,
    gaps   BIGINT NOT NULL,
    PRIMARY KEY (day, member)
) WITHOUT ROWID;

-- Has all that the list of a server's groups needs, so that it reads nothing else.
DROP INDEX gaps_by_group;
CREATE INDEX gaps_by_group ON gaps (server, group_key, done_at, asked, first_seen, last_seen);

-- Votes with half of the hash, as bytes instead of digits: 128 bits are as good as unique.
ALTER TABLE votes RENAME TO votes_as_text;
CREATE TABLE votes (
    member   BLOB    NOT NULL,
    entry    TEXT    NOT NULL,
    helpful  BOOLEAN NOT NULL,
    server   BIGINT  NOT NULL,
    voted_at BIGINT  NOT NULL,
    PRIMARY KEY (member, entry)
) WITHOUT ROWID;
INSERT INTO votes (member, entry, helpful, server, voted_at)
    SELECT unhex(substr(member, 1, 32)), entry, helpful, server, voted_at FROM votes_as_text ORDER BY member, entry;
DROP TABLE votes_as_text;
