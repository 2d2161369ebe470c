-- Letters that wait to be sent, and those that were. One of a kind: what a letter is about stands in its key, so that it is
-- written once, however often somebody asks what is due.
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY,
    letter_key TEXT NOT NULL UNIQUE,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    written_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    -- NULL: sent, or given up.
    next_attempt_at TIMESTAMP,
    sent_at TIMESTAMP,
    last_error TEXT,
    CHECK (sent_at IS NULL OR next_attempt_at IS NULL)
);
CREATE INDEX outbox_by_next_attempt ON outbox (next_attempt_at);
