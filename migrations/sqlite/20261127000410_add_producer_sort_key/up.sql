-- Collation key of the Vietnamese alphabet: what a list is sorted by. Empty until the program has made it, which it does
-- whenever it brings the schema up to date.
ALTER TABLE producers ADD COLUMN sort_key BLOB NOT NULL DEFAULT X'';
CREATE INDEX producers_by_name ON producers (sort_key);
