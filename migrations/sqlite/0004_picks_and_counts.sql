-- Which entry members chose for a question, or found no help, and which answers were only just sure enough: nothing says who
-- it was. The name stands for question and entry; done_at is when a curator dealt with them.
CREATE TABLE picks (
    server     BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    question   TEXT   NOT NULL,
    example    TEXT   NOT NULL,
    entry      TEXT   NOT NULL,
    times      BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    done_at    BIGINT,
    PRIMARY KEY (server, name, kind)
) WITHOUT ROWID;
CREATE INDEX picks_by_age ON picks (last_seen);

-- How often questions ended in what way, by day (UTC, from 1970) and by the entry that was shown; '' stands for none.
CREATE TABLE counts (
    server BIGINT NOT NULL,
    day    BIGINT NOT NULL,
    event  TEXT   NOT NULL,
    entry  TEXT   NOT NULL,
    times  BIGINT NOT NULL,
    PRIMARY KEY (server, day, event, entry)
) WITHOUT ROWID;
CREATE INDEX counts_by_age ON counts (day);
