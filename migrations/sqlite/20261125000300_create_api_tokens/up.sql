-- Tokens by which a person's programs are known, kept as their SHA-256 alone.

CREATE TABLE api_tokens (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL CHECK (length(name) > 0),
    token_sha256 TEXT NOT NULL UNIQUE CHECK (length(token_sha256) = 64),
    rights TEXT NOT NULL CHECK (length(rights) > 0),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL CHECK (expires_at > created_at),
    used_at TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE INDEX api_tokens_by_account ON api_tokens (account_id);
