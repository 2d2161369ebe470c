-- The trail is read by its object (a history) and by its day.
CREATE INDEX audit_by_object ON audit (object);
CREATE INDEX audit_by_time ON audit (at);
