-- Biên bản tiêu hủy tem: what was destroyed, when, where, before whom.

CREATE TABLE destructions (
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

-- The stamps, as they stood before.
CREATE TABLE destruction_runs (
    destruction_id BIGINT NOT NULL REFERENCES destructions (id),
    first_serial BIGINT NOT NULL,
    last_serial BIGINT NOT NULL CHECK (last_serial >= first_serial),
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 7),
    handed_over BOOLEAN NOT NULL,
    stamps INTEGER NOT NULL CHECK (stamps >= 1),
    PRIMARY KEY (destruction_id, first_serial)
);
