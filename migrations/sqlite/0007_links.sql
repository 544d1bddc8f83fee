-- Where unanswered questions were asked, if `journal.links` is set: the message, whose author's hash is as in gap_askers. entry
-- is the entry that answers it once a change is approved, otherwise empty; then its author is told, and the row goes. told_at is
-- when somebody last began to tell them. PostgreSQL has BYTEA for BLOB, and no WITHOUT ROWID.
CREATE TABLE gap_links (
    server    BIGINT NOT NULL,
    question  TEXT   NOT NULL,
    asker     BLOB   NOT NULL,
    group_key TEXT   NOT NULL,
    channel   BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    entry     TEXT   NOT NULL,
    told_at   BIGINT,
    PRIMARY KEY (server, question, asker)
) WITHOUT ROWID;
CREATE INDEX gap_links_by_group ON gap_links (server, group_key);
CREATE INDEX gap_links_by_entry ON gap_links (entry);
