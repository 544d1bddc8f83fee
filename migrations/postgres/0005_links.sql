-- Where unanswered questions were asked; see ../sqlite/0007_links.sql.
CREATE TABLE gap_links (
    server    BIGINT NOT NULL,
    question  TEXT   COLLATE "C" NOT NULL,
    asker     BYTEA  NOT NULL,
    group_key TEXT   COLLATE "C" NOT NULL,
    channel   BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    entry     TEXT   COLLATE "C" NOT NULL,
    told_at   BIGINT,
    PRIMARY KEY (server, question, asker)
);
CREATE INDEX gap_links_by_group ON gap_links (server, group_key);
CREATE INDEX gap_links_by_entry ON gap_links (entry);
