CREATE TABLE reports_new (
    id INTEGER NOT NULL PRIMARY KEY,
    -- The receipt that whoever reported has, as its SHA-256. It follows from the key of the form: sent twice, a form is one report.
    receipt_sha256 TEXT NOT NULL UNIQUE CHECK (length(receipt_sha256) = 64),
    kind TEXT NOT NULL CHECK (kind IN ('other_product', 'copied', 'not_found', 'quality', 'other')),
    -- The code as it was typed, the serial that could be read from it, and the product where the stamp is one of ours.
    code TEXT,
    serial BIGINT,
    product_id BIGINT REFERENCES products (id),
    seen TEXT NOT NULL CHECK (length(seen) BETWEEN 1 AND 2000),
    bought_at TEXT,
    -- Personal data: erased some time after the report was settled, or when its person asks.
    contact TEXT,
    contact_erased_at TIMESTAMP,
    search_text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'under_review', 'answered', 'closed')),
    -- For whoever reported.
    answer TEXT,
    -- For the office alone.
    close_reason TEXT,
    reported_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    CHECK (contact IS NULL OR contact_erased_at IS NULL),
    CHECK ((state = 'answered') = (answer IS NOT NULL)),
    CHECK ((state = 'closed') = (close_reason IS NOT NULL)),
    CHECK ((state IN ('answered', 'closed')) = (settled_at IS NOT NULL))
);
INSERT INTO reports_new (id, receipt_sha256, kind, code, serial, product_id, seen, bought_at, contact, contact_erased_at, search_text, state, answer, close_reason, reported_at, settled_at)
SELECT id, receipt_sha256, kind, code, serial, product_id, seen, bought_at, contact, contact_erased_at, search_text, state, answer, close_reason, reported_at, settled_at FROM reports WHERE kind <> 'leaked_key';
DROP TABLE reports;
ALTER TABLE reports_new RENAME TO reports;
CREATE INDEX reports_by_state ON reports (state, id);
CREATE INDEX reports_by_product ON reports (product_id);
CREATE INDEX reports_by_time ON reports (reported_at);
