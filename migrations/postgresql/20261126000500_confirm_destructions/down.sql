-- Without the columns every destruction reads as done: those that were not, go.
DELETE FROM destruction_runs WHERE destruction_id IN (SELECT id FROM destructions WHERE state <> 'confirmed');
DELETE FROM destructions WHERE state <> 'confirmed';
DROP INDEX destructions_waiting;
DROP INDEX destructions_by_batch;
DROP INDEX destructions_by_minutes;
ALTER TABLE destructions DROP COLUMN decision_reason;
ALTER TABLE destructions DROP COLUMN decided_at;
ALTER TABLE destructions DROP COLUMN decided_by;
ALTER TABLE destructions DROP COLUMN state;
ALTER TABLE destructions ADD CONSTRAINT destructions_batch_number_minutes_key UNIQUE (batch_number, minutes);
