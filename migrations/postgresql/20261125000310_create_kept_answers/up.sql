-- What a program was answered when it asked for something to be done under a key of its own. One without a status is still being worked on.

CREATE TABLE kept_answers (
    key_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(key_sha256) = 64),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    request_sha256 TEXT NOT NULL CHECK (length(request_sha256) = 64),
    status SMALLINT CHECK (status BETWEEN 200 AND 299),
    location TEXT,
    body TEXT,
    created_at TIMESTAMP NOT NULL,
    CHECK ((status IS NULL) = (body IS NULL))
);
CREATE INDEX kept_answers_by_account ON kept_answers (account_id, created_at);
CREATE INDEX kept_answers_by_time ON kept_answers (created_at);
