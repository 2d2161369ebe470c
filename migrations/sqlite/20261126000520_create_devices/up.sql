-- Browsers in which somebody signed in before: when an account is guessed at from many networks at once, they still come in.
CREATE TABLE devices (
    token_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 64),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    seen_at TIMESTAMP NOT NULL
);
CREATE INDEX devices_by_account ON devices (account_id, seen_at);
