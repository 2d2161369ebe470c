-- What an authenticator app is being set up with, until a code shows that the app has it. It ends with the session.
ALTER TABLE sessions ADD COLUMN enrolment_secret BYTEA;
