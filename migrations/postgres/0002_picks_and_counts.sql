-- Which entry members chose for a question, or found no help, and which answers were only just sure enough: nothing says who
-- it was. The name stands for question and entry; done_at is when a curator dealt with them.
CREATE TABLE picks (
    server     BIGINT NOT NULL,
    name       TEXT   COLLATE "C" NOT NULL,
    kind       TEXT   COLLATE "C" NOT NULL,
    question   TEXT   COLLATE "C" NOT NULL,
    example    TEXT   COLLATE "C" NOT NULL,
    entry      TEXT   COLLATE "C" NOT NULL,
    times      BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    done_at    BIGINT,
    PRIMARY KEY (server, name, kind)
);
CREATE INDEX picks_by_age ON picks (last_seen);

-- How often questions ended in what way, by day (UTC, from 1970) and by the entry that was shown; '' stands for none.
CREATE TABLE counts (
    server BIGINT NOT NULL,
    day    BIGINT NOT NULL,
    event  TEXT   COLLATE "C" NOT NULL,
    entry  TEXT   COLLATE "C" NOT NULL,
    times  BIGINT NOT NULL,
    PRIMARY KEY (server, day, event, entry)
);
CREATE INDEX counts_by_age ON counts (day);
