-- Servers with a base of their own: entries of two bases may have the same id, so votes say whose base it is; 0 stands for
-- the base of all servers that have none.
ALTER TABLE votes RENAME TO votes_on_one_base;
CREATE TABLE votes (
    member   BLOB    NOT NULL,
    base     BIGINT  NOT NULL,
    entry    TEXT    NOT NULL,
    helpful  BOOLEAN NOT NULL,
    server   BIGINT  NOT NULL,
    voted_at BIGINT  NOT NULL,
    PRIMARY KEY (member, base, entry)
) WITHOUT ROWID;
INSERT INTO votes (member, base, entry, helpful, server, voted_at)
    SELECT member, 0, entry, helpful, server, voted_at FROM votes_on_one_base ORDER BY member, entry;
DROP TABLE votes_on_one_base;

-- What those who manage a server have changed there, by the name of the setting; the value is a word, or an id.
CREATE TABLE server_settings (
    server     BIGINT NOT NULL,
    setting    TEXT   NOT NULL,
    value      TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (server, setting)
) WITHOUT ROWID;
