-- The open gaps of a server in the order of their groups, with all that a list of the groups needs.
CREATE INDEX gaps_open ON gaps (server, group_key, asked, first_seen, last_seen) WHERE done_at IS NULL;
