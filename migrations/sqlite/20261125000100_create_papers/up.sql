-- Official papers as they were made. A paper is never changed: one about the same thing that says something else has a number of its own,
-- and takes the place of the earlier one.

CREATE TABLE papers (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('order_slip', 'hand_over', 'reconciliation', 'destruction', 'inspection')),
    -- Numbers begin at 1 each year, for each kind.
    year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 9999),
    number INTEGER NOT NULL CHECK (number >= 1),
    -- What it is about: an order, a hand-over, a batch, a destruction, an inspection, as its kind says.
    subject BIGINT NOT NULL,
    dated DATE NOT NULL,
    -- Of all that is on it but its number and its day.
    text_sha256 TEXT NOT NULL CHECK (length(text_sha256) = 64),
    -- Of the secret in the address that its QR symbol holds.
    token_sha256 TEXT NOT NULL UNIQUE CHECK (length(token_sha256) = 64),
    file BLOB NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    UNIQUE (kind, year, number)
);
CREATE INDEX papers_by_subject ON papers (kind, subject);

-- What the page of a paper tells whoever checks it.
CREATE TABLE paper_figures (
    paper_id BIGINT NOT NULL REFERENCES papers (id),
    place INTEGER NOT NULL CHECK (place >= 1),
    label TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (paper_id, place)
);
