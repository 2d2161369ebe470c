ALTER TABLE sessions DROP COLUMN enrolment_secret;
