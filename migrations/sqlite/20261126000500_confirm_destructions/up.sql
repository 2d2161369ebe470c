-- Stamps are destroyed by two people: one records it, another one confirms. What was recorded by one person alone before stays
-- confirmed, with nobody who confirmed it; so is what the program before these columns records.
-- SQLite takes a constraint away only with the whole table, and a table only with those that refer to it.
CREATE TABLE destructions_of_two (
    id INTEGER NOT NULL PRIMARY KEY,
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    minutes TEXT NOT NULL CHECK (length(minutes) BETWEEN 1 AND 100),
    destroyed_on DATE NOT NULL,
    place TEXT NOT NULL,
    witnesses TEXT NOT NULL CHECK (length(witnesses) >= 1),
    reason TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL DEFAULT 'confirmed' CHECK (state IN ('proposed', 'confirmed', 'refused', 'withdrawn')),
    decided_by TEXT,
    decided_at TIMESTAMP,
    -- Why it was refused or withdrawn.
    decision_reason TEXT,
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state <> 'proposed' OR decided_by IS NULL),
    CHECK (state NOT IN ('refused', 'withdrawn') OR (decided_by IS NOT NULL AND decision_reason IS NOT NULL AND length(decision_reason) >= 1)),
    -- The database has the last word on four eyes.
    CHECK (state NOT IN ('confirmed', 'refused') OR decided_by <> done_by),
    CHECK (state <> 'withdrawn' OR decided_by = done_by)
);
INSERT INTO destructions_of_two (id, batch_number, minutes, destroyed_on, place, witnesses, reason, done_by, done_at)
SELECT id, batch_number, minutes, destroyed_on, place, witnesses, reason, done_by, done_at FROM destructions;

CREATE TABLE destruction_runs_of_two (
    destruction_id BIGINT NOT NULL REFERENCES destructions_of_two (id),
    first_serial BIGINT NOT NULL,
    last_serial BIGINT NOT NULL CHECK (last_serial >= first_serial),
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 7),
    handed_over BOOLEAN NOT NULL,
    stamps INTEGER NOT NULL CHECK (stamps >= 1),
    PRIMARY KEY (destruction_id, first_serial)
);
INSERT INTO destruction_runs_of_two (destruction_id, first_serial, last_serial, state, handed_over, stamps)
SELECT destruction_id, first_serial, last_serial, state, handed_over, stamps FROM destruction_runs;

DROP TABLE destruction_runs;
DROP TABLE destructions;
ALTER TABLE destructions_of_two RENAME TO destructions;
ALTER TABLE destruction_runs_of_two RENAME TO destruction_runs;

-- Minutes that were refused can be recorded again, mended, under their number.
CREATE UNIQUE INDEX destructions_by_minutes ON destructions (batch_number, minutes) WHERE state IN ('proposed', 'confirmed');
CREATE INDEX destructions_by_batch ON destructions (batch_number);
-- One at a time waits for a batch.
CREATE UNIQUE INDEX destructions_waiting ON destructions (batch_number) WHERE state = 'proposed';
