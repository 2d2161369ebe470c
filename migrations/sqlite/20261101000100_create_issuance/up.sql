-- The register, part 2: orders, batches, and every stamp.

CREATE TABLE funding_plans (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    stamps_per_product INTEGER NOT NULL CHECK (stamps_per_product >= 0),
    active_from DATE NOT NULL,
    active_to DATE
);

-- Kế hoạch 249/KH-UBND, 04/11/2021: the city pays for 2.000 stamps a product.
INSERT INTO funding_plans (code, stamps_per_product, active_from) VALUES ('KH 249/2021', 2000, '2021-11-04');

-- How much of a plan a product has used. The check is the last word on over-issue.
CREATE TABLE quotas (
    product_id BIGINT NOT NULL REFERENCES products (id),
    plan_id BIGINT NOT NULL REFERENCES funding_plans (id),
    granted INTEGER NOT NULL,
    used INTEGER NOT NULL CHECK (used BETWEEN 0 AND granted),
    PRIMARY KEY (product_id, plan_id)
);

CREATE TABLE orders (
    id INTEGER NOT NULL PRIMARY KEY,
    product_id BIGINT NOT NULL REFERENCES products (id),
    -- NULL: paid by the producer.
    plan_id BIGINT REFERENCES funding_plans (id),
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'changes_requested', 'approved', 'rejected', 'cancelled', 'issued')),
    idempotency_key TEXT UNIQUE,
    created_at TIMESTAMP NOT NULL
);

-- The intent and what is printed: everything a batch's codes follow from. One batch an order.
CREATE TABLE batches (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number BETWEEN 1 AND 1048575),
    order_id BIGINT NOT NULL UNIQUE REFERENCES orders (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    recognition_id BIGINT NOT NULL REFERENCES recognitions (id),
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
    key_id TEXT NOT NULL CHECK (length(key_id) = 8),
    seed BLOB NOT NULL CHECK (length(seed) = 32),
    host TEXT NOT NULL,
    profile TEXT NOT NULL CHECK (profile IN ('signed', 'compact')),
    gtin TEXT CHECK (length(gtin) = 14),
    product_name TEXT NOT NULL,
    producer_name TEXT NOT NULL,
    stars SMALLINT NOT NULL CHECK (stars BETWEEN 3 AND 5),
    prepared_at TIMESTAMP NOT NULL,
    -- NULL while the codes are being signed.
    issued_at TIMESTAMP
);
CREATE INDEX batches_by_product ON batches (product_id);

CREATE TABLE lots (
    id INTEGER NOT NULL PRIMARY KEY,
    product_id BIGINT NOT NULL REFERENCES products (id),
    code TEXT NOT NULL,
    made_on DATE,
    use_by DATE,
    recalled_on DATE,
    recall_reason TEXT,
    recall_phone TEXT,
    UNIQUE (product_id, code),
    CHECK ((recalled_on IS NULL) = (recall_reason IS NULL))
);

-- The key is the serial's 55 bits, batch first: stamps of a batch lie side by side, so inserts
-- append and a sheet is a range.
CREATE TABLE stamps (
    serial INTEGER NOT NULL PRIMARY KEY,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    -- Numbered by src/domain/stamp.rs.
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 6),
    lot_id BIGINT REFERENCES lots (id),
    activated_at TIMESTAMP,
    CHECK ((lot_id IS NULL) = (activated_at IS NULL))
);

-- Which stamps each sheet of a batch carries in a layout.
CREATE TABLE sheets (
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    layout TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    first_serial BIGINT NOT NULL,
    last_serial BIGINT NOT NULL CHECK (last_serial >= first_serial),
    stamps INTEGER NOT NULL CHECK (stamps >= 1),
    PRIMARY KEY (batch_number, layout, number)
);

-- How often a stamp was scanned, and when: never by whom.
CREATE TABLE scans (
    serial INTEGER NOT NULL PRIMARY KEY,
    scan_count BIGINT NOT NULL CHECK (scan_count >= 1),
    first_at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL
);
