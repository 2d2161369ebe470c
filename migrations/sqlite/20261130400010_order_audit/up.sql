-- Runs of stamps that are told apart in an old entry come beside it, under later numbers: entries are in the order of
-- their time.
DROP INDEX audit_by_time;
DROP INDEX audit_by_subject;
DROP INDEX audit_by_lot;
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id, at, id);
CREATE INDEX audit_by_lot ON audit (lot_id, at, id) WHERE lot_id IS NOT NULL;
