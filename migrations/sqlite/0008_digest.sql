-- The digest of each channel: when it was last sent or had nothing to say, 0 for never; and until when one process is sending
-- it, or nobody shall try again.
CREATE TABLE digests (
    channel       BIGINT NOT NULL PRIMARY KEY,
    settled_at    BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL
) WITHOUT ROWID;
