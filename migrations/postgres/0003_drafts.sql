-- Changes of the base that members with the right to it have begun; see ../sqlite/0005_drafts.sql.
CREATE TABLE drafts (
    id          TEXT   COLLATE "C" NOT NULL PRIMARY KEY,
    server      BIGINT NOT NULL,
    change      TEXT   NOT NULL,
    author      BYTEA  NOT NULL,
    author_role TEXT   NOT NULL,
    author_id   BIGINT NOT NULL,
    group_key   TEXT   COLLATE "C" NOT NULL,
    state       TEXT   COLLATE "C" NOT NULL,
    reason      TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL
);
CREATE INDEX drafts_by_age ON drafts (changed_at);
