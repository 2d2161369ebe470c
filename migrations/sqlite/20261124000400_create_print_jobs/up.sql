-- From issued codes to a closed account: print shops, print jobs, hand-overs, and stamps that were handed over.

-- Who acted on an order. The database has the last word on four eyes. An order from before has NULL where nobody wrote it down.
ALTER TABLE orders ADD COLUMN placed_by TEXT;
ALTER TABLE orders ADD COLUMN submitted_by TEXT;
ALTER TABLE orders ADD COLUMN approved_by TEXT CHECK (approved_by <> placed_by AND approved_by <> submitted_by);
ALTER TABLE orders ADD COLUMN wanted_on DATE;
-- The batch whose spoiled stamps the order replaces.
ALTER TABLE orders ADD COLUMN replaces_batch INTEGER REFERENCES batches (number);

UPDATE orders SET
    placed_by = (SELECT actor FROM audit WHERE action = 'order.place' AND object = 'order ' || orders.id ORDER BY audit.id LIMIT 1),
    submitted_by = (SELECT actor FROM audit WHERE action = 'order.submit' AND object = 'order ' || orders.id ORDER BY audit.id DESC LIMIT 1);

CREATE INDEX orders_by_replaced_batch ON orders (replaces_batch);

CREATE TABLE print_shops (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    -- Folded by src/vietnamese.rs: the same shop however its name is accented.
    name_folded TEXT NOT NULL UNIQUE,
    address TEXT,
    phone TEXT,
    licence_number TEXT NOT NULL CHECK (length(licence_number) BETWEEN 1 AND 100),
    -- NULL: the licence has no end.
    licence_ends_on DATE,
    is_active BOOLEAN NOT NULL
);

-- One a batch.
CREATE TABLE print_jobs (
    batch_number INTEGER NOT NULL PRIMARY KEY REFERENCES batches (number),
    shop_id BIGINT NOT NULL REFERENCES print_shops (id),
    state TEXT NOT NULL CHECK (state IN ('assigned', 'printing', 'printed', 'handed_over', 'received', 'closed')),
    wanted_on DATE,
    assigned_by TEXT NOT NULL,
    assigned_at TIMESTAMP NOT NULL,
    printed_by TEXT,
    printed_at TIMESTAMP,
    -- By the shop's count, and by the register's at that moment.
    printed_stated INTEGER CHECK (printed_stated >= 0),
    printed_found INTEGER CHECK (printed_found >= 0),
    closed_by TEXT,
    closed_at TIMESTAMP,
    -- Why a difference was accepted. NULL: there was none.
    signed_off TEXT,
    CHECK ((printed_by IS NULL) = (printed_at IS NULL) AND (printed_by IS NULL) = (printed_stated IS NULL)),
    CHECK ((printed_by IS NULL) = (printed_found IS NULL)),
    CHECK (state IN ('assigned', 'printing') OR printed_by IS NOT NULL),
    CHECK ((closed_by IS NULL) = (closed_at IS NULL) AND (closed_by IS NULL) = (state <> 'closed')),
    CHECK (signed_off IS NULL OR closed_by IS NOT NULL)
);
CREATE INDEX print_jobs_by_shop ON print_jobs (shop_id);

-- Every file the shop fetched.
CREATE TABLE job_downloads (
    id INTEGER NOT NULL PRIMARY KEY,
    batch_number INTEGER NOT NULL REFERENCES print_jobs (batch_number),
    file TEXT NOT NULL,
    -- NULL: not known.
    first_sheet INTEGER CHECK (first_sheet >= 1),
    last_sheet INTEGER CHECK (last_sheet >= first_sheet),
    downloaded_by TEXT NOT NULL,
    downloaded_at TIMESTAMP NOT NULL,
    CHECK ((first_sheet IS NULL) = (last_sheet IS NULL))
);
CREATE INDEX job_downloads_by_batch ON job_downloads (batch_number);

-- Biên bản bàn giao: what the minutes say, what the register moved, what the producer counted.
CREATE TABLE hand_overs (
    id INTEGER NOT NULL PRIMARY KEY,
    batch_number INTEGER NOT NULL REFERENCES print_jobs (batch_number),
    minutes TEXT NOT NULL CHECK (length(minutes) BETWEEN 1 AND 100),
    handed_on DATE NOT NULL,
    stated INTEGER NOT NULL CHECK (stated >= 0),
    moved INTEGER NOT NULL CHECK (moved >= 1),
    handed_by TEXT NOT NULL,
    handed_at TIMESTAMP NOT NULL,
    -- Whoever handed over does not confirm the receipt.
    received_by TEXT CHECK (received_by <> handed_by),
    received_at TIMESTAMP,
    received_stamps INTEGER CHECK (received_stamps >= 0),
    receipt_reason TEXT,
    UNIQUE (batch_number, minutes),
    CHECK ((received_by IS NULL) = (received_at IS NULL) AND (received_by IS NULL) = (received_stamps IS NULL)),
    CHECK (received_stamps IS NULL OR received_stamps = stated OR receipt_reason IS NOT NULL)
);

-- A stamp keeps whether it was handed over, whatever becomes of it. SQLite changes a check only with the whole table.
CREATE TABLE stamps_handed_over (
    serial INTEGER NOT NULL PRIMARY KEY,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    -- Numbered by src/domain/stamp.rs.
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 7),
    lot_id BIGINT REFERENCES lots (id),
    activated_at TIMESTAMP,
    handed_over BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK ((lot_id IS NULL) = (activated_at IS NULL))
);
INSERT INTO stamps_handed_over (serial, signature, state, lot_id, activated_at, handed_over)
SELECT serial, signature, state, lot_id, activated_at, lot_id IS NOT NULL FROM stamps ORDER BY serial;
DROP TABLE stamps;
ALTER TABLE stamps_handed_over RENAME TO stamps;

-- How many stamps of a batch stand where: sums over many batches read some rows a batch instead of every stamp. Kept in the
-- transaction of every move. Where an older program moved stamps, closing the batch counts it anew, and so does a move that the
-- counts cannot follow.
CREATE TABLE batch_tallies (
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 7),
    handed_over BOOLEAN NOT NULL,
    stamps INTEGER NOT NULL CHECK (stamps >= 0),
    PRIMARY KEY (batch_number, state, handed_over)
);
INSERT INTO batch_tallies (batch_number, state, handed_over, stamps)
SELECT serial >> 35, state, handed_over, count(*) FROM stamps GROUP BY 1, 2, 3;
