-- What the retention may still delete of a table on a day, so that a restart gives it nothing more.
CREATE TABLE retention (
    kind    TEXT   NOT NULL PRIMARY KEY,
    day     BIGINT NOT NULL,
    allowed BIGINT NOT NULL
);
