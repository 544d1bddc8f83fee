-- Changes of the base that members with the right to it have begun. The change is JSON; the author is a keyed hash of their
-- id, empty if nobody can tell any more; author_id is 0 unless the configuration says that ids are recorded; group_key is the
-- group of unanswered questions that the change answers, or empty. PostgreSQL has BYTEA for BLOB, and no WITHOUT ROWID.
CREATE TABLE drafts (
    id          TEXT   NOT NULL PRIMARY KEY,
    server      BIGINT NOT NULL,
    change      TEXT   NOT NULL,
    author      BLOB   NOT NULL,
    author_role TEXT   NOT NULL,
    author_id   BIGINT NOT NULL,
    group_key   TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX drafts_by_age ON drafts (changed_at);
