-- Without the columns every destruction reads as done: those that were not, go.
DELETE FROM destruction_runs WHERE destruction_id IN (SELECT id FROM destructions WHERE state <> 'confirmed');
DELETE FROM destructions WHERE state <> 'confirmed';

CREATE TABLE destructions_of_one (
    id INTEGER NOT NULL PRIMARY KEY,
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    minutes TEXT NOT NULL CHECK (length(minutes) BETWEEN 1 AND 100),
    destroyed_on DATE NOT NULL,
    place TEXT NOT NULL,
    witnesses TEXT NOT NULL CHECK (length(witnesses) >= 1),
    reason TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done_at TIMESTAMP NOT NULL,
    UNIQUE (batch_number, minutes)
);
INSERT INTO destructions_of_one SELECT id, batch_number, minutes, destroyed_on, place, witnesses, reason, done_by, done_at FROM destructions;

CREATE TABLE destruction_runs_of_one (
    destruction_id BIGINT NOT NULL REFERENCES destructions_of_one (id),
    first_serial BIGINT NOT NULL,
    last_serial BIGINT NOT NULL CHECK (last_serial >= first_serial),
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 7),
    handed_over BOOLEAN NOT NULL,
    stamps INTEGER NOT NULL CHECK (stamps >= 1),
    PRIMARY KEY (destruction_id, first_serial)
);
INSERT INTO destruction_runs_of_one SELECT destruction_id, first_serial, last_serial, state, handed_over, stamps FROM destruction_runs;

DROP TABLE destruction_runs;
DROP TABLE destructions;
ALTER TABLE destructions_of_one RENAME TO destructions;
ALTER TABLE destruction_runs_of_one RENAME TO destruction_runs;
