DROP INDEX audit_by_lot;
DROP INDEX audit_by_subject;
DROP INDEX audit_by_time;
CREATE INDEX audit_by_lot ON audit (lot_id, id) WHERE lot_id IS NOT NULL;
CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id, id);
CREATE INDEX audit_by_time ON audit (at);
