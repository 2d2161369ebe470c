-- People who sign in, each with one role in one organisation. Secrets that are handed out once (sessions, invitations) are kept as their
-- SHA-256 alone.

CREATE TABLE accounts (
    id INTEGER NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (
        role IN ('producer', 'print_shop', 'officer', 'approver', 'inspector', 'auditor', 'administrator')
    ),
    producer_id BIGINT REFERENCES producers (id),
    print_shop_id BIGINT REFERENCES print_shops (id),
    email TEXT,
    password_hash TEXT,
    password_is_temporary BOOLEAN NOT NULL,
    totp_secret BLOB,
    totp_last_step BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    disabled_at TIMESTAMP,
    CHECK ((role = 'producer') = (producer_id IS NOT NULL)),
    CHECK ((role = 'print_shop') = (print_shop_id IS NOT NULL))
);
CREATE TABLE sessions (
    token_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 64),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    gave_code BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE TABLE invitations (
    token_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 64),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL CHECK (expires_at > created_at),
    used_at TIMESTAMP
);
CREATE INDEX invitations_by_account ON invitations (account_id);
