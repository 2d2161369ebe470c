-- Runs of stamps that are told apart in an old entry come beside it, under later numbers: entries are in the order of
-- their time.
DROP INDEX audit_by_time;
CREATE INDEX audit_by_time ON audit (at, id);
