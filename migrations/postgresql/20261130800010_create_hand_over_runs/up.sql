-- Which stamps were handed over on which minutes. A hand-over from before has none: nobody wrote them down.

CREATE TABLE hand_over_runs (
    hand_over_id BIGINT NOT NULL REFERENCES hand_overs (id),
    run INTEGER NOT NULL CHECK (run >= 1),
    first_serial BIGINT NOT NULL,
    last_serial BIGINT NOT NULL CHECK (last_serial >= first_serial),
    stamps INTEGER NOT NULL CHECK (stamps >= 1),
    PRIMARY KEY (hand_over_id, run)
);
