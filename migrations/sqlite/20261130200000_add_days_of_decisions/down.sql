ALTER TABLE recognition_events DROP COLUMN signed_on;
ALTER TABLE recognitions DROP COLUMN effective_on;
