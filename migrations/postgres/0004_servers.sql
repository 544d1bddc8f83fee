-- Votes say whose base the entry is of, and servers have settings; see ../sqlite/0006_servers.sql.
ALTER TABLE votes ADD COLUMN base BIGINT NOT NULL DEFAULT 0;
ALTER TABLE votes ALTER COLUMN base DROP DEFAULT;
ALTER TABLE votes DROP CONSTRAINT votes_pkey;
ALTER TABLE votes ADD PRIMARY KEY (member, base, entry);

CREATE TABLE server_settings (
    server     BIGINT NOT NULL,
    setting    TEXT   COLLATE "C" NOT NULL,
    value      TEXT   COLLATE "C" NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (server, setting)
);
