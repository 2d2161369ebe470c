DROP INDEX audit_by_object;
DROP INDEX audit_by_time;
