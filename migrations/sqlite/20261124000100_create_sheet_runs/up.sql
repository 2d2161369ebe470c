-- Which stamps each sheet of a batch carries, in a layout and a design. A sheet has one run of serials, or several where
-- piles of stamps carry on from sheet to sheet.

CREATE TABLE sheet_runs (
    batch_number INTEGER NOT NULL REFERENCES batches (number),
    layout TEXT NOT NULL,
    design TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    run INTEGER NOT NULL CHECK (run >= 1),
    first_serial BIGINT NOT NULL,
    last_serial BIGINT NOT NULL CHECK (last_serial >= first_serial),
    stamps INTEGER NOT NULL CHECK (stamps >= 1),
    PRIMARY KEY (batch_number, layout, design, number, run)
);

INSERT INTO sheet_runs (batch_number, layout, design, number, run, first_serial, last_serial, stamps)
SELECT batch_number, layout, 'placeholder', number, 1, first_serial, last_serial, stamps FROM sheets;

DROP TABLE sheets;
