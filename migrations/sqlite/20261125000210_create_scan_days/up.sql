-- How often the stamps of a batch were scanned on a day (in Việt Nam), and how many of those scans were answered with a concern: counted
-- with every scan, never by whom.
CREATE TABLE scan_days (
    day DATE NOT NULL,
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    scans BIGINT NOT NULL CHECK (scans >= 1),
    warnings BIGINT NOT NULL CHECK (warnings BETWEEN 0 AND scans),
    PRIMARY KEY (day, batch_number)
);
