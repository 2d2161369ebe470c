-- What an act was about, why it was done and what is known of it, each as a column of its own; for stamps a row for each
-- run of them that was moved. What entries of before say in “object” and “detail” is read once, by the program, whenever
-- it brings the schema up to date: they have no kind of subject until then. The two are written no more.
ALTER TABLE audit ADD COLUMN subject_kind TEXT;
ALTER TABLE audit ADD COLUMN subject_id BIGINT;
ALTER TABLE audit ADD COLUMN reason TEXT;
ALTER TABLE audit ADD COLUMN facts TEXT;
ALTER TABLE audit ADD COLUMN first_serial BIGINT;
ALTER TABLE audit ADD COLUMN last_serial BIGINT;
ALTER TABLE audit ADD COLUMN stamps BIGINT;
ALTER TABLE audit ADD COLUMN from_state SMALLINT;
ALTER TABLE audit ADD COLUMN to_state SMALLINT;
ALTER TABLE audit ADD COLUMN lot_id BIGINT;
ALTER TABLE audit ADD COLUMN is_exact BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id, id);
-- A stamp comes to each state once at most, so that runs of one state that are known exactly share no stamp: the last
-- that begins before a stamp is the only one that can have it.
CREATE INDEX audit_by_stamp ON audit (to_state, first_serial) WHERE first_serial IS NOT NULL AND is_exact;
CREATE INDEX audit_by_range ON audit (subject_id, id) WHERE first_serial IS NOT NULL AND NOT is_exact;
CREATE INDEX audit_by_lot ON audit (lot_id, id) WHERE lot_id IS NOT NULL;
DROP INDEX audit_by_object;
