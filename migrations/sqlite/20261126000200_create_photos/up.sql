-- Photos of products, under the SHA-256 of the larger picture: never changed, and kept when a product shows another.

CREATE TABLE photos (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    large BLOB NOT NULL,
    small BLOB NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);

ALTER TABLE products ADD COLUMN photo_sha256 TEXT REFERENCES photos (sha256);
-- How often it was changed: whoever changes what they saw says so by it.
ALTER TABLE products ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE producers ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
