DROP TABLE batch_tallies;

-- What was handed over and not activated is printed again.
CREATE TABLE stamps_printed (
    serial INTEGER NOT NULL PRIMARY KEY,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    -- Numbered by src/domain/stamp.rs.
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 6),
    lot_id BIGINT REFERENCES lots (id),
    activated_at TIMESTAMP,
    CHECK ((lot_id IS NULL) = (activated_at IS NULL))
);
INSERT INTO stamps_printed (serial, signature, state, lot_id, activated_at)
SELECT serial, signature, CASE state WHEN 7 THEN 1 ELSE state END, lot_id, activated_at FROM stamps ORDER BY serial;
DROP TABLE stamps;
ALTER TABLE stamps_printed RENAME TO stamps;

DROP TABLE hand_overs;
DROP TABLE job_downloads;
DROP TABLE print_jobs;
DROP TABLE print_shops;

DROP INDEX orders_by_replaced_batch;
ALTER TABLE orders DROP COLUMN replaces_batch;
ALTER TABLE orders DROP COLUMN wanted_on;
ALTER TABLE orders DROP COLUMN approved_by;
ALTER TABLE orders DROP COLUMN submitted_by;
ALTER TABLE orders DROP COLUMN placed_by;
