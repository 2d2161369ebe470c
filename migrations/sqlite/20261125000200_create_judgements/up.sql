-- Decisions about a list of recognitions: one paper that suspends, reinstates or revokes them all. What it does to each is a row of
-- recognition_events, as if it had come alone.

CREATE TABLE judgements (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('suspended', 'reinstated', 'revoked')),
    number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 100),
    signed_on DATE NOT NULL,
    signer TEXT NOT NULL CHECK (length(signer) BETWEEN 1 AND 200),
    effective_on DATE NOT NULL,
    reason TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (number, signed_on)
);

CREATE TABLE judged_recognitions (
    judgement_id BIGINT NOT NULL REFERENCES judgements (id),
    recognition_id BIGINT NOT NULL REFERENCES recognitions (id),
    PRIMARY KEY (judgement_id, recognition_id)
);
CREATE INDEX judged_recognitions_by_recognition ON judged_recognitions (recognition_id);
