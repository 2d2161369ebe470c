-- Links by which a print shop fetches the files of one printing. The token itself is kept nowhere: its SHA-256 finds the link.

CREATE TABLE download_links (
    id INTEGER NOT NULL PRIMARY KEY,
    token_sha256 TEXT NOT NULL UNIQUE CHECK (length(token_sha256) = 64),
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    layout TEXT NOT NULL,
    design TEXT NOT NULL,
    recipient TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL CHECK (expires_at > created_at),
    revoked_at TIMESTAMP
);
CREATE INDEX download_links_by_batch ON download_links (batch_number);
